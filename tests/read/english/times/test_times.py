from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.model import Precision, When
from quoth.read.english.times import Tense, TimeKind, find, resolve

D = datetime.date
WEDNESDAY = D(2025, 5, 28)
ANCHOR = D(2025, 5, 10)


def read(text: str, tense: Tense = Tense.PAST, reference: datetime.date | None = WEDNESDAY) -> tuple[str, str]:
    """The words of the only calendar time in `text` and its interval, written ISO 8601-like with .. for open ends."""
    found = [e for e in find(text) if e.kind is TimeKind.CALENDAR]
    assert len(found) == 1, [e.text for e in found]
    when = resolve(found[0], reference=reference, tense=tense, anchor=ANCHOR)
    assert when is not None
    return found[0].text, interval(when)


def interval(when: When) -> str:
    if when.earliest == when.latest and when.earliest:
        return str(when.earliest)
    return f"{when.earliest or ''}..{when.latest or ''}"


@pytest.mark.parametrize(
    ("text", "words", "days"),
    [
        ("signed on 2025-05-28 in Geneva", "on 2025-05-28", "2025-05-28"),
        ("signed on May 28, 2025, in Geneva", "on May 28, 2025", "2025-05-28"),
        ("signed on 28 May 2025", "on 28 May 2025", "2025-05-28"),
        ("signed on the 28th of May 2025", "on the 28th of May 2025", "2025-05-28"),
        ("Minsk, Dec. 6, 2024", "Dec. 6, 2024", "2024-12-06"),
        ("dated 6/12/2024", "6/12/2024", "2024-06-12"),
        ("dated 13/05/2024", "13/05/2024", "2024-05-13"),
        ("dated 28.05.2025", "28.05.2025", "2025-05-28"),
        ("sent 2024-05-28T10:00:00Z", "2024-05-28T10:00:00Z", "2024-05-28"),
        ("launched in November 2024", "in November 2024", "2024-11-01..2024-11-30"),
        ("built in 1998", "in 1998", "1998-01-01..1998-12-31"),
        ("ruled in 2014-15", "in 2014-15", "2014-01-01..2015-12-31"),
        ("ruled in 2011/12", "in 2011/12", "2011-01-01..2012-12-31"),
        ("in the 3rd quarter of 2024", "in the 3rd quarter of 2024", "2024-07-01..2024-09-30"),
        ("ruled from 2014 to 2018", "from 2014 to 2018", "2014-01-01..2018-12-31"),
        ("in the 1990s", "in the 1990s", "1990-01-01..1999-12-31"),
        ("in the mid-1980s", "in the mid-1980s", "1984-01-01..1986-12-31"),
        ("in the 19th century", "in the 19th century", "1801-01-01..1900-12-31"),
        ("in the second half of 2025", "in the second half of 2025", "2025-07-01..2025-12-31"),
        ("in the third quarter of 2024", "in the third quarter of 2024", "2024-07-01..2024-09-30"),
        ("in Q3 2025", "in Q3 2025", "2025-07-01..2025-09-30"),
        ("in the summer of 2023", "in the summer of 2023", "2023-06-01..2023-08-31"),
        ("winter 2023-24", "winter 2023-24", "2023-12-01..2024-02-29"),
        ("in late November 2024", "in late November 2024", "2024-11-20..2024-11-30"),
        ("in early 2024", "in early 2024", "2024-01-01..2024-04-30"),
        ("since May 2023", "since May 2023", "2023-05-01.."),
        ("by the end of 2025", "by the end of 2025", "..2025-12-31"),
        ("before June 1, 2025", "before June 1, 2025", "..2025-05-31"),
        ("before the middle of 2026", "before the middle of 2026", "..2026-06-30"),
        ("after June 1, 2025", "after June 1, 2025", "2025-06-02.."),
        ("no later than 1 July 2025", "no later than 1 July 2025", "..2025-07-01"),
        ("no earlier than 2026", "no earlier than 2026", "2026-01-01.."),
        ("not until 2027", "not until 2027", "2027-01-01.."),
        ("May 5-7, 2025", "May 5-7, 2025", "2025-05-05..2025-05-07"),
        ("between 5 and 7 May 2025", "between 5 and 7 May 2025", "2025-05-05..2025-05-07"),
        ("from November to February 2025", "from November to February 2025", "2024-11-01..2025-02-28"),
        ("in the first three months of 2025", "in the first three months of 2025", "2025-01-01..2025-03-31"),
        ("on the first Monday of June 2025", "on the first Monday of June 2025", "2025-06-02"),
        ("Easter Monday 2025", "Easter Monday 2025", "2025-04-21"),
    ],
)
def test_times_that_need_no_clock(text: str, words: str, days: str) -> None:
    assert read(text, reference=None) == (words, days)


