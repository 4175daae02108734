"""Everybody and everything that a pronoun of an article could point back to, by sentence and grammatical role.

Grades follow centering (Grosz, Joshi & Weinstein 1995): subjects before objects before the rest.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence, Set
from dataclasses import dataclass
from enum import StrEnum

from quoth.read.countries import demonym_country
from quoth.read.english.agents.mentions import NUMERIC, placeholder
from quoth.read.english.agents.roles import body_noun, document_nouns, listed, person_noun, role_ends, singular
from quoth.read.english.parse import Parse
from quoth.read.english.tokens import Doc, Token

_SERVICES = listed("emergency security intelligence special secret rescue fire ambulance social health medical")
_PLURAL_BODIES = frozenset({"police", "people", "authorities", "forces", "prosecutors"})


class Sort(StrEnum):
    PERSON = "a named person"
    HUMAN = "somebody"
    HUMANS = "several people"
    BODY = "a body"
    DOCUMENT = "a document"
    THING = "a thing"


@dataclass(frozen=True, slots=True)
class Mentioned:
    """The phrase headed by token `head` of parse number `parse`; `sentence` counts those outside quotations;
    `maybe`: a name that could be a person's, though nothing says so."""

    parse: int
    head: int
    start: int
    sentence: int
    sort: Sort
    plural: bool
    grade: float
    quoted: bool
    coordinated: bool = False
    maybe: bool = False


class Sentences:
    """Numbers the sentences of the narration; what is quoted has the number of the sentence it stands in."""

    def __init__(self, parses: Sequence[Parse]) -> None:
        starts = {p.starts[s.start] for p in parses if not p.quoted for s in p.tokens.sents}
        self._starts = sorted(starts)

    def number(self, offset: int) -> int:
        return bisect_right(self._starts, offset)

    def begin(self, number: int) -> int:
        """Where the sentence of this number begins; 0 for one before the first."""
        return self._starts[number - 1] if number > 0 else 0


def grade(token: Token) -> float:
    """How much a phrase is in the centre of its sentence."""
    dep = token.dep_
    above = token.head
    steps = 0
    while dep in {"appos", "conj"} and steps < 4:
        dep, above, steps = above.dep_, above.head, steps + 1
    main = above.dep_ == "ROOT" or (above.dep_ == "conj" and above.head.dep_ == "ROOT")
    if dep in {"nsubj", "nsubjpass"}:
        value = 4.0 if main else 3.0
    elif dep == "ROOT" or (dep == "pobj" and above.dep_ == "agent"):
        value = 3.0
    elif dep == "pobj" and above.text == "to" and above.head.text.casefold() == "according":
        value = 4.0
    elif dep == "pobj" and above.text == "by":  # "an attempt by X"
        value = 2.0
    elif dep in {"dobj", "dative", "attr"}:
        value = 1.5
    elif dep == "poss":
        value = 1.0
    elif dep in {"compound", "nmod", "amod"}:
        value = -1.0
    else:
        value = 0.5
    return value - 0.5 * min(steps, 1)


def coordinated(token: Token) -> bool:
    """Whether a second noun is joined to this one, so that "they" can be both."""
    return any(c.dep_ == "conj" and c.tag_[:2] == "NN" for c in token.rights)


def noun_sort(doc: Doc, i: int) -> Sort | None:
    """Whether the common noun at i is one for a person, a body or a document."""
    word = doc[i].text.casefold()
    one = singular(word)
    aged = one == "old" and i > 2 and doc[i - 2].text.startswith("year")  # "the 21-year-old"
    if role_ends(doc, i) or person_noun(one) or aged:
        return Sort.HUMAN
    before = doc[i - 1].text.casefold() if i else ""
    if word == "papers" and before not in {"", "the"} and not demonym_country(doc[i - 1].text):
        return Sort.DOCUMENT
    if word == "services" and before in _SERVICES:
        return Sort.BODY
    entry = body_noun(word)
    if entry is not None and entry.kind != "name":
        return Sort.BODY
    if one in document_nouns():
        return Sort.DOCUMENT
    return None


def nouns_in(parse: Parse, number: int, text: str, taken: Set[int], sentences: Sentences) -> list[Mentioned]:
    """The common noun phrases of a parse; `taken` are the tokens of names."""
    found: list[Mentioned] = []
    doc = parse.tokens
    for token in doc:
        tag = token.tag_
        if tag not in {"NN", "NNS", "NNP", "NNPS"} or token.i in taken or token.dep_ in {"compound", "npadvmod"}:
            continue
        if token.ent_type_ in NUMERIC or placeholder(parse, text, token.i):
            continue
        word = token.text.casefold()
        sort = noun_sort(doc, token.i)
        plural = tag in {"NNS", "NNPS"} or word in _PLURAL_BODIES
        if sort is Sort.HUMAN and plural:
            sort = Sort.HUMANS
        centre = grade(token)
        if sort is None:
            if centre < 1.5:
                continue
            sort = Sort.THING
        start = parse.starts[token.i]
        found.append(
            Mentioned(
                number, token.i, start, sentences.number(start), sort, plural, centre, parse.quoted, coordinated(token)
            )
        )
    return found
