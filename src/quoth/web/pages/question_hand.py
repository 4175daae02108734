"""An analyst's hand on a question: two become one, some statements a question of their own, a name, and back again."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from fastapi import Request

from quoth.ledger import JudgementRecord
from quoth.model import Heading, JudgementKind, Question
from quoth.present import words
from quoth.web.snapshot import Snapshot

OFFERED = 12
"""Questions that are offered to be merged with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What somebody asked for in a form that could not be done: which form, what they gave, and why not."""

    form: str
    error: str
    note: str = ""
    words: str = ""
    other: str = ""
    parted: frozenset[str] = frozenset()
    answers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A judgement that made a question what it is, in words."""

    id: str
    short: str
    told: str
    by: str
    day: datetime.date
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A question that might be the same."""

    id: str
    short: str
    heading: Heading


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """What may be done: nothing on an earlier day or with a question of `case.toml`.  `sought`: the words by which a
    question to be merged with was looked for; `error`: why what was asked for could not be done."""

    may: bool
    why_not: str
    judged: tuple[Judged, ...]
    offers: tuple[Offer, ...]
    sought: str
    entered: Entered = field(default_factory=lambda: Entered(form="", error=""))


def hand_of(question: Question, snapshot: Snapshot, request: Request, entered: Entered | None) -> Hand:
    """What an analyst may make of a question, and what was made of it."""
    sought = request.query_params.get("merge", "").strip()
    why_not = ""
    if snapshot.as_of is not None:
        why_not = "Questions are judged as they stand now, not as they stood."
    elif question.asked:
        why_not = "This question is asked in case.toml: change there what it asks, or its words."
    made = [j for j in snapshot.judgements if j.id in set(question.judgements)]
    return Hand(
        may=not why_not,
        why_not=why_not,
        judged=tuple(_judged(judgement, snapshot) for judgement in reversed(made)),
        offers=offers(question, snapshot, sought, entered.other if entered else "") if not why_not else (),
        sought=sought,
        entered=entered or Entered(form="", error=""),
    )


def offers(question: Question, snapshot: Snapshot, sought: str, chosen: str = "") -> tuple[Offer, ...]:
    """Questions that ask for the same kind of thing: those whose words hold the ones sought, otherwise those about the
    same, the most alike first; and before them the one already `chosen` by its id, whatever it asks for."""
    wanted = sought.casefold().split()
    own = _about(question)
    found: list[tuple[int, str]] = []
    for id, heading in snapshot.headings.items():
        other = snapshot.questions[id]
        if id == chosen:
            alike = 99
        elif id == question.id or heading.slot is not question.slot or other.asked:
            continue
        elif wanted:
            text = heading.text.casefold()
            alike = 1 if all(word in text for word in wanted) or id.startswith(sought.lower()) else 0
        else:
            alike = len(own & _about(other)) - 1
        if alike > 0:
            found.append((-alike, id))
    best = sorted(found, key=lambda one: one[0])[:OFFERED]
    return tuple(Offer(id=id, short=snapshot.short(id), heading=snapshot.headings[id]) for _, id in best)


def _about(question: Question) -> set[tuple[str, str]]:
    event = question.event
    parts = {"predicate": event.predicate, "agent": event.agent, "theme": event.theme, "place": event.place}
    return {(name, value.casefold()) for name, value in parts.items() if value}


def _judged(judgement: JudgementRecord, snapshot: Snapshot) -> Judged:
    texts = [f"“{question.text}”" for question in judgement.questions]
    match judgement.kind:
        case JudgementKind.MERGE:
            told = f"{words.listed(texts)} are one question"
        case JudgementKind.SPLIT:
            told = f"{words.count(len(judgement.parted), 'statement')} split off {texts[0]}"
        case _:
            told = f"{texts[0]} is called “{judgement.object}”"
    return Judged(
        id=judgement.id,
        short=judgement.id[:8],
        told=told,
        by=judgement.by,
        day=judgement.recorded_at.date(),
        note=judgement.note or "",
    )
