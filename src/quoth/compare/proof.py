"""What a contradiction needs: values that exclude each other, and two claims that are surely of one event."""

from __future__ import annotations

import re

from quoth.compare.claims import Claim
from quoth.compare.events import Matched, is_borrowed
from quoth.compare.intervals import days
from quoth.compare.matching import Answer, is_identified
from quoth.compare.names import fold, is_bare_role, name_words, noun_words
from quoth.compare.quantities import provably_disjoint
from quoth.compare.tables import family_of, is_light, word_set
from quoth.model import AgentKind, Factuality, Slot

_PERSONS = frozenset({AgentKind.PERSON, AgentKind.ANONYMOUS})
_INDEFINITE = re.compile(r"(?:an?|another|some|any)\s", re.I)
_ACTORS = frozenset({AgentKind.PERSON, AgentKind.ORGANIZATION, AgentKind.COUNTRY})


def surely_one_event(a: Answer, b: Answer, slot: Slot) -> bool:
    """Whether both claims are what their statements are about, and their events can be told to be one.

    A toll is asserted even where it stands beside another event ("rammed the gate, killing three").
    A count taken from a state ("treating 20 wounded") may be of less than all; what recurs needs its dates.
    """
    claims = [a.matched.claim, b.matched.claim]
    if any(_is_one_of_many(m) for m in (a.matched, b.matched)) or _only_roles(a, b) or _by_others(a, b, slot):
        return False
    if claims[0].family == "warning" and _warned(claims[0]).isdisjoint(_warned(claims[1])):
        return False
    if any(is_borrowed(c) and not is_light(c.event.predicate) for c in claims):
        return False
    if any(family_of(c.family) is None for c in claims) and claims[0].family != claims[1].family:
        return False
    tolls = claims[0].traits.theme == "ignored"
    if slot is Slot.POLARITY and tolls and not all(c.main for c in claims):
        return False
    recurs = claims[0].traits.happens == "again" and (not tolls or slot is Slot.POLARITY)
    if recurs and any(days(c.event.time) is None for c in claims):
        return False
    return all(_speaks_of_it(m) and is_identified(m) for m in (a.matched, b.matched))


def _is_one_of_many(m: Matched) -> bool:
    """Whether the theme is any of its kind: "a Security Council resolution", whoever's name is in it."""
    theme = m.claim.event.theme
    if theme is None or not _INDEFINITE.match(theme.text):
        return False
    head = re.findall(r"[\w-]+", theme.text)[-1:]
    return bool(head) and head[0].islower()


def _only_roles(a: Answer, b: Answer) -> bool:
    """Whether two articles name the person by nothing but an office: there are many mayors."""
    claims = a.matched.claim, b.matched.claim
    if claims[0].statement.document_id == claims[1].statement.document_id:
        return False
    themes = [c.event.theme for c in claims]
    return any(t is not None and t.kind in _PERSONS and is_bare_role(t.name) for t in themes)


def _by_others(a: Answer, b: Answer, slot: Slot) -> bool:
    """Whether two different doers are named: twenty ships of one and ten of another are two counts."""
    x, y = set(a.matched.agent), set(b.matched.agent)
    if slot not in (Slot.QUANTITY, Slot.TIME) or a.matched.claim.traits.agent == "never" or not x or not y:
        return False
    return a.matched.claim.family == b.matched.claim.family and not (x <= y or y <= x)


def _warned(claim: Claim) -> frozenset[str]:
    """The words for who is warned; where nobody is named, for whoever denies having been."""
    event = claim.event
    told = [event.recipient, event.theme if fold(event.predicate) in word_set("warning") else None, event.agent]
    named = next((p.name for p in told if p is not None and name_words(p.name)), claim.statement.source.name)
    return frozenset(noun_words(named)) | frozenset(name_words(named))


def _speaks_of_it(m: Matched) -> bool:
    """Whether the event is what the statement is about, or a toll in it, or a named thing's that it is sure of."""
    named = m.theme[:1] == ("",) and m.claim.statement.factuality in (Factuality.CERTAIN, Factuality.CERTAINLY_NOT)
    toll = m.claim.traits.grows and m.claim.traits.theme == "ignored"
    return m.claim.main or toll or named


def provable(a: Answer, b: Answer, slot: Slot) -> bool:
    """Whether the values exclude each other however widely "about" is taken."""
    x, y = a.matched.claim.event, b.matched.claim.event
    if slot is Slot.QUANTITY:
        if x.quantity is None or y.quantity is None or bool(x.quantity.unit) != bool(y.quantity.unit):
            return False
        return provably_disjoint(x.quantity, y.quantity)
    if slot is Slot.TIME:
        exact = x.time is not None and y.time is not None and not (x.time.approximate or y.time.approximate)
        named = a.matched.theme[:1] == ("",)
        once = all(
            c.traits.happens == "once" or family_of(c.family) is None for c in (a.matched.claim, b.matched.claim)
        )
        return exact and once and (named or a.matched.claim.ahead or b.matched.claim.ahead)
    if slot is Slot.AGENT:
        return all(m.claim.agent is not None and m.claim.agent.kind in _ACTORS for m in (a.matched, b.matched))
    return True


def is_vague(answer: Answer, slot: Slot) -> bool:
    """Whether a value is only about right: "around 50", "roughly in May"."""
    event = answer.matched.claim.event
    if slot is Slot.QUANTITY:
        return event.quantity is not None and event.quantity.approximate
    return slot is Slot.TIME and event.time is not None and event.time.approximate
