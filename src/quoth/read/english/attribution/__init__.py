"""Attribution: who is said to say what, with which words: by rules, and by a network beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quoth.read.english.attribution import (
    backward,
    headlines,
    heard,
    interviews,
    nesting,
    nouns,
    phrases,
    quotations,
    verbs,
    within,
)
from quoth.read.english.attribution.found import Found
from quoth.read.english.attribution.learned.merge import merged
from quoth.read.english.attribution.learned.network import Network
from quoth.read.english.attribution.patterns import Pattern
from quoth.read.english.pipeline import Passage

__all__ = ["Found", "attributions", "sure"]

LEAST = 0.45
"""Attributions less sure are doubtful.  Chosen on PolNeAR dev, for the triple's F1."""


def attributions(passages: Sequence[Passage], network: Network | None = None) -> list[Found]:
    """Every attribution of an article, in text order; those inside the words of another name it as `outer`.

    Without a network the rules read alone.
    """
    found = _ruled(passages)
    if network is not None:
        found = merged(passages, found, network, LEAST)
        nesting.hold(found)
        nesting.trace_all([f for f in found if f.pattern == Pattern.NETWORK], found)
    return sorted(found, key=lambda f: (f.passage, f.content[0], f.content[-1].end))


def sure(found: Iterable[Found]) -> list[Found]:
    """Those that are not doubtful."""
    return [f for f in found if f.confidence >= LEAST]


def _ruled(passages: Sequence[Passage]) -> list[Found]:
    """What the rules find, nested."""
    found: list[Found] = []
    for number, passage in enumerate(passages):
        here = [
            *headlines.find(passage, number),
            *heard.find(passage, number),
            *verbs.find(passage, number),
            *phrases.find(passage, number),
            *nouns.find(passage, number),
        ]
        pointing = list(backward.find(passages, number))
        taken = {f.cue[0] for f in pointing}
        found += [f for f in _once(here) if not f.cue or f.cue[0] not in taken] + pointing
    found += interviews.find(passages)
    linked = quotations.link(passages, [f for f in found if f.content])
    for number, passage in enumerate(passages):
        linked += within.find(passage, number, [f for f in linked if f.passage == number])
    return nesting.nest(linked)


def _once(found: list[Found]) -> list[Found]:
    """Without the attributions whose cue is part of a longer one ("saying" in "quoted her as saying"), and without a
    headline's where its verb governs what is said."""
    longer = {i for f in found if len(f.cue) > 1 for i in f.cue}
    governed = {f.cue[0] for f in found if f.cue and f.pattern != "speaker last"}
    return [
        f
        for f in found
        if (len(f.cue) != 1 or f.cue[0] not in longer) and (f.pattern != "speaker last" or f.cue[0] not in governed)
    ]
