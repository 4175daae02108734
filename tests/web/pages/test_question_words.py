"""The words of a big question, a page at a time: where each statement is to be found."""

from __future__ import annotations

from collections import Counter

from quoth.model import RelationType
from quoth.present.standing import Standing
from quoth.web.pages.question import A_PAGE, FIRST, FURTHER, Words, _told

ENTRIES = [(0, "o1", f"a{n}") for n in range(A_PAGE)] + [(1, None, "a3"), (1, None, "b0")]
"""A page full of statements for one answer; then two for another, of which one has given the first as well."""


def words(number: int) -> Words:
    return Words(entries=ENTRIES, address=lambda page: f"/questions/q?page={page}", number=number)


def test_a_statement_on_this_page_has_its_anchor_and_one_on_another_that_page() -> None:
    assert words(1).href(0, "a3", "a3") == "#s-a3"
    assert words(1).href(1, "b0", "b0") == "/questions/q?page=2#s-b0"
    assert words(2).href(0, "a3", "a3") == "/questions/q?page=1#s-a3"
    assert words(2).href(1, "b0", "b0") == "#s-b0"


def test_a_statement_that_gives_two_answers_has_a_place_under_each() -> None:
    assert words(2).anchor(0, "a3", "a3") == "s-a3"
    assert words(2).anchor(1, "a3", "a3") == "s-a3-2"
    assert words(2).first("a3") == 0
    assert words(2).first("zz") is None


def test_of_many_relations_the_first_of_each_kind_are_told_and_some_more() -> None:
    kinds = [RelationType.CONTRADICT] * 200 + [RelationType.AGREE] * 3
    related = [Standing(kind, n, n + 1, (("a", "b", "why"),)) for n, kind in enumerate(kinds)]

    told = _told(related)

    counts = Counter(standing.type for standing in told)
    assert counts == {RelationType.CONTRADICT: FIRST + FURTHER, RelationType.AGREE: 3}
    assert told == [standing for standing in related if standing in told]
