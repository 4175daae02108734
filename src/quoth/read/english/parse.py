"""One stretch of an English article, parsed, with the way back to the document's offsets.

A paragraph that holds quotations of whole sentences becomes several parses: the *frame*, in which each such
quotation is one placeholder token, and one parse for the inside of each.  A parser reads both better than the
whole.  `starts[i]` and `ends[i]` are the document offsets of token i (a placeholder's cover its quotation).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import spacy.tokens

from quoth.model import Agent, BlockKind, Place, Quantity, Span
from quoth.read.english.times import TimeExpression
from quoth.read.english.tokens import Doc, Token


@dataclass(frozen=True)
class Parse:
    """A spaCy Doc whose tokens know where they stand in the document.  `quoted`: the inside of a quotation."""

    doc: spacy.tokens.Doc
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    block: BlockKind
    quoted: bool = False

    @cached_property
    def tokens(self) -> Doc:
        """The Doc's tokens as plain objects, made once; asked for once it is parsed."""
        return Doc(self.doc)

    def span(self, first: int, stop: int) -> Span:
        """The document span of tokens [first, stop)."""
        return Span(self.starts[first], self.ends[stop - 1])

    def spans(self, tokens: Iterable[int]) -> tuple[Span, ...]:
        """The document spans of a set of tokens, adjoining tokens as one span, in text order."""
        ordered = sorted(set(tokens))
        begins = [i for k, i in enumerate(ordered) if not k or ordered[k - 1] != i - 1]
        ends = [i for k, i in enumerate(ordered, 1) if k == len(ordered) or ordered[k] != i + 1]
        return tuple([self.span(first, last + 1) for first, last in zip(begins, ends, strict=True)])

    def tokens_in(self, spans: Iterable[Span]) -> list[Token]:
        """The tokens that lie wholly inside one of `spans`, in text order."""
        found: list[Token] = []
        for span in sorted(spans):
            first = bisect_left(self.starts, span.start)
            stop = bisect_right(self.ends, span.end)
            if found:
                first = max(first, found[-1].i + 1)
            found += self.tokens[first:stop]
        return found


@dataclass(frozen=True, slots=True)
class TimeFound:
    """Tokens [first, stop) hold a time expression, not yet resolved."""

    first: int
    stop: int
    expression: TimeExpression


@dataclass(frozen=True, slots=True)
class QuantityFound:
    """Tokens [first, stop) hold a quantity; `head` is the token of the noun that is counted (or the number itself)."""

    first: int
    stop: int
    head: int
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """Tokens [first, stop) name a place (in a place's role, not as a government)."""

    first: int
    stop: int
    place: Place


@dataclass(slots=True)
class Layers:
    """What the components found in one parse.  `agents` maps the head token of a noun phrase or pronoun to
    whom it names, resolved inside the document."""

    parse: Parse
    times: list[TimeFound] = field(default_factory=list)
    quantities: list[QuantityFound] = field(default_factory=list)
    places: list[PlaceFound] = field(default_factory=list)
    agents: dict[int, Agent] = field(default_factory=dict)
