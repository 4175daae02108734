"""How far an event has come about, on a graded scale, from the signals that stand around its word.

The scale is that of It-Happened (Rudinger, White & Van Durme 2018, "Neural models of factuality"): 3, it happened or is
happening, to -3, it did not, not yet or never.  It measures another thing than the certainty of `factuality`: what is
sure to come has not come about.  A signal says one thing in words ("auxiliary will", "value PS+ future"); the
value is the sum of their weights in `lexicon/realis.tsv`, which `training/weigh_realis.py` makes of annotated events.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice

from quoth.read.english.events import syntax
from quoth.read.english.events.factuality import Judge, asked, conditional, imperative
from quoth.read.english.events.markers import marker_of
from quoth.read.english.events.tenses import tense
from quoth.read.english.lexicon import rows
from quoth.read.english.tokens import Token

LOWEST, HIGHEST = -3.0, 3.0
_PERSONS = {"i": "first", "we": "first", "you": "second"}
_FARTHEST = 12


def realis(signals: Iterable[str]) -> float:
    """The value of an event with these signals, between `LOWEST` and `HIGHEST`; an unlisted signal adds nothing."""
    weights = _weights()
    return min(HIGHEST, max(LOWEST, weights[BASE] + sum(weights.get(signal, 0.0) for signal in signals)))


BASE = "base"
"""The row of the table that every event has."""


@cache
def _weights() -> dict[str, float]:
    return {signal: float(weight) for signal, weight, _ in rows("realis.tsv")}


def signals(token: Token, judge: Judge) -> tuple[str, ...]:
    """What speaks for or against the event that `token` names, each once, sorted."""
    return tuple(sorted({*_own(token, judge), *_above(token, judge)}))


def _own(token: Token, judge: Judge) -> Iterator[str]:
    """Of the event's own clause."""
    when = tense(token).name.lower()
    yield f"value {_standing(token, judge)}"
    yield f"form {token.tag_}"
    for word in token.children:
        if word.dep_ in {"aux", "auxpass"}:
            yield f"auxiliary {word.lower_}"
        elif word.dep_ == "neg":
            yield f"negated {when}"
        elif word.dep_ == "mark" or (word.dep_ == "advmod" and word.tag_ == "WRB"):
            yield f"opened by {word.lower_}"
    yield f"subject {_person(token)}"
    yield f"subject {_person(token)} {when}"
    if conditional(token):
        yield "condition"
    if asked(token):
        yield "question"
    if imperative(token, judge.inside):
        yield "imperative"


def _above(token: Token, judge: Judge) -> Iterator[str]:
    """Of what governs it and of the sentence that it stands in."""
    yield f"stands as {syntax.leader(token).dep_}"
    governor = judge.governor(token)
    if governor is not None and governor.i != token.i and (found := marker_of(governor, token)) is not None:
        sign = "negated" if judge.degree(governor).sign < 0 else "positive"
        yield f"{sign} governor {found.positive.factuality}/{found.negated.factuality}"
        if found.act is not None:
            yield f"governor of {found.act}"
    for clause in filter(syntax.is_verb, islice(token.ancestors, _FARTHEST)):
        if conditional(clause):
            yield "inside a condition"
        if asked(clause):
            yield "inside a question"
        if imperative(clause, judge.inside):
            yield "inside an imperative"
        if clause.dep_ == "ROOT":
            yield f"main clause {_standing(clause, judge)}"
    last = token.sent[-1].text
    yield f"sentence ends {last if last in {'.', '?', '!'} else 'otherwise'}"


def _standing(token: Token, judge: Judge) -> str:
    return f"{judge.degree(token).factuality} {tense(token).name.lower()}"


def _person(token: Token) -> str:
    """Who the subject is: "first", "second", "third" for pronouns, else "noun", "name", "none"."""
    subject = _subject(token)
    if subject is None:
        return "none"
    if subject.pos_ == "PRON":
        return _PERSONS.get(subject.lower_, "third")
    return "name" if subject.pos_ == "PROPN" else "noun"


def _subject(token: Token) -> Token | None:
    """The verb's subject, or that of the verb which it is coordinated with or depends on without one of its own."""
    for clause in (token, *islice(token.ancestors, 3)):
        found = syntax.child(clause, *syntax.SUBJECTS)
        if found is not None or clause.dep_ not in {"xcomp", "conj", "aux"}:
            return found
    return None
