"""How two ranges lie to each other: of days, both included, or of numbers; None is an open end.

After the interval algebra of Allen (1983), with his thirteen relations folded into the five that tell whether
two answers to one question can both be true.
"""

from __future__ import annotations

import datetime
import enum
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence, Set
from functools import cache
from typing import Any

from quoth.model import DateRange, When

Range = tuple[Any, Any]
"""`(low, high)` of one ordered type; `low <= high` where both are known."""


class Lie(enum.StrEnum):
    """How range a lies to range b."""

    EQUAL = "equal"
    WITHIN = "within"
    CONTAINS = "contains"
    OVERLAPS = "overlaps"
    DISJOINT = "disjoint"

    @property
    def turned(self) -> Lie:
        """How b lies to a."""
        return {Lie.WITHIN: Lie.CONTAINS, Lie.CONTAINS: Lie.WITHIN}.get(self, self)


def before(a: Range, b: Range) -> bool:
    """Whether all of a lies before all of b; an open end is never before anything."""
    return a[1] is not None and b[0] is not None and bool(a[1] < b[0])


def contains(a: Range, b: Range) -> bool:
    """Whether nothing of b lies outside a."""
    low = a[0] is None or (b[0] is not None and a[0] <= b[0])
    high = a[1] is None or (b[1] is not None and b[1] <= a[1])
    return low and high


def lie(a: Range, b: Range) -> Lie:
    """How a lies to b."""
    if before(a, b) or before(b, a):
        return Lie.DISJOINT
    outer, inner = contains(a, b), contains(b, a)
    if outer and inner:
        return Lie.EQUAL
    if outer or inner:
        return Lie.CONTAINS if outer else Lie.WITHIN
    return Lie.OVERLAPS


def intersection(a: Range, b: Range) -> Range | None:
    """What lies in both; None when nothing does."""
    if before(a, b) or before(b, a):
        return None
    lows = [x for x in (a[0], b[0]) if x is not None]
    highs = [x for x in (a[1], b[1]) if x is not None]
    return max(lows, default=None), min(highs, default=None)


def meeting(some: Collection[int], ranges: Sequence[tuple[int, int]], fresh: Set[int]) -> Iterator[tuple[int, int]]:
    """Pairs (i, j), i < j, of some closed ranges, given by their numbers, that have anything in common; those with a
    fresh one."""
    ordered = sorted(some, key=ranges.__getitem__)
    lows = [ranges[i][0] for i in ordered]
    of_fresh = [place for place, i in enumerate(ordered) if i in fresh]
    for place, i in enumerate(ordered):
        stop = bisect_right(lows, ranges[i][1])
        if i in fresh:
            others = ordered[place + 1 : stop]
        else:
            others = [ordered[k] for k in of_fresh[bisect_right(of_fresh, place) : bisect_left(of_fresh, stop)]]
        yield from ((i, j) if i < j else (j, i) for j in others)


def days(when: When | None) -> DateRange | None:
    """The range of a `When`; None where nothing is known of it."""
    if when is None or (when.earliest is None and when.latest is None):
        return None
    return when.earliest, when.latest


def length(span: DateRange) -> int | None:
    """How many days a range of days has; None when an end is open."""
    earliest, latest = span
    return None if earliest is None or latest is None else (latest - earliest).days + 1


NEWS_IS_FRESH = 2
"""Days before publication within which an undated utterance is presumed to have been made."""


@cache
def fresh(published: datetime.date | None) -> DateRange | None:
    """When what was published on a day is presumed to have been said: news is of its day or the days just before."""
    return None if published is None else (shifted(published, -NEWS_IS_FRESH), published)


def shifted(day: datetime.date, by: int) -> datetime.date:
    """`by` days later, kept inside the calendar."""
    ordinal = day.toordinal() + by
    return datetime.date.fromordinal(max(1, min(datetime.date.max.toordinal(), ordinal)))
