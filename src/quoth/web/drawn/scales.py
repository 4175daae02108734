"""From values to heights: where a number or a day stands on an upright axis, and what is written along it."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass

from quoth.model import Number
from quoth.present import words
from quoth.present.drawing import scale, ticks, widened

WIDE = 100
"""From this ratio of the largest to the smallest number on, numbers stand by their orders of magnitude."""
LINEAR = 1e15
"""Beyond this, numbers always do: a float can no longer tell neighbours apart."""


@dataclass(frozen=True, slots=True)
class Extent:
    """Where a value stands: from `low` up to `high` (so that high <= low in pixels), its ends open or not."""

    low: float
    high: float
    open_low: bool = False
    open_high: bool = False

    @property
    def middle(self) -> float:
        """Where its mark stands: in the middle, or at the end that is known."""
        if self.open_low == self.open_high:
            return (self.low + self.high) / 2
        return self.high if self.open_low else self.low


class Days:
    """An upright axis of days between two heights."""

    def __init__(self, values: Sequence[object], top: float, bottom: float) -> None:
        ends = [end for value in values if (pair := days_in(value)) for end in pair if end]
        self.first, self.last = widened(min(ends), max(ends))
        self._at = scale(self.first, self.last, bottom, top)
        self.top, self.bottom = top, bottom

    def extent(self, value: object) -> Extent | None:
        pair = days_in(value)
        if pair is None:
            return None
        first, last = pair
        return Extent(
            self._at(first) if first else self.bottom, self._at(last) if last else self.top, not first, not last
        )

    def at(self, day: datetime.date) -> float:
        return self._at(day)

    def ticks(self, most: int) -> list[tuple[str, float]]:
        return [(text, self._at(day)) for text, day in ticks(self.first, self.last, most)]


class Numbers:
    """An upright axis of numbers between two heights; by orders of magnitude (`wide`) where they lie far apart."""

    def __init__(self, values: Sequence[object], top: float, bottom: float) -> None:
        ends = [end for value in values if (pair := numbers_in(value)) for end in pair if end is not None]
        sizes = sorted(abs(end) for end in ends if end)
        self._unit = sizes[0] if sizes else 1
        self.wide = bool(sizes) and (sizes[-1] > LINEAR or sizes[-1] >= WIDE * sizes[0])
        self.top, self.bottom = top, bottom
        low, high = min(map(self._measure, ends)), max(map(self._measure, ends))
        room = (high - low) * 0.08 or max(1.0, abs(high) * 0.1)
        self._low, self._high = low - room, high + room
        if min(ends) >= 0 > self._low:
            self._low = -room / 4
        self._ends = min(ends), max(ends)

    def _measure(self, number: Number) -> float:
        """A number as a length, in the order of the numbers."""
        if not self.wide:
            return float(number)
        if number == 0:
            return 0.0
        return math.copysign(1 + math.log10(abs(number)) - math.log10(self._unit), number)

    def at(self, number: Number) -> float:
        share = (self._measure(number) - self._low) / (self._high - self._low)
        return self.bottom + (self.top - self.bottom) * min(1.0, max(0.0, share))

    def extent(self, value: object) -> Extent | None:
        pair = numbers_in(value)
        if pair is None:
            return None
        low, high = pair
        return Extent(
            self.bottom if low is None else self.at(low),
            self.top if high is None else self.at(high),
            low is None,
            high is None,
        )

    def ticks(self, most: int) -> list[tuple[str, float]]:
        """Round numbers, at most about `most` of them."""
        found = self._powers(most) if self.wide else self._steps(most)
        return [(words.number(number), self.at(number)) for number in found]

    def _steps(self, most: int) -> list[Number]:
        step = _round_up((self._high - self._low) / max(1, most))
        first = math.ceil(self._low / step)
        found: list[Number] = []
        for n in range(first, math.floor(self._high / step) + 1):
            number = round(n * step, 10)
            found.append(int(number) if number == int(number) else number)
        return found

    def _powers(self, most: int) -> list[Number]:
        low, high = self._ends
        sizes = [abs(end) for end in self._ends if end]
        exponents = range(math.floor(math.log10(min(self._unit, *sizes))), math.ceil(math.log10(max(sizes))) + 1)
        every = max(1, math.ceil(len(exponents) / max(1, most)))
        powers: list[Number] = [10**n if n >= 0 else 10.0**n for n in exponents if n % every == 0]
        signed = [0, *powers, *(-power for power in powers)]
        return sorted(n for n in signed if low <= n <= high)


def _round_up(step: float) -> float:
    """The next of 1, 2 and 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(step))
    return next(m * power for m in (1, 2, 5, 10) if m * power >= step * (1 - 1e-9))


def days_in(value: object) -> tuple[datetime.date | None, datetime.date | None] | None:
    """The two days of a value that is a stretch of days, at least one end known."""
    match value:
        case (datetime.date() | None as first, datetime.date() | None as last) if first or last:
            return first, last
    return None


def numbers_in(value: object) -> tuple[Number | None, Number | None] | None:
    """The two numbers of a value that is a range, at least one end known."""
    match value:
        case (int() | float() | None as low, int() | float() | None as high) if (low, high) != (None, None):
            return low, high
    return None