@pytest.mark.parametrize(
    ("text", "words", "days"),
    [
        ("They met on Friday.", "on Friday", "2025-05-23"),
        ("They met on Wednesday.", "on Wednesday", "2025-05-28"),
        ("They met Friday morning.", "Friday morning", "2025-05-23"),
        ("They met on July 5.", "on July 5", "2024-07-05"),
        ("It was set for June 5.", "for June 5", "2025-06-05"),
        ("They met in November.", "in November", "2024-11-01..2024-11-30"),
        ("They met in May.", "in May", "2025-05-01..2025-05-31"),
        ("They met last Friday.", "last Friday", "2025-05-23"),
        ("They met last week.", "last week", "2025-05-19..2025-05-25"),
        ("They met last summer.", "last summer", "2024-06-01..2024-08-31"),
        ("They met yesterday.", "yesterday", "2025-05-27"),
        ("They met the day before yesterday.", "the day before yesterday", "2025-05-26"),
        ("They met three days ago.", "three days ago", "2025-05-25"),
        ("They met two years ago.", "two years ago", "2023-01-01..2023-12-31"),
        ("They met over the weekend.", "over the weekend", "2025-05-24..2025-05-25"),
        ("They met earlier this month.", "earlier this month", "2025-05-01..2025-05-28"),
        ("They met in the past three years.", "in the past three years", "2022-05-28..2025-05-28"),
        ("It has grown recently.", "recently", "..2025-05-28"),
        ("They met at 2:54 a.m. on Tuesday.", "at 2:54 a.m. on Tuesday", "2025-05-27"),
        ("Two days later they met.", "Two days later", "2025-05-12"),
        ("The following day they met.", "The following day", "2025-05-11"),
        ("That month they met.", "That month", "2025-05-01..2025-05-31"),
        ("A day after Easter they met.", "A day after Easter", "2025-04-21"),
        ("It has waited since Friday.", "since Friday", "2025-05-23.."),
        ("They met on the 15th.", "on the 15th", "2025-05-15"),
        ("rose in the 3rd quarter", "in the 3rd quarter", "2024-07-01..2024-09-30"),
        ("rose in recent months", "in recent months", "..2025-05-28"),
    ],
)
def test_a_past_report_looks_back(text: str, words: str, days: str) -> None:
    assert read(text) == (words, days)


@pytest.mark.parametrize(
    ("text", "words", "days"),
    [
        ("They will meet on Friday.", "on Friday", "2025-05-30"),
        ("They will meet on Wednesday.", "on Wednesday", "2025-05-28"),
        ("They will meet next Friday.", "next Friday", "2025-06-06"),
        ("They will meet on March 5.", "on March 5", "2026-03-05"),
        ("They will meet in November.", "in November", "2025-11-01..2025-11-30"),
        ("They will meet within five weeks.", "within five weeks", "2025-05-28..2025-07-02"),
        ("They will meet in ten days.", "in ten days", "2025-06-07"),
        ("They will meet in the coming weeks.", "in the coming weeks", "2025-05-28.."),
        ("They will meet soon.", "soon", "2025-05-28.."),
        ("They will meet early next year.", "early next year", "2026-01-01..2026-04-30"),
        ("They will meet later this year.", "later this year", "2025-05-28..2025-12-31"),
        ("They will meet by year's end.", "by year's end", "..2025-12-31"),
        ("They will meet by the end of next month.", "by the end of next month", "..2025-06-30"),
        ("They will meet on New Year's Eve.", "on New Year's Eve", "2025-12-31"),
        ("They will stay until Friday.", "until Friday", "..2025-05-30"),
        ("They will meet on the 5th.", "on the 5th", "2025-06-05"),
        ("due in two to three months", "in two to three months", "2025-07-01..2025-08-31"),
        ("due by the close of business on Friday", "by the close of business on Friday", "..2025-05-30"),
    ],
)
def test_a_plan_looks_ahead(text: str, words: str, days: str) -> None:
    assert read(text, Tense.FUTURE) == (words, days)


@pytest.mark.parametrize(
    "text",
    [
        "He may march in the fall of the city.",
        "A second sun sat in the spring of water.",
        "Some 2,025 people and 2025 people came.",
        "Theresa May said so.",
        "The S-300 and the F-16 under Article 5 and Resolution 1701.",
        "She held a sit-in, and a half of it was over.",
        "Call 555 1234 or see No. 12.",
        "It dropped by 1.2025 percent.",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("It lasted for two hours.", "for two hours", TimeKind.DURATION),
        ("a 24-year-old man", "24-year-old", TimeKind.DURATION),
        ("It runs every Friday.", "every Friday", TimeKind.SET),
        ("It runs daily.", "daily", TimeKind.SET),
    ],
)
def test_durations_and_sets_are_found_and_lie_on_no_calendar(text: str, words: str, kind: TimeKind) -> None:
    (found,) = find(text)
    assert (found.text, found.kind) == (words, kind)
    assert resolve(found, reference=WEDNESDAY, tense=Tense.PAST) is None


def test_in_two_weeks_is_a_duration_of_what_is_past() -> None:
    (found,) = find("The city fell in two weeks.")
    assert resolve(found, reference=WEDNESDAY, tense=Tense.PAST) is None


