"""What an analyst makes of a question, written down: merge, split, name, and undo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from quoth.case import Case
from quoth.errors import NotFound, QuothError
from quoth.ledger import JudgementRecord
from quoth.model import JudgementKind
from quoth.web.desk import desk_of
from quoth.web.guard import Role, require
from quoth.web.pages.question import shown
from quoth.web.pages.question_hand import Entered
from quoth.web.rendering import see_other
from quoth.web.snapshot import Snapshot

router = APIRouter()


@router.post("/questions/{id}/name")
def name(
    request: Request,
    id: str,
    words: Annotated[str, Form()] = "",
    note: Annotated[str, Form()] = "",
) -> Response:
    """Call a question something."""
    return _done(request, id, JudgementKind.NAME, (words,), Entered(form="name", error="", words=words, note=note))


@router.post("/questions/{id}/merge")
def merge(
    request: Request,
    id: str,
    other: Annotated[str, Form()] = "",
    note: Annotated[str, Form()] = "",
) -> Response:
    """Say that a question and another are one."""
    entered = Entered(form="merge", error="", other=other, note=note)
    if not other.strip():
        return _refused(request, id, entered, "Choose the question to merge with.")
    try:
        whole = desk_of(request).snapshot().question(other).id
    except NotFound as error:
        return _refused(request, id, entered, error.what)
    return _done(request, id, JudgementKind.MERGE, (whole,), replace(entered, other=whole))


@router.post("/questions/{id}/split")
def split(
    request: Request,
    id: str,
    part: Annotated[list[str] | None, Form()] = None,
    answer: Annotated[list[int] | None, Form()] = None,
    note: Annotated[str, Form()] = "",
) -> Response:
    """Make chosen statements, or all those of chosen answers, a question of their own."""
    require(request, Role.REVIEWER)
    chosen, answers = part or [], answer or []
    entered = Entered(form="split", error="", parted=frozenset(chosen), answers=frozenset(answers), note=note)
    values = desk_of(request).snapshot().question(id).values
    whole = [s for n in answers if 0 < n <= len(values) for s in values[n - 1].statements]
    if not chosen and not whole:
        return _refused(request, id, entered, "Choose the statements to split off, or an answer.")
    return _done(request, id, JudgementKind.SPLIT, (*chosen, *whole), entered)


@router.post("/questions/{id}/undo")
def undo(request: Request, id: str, judgement: Annotated[str, Form()] = "") -> Response:
    """Take a judgement back."""
    return _done(request, id, JudgementKind.WITHDRAW, (judgement,), Entered(form="undo", error=""))


def _done(request: Request, id: str, kind: JudgementKind, rest: Sequence[str], entered: Entered) -> Response:
    """Write the judgement down and show what became of the question, or say why it could not be."""
    reader, desk = require(request, Role.REVIEWER), desk_of(request)
    whole = desk.snapshot().question(id).id

    def judged(case: Case) -> JudgementRecord:
        subjects = rest if kind is JudgementKind.WITHDRAW else (whole, *dict.fromkeys(rest))
        return case.review(kind, *subjects, by=reader.name, note=entered.note.strip() or None)[0]

    try:
        made = desk.change(judged)
    except QuothError as error:
        return _refused(request, id, entered, error.what + (f": {error.remedy}" if error.remedy else ""))
    except ValueError as error:
        return _refused(request, id, entered, str(error))
    return see_other(_address(desk.snapshot(), made.id, whole))


def _refused(request: Request, id: str, entered: Entered, why: str) -> Response:
    require(request, Role.REVIEWER)
    return shown(request, id, replace(entered, error=why[:1].upper() + why[1:]), status=422)


def _address(snapshot: Snapshot, judgement: str, question: str) -> str:
    """Where a question is after a judgement: its own page, that of what became of it, or the board."""
    if question in snapshot.questions:
        return f"/questions/{snapshot.short(question)}#hand"
    made = next((q.id for q in snapshot.questions.values() if judgement in q.judgements), None)
    return f"/questions/{snapshot.short(made)}#hand" if made else "/"
