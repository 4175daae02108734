"""Scores of single cases → figures, each with the number of its cases and, where it can be had, a 95 % interval.

With `ENOUGH_ARTICLES` articles or more the interval is a bootstrap over articles: articles are drawn with
replacement, and a case counts as often as all the articles that it rests on were drawn.  With fewer, or where all
cases are right or all are wrong, a simple proportion has Wilson's interval, and the other figures have none.
"""

from __future__ import annotations

import enum
import math
import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate

ENOUGH_ARTICLES = 5
DRAWS = 2000
SEED = 20310304
Z = 1.959963984540054
"""The normal distribution's 97.5 % point."""


class Kind(enum.Enum):
    COUNT = enum.auto()
    PROPORTION = enum.auto()  # of cases that are right or wrong
    MEAN = enum.auto()
    MEDIAN = enum.auto()  # the lower of the two middle ones, of an even number
    F1 = enum.auto()  # the harmonic mean of two other figures


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure to be worked out; `of` names the two that an F1 is made of.

    A measure without cases is left out if it is `optional`, and 0 otherwise.
    """

    name: str
    kind: Kind
    of: tuple[str, str] | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """What one case adds to a figure, and the articles that it rests on."""

    measure: str
    got: float
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """`n` is the number of cases, None for a count or an F1; `method` names the interval, None where there is none."""

    name: str
    value: float
    n: int | None = None
    low: float | None = None
    high: float | None = None
    method: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """One wrong case: which statement or statements, what was to be found, what was, and the words."""

    what: str
    ids: str
    wanted: str
    got: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Measured:
    """The scores of one story with what was wrong, or of several stories together."""

    name: str
    measures: tuple[Measure, ...]
    scores: tuple[Score, ...]
    misses: tuple[Miss, ...] = ()

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """In the order of `measures`."""
        by_measure: dict[str, list[Score]] = {measure.name: [] for measure in self.measures}
        for score in self.scores:
            by_measure[score.measure].append(score)
        values = _values(self.measures, {m: (sum(s.got for s in of), len(of)) for m, of in by_measure.items()})
        drawn = _drawn(self.measures, by_measure)
        figures = []
        for measure in self.measures:
            scores = by_measure[measure.name]
            if measure.kind is Kind.COUNT:
                figures.append(Figure(name=measure.name, value=round(sum(s.got for s in scores))))
                continue
            if measure.optional and not scores:
                continue
            n = None if measure.kind is Kind.F1 else len(scores)
            value = values.get(measure.name, 0.0)
            if measure.kind is Kind.MEDIAN and scores:
                value = _median([(s.got, 1) for s in sorted(scores, key=lambda s: s.got)])
            interval = _interval(measure, scores, drawn.get(measure.name, ()))
            low, high, method = interval or (None, None, None)
            figures.append(Figure(name=measure.name, value=value, n=n, low=low, high=high, method=method))
        return tuple(figures)


@dataclass(frozen=True, kw_only=True)
class Scored:
    """Figures that are no means of single cases (a correlation, a mean of F1s), with what was wrong."""

    name: str
    figures: tuple[Figure, ...]
    misses: tuple[Miss, ...] = ()


def pooled(name: str, stories: Sequence[Measured]) -> Measured:
    """The scores of several stories as one; articles of one name in two stories stay two."""
    scores = [
        replace(score, articles=tuple(f"{number}/{article}" for article in score.articles))
        for number, story in enumerate(stories)
        for score in story.scores
    ]
    return Measured(name=name, measures=stories[0].measures, scores=tuple(scores))


def wilson(right: float, n: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a proportion of `n` cases, one at least."""
    share, square = right / n, Z * Z
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = Z * math.sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _median(weighted: Sequence[tuple[float, int]]) -> float:
    """The middle of values in ascending order, each counted as often as its weight says."""
    half = sum(weight for _, weight in weighted) / 2
    passed = accumulate(weight for _, weight in weighted)
    return next(value for (value, _), so_far in zip(weighted, passed, strict=True) if so_far >= half)


def _values(measures: Iterable[Measure], sums: Mapping[str, tuple[float, float]]) -> dict[str, float]:
    """Means and F1s from sums and weights; a measure without weight is not in it."""
    values = {name: got / of for name, (got, of) in sums.items() if of}
    for measure in measures:
        if measure.of is not None and any(name in values for name in measure.of):
            values[measure.name] = f1(*(values.get(name, 0.0) for name in measure.of))
    return values


def _drawn(measures: Sequence[Measure], by_measure: Mapping[str, Sequence[Score]]) -> dict[str, list[float]]:
    """The bootstrap's values of every measure, sorted; none where there are too few articles."""
    articles = sorted({article for scores in by_measure.values() for s in scores for article in s.articles})
    if len(articles) < ENOUGH_ARTICLES:
        return {}
    groups: dict[str, dict[tuple[str, ...], tuple[float, int]]] = {}
    for measure in measures:
        if measure.kind in {Kind.PROPORTION, Kind.MEAN}:
            here = groups.setdefault(measure.name, {})
            for score in by_measure[measure.name]:
                key = tuple(sorted(set(score.articles)))
                got, n = here.get(key, (0.0, 0))
                here[key] = (got + score.got, n + 1)
    ascending = {
        measure.name: sorted(by_measure[measure.name], key=lambda s: s.got)
        for measure in measures
        if measure.kind is Kind.MEDIAN
    }
    drawn: dict[str, list[float]] = {measure.name: [] for measure in measures}
    chance = random.Random(SEED)
    for _ in range(DRAWS):
        times = Counter(chance.choices(articles, k=len(articles)))
        sums = {}
        for name, here in groups.items():
            total = weight = 0.0
            for key, (got, n) in here.items():
                often = math.prod(times[article] for article in key)
                total += often * got
                weight += often * n
            sums[name] = (total, weight)
        for name, value in _values(measures, sums).items():
            drawn[name].append(value)
        for name, scores in ascending.items():
            weighted = [(s.got, math.prod(times[article] for article in s.articles)) for s in scores]
            if any(weight for _, weight in weighted):
                drawn[name].append(_median(weighted))
    return {name: sorted(values) for name, values in drawn.items()}


def _interval(measure: Measure, scores: Sequence[Score], drawn: Sequence[float]) -> tuple[float, float, str] | None:
    if drawn and drawn[0] < drawn[-1]:
        last = len(drawn) - 1
        return drawn[round(0.025 * last)], drawn[round(0.975 * last)], "bootstrap over articles"
    if measure.kind is Kind.PROPORTION and scores:
        return *wilson(sum(s.got for s in scores), len(scores)), "Wilson"
    return None
