"""The algebra of ranges: how two lie to each other is consistent from both sides."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.compare.intervals import Lie, before, contains, days, intersection, length, lie, meeting, shifted
from quoth.model import When

D = datetime.date


@st.composite
def ranges(draw: Any) -> tuple[int | None, int | None]:
    low, high = draw(st.none() | st.integers(-20, 20)), draw(st.none() | st.integers(-20, 20))
    return (high, low) if low is not None and high is not None and low > high else (low, high)


def holds(span: tuple[int | None, int | None], x: int) -> bool:
    return (span[0] is None or span[0] <= x) and (span[1] is None or x <= span[1])


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ((D(2025, 7, 1), D(2025, 12, 31)), (None, D(2025, 12, 31)), Lie.WITHIN),
        ((D(2025, 1, 1), D(2025, 12, 31)), (D(2025, 7, 1), D(2025, 12, 31)), Lie.CONTAINS),
        ((D(2025, 7, 1), D(2025, 12, 31)), (D(2026, 1, 1), None), Lie.DISJOINT),
        ((D(2025, 7, 1), D(2025, 12, 31)), (D(2025, 12, 31), None), Lie.OVERLAPS),
        ((None, None), (None, None), Lie.EQUAL),
    ],
)
def test_intervals_lie_of_days(a: Any, b: Any, expected: Lie) -> None:
    assert lie(a, b) is expected


@given(ranges())
def test_intervals_lie_is_reflexive(a: Any) -> None:
    assert lie(a, a) is Lie.EQUAL


@given(ranges(), ranges())
def test_intervals_lie_turns_round(a: Any, b: Any) -> None:
    assert lie(a, b) is lie(b, a).turned


@given(ranges(), ranges())
def test_intervals_equal_only_for_equal_ends(a: Any, b: Any) -> None:
    assert (lie(a, b) is Lie.EQUAL) == (a == b)


@given(ranges(), ranges())
def test_intervals_disjoint_means_no_common_point(a: Any, b: Any) -> None:
    common = [x for x in range(-60, 61) if holds(a, x) and holds(b, x)]
    assert (lie(a, b) is Lie.DISJOINT) == (not common)
    assert (intersection(a, b) is None) == (not common)


@given(ranges(), ranges())
def test_intervals_intersection_lies_in_both(a: Any, b: Any) -> None:
    shared = intersection(a, b)
    assert shared is None or (contains(a, shared) and contains(b, shared))


@given(ranges(), ranges(), ranges())
def test_intervals_before_is_a_strict_order(a: Any, b: Any, c: Any) -> None:
    assert not (before(a, b) and before(b, a))
    assert before(a, c) or not (before(a, b) and before(b, c))


@given(ranges(), ranges(), ranges())
def test_intervals_contains_is_transitive(a: Any, b: Any, c: Any) -> None:
    assert contains(a, c) or not (contains(a, b) and contains(b, c))


def test_intervals_days_of_an_unresolved_time_are_unknown() -> None:
    assert days(When(earliest=None, latest=None, text="soon")) is None
    assert days(None) is None


@pytest.mark.parametrize(("span", "n"), [((D(2025, 1, 1), D(2025, 1, 31)), 31), ((None, D(2025, 1, 1)), None)])
def test_intervals_length_counts_both_ends(span: Any, n: int | None) -> None:
    assert length(span) == n


def test_intervals_shifted_stays_in_the_calendar() -> None:
    assert shifted(D(2025, 3, 1), -1) == D(2025, 2, 28)
    assert shifted(D.min, -1) == D.min
    assert shifted(D.max, 1) == D.max


@given(
    st.lists(st.tuples(st.integers(-9, 9), st.integers(0, 6)).map(lambda pair: (pair[0], sum(pair))), max_size=12),
    st.sets(st.integers(0, 11)),
    st.sets(st.integers(0, 11)),
)
def test_ranges_that_meet_are_those_that_are_not_disjoint(
    spans: list[tuple[int, int]], some: set[int], fresh: set[int]
) -> None:
    some = {i for i in some if i < len(spans)}
    found = list(meeting(some, spans, fresh))
    assert len(found) == len(set(found))
    assert set(found) == {
        (i, j)
        for i in some
        for j in some
        if i < j and (i in fresh or j in fresh) and lie(spans[i], spans[j]) is not Lie.DISJOINT
    }
