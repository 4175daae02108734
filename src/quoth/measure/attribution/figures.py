"""Counts → figures: precision, recall and F1 by slice, with bootstrap intervals over documents.

Documents are drawn with replacement, as many as there are; of the draws' F1s, 2.5 % lie beyond either end.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import mul

from quoth.measure.attribution.counting import (
    ALL,
    GIVEN,
    HIT_GOLD,
    HIT_PREDICTED,
    OF_GOLD,
    OF_PREDICTED,
    PAIRED,
    SLICES,
    Compared,
    Tally,
)
from quoth.measure.attribution.marked import ROLES

DRAWS = 1000
SEED = 0
RATES = (*PAIRED, "content.soft", "content.token")
"""Figures with precision and recall that every slice has."""
RATES_OF_ALL = ("source.token", "cue.token", *(f"{role}.span" for role in ROLES))
"""Those of all attributions together."""
SHARES = tuple(f"{role}.{name}" for role, names in GIVEN.items() for name in (*names, "none_ok"))
"""Of the gold attributions whose content is found and that have the role (`none_ok`: have not): how many are right."""
HEADLINE = (
    "content.exact",
    "content.relaxed",
    "content.token",
    "pair.relaxed",
    "pair.head",
    "triple.relaxed",
    "triple.head",
)
"""Figures whose F1 has an interval."""

Interval = tuple[float, float]
Intervals = Mapping[str, Mapping[str, Interval]]
"""By slice and figure."""
Progress = Callable[[int], None]
"""Told the number of draws done."""
PARTS = (HIT_PREDICTED, OF_PREDICTED, HIT_GOLD, OF_GOLD)


@dataclass(frozen=True, slots=True)
class Rate:
    """Precision, recall and their harmonic mean; each 0 where there is nothing to divide by."""

    p: float
    r: float
    f1: float

    @classmethod
    def of(cls, hit_predicted: float, of_predicted: float, hit_gold: float, of_gold: float) -> Rate:
        p, r = _ratio(hit_predicted, of_predicted), _ratio(hit_gold, of_gold)
        return cls(p, r, _ratio(2 * p * r, p + r))


@dataclass(frozen=True, slots=True)
class Share:
    """So much of `n`."""

    value: float
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The figures of one slice; `matched` gold attributions have a content that is found."""

    gold: int
    predicted: int
    matched: int
    rates: Mapping[str, Rate]
    shares: Mapping[str, Share]


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def total(compared: Iterable[Compared]) -> Tally:
    """The counts of several documents."""
    together = Tally()
    for one in compared:
        for key, count in one.tally.items():
            together[key] += count
    return together


def figures(tally: Tally, where: str) -> Figures:
    """The figures of a slice."""
    names = (*RATES, *RATES_OF_ALL) if where == ALL else RATES
    return Figures(
        gold=int(tally[where, "content.relaxed", OF_GOLD]),
        predicted=int(tally[where, "content.relaxed", OF_PREDICTED]),
        matched=int(tally[where, "content.relaxed", HIT_GOLD]),
        rates={name: Rate.of(*(tally[where, name, part] for part in PARTS)) for name in names},
        shares={name: _share(tally, where, name) for name in SHARES},
    )


def _share(tally: Tally, where: str, name: str) -> Share:
    n = int(tally[where, name, OF_GOLD])
    return Share(_ratio(tally[where, name, HIT_GOLD], n), n)


def by_slice(compared: Iterable[Compared]) -> dict[str, Figures]:
    """The figures of every slice, over all documents."""
    together = total(compared)
    return {where: figures(together, where) for where in SLICES}


# ---------------------------------------------------------------- intervals


def intervals(
    compared: Sequence[Compared],
    *,
    draws: int = DRAWS,
    against: Sequence[Compared] | None = None,
    progress: Progress | None = None,
) -> dict[str, dict[str, Interval]]:
    """95 % intervals of the `HEADLINE` F1s of every slice; with `against`, of the differences to it on the same draws.

    Draws that have nothing of a slice do not count for it, and a slice of which there is nothing has no interval; for
    all attributions every draw counts.  Raises ValueError where there is no draw or no document.
    """
    if draws < 1 or not compared:
        raise ValueError("an interval takes at least one draw and one document")
    columns = _columns(compared)
    others = _columns(against) if against is not None else None
    drawn: dict[tuple[str, str], list[float]] = {key: [] for key in columns}
    chance = random.Random(SEED)
    for done in range(1, draws + 1):
        times = [0] * len(compared)
        for _ in compared:
            times[chance.randrange(len(compared))] += 1
        for key, values in drawn.items():
            value = _drawn_f1(columns[key], times)
            other = _drawn_f1(others[key], times) if others is not None else None
            if value is not None or other is not None or key[0] == ALL:
                values.append((value or 0.0) - (other or 0.0))
        if progress is not None:
            progress(done)
    return {where: {name: _ends(drawn[where, name]) for name in HEADLINE if drawn[where, name]} for where in SLICES}


def _ends(values: Sequence[float]) -> Interval:
    ordered, n = sorted(values), len(values)
    return ordered[int(0.025 * n)], ordered[min(n - 1, int(0.975 * n))]


Columns = tuple[Sequence[float], ...]
"""For each of `PARTS`, the counts of every document."""


def _columns(compared: Sequence[Compared]) -> dict[tuple[str, str], Columns]:
    return {
        (where, name): tuple([one.tally[where, name, part] for one in compared] for part in PARTS)
        for where in SLICES
        for name in HEADLINE
    }


def _drawn_f1(columns: Columns, times: Sequence[int]) -> float | None:
    """None where the draw has neither gold attributions nor predictions."""
    parts = dict(zip(PARTS, (sum(map(mul, column, times)) for column in columns), strict=True))
    return Rate.of(*parts.values()).f1 if parts[OF_GOLD] or parts[OF_PREDICTED] else None


# ---------------------------------------------------------------- systems


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One system's figures by slice; `intervals` None where no draw was wanted."""

    compared: Sequence[Compared]
    figures: Mapping[str, Figures]
    intervals: Intervals | None
    draws: int

    @property
    def left_out(self) -> int:
        """Gold attributions without content."""
        return sum(one.left_out for one in self.compared)

    def interval(self, where: str, name: str) -> Interval | None:
        return self.intervals[where].get(name) if self.intervals is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """The `HEADLINE` F1s of one system less those of another, by slice and figure."""

    values: Mapping[str, Mapping[str, float]]
    intervals: Intervals | None

    def interval(self, where: str, name: str) -> Interval | None:
        return self.intervals[where].get(name) if self.intervals is not None else None


def measure(compared: Sequence[Compared], *, draws: int = DRAWS, progress: Progress | None = None) -> Measured:
    """The figures of every slice; their intervals where `draws` is not 0."""
    ends = intervals(compared, draws=draws, progress=progress) if draws else None
    return Measured(compared=compared, figures=by_slice(compared), intervals=ends, draws=draws)


def differ(mine: Measured, other: Measured, *, draws: int = DRAWS, progress: Progress | None = None) -> Differences:
    """What one system has over another on the same documents."""
    values = {
        where: {name: figures.rates[name].f1 - other.figures[where].rates[name].f1 for name in HEADLINE}
        for where, figures in mine.figures.items()
    }
    ends = intervals(mine.compared, draws=draws, against=other.compared, progress=progress) if draws else None
    return Differences(values=values, intervals=ends)
