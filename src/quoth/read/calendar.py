"""Intervals of calendar days, and the arithmetic on them that every language shares.

Both ends of an interval belong to it; either may be open (None).  The proleptic Gregorian calendar of `datetime`
is used throughout: years 1 to 9999; functions raise OverflowError or ValueError beyond it.
"""

from __future__ import annotations

import calendar
import datetime
import enum
from dataclasses import dataclass, replace

from quoth.model import Precision

ONE_DAY = datetime.timedelta(days=1)


class Unit(enum.StrEnum):
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEKEND = "weekend"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"


_PRECISION = {Unit.MINUTE: Precision.DAY, Unit.HOUR: Precision.DAY, Unit.WEEKEND: Precision.WEEK}
_MONTHS = {Unit.MONTH: 1, Unit.SEASON: 3, Unit.QUARTER: 3, Unit.HALF: 6, Unit.YEAR: 12, Unit.DECADE: 120}
_MONTHS[Unit.CENTURY] = 1200
_DAYS = {Unit.DAY: 1, Unit.WEEK: 7, Unit.WEEKEND: 7}


class Part(enum.StrEnum):
    """A part of a stretch of time: thirds, and its two ends."""

    EARLY = "early"
    MID = "mid"
    LATE = "late"
    START = "start"
    END = "end"


@dataclass(frozen=True, slots=True)
class Interval:
    """Days [earliest, latest], both included, with the grain at which they were stated."""

    earliest: datetime.date | None
    latest: datetime.date | None
    precision: Precision = Precision.DAY
    approximate: bool = False


def precision_of(unit: Unit) -> Precision:
    return _PRECISION.get(unit) or Precision(unit.value)


def days(first: datetime.date, last: datetime.date, unit: Unit = Unit.DAY) -> Interval:
    return Interval(first, last, precision_of(unit))


def shift(day: datetime.date, amount: float, unit: Unit) -> datetime.date:
    """The day `amount` units on (back when negative).  Months keep the day of the month where they can: January 31
    and a month is the last of February.  Hours and minutes count by the whole days they fill."""
    if unit in (Unit.MINUTE, Unit.HOUR):
        return day + datetime.timedelta(hours=amount if unit is Unit.HOUR else amount / 60)
    if unit in _DAYS:
        return day + datetime.timedelta(days=round(amount * _DAYS[unit]))
    year, month0 = divmod(day.year * 12 + day.month - 1 + round(amount * _MONTHS[unit]), 12)
    last = calendar.monthrange(year, month0 + 1)[1] if 1 <= year <= 9999 else 31
    return datetime.date(year, month0 + 1, min(day.day, last))


def of_year(year: int, unit: Unit, number: int) -> Interval:
    """The month, quarter, half or season `number` (from 1) of a year.

    Seasons are the northern hemisphere's meteorological ones, by whole months, spring first; the winter of a year
    begins in its December.
    """
    if unit is Unit.SEASON:
        first = datetime.date(year, 3 * number, 1)
    else:
        first = datetime.date(year, _MONTHS[unit] * (number - 1) + 1, 1)
    return days(first, shift(first, 1, unit) - ONE_DAY, unit)


