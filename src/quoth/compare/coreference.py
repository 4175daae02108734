"""How likely two answers are to one question, though the rules have not matched their events.

A logistic model over plain features: what two claims share of event, theme, participants, place, unit, time and words.
Its weights stand in coreference.toml; `training/coreference.py` fits them to stories that say which statements answer
one question.  It only brings answers together: how they relate is left to the rules.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from quoth.compare.claims import Stage, Where, headline_and_text
from quoth.compare.events import Matched
from quoth.compare.intervals import days
from quoth.compare.names import REMEMBERED, fold, name_words, noun_words, singular, tokens
from quoth.compare.quantities import is_generic_person, is_money
from quoth.compare.tables import family_of, is_light, kind_of_thing, process_of, weights, word_set
from quoth.model import DateRange, Quantity, Slot

_ENDINGS = ("ations", "ation", "ments", "ment", "ings", "ing", "ers", "er", "ors", "or", "ions", "ion", "ed", "es",
            "s", "e", "al", "y")  # fmt: skip
SHORTEST = 4
"""Letters that are left of a word when an ending is taken off it."""
LONGEST_GAP = 400
"""Days between two times beyond which more days tell nothing more."""
WIDEST_RATIO = 5.0
"""Natural logarithm of the ratio of two numbers beyond which a wider one tells nothing more."""


@dataclass(frozen=True, slots=True)
class Described:
    """What of one answer is compared; words are stems, in lower case."""

    matched: Matched
    process: str
    listed: bool
    light: bool
    negative: bool
    stage: Stage
    theme: frozenset[str]
    agent: frozenset[str]
    event: frozenset[str]
    words: frozenset[str]
    unit: str | None
    money: bool
    persons: bool
    number: float
    """The middle of what is counted; 0 where nothing is."""
    time: DateRange | None
    day: float | None
    """The middle of the time, as an ordinal of a day."""
    voice: str | None


def described(matched: Matched, voice: str | None) -> Described:
    """What an answer has to compare; `voice` is who gives it, None where nobody is known."""
    claim = matched.claim
    event = claim.event
    things = [p for p in (event.theme, event.agent, event.recipient) if p is not None]
    told = {*fold(event.predicate).split(), *tokens(event.trigger.text)}
    told |= {w for p in things for w in noun_words(p.name)} | set(noun_words(claim.unit or ""))
    unit = noun_words(claim.unit) if claim.unit else ()
    time = days(event.time)
    return Described(
        matched=matched,
        process=process_of(claim.family),
        listed=family_of(claim.family) is not None,
        light=is_light(event.predicate) or is_light(claim.family),
        negative=claim.negative,
        stage=claim.stage,
        theme=_called(event.theme.name) if event.theme else frozenset(),
        agent=_called(event.agent.name) if event.agent else frozenset(),
        event=stems(told),
        words=_said(claim.statement.content.text),
        unit=kind_of_thing(unit[-1]) if unit else None,
        money=is_money(claim.unit),
        persons=is_generic_person(claim.unit),
        number=_middle(event.quantity) if event.quantity else 0.0,
        time=time,
        day=_day(time) if time else None,
        voice=voice,
    )


@lru_cache(maxsize=REMEMBERED)
def _called(name: str) -> frozenset[str]:
    return frozenset((*noun_words(name), *name_words(name)))


@lru_cache(maxsize=REMEMBERED)
def _said(text: str) -> frozenset[str]:
    return stems(tokens(text))


def stems(words: Iterable[str]) -> frozenset[str]:
    """Words that say something, without their endings: "deployments" and "deploy" are one."""
    said = (singular(w) for w in words if w[:1].isalpha())
    return frozenset(_stem(w) for w in said if len(w) > 2 and w not in word_set("saying_nothing"))


@cache
def _stem(word: str) -> str:
    ending = next((e for e in _ENDINGS if word.endswith(e) and len(word) - len(e) >= SHORTEST), "")
    return _stem(word.removesuffix(ending)) if ending else word


def probability(a: Described, b: Described, slot: Slot) -> float:
    """How likely both answer one question for the slot, from 0 to 1."""
    if told_apart(a, b, slot):
        return 0.0
    known, total = weights(), 0.0
    for name, value in features(a, b, slot).items():
        if value:
            total += known.get(name, 0.0) * value
    return 1 / (1 + math.exp(-total))


def told_apart(a: Described, b: Described, slot: Slot) -> bool:
    """Whether the rules know that the two are of different events.

    Their things have different names, or are two radars and four boats; they are at different known places; they count
    persons in different states, or different stages of one thing: how many were built, and how many have come.
    """
    x, y = a.matched, b.matched
    if x.theme[:1] == y.theme[:1] == ("",) and set(x.theme[1:]).isdisjoint(y.theme[1:]):
        return True
    tolls = x.claim.traits.theme == y.claim.traits.theme == "ignored"
    if tolls and ((a.listed and b.listed and a.process != b.process) or _otherwise_named(x.where, y.where)):
        return True
    if (tolls or slot is not Slot.PLACE) and _elsewhere(x.where, y.where):
        return True
    if not (a.listed and b.listed) or a.money or b.money or a.unit is None or b.unit is None:
        return False
    if slot is Slot.QUANTITY:
        return a.unit == b.unit and a.unit not in word_set("persons") and a.process != b.process
    return a.process == b.process and a.unit != b.unit


def _otherwise_named(x: Where, y: Where) -> bool:
    return x.name is not None and y.name is not None and x.name != y.name


def _elsewhere(x: Where, y: Where) -> bool:
    """Whether two places are known, and neither can lie in the other."""
    if x.country is None or y.country is None:
        return False
    return x.country != y.country or (None not in (x.name, y.name) and x.name != y.name)


def features(a: Described, b: Described, slot: Slot) -> dict[str, float]:
    """The features of a pair, each from 0 to 1, by name; those of a slot are named after it."""
    x, y = a.matched, b.matched
    c, d = x.claim, y.claim
    theme_words = _share(a.theme, b.theme)
    event_words = len(a.event & b.event)
    yes_and_no = a.negative != b.negative
    same_lemma = c.event.predicate == d.event.predicate
    found: dict[str, float] = {
        "bias": 1.0,
        "family": c.family == d.family,
        "process": a.process == b.process,
        "class": c.event.predicate_class is not None and c.event.predicate_class == d.event.predicate_class,
        "lemma": same_lemma,
        "families apart": a.listed and b.listed and c.family != d.family,
        "one family unknown": a.listed != b.listed,
        "theme": x.theme == y.theme != (),
        "named theme": x.theme == y.theme and x.theme[:1] == ("",),
        "theme words": theme_words,
        "one theme unknown": (not x.theme) != (not y.theme),
        "themes unknown": not x.theme and not y.theme,
        "themes apart": bool(x.theme and y.theme and x.theme != y.theme),
        "agent words": _share(a.agent, b.agent),
        "agent for theme": max(_share(a.theme, b.agent), _share(a.agent, b.theme)),
        "agents apart": bool(x.agent and y.agent) and set(x.agent).isdisjoint(y.agent),
        "place": x.where == y.where and x.where.name is not None,
        "places apart": bool(x.where.name and y.where.name and x.where != y.where),
        "event words": event_words / (min(len(a.event), len(b.event)) or 1),
        "event words, all": event_words / (len(a.event) + len(b.event) - event_words or 1),
        "event in words": (_part(a.event, b.words) + _part(b.event, a.words)) / 2,
        "words": len(a.words & b.words) / math.sqrt(len(a.words) * len(b.words) or 1),
        "one light": a.light != b.light,
        "both light": a.light and b.light,
        "main": c.main and d.main,
        "document": c.statement.document_id == d.statement.document_id,
        "headline": headline_and_text(c, d) is not None,
        "voice": a.voice is not None and a.voice == b.voice,
        "yes and no": yes_and_no,
        "stage": a.stage == b.stage,
        slot.value: 1.0,
    }
    match slot:
        case Slot.QUANTITY if c.event.quantity is not None and d.event.quantity is not None:
            found |= _of_quantities(a, b, c.event.quantity, d.event.quantity, theme_words)
        case Slot.TIME:
            found |= _of_times(a, b)
            found["time: theme words"] = theme_words
        case Slot.POLARITY:
            found["polarity: yes and no"] = yes_and_no
            found["polarity: theme words"] = theme_words
            found["polarity: lemma and theme words"] = theme_words * same_lemma
    return found


def _of_quantities(a: Described, b: Described, q: Quantity, r: Quantity, theme_words: float) -> Mapping[str, float]:
    one_unit = a.unit is not None and a.unit == b.unit
    money = a.money and b.money
    ratio = abs(math.log((abs(a.number) + 1) / (abs(b.number) + 1)))
    return {
        "quantity: unit": one_unit,
        "quantity: unit and theme words": one_unit * theme_words,
        "quantity: money": money,
        "quantity: units apart": a.unit is not None and b.unit is not None and not one_unit and not money,
        "quantity: persons": a.persons and b.persons,
        "quantity: state": q.counted is not None and q.counted == r.counted,
        "quantity: states apart": bool(q.counted and r.counted) and q.counted != r.counted,
        "quantity: one state": (q.counted is None) != (r.counted is None),
        "quantity: ratio": min(ratio, WIDEST_RATIO) / WIDEST_RATIO,
        "quantity: equal": a.number == b.number,
    }


def _of_times(a: Described, b: Described) -> Mapping[str, float]:
    gap = LONGEST_GAP if a.day is None or b.day is None else min(abs(a.day - b.day), LONGEST_GAP)
    return {"time: gap": gap / LONGEST_GAP, "time: equal": a.time == b.time}


def _day(span: DateRange) -> float:
    """The middle of an interval of days; the end that is known of one that is open."""
    known = [d.toordinal() for d in span if d is not None]
    return sum(known) / len(known) if known else datetime.date.max.toordinal()


def _middle(quantity: Quantity) -> float:
    known = [n for n in (quantity.min, quantity.max) if n is not None]
    return sum(known) / len(known) if known else 0.0


def _share(a: frozenset[str], b: frozenset[str]) -> float:
    """What is common, of the smaller of the two."""
    return 0.0 if a.isdisjoint(b) else len(a & b) / min(len(a), len(b))


def _part(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / (len(a) or 1)
