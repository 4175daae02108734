"""How two answers to one question relate: a type, the rule that proves it, and the reason in words.

"Contradict" is said only where both cannot be true: the same event and slot, disjoint values, two voices, neither
hedged, and no time between them in which things may have moved.  Everything weaker is called by its weaker name.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from quoth.compare.claims import Stage, headline_and_text
from quoth.compare.facets import of_plan
from quoth.compare.intervals import Lie, before, days, intersection, length, lie
from quoth.compare.matching import Answer
from quoth.compare.names import fold, singular, tokens
from quoth.compare.proof import is_vague, provable, surely_one_event
from quoth.compare.quantities import extent, provably_disjoint, quantity_lie, scope_difference
from quoth.compare.reasons import shown, value_text
from quoth.compare.scopes import scope_of
from quoth.compare.succession import (
    came_true,
    changed_version,
    correction,
    counted_anew,
    earlier_version,
    floor,
    may_have_moved,
    one_side,
    one_voice,
    overtaken,
    published_in_order,
    revised,
    says_moved,
    turned_out,
)
from quoth.compare.tables import word_set
from quoth.compare.timing import day_text, in_order, spoken
from quoth.compare.values import Behind
from quoth.model import Act, AgentKind, Basis, DateRange, NumberRange, RelationType, Slot

STAGES = {Stage.ASKED: "asked for", Stage.AGREED: "agreed", Stage.PLANNED: "planned",
          Stage.UNDER_WAY: "under way", Stage.DONE: "stated as a fact"}  # fmt: skip


_UNTIL = re.compile(r"(?:until|till|before)\b", re.I)
"""What is not so until a day is so from that day on: no denial of it."""
VERBATIM_WORDS = 8
"""So many words alike are no coincidence."""
_HOW = re.compile(r"\b(?:in exchange for|in return for|in order to|because of|as part of|by means of|using|on condition"
                  r"|at the request of|pa(?:y|id|ying) for .{1,40}? with)\b(?P<how>[^.;]*)", re.I)  # fmt: skip
_UNVOICED = frozenset({AgentKind.NARRATOR, AgentKind.UNATTRIBUTED})
_INTENDED = frozenset({Stage.ASKED, Stage.AGREED, Stage.PLANNED})


@dataclass(frozen=True, slots=True)
class Verdict:
    """How `first` and `second` relate; directed types read "second refines, supersedes or denies first"."""

    type: RelationType
    first: Answer
    second: Answer
    why: str
    rule: str


def judge(a: Answer, b: Answer, slot: Slot, behind: Behind) -> Verdict | None:
    """How two answers to one question for a slot relate; None where nothing can be said."""
    replaced = earlier_version(a, b) if a.filled and b.filled else None
    if replaced is not None:
        why = f"{shown(replaced[1], slot, behind)} corrects {shown(replaced[0], slot, behind)}"
        return Verdict(RelationType.SUPERSEDE, *replaced, why, "correction")
    changed = changed_version(a, b, slot, behind) if a.filled and b.filled else None
    if changed is not None:
        why = f"{shown(changed[1], slot, behind)} stands where an earlier version of the article had "
        why += shown(changed[0], slot, behind)
        return Verdict(RelationType.SUPERSEDE, *changed, why, "new-version")
    if slot is Slot.QUANTITY and a.filled and b.filled and (counts := _counted_otherwise(a, b)) is not None:
        return Verdict(RelationType.SCOPE, a, b, counts, "different-scope")
    origin = behind.origin_of.get(a.id)
    if origin is not None and origin == behind.origin_of.get(b.id):
        why = f"both report one utterance of {behind.voices.get(a.id, 'one speaker')}"
        return Verdict(RelationType.SAME, a, b, why, "one-utterance")
    if a.filled and b.filled and _is_headline_of(a, b, slot):
        why = f"the headline tells it in short: {shown(a, slot, behind)} and {shown(b, slot, behind)}"
        return Verdict(RelationType.SAME, a, b, why, "headline")
    if _is_one_text(a, b):
        return Verdict(RelationType.SAME, a, b, "both print one text, word for word", "one-text")
    if a.bearing or b.bearing:
        return _bearing(a, b, slot, behind)
    if not (a.filled and b.filled):
        return None
    scope = scope_of(a, b, slot, behind)
    if scope is not None:
        return Verdict(RelationType.SCOPE, a, b, scope, "different-scope")
    if slot in (Slot.TIME, Slot.QUANTITY) and a.matched.claim.negative != b.matched.claim.negative:
        return _denied_detail(a, b, slot, behind)
    match slot:
        case Slot.TIME:
            return _time(a, b, behind)
        case Slot.QUANTITY:
            return _quantity(a, b, behind)
        case Slot.POLARITY:
            return _polarity(a, b, behind)
        case Slot.AGENT | Slot.PLACE:
            return _name(a, b, slot, behind)


def _is_one_text(a: Answer, b: Answer) -> bool:
    """Whether two articles say it in their own words, and these are the same."""
    x, y = a.matched.claim.statement, b.matched.claim.statement
    if not {x.source.kind, y.source.kind} <= _UNVOICED:
        return False
    words = fold(x.content.text)
    return words == fold(y.content.text) and len(words.split()) >= VERBATIM_WORDS


def _is_headline_of(a: Answer, b: Answer, slot: Slot) -> bool:
    """Whether a headline without a speaker of its own gives its article's answer, as exactly or less so."""
    both = headline_and_text(a.matched.claim, b.matched.claim)
    if both is None:
        return False
    title, text = both
    if title.statement.source.kind is AgentKind.PERSON or title.negative != text.negative:
        return False
    body = title.statement.source.kind in (AgentKind.ORGANIZATION, AgentKind.COUNTRY, AgentKind.GROUP)
    if body and text.statement.source.kind in _UNVOICED:
        return False
    match slot:
        case Slot.QUANTITY:
            q, r = title.event.quantity, text.event.quantity
            return q is not None and r is not None and _shares_an_end(extent(q), extent(r))
        case Slot.TIME:
            return days(title.event.time) == days(text.event.time)
        case Slot.POLARITY:
            return title.stage == text.stage
    return False


