"""One document's gold and predicted attributions, matched, judged and counted.

Counts are kept by slice (all attributions, each type of quotation, each kind of cue) and by figure.  Every figure has
up to four: of the predictions how many there are and how many are right (`OF_PREDICTED`, `HIT_PREDICTED`), and the
same of the gold ones.  In a slice, predictions count by their own type and cue, gold ones by theirs, whatever they
are matched with.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quoth.measure.attribution.cues import CueKind
from quoth.measure.attribution.files import TYPES, Annotated
from quoth.measure.attribution.lists import listed
from quoth.measure.attribution.marked import ROLES, Attribution, Marked
from quoth.measure.attribution.matching import HALF, Match, agree, matched
from quoth.measure.attribution.words import Text, Words

HIT_PREDICTED, OF_PREDICTED, HIT_GOLD, OF_GOLD = "hit predicted", "of predicted", "hit gold", "of gold"

ALL = "all"
TYPE_SLICES = tuple(str(type) for type in TYPES)
CUE_SLICES = tuple(str(kind) for kind in CueKind)
SLICES = (ALL, *TYPE_SLICES, *CUE_SLICES)

PAIRED = (
    "content.exact",
    "content.strict",
    "content.relaxed",
    "content.any",
    "pair.relaxed",
    "pair.head",
    "triple.relaxed",
    "triple.head",
    "triple.exact",
)
"""Figures of which every matched pair is right or wrong."""
GIVEN = {"source": ("overlap", "head", "name", "exact"), "cue": ("overlap", "exact")}
"""What is right of a role, given that the content is found."""


class Tally(dict[tuple[str, str, str], float]):
    """Counts by slice, figure and one of the four; 0 where nothing was counted."""

    def __missing__(self, key: tuple[str, str, str]) -> float:
        return 0


@dataclass(frozen=True, slots=True)
class Judged:
    """A matched pair with the names of the figures for which it is right."""

    match: Match
    right: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A document's attributions and what they add up to; gold ones without content are left out."""

    document: Annotated
    gold: tuple[Marked, ...]
    predicted: tuple[Marked, ...]
    judged: tuple[Judged, ...]
    tally: Tally
    left_out: int


def compare(document: Annotated, attributions: Iterable[Attribution]) -> Compared:
    """Measure the attributions predicted of a document against its own."""
    text = Text(document.text)
    marked = [Marked.of(text, a, type=a.type) for a in document.attributions]
    gold = tuple(m for m in marked if m.content)
    predicted = tuple(Marked.of(text, a) for a in attributions)
    judged = tuple(Judged(m, judge(text, gold[m.gold], predicted[m.predicted], m)) for m in matched(gold, predicted))
    return Compared(
        document=document,
        gold=gold,
        predicted=predicted,
        judged=judged,
        tally=_tally(text, gold, predicted, judged),
        left_out=len(marked) - len(gold),
    )


# ---------------------------------------------------------------- verdicts


def judge(text: Text, gold: Marked, predicted: Marked, match: Match) -> frozenset[str]:
    """The figures for which a matched pair is right."""
    head = text.head(gold.source)
    source, cue = agree(gold.source, predicted.source), agree(gold.cue, predicted.cue)
    by_head = head in predicted.source if gold.source else not predicted.source
    overlap = not gold.source.isdisjoint(predicted.source)
    found = match.overlap >= HALF
    verdicts = {
        "content.any": True,
        "content.relaxed": found,
        "content.exact": gold.content == predicted.content,
        "content.strict": gold.tokens == predicted.tokens,
        "source.overlap": overlap,
        "source.head": head in predicted.source,
        "source.name": overlap or _same_name(text, gold.source, predicted.source),
        "source.exact": gold.source == predicted.source,
        "cue.overlap": not gold.cue.isdisjoint(predicted.cue),
        "cue.exact": gold.cue == predicted.cue,
        "pair.relaxed": found and source,
        "pair.head": found and by_head,
        "triple.relaxed": found and source and cue,
        "triple.head": found and by_head and cue,
        "triple.exact": all(gold.role(role) == predicted.role(role) for role in ROLES),
    }
    return frozenset(name for name, right in verdicts.items() if right)


