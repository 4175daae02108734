"""Whether two wordings name one thing, by their words alone: folded, singular, without titles and nationalities."""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache, lru_cache

from rapidfuzz import fuzz

from quoth.compare.tables import word_set

REMEMBERED = 1 << 16
"""Names whose words are remembered: those of a case come again and again, its texts once or twice."""

_WORD = re.compile(r"\w+")
_TOKEN = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_CUT = re.compile(
    r"\s(?:on|in|at|to|for|from|with|against|by|near|that|which|who|whom|as|under|over|during|after|before)\s"
)
_LOWER = re.compile(r"\b[a-z][\w'’-]*")
_ES = ("sses", "shes", "ches", "xes", "zes")
_IRREGULAR = {"men": "man", "women": "woman", "people": "person", "children": "child", "servicemen": "serviceman",
              "servicewomen": "servicewoman", "policemen": "policeman", "dead": "dead", "series": "series",
              "lives": "life", "persons": "person", "forces": "force", "aircraft": "aircraft", "us": "us"}  # fmt: skip


def folded(text: str) -> str:
    """Case, accents and typographic variants folded away, white space collapsed."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold().replace("’", "'"))
    if not plain.isascii():
        for mark in filter(unicodedata.combining, set(plain)):
            plain = plain.replace(mark, "")
    return " ".join(plain.split())


@lru_cache(maxsize=REMEMBERED)
def fold(name: str) -> str:
    """As `folded`, of what comes more than once: a name, a word, a sentence; not of a whole document."""
    return folded(name)


def words_in(text: str) -> list[str]:
    """The folded words of a whole document, in order; a word is one string, however many documents have it."""
    return [sys.intern(word) for word in _WORD.findall(folded(text))]


def singular(word: str) -> str:
    """The singular of a folded English noun, as far as its ending tells."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 4 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(_ES):
        return word[:-2]
    return word[:-1] if word.endswith("s") else word


def _bare(token: str) -> str:
    return token[:-2] if token.endswith(("'s", "’s")) else token.rstrip("'’")


def lower_words(text: str) -> frozenset[str]:
    """The folded words that a text writes in lower case, at least once."""
    return frozenset(fold(w) for w in _LOWER.findall(text))


@lru_cache(maxsize=REMEMBERED)
def tokens(text: str) -> tuple[str, ...]:
    """The folded words of a name, without possessives, articles and titles; all of them if nothing else is left."""
    return tokens_in(fold(text))


def tokens_in(plain: str) -> tuple[str, ...]:
    """As `tokens`, of what is folded already: a whole document."""
    found = _bare_words(plain)
    kept = [t for t in found if t and t not in word_set("empty") and t not in word_set("titles")]
    return tuple(kept or found)


def _bare_words(plain: str) -> list[str]:
    return [sys.intern(_bare(t)) for t in _TOKEN.findall(plain)]


@lru_cache(maxsize=REMEMBERED)
def name_words(text: str) -> tuple[str, ...]:
    """The folded words of an organization's name, without articles: "State Department" keeps both."""
    found = _bare_words(fold(text))
    return tuple([t for t in found if t and t not in word_set("empty")] or found)


@lru_cache(maxsize=REMEMBERED)
def noun_words(text: str) -> tuple[str, ...]:
    """The singular content words of a noun phrase, its head last: "10 Russian missile systems" gives missile, system.

    What follows a preposition is dropped, except after a container ("a number of systems" gives system).
    Nationalities, numbers and words that only point or praise are dropped.
    """
    phrase = _CUT.split(f" {fold(text)} ")[0].strip()
    head, of, rest = phrase.partition(" of ")
    front = _content(head)
    if of and (not front or front[-1] in word_set("containers") or front[-1].endswith(("tion", "ment", "ing"))):
        return noun_words(rest) or front
    return front


def _content(phrase: str) -> tuple[str, ...]:
    dropped = word_set("empty") | word_set("modifiers") | word_set("cardinals")
    bare = [_bare(t) for t in _TOKEN.findall(phrase)]
    return tuple(singular(t) for t in bare if t and t not in dropped and not t[0].isdigit() and not _demonym(t))


def _demonym(word: str) -> bool:
    return word in word_set("demonyms")


@lru_cache(maxsize=REMEMBERED)
def nationalities(text: str) -> frozenset[str]:
    """The country words in a phrase: "ten American passengers" gives american."""
    return frozenset(w for t in _TOKEN.findall(fold(text)) if _demonym(w := singular(_bare(t))))


@lru_cache(maxsize=REMEMBERED)
def proper_words(text: str) -> frozenset[str]:
    """The folded capitalised words of a name that are no nationality and no title: "Oreshnik"."""
    found = set()
    for token in _TOKEN.findall(text):
        plain = _bare(fold(token))
        if token[:1].isupper() and plain not in _common() and not _demonym(plain):
            found.add(plain)
    return frozenset(found)


@cache
def _common() -> frozenset[str]:
    return word_set("empty") | word_set("modifiers") | word_set("titles")


def given_fit(p: str, q: str) -> bool:
    """Whether two folded given names can be one: equal, an initial, or two spellings ("aleksandr", "alexander")."""
    if p == q or min(len(p), len(q)) == 1:
        return p[:1] == q[:1]
    return p[:2] == q[:2] and fuzz.ratio(p, q) >= 75


def is_bare_role(name: str) -> bool:
    """Whether a name only says what somebody is, or points: "mayor", "the spokesman", "She"; there are many of them."""
    if fold(name) in word_set("pronouns"):
        return True
    words = [w for w in _TOKEN.findall(name) if fold(w) not in word_set("empty")]
    return len(words) == 1 and not words[0][:1].isupper()


def acronym(name: str) -> str | None:
    """The initials of a name of three words or more: "faz" for "Frankfurter Allgemeine Zeitung"."""
    words = name_words(name)
    return "".join(w[0] for w in words) if len(words) >= 3 else None
