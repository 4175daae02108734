"""Heights of numbers and days."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.web.drawn.scales import Days, Extent, Numbers, days_in, numbers_in

NUMBERS = st.one_of(st.integers(-(10**30), 10**30), st.floats(-1e12, 1e12, allow_nan=False))
DAYS = st.dates()


@given(st.lists(NUMBERS, min_size=1, max_size=12))
def test_numbers_stand_inside_the_axis_and_in_their_order(numbers: list[float]) -> None:
    axis = Numbers([(n, n) for n in numbers], top=10, bottom=200)

    heights = [axis.at(n) for n in sorted(numbers)]

    assert all(10 <= y <= 200 for y in heights)
    assert heights == sorted(heights, reverse=True)


@given(st.lists(NUMBERS, min_size=1, max_size=12), st.integers(2, 9))
def test_ticks_of_numbers_stand_inside_the_axis_and_in_their_order(numbers: list[float], most: int) -> None:
    axis = Numbers([(n, n) for n in numbers], top=10, bottom=200)

    heights = [y for _, y in axis.ticks(most)]

    assert all(10 <= y <= 200 for y in heights)
    assert heights == sorted(heights, reverse=True)
    assert len(heights) <= 2 * most + 3


@given(st.lists(DAYS, min_size=1, max_size=12))
def test_days_stand_inside_the_axis_and_in_their_order(days: list[datetime.date]) -> None:
    axis = Days([(d, d) for d in days], top=10, bottom=200)

    heights = [axis.at(d) for d in sorted(days)]

    assert all(10 <= y <= 200 for y in heights)
    assert heights == sorted(heights, reverse=True)


def test_numbers_far_apart_stand_by_orders_of_magnitude() -> None:
    near, far = Numbers([(2, 12), (20, 20)], 0, 100), Numbers([(2, 2), (2_000, 2_000), (200_000, 200_000)], 0, 100)

    assert not near.wide
    assert far.wide
    assert far.at(2) - far.at(2_000) == pytest.approx((far.at(2_000) - far.at(200_000)) * 3 / 2)


def test_ticks_are_round_numbers() -> None:
    assert [text for text, _ in Numbers([(2, 12), (23, 23)], 0, 100).ticks(7)] == ["5", "10", "15", "20"]
    assert [text for text, _ in Numbers([(3, 3), (40_000, 40_000)], 0, 100).ticks(7)] == [
        "10",
        "100",
        "1,000",
        "10,000",
    ]


def test_a_range_is_an_extent_and_an_open_end_runs_to_the_end_of_the_axis() -> None:
    axis = Numbers([(0, 10), (10, None)], top=0, bottom=100)

    closed, from_ten = axis.extent((0, 10)), axis.extent((10, None))

    assert closed == Extent(axis.at(0), axis.at(10))
    assert from_ten == Extent(axis.at(10), 0, open_high=True)
    assert from_ten.middle == axis.at(10)


def test_by_a_day_is_open_below() -> None:
    day = datetime.date(2031, 12, 31)
    axis = Days([(None, day)], top=0, bottom=100)

    extent = axis.extent((None, day))

    assert extent == Extent(100, axis.at(day), open_low=True)
    assert extent.middle == axis.at(day)


def test_what_is_no_stretch_has_no_extent() -> None:
    assert days_in((None, None)) is None
    assert days_in("yes") is None
    assert days_in((1, 2)) is None
    assert numbers_in((None, None)) is None
    assert numbers_in((datetime.date(2031, 1, 1), None)) is None
    assert numbers_in(None) is None
