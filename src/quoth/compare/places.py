"""Which of a statement's places say that two events are one, or that they are two."""

from __future__ import annotations

from dataclasses import replace

from quoth.compare.tables import verb_in
from quoth.model import Event, Mention, Place, PlacePrecision, Statement


def with_places_that_match(statement: Statement) -> Statement:
    """The statement with those of its places alone that tell whether two events are one."""
    if all(map(_tells, statement.events)):
        return statement
    return replace(statement, events=tuple(e if _tells(e) else replace(e, place=None) for e in statement.events))


def _tells(event: Event) -> bool:
    """ "The cellar" of one report need not be that of another, and what a boat left is not where it then is."""
    if event.place is None:
        return True
    left = verb_in("departing", event.predicate) and _follows(event.place, event.trigger)
    return event.place.precision is not PlacePrecision.DESCRIBED and not left


def _follows(place: Place, trigger: Mention) -> bool:
    """Whether it stands right after the verb: "left Minsk", not "left for Minsk"."""
    return bool(place.spans) and bool(trigger.spans) and 0 <= place.spans[0].start - trigger.spans[-1].end <= 1
