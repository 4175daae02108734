"""A question that an analyst asks: which claims' events fit the one it names, and what they answer.

What the ask names must be named by the claim, as far as the case tells: kind of event, theme, agent, place.  One thing
may be left out: who does it, where the theme is named, for that goes unsaid most often.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from quoth.compare.agents import Agents
from quoth.compare.claims import Claim
from quoth.compare.events import Group, Matched
from quoth.compare.inflection import participle, past, third_person
from quoth.compare.matching import Asked, answers_of, one_a_statement
from quoth.compare.names import fold, name_words, noun_words, proper_words, singular, tokens
from quoth.compare.quantities import is_generic_person, is_money
from quoth.compare.tables import (
    Family,
    counted_family,
    family_of,
    kind_of_thing,
    listed_words,
    nominal_family,
    process_of,
    word_set,
)
from quoth.identity import content_id
from quoth.model import AgentKind, Ask, EventFrame, Slot, to_dict
from quoth.names import fold as folded_name


def asked_by(ask: Ask, groups: Iterable[Group], known: Agents) -> Asked:
    """The question with every answer that the claims of a case give to it; there may be none."""
    themes, agents = (_called(name, known) for name in (ask.theme, ask.agent))
    doers = _codes(ask.agent, ask.agent_country, known)
    places = _codes(ask.place, ask.place_country, known)
    found = [
        m
        for group in groups
        for m in group.members
        if _is_kind(ask, m.claim)
        and (ask.theme is None or any(_is_about(name, m) for name in themes))
        and (ask.agent is None or _is_by(agents, doers, m, unsaid=ask.theme is not None))
        and (ask.place is None or _is_at(ask.place, places, m))
        and (ask.slot is not Slot.QUANTITY or _counts(ask, m.claim))
    ]
    return Asked(
        Group(EventFrame(predicate=ask.predicate or "", agent=ask.agent, theme=ask.theme, place=ask.place),
              tuple(found)),
        ask.slot,
        one_a_statement(answers_of(found, ask.slot)),
        text=ask.text,
        key=content_id("question", "asked", to_dict(ask)),
        written=True,
    )  # fmt: skip


def _called(name: str | None, known: Agents) -> frozenset[str]:
    """The name, and all names of whoever bears it, by the articles or as declared."""
    if name is None:
        return frozenset()
    bearers = [{e.name, *(a.name for a in e.aliases)} for e in known.entities]
    bearers += [{agent.name, *agent.aliases} for agent in known.declared]
    wanted = folded_name(name)
    return frozenset({name}).union(*(names for names in bearers if wanted in map(folded_name, names)))


def _codes(name: str | None, code: str | None, known: Agents) -> frozenset[str]:
    """The code of the country that a name is, by itself or by the names of the case; none for what is no country."""
    wanted = _called(name, known)
    found = (e.country for e in known.entities if e.kind is AgentKind.COUNTRY and e.name in wanted)
    return frozenset(c for c in (code, *found) if c)


# ---------------------------------------------------------------- what happens, and to what


def _is_kind(ask: Ask, claim: Claim) -> bool:
    """Whether the claim's event is of the kind that is asked of; about a theme, also a stage of the same process."""
    if ask.predicate is None:
        return True
    wanted = _family(fold(ask.predicate))
    if wanted is None:
        said = {claim.family, claim.event.predicate, claim.event.predicate_class or ""}
        return fold(ask.predicate) in {form for word in said for form in _forms(fold(word).replace("_", " "))}
    if ask.theme is not None:
        return process_of(claim.family) == process_of(wanted.name)
    return claim.family == wanted.name


def _family(word: str) -> Family | None:
    """The family of a verb in any form, of a noun for what happens, or of a class."""
    return family_of(word) or nominal_family(word) or family_of(_lemmas().get(word, ""))


@cache
def _lemmas() -> dict[str, str]:
    return {form: verb for verb in listed_words() for form in _forms(verb)}


def _forms(verb: str) -> tuple[str, ...]:
    return verb, third_person(verb), past(verb), participle(verb)


def _is_about(name: str, m: Matched) -> bool:
    """Whether a name is that of the claim's theme, in the claim's words or in the case's, or of what it counts."""
    theme = m.claim.event.theme
    phrases = [p for p in (theme.name if theme else None, m.claim.unit) if p]
    if any(fold(p) == fold(name) for p in phrases):
        return True
    key = frozenset(m.theme) - {""}
    have = key | {w for p in phrases for w in (*noun_words(p), *name_words(p), *map(singular, name_words(p)))}
    proper = proper_words(name)
    if proper:
        return proper <= have or set(map(singular, proper)) <= have
    *modifiers, head = noun_words(name) or name_words(name)
    heads = {kind_of_thing(noun_words(p)[-1]) for p in phrases if noun_words(p)}
    heads |= key if m.theme[:1] == ("",) else frozenset(m.theme[:1])
    return kind_of_thing(head) in heads and set(modifiers) <= have


# ---------------------------------------------------------------- by whom, where, how many of what


def _is_by(names: Iterable[str], countries: frozenset[str], m: Matched, *, unsaid: bool) -> bool:
    agent = m.claim.agent
    if not m.agent and agent is None:
        return unsaid
    if m.agent[:1] == ("",) and m.agent[1] in countries:
        return True
    have = {*m.agent, *(name_words(agent.name) if agent is not None else ())}
    return any(set(name_words(name)) <= have for name in names)


def _is_at(place: str, countries: frozenset[str], m: Matched) -> bool:
    """Whether the claim is of that place, or of one in it, as far as the case tells."""
    if countries:
        return m.where.country in countries
    wanted = set(tokens(place))
    return any(wanted <= set(tokens(name)) for name in _places(m))


def _places(m: Matched) -> Iterator[str]:
    place = m.claim.event.place
    if m.where.name is not None:
        yield m.where.name
    if place is not None:
        yield place.name
        yield from [place.region] if place.region else []


def _counts(ask: Ask, claim: Claim) -> bool:
    """Whether a claim counts what is asked for; one without a number may decline to give it."""
    quantity = claim.event.quantity
    if quantity is None:
        return True
    if ask.counted is not None:
        family = counted_family(fold(ask.counted))
        implied = quantity.counted is None and family is not None and family.name == claim.family
        if not implied and fold(quantity.counted or "") != fold(ask.counted):
            return False
    if ask.unit is None or claim.unit is None:
        return True
    if is_generic_person(ask.unit) and claim.traits.theme == "ignored":
        return True  # whom it befalls are people, whatever they are called
    return _is_unit(ask.unit, claim.unit)


def _is_unit(wanted: str, unit: str) -> bool:
    """Whether a unit is the one that is asked for, or a sort of it; "people" are all persons, a currency any money."""
    if is_money(wanted) or is_money(unit):
        return is_money(wanted) and is_money(unit)
    *modifiers, head = noun_words(wanted) or (fold(wanted),)
    words = noun_words(unit) or (fold(unit),)
    if is_generic_person(wanted):
        return words[-1] in word_set("persons") | word_set("generic_persons")
    return kind_of_thing(words[-1]) == kind_of_thing(head) and set(modifiers) <= set(words)
