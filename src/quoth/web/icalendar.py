"""Deadlines as a calendar file (RFC 5545), for whatever calendar an analyst keeps."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from quoth.present.escape import visible


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something on whole days, from `first` to `last`."""

    id: str
    first: datetime.date
    last: datetime.date
    title: str
    text: str


def calendar(entries: Iterable[Entry], *, name: str, stamp: datetime.datetime) -> str:
    """The file; `stamp`: when it is made, in UTC."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Quoth//Deadlines//EN", f"X-WR-CALNAME:{escaped(name)}"]
    for entry in entries:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{entry.id}@quoth",
            f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{_day(entry.first)}",
            f"DTEND;VALUE=DATE:{_day(_next(entry.last))}",
            f"SUMMARY:{escaped(entry.title)}",
            f"DESCRIPTION:{escaped(entry.text)}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(part + "\r\n" for line in lines for part in folded(line))


def _day(day: datetime.date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _next(day: datetime.date) -> datetime.date:
    """The end of an event on whole days is the day after it."""
    return day if day == datetime.date.max else day + datetime.timedelta(1)


def escaped(text: str) -> str:
    """Text as a value: no line break, comma, semicolon or backslash of it is taken for the file's own."""
    plain = visible(text.replace("\r\n", "\n").replace("\r", "\n")).replace("\\", "\\\\")
    return plain.replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 octets, those after the first begun by a blank; no character is cut."""
    room, piece = 75, ""
    for character in line:
        size = len(character.encode())
        if size > room:
            yield piece
            room, piece = 74, " "
        room -= size
        piece += character
    yield piece
