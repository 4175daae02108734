"""One question: its history drawn, its answers, how they stand to each other, and the words they rest on."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from quoth.errors import NotFound
from quoth.model import Question, RelationType
from quoth.present.answers import Lay, question_view, spoken, utterance
from quoth.present.layout import laying
from quoth.present.standing import Standing
from quoth.present.view import Evidence, QuestionView, Utterance
from quoth.web import relating
from quoth.web.desk import desk_of
from quoth.web.drawn.history import DESK, PHONE, draw
from quoth.web.drawn.key import key_of
from quoth.web.drawn.matrix import MOST, matrix, signs_in, strips
from quoth.web.drawn.points import Point
from quoth.web.guard import reader_of
from quoth.web.pages.board import Days, choices, seen_of
from quoth.web.pages.question_days import Step, steps_of
from quoth.web.pages.question_hand import Entered, hand_of
from quoth.web.paging import Page, paged
from quoth.web.rendering import page
from quoth.web.selection import Selection, selected_statements
from quoth.web.snapshot import Snapshot

router = APIRouter()

A_PAGE = 60
"""Statements whose words are on one page."""
ANSWERS = 24
"""Answers in the table; the others fold."""
SHOWN, FEW = 5, 2
"""Utterances of an answer in the table, and where there are many answers."""

FIRST, FURTHER = 5, 40
"""Relations between answers that are told at once, of each kind, and that are folded."""

REASONS, NAMED = 20, 20
"""Further reasons for a relation that are told, and statements that are named for each."""

Entry = tuple[int, str | None, str]
"""A statement in its place among the words: the number of its answer from 0, its origin where known, its id."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a page has of one utterance; `reports` counts all of its reports, `answer` is a number from 1."""

    answer: int
    begins: bool
    utterance: Utterance
    reports: int


@dataclass(frozen=True, kw_only=True)
class Words:
    """The words of a question in their order, a page at a time, and where each statement is to be found."""

    entries: Sequence[Entry]
    address: Callable[[int], str]
    number: int

    @cached_property
    def _places(self) -> Mapping[tuple[int, str], int]:
        return {(answer, id): n for n, (answer, _, id) in enumerate(self.entries)}

    @cached_property
    def _first(self) -> Mapping[str, int]:
        found: dict[str, int] = {}
        for answer, _, id in self.entries:
            found.setdefault(id, answer)
        return found

    def anchor(self, answer: int, id: str, short: str) -> str:
        """The name of its place: a statement that gives several answers has a bare one under the first of them."""
        return f"s-{short}" if self._first.get(id) == answer else f"s-{short}-{answer + 1}"

    def href(self, answer: int, id: str, short: str) -> str:
        """Where its words are: on this page, or on another."""
        number = self._places[answer, id] // A_PAGE + 1
        return ("" if number == self.number else self.address(number)) + "#" + self.anchor(answer, id, short)

    def first(self, id: str) -> int | None:
        """The first answer that it gives, None for a statement that gives none."""
        return self._first.get(id)


@router.get("/questions/{id}")
def question(request: Request, id: str) -> Response:
    """The page of a question, as it stands or stood."""
    return shown(request, id)


def shown(request: Request, id: str, entered: Entered | None = None, *, status: int = 200) -> Response:
    """The page; with what was `entered` in a form that could not be done, and why."""
    desk, selection = desk_of(request), Selection.from_query(request.query_params)
    snapshot = desk.snapshot(selection.as_of, selection.clock)
    today = snapshot if selection.as_of is None else desk.snapshot()
    found, latest, home = then_and_now(id, snapshot, today)
    address = f"/questions/{home.short(latest.id)}"
    steps = steps_of(latest, home, desk, selection.clock)
    day = selection.as_of
    common: dict[str, Any] = {
        "selection": selection,
        "address": address,
        "steps": steps,
        "days": _days(steps, day),
        "before": next((step for step in reversed(steps) if day is None or step.day < day), None),
        "after": next((step for step in steps if day is not None and step.day > day), None),
    }
    if found is None:
        return page(request, "question_alone.html.j2", text=latest.text, alone=_alone(latest, snapshot), **common)
    if day is None:
        seen_of(request).one(reader_of(request).name, snapshot.headings[found.id])
    taken = selected_statements(desk, snapshot, selection)
    return page(
        request,
        "question.html.j2",
        status=status,
        choices=choices(snapshot),
        hand=hand_of(found, snapshot, request, entered),
        **view_of(found, snapshot, selection, taken, address, request),
        **common,
    )


def then_and_now(id: str, snapshot: Snapshot, today: Snapshot) -> tuple[Question | None, Question, Snapshot]:
    """The question of that id as it stood and as it stands, and the snapshot in which it stands so.

    Ids go with the articles: on another day it is the one to which most of its statements were answers; None where
    nothing was.  Raises NotFound.
    """
    try:
        found = snapshot.question(id)
    except NotFound:
        latest = today.question(id)
        return _counterpart(latest, snapshot), latest, today
    now = found if snapshot is today else today.questions.get(found.id) or _counterpart(found, today)
    return (found, now, today) if now else (found, found, snapshot)


def _alone(latest: Question, snapshot: Snapshot) -> list[Evidence]:
    """What had been said on a day on which that was too little for a question."""
    ids = dict.fromkeys(s for value in latest.values for s in value.statements if s in snapshot.statements)
    return list(map(_lay(snapshot), list(ids)[:A_PAGE]))


def _lay(snapshot: Snapshot) -> Lay:
    origin_of = snapshot.comparison.origin_of
    return laying(snapshot.statements, snapshot.documents, origin_of, snapshot.side_of, snapshot.short)


