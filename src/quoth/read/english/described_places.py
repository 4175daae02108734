"""Places without a name of their own: "the cellar of the customs house", "the road to town", "enter the harbour".

Told by syntax: a noun of `lexicon/place_nouns.tsv` after a preposition of place, or as what somebody enters, leaves or
reaches.  It has an article or another word before it, or is one that needs none ("in prison").  What somebody is aboard
is one too, by whatever name: a ship called after a town is not in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from quoth.read.english.lexicon import rows
from quoth.read.english.tokens import Doc, Token

_BEFORE = frozenset(("det", "amod", "compound", "nmod", "poss", "nummod"))
LONGEST = 12
"""Words of a description."""

_NUMBER = 2
"""Characters of a number or letter that tells one terminal or pier from another."""

Range = tuple[int, int]


def described(doc: Doc, taken: Iterable[Range]) -> Iterator[Range]:
    """Token ranges [first, stop) of described places that do not meet `taken`, in text order."""
    named = {i for first, stop in taken for i in range(first, stop)}
    for token in doc:
        aboard = token.dep_ == "pobj" and token.head.lower_ == "aboard" and token.pos_ in ("NOUN", "PROPN")
        described = kind_of(token) is not None and _is_one(token) and _is_located(token)
        if token.i in named or not (aboard or described):
            continue
        first, stop = _phrase(token)
        if named.isdisjoint(range(first, stop)):
            yield first, stop
            named.update(range(first, stop))


def kind_of(token: Token) -> str | None:
    """The kind of place that a noun is of: a list's name; None where it is no such noun."""
    if len(token.text) <= _NUMBER and token.i and (token.text.isupper() or token.text.isdigit()):
        before = token.nbor(-1)  # "terminal B", "pier 7"
        return _kinds().get(before.lower_) if before.head.i == token.i else None
    if token.pos_ not in ("NOUN", "PROPN"):
        return None
    return _kinds().get(token.lemma_.lower()) or _kinds().get(token.lower_)


def is_moved(verb: Token) -> bool:
    """Whether "from" after the verb's object says where it happens: "recalled its ambassador from the port"."""
    return verb.lemma_.lower() in _list("moved")


def _is_one(noun: Token) -> bool:
    """With a word before it; a part, with what it is of or "eastern"; a name, of several words ("City Hall")."""
    before = [c for c in noun.lefts if c.dep_ in _BEFORE]
    if noun.pos_ == "PROPN" and not any(c.dep_ == "compound" for c in before):
        return False
    if kind_of(noun) == "part":
        compass = any(c.lower_ in _list("compass") for c in before)
        return compass or any(kind_of(whole) not in (None, "part") for whole in _after(noun, "of"))
    if kind_of(noun) == "way" and any(kind_of(t) is None and t.pos_ != "PROPN" for t in _after(noun, "to")):
        return False  # "the road to recovery"
    if noun.lemma_ == "area" and any(kind_of(t) is None and t.pos_ != "PROPN" for t in _after(noun, "of")):
        return False  # "in several areas of life"
    return bool(before) or noun.lemma_.lower() in _list("bare")


def _is_located(noun: Token) -> bool:
    first = noun
    while first.dep_ == "conj" and first.head.i != first.i:
        first = first.head
    if first.dep_ == "dobj":
        return first.head.lemma_.lower() in _list("reached")
    if first.dep_ != "pobj":
        return False
    preposition, kind = first.head, kind_of(noun)
    word, above = preposition.lower_, preposition.head
    if word in _list("anywhere"):
        return True
    if word in _list("point"):
        return kind != "area"
    if word in _list("surface"):
        return kind not in ("built", "area")
    if word == "of":
        return above.lower_ == "out" and above.dep_ == "prep"
    if word in _list("direction"):
        verb = above.head if above.dep_ in ("dobj", "nsubjpass") else above
        goes = is_moved(verb) or verb.lemma_.lower() in _list("going")
        return verb.pos_ in ("VERB", "AUX") and (goes or (verb is above and word in ("from", "through")))
    return False


def _phrase(noun: Token) -> Range:
    """The noun with what stands before it, and with "of …" or "to …" right after it."""
    first, stop = noun.i, noun.i + 1
    for child in sorted(noun.lefts, key=lambda c: -c.i):
        if child.dep_ not in _BEFORE and child.dep_ != "punct":
            break
        first = child.left_edge.i
    for preposition in noun.rights:
        fits = preposition.lower_ == "of" or (preposition.lower_ == "to" and kind_of(noun) == "way")
        if preposition.dep_ == "prep" and fits and preposition.i == stop:
            inner = next((c for c in preposition.children if c.dep_ == "pobj"), None)
            if inner is not None and not any(c.dep_ == "relcl" for c in inner.children):
                stop = inner.i + 1
    return max(first, stop - LONGEST), stop


def _after(noun: Token, word: str) -> list[Token]:
    return [c for p in noun.children if p.dep_ == "prep" and p.lower_ == word for c in p.children if c.dep_ == "pobj"]


@cache
def _kinds() -> dict[str, str]:
    places = ("part", "craft", "area", "land", "way", "built", "inner")
    return {lemma: kind for kind in places for lemma in _list(kind)}


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(next(words for kind, words in rows("place_nouns.tsv") if kind == name).split())