def _shares_an_end(a: NumberRange, b: NumberRange) -> bool:
    """ "23" is what a headline makes of "at least 23"."""
    return any(m is not None and m in b for m in a)


# ---------------------------------------------------------------- what is said only by implication or denial


def _bearing(a: Answer, b: Answer, slot: Slot, behind: Behind) -> Verdict | None:
    first, second = (a, b) if a.bearing else (b, a)
    rule = first.bearing
    if rule is not None and second.bearing:
        return Verdict(RelationType.AGREE, a, b, f"both say that it is {rule.label}", "equal-bearing")
    if rule is None or not second.filled or second.matched.claim.negative:
        return None
    if behind.voices.get(first.id) == behind.voices.get(second.id):
        return None
    event = first.matched.claim.event.trigger.text
    why = f"“{event}” ({behind.voices.get(first.id, 'the article')}) against {shown(second, slot, behind)}: {rule.why}"
    return Verdict(RelationType.TENSION, first, second, why, "bears-on")


def _denied_detail(a: Answer, b: Answer, slot: Slot, behind: Behind) -> Verdict | None:
    """A denial of a number or a date, against whoever gives it.  What is denied only in passing is not contradicted."""
    said, denied = (b, a) if a.matched.claim.negative else (a, b)
    x, y = said.matched.claim.event, denied.matched.claim.event
    if slot is Slot.QUANTITY and x.quantity and y.quantity:
        if y.quantity.max == 0:
            return _incompatible(a, b, slot, behind) if provably_disjoint(x.quantity, y.quantity) else None
        whole = denied.matched.claim.statement.act is Act.DENY and said.matched.claim.theme is not None
        meets = quantity_lie(x.quantity, y.quantity) in (Lie.EQUAL, Lie.WITHIN) and not whole
    else:
        t, u = days(x.time), days(y.time)
        if t is not None and u is not None and u[1] is not None and _UNTIL.match((y.time.text or "") if y.time else ""):
            return _from_then_on(said, denied, t, u[1], behind)
        meets = t is not None and u is not None and lie(t, u) in (Lie.EQUAL, Lie.WITHIN)
    if not meets:
        return None
    why = f"{shown(denied, slot, behind)} is denied, {shown(said, slot, behind)} is claimed"
    return _opposed(said, denied, why, behind)


