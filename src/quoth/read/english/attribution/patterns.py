"""The patterns by which the rules find attributions, and how often what each finds is right."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from quoth.read.english.lexicon import rows


class Pattern(StrEnum):
    """Where the content stands beside its cue, or what else tells it."""

    VERB_CLAUSE = "verb+clause"
    CLAUSE_VERB = "clause+verb"
    VERB_QUOTE = "verb+quote"
    PARENTHESIS = "parenthesis"
    VERB_INFINITIVE = "verb+infinitive"
    VERB_GERUND = "verb+gerund"
    VERB_PREDICATE = "verb+predicate"
    VERB_OBJECT = "verb+object"
    VERB_OBJECT_PHRASE = "verb+object+phrase"
    VERB_OBJECT_WITH_PHRASE = "verb+object with phrase"
    VERB_AS = "verb+as"
    VERB_PHRASE = "verb+phrase"
    REFUSAL = "refusal"
    PASSIVE_CLAUSE = "passive+clause"
    PASSIVE_INFINITIVE = "passive+infinitive"
    PASSIVE_AS = "passive+as"
    PASSIVE_SUBJECT = "passive+subject"
    QUOTED_AS_SAYING = "quoted as saying"
    HEARD_FROM = "heard from"
    NOUN_CLAUSE = "noun+clause"
    NOUN_PHRASE = "noun+phrase"
    ACCORDING = "according to"
    PER = "per"
    IN_THE_WORDS = "in the words of"
    IN_A_POLL = "in a poll"
    HEARSAY = "hearsay adverb"
    COLON = "colon"
    COLON_QUOTE = "colon+quote"
    COLON_PARAGRAPH = "colon+paragraph"
    DASH = "dash"
    ANSWER = "answer"
    SPEAKER_LAST = "speaker last"
    POINTS_BACK_PASSIVE = "points back, passive"
    POINTS_BACK_ACTIVE = "points back, active"
    NESTED_QUOTE = "quotation in a quotation"
    REPORTED_IN_QUOTE = "reported in a quotation"
    NETWORK = "network"
    """No pattern: a network alone read it, and gives its own confidence."""


ANY = "-"
"""The kind of cue of the rows that hold for all kinds."""


@cache
def confidences() -> Mapping[tuple[str, str], float]:
    """By pattern and kind of cue: the last column of lexicon/patterns.tsv, whose header explains it."""
    return {(pattern, kind): float(rate) for pattern, kind, *_, rate in rows("patterns.tsv", headed=True)}


def confidence(pattern: str, kind: str) -> float:
    """How often what a pattern finds with a cue of a kind is right.  Raises KeyError for a pattern without a row."""
    known = confidences()
    return known.get((pattern, kind)) or known[pattern, ANY]
