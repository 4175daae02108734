"""The relations of a question: its answers two by two, and the other reports of the utterances behind them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence

from quoth.compare.matching import Answer, Asked
from quoth.compare.timing import spoken
from quoth.compare.values import Behind, value_key
from quoth.compare.verdicts import Verdict, judge
from quoth.model import Relation, RelationType

EVERY_PAIR = 60
"""Up to so many answers, every pair is related.  Beyond it, one report of each utterance stands for the others, and
each is related to those said shortly before it and, one for each value, to the other values."""
SHORTLY_BEFORE = 8
ONE_UTTERANCE = "one-utterance"


def relations_of(
    asked: Asked, behind: Behind, standing: Mapping[tuple[str, str], Relation] | None = None
) -> tuple[Relation, ...]:
    """All relations of a question, ordered by their statements' ids; at most one for each pair of statements.

    `standing`: relations by their pairs, between answers that are as they were when these were found, from when the
    question was as much `is_related_in_full` as now.
    """
    found: dict[tuple[str, str], Relation] = {}
    reasons: dict[str, str] = {}  # one string for each wording: two answers are often as two others are
    for a, b in _pairs(asked, behind):
        stands = standing.get(unordered(a.id, b.id)) if standing else None
        if stands is not None and stands.rule != ONE_UTTERANCE:  # by which it may not have been the answers' own
            found.setdefault(unordered(a.id, b.id), stands)
            continue
        verdict = judge(a, b, asked.slot, behind)
        if verdict is not None:
            found.setdefault(unordered(a.id, b.id), _relation(verdict, reasons.setdefault(verdict.why, verdict.why)))
    for a_id, b_id, voice in _siblings(asked, behind):
        why = f"both report one utterance of {voice}"
        why = reasons.setdefault(why, why)
        same = Relation(a=a_id, b=b_id, type=RelationType.SAME, why=why, rule=ONE_UTTERANCE)
        found.setdefault(unordered(a_id, b_id), same)
    return tuple(found[pair] for pair in sorted(found))


def unordered(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a <= b else (b, a)


def _relation(verdict: Verdict, why: str) -> Relation:
    a, b = verdict.first.id, verdict.second.id
    if verdict.type in (RelationType.SAME, RelationType.AGREE, RelationType.CONTRADICT, RelationType.TENSION,
                        RelationType.SCOPE):  # fmt: skip
        a, b = unordered(a, b)
    return Relation(a=a, b=b, type=verdict.type, why=why, rule=verdict.rule)


def is_related_in_full(asked: Asked) -> bool:
    """Whether every pair of answers is related, the one of the lesser id first; otherwise the one said earlier is."""
    return len(asked.answers) <= EVERY_PAIR


def _pairs(asked: Asked, behind: Behind) -> Iterator[tuple[Answer, Answer]]:
    """The pairs worth relating: all, or for a question with many answers a number that grows with the answers."""
    answers: Sequence[Answer] = sorted(asked.answers, key=lambda a: a.id)
    if is_related_in_full(asked):
        yield from itertools.combinations(answers, 2)
        return
    first: dict[tuple[object, ...], Answer] = {}
    valued: dict[tuple[object, ...], Answer] = {}
    for a in sorted(answers, key=lambda a: (str((spoken(a, behind) or ("", ""))[1]), a.id)):
        key = value_key(a, asked.slot)
        first.setdefault((behind.origin_of.get(a.id, a.id), *key), a)
        valued.setdefault(key, a)
    standing = list(first.values())
    for i, a in enumerate(standing):
        for b in standing[max(0, i - SHORTLY_BEFORE) : i]:
            yield b, a
    yield from itertools.combinations(list(valued.values())[:EVERY_PAIR], 2)


def _siblings(asked: Asked, behind: Behind) -> Iterator[tuple[str, str, str]]:
    """Pairs of reports of one utterance of which at least one report answers the question."""
    for origin_id in sorted({behind.origin_of[a.id] for a in asked.answers if a.id in behind.origin_of}):
        origin = behind.origins[origin_id]
        ordered = sorted(origin.statements)
        firsts = ordered if len(ordered) <= EVERY_PAIR else ordered[:1]
        for i, a in enumerate(firsts):
            for b in ordered[i + 1 :]:
                yield a, b, origin.voice
