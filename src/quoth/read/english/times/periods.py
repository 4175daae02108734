"""Periods in English: parts, halves, quarters, seasons, decades, centuries, holidays."""

from __future__ import annotations

import datetime
from dataclasses import replace

from quoth.read import calendar
from quoth.read.calendar import Part, Unit
from quoth.read.dates import (
    At,
    Base,
    Between,
    Bounded,
    Description,
    Easter,
    First,
    Fixed,
    HalfOf,
    Now,
    Nth,
    Offset,
    OfYear,
    PartOf,
    Relative,
    Rest,
    Roughly,
    Stretch,
    Unplaced,
    Weekday,
)
from quoth.read.english.times.clock import Found
from quoth.read.english.times.dates import DatePhrases, year_of
from quoth.read.english.times.words import DASHES, PARTS, SEASONS, UNITS, phrases

HOLIDAYS = phrases("holidays")
EASTER = phrases("easter")
NTH_DAYS = phrases("nth")
HOLIDAY_STARTS = {key[0] for table in (HOLIDAYS, EASTER, NTH_DAYS) for key in table}
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4}
DECADES = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70}
DECADES |= {"eighties": 80, "nineties": 90}
_LEADS = frozenset({"by", "in", "since", "until", "before", "during", "after", "through", "over", "for", "of", "than"})
"""What leads up to a season that stands for itself: "in the fall"."""


