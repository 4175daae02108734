"""The forms on the pages of sources and outlets: how reliable they are held, and which names are one agent's."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from quoth.errors import QuothError
from quoth.model import JudgementKind
from quoth.names import fold
from quoth.web.desk import desk_of
from quoth.web.guard import Role, require
from quoth.web.rendering import path, see_other
from quoth.web.snapshot import Snapshot

router = APIRouter()
Field = Annotated[str, Form()]


class BadForm(QuothError):
    """A form with something that none of its fields can hold."""

    code = "Q531"


@router.post("/ratings")
def rate(
    request: Request, name: Field = "", grade: Field = "", topic: Field = "", note: Field = "", back: Field = "/sources"
) -> Response:
    """`grade`: a letter from A to F; "" takes the rating on that topic back."""
    reader = require(request, Role.REVIEWER)
    if grade not in {"", *"ABCDEF"}:
        raise BadForm(f"{grade!r} is no grade", remedy="a letter from A to F")
    about, why = topic.strip() or None, note.strip() or None
    desk_of(request).change(lambda case: case.rate(name, grade or None, by=reader.name, topic=about, note=why))
    return see_other(own_page(back))


@router.post("/names")
def names(
    request: Request, kind: Field = "", a: Field = "", b: Field = "", note: Field = "", back: Field = "/sources"
) -> Response:
    """`kind`: "same" or "apart", of two names."""
    reader = require(request, Role.REVIEWER)
    if kind not in {JudgementKind.SAME, JudgementKind.APART}:
        raise BadForm(f"{kind!r} is nothing that can be judged of two names", remedy="same or apart")
    if not a.strip() or not b.strip():
        raise BadForm("two names are needed", remedy="go back and write the other name")
    why = note.strip() or None
    desk = desk_of(request)
    desk.change(lambda case: case.review(kind, a.strip(), b.strip(), by=reader.name, note=why))
    return see_other(own_page(back) if back != "/sources" else _whose(desk.snapshot(), a))


@router.post("/names/undo")
def undo(request: Request, judgement: Field = "", back: Field = "/sources") -> Response:
    """Withdraws a judgement of names."""
    reader = require(request, Role.REVIEWER)
    desk_of(request).change(lambda case: case.review(JudgementKind.WITHDRAW, judgement, by=reader.name))
    return see_other(own_page(back))


def _whose(snapshot: Snapshot, name: str) -> str:
    """The page of the one source of that name; the list of those with such a name where there are several."""
    wanted = fold(name)
    bear = [
        e for e in snapshot.entities.values() if wanted in {fold(n) for n in (e.name, *(a.name for a in e.aliases))}
    ]
    if len(bear) == 1:
        return path("sources", snapshot.short(bear[0].id))
    return "/sources?" + urlencode({"name": name})


def own_page(address: str) -> str:
    """An address of this desk; the list of sources for any other."""
    own = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if own else "/sources"
