"""Signing in and out of a public desk."""

from __future__ import annotations

import math
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from quoth.web.guard import guard_of
from quoth.web.guard.csrf import SESSION
from quoth.web.guard.entry import end_session, keep_entry, keep_session, own_path
from quoth.web.guard.roles import known_reader
from quoth.web.guard.signing import NotSignedIn, sign_in
from quoth.web.rendering import page, see_other

router = APIRouter()


@router.get("/login")
def login(request: Request, next: str = "/") -> Response:
    if not guard_of(request).policy.public or known_reader(request) is not None:
        return see_other(own_path(next))
    return _form(request, next)


@router.post("/login")
def enter(
    request: Request,
    name: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "/",
) -> Response:
    guard = guard_of(request)
    if not guard.policy.public:
        return see_other("/")
    address = request.client.host if request.client is not None else ""
    try:
        session = sign_in(guard, name, password, address)
    except NotSignedIn as wrong:
        answer = _form(request, next, name, wrong)
        if wrong.pause > 0:
            answer.headers["Retry-After"] = str(math.ceil(wrong.pause))
        return answer
    old = request.cookies.get(guard.policy.cookie)
    if old:
        guard.accounts.leave(old)
    answer = see_other(own_path(next))
    keep_session(answer, guard.policy, session)
    answer.delete_cookie(guard.policy.entry_cookie, path="/", secure=guard.policy.secure, httponly=True)
    return answer


@router.post("/logout")
def leave(request: Request) -> Response:
    guard = guard_of(request)
    session = request.scope.get(SESSION)
    if session:
        guard.known.leave(session)
    answer = RedirectResponse("/login" if guard.policy.public else "/", 303)
    end_session(answer, guard.policy)
    return answer


def _form(request: Request, next: str, name: str = "", wrong: NotSignedIn | None = None) -> Response:
    status = 200 if wrong is None else 429 if wrong.pause > 0 else 401
    pause = math.ceil(wrong.pause) if wrong is not None else 0
    view = {"next": own_path(next), "name": name[:200], "wrong": wrong, "pause": pause}
    answer = page(request, "login.html.j2", status=status, **view)
    bound = request.scope.get(SESSION)
    if bound and known_reader(request) is None:
        keep_entry(answer, guard_of(request).policy, bound)
    return answer
