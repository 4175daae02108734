from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.web.paging import paged


@pytest.mark.parametrize(
    ("asked", "number", "first", "last"),
    [("1", 1, 1, 50), ("3", 3, 101, 120), ("4", 3, 101, 120), ("0", 1, 1, 50), ("²", 1, 1, 50), ("-1", 1, 1, 50),
     ("99999999999999", 1, 1, 50), ("", 1, 1, 50)],
)  # fmt: skip
def test_the_page_that_is_asked_for_or_the_nearest(asked: str, number: int, first: int, last: int) -> None:
    shown = paged(range(120), {"page": asked})
    assert (shown.number, shown.pages, shown.first, shown.last, shown.total) == (number, 3, first, last, 120)
    assert list(shown.items) == list(range(first - 1, last))


def test_an_empty_list_has_one_empty_page() -> None:
    shown = paged([], {})
    assert (shown.number, shown.pages, shown.first, shown.last) == (1, 1, 0, 0)


@given(st.integers(0, 400), st.integers(1, 60))
def test_the_pages_together_are_the_list(total: int, size: int) -> None:
    pages = paged(range(total), {}, size=size).pages
    told = [n for number in range(pages) for n in paged(range(total), {"page": str(number + 1)}, size=size).items]
    assert told == list(range(total))
