"""The values of a question: answers that are equal are one value, with everybody who gives it."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quoth.compare.intervals import days
from quoth.compare.matching import Answer, Asked
from quoth.compare.names import fold, noun_words
from quoth.compare.quantities import extent
from quoth.compare.tables import counted_family, kind_of_thing
from quoth.model import Act, AgentKind, DateRange, Factuality, NumberRange, Origin, Quantity, Slot, Value

Key = tuple[object, ...]

_SURENESS = [Factuality.CERTAIN, Factuality.CERTAINLY_NOT, Factuality.PROBABLE, Factuality.PROBABLY_NOT,
             Factuality.POSSIBLE, Factuality.POSSIBLY_NOT, Factuality.UNKNOWN]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Behind:
    """Who stands behind statements: their origins and voices, by statement id; absent where unknown."""

    origin_of: Mapping[str, str]
    voices: Mapping[str, str]
    origins: Mapping[str, Origin]


def values_of(asked: Asked, behind: Behind) -> tuple[Value, ...]:
    """The values of a question: stated ones in their natural order, then what is withheld or only implied."""
    members: dict[Key, list[Answer]] = defaultdict(list)
    units = {_unit(a.matched.claim.event.quantity.unit) for a in asked.answers if a.matched.claim.event.quantity} - {""}
    only_unit = units.pop() if len(units) == 1 else ""
    for answer in asked.answers:
        members[value_key(answer, asked.slot, only_unit)].append(answer)
    made = [_value(answers, asked.slot, behind) for answers in members.values()]
    return tuple(sorted(made, key=_natural_order))


def value_key(answer: Answer, slot: Slot, only_unit: str = "") -> Key:
    """Equal for answers that give one value: equal interval, equal count of one thing counted one way, one name.

    A count that states no unit is taken to be of `only_unit`.
    """
    if not answer.filled:
        return ("none", label_of(answer, slot))
    claim = answer.matched.claim
    match slot:
        case Slot.TIME:
            return ("time", days(claim.event.time), claim.negative)
        case Slot.QUANTITY:
            q = claim.event.quantity
            assert q is not None
            denied = claim.negative and q.max != 0
            return (
                "quantity",
                extent(q),
                q.approximate,
                q.counting,
                _state(answer, q),
                _unit(q.unit) or only_unit,
                denied,
            )
        case Slot.PLACE:
            return ("place", answer.matched.where)
        case Slot.AGENT:
            return ("agent", answer.matched.agent)
        case Slot.POLARITY:
            return ("polarity", claim.negative)


def _state(answer: Answer, quantity: Quantity) -> str:
    """The counted state, unless it only repeats what the event is."""
    family = counted_family(fold(quantity.counted)) if quantity.counted else None
    return "" if family and family.name == answer.matched.claim.family else fold(quantity.counted or "")


def _unit(unit: str | None) -> str:

    words = noun_words(unit) if unit else ()
    return kind_of_thing(words[-1]) if words else fold(unit or "")


def label_of(answer: Answer, slot: Slot) -> str | None:
    """What tells an answer from a plain assertion."""
    statement = answer.matched.claim.statement
    if answer.withheld:
        return "withheld"
    if answer.bearing is not None:
        return answer.bearing.label
    if slot in (Slot.TIME, Slot.QUANTITY) and answer.matched.claim.negative and not _is_zero(answer):
        return "denied"
    if statement.act is Act.REQUEST:
        return "asked for"
    if statement.act is Act.PROPOSE:
        return "proposed"
    if statement.act is Act.THREATEN:
        return "threatened"
    if statement.act in (Act.PLAN, Act.PROMISE):
        return "planned" if statement.act is Act.PLAN else "promised"
    if statement.act is Act.ESTIMATE:
        return "estimated"
    return None


def _is_zero(answer: Answer) -> bool:
    q = answer.matched.claim.event.quantity
    return q is not None and q.max == 0


def _value(answers: Sequence[Answer], slot: Slot, behind: Behind) -> Value:
    ids = [a.id for a in answers]
    origins = sorted({behind.origin_of[i] for i in ids if i in behind.origin_of})
    labels = {label_of(a, slot) for a in answers}
    return Value(
        value=_plain(answers, slot),
        text=_text(answers, slot),
        statements=tuple(sorted(ids)),
        origins=tuple(origins),
        voices=tuple(sorted({behind.voices[i] for i in ids if i in behind.voices})),
        documents=tuple(sorted({a.matched.claim.statement.document_id for a in answers})),
        factuality=min((_factuality(a) for a in answers), key=_SURENESS.index),
        latest_said=_latest(answers, behind),
        label=labels.pop() if len(labels) == 1 else None,
    )


def _factuality(answer: Answer) -> Factuality:
    """As sure as the claim is, and no surer than the statement that it stands in."""
    claim = answer.matched.claim
    own, whole = claim.factuality, claim.statement.factuality
    if whole is Factuality.UNKNOWN or own is Factuality.UNKNOWN:
        return Factuality.UNKNOWN
    level = max(own.value[:2], whole.value[:2], key=["CT", "PR", "PS"].index)
    return Factuality(level + own.value[2:])


def _plain(answers: Sequence[Answer], slot: Slot) -> DateRange | NumberRange | str | None:
    first = answers[0]
    if not first.filled:
        return None
    event = first.matched.claim.event
    match slot:
        case Slot.TIME:
            return days(event.time)
        case Slot.QUANTITY:
            return extent(event.quantity) if event.quantity else None
        case Slot.POLARITY:
            return "no" if first.matched.claim.negative else "yes"
        case Slot.PLACE | Slot.AGENT:
            return _name(answers, slot)


def _name(answers: Sequence[Answer], slot: Slot) -> str:
    events = [a.matched.claim.event for a in answers]
    if slot is Slot.PLACE:
        names = [e.place.name for e in events if e.place]
    else:
        agents = [a.matched.claim.agent for a in answers if a.matched.claim.agent]
        names = [a.name for a in agents if a.kind is AgentKind.COUNTRY] or [a.name for a in agents]
    return most_frequent(names)


def most_frequent(words: Sequence[str]) -> str:
    """The most frequent; of equally frequent ones the shorter, then the alphabetically first.  "" for none."""
    counts = Counter(words)
    return min(counts, key=lambda w: (-counts[w], len(w), w), default="")


def _text(answers: Sequence[Answer], slot: Slot) -> str:
    """The words in which the value is given most often."""
    events = [a.matched.claim.event for a in answers]
    contents = [a.matched.claim.statement.content.text for a in answers]
    if not answers[0].filled:
        return most_frequent([e.trigger.text for e in events] if answers[0].bearing else contents)
    match slot:
        case Slot.TIME:
            words = [e.time.text for e in events if e.time and e.time.text]
        case Slot.QUANTITY:
            words = [e.quantity.text for e in events if e.quantity]
        case Slot.POLARITY:
            words = ["no" if answers[0].matched.claim.negative else "yes"]
        case Slot.PLACE | Slot.AGENT:
            words = [_name(answers, slot)]
    return most_frequent(words) or most_frequent(contents)


def _latest(answers: Sequence[Answer], behind: Behind) -> datetime.date | None:
    """The last day on which it was said, for all that is known: the utterance's own day before a report's."""
    found = []
    for a in answers:
        origin = behind.origins.get(behind.origin_of.get(a.id, ""))
        span = (days(origin.said) if origin else None) or a.matched.claim.spoken
        found += [day for day in (span or ())[-1:] if day is not None]
    return max(found, default=None)


def _natural_order(value: Value) -> tuple[bool, str, str, str, tuple[str, ...]]:
    first = value.value[0] if isinstance(value.value, tuple) else None
    last = value.value[1] if isinstance(value.value, tuple) else None
    return value.value is None, _sortable(first), _sortable(last), str(value.label), value.statements


def _sortable(end: object) -> str:
    if isinstance(end, int | float):
        return f"{end:030.6f}"
    return "" if end is None else str(end)
