"""The form in which a reading is corrected: filled with what was read, and back to what should read otherwise."""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from quoth.corrections import (
    BadCorrection,
    Correction,
    corrected,
    days_as_written,
    days_from,
    numbers_as_written,
    numbers_from,
)
from quoth.model import Act, AgentKind, Event, Factuality, Statement, When

LONGEST = 300
"""Characters that a field takes."""

OF_STATEMENT = ("source", "source_kind", "source_country", "act", "factuality", "said")
OF_EVENT = ("time", "quantity", "unit", "place")


def filled(statement: Statement) -> dict[str, str]:
    """Each field of the form as it stands; those of the second event are called `time-2` and so on."""
    source = statement.source
    found = {
        "source": source.name,
        "source_kind": source.kind.value if source.kind else "",
        "source_country": source.country or "",
        "act": statement.act.value,
        "factuality": statement.factuality.value,
        "said": _days(statement.said),
    }
    for number, event in enumerate(statement.events, 1):
        found |= {f"{name}-{number}": value for name, value in _event(event).items()}
    return found


def _event(event: Event) -> dict[str, str]:
    quantity = event.quantity
    return {
        "time": _days(event.time),
        "quantity": numbers_as_written(quantity.min, quantity.max).replace("none", "") if quantity else "",
        "unit": (quantity and quantity.unit) or "",
        "place": event.place.name if event.place else "",
    }


def _days(when: When | None) -> str:
    known = when is not None and (when.earliest or when.latest)
    return days_as_written(when.earliest, when.latest) if known and when else ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person wrote: the corrections it comes to, or what is wrong, by field ("" where of no single one)."""

    values: Mapping[str, str]
    corrections: tuple[Correction, ...] = ()
    errors: Mapping[str, str] | None = None


def asked(statement: Statement, form: Mapping[str, str], *, by: str) -> Asked:
    """What the form, as it was sent, corrects in the statement: one correction, or one for each event of several.

    A field that is not sent, or stands as it was, is left as it is; one that was emptied takes a day, number or place
    away.
    """
    before = filled(statement)
    values = {name: " ".join(form.get(name, old).split()) for name, old in before.items()}
    changed = {name: value for name, value in values.items() if value != " ".join(before[name].split())}
    for number in range(1, len(statement.events) + 1):
        if changed.get(f"quantity-{number}") in ("", "none"):
            changed.pop(f"unit-{number}", None)  # it goes with its number
    errors = {name: f"that is longer than {LONGEST} characters" for name in changed if len(values[name]) > LONGEST}
    meant: dict[str, Any] = {}
    for name in changed.keys() - errors.keys():
        try:
            meant[name] = _READ[name.partition("-")[0]](changed[name])
        except BadCorrection as error:
            errors[name] = f"{error.what}; {error.remedy}" if error.remedy else error.what
    if errors:
        return Asked(values, errors=errors)
    corrections = _corrections(meant, len(statement.events))
    if not corrections:
        return Asked(values, errors={"": "nothing is changed: write into a field what it should be"})
    try:
        reading = statement
        for correction in corrections:
            reading = corrected(reading, correction, by=by)
    except BadCorrection as error:
        return Asked(values, errors={"": str(error)})
    return Asked(values, corrections)


def _corrections(meant: Mapping[str, Any], events: int) -> tuple[Correction, ...]:
    """One for the statement and the first event that is corrected, and one for each further event."""
    own = {name: meant[name] for name in OF_STATEMENT if name in meant}
    found = []
    for number in range(1, events + 1):
        fields = {name: meant[f"{name}-{number}"] for name in OF_EVENT if f"{name}-{number}" in meant}
        if fields:
            found.append(Correction(event=number, **fields))
    if not own:
        return tuple(found)
    first, *more = found or [Correction()]
    return replace(first, **own), *more


def fields_of(correction: Correction) -> dict[str, Any]:
    """As `Case.review` takes it."""
    return {name: getattr(correction, name) for name in (*OF_STATEMENT, "event", *OF_EVENT)}


def _some(words: str) -> str:
    if not words:
        raise BadCorrection("a source has a name", remedy="where nobody says it, reject the statement")
    return words


def _country(words: str) -> str:
    if len(words) != 2 or not (words.isascii() and words.isalpha()):
        raise BadCorrection(f"{words!r} is no code of a country", remedy="write two letters, as in BY")
    return words.upper()


def _unit(words: str) -> str:
    if not words:
        raise BadCorrection("a unit cannot be taken away alone", remedy="empty the number too")
    return words


def _one_of(enumeration: type[enum.StrEnum]) -> Callable[[str], enum.StrEnum]:
    def read(words: str) -> enum.StrEnum:
        try:
            return enumeration(words)
        except ValueError as error:
            raise BadCorrection(f"there is no {words!r}", remedy=f"one of: {', '.join(enumeration)}") from error

    return read


_READ: Mapping[str, Callable[[str], Any]] = {
    "source": _some,
    "source_kind": _one_of(AgentKind),
    "source_country": _country,
    "act": _one_of(Act),
    "factuality": _one_of(Factuality),
    "said": lambda words: days_from(words or "none"),
    "time": lambda words: days_from(words or "none"),
    "quantity": lambda words: numbers_from(words or "none"),
    "unit": _unit,
    "place": lambda words: "" if words == "none" else words,
}
