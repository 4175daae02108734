"""What a person judges of a reading, from the article or from the queue: a new row each, and then on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response

from quoth.case import Case
from quoth.errors import QuothError
from quoth.ledger import JudgementRecord
from quoth.model import JudgementKind, Statement
from quoth.web import queue
from quoth.web.correcting import Asked, asked, fields_of
from quoth.web.desk import Desk, desk_of
from quoth.web.guard import Role, require
from quoth.web.pages import article, review
from quoth.web.rendering import see_other
from quoth.web.selection import Selection

router = APIRouter()

NOTE = 2000
"""Characters that a note takes."""


async def form_of(request: Request) -> dict[str, str]:
    """The fields of a form; files are none of them."""
    return {name: value for name, value in (await request.form()).items() if isinstance(value, str)}


@router.post("/statements/{id}/accept")
def accept(request: Request, id: str, form: dict[str, str] = Depends(form_of)) -> Response:  # noqa: B008
    return _judged(request, id, JudgementKind.ACCEPT, form)


@router.post("/statements/{id}/reject")
def reject(request: Request, id: str, form: dict[str, str] = Depends(form_of)) -> Response:  # noqa: B008
    return _judged(request, id, JudgementKind.REJECT, form)


@router.post("/statements/{id}/correct")
def correct(request: Request, id: str, form: dict[str, str] = Depends(form_of)) -> Response:  # noqa: B008
    by, desk = require(request, Role.REVIEWER).name, desk_of(request)
    statement = desk.ask(lambda case: case.statement(id))
    wanted = asked(statement, form, by=by)
    if wanted.errors:
        return _refused(request, statement, wanted, form)
    try:
        made = _do(desk, form, lambda case: _corrected(case, statement, wanted, by=by, note=_note(form)))
    except QuothError as error:
        return _refused(request, statement, Asked(wanted.values, errors={"": str(error)}), form)
    return _done(request, made, form)


@router.post("/judgements/{id}/undo")
def undo(request: Request, id: str, form: dict[str, str] = Depends(form_of)) -> Response:  # noqa: B008
    by, desk = require(request, Role.REVIEWER).name, desk_of(request)
    [made] = desk.change(lambda case: case.review(JudgementKind.WITHDRAW, id, by=by, note=_note(form)))
    undone = desk.ask(lambda case: next(j for j in case.judgements() if j.id == made.subject))
    return _done(request, made, form, undone)


def _judged(request: Request, id: str, kind: JudgementKind, form: Mapping[str, str]) -> Response:
    by = require(request, Role.REVIEWER).name
    made: JudgementRecord
    [made] = _do(desk_of(request), form, lambda case: case.review(kind, id, by=by, note=_note(form)))
    return _done(request, made, form)


def _do(desk: Desk, form: Mapping[str, str], work: Any) -> Any:
    """In the queue nobody waits for the comparison: the next reading is known without it."""
    if form.get("then") == "review":
        made = desk.ask(work)
        desk.wake()
        return made
    return desk.change(work)


def _corrected(case: Case, statement: Statement, wanted: Asked, *, by: str, note: str | None) -> JudgementRecord:
    subject = statement.id
    for correction in wanted.corrections:
        [made] = case.review(JudgementKind.CORRECT, subject, by=by, note=note, **fields_of(correction))
        subject = made.object or subject
    return made


def _note(form: Mapping[str, str]) -> str | None:
    return form.get("note", "").strip()[:NOTE] or None


def _done(
    request: Request, made: JudgementRecord, form: Mapping[str, str], undone: JudgementRecord | None = None
) -> Response:
    """On to where the person was: in the queue to the next reading, or back to the one whose judgement was undone."""
    of = undone or made
    statement = of.object if of.kind is JudgementKind.CORRECT and of.object else of.subject
    if _wants_json(request):
        return JSONResponse({"judgement": made.id, "statement": statement})
    match form.get("then"):
        case "review":
            place = {"at" if undone else "after": form.get("place", "")}
            return see_other(review.address(_queried(form), **place, done=made.id))
        case "judgements":
            return see_other("/judgements")
    return see_other(f"/statements/{statement}")


def _wants_json(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "")


def _queried(form: Mapping[str, str]) -> dict[str, str]:
    """The filters of the queue that the form was sent from."""
    sent = dict(parse_qsl(form.get("queue", "")))
    Selection.from_query(sent), queue.limit_from(sent.get("below", ""))
    return sent


def _refused(request: Request, statement: Statement, wanted: Asked, form: Mapping[str, str]) -> Response:
    """The form again, as it was filled, with what is wrong beside it."""
    if _wants_json(request):
        return JSONResponse({"errors": dict(wanted.errors or {})}, 422)
    if form.get("then") == "review":
        return review.item_page(request, _queried(form), at=queue.place_of(statement), wanted=wanted, status=422)
    return article.article_page(request, statement.document_id, statement.id, wanted=wanted, status=422)
