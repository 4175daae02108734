"""The calendar file: RFC 5545 as calendars read it."""

from __future__ import annotations

import datetime

from quoth.web.icalendar import Entry, calendar, escaped, folded

STAMP = datetime.datetime(2031, 3, 1, 12, 30, 5, tzinfo=datetime.UTC)


def entry(**more: object) -> Entry:
    fields = {"id": "one", "first": datetime.date(2031, 7, 1), "last": datetime.date(2031, 12, 31), "title": "Ferries",
              "text": "Announced"}  # fmt: skip
    return Entry(**fields | more)  # type: ignore[arg-type]


def test_an_interval_is_an_event_of_whole_days_that_ends_the_day_after() -> None:
    lines = calendar([entry()], name="case", stamp=STAMP).split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert "DTSTART;VALUE=DATE:20310701" in lines
    assert "DTEND;VALUE=DATE:20320101" in lines
    assert "DTSTAMP:20310301T123005Z" in lines
    assert "UID:one@quoth" in lines


def test_the_last_day_of_all_ends_with_itself() -> None:
    text = calendar([entry(last=datetime.date.max)], name="case", stamp=STAMP)
    assert "DTEND;VALUE=DATE:99991231" in text


def test_hostile_words_add_no_line_and_no_event() -> None:
    wicked = "done\r\nEND:VEVENT\nBEGIN:VEVENT\rSUMMARY:x; a, b \\ c\u202e"
    text = calendar([entry(title=wicked, text=wicked, id="one")], name=wicked, stamp=STAMP)
    assert text.count("BEGIN:VEVENT\r\n") == 1
    assert text.count("\r\nEND:VEVENT\r\n") == 1
    assert "\u202e" not in text
    assert "\\; a\\, b \\\\ c" in text.replace("\r\n ", "")
    assert "\r" not in text.replace("\r\n", "")
    assert "\n" not in text.replace("\r\n", "")


def test_escaping() -> None:
    assert escaped("a,b;c\\d\ne") == "a\\,b\\;c\\\\d\\ne"


def test_lines_are_folded_at_75_octets_between_characters() -> None:
    line = "SUMMARY:" + "Ж" * 200
    pieces = list(folded(line))
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert all(piece.startswith(" ") for piece in pieces[1:])
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line
    assert list(folded("short")) == ["short"]
