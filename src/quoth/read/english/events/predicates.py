"""Which class a predicate belongs to, and which nouns speak of events: the lexicons, looked up."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from functools import cache

from quoth.read.english.lexicon import rows, words


class Trait(enum.StrEnum):
    """What is true of all predicates of a class; `lexicon/predicates.tsv` explains each."""

    STATIVE = "stative"
    CHANGE = "change"
    CAUSAL = "causal"
    OCCUR = "occur"
    TRANSFER = "transfer"
    UNDERGOER = "undergoer"
    PATIENT = "patient"


@dataclass(frozen=True, slots=True)
class PredicateClass:
    name: str
    traits: frozenset[Trait]


@dataclass(frozen=True, slots=True)
class EventNoun:
    """A noun that speaks of an event: the verb for it, whether its "of" names the agent, and whether it needs
    a participant, time or clause beside it to be read so."""

    predicate: str
    of_agent: bool
    argued: bool


@cache
def _classes() -> dict[str, PredicateClass]:
    found: dict[str, PredicateClass] = {}
    for name, traits, lemmas in rows("predicates.tsv"):
        group = PredicateClass(name, frozenset(Trait(t) for t in words(traits)))
        found.update(dict.fromkeys(words(lemmas), group))
    return found


@cache
def _nouns() -> dict[str, EventNoun | None]:
    found: dict[str, EventNoun | None] = {}
    for verb, of, strength, nouns in rows("nominal_events.tsv"):
        for noun in words(nouns):
            event = EventNoun(noun if verb == "-" else verb, of == "agent", strength == "argued")
            found[noun] = None if strength == "never" else event
    return found


NO_CLASS = PredicateClass("", frozenset())


def class_of(predicate: str) -> PredicateClass | None:
    """The class of a predicate ("deploy", "call off"); for "call off" not listed itself, that of "call"."""
    classes = _classes()
    return classes.get(predicate) or (classes.get(predicate.split()[0]) if " " in predicate else None)


def is_listed(predicate: str) -> bool:
    return predicate in _classes()


def has(predicate: str, trait: Trait) -> bool:
    """Whether the predicate's class has the trait; False for a predicate without a class."""
    return trait in (class_of(predicate) or NO_CLASS).traits


_ENDINGS = (
    ("ation", ("", "e", "ate")),
    ("ition", ("", "ish")),
    ("tion", ("t", "te")),
    ("sion", ("d", "de", "s", "se")),
    ("ment", ("",)),
    ("ance", ("",)),
    ("al", ("", "e")),
)


@cache
def event_noun(lemma: str) -> EventNoun | None:
    """What event a noun speaks of, by the lexicon, or by its ending where the verb is in the lexicon of predicates."""
    nouns = _nouns()
    if lemma in nouns:
        return nouns[lemma]
    for ending, replacements in _ENDINGS:
        if lemma.endswith(ending) and len(lemma) > len(ending) + 2:
            stem = lemma.removesuffix(ending)
            for verb in (stem + r for r in replacements):
                if is_listed(verb):
                    return EventNoun(verb, of_agent=False, argued=True)
    return None
