"""What bare numbers are of: "another six will leave" counts what was last counted before it in its document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from quoth.compare.names import noun_words
from quoth.compare.participants import is_bare_number, is_total
from quoth.compare.quantities import is_generic_person, is_money
from quoth.compare.tables import nominal_family, word_set
from quoth.model import Act, Event, Statement

_WITHHELD = re.compile(r"\bhow many ((?:[a-z][\w-]* )??[a-z][\w-]*s|people|men|women|children)\b")


def elided_nouns(statements: Iterable[Statement]) -> dict[Event, str]:
    """For every event of a document that counts or points without a noun, the noun phrase counted last before it."""
    found: dict[Event, str] = {}
    last: str | None = None
    for s in sorted(statements, key=lambda s: (s.content.hull.start, s.id)):
        for event in sorted(s.events, key=lambda e: e.trigger.hull.start):
            if _is_elliptic(event):
                if last is not None:
                    found[event] = last
                continue
            for phrase in _counted(event):
                last = phrase
            withheld = _WITHHELD.search(s.content.text) if s.act is Act.DECLINE else None
            if withheld is not None:
                found[event] = withheld.group(1)
    return found


def _is_elliptic(event: Event) -> bool:
    if event.quantity is not None and event.quantity.unit:
        return False
    if event.quantity is not None and event.theme is not None and is_total(event.theme.name):
        return True
    return any(p is not None and is_bare_number(p.name) for p in (event.theme, event.agent))


def _counted(event: Event) -> Iterator[str]:
    """The things that an event counts, or speaks of in the plural."""
    unit = event.quantity.unit if event.quantity else None
    if unit and _can_be_left_out(unit):
        yield unit


def _can_be_left_out(unit: str) -> bool:
    words = noun_words(unit)
    if not words or is_money(unit) or is_generic_person(unit):
        return False
    return words[-1] not in word_set("measures") and nominal_family(words[-1]) is None
