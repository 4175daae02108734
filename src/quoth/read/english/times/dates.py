"""Dates in English: days, months, weekdays and years, by name and by number."""

from __future__ import annotations

import datetime
from dataclasses import replace

from quoth.read import calendar
from quoth.read.calendar import Unit
from quoth.read.dates import Base, DayOfMonth, Description, Fixed, OfYear, Relative, Unplaced, Weekday, Which
from quoth.read.english.times.clock import ClockPhrases, Found
from quoth.read.english.times.words import AMBIGUOUS, COUNTED, WHICH

_BEFORE_COUNTS = frozenset({"no", "$", "€", "£", "#", "than", "least", "nearly", "almost", "some", "another"})
"""What stands before four digits that count something."""
_ROUGHLY = frozenset({"about", "around", "over"})
_NO_PLURALS = frozenset({"was", "is", "as", "has", "its", "this", "s"})
"""Words in -s that are no plural noun after a year."""
_CABINETS = frozenset({"government", "administration", "premiership", "ministry", "cabinet"})
_NAMED_DAYS = frozenset({"super", "black", "cyber", "ash", "fat", "shrove", "bloody", "giving"})


def year_of(number: int) -> Fixed:
    return Fixed(calendar.year(number))


def dated(year: int | None, month: int, day: int) -> Description | None:
    """A day, checked as far as it can be."""
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    if year is None:
        return OfYear(Unit.DAY, month, day)
    try:
        date = datetime.date(year, month, day)
    except ValueError:
        return None
    return Fixed(calendar.days(date, date))


def month_of(year: int, month: int) -> Fixed:
    return Fixed(calendar.of_year(year, Unit.MONTH, month))


