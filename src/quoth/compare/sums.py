"""Sums, shares, terms and measures: what a thing comes to, whatever the verb."""

from __future__ import annotations

import re

from quoth.compare.inflection import is_form_of
from quoth.compare.names import fold, noun_words, singular
from quoth.compare.participants import Subject, is_bare_number, nominal, theme_of
from quoth.compare.quantities import is_money
from quoth.compare.tables import family_of, kind_of_thing, nominal_family, word_set
from quoth.model import Act, Agent, Event, Mention, Statement

_FOR_WHAT = re.compile(r"\s+(?:in|as|of)\s+([a-z]+)")
_SUMS = frozenset({"fining", "compensation", "bribery"})


def years(event: Event, statement: Statement) -> Subject | None:
    """Years of prison, given or asked for: "nine years", "the prosecution wants twelve years"."""
    quantity = event.quantity
    unit = noun_words(quantity.unit) if quantity is not None and quantity.unit else ()
    if unit[-1:] not in (("year",), ("month",), ("sentence",), ("term",)):
        return None
    family = family_of(event.predicate_class or event.predicate)
    asked = event.predicate_class == "ask" or fold(event.predicate) in word_set("demanding")
    if asked and (statement.act in (Act.REQUEST, Act.PROPOSE) or statement.act is Act.ASSERT):
        return Subject("sentencing", None, None, asked=True)
    jailed = family is not None and family.name == "sentencing"
    return Subject("sentencing", None, None) if jailed and event.theme is None else None


def sum_for(event: Event, statement: Statement) -> Subject | None:
    """What damage is put at, or a sum asked for by an event's name: "a fine of 3 million", "5 million in damages"."""
    quantity = event.quantity
    if quantity is None or not is_money(quantity.unit):
        return None
    if fold(event.predicate) == "damage":
        return Subject("compensation", None, None)
    asking = event.predicate_class == "ask" or fold(event.predicate) in word_set("demanding")
    taking = fold(event.predicate) in word_set("taking")
    giving = fold(event.predicate) in word_set("paying")
    if not (asking or taking or giving):
        return None
    after = _FOR_WHAT.match(statement.content.text.partition(quantity.text)[2])
    if giving:  # "pay 8 million in compensation"
        sums = nominal_family(singular(fold(after[1]))) or nominal_family(fold(after[1])) if after is not None else None
        return Subject(sums.name, None, event.agent) if sums is not None and sums.sized else None
    if taking:  # "took 640,000 in bribes"
        bribes = (after is not None and nominal_family(singular(fold(after[1])))) or None
        return Subject(bribes.name, None, event.agent) if bribes is not None and bribes.name == "bribery" else None
    named = nominal(event.theme)
    family = named[0] if named is not None else nominal_family(fold(after[1])) if after is not None else None
    return Subject(family.name, None, None, asked=True) if family is not None and family.name in _SUMS else None


def come_to(event: Event, lower: frozenset[str]) -> Subject | None:
    """What a thing comes to, or the share that somebody gets: "turnout was 71 percent", "losses of 46 million"."""
    quantity = event.quantity
    unit = noun_words(quantity.unit)[-1:] if quantity is not None and quantity.unit else ()
    if quantity is None or not (is_money(quantity.unit) or set(unit) & word_set("dimensions") or quantity.per):
        return None
    predicate = fold(event.predicate).replace(" ", "_")
    named: list[Mention] = []
    if predicate in word_set("sharing") and unit == ("percent",):
        named = [event.agent] if event.agent is not None else []
    elif predicate in word_set("valuing"):
        trigger = event.trigger.text
        by_noun = " " not in trigger and not is_form_of(trigger, event.predicate)  # "losses of 46 million"
        named = [event.trigger] if by_noun else [p for p in (event.theme, event.agent) if p is not None]
    words = next((w for p in named if not _is_measure(w := p.name if isinstance(p, Agent) else p.text)), None)
    if words is None:
        return None
    nouns = noun_words(words)
    sums = [f.name for n in reversed(nouns) if (f := nominal_family(n)) is not None and f.sized]
    if sums or (nouns and nouns[-1] in word_set("bills")):
        return Subject(sums[0] if sums else "pricing", None, None)
    of_a_deal = nouns and (nominal_family(nouns[-1]) or kind_of_thing(nouns[-1]) == "takeover")
    if of_a_deal and is_money(quantity.unit):
        return None
    theme = theme_of(words, None, lower)
    return Subject("measuring", theme, None) if theme is not None else None


def _is_measure(words: str) -> bool:
    """Whether a phrase is the number itself: "31 million dollars", "62 percent"."""
    nouns = noun_words(words)
    return (
        is_bare_number(words)
        or not re.search(r"[^\W\d_]", words)
        or (bool(nouns) and nouns[-1] in word_set("currencies") | word_set("measures") | word_set("dimensions"))
    )


def footed(event: Event) -> Subject | None:
    """ "Bear half of the cost", "cover all expenses": pay."""
    thing = noun_words(event.theme.name)[-1:] if event.theme is not None else ()
    if fold(event.predicate).replace(" ", "_") not in word_set("footing") or not set(thing) & word_set("costs"):
        return None
    return Subject("payment", None, event.agent)


def is_measured(event: Event) -> bool:
    """Whether its quantity is a measure: years, kilometres, percent."""
    unit = noun_words(event.quantity.unit) if event.quantity and event.quantity.unit else ()
    return bool(unit) and unit[-1] in word_set("measures")
