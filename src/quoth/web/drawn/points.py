"""What the history of a question draws, before any drawing: who gave which answer when, and what is between them."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Container, Mapping
from dataclasses import dataclass

from quoth.model import Question, RelationType, Slot, Statement, Value
from quoth.present import words
from quoth.present.moments import days_said, manner, utterances

TIES = frozenset({RelationType.CONTRADICT, RelationType.DENY, RelationType.TENSION, RelationType.SUPERSEDE})
"""The relations that are drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One utterance that gives one answer (`answer`: which of the question's values).

    `origin` is None where its lineage is unknown; `days` are the first and last on which it can have been made, None
    where nothing dates it.  `colour` is one of the acts that `present.drawing.COLOUR` tells apart, `act` the act
    itself in words.  `seen`: it is among what the reader looks at.
    """

    answer: int
    statements: tuple[str, ...]
    origin: str | None
    days: tuple[datetime.date, datetime.date] | None
    by_publication: bool
    voice: str
    reports: int
    act: str
    colour: str
    certainty: str
    side: str
    seen: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """What stands between two points (by their numbers): "b supersedes a" or "b denies a" where it has a direction.

    `why` is the first reason; `more` counts the other pairs of statements it holds for.
    """

    type: RelationType
    a: int
    b: int
    why: str
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An answer: its words, and what these add up to where they do not say it themselves."""

    text: str
    spelled: str
    label: str
    value: object

    @property
    def whole(self) -> str:
        """The answer in one line."""
        more = "; ".join(part for part in (self.spelled, self.label) if part)
        return f"{self.text} ({more})" if more else self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Points in order of answer, ties between them.  `unit` is what numbers are of, as far as all say the same; `sides`
    are all that are declared in the case; without any, points are told apart by act."""

    slot: Slot
    answers: tuple[Told, ...]
    points: tuple[Point, ...]
    ties: tuple[Tie, ...]
    unit: str = ""
    sides: tuple[str, ...] = ()

    @property
    def superseded(self) -> frozenset[int]:
        """The points whose place a later one takes."""
        return frozenset(tie.a for tie in self.ties if tie.type is RelationType.SUPERSEDE)


def history_of(
    question: Question,
    statements: Mapping[str, Statement],
    published: Mapping[str, datetime.date | None],
    origin_of: Mapping[str, str],
    side_of: Mapping[str, str],
    *,
    sides: tuple[str, ...] = (),
    seen: Container[str] | None = None,
) -> History:
    """The history of one question.  `published`: document → day; `seen`: the statements that a reader looks at, None
    for all."""
    points = tuple(
        _point(question, n, value, group, published, origin_of, side_of, seen)
        for n, value in enumerate(question.values)
        for group in utterances(value, statements, origin_of)
    )
    return History(
        slot=question.slot,
        answers=tuple(_told(value) for value in question.values),
        points=points,
        ties=_ties(question, points),
        unit=_unit(question, statements),
        sides=sides,
    )


def _told(value: Value) -> Told:
    return Told(
        text=value.text,
        spelled=words.spelled(value.value, value.text),
        label=value.label or "",
        value=value.value,
    )


def _point(
    question: Question,
    number: int,
    value: Value,
    group: list[Statement],
    published: Mapping[str, datetime.date | None],
    origin_of: Mapping[str, str],
    side_of: Mapping[str, str],
    seen: Container[str] | None,
) -> Point:
    lead = group[0]
    known = days_said(group, published)
    colour, certainty = manner(question, value, lead)
    return Point(
        answer=number,
        statements=tuple(s.id for s in group),
        origin=origin_of.get(lead.id),
        days=known and known[:2],
        by_publication=bool(known and known[2]),
        voice=lead.source.name or "no source named",
        reports=len({s.document_id for s in group}),
        act=words.ACT[lead.act],
        colour=colour,
        certainty=certainty,
        side=next((side for s in group if (side := side_of.get(s.id))), ""),
        seen=seen is None or any(s.id in seen for s in group),
    )


def _ties(question: Question, points: tuple[Point, ...]) -> tuple[Tie, ...]:
    """One for each kind and pair of points; a statement stands for the first answer that it gives."""
    of: dict[str, int] = {}
    for n, point in enumerate(points):
        for id in point.statements:
            of.setdefault(id, n)
    found: dict[tuple[RelationType, int, int], list[str]] = {}
    for relation in question.relations:
        a, b = of.get(relation.a), of.get(relation.b)
        if relation.type not in TIES or a is None or b is None or a == b:
            continue
        turned = relation.type in {RelationType.CONTRADICT, RelationType.TENSION} and b < a
        key = (relation.type, b, a) if turned else (relation.type, a, b)
        found.setdefault(key, []).append(relation.why)
    return tuple(Tie(type=t, a=a, b=b, why=why[0], more=len(why) - 1) for (t, a, b), why in found.items())


def _unit(question: Question, statements: Mapping[str, Statement]) -> str:
    """What the numbers are of, where their statements agree on it."""
    if question.slot is not Slot.QUANTITY:
        return ""
    units: Counter[str] = Counter()
    for value in question.values:
        for id in value.statements:
            for event in statements[id].events:
                quantity = event.quantity
                if quantity and quantity.unit and (quantity.min, quantity.max) == value.value:
                    units[quantity.unit] += 1
    if len(units) > 1:
        return f"{units.most_common(1)[0][0]}, and other units"
    return next(iter(units), "")