def containing(day: datetime.date, unit: Unit) -> Interval:
    """The stretch of that kind around a day: its week from Monday, its month, its decade (1990 to 1999) and so on.
    The weekend is that of the day's week, the season the one that the day is in."""
    match unit:
        case Unit.MINUTE | Unit.HOUR | Unit.DAY:
            return days(day, day)
        case Unit.WEEK | Unit.WEEKEND:
            monday = day - ONE_DAY * day.weekday()
            return days(monday + ONE_DAY * (5 if unit is Unit.WEEKEND else 0), monday + ONE_DAY * 6, unit)
        case Unit.YEAR:
            return days(datetime.date(day.year, 1, 1), datetime.date(day.year, 12, 31), unit)
        case Unit.DECADE:
            start = max(1, day.year // 10 * 10)
            return days(datetime.date(start, 1, 1), datetime.date(day.year // 10 * 10 + 9, 12, 31), unit)
        case Unit.CENTURY:
            start = (day.year - 1) // 100 * 100 + 1
            return days(datetime.date(start, 1, 1), datetime.date(min(9999, start + 99), 12, 31), unit)
        case Unit.SEASON:
            year = day.year - 1 if day.month < 3 else day.year
            return of_year(year, unit, day.month // 3 or 4)
        case _:
            return of_year(day.year, unit, (day.month - 1) // _MONTHS[unit] + 1)


def year(number: int) -> Interval:
    return containing(datetime.date(number, 1, 1), Unit.YEAR)


_THIRDS_OF_MONTH = {
    Part.EARLY: (1, 10),
    Part.MID: (10, 20),
    Part.LATE: (20, 31),
    Part.START: (1, 10),
    Part.END: (21, 31),
}
_THIRDS_OF_YEAR = {Part.EARLY: (1, 4), Part.MID: (5, 8), Part.LATE: (9, 12), Part.START: (1, 3), Part.END: (9, 12)}
_THIRDS_OF_WEEK = {Part.EARLY: (0, 2), Part.MID: (1, 3), Part.LATE: (4, 6), Part.START: (0, 2), Part.END: (4, 6)}
_THIRDS_OF_DECADE = {Part.EARLY: (0, 3), Part.MID: (4, 6), Part.LATE: (7, 9), Part.START: (0, 1), Part.END: (8, 9)}
_THIRDS = {Part.EARLY: (0, 1), Part.MID: (1, 2), Part.LATE: (2, 3), Part.START: (0, 1), Part.END: (2, 3)}


def middle_of(whole: Interval) -> Interval:
    """The first half of an interval with two ends, to its middle day: of a year 30 June, of a month day 15."""
    first, last = whole.earliest, whole.latest
    if first is None or last is None:
        return whole
    if whole.precision is Precision.YEAR and first.month == 1:
        return replace(whole, latest=first.replace(month=6, day=30))
    return replace(whole, latest=first + (last - first) // 2)


def part_of(part: Part, whole: Interval) -> Interval:
    """The early, middle or late part, the start or the end of an interval with two ends; approximate.

    Of a month: days 1 to 10, 10 to 20, 20 to the last; its end is from day 21.  Of a year: thirds of four months; its
    start is three.  Of a week: Monday to Wednesday, Tuesday to Thursday, Friday to Sunday.
    Of a decade: its years 0 to 3, 4 to 6, 7 to 9.  A day has no parts.  Of anything else: thirds by days.
    """
    first, last = whole.earliest, whole.latest
    if first is None or last is None or first == last:
        return whole
    if whole.precision is Precision.MONTH:
        low, high = _THIRDS_OF_MONTH[part]
        ends = first.replace(day=low), first.replace(day=min(high, last.day))
    elif whole.precision is Precision.YEAR:
        low, high = _THIRDS_OF_YEAR[part]
        ends = datetime.date(first.year, low, 1), shift(datetime.date(first.year, high, 1), 1, Unit.MONTH) - ONE_DAY
    elif whole.precision is Precision.DECADE:
        low, high = _THIRDS_OF_DECADE[part]
        ends = datetime.date(first.year + low, 1, 1), datetime.date(first.year + high, 12, 31)
    elif whole.precision is Precision.WEEK:
        low, high = _THIRDS_OF_WEEK[part]
        ends = min(first + ONE_DAY * low, last), min(first + ONE_DAY * high, last)
    else:
        low, high = _THIRDS[part]
        length = (last - first).days + 1
        ends = first + ONE_DAY * (length * low // 3), first + ONE_DAY * (max(length * high // 3, 1) - 1)
    return Interval(min(ends), max(ends), whole.precision, approximate=True)


def up_to(end: Interval) -> Interval:
    """No later than the last day of `end`."""
    return replace(end, earliest=None)


def before(end: Interval) -> Interval:
    """Up to the day before `end` begins."""
    return replace(end, earliest=None, latest=end.earliest and end.earliest - ONE_DAY)


def since(start: Interval) -> Interval:
    """From the first day of `start` on."""
    return replace(start, latest=None)


def after(start: Interval) -> Interval:
    """From the day after `start` ends."""
    return replace(start, earliest=start.latest and start.latest + ONE_DAY, latest=None)


def from_to(first: Interval, last: Interval) -> Interval | None:
    """From the beginning of one to the end of the other; None when that is backwards."""
    if first.earliest and last.latest and last.latest < first.earliest:
        return None
    return Interval(first.earliest, last.latest, last.precision, first.approximate or last.approximate)


def nth_weekday(number: int, weekday: int, whole: Interval) -> datetime.date | None:
    """The first (1), second … or last (-1), last but one (-2) … Monday (0) to Sunday (6) in an interval."""
    if whole.earliest is None or whole.latest is None:
        return None
    if number > 0:
        day = whole.earliest + ONE_DAY * ((weekday - whole.earliest.weekday()) % 7 + 7 * (number - 1))
    else:
        day = whole.latest - ONE_DAY * ((whole.latest.weekday() - weekday) % 7 + 7 * (-number - 1))
    return day if whole.earliest <= day <= whole.latest else None


def easter(number: int) -> datetime.date:
    """Easter Sunday of a year, Gregorian (the anonymous algorithm: Meeus, Astronomical Algorithms, 1991, ch. 8)."""
    a, (b, c) = number % 19, divmod(number, 100)
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    month, day0 = divmod(h + m - 7 * ((a + 11 * h + 22 * m) // 451) + 114, 31)
    return datetime.date(number, month, day0 + 1)
