"""An event as it was read, in one line: what, who, to whom, where, when, how many, and whether it is so."""

from __future__ import annotations

from quoth.model import Act, Agent, Event, Factuality, Phase, Place, Polarity, Quantity, Statement, When
from quoth.present import words


def event_line(event: Event, statement: Statement) -> str:
    """`transfer (“delivered”): who Norland · what Heron ferries · where Estra · when by 31 December 2032`."""
    told = [f"{role} {value}" for role, value in event_roles(event)]
    if event.polarity is Polarity.NEGATIVE:
        told.append("said not to be so")
    takes_stand = statement.act is not Act.DENY and statement.factuality is not Factuality.UNKNOWN
    if takes_stand and event.factuality is not statement.factuality:
        told.append(words.CERTAINTY[event.factuality])
    return f"{event.predicate} (“{event.trigger.text}”)" + (": " if told else "") + " · ".join(told)


def event_roles(event: Event) -> tuple[tuple[str, str], ...]:
    """Who, what, where, when … of an event, each with its role, where it was read."""
    roles = (
        ("who", _named(event.agent)),
        ("what", _named(event.theme)),
        ("to whom", _named(event.recipient)),
        ("with what", _named(event.instrument)),
        ("where", _named(event.place)),
        ("when", _time(event.time)),
        ("how many", _number(event.quantity)),
        ("stage", "" if event.phase is Phase.WHOLE else event.phase.value),
    )
    return tuple((role, value) for role, value in roles if value)


def _named(role: Agent | Place | None) -> str:
    if role is None:
        return ""
    return role.name if not role.text or role.text == role.name else f"{role.name} (“{role.text}”)"


def _time(when: When | None) -> str:
    if when is None:
        return ""
    if when.earliest is None and when.latest is None:
        return f"“{when.text}”, day not known"
    about = "about " if when.approximate else ""
    told = words.spelled((when.earliest, when.latest), when.text or "")
    return f"{about}{told or when.text}" + (f" (“{when.text}”)" if told and when.text else "")


def _number(quantity: Quantity | None) -> str:
    if quantity is None:
        return ""
    about = "about " if quantity.approximate else ""
    told = f"{about}{words.number_range(quantity.min, quantity.max)}"
    per = f"per {quantity.per}" if quantity.per else ""
    of = " ".join(part for part in (quantity.unit or "", quantity.counted or "", per) if part)
    how = "" if quantity.counting.value == "total" else f", {quantity.counting.value}"
    return f"{told}{f' {of}' if of else ''} (“{quantity.text}”{how})"
