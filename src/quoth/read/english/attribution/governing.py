"""A verb of saying with what it governs, and the content that is made of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from quoth.read.english.attribution import clauses
from quoth.read.english.attribution.cues import Cue
from quoth.read.english.attribution.patterns import Pattern
from quoth.read.english.tokens import Token


@dataclass(frozen=True, slots=True)
class Content:
    """What a frame took: `tokens` of the frame's parse, and `particles` that belong to the cue."""

    pattern: Pattern
    tokens: tuple[Token, ...]
    particles: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Governing:
    """A verb of saying with what its frames look at; `holders` are the tokens that stand for quotations."""

    verb: Token
    entry: Cue
    source: Token | None
    quotes: bool
    holders: Collection[int]

    @property
    def kids(self) -> list[Token]:
        """What the verb governs, and the adjective it joins to its subject."""
        kids = [c for c in self.verb.children if c.i not in self.holders]
        said_of = clauses.predicate_adjective(self.verb) if self.entry.pos == "a" else None
        return kids if said_of is None or said_of == self.verb else [*kids, *said_of.children]


def made(pattern: Pattern, tokens: Sequence[Token], particles: tuple[int, ...] = ()) -> Content | None:
    kept = tuple(clauses.trimmed(tokens))
    return Content(pattern, kept, particles) if kept else None


def with_tail(verb: Token, clause: Token, tokens: list[Token]) -> list[Token]:
    """A clause after its verb, with the adverbial that the parser hung on the verb though it follows the clause."""
    if not tokens or clause.i < verb.i:
        return tokens
    tail: list[Token] = []
    for child in verb.children:
        if child.i > tokens[-1].i and child.dep_ in {"advmod", "npadvmod", "prep", "advcl", "xcomp"}:
            between = verb.doc[tokens[-1].i + 1 : child.left_edge.i]
            if not any(t.text == "," for t in between):
                tail += list(child.subtree)
    return tokens + tail
