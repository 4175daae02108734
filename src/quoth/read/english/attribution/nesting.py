"""Speakers inside speakers: who is the origin, and through whom it came."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from spacy.tokens import Token

from quoth.model import Span
from quoth.read.english.attribution import clauses
from quoth.read.english.attribution.cues import words
from quoth.read.english.attribution.found import Found
from quoth.read.english.attribution.frames import CITING

NOT_NESTED = frozenset({"attitude", "opinion", "topic"})
"""Kinds of cue which, inside somebody's words, are part of what is said, not a speaker inside a speaker."""

CITING_TOKENS = 6
"""How far behind its verb of saying "citing" may stand."""


def nest(found: Sequence[Found]) -> list[Found]:
    """Give each attribution the narrowest one whose content holds it as `outer`; leave out attitudes inside words.

    "citing X" beside a verb of saying makes X the source and the verb's subject a relay.
    """
    kept: list[Found] = []
    for _, group in groupby(sorted(found, key=lambda f: f.passage), key=lambda f: f.passage):
        here = list(group)
        for inner in here:
            holders = [f for f in here if f is not inner and _holds(f, inner) and not _inside(f, inner)]
            if holders:
                inner.outer = min(holders, key=lambda f: sum(map(len, f.content)))
        kept += [f for f in here if f.outer is None or f.entry.kind not in NOT_NESTED]
    for one in kept:
        _cite(one)
        _cited_by(one)
    return kept


def _holds(outer: Found, inner: Found) -> bool:
    if not inner.cue or outer.parse is not inner.parse:
        return False
    place = inner.parse.span(inner.cue[0], inner.cue[0] + 1)
    return any(span.contains(place) for span in outer.content)


def _inside(one: Found, other: Found) -> bool:
    """Whether `one` stands inside `other`, directly or not: holding has no circles."""
    holder = one.outer
    while holder is not None:
        if holder is other:
            return True
        holder = holder.outer
    return False


def _cite(found: Found) -> None:
    if not found.cue or found.pattern.startswith("noun") or found.source is None or found.source_in is not None:
        return
    verb = found.parse.doc[found.cue[0]]
    speaker = found.parse.doc[found.source]
    citing = next((t for t in verb.sent if t.lower_ in CITING and (_near(t, verb) or speaker.is_ancestor(t))), None)
    cited = None if citing is None else next((c for c in citing.children if c.dep_ in {"dobj", "pobj"}), None)
    if citing is None or cited is None or not _can_speak(cited):
        return
    found.relays.append((found.parse, found.source))
    found.source = cited.i
    for clause in cited.children:  # "citing the portal X, which in turn quoted Y"
        quoted = next((c for c in clause.children if c.dep_ == "dobj"), None) if clause.dep_ == "relcl" else None
        if quoted is not None and clause.lemma_.lower() in words("citing_verbs") and _can_speak(quoted):
            found.relays.insert(0, (found.parse, cited.i))
            found.source = quoted.i
    own = [t for t in citing.subtree if not _in_clause(t, citing)]
    found.content = without(found.content, [found.parse.span(t.i, t.i + 1) for t in own]) or found.content


def _cited_by(found: Found) -> None:
    """ "two researchers cited by the Herald": the Herald passes it on."""
    if found.source is None:
        return
    for child in found.source_parse.doc[found.source].children:
        if child.dep_ == "acl" and child.lemma_.lower() in words("citing_verbs"):
            outlet = clauses.by_agent(child)
            if outlet is not None:
                found.relays.append((found.source_parse, outlet.i))


def _near(citing: Token, verb: Token) -> bool:
    """Whether "citing" belongs to the verb of saying itself, not to something inside what is said."""
    return citing.head == verb or verb.i < citing.i < verb.i + CITING_TOKENS


def _in_clause(token: Token, citing: Token) -> bool:
    """Whether a token below "citing" is of the clause that is said, which the parser hung there: ", that …"."""
    current = token
    while current != citing:
        if current.dep_ in {"ccomp", "relcl", "acl"} and any(c.lower_ == "that" for c in current.children):
            return True
        current = current.head
    return False


def _can_speak(noun: Token) -> bool:
    if noun.ent_type_ in {"PERSON", "ORG", "GPE", "NORP"}:
        return True
    return noun.lemma_.lower() in words("citable")


def without(spans: Sequence[Span], holes: Sequence[Span]) -> tuple[Span, ...]:
    """`spans` less `holes`; pieces that hold nothing remain out."""
    pieces = list(spans)
    for hole in holes:
        cut: list[Span] = []
        for span in pieces:
            if not span.overlaps(hole):
                cut.append(span)
                continue
            if span.start < hole.start:
                cut.append(Span(span.start, hole.start))
            if hole.end < span.end:
                cut.append(Span(hole.end, span.end))
        pieces = cut
    return tuple(pieces)
