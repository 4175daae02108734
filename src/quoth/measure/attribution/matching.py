"""Which predicted attribution is measured against which gold one: one-to-one, by the words of the content.

Of all assignments the one with the most pairs of an overlap of `HALF` or more is taken, of those the one with the
greatest sum of overlaps, of those the one whose sources, then cues, overlap most often.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from quoth.measure.attribution.marked import Marked
from quoth.measure.attribution.words import Words

HALF = 0.5
WEIGHT_HALF, WEIGHT_SOURCE, WEIGHT_CUE = 1e4, 1e-6, 1e-7
"""So far apart, beside overlaps between 0 and 1, that the sum of weights ranks as told above."""

Edge = tuple[int, int]
"""A gold attribution and a predicted one, by number."""


@dataclass(frozen=True, slots=True)
class Match:
    """A gold attribution and the predicted one that it is measured against; `overlap` of their contents, above 0."""

    gold: int
    predicted: int
    overlap: float


def overlap(a: Words, b: Words) -> float:
    """Jaccard's: words in both, of words in either."""
    both = len(a & b)
    return both / (len(a) + len(b) - both) if both else 0.0


def agree(gold: Words, predicted: Words) -> bool:
    """They share a word, or neither has one."""
    return not gold.isdisjoint(predicted) if gold else not predicted


def matched(gold: Sequence[Marked], predicted: Sequence[Marked]) -> list[Match]:
    """The pairs of the best assignment whose contents overlap, in the order of `gold`."""
    overlaps = _overlaps(gold, predicted)
    weights = {(g, p): _weight(gold[g], predicted[p], share) for (g, p), share in overlaps.items()}
    chosen = [edge for group in _groups(weights) for edge in _best(group, weights)]
    return [Match(g, p, overlaps[g, p]) for g, p in sorted(chosen)]


def _overlaps(gold: Sequence[Marked], predicted: Sequence[Marked]) -> dict[Edge, float]:
    """The overlap of every two contents that share a word."""
    having: dict[int, list[int]] = defaultdict(list)
    for p, guess in enumerate(predicted):
        for word in guess.content:
            having[word].append(p)
    return {
        (g, p): overlap(wanted.content, predicted[p].content)
        for g, wanted in enumerate(gold)
        for p in sorted({p for word in wanted.content for p in having.get(word, ())})
    }


def _weight(gold: Marked, predicted: Marked, share: float) -> float:
    half = WEIGHT_HALF if share >= HALF else 0.0
    source, cue = agree(gold.source, predicted.source), agree(gold.cue, predicted.cue)
    return half + share + WEIGHT_SOURCE * source + WEIGHT_CUE * cue


def _groups(edges: Mapping[Edge, float]) -> Iterator[tuple[list[int], list[int]]]:
    """Gold and predicted numbers of each connected component: components are assigned apart."""
    beside: dict[tuple[str, int], list[tuple[str, int]]] = defaultdict(list)
    for g, p in edges:
        beside["gold", g].append(("predicted", p))
        beside["predicted", p].append(("gold", g))
    seen: set[tuple[str, int]] = set()
    for start in beside:
        if start in seen:
            continue
        seen.add(start)
        group = [start]
        for node in group:  # grows while it is walked
            fresh = [other for other in beside[node] if other not in seen]
            seen.update(fresh)
            group += fresh
        yield (
            sorted(number for side, number in group if side == "gold"),
            sorted(number for side, number in group if side == "predicted"),
        )


def _best(group: tuple[list[int], list[int]], weights: Mapping[Edge, float]) -> Iterator[Edge]:
    gold, predicted = group
    if len(gold) <= len(predicted):
        columns = assignment([[weights.get((g, p), 0.0) for p in predicted] for g in gold])
        edges = [(gold[row], predicted[column]) for row, column in enumerate(columns)]
    else:
        columns = assignment([[weights.get((g, p), 0.0) for g in gold] for p in predicted])
        edges = [(gold[column], predicted[row]) for row, column in enumerate(columns)]
    return (edge for edge in edges if edge in weights)


def assignment(weights: Sequence[Sequence[float]]) -> list[int]:
    """The column of each row in the one-to-one assignment of the greatest total weight.

    There are at least as many columns as rows.  The Hungarian method: rows come in one at a time, each along the
    cheapest path of reassignments, under prices of rows and columns that keep every reduced cost at 0 or above.
    """
    columns = range(len(weights[0]))
    row_price, column_price = [0.0] * len(weights), [0.0] * len(columns)
    owner: list[int | None] = [None] * len(columns)
    for new in range(len(weights)):
        slack = [math.inf] * len(columns)
        before: list[int | None] = [None] * len(columns)
        reached: list[int] = []
        free = list(columns)
        row, last = new, None
        while True:
            for column in free:
                reduced = -weights[row][column] - row_price[row] - column_price[column]
                if reduced < slack[column]:
                    slack[column], before[column] = reduced, last
            nearest = min(free, key=slack.__getitem__)
            step = slack[nearest]
            row_price[new] += step
            for column in reached:
                row_price[_taken(owner[column])] += step
                column_price[column] -= step
            for column in free:
                slack[column] -= step
            last = nearest
            if owner[nearest] is None:
                break
            row = _taken(owner[nearest])
            reached.append(nearest)
            free.remove(nearest)
        _reassign(owner, before, nearest, new)
    column_of = {_taken(row): column for column, row in enumerate(owner) if row is not None}
    return [column_of[row] for row in range(len(weights))]


def _reassign(owner: list[int | None], before: Sequence[int | None], end: int, new: int) -> None:
    """Move each owner on the path to `end` one column on; the path's first column goes to the new row."""
    column = end
    while (previous := before[column]) is not None:
        owner[column] = owner[previous]
        column = previous
    owner[column] = new


def _taken(row: int | None) -> int:
    assert row is not None
    return row