def _from_then_on(said: Answer, denied: Answer, when: DateRange, end: datetime.date, behind: Behind) -> Verdict:
    """ "Not until March" is from March on: it denies no more than an earlier day."""
    if lie(when, (end, None)) is Lie.DISJOINT:
        return _incompatible(said, denied, Slot.TIME, behind)
    why = f"{shown(said, Slot.TIME, behind)} is not ruled out by: not {shown(denied, Slot.TIME, behind)}"
    return Verdict(RelationType.AGREE, said, denied, why, "not-until")


# ---------------------------------------------------------------- slot by slot


def _time(a: Answer, b: Answer, behind: Behind) -> Verdict:
    t, u = days(a.matched.claim.event.time), days(b.matched.claim.event.time)
    assert t is not None
    assert u is not None
    how = lie(t, u)
    if how is Lie.DISJOINT:
        return _incompatible(a, b, Slot.TIME, behind)
    if how is Lie.OVERLAPS:
        shared, lengths = intersection(t, u), [n for n in (length(t), length(u)) if n is not None]
        common = length(shared) if shared else None
        if common is not None and lengths and common * 2 < min(lengths):
            return _pull(a, b, Slot.TIME, behind, "only partly overlaps with")
    return _fitting(a, b, Slot.TIME, how, behind)


def _quantity(a: Answer, b: Answer, behind: Behind) -> Verdict:
    q, r = a.matched.claim.event.quantity, b.matched.claim.event.quantity
    assert q is not None
    assert r is not None
    how = quantity_lie(q, r)
    order = in_order(a, b, behind) or published_in_order(a, b, behind)
    if a.matched.claim.traits.grows and order is not None and how is not Lie.EQUAL:
        first, second = order
        lower, upper = first.matched.claim.event.quantity, second.matched.claim.event.quantity
        if lower and upper and floor(lower) < floor(upper):
            why = (
                f"{shown(second, Slot.QUANTITY, behind)}, said {day_text(second, behind)}, replaces "
                f"{shown(first, Slot.QUANTITY, behind)}, said {day_text(first, behind)}: the count grew"
            )
            return Verdict(RelationType.SUPERSEDE, first, second, why, "grown-count")
    if how is Lie.DISJOINT:
        return _incompatible(a, b, Slot.QUANTITY, behind)
    if how is Lie.OVERLAPS and not (q.approximate or r.approximate):
        return _pull(a, b, Slot.QUANTITY, behind, "only partly overlaps with")
    return _fitting(a, b, Slot.QUANTITY, how, behind)


def _polarity(a: Answer, b: Answer, behind: Behind) -> Verdict:
    x, y = a.matched.claim, b.matched.claim
    if x.negative == y.negative:
        order = in_order(a, b, behind)
        staged = order is not None and order[0].matched.claim.stage < order[1].matched.claim.stage
        if order is not None and not x.negative and (staged or turned_out(*order)):
            return _later_stage(*order, Slot.POLARITY, behind)
        words = f"{shown(a, Slot.POLARITY, behind)} and {shown(b, Slot.POLARITY, behind)}: both say the same"
        return Verdict(RelationType.AGREE, a, b, words, "equal-polarity")
    yes, no = (b, a) if x.negative else (a, b)
    why = f"{shown(yes, Slot.POLARITY, behind)} against {shown(no, Slot.POLARITY, behind)}"
    return _opposed(yes, no, why, behind)


