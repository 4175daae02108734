"""The words of reasons: a value as it was put, and who put it."""

from __future__ import annotations

from quoth.compare.intervals import days
from quoth.compare.matching import Answer
from quoth.compare.values import Behind
from quoth.model import Slot


def shown(answer: Answer, slot: Slot, behind: Behind) -> str:
    """The value in its own words, with who gives it: '"by the end of 2025" (Alexander Volfovich)'."""
    who = behind.voices.get(answer.id, "the article")
    return f"{value_text(answer, slot)} ({who})"


def value_text(answer: Answer, slot: Slot) -> str:
    event = answer.matched.claim.event
    match slot:
        case Slot.TIME:
            return f"“{event.time.text or range_text(days(event.time))}”" if event.time else "no time"
        case Slot.QUANTITY:
            return f"“{event.quantity.text}”" if event.quantity else f"“{event.trigger.text}”"
        case Slot.PLACE:
            return f"“{event.place.name}”" if event.place else "no place"
        case Slot.AGENT:
            agent = answer.matched.claim.agent
            return f"“{agent.name}”" if agent else "nobody"
        case Slot.POLARITY:
            return "no" if answer.matched.claim.negative else "yes"


def range_text(span: tuple[object, object] | None) -> str:
    return "unknown" if span is None else f"{span[0] or '…'} to {span[1] or '…'}"
