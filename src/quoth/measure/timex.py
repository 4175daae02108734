"""Values of TIMEX3 (TimeML 1.2.1, Saurí et al. 2006) as days of the calendar."""

from __future__ import annotations

import datetime
import re

from quoth.read import calendar
from quoth.read.calendar import Interval, Unit

Days = tuple[datetime.date | None, datetime.date | None]

_SHAPES: tuple[tuple[re.Pattern[str], Unit | None], ...] = (
    (re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?"), None),
    (re.compile(r"(\d{4})-(\d\d)"), Unit.MONTH),
    (re.compile(r"(\d{4})-W(\d\d)"), Unit.WEEK),
    (re.compile(r"(\d{4})-Q([1-4])"), Unit.QUARTER),
    (re.compile(r"(\d{4})-H([12])"), Unit.HALF),
    (re.compile(r"(\d{4})"), Unit.YEAR),
    (re.compile(r"(\d{3})X?"), Unit.DECADE),
)


def days_of(value: str | None) -> Days | None:
    """The first and last day of a value; None for durations, sets, "PAST_REF", and what has X for a digit."""
    for shape, unit in _SHAPES:
        match = shape.fullmatch(value or "")
        if match is None:
            continue
        try:
            interval = _interval(unit, *map(int, match.groups()))
        except ValueError:
            return None
        return interval.earliest, interval.latest
    return None


def _interval(unit: Unit | None, year: int, *numbers: int) -> Interval:
    if unit is None:
        day = datetime.date(year, *numbers)
        return calendar.days(day, day)
    if unit is Unit.WEEK:
        return calendar.containing(datetime.date.fromisocalendar(year, numbers[0], 1), unit)
    if unit is Unit.DECADE:
        return calendar.containing(datetime.date(10 * year, 1, 1), unit)
    return calendar.of_year(year, unit, *numbers) if numbers else calendar.year(year)