class DatePhrases(ClockPhrases):
    """Days, months and years by their names and numbers."""

    def _numeric(self, i: int) -> Found | None:
        """2025-05-28, 2025/05, 6/12/2024 (the month first unless it cannot be), 28.05.2025 (the day first)."""
        t, words = self.t, self.words
        if i and t.glued(i) and words[i - 1] not in ("(", "[", '"', "“", "‘", "'", "@", "~", "—", "–"):
            return None
        joint = words[i + 1]
        if joint not in ("-", "/", ".", "‑", "–") or not t.glued(i + 1) or not (t.glued(i + 2) and t.is_digits(i + 2)):
            return None
        a, b = words[i], words[i + 2]
        third = (
            words[i + 4] if words[i + 3] == joint and t.glued(i + 3) and t.glued(i + 4) and t.is_digits(i + 4) else ""
        )
        stop = i + 5 if third else i + 3
        if t.glued(stop) and (words[stop] in "-/" or words[stop].isalnum()) and words[stop] != "t":
            return None
        if words[stop] == "t" and t.glued(stop) and third and len(a) == 4:
            stop = self._iso_clock(stop)
        described: Description | None = None
        if len(a) == 4 and 1000 <= int(a) <= 2199:
            if third and len(b) <= 2 and len(third) <= 2 and joint in "-/.":
                described = dated(int(a), int(b), int(third))
            elif not third and len(b) == 2 and joint in "-/" and 1 <= int(b) <= 12 and int(b) != int(a) % 100 + 1:
                described = month_of(int(a), int(b))
        elif third and len(a) <= 2 and len(b) <= 2 and len(third) in (2, 4) and joint in "-/.":
            year = int(third) if len(third) == 4 else 2000 + int(third) if int(third) < 50 else 1900 + int(third)
            month, day = (int(b), int(a)) if joint == "." or int(a) > 12 else (int(a), int(b))
            if len(third) == 2 and joint != "/":
                return None
            described = dated(year, month, day) if year >= 1000 else None
        elif not third and len(a) <= 2 and len(b) == 4 and joint == "/" and 1 <= int(a) <= 12:
            described = month_of(int(b), int(a))
        return (described, stop) if described else None

    def _day_number(self, i: int) -> tuple[int, int] | None:
        if found := self.t.ordinal(i):
            return found if 1 <= found[0] <= 31 else None
        value = self.t.whole_number(i)
        if value is None or not 1 <= value <= 31 or len(self.words[i]) > 2:
            return None
        if self.t.glued(i + 1) and (self.words[i + 1].isalpha() or (self.words[i + 1] == ":")):
            return None
        return value, i + 1

    def _ending_year(self, i: int) -> tuple[int, int] | None:
        """A year after a date or month: "2025", ", 2025", "of 2025"."""
        j = i + (self.words[i] in (",", "of"))
        year = self.t.year(j)
        if year is None or (self.words[i] == "," and self.words[year[1]] in COUNTED):
            return None
        return year

    def _month_day(self, i: int) -> Found | None:
        """May 28; Dec. 6th, 2024; May 2025; May of last year."""
        month = self.t.month(i)
        if month is None:
            return None
        definite = self.words[month[1]] == "the"
        j = month[1] + definite
        day = self._day_number(j) if not definite or self.t.is_digits(j) else None
        if day and not (self.t.is_digits(j) and self.words[day[1]] in ("percent", "%", "million", "billion")):
            year = self._ending_year(day[1])
            if year:
                described = dated(year[0], month[0], day[0])
                return (described, year[1]) if described else None
            described = dated(None, month[0], day[0])
            if described and isinstance(described, OfYear):
                described, stop = self._of_which_year(described, day[1])
                return self._then_weekday(described, stop)
            return None
        if year := self._ending_year(month[1]):
            return month_of(year[0], month[0]), year[1]
        if self.words[month[1]] == "," and self.words[month[1] + 1] == "this":
            return None
        described, stop = self._of_which_year(OfYear(Unit.MONTH, month[0]), month[1])
        return (described, stop) if stop > month[1] else None

    def _then_weekday(self, described: Description, stop: int) -> Found:
        """The weekday after a date: "Jul 18, Friday"; it adds nothing that the date does not say."""
        if self.words[stop] == "," and (weekday := self.t.weekday(stop + 1)):
            return described, weekday[1]
        return described, stop

    def _of_which_year(self, described: OfYear, i: int) -> tuple[Description, int]:
        """[May 28] of last year, this year, next year."""
        j = i + (self.words[i] in ("of", "in"))
        if self.words[j] in ("the",):
            j += 1
        which = WHICH.get(self.words[j])
        if which and self.words[j + 1] == "year":
            offset = {Which.LAST: -1, Which.THIS: 0, Which.NEXT: 1, Which.COMING: 1}[which]
            base = Base.EITHER if self.words[j] in ("following", "previous") else Base.REFERENCE
            return replace(described, year=Relative(Unit.YEAR, offset, base)), j + 2
        if self.words[j : j + 2] == ["that", "year"] or self.words[j : j + 3] == ["same", "year"]:
            return replace(described, year=Relative(Unit.YEAR, 0, Base.EITHER)), j + 2
        return described, i

    def _day_month(self, i: int) -> Found | None:
        """28 May 2025; the 28th of May; the 15th of next month."""
        j = i + (self.words[i] == "the")
        day = self._day_number(j)
        if day is None:
            return None
        k = day[1]
        if self.words[k] == "day" and self.words[k + 1] in ("of", "in"):
            k += 1
        linked = self.words[k] in ("of", "in")
        month = self.t.month(k + linked)
        if month and (linked or self.t.is_digits(j) or self.words[i] == "the"):
            if year := self._ending_year(month[1]):
                described = dated(year[0], month[0], day[0])
                return (described, year[1]) if described else None
            described = dated(None, month[0], day[0])
            return self._of_which_year(described, month[1]) if isinstance(described, OfYear) else None
        if linked and (self.words[i] == "the" or self.t.ordinal(j)):
            whole = self._the(k + 1) if self.words[k + 1] == "the" else self._which(k + 1)
            if whole and isinstance(whole[0], Relative) and whole[0].unit is Unit.MONTH:
                return DayOfMonth(day[0], whole[0]), whole[1]
        return None

    def _day_alone(self, i: int) -> Found | None:
        """(on) the 15th."""
        if self.words[i] != "the" or not self.t.is_digits(i + 1):
            return None
        day = self._day_number(i + 1)
        if (
            day is None
            or day[1] != i + 3
            or self.words[day[1]] in ("floor", "century", "anniversary", "street", "birthday")
        ):
            return None
        if self.words[day[1]] in ("of", "in", "-") or (self.words[day[1]].isalpha() and self.t.capital(day[1])):
            return None
        return DayOfMonth(day[0]), day[1]

    def _weekday(self, i: int) -> Found | None:
        """Friday; Friday, May 28, 2025; Friday the 13th; Friday last week; Friday night."""
        weekday = self.t.weekday(i)
        if weekday is None or (i and self.words[i - 1] in _NAMED_DAYS and self.t.capital(i - 1)):
            return None
        number, j = weekday
        k = j + (self.words[j] in (",", "(", "the")) + (self.words[j] == "," and self.words[j + 1] == "the")
        date = self._month_day(k) or self._numeric(k) or self._day_month(k)
        if date:
            return date[0], date[1] + (self.words[j] == "(" and self.words[date[1]] == ")")
        named = j + (self.words[j] == "the")
        if self.t.is_digits(named) and (day := self.t.ordinal(named)) and day[0] <= 31:
            return DayOfMonth(day[0]), day[1]
        if len(self.words[i]) <= 3 and self.words[j - 1] != ".":
            return None
        if self.words[j : j + 2] == ["after", "next"]:
            return Weekday(number, Which.NEXT), j + 2
        m = j + (self.words[j] in ("of", "from"))
        m += self.words[m] == "the"
        which = WHICH.get(self.words[m])
        if which and self.words[m + 1] == "week":
            offset = {Which.LAST: -1, Which.THIS: 0, Which.NEXT: 1, Which.COMING: 1}[which]
            return Weekday(number, week=Relative(Unit.WEEK, offset)), m + 2
        return Weekday(number), j

    def _month_alone(self, i: int, led: bool) -> Found | None:
        """A month by itself: "may" and "march" only where something leads up to it."""
        month = self.t.month(i)
        if month is None or not (self.t.capital(i) or led):
            return None
        word, named = self.words[i], self.t.capital(month[1])
        before, following = (self.words[i - 1] if i else ""), self.words[month[1]]
        modifies = before in ("the", "a", "its", "their") and len(following) > 4 and following.isalpha() and not named
        if word in ("may", "march") and (named or not led) and not (modifies and following not in _CABINETS):
            return None
        if word in AMBIGUOUS and len(word) <= 3 and word != "may" and not led and self.words[month[1] - 1] != ".":
            return None
        if word in ("april", "june", "august") and not led and named:
            return None  # a person's name
        return OfYear(Unit.MONTH, month[0]), month[1]

    def _year_alone(self, i: int, led: bool) -> Found | None:
        """Four digits that are a year: something leads up to them, or nothing counted follows."""
        if self.t.is_digits(i) and self.t.whole_number(i):
            following = self.words[i + 1]
            if following in ("bc", "bce"):
                return Unplaced(), i + 2
            if self.words[i + 1 : i + 4] == ["b", ".", "c"]:
                return Unplaced(), i + 4 + (self.words[i + 4] == ".")
        year = self.t.year(i)
        if year is None:
            return None
        number, j = year
        following = self.words[j]
        if following in COUNTED:
            return None
        if following in ("ad", "ce"):
            j += 1
        if led:
            counted = following.isalpha() and following.endswith("s") and following not in _NO_PLURALS
            return None if counted and not 1900 <= number <= 2100 else (year_of(number), j)
        before = self.words[i - 1] if i else ""
        if before in _BEFORE_COUNTS or (before in _ROUGHLY and following.isalpha()) or not 1900 <= number <= 2100:
            return None
        return year_of(number), j
