"""Times relative to a clock in English, durations and sets."""

from __future__ import annotations

from dataclasses import replace

from quoth.read.calendar import Part, Unit
from quoth.read.dates import (
    Base,
    Description,
    Easter,
    Hence,
    Now,
    Offset,
    OfYear,
    Overnight,
    PartOf,
    Relative,
    Roughly,
    Stretch,
    Unplaced,
    Weekday,
    Weekend,
    Which,
)
from quoth.read.english.times.clock import Found
from quoth.read.english.times.periods import HOLIDAY_STARTS, PeriodPhrases
from quoth.read.english.times.words import DAY_PARTS, DAYS, SEASONS, SETS, UNITS, VAGUE, WHICH

_AHEAD = frozenset({"later", "after", "afterwards", "afterward", "on", "hence"})
_BACK = frozenset({"earlier", "before", "previously"})


class RelativePhrases(PeriodPhrases):
    """What leans on a clock: yesterday, last week, three days ago, two weeks later; durations and sets."""

    def _one_word(self, i: int) -> Found | None:
        word = self.words[i]
        if word == "today" and i and self.words[i - 1] == "usa":
            return None
        if word == "overnight":
            ended = self.calendar(i + 2) if self.words[i + 1] in ("into", "to", "on") else None
            return (Overnight(ended[0]), ended[1]) if ended else (Overnight(), i + 1)
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
            return vague(VAGUE[word]), i + 1
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
            self.words[j] in HOLIDAY_STARTS
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
        ahead = word == "next" and i > 1 and self.words[i - 2] in ("over", "in", "within", "during")
        if definite and ahead:
            return Stretch(unit[0], unit[1]), j + 1
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
        _, unit, j, rough = counted
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
        return Hence(counted[0], unit, rough, self._least(i, j)), j

    def _least(self, i: int, stop: int) -> float | None:
        """The low end of a range of units in [i, stop): the two of "two to three weeks"."""
        low = self.t.amount(i)
        if low is None or self.words[low[1]] not in ("to", "or"):
            return None
        return next((low[0] * UNITS[word][0] for word in self.words[low[1] : stop] if word in UNITS), None)

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


def vague(direction: int) -> Description:
    return Now() if direction == 0 else Stretch(None, forward=direction > 0)
