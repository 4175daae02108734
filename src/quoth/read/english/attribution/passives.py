"""Passives: "was touted by Russia as …", "it was announced by X that …", "is believed to have …"."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from quoth.model import Act, DistanceKind
from quoth.read.english.attribution import clauses
from quoth.read.english.attribution.complements import POINTING
from quoth.read.english.attribution.cues import Cue, words
from quoth.read.english.attribution.found import Found
from quoth.read.english.attribution.frames import is_clausal
from quoth.read.english.attribution.patterns import Pattern
from quoth.read.english.pipeline import Passage


def find(passage: Passage, number: int, verb: Token, cue: tuple[int, ...], entry: Cue) -> Found | None:
    """The attribution of a passive verb of saying.  Without a "by" phrase it is hearsay, and only where the verb is
    one that is used so ("is said to"), or withholds ("has not been specified")."""
    agent = clauses.by_agent(verb)
    impersonal = entry.lemma in words("impersonal")
    if agent is None and not (impersonal or _expletive(verb) or entry.act is Act.DECLINE):
        return None
    subject = _subject(verb)
    if agent is None and entry.distance is None and entry.act is not Act.DECLINE:
        entry = replace(entry, distance=DistanceKind.HEARSAY)
    read = _complement(verb, entry, subject, impersonal) or _subject_as_content(verb, entry, subject, agent)
    if read is None:
        return None
    pattern, tokens = read
    kept = clauses.trimmed(tokens)
    if not kept:
        return None
    parse = passage.frame
    spans = parse.spans(t.i for t in kept)
    return Found(number, parse, cue, None if agent is None else agent.i, spans, entry, pattern)


def _complement(verb: Token, entry: Cue, subject: Token | None, impersonal: bool) -> tuple[Pattern, list[Token]] | None:
    for child in verb.children:
        if child.dep_ == "ccomp" and is_clausal(child) and child.i > verb.i:
            return Pattern.PASSIVE_CLAUSE, list(child.subtree)
    for child in verb.children:
        if child.dep_ == "xcomp" and subject is not None and any(c.tag_ == "TO" for c in child.children):
            return Pattern.PASSIVE_INFINITIVE, [*subject.subtree, *child.subtree]
        if child.lower_ == "as" and child.dep_ in {"prep", "mark"} and ("a" in entry.frames or impersonal):
            return Pattern.PASSIVE_AS, [t for c in child.children for t in c.subtree]
    return None


def _subject_as_content(
    verb: Token, entry: Cue, subject: Token | None, agent: Token | None
) -> tuple[Pattern, list[Token]] | None:
    """ "The details have not been specified by X", "the plan was announced by X"."""
    if subject is None or (agent is None and entry.act is not Act.DECLINE) or not entry.frames & {"o", "c"}:
        return None
    if subject.lower_ in POINTING and verb.dep_ not in {"acl", "relcl"}:
        return None  # it points back: backward.py reads it
    below = subject.is_ancestor(verb)
    if "o" not in entry.frames and (not below or entry.kind == "attitude"):
        return None
    if not below and (subject.pos_ == "PRON" or entry.frames & {"a", "n"}):
        return None
    own = [verb, *([agent.head] if agent is not None else [])] if below else []
    return Pattern.PASSIVE_SUBJECT, [t for t in clauses.clause_tokens(subject, own) if t.i < verb.i]


def _subject(verb: Token) -> Token | None:
    subject = clauses.own_subject(verb)
    if subject is None and verb.dep_ in {"acl", "relcl"}:
        return verb.head
    if subject is None and verb.dep_ == "conj":  # the parser joined it to a clause inside its own long subject
        root = verb.sent.root
        return root if root.pos_ in {"NOUN", "PROPN"} and root.i < verb.i else None
    return subject


def _expletive(verb: Token) -> bool:
    return any(c.lower_ == "it" and c.dep_ in {"nsubjpass", "expl"} for c in verb.children)
