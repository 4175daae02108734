"""The queue of doubtful readings: least sure first, and a place in it holds when a reading has left it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.model import Agent, Mention, Span, Statement
from quoth.web.queue import BadPlace, Queue, limit_from, place_of, queue_of, read, written


def statement(id: str, confidence: float, at: int = 0) -> Statement:
    return Statement(
        id=id,
        document_id="d",
        source=Agent(text="", spans=(), name="x"),
        content=Mention(text="a", spans=(Span(at, at + 1),)),
        context=Span(0, 9),
        pattern="network",
        confidence=confidence,
    )


def test_the_least_sure_come_first_and_what_was_judged_not_at_all() -> None:
    a, b, c = statement("aa", 0.9, 1), statement("bb", 0.2, 2), statement("cc", 0.4, 3)
    assert [id for _, id in queue_of([a, b, c], {c.footing}).places] == ["bb", "aa"]


places = st.lists(
    st.tuples(st.integers(0, 10_000).map(lambda n: n / 10_000), st.text("0123456789abcdef", min_size=1, max_size=4)),
    unique=True,
)


@given(places, st.integers(0, 50))
def test_going_on_from_a_place_that_has_left_meets_all_the_others(found: list[tuple[float, str]], gone: int) -> None:
    queue = Queue(sorted(found))
    if not found:
        assert queue.after(None) is None
        return
    left = queue.places[gone % len(found)]
    rest = Queue([place for place in queue.places if place != left])
    forth, place = [], left
    while (following := rest.after(place)) is not None:
        forth.append(following)
        place = following
    back, place = [], left
    while (before := rest.before(place)) is not None:
        back.append(before)
        place = before
    assert [*reversed(back), left, *forth] == list(queue.places)
    assert rest.number(left) == len(back) + 1


@given(places)
def test_a_place_is_read_as_it_is_written(found: list[tuple[float, str]]) -> None:
    assert [read(written(place)) for place in found] == found


@given(places, st.integers(0, 10_000))
def test_the_doubtful_are_those_below(found: list[tuple[float, str]], limit: int) -> None:
    queue = Queue(sorted(found))
    assert list(queue.below(limit / 10_000).places) == [p for p in queue.places if p[0] < limit / 10_000]


def test_those_of_some_statements() -> None:
    queue = queue_of([statement("aa", 0.1, 1), statement("bb", 0.2, 2)], ())
    assert queue.of(None) is queue
    assert queue.of({"bb", "zz"}).places == [place_of(statement("bb", 0.2))]


@pytest.mark.parametrize(
    "words", ["x", "0.5", "0.5000-", "2.0000-ab", "0.5000-<b>", "nan-ab", "0.5000-AB", "0.5000-ab "]
)
def test_what_is_no_place_is_refused(words: str) -> None:
    with pytest.raises(BadPlace):
        read(words)


@pytest.mark.parametrize(
    ("words", "limit"), [("", 0.5), ("0.8", 0.8), (".25", 0.25), ("1", 1.0), ("0", 0.0), ("1.0", 1.0)]
)
def test_the_limit_is_a_number_from_0_to_1(words: str, limit: float) -> None:
    assert limit_from(words) == limit


@pytest.mark.parametrize("words", ["1.5", "-1", "nan", "1e-1", "half", "0.12345", "٠.٥"])
def test_what_is_no_confidence_is_refused(words: str) -> None:
    with pytest.raises(BadPlace):
        limit_from(words)
