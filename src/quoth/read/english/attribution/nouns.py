"""Nouns as cues: "Putin's claims that …", "a request from X to …", "the allegation of …"."""

from __future__ import annotations

from collections.abc import Iterator

from quoth.read.english.attribution import clauses
from quoth.read.english.attribution.cues import Cue, cues, words
from quoth.read.english.attribution.found import Found
from quoth.read.english.attribution.patterns import Pattern
from quoth.read.english.pipeline import Passage
from quoth.read.english.tokens import Token

BEARERS = frozenset({"by", "from", "among"})
"""Prepositions before whoever holds or utters what a noun names."""

PERSONS = frozenset({"he", "she", "they", "i", "we"})


def find(passage: Passage, number: int) -> Iterator[Found]:
    for token in passage.frame.tokens:
        if token.pos_ == "NOUN":
            entry = cues().get((token.lemma_.lower(), "n"))
            if entry is not None and not _opposed(token) and not _in_order(token):
                yield from _noun(passage, number, token, entry)


def _in_order(noun: Token) -> bool:
    """ "in order to": no order."""
    return noun.dep_ == "pobj" and noun.head.lower_ == "in" and noun.i == noun.head.i + 1


def _opposed(noun: Token) -> bool:
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    if noun.dep_ == "nsubjpass" and verb.lemma_.lower() in words("unanswered") and clauses.by_agent(verb) is None:
        return False  # "could not be verified": by the outlet, which lets the claim stand
    return (
        noun.dep_ in {"dobj", "pobj", "nsubjpass"} and verb.lemma_.lower() in words("opposing") and verb.pos_ == "VERB"
    )


def _noun(passage: Passage, number: int, noun: Token, entry: Cue) -> Iterator[Found]:
    clause = _clause(noun, entry)
    phrase = _phrase(noun, entry) if clause is None else None
    source, cue = _source(noun)
    if clause is not None:
        pattern, words_said = Pattern.NOUN_CLAUSE, list(clause.subtree)
    elif phrase is not None and source is not None and (_expressed(noun) or source.head.lower_ in BEARERS):
        pattern, words_said = Pattern.NOUN_PHRASE, [t for c in phrase.children for t in c.subtree]
    else:
        return
    tokens = clauses.trimmed(words_said)
    if not tokens or (source is not None and any(t.i == source.i for t in tokens)):
        return
    parse = passage.frame
    spans = parse.spans(t.i for t in tokens)
    yield Found(number, parse, cue, None if source is None else source.i, spans, entry, pattern)


def _expressed(noun: Token) -> bool:
    """ "voiced concern about": the noun's phrase says what is expressed."""
    return noun.dep_ == "dobj" and noun.head.lemma_.lower() in words("expressing")


def _phrase(noun: Token, entry: Cue) -> Token | None:
    """The preposition of "opposition to the plan"."""
    prepositions = entry.prepositions("p")
    return next((c for c in noun.children if c.dep_ == "prep" and c.lower_ in prepositions), None)


def _clause(noun: Token, entry: Cue) -> Token | None:
    for child in noun.children:
        if child.dep_ in {"acl", "ccomp", "relcl"} and child.i > noun.i:
            first = child.left_edge
            marked = any(c.dep_ == "mark" and c.lower_ == "that" for c in child.children)
            infinitive = any(c.tag_ == "TO" for c in child.children)
            if "c" in entry.frames and not infinitive and (marked or (first.lower_ == "that" and first.dep_ == "mark")):
                return child
            if "i" in entry.frames and infinitive:
                return child
    if "i" in entry.frames:
        return _stray_infinitive(noun)
    return None


def _stray_infinitive(noun: Token) -> Token | None:
    """The infinitive that the parser hung on a phrase of the noun: "a request from X to Y in June to send …"."""
    for token in noun.subtree:
        if token.i > noun.i and token.tag_ == "VB" and any(c.tag_ == "TO" for c in token.children):
            return token
    return None


def _source(noun: Token) -> tuple[Token | None, tuple[int, ...]]:
    """Whose claim, plan or hope it is, and the cue: with the verb where the noun is the object of one."""
    verb = noun.head
    light = noun.dep_ == "dobj" and verb.lemma_.lower() in words("light")
    for child in noun.children:
        if child.dep_ == "poss" and child.tag_ != "WP$":
            if child.tag_ != "PRP$":
                return child, (noun.i,)
            if light and (subject := clauses.subject_of(verb)) is not None:
                return subject, (verb.i, noun.i)
            return _said_in(noun) or (child, (noun.i,))
    for child in noun.children:
        if child.lower_ in BEARERS and child.dep_ in {"prep", "agent"}:
            pobj = next((c for c in child.children if c.dep_ == "pobj"), None)
            if pobj is not None:
                return pobj, (noun.i,)
        if child.dep_ == "acl" and child.tag_ == "VBN":
            agent = clauses.by_agent(child)
            if agent is not None:
                return agent, (noun.i, child.i)
    if light:
        return clauses.subject_of(verb), (verb.i, noun.i)
    if noun.dep_ == "nsubjpass" and verb.lemma_.lower() in words("light"):
        return clauses.by_agent(verb), (verb.i, noun.i)
    return _said_in(noun) or _holder(noun) or (_adjective(noun), (noun.i,))


def _said_in(noun: Token) -> tuple[Token | None, tuple[int, ...]] | None:
    """ "said in a statement that": the parser hung the clause low."""
    saying = noun.head.head
    if noun.dep_ == "pobj" and noun.head.lower_ in {"in", "during", "at"} and (saying.lemma_.lower(), "v") in cues():
        return clauses.subject_of(saying), (saying.i,)
    return None


def _holder(noun: Token) -> tuple[Token, tuple[int, ...]] | None:
    """The person or body of whom a verb says that it has the claim or plan: "she dropped the idea that", "he came with
    plans to"."""
    phrase = noun.dep_ == "pobj" and noun.head.lower_ in {"with", "under"}
    verb = noun.head.head if phrase else noun.head
    if verb.pos_ != "VERB" or not (phrase or noun.dep_ == "dobj") or verb.lemma_.lower() in words("receiving"):
        return None
    subject = clauses.subject_of(verb)
    if subject is None or not (subject.pos_ == "PROPN" or subject.lower_ in PERSONS):
        return None
    return subject, (noun.i,) if phrase else (verb.i, noun.i)


def _adjective(noun: Token) -> Token | None:
    return next(
        (c for c in noun.children if c.dep_ in {"amod", "compound"} and c.ent_type_ in {"NORP", "ORG", "GPE"}), None
    )
