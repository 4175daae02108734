"""The grammar of English time expressions: tokens to descriptions.

Each method tries one kind of phrase at token `i` and gives its description and the token after it, or None.
`expression` is the whole: a calendar phrase with the prepositions that bound it.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace

from quoth.read import calendar
from quoth.read.calendar import Part, Unit
from quoth.read.dates import (
    Around,
    At,
    Base,
    Between,
    Bound,
    Bounded,
    DayOfMonth,
    Description,
    Easter,
    First,
    Fixed,
    HalfOf,
    Hence,
    Now,
    Nth,
    Offset,
    OfYear,
    Overnight,
    PartOf,
    Relative,
    Rest,
    Roughly,
    Stretch,
    TimeKind,
    Unplaced,
    Weekday,
    Weekend,
    Which,
)
from quoth.read.english.time_words import (
    COUNTED,
    DASHES,
    DAY_PARTS,
    DAYS,
    MONTHS,
    PARTS,
    SEASONS,
    SETS,
    UNITS,
    VAGUE,
    WEEKDAYS,
    WHICH,
    ZONES,
    Tokens,
    phrases,
)

Found = tuple[Description, int]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens [first, stop) state `description`; its prepositions stand before `core`."""

    first: int
    core: int
    stop: int
    kind: TimeKind
    description: Description


VAGUE_PHRASES = phrases("vague_phrases")
HOLIDAYS = phrases("holidays")
EASTER = phrases("easter")
NTH_DAYS = phrases("nth")
_HOLIDAY_STARTS = {key[0] for table in (HOLIDAYS, EASTER, NTH_DAYS) for key in table}
_VAGUE_STARTS = {key[0] for key in VAGUE_PHRASES}

_BOUNDS: dict[tuple[str, ...], Bound] = {
    ("no", "later", "than"): Bound.BY,
    ("not", "later", "than"): Bound.BY,
    ("no", "earlier", "than"): Bound.SINCE,
    ("not", "earlier", "than"): Bound.SINCE,
    ("no", "sooner", "than"): Bound.SINCE,
    ("not", "before"): Bound.SINCE,
    ("not", "until"): Bound.SINCE,
    ("on", "or", "before"): Bound.BY,
    ("on", "or", "after"): Bound.SINCE,
    ("prior", "to"): Bound.BEFORE,
    ("ahead", "of"): Bound.BEFORE,
    ("up", "to"): Bound.BY,
    ("up", "until"): Bound.BY,
    ("starting", "from"): Bound.SINCE,
    ("starting", "in"): Bound.SINCE,
    ("starting", "on"): Bound.SINCE,
    ("beginning", "in"): Bound.SINCE,
    ("beginning", "on"): Bound.SINCE,
    ("starting",): Bound.SINCE,
    ("beginning",): Bound.SINCE,
    ("effective",): Bound.SINCE,
    ("by",): Bound.BY,
    ("until",): Bound.BY,
    ("till",): Bound.BY,
    ("through",): Bound.BY,
    ("before",): Bound.BEFORE,
    ("after",): Bound.AFTER,
    ("since",): Bound.SINCE,
    ("from",): Bound.SINCE,
}
_PLAIN: tuple[tuple[str, ...], ...] = (
    ("as", "of"), ("as", "early", "as"), ("as", "late", "as"), ("as", "soon", "as"), ("as", "recently", "as"),
    ("some", "time", "in"), ("sometime", "in"), ("early", "on"), ("late", "on"), ("later", "on"), ("earlier", "on"),
    ("over", "the", "course", "of"), ("in", "the", "course", "of"),
    ("on",), ("in",), ("at",), ("during",), ("over",), ("throughout",), ("within",), ("for",), ("around",), ("about",),
    ("circa",), ("c",), ("approximately",), ("roughly",), ("sometime",),
)  # fmt: skip
_WITHIN = {Bound.BEFORE: Bound.BY, Bound.AFTER: Bound.SINCE}
_ROUGH = frozenset({"around", "about", "circa", "c", "approximately", "roughly"})
_PREFIXES: dict[str, list[tuple[tuple[str, ...], Bound | None]]] = {}
for _words, _bound in [*_BOUNDS.items(), *((w, None) for w in _PLAIN)]:
    _PREFIXES.setdefault(_words[0], []).append((_words, _bound))
