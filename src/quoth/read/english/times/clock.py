"""Times of the clock in English, and what all productions of the time grammar share.

Each production tries one kind of phrase at token `i` and gives its description and the token after it, or None.
"""

from __future__ import annotations

from abc import ABC, abstractmethod

from quoth.read.dates import At, DayOfMonth, Description, Fixed, OfYear, Relative, Weekday
from quoth.read.english.times.words import DAY_PARTS, ZONES, Tokens

Found = tuple[Description, int]
"""A description, and the token after the words that state it."""


class ClockPhrases(ABC):
    """What every group of productions leans on: the tokens, and the phrases that nest in others."""

    def __init__(self, tokens: Tokens) -> None:
        self.t = tokens
        self.words = tokens.words

    @abstractmethod
    def calendar(self, i: int, led: bool = False) -> Found | None:
        """The longest calendar phrase at `i`; `led` where a preposition leads up to it."""

    @abstractmethod
    def _the(self, i: int) -> Found | None:
        """What "the" at `i` leads."""

    @abstractmethod
    def _which(self, i: int, definite: bool = False) -> Found | None:
        """Last week, this Friday, next May …; `definite` after "the"."""

    def _hour_of(self, described: Description, j: int) -> Found:
        """What tells the part of a day or its hour after a day: "Friday morning", "May 5 at 02:54 GMT"."""
        if isinstance(described, (Weekday, Relative, OfYear, Fixed, DayOfMonth)) and self.words[j] in DAY_PARTS:
            return described, j + 1
        k = j + (self.words[j] == ",")
        if (
            self.words[k] in ("at", "around", "about")
            and (hour := self._clock(k + 1, loose=True, alone=True))
            and isinstance(hour[0], At)
        ):
            return At(hour[0].hour, hour[0].minute, described), hour[1]
        if k == j and self.t.is_digits(j) and (hour := self._clock(j, alone=True)) and isinstance(hour[0], At):
            return At(hour[0].hour, hour[0].minute, described), hour[1]
        return described, j

    def _clock(self, i: int, loose: bool = False, alone: bool = False) -> Found | None:
        """02:54, 5 p.m., 5:30pm, 0300 GMT, noon, with the day after it.  `loose`: "at" or the like came before."""
        t, words = self.t, self.words
        if words[i] in ("noon", "midnight", "midday"):
            hour, minute, j, sure = (0 if words[i] == "midnight" else 12), 0, i + 1, loose
        else:
            number = words[i]
            if t.is_digits(i) and len(number) <= 2:
                hour, minute, j, sure = int(number), 0, i + 1, False
                if (
                    words[j] in (":", ".")
                    and t.glued(j)
                    and t.glued(j + 1)
                    and t.is_digits(j + 1)
                    and len(words[j + 1]) == 2
                ):
                    colon = words[j] == ":"
                    minute, j, sure = int(words[j + 1]), j + 2, colon and loose
                    if words[j] == ":" and t.glued(j) and t.is_digits(j + 1) and len(words[j + 1]) == 2:
                        j += 2
            elif t.is_digits(i) and len(number) == 4 and words[i + 1] in ("gmt", "utc", "hours", "z", "hrs"):
                hour, minute, j, sure = int(number[:2]), int(number[2:]), i + 1, True
            elif (
                loose
                and (named := t.amount(i))
                and named[0] == int(named[0])
                and 1 <= named[0] <= 12
                and words[i] not in ("a", "an")
            ):
                hour, minute, j, sure = int(named[0]), 0, named[1], False
            else:
                return None
            if words[j] in ("'", "’") and words[j - 1] == "o":
                return None
            if words[j] == "o" and words[j + 1] in ("'", "’") and words[j + 2] == "clock":
                j, sure = j + 3, True
            if loose and words[j : j + 2] == ["in", "the"] and words[j + 2] in ("morning", "afternoon", "evening"):
                hour, j, sure = hour + (12 if words[j + 2] != "morning" and hour < 12 else 0), j + 3, True
            half = self._meridiem(j)
            if half:
                if not 1 <= hour <= 12:
                    return None
                hour, j, sure = hour % 12 + (12 if half[0] == "pm" else 0), half[1], True
            if i and t.glued(i) and words[i - 1] not in ("(", "@", "“", '"', "—", "–", "-"):
                return None
        zoned = j
        while (
            words[zoned] in ZONES
            or (words[zoned] in ("time", "standard", "daylight") and zoned > j)
            or (words[zoned] in ("hours", "hrs") and zoned == j)
        ):
            zoned += 1
        if zoned > j:
            sure, j = True, zoned
        if not (sure and hour < 24 and minute < 60):
            return None
        at = At(hour, minute)
        if alone:
            return at, j
        k = j + (words[j] in (",",))
        k += words[k] in ("on", "in", "of")
        if words[k] == "the" and words[k + 1] in DAY_PARTS:
            k += 2
            if words[k] == "of":
                k += 1
            else:
                j = k
        if words[j] == "in" and words[k] in ("the",):
            return at, j
        inner = self.calendar(k)
        if inner and isinstance(inner[0], (Fixed, OfYear, Weekday, Relative)):
            return At(hour, minute, inner[0]), inner[1]
        return at, j

    def _meridiem(self, i: int) -> tuple[str, int] | None:
        """ "am", "p.m." and where it stops."""
        words = self.words
        if words[i] in ("am", "pm"):
            return words[i], i + 1
        if words[i] in ("a", "p") and words[i + 1] == "." and words[i + 2] == "m":
            return words[i] + "m", i + 3 + (words[i + 3] == "." and self.t.glued(i + 3))
        return None

    def _iso_clock(self, stop: int) -> int:
        """Past the time of an ISO 8601 stamp, `stop` its "T"."""
        j = stop + 1
        while self.t.glued(j) and (self.t.is_digits(j) or self.words[j] in (":", "z", "+", "-")):
            j += 1
        return j
