"""Who or what can be cited as having said something."""

from __future__ import annotations

from functools import cache

from quoth.read.english.agents.roles import anonymous_nouns, body_nouns, person_noun, role_nouns
from quoth.read.english.attribution.cues import words
from quoth.read.english.tokens import Token


def can_speak(noun: Token) -> bool:
    """Whether a noun names somebody or something that can be cited."""
    named = noun.pos_ == "PROPN" and noun.ent_type_ in {"", "PERSON", "ORG", "GPE", "NORP"}
    lemma = noun.lemma_.lower()
    return named or lemma in _citable() or person_noun(lemma) or noun.ent_type_ in {"PERSON", "ORG", "GPE", "NORP"}


@cache
def _citable() -> frozenset[str]:
    """Common nouns that can be cited: of people, bodies, some of documents; "citing the law" gives a reason."""
    last = (noun.rsplit(" ", 1)[-1] for noun in (*map(" ".join, role_nouns()), *body_nouns()))
    return words("citable") | frozenset(last) | frozenset(anonymous_nouns())
