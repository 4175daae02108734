"""The day that a history has come to, from which its dates without a year are counted.

News counts "on May 3" and "the next month" from the day it is written; a history counts them from what it told of
last.  A text is taken for a history when it names past years often, and the days around its own hardly ever.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator, Sequence
from typing import Any

from quoth.read.calendar import Unit
from quoth.read.dates import (
    Base,
    Clock,
    Description,
    Fixed,
    OfYear,
    Relative,
    Tense,
    TimeKind,
    Weekday,
    Weekend,
    resolved,
)
from quoth.read.english.times.dates import year_of
from quoth.read.english.times.expression import TimeExpression, Told

YEARS = 3
"""Past years that a history names at least, each as a year of its own or with its day or month."""

NEARNESS = 8
"""A history names so many past years for each time that it looks around its own day, or names its own year."""

FRESH = 14
"""A date without a year that lies so many days before the text was written is taken for news."""

WRAPPED = 7
"""A month that lies so many months before the one told of last is the next year's: after December comes February."""


def narrated(found: Sequence[TimeExpression], written: datetime.date | None) -> list[TimeExpression]:
    """The expressions of a text, in text order; in a history, each with what it means there."""
    expressions = list(found)
    if not _is_history(expressions, written):
        return expressions
    day = next(day for e in expressions if (day := _stated(e.description)) is not None)
    only_year = True
    given: list[TimeExpression] = []
    for expression in expressions:
        if expression.kind is not TimeKind.CALENDAR or _looks_around(expression):
            given.append(expression)
            continue
        description, month = expression.description, _unsaid_month(expression.description)
        if month is not None:
            description = _in_year(description, day.year + (not only_year and day.month - month >= WRAPPED))
        given.append(dataclasses.replace(expression, told=Told(day, description)))
        interval = resolved(description, Clock(day, Tense.PAST, day))
        come_to = (interval.earliest or interval.latest) if interval else None
        if interval and come_to:
            day, only_year = come_to, interval.precision not in ("day", "week", "month", "minute")
    return given


def _is_history(expressions: Sequence[TimeExpression], written: datetime.date | None) -> bool:
    calendar = [e for e in expressions if e.kind is TimeKind.CALENDAR]
    years = [day.year for e in calendar if (day := _stated(e.description)) is not None]
    past = [year for year in years if written is None or year < written.year - 1]
    near = sum(_looks_around(e) or _is_fresh(e.description, written) for e in calendar) + len(years) - len(past)
    return len(past) >= YEARS and len(past) >= NEARNESS * near


def _parts(description: Any) -> Iterator[Any]:
    """A description and all that it is made of."""
    yield description
    for field in dataclasses.fields(description):
        inner = getattr(description, field.name)
        if dataclasses.is_dataclass(inner):
            yield from _parts(inner)


def _looks_around(expression: TimeExpression) -> bool:
    """Whether it is counted from the day of writing whatever is told: "yesterday", "Monday", "last month", "today"."""
    by_name = expression.text.lower().startswith(("this ", "last ", "next "))
    return any(
        isinstance(part, (Weekday, Weekend))
        or (isinstance(part, Relative) and part.base is Base.REFERENCE and (by_name or part.unit is Unit.DAY))
        for part in _parts(expression.description)
    )


def _is_fresh(description: Description, written: datetime.date | None) -> bool:
    """Whether it is a day without a year that has just passed when the text is written."""
    if written is None or _unsaid_month(description) is None:
        return False
    interval = resolved(description, Clock(written, Tense.PAST))
    days = (interval.earliest, interval.latest) if interval and interval.precision == "day" else (None, None)
    return days[0] is not None and 0 <= (written - days[0]).days <= FRESH


def _stated(description: Description) -> datetime.date | None:
    """The first day of the first date that it states with its year."""
    fixed = (part.interval for part in _parts(description) if isinstance(part, Fixed))
    return next((day for interval in fixed if (day := interval.earliest or interval.latest)), None)


def _unsaid_month(description: Description) -> int | None:
    """The month in which its first date without a year begins."""
    for part in _parts(description):
        if isinstance(part, OfYear) and part.year is None and part.which is None:
            first = part.in_year(2000).earliest  # a leap year, so that it has every day
            return first.month if first else None
    return None


def _in_year(description: Description, year: int) -> Description:
    """The description with the year in every date that lacks one."""
    if isinstance(description, OfYear) and description.year is None and description.which is None:
        return dataclasses.replace(description, year=year_of(year))
    changed = {
        field.name: _in_year(inner, year)
        for field in dataclasses.fields(description)  # type: ignore[arg-type]
        if hasattr(inner := getattr(description, field.name), "on")
    }
    return dataclasses.replace(description, **changed) if changed else description  # type: ignore[type-var]
