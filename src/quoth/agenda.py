"""A user's `case.toml`: the questions that an analyst asks of a case.

    [[ask]]
    ask = "How many systems will be delivered?"
    slot = "quantity"
    event = { predicate = "deliver", theme = "Oreshnik", place = "Belarus", agent = "Russia" }

`ask`, `slot` and `event` are needed, and of the event a predicate or a theme.  `unit` ("people") and `counted`
("wounded") narrow what is counted.  The table [topics] beside them is read by `quoth.topics`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from quoth.declared import check_fields, tables, words
from quoth.errors import QuothError
from quoth.model import Ask, Slot

FILE_NAME = "case.toml"
"""What the file beside a case is called."""

_FIELDS = ("ask", "slot", "event", "unit", "counted")
_EVENT = ("predicate", "theme", "place", "agent")


class BadAgenda(QuothError):
    """A `case.toml` that cannot be read, or asks what cannot be asked."""

    code = "Q103"


def read_agenda(path: Path) -> tuple[Ask, ...]:
    """The questions that the file asks, in its order.  Raises BadAgenda with the file, the ask and the field."""
    found: dict[Ask, str] = {}
    for table, where in tables(path, "ask", _FIELDS, BadAgenda, beside=("topics",)):
        ask = _ask(table, where)
        if ask in found:
            raise BadAgenda(f"asks what {found[ask].rpartition(', ')[2]} asks", where=where, remedy="take one away")
        found[ask] = where
    return tuple(found)


def _ask(table: dict[str, Any], where: str) -> Ask:
    text = words(table.get("ask"), "ask", where, BadAgenda)
    slot = table.get("slot")
    if slot not in [s.value for s in Slot]:
        raise BadAgenda(f"slot is {slot!r}", where=where, remedy=f"it may be {', '.join(Slot)}")
    event = table.get("event")
    if not isinstance(event, dict):
        raise BadAgenda("has no event", where=where, remedy='write: event = { predicate = "deliver", theme = "boats" }')
    check_fields(event, _EVENT, f"{where}, event", BadAgenda)
    named = {field: words(event[field], f"event.{field}", where, BadAgenda) for field in _EVENT if field in event}
    if not named.keys() & {"predicate", "theme"}:
        raise BadAgenda("event has neither predicate nor theme", where=where, remedy="give one of them, or both")
    counts = {field: words(table[field], field, where, BadAgenda) for field in ("unit", "counted") if field in table}
    if counts and slot != Slot.QUANTITY:
        raise BadAgenda(f"{next(iter(counts))} is for a quantity, and slot is {slot!r}", where=where)
    return Ask(text=text, slot=Slot(slot), **_countries(named), **named, **counts)


def _countries(named: dict[str, str]) -> dict[str, str | None]:
    """The codes of the countries that the place and the agent are, if they are any."""
    from quoth.read.countries import capital_country, country_of

    place, agent = named.get("place"), named.get("agent")
    return {
        "place_country": country_of(place) if place else None,
        "agent_country": (country_of(agent) or capital_country(agent)) if agent else None,
    }