@pytest.mark.parametrize("text", ["on Friday", "last week", "two days later", "soon", "on May 28", "in 300 BC"])
def test_without_a_clock_the_words_stay_and_the_days_do_not(text: str) -> None:
    (found,) = find(text)
    when = resolve(found, reference=None, tense=Tense.PAST)
    assert when == When(earliest=None, latest=None, text=text)


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("at 02:54", Precision.MINUTE),
        ("on Friday", Precision.DAY),
        ("last week", Precision.WEEK),
        ("in May", Precision.MONTH),
        ("in the summer", Precision.SEASON),
        ("in Q2", Precision.QUARTER),
        ("by the end of 2025", Precision.YEAR),
        ("in the coming weeks", Precision.VAGUE),
    ],
)
def test_precision_is_what_was_stated(text: str, precision: Precision) -> None:
    (found,) = find(text)
    when = resolve(found, reference=WEDNESDAY, tense=Tense.FUTURE)
    assert when is not None
    assert when.precision is precision


def test_fiscal_years_and_roundings_are_approximate() -> None:
    for text in ("in fiscal year 2026", "around 2015", "in mid-May", "about three years ago"):
        (found,) = find(text)
        when = resolve(found, reference=WEDNESDAY, tense=Tense.PAST)
        assert when is not None
        assert when.approximate, text


def test_the_core_comes_after_the_prepositions() -> None:
    (found,) = find("They left by the end of 2025.")
    assert "They left by the end of 2025."[found.core : found.end] == "the end of 2025"


def test_a_day_that_no_year_has_stays_unresolved() -> None:
    (found,) = find("on June 31")
    when = resolve(found, reference=WEDNESDAY, tense=Tense.PAST)
    assert when is not None
    assert (when.earliest, when.latest) == (None, None)


WORDS = """
in on by the of to from and between since until before after early late mid - end year's May march Friday 5 12 28 2024
2025 1990s Q3 second half quarter first last next this week month year years days two few ago later within over weekend
Christmas at 10:30 p.m. noon soon now every , . 's 3/4/2020 31 12000
"""


@given(
    st.lists(st.sampled_from(WORDS.split()), max_size=12).map(" ".join),
    st.one_of(st.none(), st.dates()),
    st.sampled_from(Tense),
    st.one_of(st.none(), st.dates()),
)
def test_any_words_give_true_spans_and_sound_intervals(
    text: str, reference: datetime.date | None, tense: Tense, anchor: datetime.date | None
) -> None:
    last = 0
    for found in find(text):
        assert last <= found.start <= found.core < found.end
        assert text[found.start : found.end] == found.text
        last = found.end
        resolve(found, reference=reference, tense=tense, anchor=anchor)  # When itself refuses a backward interval


@given(st.text(max_size=60))
def test_any_text_is_survived(text: str) -> None:
    for found in find(text):
        assert text[found.start : found.end] == found.text


@given(st.dates(D(1900, 1, 1), D(2100, 12, 31)))
def test_full_dates_read_back(day: datetime.date) -> None:
    forms = (f"{day:%B} {day.day}, {day.year}", f"{day.day} {day:%B} {day.year}", f"{day:%b}. {day.day}, {day.year}")
    for text in (day.isoformat(), *forms):
        if text.startswith("May."):
            continue
        (found,) = find(text)
        when = resolve(found, reference=None, tense=Tense.PAST)
        assert when is not None
        assert (found.text, when.earliest, when.latest) == (text, day, day)


@pytest.mark.parametrize(
    ("text", "words", "days"),
    [
        ("in June or July", "in June or July", "2025-06-01..2025-07-31"),
        ("on 5 or 6 June", "on 5 or 6 June", "2025-06-05..2025-06-06"),
        ("in mid- to late June", "in mid- to late June", "2025-06-10..2025-06-30"),
        ("no sooner than autumn", "no sooner than autumn", "2025-09-01.."),
        ("on June 30, at the latest", "on June 30, at the latest", "..2025-06-30"),
        ("in June at the earliest", "in June at the earliest", "2025-06-01.."),
        ("in the years ahead", "in the years ahead", "2025-05-28.."),
        ("over the next decade", "over the next decade", "2025-05-28..2035-05-28"),
        ("on the evening of the 5th", "on the evening of the 5th", "2025-06-05"),
        ("before the 2026 vote", "before the 2026", "..2026-12-31"),
    ],
)
def test_alternatives_and_limits(text: str, words: str, days: str) -> None:
    assert read(text, Tense.FUTURE) == (words, days)


@pytest.mark.parametrize(
    ("text", "words", "days"),
    [
        ("overnight into Tuesday", "overnight into Tuesday", "2025-05-26..2025-05-27"),
        ("after the March attack", "March", "2025-03-01..2025-03-31"),
        ("It has grown since then.", "since then", "2025-05-10.."),
        ("the 2024 elections", "2024", "2024-01-01..2024-12-31"),
    ],
)
def test_nights_and_modifiers(text: str, words: str, days: str) -> None:
    assert read(text) == (words, days)
