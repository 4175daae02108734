"""When a later statement takes the place of an earlier one: facts of plans, news of old counts, corrections."""

from __future__ import annotations

import re

from quoth.compare.claims import Stage
from quoth.compare.facets import is_done
from quoth.compare.intervals import days
from quoth.compare.matching import Answer
from quoth.compare.names import name_words
from quoth.compare.prices import price_of
from quoth.compare.timing import spoken
from quoth.compare.values import Behind, value_key
from quoth.compare.voices import of_earlier_version
from quoth.model import AgentKind, BlockKind, Factuality, Number, Quantity, Slot
from quoth.versions import earlier_of, is_one_address

LASTING_DAYS = 30
"""Counts of what comes and goes, made further apart than this, are news and no contradiction."""
_MOVED = re.compile(
    r"\b(?:later than|earlier than|instead of|rather than|postpone[ds]?|delayed|reschedul\w+|put off"
    r"|adjourned|extended|prolonged|pushed back|moved|brought forward|slip(?:ped|s)?|no longer|new date)\b",
    re.I,
)


def came_true(early: Answer, late: Answer) -> bool:
    """Whether what one holds for planned or likely, the other gives as done."""
    x, y = early.matched.claim, late.matched.claim
    ahead = x.stage in (Stage.PLANNED, Stage.AGREED)
    return ahead and not x.negative and not y.negative and is_done(y) and not is_done(x)


def turned_out(early: Answer, late: Answer) -> bool:
    """Whether what one holds for likely or possible, the other gives as done."""
    return early.matched.claim.hedged and not is_done(early.matched.claim) and is_done(late.matched.claim)


def revised(early: Answer, late: Answer, slot: Slot, behind: Behind) -> bool:
    """Whether a deadline has moved, or one speaker has put another number or day that is not inside the old one."""
    x, y = early.matched.claim, late.matched.claim
    if slot is Slot.TIME:
        t, u = days(x.event.time), days(y.event.time)
        if t is None or u is None or x.negative or y.negative:
            return False
        moved = t[0] is None and u[0] is None and t[1] is not None and u[1] is not None and t[1] < u[1]
        return (
            moved
            and (one_side(early, late, behind) or says_moved(late))
            and x.stage in (Stage.PLANNED, Stage.AGREED)
            and y.stage in (Stage.PLANNED, Stage.AGREED)
        )
    if slot is Slot.QUANTITY and one_voice(early, late, behind):
        return x.factuality is Factuality.POSSIBLE and y.factuality is not Factuality.POSSIBLE
    return False


def overtaken(early: Answer, late: Answer, slot: Slot, behind: Behind) -> bool:
    """Whether one side gives another number later on, or another day for what is still to come.

    So it is where two answers are likely to be to one question and no rule proves that their events are one.
    """
    x, y = early.matched.claim, late.matched.claim
    if slot is Slot.QUANTITY:
        return early.id in behind.voices and late.id in behind.voices and one_side(early, late, behind)
    coming = {x.stage, y.stage} <= {Stage.AGREED, Stage.PLANNED}
    return slot is Slot.TIME and coming and (one_side(early, late, behind) or says_moved(late))


def counted_anew(first: Answer, second: Answer) -> bool:
    """Whether a number is of what changes: persons missing, an offer, what has come by now."""
    x, y = first.matched.claim, second.matched.claim
    if x.traits.varies or (price_of(first.matched) and price_of(second.matched)):
        return True
    q, r = x.event.quantity, y.event.quantity
    if (
        q is None
        or r is None
        or x.traits.theme == "ignored"
        or not (x.stage >= Stage.UNDER_WAY and y.family == "total")
    ):
        return False
    return floor(q) < floor(r)


def may_have_moved(order: tuple[Answer, Answer], slot: Slot, behind: Behind) -> bool:
    """Whether the difference can be news: a plan may be changed, and what comes and goes is counted anew."""
    first, second = order
    if first.matched.claim.stage in (Stage.PLANNED, Stage.AGREED):
        return True
    if slot is Slot.QUANTITY and first.matched.claim.traits.lasting:
        x, y = spoken(first, behind), spoken(second, behind)
        return bool(x and y and x[1] and y[0] and (y[0] - x[1]).days > LASTING_DAYS)
    return False


