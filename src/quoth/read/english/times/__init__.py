"""Time expressions in English: where they stand (`find`) and what stretch of the calendar they mean (`resolve`)."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace

from quoth.model import When
from quoth.read.dates import Between, Bounded, Clock, Description, Hence, Tense, TimeKind, resolved
from quoth.read.english.times.expression import TimeExpression
from quoth.read.english.times.grammar import STARTS, TRIGGERS, Grammar
from quoth.read.english.times.narrative import narrated
from quoth.read.english.times.words import Tokens

__all__ = ["Tense", "TimeExpression", "TimeKind", "find", "narrated", "reached", "resolve"]

REACH = 7
"""How many tokens before the word that gives a time away an expression may begin."""


def find(text: str) -> list[TimeExpression]:
    """The time expressions of `text`, in text order, not overlapping; offsets are half open, in code points."""
    tokens = Tokens(text)
    words, grammar = tokens.words, Grammar(tokens)
    found: list[TimeExpression] = []
    done = 0
    for trigger in range(len(tokens)):
        if trigger < done or not (words[trigger] in TRIGGERS or words[trigger][0].isdecimal()):
            continue
        for first in range(max(done, trigger - REACH), trigger + 1):
            if words[first] not in STARTS and not words[first][0].isdecimal():
                continue
            phrase = grammar.expression(first)
            if phrase and phrase.stop > trigger:
                start, end = tokens.starts[first], tokens.ends[phrase.stop - 1]
                core = tokens.starts[phrase.core]
                found.append(TimeExpression(start, end, text[start:end], phrase.kind, phrase.description, core))
                done = phrase.stop
                break
    return found


def reached(expression: TimeExpression) -> TimeExpression:
    """The time at which "until" ends: what is put off until June is then to be in June."""
    return _described(expression, lambda described: described.of if isinstance(described, Bounded) else described)


def moved_to(expression: TimeExpression) -> TimeExpression:
    """The later of two times: what is moved from May to June is to be in June."""
    return _described(expression, lambda described: described.last if isinstance(described, Between) else described)


def _described(expression: TimeExpression, of: Callable[[Description], Description]) -> TimeExpression:
    told = expression.told
    if told is not None:
        told = replace(told, description=of(told.description))
    return replace(expression, description=of(expression.description), told=told)


def resolve(
    expression: TimeExpression,
    *,
    reference: datetime.date | None,
    tense: Tense,
    anchor: datetime.date | None = None,
) -> When | None:
    """The days that the expression means, seen from `reference`, the day of publication (or of saying).

    In a history, the past is seen from the day that it has come to (`narrated`).  `anchor` is the day of the event
    before ("two days later").  None for what is no calendar time (durations, sets); both ends None, words kept, for a
    time that was stated and cannot be resolved.  The spans of the result are the caller's to fill.
    """
    described = expression.description
    if expression.kind is not TimeKind.CALENDAR or (isinstance(described, Hence) and tense is Tense.PAST):
        return None
    clock, told = Clock(reference, tense, anchor), expression.told
    if told is not None and tense is Tense.PAST:
        described, clock = told.description, Clock(told.day, tense, anchor or told.day)
    interval = resolved(described, clock)
    if interval is None:
        return When(earliest=None, latest=None, text=expression.text)
    return When(
        earliest=interval.earliest,
        latest=interval.latest,
        precision=interval.precision,
        text=expression.text,
        approximate=interval.approximate,
    )