def _counterpart(question: Question, other: Snapshot) -> Question | None:
    """The question of another day to which most of the same statements were answers."""
    votes = Counter(
        id
        for value in question.values
        for statement in value.statements
        for id in other.answering.get(statement, ())
        if other.questions[id].slot is question.slot
    )
    return other.questions[votes.most_common(1)[0][0]] if votes else None


def view_of(
    found: Question,
    snapshot: Snapshot,
    selection: Selection,
    taken: frozenset[str] | None,
    address: str,
    request: Request,
) -> dict[str, Any]:
    """All that the page shows of a question, at the cost of its own statements."""
    short, origin_of = snapshot.short, snapshot.comparison.origin_of
    lay = _lay(snapshot)
    entries = entries_of(found, origin_of)
    part = paged(entries, request.query_params, size=A_PAGE, name="page")
    words = Words(
        entries=entries,
        address=cache(lambda number: f"{address}?{selection.query(page=number)}"),
        number=part.number,
    )
    related = relating.related(snapshot, found)
    told = _told(related)
    view = _laid_out(found, snapshot, lay, told)
    history = relating.history(snapshot, found) if taken is None else relating.history_for(snapshot, found, taken)

    def link(points: Sequence[Point]) -> str:
        if len(points) == 1:
            return words.href(points[0].answer, points[0].statements[0], short(points[0].statements[0]))
        answers = {point.answer for point in points}
        return f"#a-{answers.pop() + 1}" if len(answers) == 1 else "#answers"

    pictures = [picture for width in (DESK, PHONE) if (picture := draw(history, width, link))]
    cells = matrix(related, len(found.values)) if 1 < len(found.values) <= MOST else ()
    statements = {id for _, _, id in entries}
    return {
        "question": view,
        "untold": len(related) - len(told),
        "heading": snapshot.headings[found.id],
        "pictures": pictures,
        "key": key_of(history, pictures[0]) if pictures else None,
        "cells": cells,
        "signs": signs_in(cells),
        "strips": strips(related, len(found.values)),
        "dim": [taken is not None and not taken.intersection(value.statements) for value in found.values],
        "voices": [len(spoken(value, origin_of)) for value in found.values],
        "matching": None if taken is None else len(statements & taken),
        "taken": taken,
        "part": part,
        "spoken": _spoken(part, found, snapshot, lay),
        "words": words,
        "where": _where(view, found, words, short),
        "most": ANSWERS,
        "reasons": REASONS,
        "named": NAMED,
    }


def _told(related: Sequence[Standing]) -> list[Standing]:
    """What is told of how the answers stand to each other: of each kind the first, and some more."""
    counts: Counter[RelationType] = Counter()
    first: set[int] = set()
    more: set[int] = set()
    for n, standing in enumerate(related):
        counts[standing.type] += 1
        if counts[standing.type] <= FIRST:
            first.add(n)
        elif len(more) < FURTHER:
            more.add(n)
    return [standing for n, standing in enumerate(related) if n in first or n in more]


def _laid_out(found: Question, snapshot: Snapshot, lay: Lay, related: Sequence[Standing]) -> QuestionView:
    return question_view(
        1,
        found,
        lay,
        lambda id: snapshot.statements[id].document_id,
        snapshot.origins,
        snapshot.comparison.origin_of,
        snapshot.short,
        relating.assessed(snapshot, found),
        most=SHOWN if len(found.values) <= ANSWERS else FEW,
        related=related,
        heading=snapshot.headings[found.id],
    )


def entries_of(found: Question, origin_of: Mapping[str, str]) -> list[Entry]:
    """The statements of a question by answer and utterance."""
    return [
        (answer, origin, id)
        for answer, value in enumerate(found.values)
        for origin, ids in spoken(value, origin_of)
        for id in ids
    ]


def _spoken(part: Page[Entry], found: Question, snapshot: Snapshot, lay: Lay) -> list[Spoken]:
    """The entries of a page, those of one utterance together."""
    groups: dict[tuple[int, str | None], list[str]] = {}
    for answer, origin, id in part.items:
        groups.setdefault((answer, origin), []).append(id)
    made: list[Spoken] = []
    for (answer, origin), ids in groups.items():
        known = snapshot.origins.get(origin or "")
        reports = {snapshot.statements[s].document_id for s in (known.statements if known else ids)}
        made.append(
            Spoken(
                answer=answer + 1,
                begins=not made or made[-1].answer != answer + 1,
                utterance=utterance(origin and snapshot.short(origin), known, [lay(id) for id in ids]),
                reports=len(reports),
            )
        )
    return made


def _where(view: QuestionView, found: Question, words: Words, short: Callable[[str], str]) -> dict[str, str]:
    """Of each statement that the relations shown name, by its id as people see it, where its words are."""
    named = {one for r in view.relations for _, pairs in r.first for pair in pairs for one in pair}
    named |= {one for r in view.relations for _, a, b in r.rest[:REASONS] for one in (*a[:NAMED], *b[:NAMED])}
    where = {}
    for id in {id for relation in found.relations for id in (relation.a, relation.b)}:
        if (shown := short(id)) in named:
            answer = words.first(id)
            where[shown] = f"/statements/{shown}" if answer is None else words.href(answer, id, shown)
    return where


def _days(steps: Sequence[Step], as_of: datetime.date | None) -> Days | None:
    """The slider from the first day on which something was added to the last."""
    if not steps:
        return None
    first, last = steps[0].day, steps[-1].day
    at = min(max(as_of or last, first), last)
    return Days(first, last, (last - first).days, (at - first).days)
