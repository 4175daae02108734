"""Descriptions of calendar time, as words give them, and how they resolve against the clocks of a report.

A description is what was said ("Friday", "the end of the year"), free of any language; `on` sets it against a
`Clock` and gives an interval of days, or None where the clock lacks what the description leans on.
"""

from __future__ import annotations

import datetime
import enum
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from quoth.model import Precision
from quoth.read import calendar
from quoth.read.calendar import ONE_DAY, Interval, Part, Unit, containing, shift


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
class Clock:
    """The day of publication (or of saying), the way the verb looks, and the day of the event told of before."""

    reference: datetime.date | None
    tense: Tense
    anchor: datetime.date | None = None


class Description(Protocol):
    def on(self, clock: Clock) -> Interval | None: ...


class Which(enum.StrEnum):
    LAST = "last"
    THIS = "this"
    NEXT = "next"
    COMING = "coming"
    """The first one ahead: "this coming Friday"; NEXT Friday is the one of the week after."""


class Bound(enum.StrEnum):
    BY = "by"
    BEFORE = "before"
    SINCE = "since"
    AFTER = "after"


class Base(enum.StrEnum):
    """What an offset counts from: the reference day, the event before, or whichever of these is known."""

    REFERENCE = "reference"
    ANCHOR = "anchor"
    EITHER = "either"

    def of(self, clock: Clock) -> datetime.date | None:
        match self:
            case Base.REFERENCE:
                return clock.reference
            case Base.ANCHOR:
                return clock.anchor
            case Base.EITHER:
                return clock.anchor or clock.reference


PAST_SLACK, FUTURE_SLACK = 31, 7
"""Days by which a day without a year may lie on the wrong side of the reference day: "was set for June 17", "would",
time zones, late publication.  A report states the year of what lies eleven months back (AP Stylebook, "years")."""


def _occurrence(clock: Clock, which: Which | None, in_year: Callable[[int], Interval]) -> Interval | None:
    """Of what comes once a year, the one that is meant."""
    here = clock.reference
    if here is None:
        return in_year(clock.anchor.year) if clock.anchor and which is None else None
    near = []
    for number in range(max(1, here.year - 9), min(9999, here.year + 9)):
        try:
            near.append(in_year(number))
        except ValueError:  # 29 February outside a leap year
            continue
    ahead = [x for x in near if x.earliest and x.earliest > here]
    behind = [x for x in near if x.latest and x.latest < here]
    now = [x for x in near if x.earliest and x.latest and x.earliest <= here <= x.latest]
    if not (ahead and behind):  # a day that no year has, or the calendar's own ends
        return None
    match which:
        case Which.LAST:
            return behind[-1]
        case Which.NEXT | Which.COMING:
            return ahead[0]
        case Which.THIS:
            return next((x for x in near if x.earliest and x.earliest.year == here.year), None)
    if now:
        return now[0]
    until, passed = (ahead[0].earliest or here) - here, here - (behind[-1].latest or here)
    match clock.tense:
        case Tense.PAST:
            return ahead[0] if until.days <= PAST_SLACK and ahead[0].precision is Precision.DAY else behind[-1]
        case Tense.FUTURE:
            return behind[-1] if passed.days <= FUTURE_SLACK and ahead[0].precision is Precision.DAY else ahead[0]
        case Tense.PRESENT:
            return ahead[0] if until <= passed else behind[-1]


def _open_ended(day: datetime.date, forward: bool) -> Interval:
    return Interval(day if forward else None, None if forward else day, Precision.VAGUE)


@dataclass(frozen=True, slots=True)
class Fixed:
    """Days that are fully stated."""

    interval: Interval

    def on(self, clock: Clock) -> Interval | None:
        return self.interval


@dataclass(frozen=True, slots=True)
class OfYear:
    """A day (`number` its month), month, quarter, half or season of a year that may be unsaid."""

    unit: Unit
    number: int
    day: int | None = None
    year: Description | None = None
    which: Which | None = None

    def in_year(self, year: int) -> Interval:
        """Raises ValueError for a day that the year lacks."""
        if self.unit is Unit.DAY:
            date = datetime.date(year, self.number, self.day or 1)
            return calendar.days(date, date)
        return calendar.of_year(year, self.unit, self.number)

    def on(self, clock: Clock) -> Interval | None:
        if self.year is None:
            return _occurrence(clock, self.which, self.in_year)
        year = self.year.on(clock)
        if year is None or year.earliest is None:
            return None
        return replace(self.in_year(year.earliest.year), approximate=year.approximate)


