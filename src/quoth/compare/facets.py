"""Where the answers about one event and slot are answers to several questions.

A first lot and the whole come at different times; what is to be handed over and what has come by now are two
counts; whether something will be and whether it has been are two questions.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from quoth.compare.claims import Claim, Stage
from quoth.compare.intervals import before, days, shifted
from quoth.compare.tables import is_listed
from quoth.model import Slot

if TYPE_CHECKING:
    from quoth.compare.matching import Answer

Facet = tuple[str, list["Answer"]]

_NUMBER = r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_FIRST = re.compile(rf"\bfirst\b|\b(?:other|next|second|third)\s+(?:of the\s+)?{_NUMBER}\b", re.I)
_REST = re.compile(r"\b(?:remaining|rest|last|final|all)\b", re.I)
_NUMBERED = re.compile(rf"\b(?:first|other|next|last|final|remaining|rest)\s+(?:of the\s+)?{_NUMBER}\b", re.I)
NEWS_BY_THEN = 30
"""Days after the last denial from which a yes answers another question: it has happened since."""


def faceted(answers: Sequence[Answer], slot: Slot, family: str) -> list[Facet]:
    """The answers, by the question that they answer; the names tell facets of one event and slot apart."""
    match slot:
        case Slot.TIME:
            return _by_lot(answers)
        case Slot.QUANTITY if family == "placement":
            return _by_stage(answers)
        case Slot.POLARITY if is_listed(family):
            return _by_tense(answers)
    return [("", list(answers))]


def lot_of(claim: Claim, counted: bool = False) -> str | None:
    """ "first" or "rest" where a claim is about a lot of a whole: "the first four boats", "the remaining ten"; with
    `counted`, only where the lot has a number."""
    phrases = [p.text for p in (claim.event.theme, claim.event.agent) if p is not None]
    for phrase in phrases:
        if counted and not _NUMBERED.search(phrase):
            continue
        if _FIRST.search(phrase):
            return "first"
        if _REST.search(phrase):
            return "rest"
    return None


def _by_lot(answers: Sequence[Answer]) -> list[Facet]:
    lots = {id(a): lot_of(a.matched.claim) for a in answers}
    if "first" not in lots.values():
        return [("", list(answers))]
    whole = _whole(answers)
    late = [a for a in answers if lots[id(a)] == "rest" or (lots[id(a)] is None and _counts(a) == whole is not None)]
    held = {id(a) for a in late}
    early = [a for a in answers if id(a) not in held]
    return [("", early), ("whole", late)]


def _whole(answers: Sequence[Answer]) -> object:
    """The largest exact number that the answers count."""
    return max((n for a in answers if (n := _counts(a)) is not None), default=None)


def _counts(answer: Answer) -> float | None:
    q = answer.matched.claim.event.quantity
    return q.min if q is not None and q.min is not None and q.min == q.max else None


def _by_stage(answers: Sequence[Answer]) -> list[Facet]:
    """What is asked for, agreed and planned, and what has come, where both are counted more than once."""
    done: list[Answer] = []
    coming: list[Answer] = []
    for a in answers:
        (done if a.filled and is_done(a.matched.claim) else coming).append(a)
    numbers = [len({a.id for a in side if a.filled}) for side in (done, coming)]
    return [("", list(answers))] if min(numbers) < 2 else [("", coming), ("done", done)]


def is_done(claim: Claim) -> bool:
    """Whether a claim is of what is so by now, not of what is to come or may be."""
    sure = claim.factuality.value.startswith("CT") and claim.statement.factuality.value.startswith("CT")
    return claim.stage >= Stage.UNDER_WAY and sure


def _by_tense(answers: Sequence[Answer]) -> list[Facet]:
    """Whether it will be, and whether it has been; a bare denial goes with what is claimed."""
    yes = [a for a in answers if not a.matched.claim.negative]
    no = [a for a in answers if a.matched.claim.negative]
    done, coming = [a for a in yes if is_done(a.matched.claim)], [a for a in yes if not is_done(a.matched.claim)]
    told = _still_open(done, no)
    ahead: list[Answer] = []
    plain: list[Answer] = []
    for a in no:
        (ahead if not is_done(a.matched.claim) or of_plan(a.matched.claim) else plain).append(a)
    last = max(plain, key=lambda a: str((a.matched.claim.spoken or (None, "9"))[1] or "9"), default=None)
    if last is not None and any(_not_after(a.matched.claim, last.matched.claim) for a in told):
        return [("", told + plain), ("will", coming + ahead)]
    return [("", told + coming + no)]


def of_plan(claim: Claim) -> bool:
    """Whether what is denied is a plan: "there is no plan to close it"."""
    return any(e.predicate in ("plan", "intend", "intention") for e in claim.statement.events)


def _not_after(a: Claim, b: Claim) -> bool:
    return a.spoken is None or b.spoken is None or not before(b.spoken, a.spoken)


def _still_open(yes: Sequence[Answer], no: Sequence[Answer]) -> list[Answer]:
    """The affirmations that a denial can be about: not those of what happened well after the last denial."""
    ends = [s[1] for a in no if (s := a.matched.claim.spoken) is not None and s[1] is not None]
    if not ends:
        return list(yes)
    last = shifted(max(ends), NEWS_BY_THEN)
    return [a for a in yes if _by_then(a.matched.claim, last, max(ends))]


def _by_then(claim: Claim, last: datetime.date, denied: datetime.date) -> bool:
    when, spoken = days(claim.event.time), claim.spoken
    if when is not None and when[1] is not None:
        return when[0] is None or when[0] <= denied
    return spoken is None or spoken[1] is None or spoken[1] <= last
