"""Times, places and quantities that one event of a sentence hands to another: "could occur in 2025" dates it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from quoth.model import Polarity
from quoth.read.dates import Tense
from quoth.read.english.events import syntax
from quoth.read.english.events.frames import Frame
from quoth.read.english.events.predicates import Trait, class_of, has
from quoth.read.english.events.triggers import Sort
from quoth.read.english.lexicon import word_set
from quoth.read.english.parse import Parse

_WAITS = word_set("waits")
_PHASES = word_set("phases")
_OVER = word_set("over")
_TALLIES = word_set("tallies")
_SAME_TIME = frozenset({"when", "as", "while"})


def share(parse: Parse, frames: Sequence[Frame]) -> None:
    """Fill the times, places and quantities that a frame lacks from those it shares them with."""
    by_token = {f.at: f for f in frames}
    for frame in frames:
        _from_leader(parse, frame, by_token)
    for frame in reversed(frames):
        _from_above(frame, by_token)
    for frame in frames:
        _to_above(frame, by_token)
        _to_main_clause(frame, by_token)
        _from_cause(frame, by_token)
        _to_what_changed(frame, by_token)


def _class(frame: Frame) -> str:
    group = class_of(frame.trigger.predicate)
    return group.name if group is not None else ""


def _give(giver: Frame, taker: Frame) -> None:
    taker.time = taker.time or giver.time
    taker.place = taker.place or giver.place


def _from_leader(parse: Parse, frame: Frame, by_token: dict[int, Frame]) -> None:
    """ "On Monday, troops crossed the border and seized a town": a leading time holds for both verbs."""
    token = frame.trigger.token
    if frame.time is not None or token.dep_ != "conj" or frame.trigger.sort is not Sort.VERB:
        return
    lead = by_token.get(syntax.leader(token).i)
    if lead is None or lead.time is None or lead.trigger.sort is not Sort.VERB:
        return
    if lead.time.spans and lead.time.spans[0].start < parse.starts[lead.at]:
        frame.time = lead.time


def _from_above(frame: Frame, by_token: dict[int, Frame]) -> None:
    """ "is possible in May", "began in May", "is scheduled for May", "could occur in May"."""
    above = by_token.get(frame.above.i) if frame.above is not None else None
    if above is None:
        return
    if above.trigger.sort is Sort.STATE:
        _give(above, frame)
        copula = by_token.get(above.trigger.token.head.i)
        if copula is not None:
            _give(copula, frame)
    elif _class(above) not in _OVER and (
        _class(above) in _PHASES or (_class(above) in _WAITS and frame.trigger.sort is Sort.NOUN)
    ):
        _give(above, frame)


def _to_above(frame: Frame, by_token: dict[int, Frame]) -> None:
    """What occurs is when and where its occurring is; what is begun or planned is as many."""
    above = by_token.get(frame.above.i) if frame.above is not None else None
    if above is None:
        return
    if has(above.trigger.predicate, Trait.OCCUR):
        _give(frame, above)
    elif _class(above) in _PHASES or _class(above) == "plan":
        above.quantity = above.quantity or frame.quantity


def _to_main_clause(frame: Frame, by_token: dict[int, Frame]) -> None:
    """ "12 were killed and 30 injured when a bus crashed in Peru on Monday"."""
    token = frame.trigger.token
    if token.dep_ != "advcl" or not any(
        c.lower_ in _SAME_TIME and c.dep_ in {"advmod", "mark"} for c in token.children
    ):
        return
    outer = by_token.get(token.head.i)
    if outer is not None:
        _give(frame, outer)
        _give(frame, by_token.get(syntax.leader(outer.trigger.token).i, outer))


def _from_cause(frame: Frame, by_token: dict[int, Frame]) -> None:
    """ "Monday's blast in Lyon killed four"."""
    if frame.trigger.sort is Sort.VERB and has(frame.trigger.predicate, Trait.CAUSAL) and frame.roles.agent is not None:
        cause = by_token.get(frame.roles.agent.i)
        if cause is not None and cause.trigger.sort is Sort.NOUN:
            _give(cause, frame)


def _to_what_changed(frame: Frame, by_token: dict[int, Frame]) -> None:
    """ "The death toll rose to 53", "the toll hits 53": 53 died."""
    if frame.quantity is None or frame.trigger.sort is not Sort.VERB:
        return
    changes = has(frame.trigger.predicate, Trait.CHANGE)
    for role in (frame.roles.theme, frame.roles.agent):
        changed = by_token.get(role.i) if role is not None else None
        if changed is not None and (changes or syntax.lemma(changed.trigger.token) in _TALLIES):
            changed.quantity = changed.quantity or frame.quantity


def looks_ahead(frame: Frame, reference: datetime.date | None) -> bool:
    """Whether a plain present speaks of a time to come: "the base opens next year"."""
    return (
        reference is not None
        and frame.time is not None
        and frame.time.earliest is not None
        and frame.time.earliest > reference
        and frame.tense is not Tense.PAST
        and _class(frame) not in _WAITS
        and frame.degree.rank == 3
        and frame.degree.polarity is Polarity.POSITIVE
    )