for _rows in _PREFIXES.values():
    _rows.sort(key=lambda row: -len(row[0]))

_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4}
_AHEAD = frozenset({"later", "after", "afterwards", "afterward", "on", "hence"})
_BACK = frozenset({"earlier", "before", "previously"})
TRIGGERS = frozenset(
    {
        *MONTHS, *WEEKDAYS, *SEASONS, *UNITS, *DAYS, *VAGUE, *SETS, *_HOLIDAY_STARTS, "noon", "midnight", "overnight",
        "morning", "evening", "afternoon", "future", "moment", "present", "time", "past", "date", "far", "half",
        "fiscal", "nineties", "eighties", "seventies", "sixties", "fifties", "forties", "thirties", "twenties",
        "am", "pm", "oclock",
    }
)  # fmt: skip
_NAMED_DAYS = frozenset({"super", "black", "cyber", "ash", "fat", "shrove", "bloody", "giving"})
_DECADES = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70}
_DECADES |= {"eighties": 80, "nineties": 90}


def _year(number: int) -> Fixed:
    return Fixed(calendar.year(number))


def _dated(year: int | None, month: int, day: int) -> Description | None:
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


def _month_of(year: int, month: int) -> Fixed:
    return Fixed(calendar.of_year(year, Unit.MONTH, month))


