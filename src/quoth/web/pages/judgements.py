"""The log of what people judged, the latest first, each to be undone while it stands."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from quoth.case import Case
from quoth.judging import OF_NAMES, OF_QUESTIONS, OF_STATEMENTS
from quoth.ledger import JudgementRecord
from quoth.model import JudgementKind, Statement
from quoth.web.desk import Desk, desk_of
from quoth.web.pages.article import told
from quoth.web.paging import paged
from quoth.web.readings import name_of
from quoth.web.rendering import page
from quoth.web.selection import Selection

router = APIRouter()

WORDS = 160
"""Characters of a statement that stand beside what was judged of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A judgement.  `state`: that it stands, rests or was undone, in words; `names` and `asked`: what it is of, where
    that is no statement."""

    judgement: JudgementRecord
    state: str
    statement: str = ""
    who: str = ""
    words: str = ""
    names: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    undone_by: JudgementRecord | None = None
    undoes: JudgementRecord | None = None


@router.get("/judgements")
def judgements(request: Request) -> Response:
    desk, query = desk_of(request), request.query_params
    selection = Selection.from_query(query)
    snapshot = desk.snapshot()
    recorded = desk.ask(lambda case: tuple(case.judgements()))
    who = query.get("by", "").strip()
    found = [j for j in reversed(recorded) if not who or j.by == who]
    shown = paged(found, query)
    resting = _resting(desk)
    statements = {
        s.id: s
        for j in shown.items
        if j.kind in OF_STATEMENTS and (s := snapshot.statements.get(j.subject)) is not None
    }
    absent = [j.subject for j in shown.items if j.kind in OF_STATEMENTS and j.subject not in statements]
    statements |= desk.ask(lambda case: _those(case, absent)) if absent else {}
    known = {j.id: j for j in recorded}
    undone = {j.subject: j for j in recorded if j.kind is JudgementKind.WITHDRAW}
    return page(
        request,
        "judgements.html.j2",
        rows=[
            _row(j, statements, resting, undone.get(j.id), known.get(j.subject), snapshot.short) for j in shown.items
        ],
        shown=shown,
        by=who,
        people=sorted({j.by for j in recorded}, key=str.casefold),
        judged=told(),
        address="/judgements?" + selection.query(by=who),
    )


def _those(case: Case, ids: Sequence[str]) -> dict[str, Statement]:
    return {id: case.statement(id) for id in dict.fromkeys(ids)}


def _row(
    judgement: JudgementRecord,
    statements: dict[str, Statement],
    resting: frozenset[str],
    undone: JudgementRecord | None,
    undoes: JudgementRecord | None,
    short: Callable[[str], str],
) -> Row:
    kind = judgement.kind
    state = "rests" if judgement.id in resting else "stands" if judgement.standing else "undone"
    if kind is JudgementKind.WITHDRAW:
        return Row(judgement=judgement, state="", undoes=undoes)
    if kind in OF_NAMES:
        return Row(
            judgement=judgement, state=state, undone_by=undone, names=(judgement.subject, judgement.object or "")
        )
    if kind in OF_QUESTIONS:
        asked = tuple(question.text for question in judgement.questions)
        named = (judgement.object or "",) if kind is JudgementKind.NAME else ()
        return Row(judgement=judgement, state=state, undone_by=undone, asked=asked, names=named)
    statement = statements[judgement.subject]
    words = statement.content.text
    return Row(
        judgement=judgement,
        state=state,
        undone_by=undone,
        statement=short(statement.id),
        who=name_of(statement),
        words=words if len(words) <= WORDS else words[: WORDS - 1] + "…",
    )


_lock = threading.Lock()
_held: tuple[str, frozenset[str]] | None = None


def _resting(desk: Desk) -> frozenset[str]:
    """The ids of those that stand but change nothing; worked out once for each state of the case."""
    global _held
    state, found = desk.ask(_rest)
    with _lock:
        _held = state, found
    return found


def _rest(case: Case) -> tuple[str, frozenset[str]]:
    state = case.state()
    held = _held
    return held if held is not None and held[0] == state else (state, case.resting())