@dataclass(frozen=True, slots=True)
class Easter:
    """Easter Sunday and the days counted from it."""

    offset: int = 0
    year: Description | None = None
    which: Which | None = None

    def in_year(self, year: int) -> Interval:
        day = calendar.easter(year) + ONE_DAY * self.offset
        return calendar.days(day, day)

    def on(self, clock: Clock) -> Interval | None:
        if self.year is None:
            return _occurrence(clock, self.which, self.in_year)
        year = self.year.on(clock)
        return self.in_year(year.earliest.year) if year and year.earliest else None


@dataclass(frozen=True, slots=True)
class Weekday:
    """Monday (0) to Sunday (6), of a week that was stated or of the one that is meant."""

    number: int
    which: Which | None = None
    week: Description | None = None

    def on(self, clock: Clock) -> Interval | None:
        if self.week is not None:
            week = self.week.on(clock)
            day = calendar.nth_weekday(1, self.number, week) if week else None
            return calendar.days(day, day) if day else None
        here = clock.reference
        if here is None:
            return None
        back = (here.weekday() - self.number) % 7
        match self.which:
            case Which.LAST:
                day = here - ONE_DAY * (back or 7)
            case Which.THIS:
                gone = self.number < here.weekday() and clock.tense is Tense.FUTURE
                day = here + ONE_DAY * (self.number - here.weekday() + 7 * gone)
            case Which.NEXT:
                day = here + ONE_DAY * (7 + self.number - here.weekday())
            case Which.COMING:
                day = here + ONE_DAY * (7 - back)
            case None:
                day = here + ONE_DAY * (-back % 7 if clock.tense is Tense.FUTURE else -back)
        return calendar.days(day, day)


@dataclass(frozen=True, slots=True)
class DayOfMonth:
    """ "The 15th", of a month that was stated or of the one that is meant."""

    day: int
    month: Description | None = None

    def on(self, clock: Clock) -> Interval | None:
        if self.month is not None:
            month = self.month.on(clock)
            first = month.earliest if month else None
            return calendar.days(d := first.replace(day=self.day), d) if first else None
        here = clock.reference
        if here is None:
            return None
        step = {Tense.PAST: -1, Tense.FUTURE: 1}.get(clock.tense, 0)
        for months in (0, step, 2 * step):
            first = shift(here.replace(day=1), months, Unit.MONTH)
            last = containing(first, Unit.MONTH).latest
            if last and self.day <= last.day:
                day = first.replace(day=self.day)
                if step == 0 or (day - here).days * step >= 0:
                    return calendar.days(day, day)
        return None


@dataclass(frozen=True, slots=True)
class Relative:
    """The day, week, month … so many before or after the present one: yesterday, this week, next year."""

    unit: Unit
    offset: int = 0
    base: Base = Base.REFERENCE

    def on(self, clock: Clock) -> Interval | None:
        here = self.base.of(clock)
        if here is None:
            return None
        if self.unit is Unit.CENTURY or self.unit is Unit.DECADE or self.unit is Unit.YEAR:
            here = here.replace(month=1, day=1)
        return containing(shift(here, self.offset, self.unit), self.unit)


@dataclass(frozen=True, slots=True)
class Weekend:
    """The weekend told of: the latest one begun by a past report, the coming one of a plan."""

    which: Which | None = None

    def on(self, clock: Clock) -> Interval | None:
        here = clock.reference
        if here is None:
            return None
        own = containing(here, Unit.WEEKEND)
        begun = own.earliest is not None and own.earliest <= here
        match self.which:
            case Which.LAST:
                weeks = -1
            case Which.NEXT:
                weeks = 1
            case Which.THIS | Which.COMING:
                weeks = 0
            case None:
                weeks = 0 if begun or clock.tense is Tense.FUTURE else -1
        return containing(shift(here, weeks, Unit.WEEK), Unit.WEEKEND)


@dataclass(frozen=True, slots=True)
class Offset:
    """So many units before (negative) or after a day: "three days ago", "two weeks later", "a day after Easter".

    Days count exactly; of weeks and longer the stretch around the day is meant.  An unsaid amount ("days later",
    "years ago") leaves one end open.
    """

    amount: float | None
    unit: Unit
    base: Base | Description = Base.REFERENCE
    approximate: bool = False
    forward: bool = True

    def on(self, clock: Clock) -> Interval | None:
        if isinstance(self.base, Base):
            here = self.base.of(clock)
            start = end = here
        else:
            whole = self.base.on(clock)
            start, end = (whole.earliest, whole.latest) if whole else (None, None)
        day = end if self.forward else start
        if day is None:
            return None
        if self.amount is None:
            return _open_ended(day, self.forward)
        there = shift(day, self.amount if self.forward else -self.amount, self.unit)
        return replace(containing(there, self.unit), approximate=self.approximate)


