"""Time expressions in English: where they stand (`find`) and what stretch of the calendar they mean (`resolve`)."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from quoth.model import When
from quoth.read.calendar import Unit
from quoth.read.calendar import year as whole_year
from quoth.read.dates import Clock, Description, Fixed, OfYear, Tense, TimeKind, resolved

__all__ = ["Tense", "TimeExpression", "TimeKind", "find", "resolve"]


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words [start, end) of a text that state a time: `text` is those words, `description` what they mean, not yet
    set against any clock."""

    start: int
    end: int
    text: str
    kind: TimeKind
    description: Description


MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november")
MONTH_NUMBER = {name: i for i, name in enumerate((*MONTHS, "december"), 1)}
_MONTH = "|".join(MONTH_NUMBER)
_DATE = re.compile(
    rf"\b(?:(?P<iy>\d{{4}})-(?P<im>\d\d)-(?P<id>\d\d)"
    rf"|(?P<mm>{_MONTH})\s+(?P<md>\d{{1,2}})(?:,?\s+(?P<my>\d{{4}}))?"
    rf"|(?P<dd>\d{{1,2}})\s+(?P<dm>{_MONTH})(?:,?\s+(?P<dy>\d{{4}}))?)\b",
    re.IGNORECASE,
)


def find(text: str) -> list[TimeExpression]:
    """The time expressions of `text`, in text order, not overlapping; offsets are half open, in code points."""
    found = []
    for match in _DATE.finditer(text):
        g = match.groupdict()
        year = g["iy"] or g["my"] or g["dy"]
        month = int(g["im"]) if g["im"] else MONTH_NUMBER[(g["mm"] or g["dm"]).lower()]
        day = int(g["id"] or g["md"] or g["dd"])
        described = OfYear(Unit.DAY, month, day, Fixed(whole_year(int(year))) if year else None)
        if 1 <= month <= 12 and 1 <= day <= 31:
            found.append(TimeExpression(match.start(), match.end(), match.group(), TimeKind.CALENDAR, described))
    return found


def resolve(
    expression: TimeExpression,
    *,
    reference: datetime.date | None,
    tense: Tense,
    anchor: datetime.date | None = None,
) -> When | None:
    """The days that the expression means, seen from `reference`, the day of publication (or of saying).

    `anchor` is the day of the event before ("two days later").  None for what is no calendar time (durations,
    sets); both ends None, words kept, for a time that was stated and cannot be resolved.  The spans of the result
    are the caller's to fill.
    """
    if expression.kind is not TimeKind.CALENDAR:
        return None
    interval = resolved(expression.description, Clock(reference, tense, anchor))
    if interval is None:
        return When(earliest=None, latest=None, text=expression.text)
    return When(
        earliest=interval.earliest,
        latest=interval.latest,
        precision=interval.precision,
        text=expression.text,
        approximate=interval.approximate,
    )
