from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.model import Precision
from quoth.read import calendar
from quoth.read.calendar import Interval, Part, Unit, containing, part_of, shift

D = datetime.date
DAYS = st.dates(D(1200, 1, 1), D(8000, 1, 1))


@pytest.mark.parametrize(
    ("unit", "first", "last"),
    [
        (Unit.DAY, D(2025, 5, 28), D(2025, 5, 28)),
        (Unit.WEEK, D(2025, 5, 26), D(2025, 6, 1)),
        (Unit.WEEKEND, D(2025, 5, 31), D(2025, 6, 1)),
        (Unit.MONTH, D(2025, 5, 1), D(2025, 5, 31)),
        (Unit.SEASON, D(2025, 3, 1), D(2025, 5, 31)),
        (Unit.QUARTER, D(2025, 4, 1), D(2025, 6, 30)),
        (Unit.HALF, D(2025, 1, 1), D(2025, 6, 30)),
        (Unit.YEAR, D(2025, 1, 1), D(2025, 12, 31)),
        (Unit.DECADE, D(2020, 1, 1), D(2029, 12, 31)),
        (Unit.CENTURY, D(2001, 1, 1), D(2100, 12, 31)),
    ],
)
def test_containing(unit: Unit, first: datetime.date, last: datetime.date) -> None:
    found = containing(D(2025, 5, 28), unit)
    assert (found.earliest, found.latest) == (first, last)


def test_winter_belongs_to_the_year_of_its_december() -> None:
    for day in (D(2024, 12, 1), D(2025, 2, 28)):
        assert containing(day, Unit.SEASON) == Interval(D(2024, 12, 1), D(2025, 2, 28), Precision.SEASON)


@given(DAYS, st.sampled_from([u for u in Unit if u is not Unit.WEEKEND]))
def test_a_day_lies_in_what_contains_it_and_the_next_one_adjoins(day: datetime.date, unit: Unit) -> None:
    found = containing(day, unit)
    assert found.earliest is not None
    assert found.latest is not None
    assert found.earliest <= day <= found.latest
    assert containing(found.earliest, unit) == containing(found.latest, unit) == found
    assert containing(found.latest + calendar.ONE_DAY, unit).earliest == found.latest + calendar.ONE_DAY


@given(DAYS, st.sampled_from([Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.YEAR, Unit.DECADE]), st.sampled_from(Part))
def test_a_part_lies_within_its_whole(day: datetime.date, unit: Unit, part: Part) -> None:
    whole = containing(day, unit)
    found = part_of(part, whole)
    assert whole.earliest is not None
    assert found.earliest is not None
    assert found.latest is not None
    assert whole.latest is not None
    assert whole.earliest <= found.earliest <= found.latest <= whole.latest
    assert found.approximate


@pytest.mark.parametrize(
    ("part", "unit", "first", "last"),
    [
        (Part.EARLY, Unit.MONTH, D(2025, 2, 1), D(2025, 2, 10)),
        (Part.MID, Unit.MONTH, D(2025, 2, 10), D(2025, 2, 20)),
        (Part.LATE, Unit.MONTH, D(2025, 2, 20), D(2025, 2, 28)),
        (Part.EARLY, Unit.YEAR, D(2025, 1, 1), D(2025, 4, 30)),
        (Part.MID, Unit.YEAR, D(2025, 5, 1), D(2025, 8, 31)),
        (Part.LATE, Unit.YEAR, D(2025, 9, 1), D(2025, 12, 31)),
        (Part.MID, Unit.DECADE, D(2024, 1, 1), D(2026, 12, 31)),
        (Part.LATE, Unit.DAY, D(2025, 2, 14), D(2025, 2, 14)),
    ],
)
def test_parts(part: Part, unit: Unit, first: datetime.date, last: datetime.date) -> None:
    found = part_of(part, containing(D(2025, 2, 14), unit))
    assert (found.earliest, found.latest) == (first, last)


def test_shift_keeps_the_day_of_the_month_where_it_can() -> None:
    assert shift(D(2025, 1, 31), 1, Unit.MONTH) == D(2025, 2, 28)
    assert shift(D(2024, 2, 29), 1, Unit.YEAR) == D(2025, 2, 28)
    assert shift(D(2025, 3, 15), -2, Unit.QUARTER) == D(2024, 9, 15)
    assert shift(D(2025, 3, 15), 5, Unit.WEEK) == D(2025, 4, 19)
    assert shift(D(2025, 3, 15), 30, Unit.HOUR) == D(2025, 3, 16)


def test_bounds_open_one_end() -> None:
    year = calendar.year(2025)
    assert (calendar.up_to(year).earliest, calendar.up_to(year).latest) == (None, D(2025, 12, 31))
    assert (calendar.before(year).earliest, calendar.before(year).latest) == (None, D(2024, 12, 31))
    assert (calendar.since(year).earliest, calendar.since(year).latest) == (D(2025, 1, 1), None)
    assert (calendar.after(year).earliest, calendar.after(year).latest) == (D(2026, 1, 1), None)


def test_a_range_turned_round_is_none() -> None:
    assert calendar.from_to(calendar.year(2025), calendar.year(2024)) is None


def test_nth_weekday_counts_from_either_end() -> None:
    may = calendar.of_year(2025, Unit.MONTH, 5)
    assert calendar.nth_weekday(1, 0, may) == D(2025, 5, 5)
    assert calendar.nth_weekday(-1, 0, may) == D(2025, 5, 26)
    assert calendar.nth_weekday(5, 0, may) is None


@pytest.mark.parametrize("day", [D(1961, 4, 2), D(2000, 4, 23), D(2024, 3, 31), D(2025, 4, 20), D(2038, 4, 25)])
def test_easter(day: datetime.date) -> None:
    assert calendar.easter(day.year) == day
