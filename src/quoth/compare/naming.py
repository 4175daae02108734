"""What two names alone tell: whether one can be short for the other, and what brings them together."""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz.distance import Levenshtein

from quoth import names
from quoth.compare.names import acronym, fold, given_fit, name_words, tokens
from quoth.compare.tables import word_set
from quoth.model import AgentKind

Key = tuple[str, ...]
"""("person", words …), ("described", country or "", words …), ("organization", country or "", words …),
("country", code or words), ("declared", name)."""

NEAR = 6
"""Letters that a family name has at least where one of them may differ."""


def person_words(name: str) -> list[str]:
    """The folded words of a person's name, without titles and nationality before it; all if nothing else is left."""
    words = names.fold(name).split()
    before = names.TITLES | word_set("titles") | word_set("demonyms")
    first = next((i for i, w in enumerate(words) if w not in before), 0)
    return words[first:]


def body_words(name: str, country: str | None) -> list[str]:
    """The folded words of a body's name, without its nationality where `country` tells that anyway.

    "The Chinese space agency", "China's Süddeutsche Zeitung", "the government of China" say whose; "Japan Times", "Bank
    of America" and "European Space Agency" are names.
    """
    words = list(name_words(name))
    body, of, field = name.partition(" of ")
    if of and name_words(body)[-1:] and name_words(body)[-1] in word_set("institutions"):
        words = [*name_words(field), *name_words(body)]  # "Ministry of Infrastructure": the infrastructure ministry
    lands = word_set("demonyms")
    if country is None or not lands.intersection(words):
        return words
    *head, last = [w for w in words if w not in lands] or words
    common = not any(w[:1].isupper() for w in name.split()[1:] if fold(w) not in lands)
    possessive = re.search(r"\w['’]s?\s", name) is not None
    if words[-1] in lands:
        return words
    return [*head, last] if common or possessive or last in word_set("institutions") else words


@cache
def offices(name: str) -> frozenset[str]:
    """The offices that a name or a description gives its bearer, of those that a country has one holder of: "state",
    "government", "foreign", "defense" …"""
    words = set(name_words(name))
    if words & word_set("lesser"):
        return frozenset()
    found = {field for field in word_set("ministries") & words if words & {"minister", "secretary"}}
    if words & (word_set("heads_of_state") | word_set("heads_of_either")):
        found.add("state")
    if words & (word_set("heads_of_government") | word_set("heads_of_either")) or {"prime", "minister"} <= words:
        found.add("government")
    return frozenset("defense" if field == "defence" else field for field in found)


def is_description(name: str) -> bool:
    """Whether a name says what somebody is: a word that no name has stands in lower case in it ("head of the port")."""
    words = [w for w in name.split() if w[:1].isalpha()]
    return any(w[:1].islower() and fold(w) not in word_set("particles") for w in words)


def forms_of_given(a: str, b: str) -> bool:
    """Whether two folded given names can be one man's: equal, an initial, two spellings or two languages' forms."""
    return given_fit(a, b) or names.given_fits(a, b)


def person_less(a: Key, b: Key) -> bool:
    """A family name for a full name, an initial or another form of the given name, a family name one letter off."""
    if not a or not b or len(a) > len(b):
        return False
    if len(a) == 1:
        return len(b) > 1 and a[-1] == b[-1]
    if a[-1] != b[-1] and not _one_letter_off(a, b):
        return False
    fit = all(forms_of_given(p, q) for p, q in zip(a[:-1], b[:-1], strict=False))
    return fit and (len(a), sum(map(len, a)), b) < (len(b), sum(map(len, b)), a)


def _one_letter_off(a: Key, b: Key) -> bool:
    long = min(len(a[-1]), len(b[-1])) >= NEAR and len(a[0]) > 1 < len(b[0])
    return long and Levenshtein.distance(a[-1], b[-1], score_cutoff=1) <= 1


def body_less(a: Key, b: Key) -> bool:
    same = a[2:] == b[2:] or (len(a) == 3 and acronym(" ".join(b[2:])) == a[2])
    return same and (a[1] in ("", b[1])) and (a[1] != b[1] or a[2:] != b[2:])


def near(key: Key) -> list[str]:
    if key[0] == "organization":
        return [f"o {key[2][:1] if len(key) > 2 else ''}"]
    if key[0] == "person" and len(key) > 2:
        return [f"p {key[-1]}", f"p {key[1][:1]} {key[-1][:3]}"]
    return [f"{key[0][0]} {key[-1]}"]


def tie(name: str, full: str, kind: AgentKind, country: str | None) -> tuple[str, str]:
    """What brings two names together: the rule, and the reason in words."""
    if kind is AgentKind.COUNTRY:
        return "country", f"both are the government of one country ({country})" if country else "one country"
    if tokens(name) == tokens(full):
        return "form", "the same name but for a title, an article, case or accents"
    if kind is not AgentKind.PERSON:
        bare, whole = (body_words(n, country) for n in (name, full))
        if bare == whole:
            return "nationality", "the same body, with and without its nationality"
        if acronym(full) == fold(name) or acronym(name) == fold(full):
            return "initials", "the initials of the full name"
        return "other", f"the same agent as {full}"
    if is_description(name) and offices(name):
        return "office", f"the case names nobody else with that office of that country ({country})"
    a, b = person_words(name), person_words(full)
    if a == b:
        return "spelling", "the same name in another spelling or script"
    if len(a) == 1:
        return "family-name", f"no other full name fits the family name here than {full}"
    if len(a) != len(b) and (a[0], a[-1]) == (b[0], b[-1]):
        return "middle-name", "the same given and family name, with and without what stands between"
    if a[-1] == b[-1] and any(len(p) == 1 for p in a[:-1]):
        return "initial", "an initial for the given name"
    if a[-1] == b[-1] and all(forms_of_given(p, q) for p, q in zip(a[:-1], b[:-1], strict=False)):
        return "given-name", "the same family name, and a form of the same given name"
    if _one_letter_off(tuple(a), tuple(b)) and forms_of_given(a[0], b[0]):
        return "near-spelling", "the same given name, and a family name that differs in one letter"
    return "other", f"the same agent as {full}"
