"""Descriptions of calendar time, as words give them, and how they resolve against the clocks of a report.

A description is what was said ("Friday", "the end of the year"), free of any language; `resolve` in this module's
callers gives it a reference day.  Nothing here reads text.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Tense(enum.StrEnum):
    """Of the verb that governs a time: a past-tense report looks back, a plan looks ahead."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"


class TimeKind(enum.StrEnum):
    """CALENDAR times lie on the calendar; a DURATION ("for two hours") and a SET ("every Friday") do not."""

    CALENDAR = "calendar"
    DURATION = "duration"
    SET = "set"


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a month; the year may be unsaid."""

    year: int | None
    month: int
    day: int


Description = Day