def _opposed(yes: Answer, no: Answer, why: str, behind: Behind) -> Verdict:
    """A claim and its negation.  A request claims nothing, and what is planned may well not be done yet."""
    order = in_order(yes, no, behind)
    stages = yes.matched.claim.stage, no.matched.claim.stage
    if Stage.ASKED in stages:
        return Verdict(RelationType.TENSION, yes, no, f"{why}: a request does not contradict", "request-and-claim")
    if one_voice(yes, no, behind):
        if order is None:
            return Verdict(RelationType.TENSION, yes, no, f"{why}: one speaker, order unknown", "one-voice")
        later = f"{why}: the same speaker, {day_text(order[1], behind)}"
        return Verdict(RelationType.SUPERSEDE, *order, later, "same-speaker-later")
    if order is not None and order[1] is yes and not _dated_before(yes, no, behind):
        later = f"{why}: the yes was said later, {day_text(yes, behind)}, and it may have happened in between"
        return Verdict(RelationType.TENSION, no, yes, later, "time-passed")
    if _only_how(yes, no):
        why = f"{why}: what is denied is how or what for"
        return Verdict(RelationType.TENSION, yes, no, why, "manner-denied")
    if no.matched.claim.statement.act is Act.DENY:
        return Verdict(RelationType.DENY, yes, no, f"{why}: a denial", "denial")
    if yes.matched.claim.hedged or no.matched.claim.hedged:
        return Verdict(RelationType.TENSION, yes, no, f"{why}: at least one is not sure", "hedged")
    if not surely_one_event(yes, no, Slot.POLARITY):
        return Verdict(RelationType.TENSION, yes, no, f"{why}: perhaps not of one event", "uncertain-event")
    if (stages[0] < Stage.UNDER_WAY) != (stages[1] < Stage.UNDER_WAY) and not of_plan(no.matched.claim):
        return Verdict(RelationType.TENSION, yes, no, f"{why}: one is a plan, the other a fact", "plan-and-fact")
    return Verdict(RelationType.CONTRADICT, yes, no, f"{why}: both cannot hold", "opposite-polarity")


def _only_how(yes: Answer, no: Answer) -> bool:
    """Whether a denial is of a purpose, a price or a way of which the claim says nothing: "freed in exchange for"."""
    how = _HOW.search(no.matched.claim.statement.content.text)
    if how is None:
        return False
    said = set(tokens(yes.matched.claim.statement.content.text)) | set(yes.matched.theme) | set(no.matched.theme)
    more = {singular(w) for w in tokens(how["how"])}
    return bool(more) and more.isdisjoint({singular(w) for w in said})


def _dated_before(yes: Answer, no: Answer, behind: Behind) -> bool:
    """Whether the event, as claimed, lies before it was negated."""
    when, negated = days(yes.matched.claim.event.time), spoken(no, behind)
    return when is not None and negated is not None and before(when, negated)


def _name(a: Answer, b: Answer, slot: Slot, behind: Behind) -> Verdict:
    x, y = a.matched, b.matched
    if slot is Slot.AGENT:
        equal, inside = x.agent == y.agent, set(x.agent) < set(y.agent) or set(y.agent) < set(x.agent)
    else:
        equal = x.where == y.where
        inside = x.where.country == y.where.country and (x.where.name is None) != (y.where.name is None)
    if equal:
        why = f"{shown(a, slot, behind)} and {shown(b, slot, behind)} name the same"
        return Verdict(RelationType.AGREE, a, b, why, "equal-name")
    if inside:
        broad, narrow = (a, b) if slot is Slot.PLACE and x.where.name is None else (b, a)
        if slot is Slot.AGENT:
            broad, narrow = (a, b) if set(x.agent) < set(y.agent) else (b, a)
        return _narrowed(broad, narrow, slot, behind)
    exclusive = _one_day(a, b) if slot is Slot.PLACE else x.claim.traits.asks == "agent"
    if not exclusive:
        return _pull(a, b, slot, behind, "is not")
    return _incompatible(a, b, slot, behind)


def _one_day(a: Answer, b: Answer) -> bool:
    """Whether both are of one day, on which a thing that comes to one place once cannot have come to another."""
    t, u = days(a.matched.claim.event.time), days(b.matched.claim.event.time)
    return a.matched.claim.traits.happens == "once" and t is not None and t == u


