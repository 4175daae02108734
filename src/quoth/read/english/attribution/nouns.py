"""Nouns as cues: "Putin's claims that …", "a request from X to …", "the allegation of …"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from quoth.read.english.attribution import clauses
from quoth.read.english.attribution.cues import Cue, cues, words
from quoth.read.english.attribution.found import Found
from quoth.read.english.pipeline import Passage


def find(passage: Passage, number: int) -> Iterator[Found]:
    for token in passage.frame.doc:
        if token.pos_ == "NOUN":
            entry = cues().get((token.lemma_.lower(), "n"))
            if entry is not None and not _opposed(token):
                yield from _noun(passage, number, token, entry)


def _opposed(noun: Token) -> bool:
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    return (
        noun.dep_ in {"dobj", "pobj", "nsubjpass"} and verb.lemma_.lower() in words("opposing") and verb.pos_ == "VERB"
    )


def _noun(passage: Passage, number: int, noun: Token, entry: Cue) -> Iterator[Found]:
    clause = _clause(noun, entry)
    if clause is None:
        return
    source, cue = _source(noun)
    tokens = clauses.trimmed(clause.subtree)
    if source is not None and any(t.i == source.i for t in tokens):
        return
    if tokens:
        parse = passage.frame
        spans = parse.spans(t.i for t in tokens)
        confidence = 0.75 if source is not None else 0.6
        yield Found(number, parse, cue, None if source is None else source.i, spans, entry, "noun+clause", confidence)


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
    for child in noun.children:
        if child.dep_ == "poss" and child.tag_ != "WP$":
            return child, (noun.i,)
    for child in noun.children:
        if child.lower_ in {"by", "from"} and child.dep_ in {"prep", "agent"}:
            pobj = next((c for c in child.children if c.dep_ == "pobj"), None)
            if pobj is not None:
                return pobj, (noun.i,)
        if child.dep_ == "acl" and child.tag_ == "VBN":
            agent = clauses.by_agent(child)
            if agent is not None:
                return agent, (noun.i, child.i)
    saying = noun.head.head
    if noun.dep_ == "pobj" and noun.head.lower_ in {"in", "during", "at"} and (saying.lemma_.lower(), "v") in cues():
        return clauses.subject_of(saying), (saying.i,)  # "said in a statement that": the parser hung the clause low
    verb = noun.head
    if noun.dep_ == "dobj" and verb.lemma_.lower() in words("light"):
        return clauses.subject_of(verb), (verb.i, noun.i)
    if noun.dep_ == "nsubjpass" and verb.lemma_.lower() in words("light"):
        return clauses.by_agent(verb), (verb.i, noun.i)
    adjective = next(
        (c for c in noun.children if c.dep_ in {"amod", "compound"} and c.ent_type_ in {"NORP", "ORG", "GPE"}), None
    )
    return adjective, (noun.i,)
