"""The grammar of English time expressions: tokens to descriptions.

`Grammar.expression` is the whole: a calendar phrase with the prepositions that bound it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from quoth.read.calendar import Unit
from quoth.read.dates import (
    Around,
    Base,
    Between,
    Bound,
    Bounded,
    Description,
    Fixed,
    Offset,
    OfYear,
    Relative,
    Rest,
    Roughly,
    Stretch,
    TimeKind,
    Unplaced,
    Weekend,
)
from quoth.read.english.quantities.numerals import ONES, ORDINALS, TENS
from quoth.read.english.times.clock import Found
from quoth.read.english.times.dates import dated, year_of
from quoth.read.english.times.periods import DECADES, HOLIDAY_STARTS
from quoth.read.english.times.relative import RelativePhrases, vague
from quoth.read.english.times.words import (
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
    phrases,
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens [first, stop) state `description`; its prepositions stand before `core`."""

    first: int
    core: int
    stop: int
    kind: TimeKind
    description: Description


VAGUE_PHRASES = phrases("vague_phrases")
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
    ("by", "the", "close", "of", "business"): Bound.BY,
    ("by", "close", "of", "business"): Bound.BY,
    ("by", "the", "end", "of", "the", "day"): Bound.BY,
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
_LIMITS: dict[tuple[str, ...], Bound] = {("at", "the", "latest"): Bound.BY, ("at", "the", "earliest"): Bound.SINCE}
_AMOUNT_LEADS = frozenset({"more", "less", "nearly", "almost", "just", "only", "barely"})
_JOINTS = frozenset({"to", "through", "thru", "or"})
_ROUGH = frozenset({"around", "about", "circa", "c", "approximately", "roughly"})
_PREFIXES: dict[str, list[tuple[tuple[str, ...], Bound | None]]] = {}
for _words, _bound in [*_BOUNDS.items(), *((w, None) for w in _PLAIN)]:
    _PREFIXES.setdefault(_words[0], []).append((_words, _bound))
for _rows in _PREFIXES.values():
    _rows.sort(key=lambda row: -len(row[0]))

TRIGGERS = frozenset(
    {
        *MONTHS, *WEEKDAYS, *SEASONS, *UNITS, *DAYS, *VAGUE, *SETS, *HOLIDAY_STARTS, "noon", "midnight", "overnight",
        "morning", "evening", "afternoon", "future", "moment", "present", "time", "past", "date", "far", "half",
        "fiscal", "nineties", "eighties", "seventies", "sixties", "fifties", "forties", "thirties", "twenties",
        "am", "pm", "oclock", "then",
    }
)  # fmt: skip
STARTS = TRIGGERS | frozenset(
    {
        *_PREFIXES, *_VAGUE_STARTS, *ONES, *TENS, *ORDINALS, *WHICH, *PARTS, *DECADES, "the", "a", "an", "several",
        "half", "some", "many", "that", "same", "earlier", "later", "final", "q", "h", "fy", "every", "each", "per",
        "nearly", "almost", "just", "only", "barely", "less", "more", "recent", "preceding", "midday", "'", "’", "‘",
        "between", "within", "either",
    }
)  # fmt: skip
"""The words, besides digits, with which an expression can begin."""