def correction(a: Answer, b: Answer, order: tuple[Answer, Answer] | None) -> tuple[Answer, Answer] | None:
    """The corrected and the correcting answer, where one stands in a correction of its document's outlet."""
    flags = [x.matched.claim.statement.block is BlockKind.CORRECTION for x in (a, b)]
    if flags[0] == flags[1]:
        return None
    old, new = (b, a) if flags[0] else (a, b)
    outlets = {x.matched.claim.document.outlet if x.matched.claim.document else None for x in (old, new)}
    if len(outlets) > 1 or (order is not None and order[1] is old):
        return None
    return old, new


def earlier_version(a: Answer, b: Answer) -> tuple[Answer, Answer] | None:
    """What an earlier version of a document said, and what the document says now."""
    x, y = a.matched.claim.statement, b.matched.claim.statement
    if x.document_id != y.document_id or of_earlier_version(x) == of_earlier_version(y):
        return None
    return (a, b) if of_earlier_version(x) else (b, a)


def changed_version(a: Answer, b: Answer, slot: Slot, behind: Behind) -> tuple[Answer, Answer] | None:
    """What an article said, and what it says of the same speaker in a later version, where that is another value."""
    x, y = a.matched.claim.document, b.matched.claim.document
    if x is None or y is None or not is_one_address(x.url, y.url):
        return None
    kinds = {c.matched.claim.statement.source.kind for c in (a, b)}
    spoken_by_one = kinds == {AgentKind.NARRATOR} or one_voice(a, b, behind)
    if not spoken_by_one or value_key(a, slot) == value_key(b, slot):
        return None
    early = earlier_of(x, y)
    return None if early is None else (a, b) if early is x else (b, a)


def one_voice(a: Answer, b: Answer, behind: Behind) -> bool:
    """Whether one speaker says both; what one outlet says in its own words is one speaker's too."""
    voice, other = behind.voices.get(a.id), behind.voices.get(b.id)
    if voice is not None or other is not None:
        return voice == other
    x, y = a.matched.claim, b.matched.claim
    if x.statement.source.kind is not AgentKind.NARRATOR or y.statement.source.kind is not AgentKind.NARRATOR:
        return False
    outlets = [c.document.outlet if c.document else None for c in (x, y)]
    return x.statement.document_id == y.statement.document_id or (outlets[0] is not None and outlets[0] == outlets[1])


def says_moved(late: Answer) -> bool:
    """Whether its own words say that a date has been changed, so that it knows of the old one."""
    return bool(_MOVED.search(late.matched.claim.statement.content.text))


def one_side(a: Answer, b: Answer, behind: Behind) -> bool:
    """Whether both speak for one country or body, or an article reports in its own words."""
    if one_voice(a, b, behind) or a.id not in behind.voices or b.id not in behind.voices:
        return True
    x, y = (c.matched.claim.statement.source for c in (a, b))
    if x.country and x.country == y.country and AgentKind.ANONYMOUS not in (x.kind, y.kind):
        return True
    bodies = [set(name_words(s.name)) for s in (x, y) if s.kind is AgentKind.ORGANIZATION]
    return any(body <= set(name_words(s.text)) for body in bodies for s in (x, y) if set(name_words(s.name)) != body)


def published_in_order(a: Answer, b: Answer, behind: Behind) -> tuple[Answer, Answer] | None:
    """The two by the last days on which they can have been said."""
    x, y = spoken(a, behind), spoken(b, behind)
    if x is None or y is None or x[1] is None or y[1] is None or x[1] == y[1]:
        return None
    return (a, b) if x[1] < y[1] else (b, a)


def floor(quantity: Quantity) -> Number:
    return quantity.min if quantity.min is not None else 0
