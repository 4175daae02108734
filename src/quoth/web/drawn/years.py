"""The strip over the calendar: each deadline a bar over its days, the sign at its end what became of it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

WIDTH = 960.0
EDGE = 14.0
LANE = 15.0
TOP = 24.0
OPEN = 46.0
"""Pixels that a bar with an open end runs on, fading."""

SHAPE = {
    "done": "M-6,0L-2,5L6,-5",
    "not done": "M-5,-5L5,5M5,-5L-5,5",
    "denied": "M-5.5,-2H5.5M-5.5,2.5H5.5",
    "contradicted": "M-6,3L-1,-4L1,4L6,-3",
    "moved": "M-6,0H5M1,-4L5.5,0L1,4",
    "ahead": "M-5,0A5,5 0 1 1 5,0A5,5 0 1 1 -5,0Z",
    "passed": "M-4.5,-4.5H4.5V4.5H-4.5Z",
}
"""What a deadline's end looks like, about eleven pixels wide: by shape, so that no colour is needed."""


@dataclass(frozen=True, slots=True)
class Span:
    """A deadline: an interval of days of which either end may be open, and what became of it."""

    id: str
    first: datetime.date | None
    last: datetime.date | None
    fate: str
    title: str


@dataclass(frozen=True, slots=True)
class Bar:
    """`x` to `end` in pixels; `opens` to the left or right where an end is open; the mark stands at `at`."""

    id: str
    x: float
    end: float
    y: float
    at: float
    opens: str
    fate: str
    title: str
    shape: str


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    label: str
    strong: bool


@dataclass(frozen=True, slots=True)
class Strip:
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    today: float | None
    height: float
    width: float = WIDTH


def strip(spans: Sequence[Span], today: datetime.date) -> Strip | None:
    """The bars in lanes so that none touches another; None without any."""
    ends = [day for span in spans for day in (span.first, span.last) if day]
    if not ends:
        return None
    first, last = _widened(min(ends), max(ends))
    length = (last - first).days

    def across(day: datetime.date) -> float:
        return EDGE + (WIDTH - 2 * EDGE) * (day - first).days / length

    lanes: list[float] = []
    bars = []
    for span in sorted(spans, key=lambda s: (s.first or s.last or first, s.id)):
        start, end = across(span.first or span.last or first), across(span.last or span.first or last)
        left = max(2.0, end - OPEN) if span.first is None else start
        right = min(WIDTH - 2, start + OPEN) if span.last is None else max(end, start + 2)
        at = start if span.last is None else right
        lane = next((n for n, taken in enumerate(lanes) if taken <= left - 8), len(lanes))
        lanes[lane : lane + 1] = [max(right, at + 7)]
        opens = "left" if span.first is None else "right" if span.last is None else ""
        y = TOP + 12 + lane * LANE
        bars.append(Bar(span.id, left, right, y, at, opens, span.fate, span.title, SHAPE[span.fate]))
    now = across(today) if first <= today <= last else None
    return Strip(tuple(bars), tuple(_ticks(first, last, across)), now, TOP + 14 + LANE * len(lanes))


def _widened(first: datetime.date, last: datetime.date) -> tuple[datetime.date, datetime.date]:
    """The days with some room about them, from the first of a month."""
    room = datetime.timedelta(max(20, (last - first).days // 20))
    low = max(datetime.date.min + room, first) - room
    return low.replace(day=1), min(datetime.date.max - room, last) + room


def _ticks(first: datetime.date, last: datetime.date, across: Callable[[datetime.date], float]) -> list[Tick]:
    """Beginnings of months, quarters, years or more of them: the finest of which a label has room."""
    months = (last.year - first.year) * 12 + last.month - first.month
    for step in (1, 3, 12, 24, 60, 120, 600, 1200, 6000, 12000):
        if months / step <= 12:
            break
    start = first.year * 12 + first.month - 1
    ticks = []
    for month in range(-(-start // step) * step, start + months + 1, step):
        if month < 12:
            continue
        day = datetime.date(month // 12, month % 12 + 1, 1)
        yearly = day.month == 1
        label = str(day.year) if yearly or step >= 12 else f"{day:%b}"
        ticks.append(Tick(across(day), label, yearly))
    return ticks