@dataclass(frozen=True, slots=True)
class Hence:
    """ "In two weeks": so far ahead for a plan; of what is past it is a duration, and no calendar time.

    `least`: where a range begins ("in two to three weeks").
    """

    amount: float
    unit: Unit
    approximate: bool = False
    least: float | None = None

    def on(self, clock: Clock) -> Interval | None:
        there = Offset(self.amount, self.unit, Base.REFERENCE, self.approximate).on(clock)
        if self.least is None or there is None:
            return there
        start = Offset(self.least, self.unit, Base.REFERENCE, self.approximate).on(clock)
        return calendar.from_to(start, there) if start else None


@dataclass(frozen=True, slots=True)
class Stretch:
    """From the reference day on ("within five weeks") or up to it ("over the past two years").

    Without an amount ("in the coming weeks", "recently", "soon") the far end is open and the precision vague.
    """

    amount: float | None
    unit: Unit | None = None
    forward: bool = True

    def on(self, clock: Clock) -> Interval | None:
        here = clock.reference
        if here is None:
            return None
        if self.amount is None or self.unit is None:
            if self.forward and clock.tense is Tense.PAST:  # "soon", of what is past, counts from the event before
                return _open_ended(clock.anchor, True) if clock.anchor else None
            return _open_ended(here, self.forward)
        there = shift(here, self.amount if self.forward else -self.amount, self.unit)
        return calendar.days(min(here, there), max(here, there), self.unit)


@dataclass(frozen=True, slots=True)
class Now:
    """ "Now", "currently": the reference day, vaguely."""

    def on(self, clock: Clock) -> Interval | None:
        here = clock.reference
        return Interval(here, here, Precision.VAGUE, approximate=True) if here else None


@dataclass(frozen=True, slots=True)
class PartOf:
    """Early, mid, late, start or end of a stretch."""

    part: Part
    of: Description

    def on(self, clock: Clock) -> Interval | None:
        whole = self.of.on(clock)
        return calendar.part_of(self.part, whole) if whole else None


@dataclass(frozen=True, slots=True)
class HalfOf:
    """The first (1) or second (2) half, by days, of a stretch that is no year: of May, of the 1990s."""

    number: int
    of: Description

    def on(self, clock: Clock) -> Interval | None:
        whole = self.of.on(clock)
        if whole is None or whole.earliest is None or whole.latest is None:
            return None
        middle = whole.earliest + (whole.latest - whole.earliest) // 2
        if self.number == 1:
            return replace(whole, latest=middle)
        return replace(whole, earliest=min(middle + ONE_DAY, whole.latest))


@dataclass(frozen=True, slots=True)
class Rest:
    """What is gone ("earlier this month") or left ("later this year") of a stretch around the clock's day."""

    of: Description
    left: bool
    base: Base = Base.REFERENCE

    def on(self, clock: Clock) -> Interval | None:
        whole, here = self.of.on(clock), self.base.of(clock)
        if whole is None or here is None or whole.earliest is None or whole.latest is None:
            return whole
        if not whole.earliest <= here <= whole.latest:
            return whole
        return replace(whole, earliest=here) if self.left else replace(whole, latest=here)


@dataclass(frozen=True, slots=True)
class Bounded:
    """By, before, since or after something; "by" and "before" the end of a stretch both mean its last day."""

    bound: Bound
    of: Description

    def on(self, clock: Clock) -> Interval | None:
        of = self.of
        if isinstance(of, PartOf) and of.part is Part.END and self.bound in (Bound.BY, Bound.BEFORE, Bound.AFTER):
            whole = of.of.on(clock)
            if whole is None:
                return None
            return calendar.after(whole) if self.bound is Bound.AFTER else calendar.up_to(whole)
        if self.bound is Bound.SINCE and clock.tense is not Tense.FUTURE:
            clock = replace(clock, tense=Tense.PAST)
        whole = of.on(clock)
        if whole is None:
            return None
        if whole.precision is Precision.MINUTE:  # the day itself may still hold it
            return calendar.up_to(whole) if self.bound in (Bound.BY, Bound.BEFORE) else calendar.since(whole)
        match self.bound:
            case Bound.BY | Bound.BEFORE if isinstance(of, PartOf) and of.part is Part.MID:  # "by mid-2025": its middle
                return calendar.up_to(calendar.middle_of(of.of.on(clock) or whole))
            case Bound.BY:
                return calendar.up_to(whole)
            case Bound.BEFORE:
                return calendar.before(whole)
            case Bound.SINCE:
                return calendar.since(whole)
            case Bound.AFTER:
                return calendar.after(whole)


