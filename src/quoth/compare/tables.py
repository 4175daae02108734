"""The tables beside this file, read once: words, classes and verbs, and the weights of the model of coreference."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("quoth.compare").joinpath(name).read_text(encoding="utf-8"))


@cache
def word_set(name: str) -> frozenset[str]:
    """A list of words.toml as a set.  Raises KeyError for a list that is not there."""
    return frozenset(_read("words.toml")[name].split())


@cache
def _kinds() -> dict[str, str]:
    return {word: group.split()[0] for group in _read("words.toml")["kinds"] for word in group.split()}


def kind_of_thing(noun: str) -> str:
    """One noun for all that name a kind of thing: warheads and arms are weapons, soldiers and servicemen troops."""
    return _kinds().get(noun, noun)


@dataclass(frozen=True, slots=True)
class Family:
    """Classes of events that can be about one event; classes.toml says what each field means."""

    name: str
    verb: str = ""
    agent: str = "common"
    theme: str = "named"
    asks: str | None = None
    grows: bool = False
    holder: frozenset[str] = frozenset()
    happens: str | None = None
    lasting: bool = False
    counts: bool = True
    doubted: bool = False
    varies: bool = False
    noun: str | None = None
    sized: bool = False


@dataclass(frozen=True, slots=True)
class Bearing:
    """Events of family `source` bear on the `slot` of events of family `target`."""

    source: str
    target: str
    slot: str
    label: str
    why: str


_NOT_FAMILIES = {"bears", "light", "wrapping", "business", "nominals", "counted", "opposites", "processes", "exact"}


@cache
def _families() -> dict[str, Family]:
    found = {}
    for name, entry in _read("classes.toml").items():
        if name not in _NOT_FAMILIES:
            fields: dict[str, Any] = {k: v for k, v in entry.items() if k not in ("words", "holder")}
            family = Family(
                name, entry["words"].split()[0], holder=frozenset(entry.get("holder", "").split()), **fields
            )
            found[name] = family
            found.update(dict.fromkeys(entry["words"].split(), family))
    return found


@cache
def bearings() -> tuple[Bearing, ...]:
    return tuple(Bearing(b["from"], b["on"], b["slot"], b["label"], b["why"]) for b in _read("classes.toml")["bears"])


@cache
def family_of(predicate: str) -> Family | None:
    """The family of a class, a lemma or a family's own name; None where the table has none."""
    return _families().get(predicate.casefold().replace(" ", "_").replace("-", "_"))


def listed_words() -> Iterator[str]:
    """All that `family_of` knows, with blanks for underscores."""
    return (word.replace("_", " ") for word in _families())


@cache
def is_light(predicate: str) -> bool:
    """Whether a verb only says when or whether the event that its subject names takes place."""
    return predicate.casefold().replace(" ", "_") in _class_words("light")


@cache
def is_wrapping(predicate: str) -> bool:
    """Whether a verb or adjective holds the event that is spoken of: "ask", "likely"."""
    return predicate.casefold().replace(" ", "_") in _class_words("wrapping")


def is_business(noun: str) -> bool:
    """Whether a noun says whose business something is: "prerogative"."""
    return noun in _class_words("business")


def exact_family(lemma: str) -> Family | None:
    """The family of a lemma that tells more than its class: a fine is no sentence."""
    name = lemma.casefold().replace(" ", "_")
    return family_of(name) if name in _class_words("exact") else None


@cache
def _class_words(table: str) -> frozenset[str]:
    return frozenset(_read("classes.toml")[table]["words"].split())


def nominal_family(noun: str) -> Family | None:
    """The family of events that a noun names: "deployment"."""
    name = _read("classes.toml")["nominals"].get(noun)
    return _families()[name] if name else None


def counted_family(counted: str) -> Family | None:
    """The family of events that a counted state belongs to: "wounded"."""
    name = _read("classes.toml")["counted"].get(counted)
    return _families()[name] if name else None


def opposite_family(predicate: str) -> Family | None:
    """The family whose event a predicate denies by its sense: "intact" denies damage."""
    name = _read("classes.toml")["opposites"].get(predicate.replace(" ", "_"))
    return _families()[name] if name else None


@cache
def _processes() -> dict[str, str]:
    return {
        family: name for name, families in _read("classes.toml")["processes"].items() for family in families.split()
    }


def process_of(family: str) -> str:
    """The process of which events of a family are stages; the family itself where the table has none."""
    return _processes().get(family, family)


def is_listed(family: str) -> bool:
    """Whether the tables know a family, or a process, of this name."""
    return family_of(family) is not None or family in _read("classes.toml")["processes"]


@cache
def irregular_forms(verb: str) -> tuple[str, str] | None:
    """Past and participle of an irregular verb."""
    forms = _read("verbs.toml")["irregular"].get(verb)
    if forms is None:
        return None
    past, participle = forms.split()
    return past, participle


def verb_in(table: str, verb: str) -> bool:
    """Whether a list of verbs.toml ("doubling", "toward", "intransitive") holds the verb."""
    return verb.replace(" ", "_") in _verbs(table)


@cache
def _verbs(table: str) -> frozenset[str]:
    return frozenset(_read("verbs.toml")[table]["words"].split())


def object_preposition(verb: str) -> str:
    """What stands between a verb and its object, with a space after it; "" for most."""
    found = _read("verbs.toml")["object"].get(verb)
    return f"{found} " if found else ""


@cache
def weights() -> Mapping[str, float]:
    """The weights of the model of coreference.py, by feature."""
    return {name: float(weight) for name, weight in _read("coreference.toml")["weights"].items()}


def threshold() -> float:
    """The mean probability above which questions are brought together."""
    return float(_read("coreference.toml")["threshold"])