# ---------------------------------------------------------------- compatible values


def _fitting(a: Answer, b: Answer, slot: Slot, how: Lie, behind: Behind) -> Verdict:
    """Values that can both be true; facts replace what was planned, a speaker's new value the old."""
    order = in_order(a, b, behind)
    if order is not None and came_true(*order):
        return _later_stage(*order, slot, behind)
    if order is not None and how is not Lie.EQUAL and revised(*order, slot, behind):
        why = f"{shown(order[1], slot, behind)}, said {day_text(order[1], behind)}, replaces "
        why += shown(order[0], slot, behind)
        return Verdict(RelationType.SUPERSEDE, *order, why, "revised")
    if how is Lie.WITHIN:
        return _narrowed(b, a, slot, behind)
    if how is Lie.CONTAINS:
        return _narrowed(a, b, slot, behind)
    meet = "is the same as" if how is Lie.EQUAL else "overlaps with"
    why = f"{shown(a, slot, behind)} {meet} {shown(b, slot, behind)}{_stages(a, b)}"
    return Verdict(RelationType.AGREE, a, b, why, "equal-value" if how is Lie.EQUAL else "overlapping-value")


def _is_bound(answer: Answer) -> bool:
    """Whether a quantity is a number's bound: "at least 20", not "multiple"."""
    q = answer.matched.claim.event.quantity
    words = re.findall(r"[\w-]+", q.text.casefold()) if q else []
    return any(w[0].isdigit() or w in word_set("cardinals") for w in words)


def _counted_otherwise(a: Answer, b: Answer) -> str | None:
    """Why two numbers of one document do not compare: one is a total, the other a part, an increase or for each."""
    q, r = a.matched.claim.event.quantity, b.matched.claim.event.quantity
    if q is None or r is None or q.counting is r.counting or extent(q) == extent(r):
        return None
    if a.matched.claim.statement.document_id != b.matched.claim.statement.document_id:
        return None
    difference = scope_difference(q, r)
    if difference is None:
        return None
    return f"{value_text(a, Slot.QUANTITY)} and {value_text(b, Slot.QUANTITY)} are not comparable: {difference}"


def _narrowed(broad: Answer, narrow: Answer, slot: Slot, behind: Behind) -> Verdict:
    """One value inside another: the narrower refines the broader when it was said later, else they agree."""
    why = f"{shown(narrow, slot, behind)} lies within {shown(broad, slot, behind)}{_stages(broad, narrow)}"
    order = in_order(broad, narrow, behind)
    if slot is Slot.QUANTITY and _is_bound(broad) and not one_voice(broad, narrow, behind):
        return Verdict(RelationType.AGREE, broad, narrow, why, "contained-value")
    if order is not None and order[1] is narrow and narrow.matched.claim.stage is not Stage.ASKED:
        return Verdict(RelationType.REFINE, broad, narrow, f"{why}, and was said later", "narrower-later")
    return Verdict(RelationType.AGREE, broad, narrow, why, "contained-value")


def _stages(a: Answer, b: Answer) -> str:
    x, y = sorted([a.matched.claim.stage, b.matched.claim.stage])
    return "" if x == y else f"; one is {STAGES[x]}, the other {STAGES[y]}"


def _pull(a: Answer, b: Answer, slot: Slot, behind: Behind, how: str) -> Verdict:
    why = f"{shown(a, slot, behind)} {how} {shown(b, slot, behind)}: both may hold"
    return Verdict(RelationType.TENSION, a, b, why, "both-may-hold")


# ---------------------------------------------------------------- incompatible values