def _same_name(text: Text, gold: Words, predicted: Words) -> bool:
    """The head of one is a word of the other, and no pronoun: the same name elsewhere in the text."""
    return _names(text, gold, predicted) or _names(text, predicted, gold)


def _names(text: Text, words: Words, others: Words) -> bool:
    head = text.head(words)
    if head is None or text.lower(head) in listed("pronouns"):
        return False
    return text.lower(head) in {text.lower(word) for word in others}


# ---------------------------------------------------------------- counts


def _tally(text: Text, gold: Sequence[Marked], predicted: Sequence[Marked], judged: Sequence[Judged]) -> Tally:
    tally = Tally()
    _count_shares(tally, gold, predicted)
    for pair in judged:
        _count_pair(tally, gold[pair.match.gold], predicted[pair.match.predicted], pair.right)
    for role in ROLES:
        slices = SLICES if role == "content" else (ALL,)
        _count_tokens(tally, role, gold, predicted, slices)
        _count_runs(tally, role, text.runs(m.role(role) for m in gold), text.runs(m.role(role) for m in predicted))
    return tally


def _slices(marked: Marked) -> tuple[str, str, str]:
    return ALL, str(marked.type), str(marked.cue_kind)


def _count_shares(tally: Tally, gold: Sequence[Marked], predicted: Sequence[Marked]) -> None:
    """How many there are, and of each the share of its content that the best one of the other side has."""
    for marked, others, of, hit in (
        *((g, predicted, OF_GOLD, HIT_GOLD) for g in gold),
        *((p, gold, OF_PREDICTED, HIT_PREDICTED) for p in predicted),
    ):
        shared = max((len(marked.content & other.content) for other in others), default=0)
        for where in _slices(marked):
            for figure in (*PAIRED, "content.soft"):
                tally[where, figure, of] += 1
            tally[where, "content.soft", hit] += shared / len(marked.content) if marked.content else 0.0


def _count_pair(tally: Tally, gold: Marked, predicted: Marked, right: frozenset[str]) -> None:
    for figure in right.intersection(PAIRED):
        for where in _slices(gold):
            tally[where, figure, HIT_GOLD] += 1
        for where in _slices(predicted):
            tally[where, figure, HIT_PREDICTED] += 1
    if "content.relaxed" not in right:
        return
    for role, figures in GIVEN.items():
        for where in _slices(gold):
            if not gold.role(role):
                tally[where, f"{role}.none_ok", OF_GOLD] += 1
                tally[where, f"{role}.none_ok", HIT_GOLD] += not predicted.role(role)
                continue
            for figure in (f"{role}.{name}" for name in figures):
                tally[where, figure, OF_GOLD] += 1
                tally[where, figure, HIT_GOLD] += figure in right


def _count_tokens(
    tally: Tally, role: str, gold: Sequence[Marked], predicted: Sequence[Marked], slices: Iterable[str]
) -> None:
    """Words that stand in the role of some attribution."""

    wanted, got = _words(role, gold, ALL), _words(role, predicted, ALL)
    for where in slices:
        here, there = _words(role, gold, where), _words(role, predicted, where)
        tally[where, f"{role}.token", OF_GOLD] += len(here)
        tally[where, f"{role}.token", HIT_GOLD] += len(here & got)
        tally[where, f"{role}.token", OF_PREDICTED] += len(there)
        tally[where, f"{role}.token", HIT_PREDICTED] += len(there & wanted)


def _words(role: str, marked: Iterable[Marked], where: str) -> Words:
    """All words of a role in a slice."""
    return frozenset().union(*(m.role(role) for m in marked if where in _slices(m)))


def _count_runs(tally: Tally, role: str, gold: frozenset[tuple[int, int]], got: frozenset[tuple[int, int]]) -> None:
    """Unbroken runs of words of some attribution's role, right when the same run is predicted."""
    tally[ALL, f"{role}.span", OF_GOLD] += len(gold)
    tally[ALL, f"{role}.span", OF_PREDICTED] += len(got)
    for hit in (HIT_GOLD, HIT_PREDICTED):
        tally[ALL, f"{role}.span", hit] += len(gold & got)