class Grammar:
    """The productions over one text's tokens."""

    def __init__(self, tokens: Tokens) -> None:
        self.t = tokens
        self.words = tokens.words

    # ------------------------------------------------------------ whole expressions

    def expression(self, i: int) -> Phrase | None:
        """The longest time expression at token `i`."""
        words = self.words
        word = words[i]
        if (
            self.t.glued(i)
            and words[i - 1] in DASHES
            and word.isalpha()
            and word not in MONTHS
            and word not in WEEKDAYS
        ):
            return None
        if word in _VAGUE_STARTS:
            for key, direction in VAGUE_PHRASES.items():
                if tuple(words[i : i + len(key)]) == key and words[i + len(key)] not in UNITS and not self._few(i + 2):
                    return Phrase(i, i, i + len(key), TimeKind.CALENDAR, _vague(direction))
        if word in ("between", "from") and (found := self._between(i)):
            return Phrase(i, i + 1, found[1], TimeKind.CALENDAR, found[0])
        if word == "within" and (stretch := self._within(i + 1)):
            return Phrase(i, i + 1, stretch[1], TimeKind.CALENDAR, stretch[0])
        for prefix, bound in _PREFIXES.get(word, ()):
            if len(prefix) == 1 or tuple(words[i : i + len(prefix)]) == prefix:
                core = i + len(prefix)
                phrase = self._plain(i, core) if bound is None else self._bounded(i, core, bound)
                if phrase:
                    return phrase
        return self._bare(i, i)

    def _bare(self, first: int, core: int) -> Phrase | None:
        if found := self._set(core):
            return Phrase(first, core, found, TimeKind.SET, Unplaced())
        calendar_time = self.joined(core, first < core)
        lasting = self._duration(core)
        if lasting and (calendar_time is None or lasting[1] > calendar_time[1]):
            return Phrase(first, core, lasting[1], TimeKind.DURATION, lasting[0])
        if calendar_time is None:
            return None
        return Phrase(first, core, calendar_time[1], TimeKind.CALENDAR, calendar_time[0])

    def _plain(self, first: int, core: int) -> Phrase | None:
        """After "in", "on", "at", "for", "around" …"""
        word, last = self.words[first], self.words[core - 1]
        if last == "in" and (hence := self._hence(core)):
            return Phrase(first, core, hence[1], TimeKind.CALENDAR, hence[0])
        if last in ("on", "for") and (day := self._day_alone(core)):
            return Phrase(first, core, day[1], TimeKind.CALENDAR, day[0])
        if last == "at" and (clock := self._clock(core, loose=True)):
            return Phrase(first, core, clock[1], TimeKind.CALENDAR, clock[0])
        phrase = self._bare(first, core)
        if phrase is None:
            return None
        if phrase.kind is TimeKind.CALENDAR:
            if word in _ROUGH:
                return replace(phrase, description=Roughly(phrase.description))
            return phrase
        return (
            phrase if word in ("for", "in", "over", "during", "within", "throughout", "about", "around", "at") else None
        )

    def _bounded(self, first: int, core: int, bound: Bound) -> Phrase | None:
        start = core
        if self.words[start] in ("about", "around", "roughly", "at", "on", "in"):
            start += 1
        found = self.joined(start, True) or self._clock(start, loose=True)
        if found is None and self.words[start] == "the" and (year := self.t.year(start + 1)):
            # before the 2026 vote: some time up to the end of that year
            described = Bounded(bound if bound in (Bound.BY, Bound.SINCE) else _WITHIN[bound], _year(year[0]))
            return Phrase(first, start + 1, year[1], TimeKind.CALENDAR, described)
        if found is None:
            return None
        if isinstance(found[0], Offset) and found[0].base is Base.REFERENCE and self.words[first] == "from":
            return None
        return Phrase(first, start, found[1], TimeKind.CALENDAR, Bounded(bound, found[0]))

    def _between(self, i: int) -> Found | None:
        """From X to Y, between X and Y."""
        joints = ("and",) if self.words[i] == "between" else ("to", "until", "till", "through", "thru")
        start = i + 1
        first = self.calendar(start, True)
        if first is None:
            year = self.t.year(start)
            if year is None or self.words[year[1]] not in joints:
                return self._bare_days(start)
            first = (_year(year[0]), year[1])
        j = first[1]
        if self.words[j] == "up" and self.words[j + 1] == "to":
            j += 1
        if self.words[j] in joints or (self.t.dash(j) and self.words[i] == "from"):
            last = self.calendar(j + 1, True) or self._same_month(first[0], j + 1)
            if last:
                return Between(first[0], last[0]), last[1]
        return self._bare_days(start)

    def _bare_days(self, i: int) -> Found | None:
        """(from) 5 to 7 May 2025, (between) the 5th and 7th of May."""
        j = i + (self.words[i] == "the")
        low = self._day_number(j)
        if low and (self.words[low[1]] in ("to", "and") or self.t.dash(low[1])):
            last = self.calendar(low[1] + 1, True)
            if last and (first := _same_month_as(last[0], low[0])):
                return Between(first, last[0]), last[1]
        return None

    def _same_month(self, first: Description, i: int) -> Found | None:
        """The "7" of "May 5 to 7"."""
        day = self._day_number(i)
        if day is None or not (first_again := _same_month_as(first, day[0])):
            return None
        return first_again, day[1]

    def joined(self, i: int, led: bool) -> Found | None:
        """A calendar time, or a range of two with a dash or "to": "May 5-7", "Monday to Friday", "2014-15"."""
        first = self.calendar(i, led) or self._bare_days(i)
        if first is None:
            return None
        described, j = first
        if (self.t.dash(j) and (self.t.glued(j) or self.words[j] != "—")) or self.words[j] in ("to", "through", "thru"):
            last = self.calendar(j + 1, True) or self._same_month(described, j + 1)
            if last:
                return self._with_year(Between(described, last[0]), last[1])
            if isinstance(described, Fixed) and self.t.is_digits(j + 1) and len(self.words[j + 1]) == 2:
                year, short = described.interval.earliest, int(self.words[j + 1])
                if year and described.interval.precision == "year" and self.t.glued(j) and short > year.year % 100:
                    return Between(described, _year(year.year // 100 * 100 + short)), j + 2
        return described, j

    def _with_year(self, description: Description, j: int) -> Found:
        """A year after a range: "May 5-7, 2025"."""
        if not isinstance(description, Between) or not isinstance(description.last, OfYear) or description.last.year:
            return description, j
        k = j + (self.words[j] == ",")
        year = self.t.year(k)
        if year is None:
            return description, j
        return Between(description.first, replace(description.last, year=_year(year[0]))), year[1]

    # ------------------------------------------------------------ calendar times

    def calendar(self, i: int, led: bool = False) -> Found | None:
        """The longest calendar phrase at `i`; `led` where a preposition leads up to it."""
        best: Found | None = None
        for attempt in self._attempts(i):
            found = attempt(i)
            if found and (best is None or found[1] > best[1]):
                best = found
        if best is None:
            best = self._month_alone(i, led) or self._year_alone(i, led)
        elif (year := self._year_alone(i, led)) and year[1] > best[1]:
            best = year
        return self._hour_of(*best) if best else None

    def _attempts(self, i: int) -> list[Callable[[int], Found | None]]:
        word = self.words[i]
        if self.t.is_digits(i):
            return [
                self._decade,
                self._numeric,
                self._day_month,
                self._ago,
                self._clock,
                self._century,
                self._numbered_quarter,
                self._nth,
            ]
        found: list[Callable[[int], Found | None]] = []
        if word in MONTHS:
            found.append(self._month_day)
        if word in WEEKDAYS:
            found.append(self._weekday)
        if word in _HOLIDAY_STARTS:
            found.append(self._holiday)
        if word in DAYS or word in VAGUE or word in ("overnight", "noon", "midnight"):
            found.append(self._one_word)
        if word in PARTS or word in ("earlier", "later"):
            found.append(self._part)
        if word in WHICH or word in ("that", "same"):
            found.append(self._which)
        if word in SEASONS:
            found.append(self._season)
        if word in ("q", "h", "fy", "fiscal"):
            found.append(self._numbered_quarter)
        if word in UNITS:
            found += [self._ago, self._units_end]
        if word == "day" and self.words[i + 1 : i + 3] in (["after", "tomorrow"], ["before", "yesterday"]):
            found.append(lambda at: self._the(at - 1))
        if word in _DECADES:
            found.append(self._decade_word)
        if word == "the":
            found += [self._the, self._day_month, self._nth, self._century]
        if word in ("a", "an", "several", "half", "some", "many"):
            found.append(self._ago)
        elif word not in ("the",):
            if self.t.amount(i):
                found += [self._ago, self._clock, self._day_month]
            if self.t.ordinal(i) or word in ("last", "final"):
                found += [self._day_month, self._nth, self._century]
        return found

    def _the(self, i: int) -> Found | None:
        """What "the" may lead: everything else, and a few phrases of its own."""
        j = i + 1
        words = self.words
        word = words[j]
        if word == "day" and words[j + 1] in ("before", "after"):
            inner = self.calendar(j + 2)
            ahead = words[j + 1] == "after"
            if inner:
                return Offset(1, Unit.DAY, inner[0], forward=ahead), inner[1]
            return Offset(1, Unit.DAY, Base.ANCHOR, forward=ahead), j + 2
        if word in UNITS and words[j + 1] in ("before", "after") and UNITS[word][1] is not Unit.MINUTE:
            scale, unit = UNITS[word]
            amount = None if word.endswith("s") else scale
            return Offset(amount, unit, Base.ANCHOR, forward=words[j + 1] == "after"), j + 2
        if (
            word == "week"
            and words[j + 1] in ("of", "beginning", "ending", "starting")
            and (inner := self.calendar(j + 2))
        ):
            return Around(inner[0], Unit.WEEK), inner[1]
        if word == "weekend":
            return Weekend(), j + 1
        if word in ("rest", "remainder") and words[j + 1] == "of" and (inner := self._inside(j + 1)):
            return Rest(inner[0], left=True), inner[1]
        if word in DAY_PARTS and words[j + 1] == "of" and (inner := self.calendar(j + 2)):
            return inner
        if word in ("then", "now"):
            return None
        attempts: dict[str, Callable[[int], Found | None]] = {"same": self._which}
        found = [f(j) for f in (attempts.get(word),) if f]
        if word in WHICH:
            found.append(self._which(j, definite=True))
        if word in PARTS:
            found.append(self._part(j))
        if word in SEASONS:
            found.append(self._season(j))
        if word in _HOLIDAY_STARTS:
            found.append(self._holiday(j))
        if word in _DECADES:
            found.append(self._decade_word(j))
        if self.t.is_digits(j):
            found.append(self._decade(j))
        if word in ("first", "second", "third", "fourth", "final", "last"):
            found.append(self._half_or_quarter(j))
        found += [self._few(j)]
        return max((f for f in found if f), key=lambda f: f[1], default=None)

    # ---------------- dates

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
                described = _dated(int(a), int(b), int(third))
            elif not third and len(b) == 2 and joint in "-/" and 1 <= int(b) <= 12 and int(b) != int(a) % 100 + 1:
                described = _month_of(int(a), int(b))
        elif third and len(a) <= 2 and len(b) <= 2 and len(third) in (2, 4) and joint in "-/.":
            year = int(third) if len(third) == 4 else 2000 + int(third) if int(third) < 50 else 1900 + int(third)
            month, day = (int(b), int(a)) if joint == "." or int(a) > 12 else (int(a), int(b))
            if len(third) == 2 and joint != "/":
                return None
            described = _dated(year, month, day) if year >= 1000 else None
        elif not third and len(a) <= 2 and len(b) == 4 and joint == "/" and 1 <= int(a) <= 12:
            described = _month_of(int(b), int(a))
        return (described, stop) if described else None

    def _iso_clock(self, stop: int) -> int:
        """Past the time of an ISO 8601 stamp, `stop` its "T"."""
        j = stop + 1
        while self.t.glued(j) and (self.t.is_digits(j) or self.words[j] in (":", "z", "+", "-")):
            j += 1
        return j

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
                described = _dated(year[0], month[0], day[0])
                return (described, year[1]) if described else None
            described = _dated(None, month[0], day[0])
            if described and isinstance(described, OfYear):
                described, stop = self._of_which_year(described, day[1])
                return self._then_weekday(described, stop)
            return None
        if year := self._ending_year(month[1]):
            return _month_of(year[0], month[0]), year[1]
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
                described = _dated(year[0], month[0], day[0])
                return (described, year[1]) if described else None
            described = _dated(None, month[0], day[0])
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
        if (named > j or self.t.is_digits(j)) and (day := self.t.ordinal(named)) and day[0] <= 31:
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
        if self.words[i] in ("may", "march", "mar", "jan", "dec", "sep"):
            fits = (
                led and not self.t.capital(month[1])
                if self.words[i] in ("may", "march")
                else led or self.words[month[1] - 1] == "."
            )
            if not fits:
                return None
        if self.words[i] in ("april", "june", "august", "augustus") and not led and self.t.capital(month[1]):
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
        before = self.words[i - 1] if i else ""
        if (
            not led
            and before
            in (
                "no",
                "$",
                "€",
                "£",
                "#",
                "about",
                "around",
                "than",
                "least",
                "nearly",
                "almost",
                "some",
                "over",
                "some",
                "another",
            )
            and not (before in ("around", "about", "over") and not following.isalpha())
        ):
            return None
        if led or not 1900 <= number <= 2100:
            plural = (
                following.isalpha()
                and following.endswith("s")
                and following not in ("was", "is", "as", "has", "its", "this", "s")
            )
            return (_year(number), j) if led and not (plural and not 1900 <= number <= 2100) else None
        return _year(number), j

    # ---------------- parts, halves, seasons

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
            inner = self._inside(k + 1) if self.words[k + 1] == "of" or self.t.year(k + 1) else None
            return (OfYear(Unit.QUARTER, number, year=inner[0]), inner[1]) if inner and _is_year(inner[0]) else None
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
                short = (
                    self.t.dash(year[1]) and self.t.is_digits(year[1] + 1) and len(self.words[year[1] + 1]) in (2, 4)
                )
                return replace(described, year=_year(year[0])), year[1] + (2 if short else 0)
            if self.words[j] == "of":
                described2, stop = self._of_which_year(described, j)
                return (described2, stop) if stop > j else None
        before = self.words[i - 1] if i else ""
        if before in ("by", "in", "since", "until", "before", "during", "after", "through") or (
            before == "the"
            and i > 1
            and self.words[i - 2]
            in ("in", "by", "during", "since", "until", "before", "over", "through", "after", "for", "of")
        ):
            return described, j
        if before in ("early", "late", "mid") or (before in ("-", "–") and i > 1 and self.words[i - 2] == "mid"):
            return described, j
        return None

    def _numbered_quarter(self, i: int) -> Found | None:
        """Q3 2025, 2025 Q3, H1, FY2025, fiscal year 2025."""
        word = self.words[i]
        if word in ("fy", "fiscal"):
            j = i + 1 + (self.words[i + 1] == "year")
            glued = self.t.is_digits(j) and self.t.glued(j)
            number = int(self.words[j]) if glued and len(self.words[j]) == 4 else None
            year = (number, j + 1) if number and 1900 <= number <= 2100 else self.t.year(j)
            return (Roughly(_year(year[0])), year[1]) if year else None
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
                return OfYear(unit, number, year=_year(year[0])), year[1]
            return (OfYear(unit, number), i + 2) if unit is Unit.QUARTER and not self.t.glued(i + 2) else None
        year = self.t.year(i)
        if (
            year
            and self.words[year[1]] == "q"
            and self.t.glued(year[1] + 1)
            and self.words[year[1] + 1] in ("1", "2", "3", "4")
        ):
            return OfYear(Unit.QUARTER, int(self.words[year[1] + 1]), year=_year(year[0])), year[1] + 2
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
        return Fixed(calendar.containing(datetime.date(1900 + _DECADES[self.words[i]], 1, 1), Unit.DECADE)), i + 1

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
                    _year(year[0]) if year else which[0].year if which and isinstance(which[0], OfYear) else None
                )
                stop = year[1] if year else which[1] if which else j
                if table is HOLIDAYS:
                    month, day = map(int, value.split("-"))
                    return OfYear(Unit.DAY, month, day, described), stop
                if table is EASTER:
                    return Easter(value, described), stop
                return Nth(value[1], Unit.DAY, OfYear(Unit.MONTH, value[0], year=described), value[2]), stop
        return None

    # ---------------- relative to a clock

    def _one_word(self, i: int) -> Found | None:
        word = self.words[i]
        if word == "today" and i and self.words[i - 1] == "usa":
            return None
        if word == "overnight":
            return Overnight(), i + 1
        if word in VAGUE:
            if word == "now" and self.t.dash(i + 1) and self.t.glued(i + 1):
                return None
            if word in ("soon", "shortly") and self.words[i + 1] in (
                "after",
                "afterwards",
                "before",
                "as",
                "thereafter",
            ):
                return None
            return _vague(VAGUE[word]), i + 1
        if word in ("noon", "midnight"):
            return self._clock(i)
        return Relative(Unit.DAY, DAYS[word]), i + 1

    def _which(self, i: int, definite: bool = False) -> Found | None:
        """Last week, this Friday, next May, the past year, the following day, that month, the same day."""
        word = self.words[i]
        if word in ("that", "same"):
            j = i + (2 if self.words[i + 1] == "same" else 1)
            unit = UNITS.get(self.words[j])
            if (
                unit is None
                or self.words[j].endswith("s")
                or unit[1] in (Unit.MINUTE, Unit.HOUR, Unit.SEASON, Unit.QUARTER)
            ):
                if self.words[j] in DAY_PARTS and word == "that":
                    return Relative(Unit.DAY, 0, Base.EITHER), j + 1
                return None
            if word == "same" and self.words[i - 1] != "the" and self.words[i - 1] != "that":
                return None
            return Relative(unit[1], 0, Base.EITHER), j + 1
        if word not in WHICH:
            return None
        which, j = WHICH[word], i + 1
        if word == "this" and self.words[j] in ("past", "coming", "last", "next"):
            which, j = WHICH[self.words[j]], j + 1
        if few := self._few(i):
            return few
        if weekday := self.t.weekday(j):
            if len(self.words[j]) <= 3 and self.words[weekday[1] - 1] != ".":
                return None
            return Weekday(weekday[0], which), weekday[1]
        if (month := self.t.month(j)) and (self.t.capital(j)):
            if day := self._day_number(month[1]):
                return OfYear(Unit.DAY, month[0], day[0], which=which), day[1]
            return OfYear(Unit.MONTH, month[0], which=which), month[1]
        if self.words[j] in SEASONS:
            return OfYear(Unit.SEASON, SEASONS[self.words[j]], which=which), j + 1
        if (
            self.words[j] in DAY_PARTS
            and word in ("this", "last", "next", "following", "previous")
            and self.words[j] != "night"
        ):
            offset = {"this": 0, "last": -1, "next": 1, "following": 1, "previous": -1}[word]
            return Relative(Unit.DAY, offset, Base.EITHER if definite else Base.REFERENCE), j + 1
        if (
            self.words[j] in _HOLIDAY_STARTS
            and (holiday := self._holiday(j))
            and isinstance(holiday[0], (OfYear, Easter))
        ):
            return replace(holiday[0], which=which), holiday[1]
        if self.words[j] == "fiscal" and self.words[j + 1] == "year":
            return Roughly(Relative(Unit.YEAR, {Which.LAST: -1, Which.THIS: 0}.get(which, 1))), j + 2
        if self.words[j] == "calendar" and self.words[j + 1] == "year":
            j += 1
        unit = UNITS.get(self.words[j])
        if unit is None or self.words[j] in ("hour", "hours", "minute", "minutes", "season"):
            return None
        if self.words[j].endswith("s"):
            if which is Which.THIS:
                return None
            if word in ("past", "last", "previous", "coming", "next", "following"):
                return Stretch(None, forward=which is not Which.LAST), j + 1
            return None
        offset = {Which.LAST: -1, Which.THIS: 0, Which.NEXT: 1, Which.COMING: 1}[which]
        if self.words[j] == "night":
            return Relative(Unit.DAY, offset), j + 1
        if self.words[j] == "weekend":
            return Weekend(which), j + 1
        if definite and word in ("past", "last"):
            return Stretch(unit[0], unit[1], forward=False), j + 1
        if definite and word == "coming" and unit[1] is not Unit.DAY:
            return Stretch(unit[0], unit[1]), j + 1
        base = Base.EITHER if definite or word in ("following", "previous") else Base.REFERENCE
        return Relative(unit[1], offset * unit[0], base), j + 1

    def _few(self, i: int) -> Found | None:
        """(the) last three weeks, past few days, next two years, coming weeks, recent months."""
        word = self.words[i]
        if word == "recent" and self.words[i + 1] in UNITS:
            return Stretch(None, forward=False), i + 2
        if word not in ("last", "past", "previous", "next", "coming", "following", "upcoming", "preceding"):
            return None
        forward = word in ("next", "coming", "following", "upcoming")
        j = i + 1
        if self.words[j] in ("few", "several", "couple") or self.words[j : j + 2] == ["couple", "of"]:
            k = j + (2 if self.words[j + 1] == "of" else 1)
            return (Stretch(None, forward=forward), k + 1) if self.words[k] in UNITS else None
        if self.words[j] not in ("a", "an") and (counted := self._counted_units(j)) and counted[0] is not None:
            return Stretch(counted[0], counted[1], forward), counted[2]
        if self.words[j] in UNITS and self.words[j].endswith("s"):
            return Stretch(None, forward=forward), j + 1
        return None

    def _counted_units(self, i: int) -> tuple[float | None, Unit, int, bool] | None:
        """ "Two weeks", "a year and a half", "2½ months", "days": how many, of what, where it stops, roughly or not."""
        j = i
        rough = False
        while self.words[j] in (
            "about",
            "around",
            "roughly",
            "nearly",
            "almost",
            "just",
            "some",
            "approximately",
            "over",
            "only",
            "barely",
            "less",
            "more",
            "than",
        ):
            rough, j = True, j + 1
        if self.words[j] in UNITS:
            if not self.words[j].endswith("s") or i != j:
                return None
            return None, UNITS[self.words[j]][1], j + 1, True
        amount = self.t.amount(j)
        if amount is None:
            return None
        value, k, vague = amount
        if self.t.dash(k) and self.t.glued(k) and self.words[k + 1] in UNITS:
            k += 1
        elif self.words[k : k + 3] == ["and", "a", "half"] and self.words[k + 3] in UNITS:
            value, k = value + 0.5, k + 3
        if self.words[k] in ("or", "to") and (more := self.t.amount(k + 1)) and self.words[more[1]] in UNITS:
            value, k, vague = more[0], more[1], True
        if self.words[k] not in UNITS:
            return None
        scale, unit = UNITS[self.words[k]]
        k += 1
        if self.words[k : k + 3] == ["and", "a", "half"]:
            value, k = value + 0.5, k + 3
        return value * scale, unit, k, rough or vague

    def _ago(self, i: int) -> Found | None:
        """Three days ago, a week later, two months before the war, days earlier, two weeks from now."""
        counted = self._counted_units(i)
        if counted is None:
            return None
        amount, unit, j, rough = counted
        word = self.words[j]
        if word == "ago":
            return Offset(amount, unit, Base.REFERENCE, rough, forward=False), j + 1
        if word == "from" and self.words[j + 1] in ("now", "today", "tomorrow"):
            return Offset(amount, unit, Base.REFERENCE, rough), j + 2
        if word == "hence":
            return Offset(amount, unit, Base.REFERENCE, rough), j + 1
        if (word in _AHEAD and word != "on") or word in _BACK:
            forward = word in _AHEAD
            inner = self.calendar(j + 1, True) if word in ("after", "before") else None
            if inner and not isinstance(inner[0], (Stretch, Now)):
                return Offset(amount, unit, inner[0], rough, forward), inner[1]
            if (word == "later" and self.words[j + 1] == "than") or (word == "earlier" and self.words[j + 1] == "than"):
                return None
            return Offset(amount, unit, Base.ANCHOR, rough, forward), j + 1
        return None

    def _hence(self, i: int) -> Found | None:
        """(in) two weeks, (in) five days' time."""
        counted = self._counted_units(i)
        if counted is None or counted[0] is None:
            return None
        amount, unit, j, rough = counted
        if (
            self.words[j] in ("ago", "later", "earlier", "before", "after", "of", "from", "-")
            or self.words[j - 2] in "-–"
        ):
            return None
        if self.words[j] in ("'", "’"):
            j += 1 + (self.words[j + 1] == "s")
            if self.words[j] != "time":
                return None
            j += 1
        return Hence(amount, unit, rough), j

    def _within(self, i: int) -> Found | None:
        """(within) five weeks, (within) the next five weeks; of an event ("a week of the vote"), nothing."""
        if counted := self._counted_units(i):
            if self.words[counted[2]] in ("of", "after", "-"):
                return None
            amount, unit, j, _ = counted
            return Stretch(amount, unit), j
        return None

    def _units_end(self, i: int) -> Found | None:
        """Year's end, year-end, month's end."""
        unit = UNITS[self.words[i]][1]
        if unit not in (Unit.YEAR, Unit.MONTH, Unit.WEEK, Unit.QUARTER, Unit.DECADE, Unit.CENTURY):
            return None
        j = i + 1
        if self.words[j] in ("'", "’") and self.words[j + 1] == "s" and self.words[j + 2] in ("end", "close"):
            return PartOf(Part.END, Relative(unit)), j + 3
        if self.t.dash(j) and self.t.glued(j) and self.words[j + 1] == "end":
            return PartOf(Part.END, Relative(unit)), j + 2
        return None

    # ------------------------------------------------------------ the clock

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

    # ------------------------------------------------------------ durations and sets

    def _duration(self, i: int) -> Found | None:
        """Two hours, a two-week, 24-year-old; "for weeks" only after a preposition."""
        counted = self._counted_units(i)
        if counted is None:
            return None
        amount, unit, j, _ = counted
        if unit is Unit.QUARTER:
            return None
        if amount is None and not (i and self.words[i - 1] in ("for", "in", "over", "during", "within", "after")):
            return None
        if self.words[i] in ("a", "an") and self.words[j] in ("before", "after"):
            return None
        if self.words[j : j + 2] == ["-", "old"] or self.words[j : j + 2] == ["-", "long"]:
            j += 2
        elif self.words[j] == "old":
            j += 1
        return Unplaced(amount, unit), j

    def _set(self, i: int) -> int | None:
        """Every Friday, each year, daily, Mondays: where it stops."""
        word = self.words[i]
        if word in SETS:
            return i + 1
        if word in ("every", "each"):
            j = i + 1
            if self.words[j] in ("other", "few", "single"):
                j += 1
            elif (amount := self.t.amount(j)) and self.words[amount[1]] in UNITS:
                j = amount[1]
            if self.words[j] in UNITS or self.words[j] in DAY_PARTS or self.words[j] in SEASONS:
                return j + 1
            weekday = self.t.weekday(j) or self.t.month(j)
            return weekday[1] if weekday else None
        if word == "per" and self.words[i + 1] in UNITS:
            return i + 2
        return None


def _vague(direction: int) -> Description:
    return Now() if direction == 0 else Stretch(None, forward=direction > 0)


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


def _same_month_as(described: Description, day: int) -> Description | None:
    """The given day of the month of another day."""
    match described:
        case OfYear(Unit.DAY) if 1 <= day <= 31:
            return replace(described, day=day)
        case Fixed(interval) if (
            interval.precision == "day" and interval.earliest and interval.earliest == interval.latest
        ):
            return _dated(interval.earliest.year, interval.earliest.month, day)
    return None
