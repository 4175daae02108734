"""A small chart of how many statements were made in each month, and of how it is labelled."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Mapping
from dataclasses import dataclass

HEIGHT = 64.0
STEP = 14.0
MOST = 120
"""Months that are drawn one bar each; of more, bars of years are."""


@dataclass(frozen=True, slots=True)
class Column:
    """A month or a year: `label` under it where it has room, its first and last day."""

    x: float
    y: float
    height: float
    number: int
    name: str
    label: str
    first: datetime.date
    last: datetime.date


@dataclass(frozen=True, slots=True)
class Chart:
    columns: tuple[Column, ...]
    width: float
    height: float
    step: float


def charted(counts: Mapping[tuple[int, int], int]) -> Chart:
    """One column a month, or a year where there are too many months; without gaps, as the counts have none."""
    yearly = len(counts) > MOST
    kept: dict[tuple[int, int], int] = {}
    for (year, month), number in counts.items():
        key = (year, 0) if yearly else (year, month)
        kept[key] = kept.get(key, 0) + number
    most = max(kept.values(), default=1) or 1
    step = STEP if len(kept) <= 60 else STEP * 60 / len(kept)
    columns = []
    for place, ((year, month), number) in enumerate(kept.items()):
        height = max(1.5, HEIGHT * number / most) if number else 0.0
        columns.append(
            Column(
                x=place * step,
                y=HEIGHT - height,
                height=height,
                number=number,
                name=f"{calendar.month_name[month]} {year}" if month else str(year),
                label=_label(place, year, month, step),
                first=datetime.date(year, month or 1, 1),
                last=datetime.date(year, month or 12, calendar.monthrange(year, month or 12)[1]),
            )
        )
    return Chart(tuple(columns), max(1, len(kept)) * step, HEIGHT, step)


def _label(place: int, year: int, month: int, step: float) -> str:
    """The year at each of its beginnings, and at the very first column."""
    if not month:
        return str(year) if place % max(1, round(40 / step)) == 0 else ""
    return str(year) if month == 1 or place == 0 else ""
