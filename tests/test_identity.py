"""Ids are a function of content alone, and no two different contents encode alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.identity import ID_DIGITS, canonical, content_id

fields = st.lists(st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=12)), max_size=5)


@given(fields, fields)
def test_different_fields_encode_differently(a: list[object], b: list[object]) -> None:
    alike = [(type(x), x) for x in a] == [(type(x), x) for x in b]
    assert (canonical(a) == canonical(b)) == alike


@given(st.dictionaries(st.text(max_size=5), st.integers(), max_size=5))
def test_the_order_of_keys_does_not_count(fields: dict[str, int]) -> None:
    turned = dict(reversed(list(fields.items())))
    assert content_id("thing", fields) == content_id("thing", turned)


def test_fields_are_delimited() -> None:
    assert content_id("thing", "ab", "c") != content_id("thing", "a", "bc")
    assert content_id("thing", "a") != content_id("other", "a")


def test_an_id_never_changes() -> None:
    assert content_id("thing", "a", 1, None) == content_id("thing", "a", 1, None)
    assert len(content_id("thing")) == ID_DIGITS
    assert content_id("document", "Отчёт", None) == "58997c95325b961087ae84d74a1c0675"


def test_what_json_lacks_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        canonical(float("nan"))
