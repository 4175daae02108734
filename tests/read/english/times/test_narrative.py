"""Dates without a year: of the year that a history tells of, and of today's in news."""

from __future__ import annotations

import datetime

import pytest

from quoth.read.english.times import Tense, find, narrated, resolve

WRITTEN = datetime.date(2031, 6, 20)
HISTORY = """Built in 1905, the fleet left Norda in December 1911. In February it reached the straits, and on 3 March
it was seen off Lodia. Two days later it turned back. By the end of the year the war was over. In 1913 the treaty was
signed; the next month came trade again. On May 4 the harbour opened."""


def days(text: str, written: datetime.date | None = WRITTEN, tense: Tense = Tense.PAST) -> list[tuple[str, str]]:
    """The words of each time and its days, read as a text of its own."""
    found = []
    for expression in narrated(find(text), written):
        when = resolve(expression, reference=written, tense=tense)
        assert when is not None
        ends = [str(end) if end else "" for end in (when.earliest, when.latest)]
        found.append((expression.text, ends[0] if ends[0] == ends[1] else "..".join(ends)))
    return found


@pytest.mark.parametrize("written", [WRITTEN, None])
def test_a_history_counts_from_what_it_told_of_last(written: datetime.date | None) -> None:
    assert days(HISTORY, written) == [
        ("in 1905", "1905-01-01..1905-12-31"),
        ("in December 1911", "1911-12-01..1911-12-31"),
        ("In February", "1912-02-01..1912-02-29"),
        ("on 3 March", "1912-03-03"),
        ("Two days later", "1912-03-05"),
        ("By the end of the year", "..1912-12-31"),
        ("In 1913", "1913-01-01..1913-12-31"),
        ("the next month", "1913-02-01..1913-02-28"),
        ("On May 4", "1913-05-04"),
    ]


def test_news_with_a_past_counts_from_the_day_it_is_written() -> None:
    text = """The mayor, elected in 2019, re-elected in 2023 and tried in 2025, was jailed on Monday. On May 3 he had
    denied it."""
    assert days(text)[-2:] == [("on Monday", "2031-06-16"), ("On May 3", "2031-05-03")]


def test_a_fresh_date_makes_news_of_a_text_full_of_years() -> None:
    text = "On 12 June the bank that was founded in 1901, moved in 1922 and sold in 1954 closed. On May 3 it was full."
    assert days(text)[-1] == ("On May 3", "2031-05-03")


def test_two_past_years_make_no_history() -> None:
    assert days("It was built in 1911 and burnt in 1912. On May 3 it fell.")[-1] == ("On May 3", "2031-05-03")


def test_what_is_to_come_is_seen_from_the_day_of_writing() -> None:
    assert days(HISTORY + " It will open on 9 July.", tense=Tense.FUTURE)[-1] == ("on 9 July", "2031-07-09")
