from __future__ import annotations

import datetime

import pytest

from quoth.model import Act, AgentKind, Basis, Factuality, QuoteType, RelationType, Slot, When
from quoth.present import words
from quoth.present.standing import WEIGHT


def day(text):
    return None if text is None else datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("earliest", "latest", "told"),
    [
        ("2031-03-04", "2031-03-04", "4 March 2031"),
        ("2031-03-01", "2031-03-31", "March 2031"),
        ("2028-02-01", "2028-02-29", "February 2028"),
        ("2028-02-01", "2028-02-28", "1 to 28 February 2028"),
        ("2031-01-01", "2031-12-31", "2031"),
        ("2031-07-01", "2031-12-31", "second half of 2031"),
        ("2031-04-01", "2031-06-30", "second quarter of 2031"),
        ("2031-03-03", "2031-03-05", "3 to 5 March 2031"),
        ("2031-03-03", "2031-04-05", "3 March to 5 April 2031"),
        ("2031-12-30", "2032-01-02", "30 December 2031 to 2 January 2032"),
        (None, "2032-12-31", "by 31 December 2032"),
        ("2031-07-01", None, "from 1 July 2031"),
        (None, None, "not known"),
    ],
)
def test_interval(earliest, latest, told):
    assert words.interval(day(earliest), day(latest)) == told


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ((10, 10), "10"),
        ((2, None), "2 or more"),
        ((None, 800_000), "up to 800,000"),
        ((2, 12), "2 to 12"),
        ((0, 0), "0"),
        ((None, None), None),
        ("yes", "yes"),
        (None, None),
        ((day("2031-01-01"), day("2031-12-31")), "2031"),
        ((None, day("2031-12-31")), "by 31 December 2031"),
    ],
)
def test_answer(value, told):
    assert words.answer(value) == told


def test_said_tells_what_it_rests_on():
    stated = When(earliest=day("2031-03-04"), latest=day("2031-03-04"))
    assert words.said(stated) == "4 March 2031"
    published = When(earliest=day("2031-03-04"), latest=day("2031-03-04"), basis=Basis.PUBLICATION)
    assert words.said(published) == "4 March 2031 (day of publication)"
    assert words.said(When(earliest=None, latest=None, text="last week")) == "day not known (“last week”)"
    assert words.said(None) == "day not known"


@pytest.mark.parametrize(
    ("table", "kinds"),
    [
        (words.CERTAINTY, Factuality),
        (words.CERTAINTY_MEANS, Factuality),
        (words.ACT, Act),
        (words.KIND, AgentKind),
        (words.QUOTE, QuoteType),
        (words.SLOT, Slot),
        (words.RELATION, RelationType),
        (words.RELATION_HEADING, RelationType),
        (words.RELATION_MEANS, RelationType),
        (WEIGHT, RelationType),
    ],
)
def test_every_code_has_its_words(table, kinds):
    assert set(table) == set(kinds)


def test_counts_and_lists():
    assert words.count(1, "report") == "1 report"
    assert words.count(1200, "report") == "1,200 reports"
    assert [words.listed(names) for names in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
