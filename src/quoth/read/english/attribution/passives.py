"""Passives: "was touted by Russia as …", "it was announced by X that …", "is believed to have …"."""

from __future__ import annotations

from dataclasses import replace

from quoth.model import Act, DistanceKind
from quoth.read.english.attribution import clauses
from quoth.read.english.attribution.complements import POINTING
from quoth.read.english.attribution.cues import Cue, cues, words
from quoth.read.english.attribution.found import Found
from quoth.read.english.attribution.frames import is_clausal
from quoth.read.english.attribution.patterns import Pattern
from quoth.read.english.pipeline import Passage
from quoth.read.english.tokens import Token

UNVERIFIED = frozenset({"verify", "confirm", "corroborate"})
"""What nobody could do where the outlet says that a claim "could not be verified"."""


def find(passage: Passage, number: int, verb: Token, cue: tuple[int, ...], entry: Cue) -> Found | None:
    """The attribution of a passive verb of saying.  Without a "by" phrase it is hearsay, and only where the verb is
    one that is used so ("is said to"), or withholds ("has not been specified")."""
    agent = clauses.by_agent(verb)
    if agent is None and entry.act is Act.DECLINE and verb.lemma_.lower() in UNVERIFIED:
        return None  # the outlet's own word
    impersonal = entry.lemma in words("impersonal")
    if agent is None and not (impersonal or _expletive(verb) or entry.act is Act.DECLINE):
        return None
    subject = _subject(verb)
    if agent is None and entry.distance is None and entry.act is not Act.DECLINE:
        entry = replace(entry, distance=DistanceKind.HEARSAY)
    if entry.lemma in words("dismissing") and subject is not None and (subject.lemma_.lower(), "n") in cues():
        entry = cues()["deny", "v"]  # "the claim was dismissed as"
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
    for preposition in entry.prepositions("b") if subject is not None else ():
        for child in verb.children:
            if child.dep_ == "prep" and child.lower_ == preposition and any(c.dep_ == "pcomp" for c in child.children):
                return Pattern.PASSIVE_INFINITIVE, [t for c in child.children for t in c.subtree]  # "accused of taking"
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
    called = [t for c in verb.children if c.lower_ == "as" and c.dep_ in {"prep", "mark"} for t in c.subtree]
    return Pattern.PASSIVE_SUBJECT, [*(t for t in clauses.clause_tokens(subject, own) if t.i < verb.i), *called]


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
