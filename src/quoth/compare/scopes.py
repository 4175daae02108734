"""When two answers are about different things, so that neither their likeness nor their difference means anything."""

from __future__ import annotations

from quoth.compare.claims import Claim
from quoth.compare.intervals import Lie, days, lie, shifted
from quoth.compare.matching import Answer
from quoth.compare.names import fold, name_words, singular
from quoth.compare.quantities import quantity_lie, scope_difference
from quoth.compare.reasons import range_text, value_text
from quoth.compare.tables import word_set
from quoth.compare.timing import spoken
from quoth.compare.values import Behind
from quoth.model import Counting, DateRange, Slot

RECENT_DAYS = 10
"""An undated event that can recur is news: presumed to lie in so many days before it was said."""


def _recent(answer: Answer, behind: Behind) -> DateRange | None:
    """The days in which an undated event is presumed to lie."""
    span = spoken(answer, behind)
    if span is None or span[0] is None:
        return None
    return shifted(span[0], -RECENT_DAYS), span[1]


def scope_of(a: Answer, b: Answer, slot: Slot, behind: Behind) -> str | None:
    """Why two answers are about different things, in words."""
    x, y = a.matched, b.matched
    if slot is not Slot.TIME and not (slot is Slot.QUANTITY and (_is_running(x.claim) or _is_running(y.claim))):
        t, u = days(x.claim.event.time), days(y.claim.event.time)
        if t is not None and u is not None and lie(t, u) is Lie.DISJOINT:
            return f"of different times: {value_text(a, Slot.TIME)} and {value_text(b, Slot.TIME)}"
        if (t is None) != (u is None) and x.claim.traits.happens == "again":
            dated, fresh = (t or u), _recent(b if t is not None else a, behind)
            if dated is not None and fresh is not None and lie(dated, fresh) is Lie.DISJOINT:
                return (
                    f"of different times: {value_text(a if t else b, Slot.TIME)}, and what was news {range_text(fresh)}"
                )
    if slot is Slot.TIME and _of_another_lot(x.claim, y.claim):
        return f"of different lots: {value_text(a, Slot.QUANTITY)} and {value_text(b, Slot.QUANTITY)}"
    if slot is Slot.QUANTITY and x.claim.event.quantity and y.claim.event.quantity:
        other = None if _one_named_thing(a, b) else scope_difference(x.claim.event.quantity, y.claim.event.quantity)
        other = other or _severity_difference(x.claim, y.claim)
        if other is not None:
            return f"{value_text(a, slot)} and {value_text(b, slot)} are not comparable: {other}"
    if slot is not Slot.PLACE and x.claim.where and y.claim.where and x.where != y.where:
        same = slot is not Slot.QUANTITY or _same_number(a, b)
        if not (same and (x.where.name is None or y.where.name is None)):
            return f"of different places: {value_text(a, Slot.PLACE)} and {value_text(b, Slot.PLACE)}"
    return None


def _is_running(claim: Claim) -> bool:
    """Whether a toll is one up to a day, its time being that day: "the number of dead stood at 31 on Friday"."""
    if not (claim.traits.grows or claim.traits.varies):
        return False
    words = fold((claim.event.time.text if claim.event.time else None) or "").split()
    return claim.event.predicate_class == "rise" or bool(set(words[:2]) & word_set("up_to_now"))


def _of_another_lot(x: Claim, y: Claim) -> bool:
    """Whether one is of more that came on top ("another twelve"), and the other of another number."""
    q, r = x.event.quantity, y.event.quantity
    if q is None or r is None or Counting.INCREMENT not in (q.counting, r.counting):
        return False
    return quantity_lie(q, r) is Lie.DISJOINT


def _severity_difference(x: Claim, y: Claim) -> str | None:
    """Whether one counts the badly hurt and the other all, by the words of their statements."""
    if x.traits.name != "injuring":
        return None
    grades = [set(name_words(c.statement.content.text)) & word_set("severity") for c in (x, y)]
    return (
        None
        if bool(grades[0]) == bool(grades[1])
        else f"only one says how badly ({', '.join(sorted(grades[0] | grades[1]))})"
    )


def _one_named_thing(a: Answer, b: Answer) -> bool:
    """Whether one count is of a named thing's kind and the other of its name: "boats" and "Kittiwakes"."""
    x, y = a.matched, b.matched
    q, r = x.claim.event.quantity, y.claim.event.quantity
    if x.theme != y.theme or x.theme[:1] != ("",) or q is None or r is None or q.counting is not r.counting:
        return False
    names = [{singular(w) for u in (z.unit,) if u for w in name_words(u)} & set(x.theme) for z in (q, r)]
    return bool(names[0]) != bool(names[1])


def _same_number(a: Answer, b: Answer) -> bool:
    q, r = a.matched.claim.event.quantity, b.matched.claim.event.quantity
    return q is not None and r is not None and quantity_lie(q, r) is Lie.EQUAL