def _incompatible(a: Answer, b: Answer, slot: Slot, behind: Behind) -> Verdict:
    """Values that cannot both be true of one event at one time: news, a correction, a later stage, a contradiction."""
    x, y = a.matched.claim, b.matched.claim
    against = f"{shown(a, slot, behind)} against {shown(b, slot, behind)}"
    order = in_order(a, b, behind)
    corrected = correction(a, b, order)
    if corrected is not None:
        return Verdict(RelationType.SUPERSEDE, *corrected, f"{against}: a correction", "correction")
    if one_voice(a, b, behind):
        if order is None:
            return Verdict(RelationType.TENSION, a, b, f"{against}: one speaker, order unknown", "one-voice")
        why = f"{shown(order[1], slot, behind)}, said {day_text(order[1], behind)}, replaces what the speaker said "
        return Verdict(RelationType.SUPERSEDE, *order, why + day_text(order[0], behind), "same-speaker-later")
    if x.stage != y.stage:
        early, late = (a, b) if x.stage < y.stage else (b, a)
        if order is not None and order[1] is late:
            return _later_stage(early, late, slot, behind)
        if early.matched.claim.stage is Stage.ASKED:
            why = f"{against}: a request does not contradict"
            return Verdict(RelationType.TENSION, a, b, why, "request-and-plan")
    if order is not None and slot is Slot.QUANTITY and counted_anew(*order):
        why = f"{shown(order[1], slot, behind)}, said {day_text(order[1], behind)}, is later news than "
        return Verdict(RelationType.SUPERSEDE, *order, why + shown(order[0], slot, behind), "later-news")
    if x.traits.happens == "again" and slot is Slot.TIME:
        why = f"{against}: it can have happened more than once"
        return Verdict(RelationType.SCOPE, a, b, why, "recurring-event")
    if x.hedged or y.hedged:
        return Verdict(RelationType.TENSION, a, b, f"{against}: at least one is not sure", "hedged")
    proof = provable(a, b, slot)
    if not proof and (is_vague(a, slot) or is_vague(b, slot)):
        return Verdict(RelationType.TENSION, a, b, f"{against}: at least one is not exact", "inexact")
    if not proof or not surely_one_event(a, b, slot):
        if order is not None and overtaken(*order, slot, behind):
            why = f"{shown(order[1], slot, behind)}, said {day_text(order[1], behind)}, is the later word after "
            return Verdict(RelationType.SUPERSEDE, *order, why + shown(order[0], slot, behind), "later-word")
        return Verdict(RelationType.TENSION, a, b, f"{against}: perhaps not of one event", "uncertain-event")
    dated = all(_dated(c, behind) for c in (a, b))
    if x.traits.grows and slot is Slot.QUANTITY and order is None and not (dated and _said_for_sure(a, b)):
        why = f"{against}: the count may have grown between the two, whose days are not known"
        return Verdict(RelationType.TENSION, a, b, why, "count-may-have-grown")
    intended = slot is Slot.TIME and {x.stage, y.stage} <= _INTENDED
    if intended and order is not None and not (one_side(a, b, behind) or says_moved(order[1])):
        why = f"{against}: what one plans or expects, and another"
        return Verdict(RelationType.TENSION, a, b, why, "plans-of-two")
    if order is not None and may_have_moved(order, slot, behind):
        why = f"{shown(order[1], slot, behind)}, said {day_text(order[1], behind)}, is later news than "
        return Verdict(RelationType.SUPERSEDE, *order, why + shown(order[0], slot, behind), "later-news")
    return Verdict(RelationType.CONTRADICT, a, b, f"{against}: both cannot hold", f"disjoint-{slot.value}")


def _later_stage(early: Answer, late: Answer, slot: Slot, behind: Behind) -> Verdict:
    x, y = STAGES[early.matched.claim.stage], STAGES[late.matched.claim.stage]
    why = f"{shown(late, slot, behind)} is {y}, {shown(early, slot, behind)} was {x}: a later stage"
    return Verdict(RelationType.SUPERSEDE, early, late, why, "later-stage")


def _said_for_sure(a: Answer, b: Answer) -> bool:
    """Whether no day on which one was said is only presumed from the publication."""
    said = [x.matched.claim.statement.said for x in (a, b)]
    return all(w is None or w.basis is not Basis.PUBLICATION for w in said)


def _dated(answer: Answer, behind: Behind) -> bool:
    """Whether it is known both since when and until when it can have been said."""
    span = spoken(answer, behind)
    return span is not None and None not in span