class PeriodPhrases(DatePhrases):
    """Halves, quarters, seasons, decades, centuries, holidays, and the parts of any stretch."""

    def _inside(self, i: int) -> Found | None:
        """What a part is a part of: "of the year", "of 2025", "last May", "1990s"."""
        j = i + (self.words[i] in ("of", "in", "to"))
        if self.t.dash(j) and self.t.glued(j):
            j += 1
        k = j + (self.words[j] == "the")
        if (
            k > j
            and self.words[k] in UNITS
            and self.words[k] not in ("day", "night", "hour", "minute", "season", "weekend")
        ):
            unit = UNITS[self.words[k]][1]
            if self.words[k + 1] == "of" and (inner := self.calendar(k + 2, True)):
                return inner
            return Relative(unit), k + 1
        if j > i and self.words[j] in ("year", "month", "week", "quarter", "decade", "century"):
            return Relative(UNITS[self.words[j]][1]), j + 1
        found = self.calendar(j, True)
        return found if found and not isinstance(found[0], (Offset, Stretch)) else None

    def _part(self, i: int) -> Found | None:
        """Early May, mid-2025, late last year, the end of the year, earlier this month, later that day."""
        word = self.words[i]
        if word in ("earlier", "later"):
            j = i + (self.words[i + 1] in ("in", "on")) + 1
            if self.words[j : j + 2] == ["the", "day"]:
                return Relative(Unit.DAY, 0, Base.EITHER), j + 2
            found = self._inside(j)
            if found is None or isinstance(found[0], (Bounded, Stretch, Now)):
                return None
            base = found[0].base if isinstance(found[0], Relative) else Base.REFERENCE
            return Rest(found[0], word == "later", base), found[1]
        part = PARTS[word]
        if part in (Part.START, Part.END) and self.words[i + 1] != "of":
            return None
        j = i + 1
        k = j + self.t.dash(j)
        if self.words[k] == "to" and self.words[k + 1] in ("mid", "late"):  # mid- to late June
            last = self._part(k + 1)
            if last and isinstance(last[0], PartOf):
                return Between(PartOf(part, last[0].of), last[0]), last[1]
        if word in ("early", "late") and self.words[j] in ("in", "on"):
            j += 1
        found = self._inside(j)
        if found is None:
            if word in ("mid",) and self.t.dash(j) and (inner := self.calendar(j + 1, True)):
                return PartOf(part, inner[0]), inner[1]
            return None
        return PartOf(part, found[0]), found[1]

    def _half_or_quarter(self, i: int) -> Found | None:
        """(the) second half of 2025, third quarter [of the year], first two weeks of May, last Monday of March."""
        word = self.words[i]
        number, j = _QUARTERS[word], i + 1
        if self.words[j] in ("half", "quarter", "qtr"):
            unit = Unit.HALF if self.words[j] == "half" else Unit.QUARTER
            if unit is Unit.HALF:
                number = {"first": 1, "second": 2}.get(word, 2)
            inner = self._inside(j + 1) if self.words[j + 1] in ("of", "in") or self.t.is_digits(j + 1) else None
            if inner and unit is Unit.HALF and not _is_year(inner[0]):
                return HalfOf(number, inner[0]), inner[1]
            if inner and _is_year(inner[0]):
                return OfYear(unit, number, year=inner[0]), inner[1]
            if unit is Unit.QUARTER and inner is None and word != "last" and self.words[j + 1] != "of":
                return OfYear(unit, number), j + 1
            return None
        amount = self.t.amount(j) if self.words[j] not in ("a", "an") else None
        if word in ("first", "last", "final") and (amount or self.words[j] == "few"):
            value, k, _ = amount or (3, j + 1, True)
            if self.words[k] in UNITS and self.words[k + 1] in ("of", "in") and (inner := self._inside(k + 1)):
                scale, unit = UNITS[self.words[k]]
                return First(int(value) * scale, unit, inner[0], last=word != "first"), inner[1]
        return None

    def _nth(self, i: int) -> Found | None:
        """(the) first Monday of May, last day of October, second week of next month."""
        j = i + (self.words[i] == "the")
        if self.words[j] in ("last", "final"):
            number, k = -1, j + 1
        elif found := self.t.ordinal(j):
            number, k = found
            if self.words[k] == "last":
                number, k = -number, k + 1
        else:
            return None
        if number in (1, 2, 3, 4, -1) and self.words[k] in ("half", "quarter", "qtr") and not self.t.is_digits(j):
            return self._half_or_quarter(j) if self.words[j] in _QUARTERS else None
        if self.t.is_digits(j) and self.words[k] in ("quarter", "qtr") and 1 <= number <= 4:
            inner = self._inside(k + 1) if self.words[k + 1] in ("of", "in") or self.t.year(k + 1) else None
            if inner and _is_year(inner[0]):
                return OfYear(Unit.QUARTER, number, year=inner[0]), inner[1]
            return (OfYear(Unit.QUARTER, number), k + 1) if self.words[k + 1] != "of" else None
        weekday = self.t.weekday(k)
        unit = UNITS.get(self.words[k])
        if self.words[k + 1] not in ("of", "in", "after") or (not weekday and not unit):
            return None
        inner = self._inside(k + 1)
        if inner is None or (unit and unit[1] in (Unit.MINUTE, Unit.HOUR)):
            return None
        if unit and not _longer(inner[0], unit[1]):
            return None
        return Nth(number, unit[1] if unit else Unit.DAY, inner[0], weekday[0] if weekday else None), inner[1]

    def _season(self, i: int) -> Found | None:
        """Summer 2025, the spring of last year, (in) the fall: bare only after "the" or "in", or with its year."""
        number, j = SEASONS[self.words[i]], i + 1
        described = OfYear(Unit.SEASON, number)
        if self.words[j] in ("of", ",") or self.t.is_digits(j) or self.words[j] in ("'", "’"):
            if year := self._ending_year(j):
                winter = self.t.dash(year[1]) and self.t.is_digits(year[1] + 1)
                return replace(described, year=year_of(year[0])), year[1] + (2 if winter else 0)
            if self.words[j] == "of":
                described2, stop = self._of_which_year(described, j)
                return (described2, stop) if stop > j else None
        before, earlier = (self.words[i - 1] if i else ""), (self.words[i - 2] if i > 1 else "")
        if before in _LEADS or (before == "the" and earlier in _LEADS) or before in ("early", "late", "mid"):
            return described, j
        return (described, j) if before in DASHES and earlier == "mid" else None

    def _numbered_quarter(self, i: int) -> Found | None:
        """Q3 2025, 2025 Q3, H1, FY2025, fiscal year 2025."""
        word = self.words[i]
        if word in ("fy", "fiscal"):
            j = i + 1 + (self.words[i + 1] == "year")
            glued = self.t.is_digits(j) and self.t.glued(j)
            number = int(self.words[j]) if glued and len(self.words[j]) == 4 else None
            year = (number, j + 1) if number and 1900 <= number <= 2100 else self.t.year(j)
            return (Roughly(year_of(year[0])), year[1]) if year else None
        if word in ("q", "h"):
            if not (self.t.capital(i) and self.t.glued(i + 1) and self.words[i + 1] in ("1", "2", "3", "4")):
                return None
            number = int(self.words[i + 1])
            if word == "h" and number > 2:
                return None
            unit = Unit.QUARTER if word == "q" else Unit.HALF
            j = i + 2
            j += self.words[j] in ("of", ",", "/")
            year = self.t.year(j)
            if year:
                return OfYear(unit, number, year=year_of(year[0])), year[1]
            return (OfYear(unit, number), i + 2) if unit is Unit.QUARTER and not self.t.glued(i + 2) else None
        year = self.t.year(i)
        if (
            year
            and self.words[year[1]] == "q"
            and self.t.glued(year[1] + 1)
            and self.words[year[1] + 1] in ("1", "2", "3", "4")
        ):
            return OfYear(Unit.QUARTER, int(self.words[year[1] + 1]), year=year_of(year[0])), year[1] + 2
        return None

    def _decade(self, i: int) -> Found | None:
        """1990s, 1990's, the '90s."""
        word = self.words[i]
        j = i + 1
        if self.words[j] in ("'", "’") and self.t.glued(j):
            j += 1
        if self.words[j] != "s" or not self.t.glued(j) or not word.endswith("0"):
            return None
        if len(word) == 4 and 1000 <= int(word) <= 2100:
            start = int(word)
        elif len(word) == 2 and i and (self.words[i - 1] in ("'", "’", "‘", "the")):
            start = 1900 + int(word) if int(word) >= 20 else 2000 + int(word)
        else:
            return None
        unit = Unit.CENTURY if word.endswith("00") and len(word) == 4 and start % 1000 else Unit.DECADE
        if unit is Unit.CENTURY:
            return Fixed(calendar.days(datetime.date(start, 1, 1), datetime.date(start + 99, 12, 31), unit)), j + 1
        return Fixed(calendar.containing(datetime.date(start, 1, 1), unit)), j + 1

    def _decade_word(self, i: int) -> Found | None:
        """The nineties."""
        if not (i and self.words[i - 1] in ("the", "early", "late", "mid", "nineteen", "-")):
            return None
        return Fixed(calendar.containing(datetime.date(1900 + DECADES[self.words[i]], 1, 1), Unit.DECADE)), i + 1

    def _century(self, i: int) -> Found | None:
        """The 19th century, the twentieth century."""
        j = i + (self.words[i] == "the")
        found = self.t.ordinal(j)
        if not found:
            return None
        k = found[1] + (self.t.dash(found[1]))
        if self.words[k] not in ("century", "centuries") or not 1 <= found[0] <= 30:
            return None
        if self.words[k + 1] in ("bc", "bce"):
            return Unplaced(), k + 2
        first = datetime.date(found[0] * 100 - 99, 1, 1)
        return Fixed(calendar.containing(first, Unit.CENTURY)), k + 1

    def _holiday(self, i: int) -> Found | None:
        """Christmas, New Year's Eve 2024, next Easter."""
        for table in (HOLIDAYS, EASTER, NTH_DAYS):
            for key, value in table.items():
                if tuple(self.words[i : i + len(key)]) != key or not self.t.capital(i):
                    continue
                j = i + len(key)
                year = self._ending_year(j)
                which = self._of_which_year(OfYear(Unit.YEAR, 1), j) if year is None else None
                described = (
                    year_of(year[0]) if year else which[0].year if which and isinstance(which[0], OfYear) else None
                )
                stop = year[1] if year else which[1] if which else j
                if table is HOLIDAYS:
                    month, day = map(int, value.split("-"))
                    return OfYear(Unit.DAY, month, day, described), stop
                if table is EASTER:
                    return Easter(value, described), stop
                return Nth(value[1], Unit.DAY, OfYear(Unit.MONTH, value[0], year=described), value[2]), stop
        return None


def _is_year(described: Description) -> bool:
    match described:
        case Fixed(interval):
            return interval.precision == "year"
        case Relative(unit):
            return unit is Unit.YEAR
        case Roughly(of):
            return _is_year(of)
    return False


def _longer(whole: Description, unit: Unit) -> bool:
    """Whether a stretch can hold an n-th `unit`: "the first day of May" but not of Friday."""
    order = list(Unit)
    match whole:
        case Relative(other):
            return order.index(other) > order.index(unit)
        case OfYear(Unit.DAY) | Weekday() | At():
            return False
    return True
