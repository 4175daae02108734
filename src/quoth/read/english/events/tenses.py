"""The way an event looks in time: back, ahead, or neither."""

from __future__ import annotations

from quoth.read.dates import Tense
from quoth.read.english.events import syntax
from quoth.read.english.events.government import governor
from quoth.read.english.events.markers import marker_of
from quoth.read.english.events.predicates import class_of
from quoth.read.english.tokens import Token

_AHEAD = frozenset({"will", "shall", "wo", "'ll", "would", "'d", "may", "might", "could", "can", "should", "must"})
_FORWARD = frozenset({"plan", "predict", "delay"})
_LIMIT = 20


def tense(token: Token, depth: int = 0) -> Tense:
    """The way the event looks in time: its own verb's tense, or that of the verb which governs it."""
    if syntax.is_verb(token):
        group = class_of(syntax.lemma(token))
        if group is not None and group.name in _FORWARD and syntax.is_passive(token):
            return Tense.FUTURE
        auxiliaries = [c for c in token.children if c.dep_ in {"aux", "auxpass"}]
        if any(a.lower_ in _AHEAD for a in auxiliaries) and not syntax.perfect(token):
            return Tense.FUTURE
        if syntax.is_infinitive(token):
            if syntax.perfect(token):
                return Tense.PAST
            above = governor(token)
            found = marker_of(above, token) if above is not None else None
            if above is not None and found is not None and depth < _LIMIT:
                believed = found.positive.rank == 2 and found.act is None  # "is believed to be", "seems to have"
                if found.positive.rank == 3 or believed:
                    return tense(above, depth + 1)
            return Tense.FUTURE
        if token.tag_ == "VBD" or any(a.tag_ == "VBD" for a in auxiliaries) or syntax.perfect(token):
            return Tense.PAST
        if any(a.tag_ in {"VBZ", "VBP", "MD"} for a in auxiliaries) or token.tag_ in {"VBZ", "VBP"}:
            ahead = token.dep_ == "advcl" and depth < _LIMIT and tense(token.head, depth + 1) is Tense.FUTURE
            return Tense.FUTURE if ahead else Tense.PRESENT
        if token.tag_ == "VBN":
            return Tense.PAST
    found = marker_of(token) if token.pos_ == "ADJ" else None
    if found is not None and found.positive.rank == 2 and token.dep_ == "acomp":
        return Tense.PAST if token.head.tag_ == "VBD" else Tense.FUTURE
    _, head = syntax.relation(token)
    if head.i == token.i or depth >= _LIMIT:
        return Tense.PRESENT
    return tense(head, depth + 1)
