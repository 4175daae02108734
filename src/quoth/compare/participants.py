"""Who and what takes part in an event, in terms that other statements' participants can be compared with."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from quoth.compare.names import fold, noun_words, proper_words, singular, tokens
from quoth.compare.quantities import is_generic_person
from quoth.compare.tables import Family, family_of, is_light, nominal_family, word_set
from quoth.model import Agent, AgentKind, Event, Statement

_ARTICLE = re.compile(r"^(?:the|an?|its|his|her|their|our)\s+", re.I)
_IN_BRACKETS = re.compile(r"\([^)]*\)")
_ONE_OF = re.compile(r"^(?:no|an?|any|another)\s", re.I)


@dataclass(frozen=True, slots=True)
class Theme:
    """What an event is about, by its words: capitalised ones, and the noun phrase with its head last."""

    proper: frozenset[str] = frozenset()
    nouns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """An event's family, theme and agent.

    `turned`: its words deny the event ("stay open": not closed); `asked`: they ask for it; `recast`: the family is
    not that of the verb, but the event is the verb's own all the same.
    """

    family: str
    theme: Theme | None
    agent: Agent | None
    turned: bool = False
    asked: bool = False
    recast: bool = False


def is_bare_number(name: str) -> bool:
    """Whether a phrase counts or points without saying what: "the other two", "six", "the remaining ten"."""
    words = [w for w in re.findall(r"[\w-]+", fold(name)) if w not in ("the", "a", "an", "of", "some", "all")]
    return bool(words) and all(w in word_set("numerals") or w[0].isdigit() for w in words)


def is_total(words: str) -> bool:
    """Whether a phrase only says that a number follows: "the total"."""
    nouns = noun_words(words) or tokens(words)
    return len(nouns) == 1 and nouns[0] in word_set("totals")


def names_event(words: str) -> bool:
    nouns = noun_words(words)
    return bool(nouns) and nominal_family(nouns[-1]) is not None


def is_counted(event: Event) -> bool:
    return event.quantity is not None and bool(event.quantity.unit)


def is_counted_name(event: Event) -> bool:
    """Whether what is counted is called by a name: "twelve Kittiwakes"."""
    unit = event.quantity.unit if event.quantity else None
    return bool(unit and event.theme and fold(unit) in fold(event.theme.name))


def counted_theme(event: Event, thing: Agent, lower: frozenset[str]) -> Theme | None:
    """The theme by its own words, by the unit where these say nothing ("at least 20" of "boats")."""
    words = thing.name
    if not noun_words(words) and not proper_words(words) and event.quantity and event.quantity.unit:
        words = event.quantity.unit
    found = theme_of(words, thing, lower)
    if found is None or not is_counted_name(event):
        return found
    return plain(found)


def plain(theme: Theme | None) -> Theme | None:
    """A counted name in the singular: "twelve Kittiwakes"."""
    return replace(theme, proper=frozenset(singular(w) for w in theme.proper)) if theme else None


def is_thing(agent: Agent | None) -> bool:
    """Whether a participant is written as a common noun for no person: "boats", "Norvalian patrol boats"."""
    if agent is None or agent.country is not None:
        return False
    if _ONE_OF.match(agent.text) and proper_words(agent.name):
        return True
    last = re.findall(r"\w+", agent.name)[-1:]
    words = noun_words(agent.name)
    if agent.kind not in (None, AgentKind.DOCUMENT):
        return False
    return bool(last and words) and last[0].islower() and words[-1] not in word_set("persons")


def is_crowd(agent: Agent | None) -> bool:
    """Whether a participant is persons of one sort: "sailors of the coast guard"."""
    if agent is None:
        return False
    words = noun_words(agent.name)
    return bool(words) and words[-1] in word_set("persons")


def event_of(participant: Agent | None, event: Event, statement: Statement) -> tuple[str, str | None] | None:
    """What event of the statement a participant's words name, and of what: "the inauguration was put off"."""
    spans = participant.spans if participant is not None else ()
    for other in statement.events:
        triggers = other.trigger.spans
        if other is event or not spans or not triggers or not any(s.contains(triggers[-1]) for s in spans):
            continue
        if spans[-1].end == triggers[-1].end and not is_light(other.predicate):
            known = family_of(other.predicate_class or other.predicate) or family_of(other.predicate)
            name = known.name if known is not None else fold(other.predicate_class or other.predicate)
            return name, other.theme.name if other.theme is not None else None
    return None


def nominal(participant: Agent | None) -> tuple[Family, str | None] | None:
    """What event a participant's words name, and of what: "the deployment of X" gives placement and X."""
    if participant is None:
        return None
    head, _, rest = fold(participant.text or participant.name).partition(" of ")
    words = noun_words(head)
    family = nominal_family(words[-1]) if words else None
    if family is None:
        return None
    original = (participant.text or participant.name).split(" of ", 1)
    plain = [_ARTICLE.sub("", fold(w)) for w in (participant.name, participant.text)]
    named = participant.name if plain[0] != plain[1] and not names_event(participant.name) else None
    front = " ".join(w for w in original[0].split() if words[-1] not in noun_words(w))
    return family, named or (original[1] if rest else front or None)


def theme_of(words: str, theme: Agent | None, lower: frozenset[str]) -> Theme | None:
    code = theme.country if theme is not None and theme.kind is AgentKind.COUNTRY and theme.name == words else None
    if code:
        return Theme(proper=frozenset({code}))
    words = _IN_BRACKETS.sub(" ", words)
    nouns = noun_words(words)
    proper = frozenset(w for w in proper_words(words) if w not in lower and w not in word_set("generic_things"))
    if not proper and (not nouns or nouns[-1] in word_set("generic_things") or is_generic_person(words)):
        return None
    return Theme(proper, tuple(n for n in nouns if n not in proper))
