"""When two quantities count the same thing in the same way, and when both can be true."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.compare.intervals import Lie
from quoth.compare.quantities import (
    provably_disjoint,
    quantity_lie,
    same_unit,
    scope_difference,
    widened,
)
from quoth.model import Counting, Quantity, Span

UNITS = [None, "people", "missile systems", "systems", "children", "USD", "EUR"]


def quantity(low: Any, high: Any, unit: str | None = None, **more: Any) -> Quantity:
    return Quantity(min=low, max=high, unit=unit, text="n", spans=(Span(0, 1),), **more)


@st.composite
def quantities(draw: Any) -> Quantity:
    ends = sorted(draw(st.lists(st.integers(0, 1000), min_size=2, max_size=2)))
    low, high = draw(st.sampled_from([(ends[0], ends[1]), (ends[0], ends[0]), (None, ends[1]), (ends[0], None)]))
    return quantity(
        low, high, draw(st.sampled_from(UNITS)), approximate=draw(st.booleans()),
        counted=draw(st.sampled_from([None, "killed", "dead", "wounded"])), counting=draw(st.sampled_from(Counting)),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("missile systems", "systems", True),
        ("missile systems", "missiles", False),
        ("people", "victims", True),
        ("people", "children", False),
        ("soldiers", "servicemen", True),
        ("ballistic missiles", "cruise missiles", False),
        ("USD", "EUR", False),
        ("USD", "USD", True),
    ],
)
def test_quantities_units(a: str, b: str, expected: bool) -> None:
    assert same_unit(a, b) is expected


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [
        (quantity(3, 3, "cars", per="year"), quantity(3, 3, "cars"), "one is per year and one is not per unit"),
        (quantity(3, 3, "people", counted="killed"), quantity(3, 3, "people", counted="wounded"), "killed"),
        (quantity(3, 3, "people"), quantity(3, 3, "houses"), "houses"),
        (quantity(3, 3, "people"), quantity(3, 3, "people", counting=Counting.INCREMENT), "increase"),
    ],
)
def test_quantities_equal_numbers_of_different_things_are_not_comparable(a: Any, b: Any, words: str) -> None:
    assert words in (scope_difference(a, b) or "")


def test_quantities_one_state_in_two_words_is_comparable() -> None:
    assert scope_difference(quantity(3, 3, counted="killed"), quantity(4, 4, counted="dead")) is None


def test_quantities_about_fifty_and_forty_seven_agree_but_three_does_not() -> None:
    about = quantity(50, 50, approximate=True)
    assert quantity_lie(about, quantity(47, 47)) is Lie.OVERLAPS
    assert not provably_disjoint(about, quantity(30, 30))
    assert provably_disjoint(about, quantity(3, 3))


def test_quantities_at_least_ten_holds_fifteen() -> None:
    assert quantity_lie(quantity(10, None), quantity(15, 15)) is Lie.CONTAINS


@given(quantities())
def test_quantities_nothing_is_disjoint_from_itself(a: Quantity) -> None:
    assert scope_difference(a, a) is None
    assert quantity_lie(a, a) is Lie.EQUAL
    assert not provably_disjoint(a, a)


@given(quantities(), quantities())
def test_quantities_comparison_is_symmetric(a: Quantity, b: Quantity) -> None:
    assert (scope_difference(a, b) is None) == (scope_difference(b, a) is None)
    assert quantity_lie(a, b) is quantity_lie(b, a).turned
    assert provably_disjoint(a, b) == provably_disjoint(b, a)


@given(quantities(), quantities())
def test_quantities_provably_disjoint_share_no_number(a: Quantity, b: Quantity) -> None:
    if provably_disjoint(a, b):
        both = [
            x for x in range(-1, 1600)
            if all((q.min is None or q.min <= x) and (q.max is None or x <= q.max) for q in (a, b))
        ]  # fmt: skip
        assert both == []


@given(quantities(), st.floats(0, 1))
def test_quantities_widening_only_widens(a: Quantity, share: float) -> None:
    low, high = widened(a, share)
    assert low is None or a.min is None or low <= a.min
    assert high is None or a.max is None or a.max <= high
