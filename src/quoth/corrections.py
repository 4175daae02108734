"""A statement as a person corrects it: another reading of the same words."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass, fields, replace
from decimal import Decimal

from quoth.errors import QuothError
from quoth.evidence import identified
from quoth.model import (
    Act,
    AgentKind,
    DateRange,
    Event,
    Factuality,
    Number,
    NumberRange,
    Place,
    Polarity,
    Precision,
    Quantity,
    Statement,
    When,
)

PATTERN = "review"
"""The pattern of a statement as somebody corrected it; its confidence is 1."""


NONE = "none"
"""What a person writes to take a time, quantity or place away."""


class BadCorrection(QuothError):
    """A correction that cannot be made of a statement."""

    code = "Q402"


# ---------------------------------------------------------------- as a person writes it


def days_from(words: str) -> DateRange:
    """`2024-05-01`, `2024-05-01..2024-05-31`, `..2024-05-31`, `none`.  Raises BadCorrection."""
    written = words.strip()
    if written == NONE:
        return None, None
    first, dots, last = (part.strip() for part in written.partition(".."))
    try:
        ends = [datetime.date.fromisoformat(end) if end else None for end in (first, last if dots else first)]
    except ValueError:
        ends = []
    if not any(ends):
        how = "write 2024-05-01, 2024-05-01..2024-05-31, ..2024-05-31 or none"
        raise BadCorrection(f"{words!r} is no day and no interval of days", remedy=how)
    return ends[0], ends[1]


_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def numbers_from(words: str) -> NumberRange:
    """`12`, `10..15`, `10..`, `1.5`, `none`.  Raises BadCorrection."""
    written = words.strip()
    if written == NONE:
        return None, None
    first, dots, last = (part.strip() for part in written.partition(".."))
    ends = (first, last if dots else first)
    if not any(ends) or not all(_NUMBER.fullmatch(end) for end in ends if end):
        raise BadCorrection(f"{words!r} is no number and no range of numbers", remedy="write 12, 10..15, 10.. or none")
    try:
        low, high = (None if not end else float(end) if "." in end else int(end) for end in ends)
    except ValueError as error:  # more digits than Python makes a number of
        raise BadCorrection("that number is too long", remedy="write fewer digits") from error
    return low, high


def days_as_written(first: datetime.date | None, last: datetime.date | None) -> str:
    """As `days_from` reads it."""
    if first == last:
        return first.isoformat() if first else NONE
    return f"{first.isoformat() if first else ''}..{last.isoformat() if last else ''}"


def numbers_as_written(low: Number | None, high: Number | None) -> str:
    """As `numbers_from` reads it."""
    if low == high:
        return NONE if low is None else _written(low)
    return f"{'' if low is None else _written(low)}..{'' if high is None else _written(high)}"


def _written(number: Number) -> str:
    digits = format(Decimal(repr(number)), "f")
    return digits if isinstance(number, int) or "." in digits else f"{digits}.0"


# ---------------------------------------------------------------- what it should be


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What should read otherwise; None leaves a field as it is.

    `time`, `quantity`, `unit` and `place` belong to the event of that
    number, the main one being 1.  A range whose ends are both None takes the time or the quantity away, and so does ""
    for the place.  A place that is given has a name and no coordinates.
    """

    source: str | None = None
    source_kind: AgentKind | None = None
    source_country: str | None = None
    act: Act | None = None
    factuality: Factuality | None = None
    said: DateRange | None = None
    event: int = 1
    time: DateRange | None = None
    quantity: NumberRange | None = None
    unit: str | None = None
    place: str | None = None

    @property
    def is_empty(self) -> bool:
        return all(getattr(self, f.name) is None for f in fields(self) if f.name != "event")


def corrected(statement: Statement, correction: Correction, *, by: str) -> Statement:
    """The statement as `by` says it should read.  Raises BadCorrection when nothing is corrected, when there is no such
    event, and on ranges that are turned round."""
    if correction.is_empty:
        raise BadCorrection("nothing is corrected", remedy="say what it should be, as in: --act deny")
    try:
        return identified(_corrected(statement, correction, by))
    except ValueError as error:
        raise BadCorrection(str(error)) from error


def _corrected(statement: Statement, c: Correction, by: str) -> Statement:
    source = statement.source
    if c.source is not None:
        why = source.why if source.name == c.source else f"{by} corrected {source.name}"
        source = replace(source, name=c.source, why=why)
    source = replace(source, kind=c.source_kind or source.kind, country=c.source_country or source.country)
    events = list(statement.events)
    if any(value is not None for value in (c.time, c.quantity, c.unit, c.place)):
        if not 1 <= c.event <= len(events):
            has = f"it has {len(events)}" if events else "it has none"
            raise BadCorrection(f"there is no event {c.event}: {has}", remedy="`quoth show ID` lists them")
        events[c.event - 1] = _event(events[c.event - 1], c)
    if c.factuality is not None and events:
        polarity = c.factuality.polarity or Polarity.POSITIVE
        events[0] = replace(events[0], factuality=c.factuality, polarity=polarity)
    return replace(
        statement,
        id="",
        source=source,
        act=c.act or statement.act,
        factuality=c.factuality or statement.factuality,
        said=statement.said if c.said is None else _when(statement.said, c.said),
        events=tuple(events),
        pattern=PATTERN,
        confidence=1.0,
    )


def _event(event: Event, c: Correction) -> Event:
    if c.time is not None:
        event = replace(event, time=_when(event.time, c.time))
    if c.quantity == (None, None):
        event = replace(event, quantity=None)
    elif c.quantity is not None or c.unit is not None:
        quantity = event.quantity or Quantity(text="", spans=(), min=None, max=None)
        low, high = c.quantity or (quantity.min, quantity.max)
        event = replace(event, quantity=replace(quantity, min=low, max=high, unit=c.unit or quantity.unit))
    if c.place is not None:
        words = event.place or Place(name="", text="", spans=())
        place = Place(name=c.place, text=words.text, spans=words.spans)
        event = replace(event, place=place if c.place else None)
    return event


def _when(before: When | None, days: DateRange) -> When | None:
    """The interval, on the words that it was read from."""
    if days == (None, None):
        return None
    blank = When(earliest=None, latest=None)
    words = before or blank
    return replace(blank, earliest=days[0], latest=days[1], precision=precision_of(days), text=words.text,
                   spans=words.spans)  # fmt: skip


def precision_of(days: DateRange) -> Precision:
    """What an interval is exactly: a day, a calendar month, a year; else vague."""
    first, last = days
    if first is None or last is None:
        return Precision.DAY
    if first == last:
        return Precision.DAY
    if (first, last) == (datetime.date(first.year, 1, 1), datetime.date(first.year, 12, 31)):
        return Precision.YEAR
    whole = first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]
    return Precision.MONTH if whole and (first.year, first.month) == (last.year, last.month) else Precision.VAGUE