class Grammar(RelativePhrases):
    """The productions over one text's tokens."""

    def expression(self, i: int) -> Phrase | None:
        """The time expression at token `i`, if one begins there."""
        phrase = self._led(i)
        if phrase is None or phrase.kind is not TimeKind.CALENDAR:
            return phrase
        end = phrase.stop + (self.words[phrase.stop] == ",")
        bound = _LIMITS.get(tuple(self.words[end : end + 3]))
        if bound is None:
            return phrase
        inner = phrase.description.of if isinstance(phrase.description, Bounded) else phrase.description
        return replace(phrase, stop=end + 3, description=Bounded(bound, inner))

    def _led(self, i: int) -> Phrase | None:
        """A time with the prepositions before it."""
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
                    return Phrase(i, i, i + len(key), TimeKind.CALENDAR, vague(direction))
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
        if self.words[start : start + 2] == ["at", "least"]:
            start += 2
        elif self.words[start] in ("about", "around", "roughly", "at", "on", "in"):
            start += 1
        if self.words[start] == "then" and bound is not Bound.AFTER:
            then = Bounded(bound, Relative(Unit.DAY, 0, Base.ANCHOR))
            return Phrase(first, start, start + 1, TimeKind.CALENDAR, then)
        found = self.joined(start, True) or self._clock(start, loose=True)
        if found is None and self.words[start] == "the" and (year := self.t.year(start + 1)):
            # before the 2026 vote: some time up to the end of that year
            described = Bounded(bound if bound in (Bound.BY, Bound.SINCE) else _WITHIN[bound], year_of(year[0]))
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
            first = (year_of(year[0]), year[1])
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
        j = i + (self.words[i] in ("the", "either"))
        low = self._day_number(j)
        if low and (self.words[low[1]] in ("to", "and", "or") or self.t.dash(low[1])):
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
        if (self.t.dash(j) and (self.t.glued(j) or self.words[j] != "—")) or self.words[j] in _JOINTS:
            last = self.calendar(j + 1, True) or self._same_month(described, j + 1)
            if last and (self.words[j] != "or" or type(last[0]) is type(described) or _is_dated(last[0])):
                return self._with_year(Between(described, last[0]), last[1])
        if self.t.glued(j) and (self.t.dash(j) or self.words[j] == "/"):
            return self._short_year(described, j) or (described, j)
        return described, j

    def _short_year(self, described: Description, j: int) -> Found | None:
        """The "15" of "2014-15" and "2014/15"."""
        if not (isinstance(described, Fixed) and self.t.is_digits(j + 1) and len(self.words[j + 1]) == 2):
            return None
        year, short = described.interval.earliest, int(self.words[j + 1])
        if year is None or described.interval.precision != "year" or short <= year.year % 100:
            return None
        return Between(described, year_of(year.year // 100 * 100 + short)), j + 2

    def _with_year(self, description: Description, j: int) -> Found:
        """A year after a range: "May 5-7, 2025"."""
        if not isinstance(description, Between) or not isinstance(description.last, OfYear) or description.last.year:
            return description, j
        k = j + (self.words[j] == ",")
        year = self.t.year(k)
        if year is None:
            return description, j
        return Between(description.first, replace(description.last, year=year_of(year[0]))), year[1]

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
        if word in HOLIDAY_STARTS:
            found.append(self._holiday)
        if word in DAYS or word in VAGUE or word in ("overnight", "noon", "midnight"):
            found.append(self._one_word)
        if word in PARTS or word in ("earlier", "later"):
            found.append(self._part)
        if word in WHICH or word in ("that", "same"):
            found.append(self._which)
        if word == "recent":
            found.append(self._few)
        if word in SEASONS:
            found.append(self._season)
        if word in ("q", "h", "fy", "fiscal"):
            found.append(self._numbered_quarter)
        if word in UNITS:
            found += [self._ago, self._units_end]
        if word == "day" and self.words[i + 1 : i + 3] in (["after", "tomorrow"], ["before", "yesterday"]):
            found.append(lambda at: self._the(at - 1))
        if word in DECADES:
            found.append(self._decade_word)
        if word == "the":
            found += [self._the, self._day_month, self._nth, self._century]
        if word in ("a", "an", "several", "half", "some", "many") or word in _AMOUNT_LEADS:
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
        if word in UNITS and word.endswith("s") and (words[j + 1] == "ahead" or words[j + 1 : j + 3] == ["to", "come"]):
            return Stretch(None), j + (2 if words[j + 1] == "ahead" else 3)
        if word in ("rest", "remainder") and words[j + 1] == "of" and (inner := self._inside(j + 1)):
            return Rest(inner[0], left=True), inner[1]
        if word in DAY_PARTS and words[j + 1] == "of" and (inner := self.calendar(j + 2) or self._day_alone(j + 2)):
            return inner
        if word in ("then", "now"):
            return None
        found = [self._which(j) if word == "same" else None]
        if word in WHICH:
            found.append(self._which(j, definite=True))
        if word in PARTS:
            found.append(self._part(j))
        if word in SEASONS:
            found.append(self._season(j))
        if word in HOLIDAY_STARTS:
            found.append(self._holiday(j))
        if word in DECADES:
            found.append(self._decade_word(j))
        if self.t.is_digits(j):
            found.append(self._decade(j))
        if word in ("first", "second", "third", "fourth", "final", "last"):
            found.append(self._half_or_quarter(j))
        found += [self._few(j)]
        return max((f for f in found if f), key=lambda f: f[1], default=None)


def _same_month_as(described: Description, day: int) -> Description | None:
    """The given day of the month of another day."""
    match described:
        case OfYear(Unit.DAY) if 1 <= day <= 31:
            return replace(described, day=day)
        case Fixed(interval) if (
            interval.precision == "day" and interval.earliest and interval.earliest == interval.latest
        ):
            return dated(interval.earliest.year, interval.earliest.month, day)
    return None


def _is_dated(described: Description) -> bool:
    """Whether it is a plain date or month, with or without its year: "June or July 2026"."""
    return isinstance(described, (Fixed, OfYear))