@dataclass(frozen=True, slots=True)
class Between:
    """From the beginning of one to the end of the other.  A first end whose year is unsaid lies before the last."""

    first: Description
    last: Description

    def on(self, clock: Clock) -> Interval | None:
        first, last = self.first, self.last
        if isinstance(first, OfYear) and first.year is None:
            end = last.on(clock)
            if end is None or end.latest is None:
                return None
            start = _occurrence(Clock(end.latest, Tense.PAST), None, first.in_year)
        else:
            start = first.on(clock)
            if start is None or start.earliest is None:
                return None
            unsaid = (isinstance(last, OfYear) and last.year is None) or isinstance(last, Weekday)
            end = last.on(Clock(start.earliest, Tense.FUTURE) if unsaid else clock)
        return calendar.from_to(start, end) if start and end else None


@dataclass(frozen=True, slots=True)
class Nth:
    """The first, second … or last (-1) weekday, day, week, month … in a stretch."""

    number: int
    unit: Unit
    of: Description
    weekday: int | None = None

    def on(self, clock: Clock) -> Interval | None:
        whole = self.of.on(clock)
        if whole is None or whole.earliest is None or whole.latest is None:
            return None
        if self.weekday is not None:
            day = calendar.nth_weekday(self.number, self.weekday, whole)
            return calendar.days(day, day) if day else None
        if self.unit is Unit.WEEK:  # a week belongs to the stretch that its Thursday is in (ISO 8601)
            thursday = calendar.nth_weekday(self.number, 3, whole)
            return containing(thursday, Unit.WEEK) if thursday else None
        if self.number > 0:
            day = shift(whole.earliest, self.number - 1, self.unit)
        else:
            first = containing(whole.latest, self.unit).earliest or whole.latest
            day = shift(first, self.number + 1, self.unit)
        return containing(day, self.unit) if whole.earliest <= day <= whole.latest else None


@dataclass(frozen=True, slots=True)
class First:
    """The first or the last so many days, weeks … of a stretch: "the first two weeks of May"."""

    amount: int
    unit: Unit
    of: Description
    last: bool = False

    def on(self, clock: Clock) -> Interval | None:
        whole = self.of.on(clock)
        if whole is None or whole.earliest is None or whole.latest is None:
            return None
        if self.last:
            start = shift(whole.latest + ONE_DAY, -self.amount, self.unit)
            return calendar.days(max(whole.earliest, start), whole.latest, self.unit)
        return calendar.days(
            whole.earliest, min(whole.latest, shift(whole.earliest, self.amount, self.unit) - ONE_DAY), self.unit
        )


@dataclass(frozen=True, slots=True)
class Around:
    """The week of a day ("the week of May 5"), the night before it, and the like."""

    of: Description
    unit: Unit

    def on(self, clock: Clock) -> Interval | None:
        day = self.of.on(clock)
        return containing(day.earliest, self.unit) if day and day.earliest else None


@dataclass(frozen=True, slots=True)
class At:
    """A time of the clock on a day; on the reference day where none is stated.  Zones are not converted."""

    hour: int
    minute: int
    of: Description = Relative(Unit.DAY)

    def on(self, clock: Clock) -> Interval | None:
        day = self.of.on(clock)
        return replace(day, precision=Precision.MINUTE) if day else None


@dataclass(frozen=True, slots=True)
class Roughly:
    """The same, approximately: "around 2015", fiscal years (whose bounds differ by country)."""

    of: Description

    def on(self, clock: Clock) -> Interval | None:
        there = self.of.on(clock)
        return replace(there, approximate=True) if there else None


@dataclass(frozen=True, slots=True)
class Overnight:
    """The night that ends on a day: on the reference day where none is stated."""

    day: Description = Relative(Unit.DAY)

    def on(self, clock: Clock) -> Interval | None:
        end = self.day.on(clock)
        here = end.earliest if end else None
        return calendar.days(here - ONE_DAY, here) if here else None


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A stated time that no `datetime` can hold (before Christ), or a duration or set, which is no calendar time."""

    amount: float | None = None
    unit: Unit | None = None

    def on(self, clock: Clock) -> Interval | None:
        return None


def resolved(description: Description, clock: Clock) -> Interval | None:
    """`description.on(clock)`; None also where it leads outside the calendar (31 June, the year 12000)."""
    try:
        return description.on(clock)
    except (ValueError, OverflowError):
        return None
