"""Speakers inside speakers: who is the origin, and through whom it came."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from quoth.read.english.attribution.found import Found
from quoth.read.english.attribution.patterns import Pattern
from quoth.read.english.attribution.relaying import trace

NOT_NESTED = frozenset({"attitude", "opinion", "topic"})
"""Kinds of cue which, inside somebody's words, are part of what is said, not a speaker inside a speaker."""


def nest(found: Sequence[Found]) -> list[Found]:
    """Give each attribution the narrowest one whose content holds it as `outer`, and those beside it who passed it on;
    leave out attitudes inside words, and "remarks carried by X" where X is such a relay."""
    hold(found)
    kept = [f for f in found if f.outer is None or f.entry.kind not in NOT_NESTED]
    trace_all(kept, kept)
    relays = {(id(parse), head) for one in kept for parse, head in one.relays}
    return [f for f in kept if f.pattern != Pattern.PASSIVE_SUBJECT or (id(f.parse), f.source) not in relays]


def hold(found: Sequence[Found]) -> None:
    """Give each attribution the narrowest one whose content holds it as `outer`."""
    for _, group in groupby(sorted(found, key=lambda f: f.passage), key=lambda f: f.passage):
        here = list(group)
        for one in here:
            one.outer = None
        for inner in here:
            holders = [f for f in here if f is not inner and _holds(f, inner) and not _inside(f, inner)]
            if holders:
                inner.outer = min(holders, key=lambda f: sum(map(len, f.content)))


def trace_all(untraced: Sequence[Found], found: Sequence[Found]) -> None:
    """Give those of `found` that are `untraced` those who passed them on."""
    taken: dict[int, set[int]] = {}
    for one in found:
        taken.setdefault(id(one.parse), set()).update(one.cue)
    for one in untraced:
        trace(one, taken[id(one.parse)])


def _holds(outer: Found, inner: Found) -> bool:
    if not inner.cue or (outer.parse is not inner.parse and not inner.parse.quoted):
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
