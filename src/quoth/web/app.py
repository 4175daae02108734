"""The desk as an ASGI application: pages joined, errors told as pages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from quoth.errors import NotFound, QuothError
from quoth.web.api.errors import told_of_http
from quoth.web.api.interface import interface
from quoth.web.desk import Desk, Pending
from quoth.web.guard import Forbidden, Guard, Guarded
from quoth.web.jobs import Jobs
from quoth.web.pages import (
    accounts,
    adding,
    article,
    articles,
    board,
    calendar,
    exporting,
    judgements,
    judging,
    judging_sources,
    map,
    origin,
    outlets,
    programs,
    question,
    question_change,
    review,
    signing,
    sources,
)
from quoth.web.rendering import page
from quoth.web.seen import Seen

PAGES = (
    accounts,
    adding,
    article,
    articles,
    board,
    calendar,
    exporting,
    judgements,
    judging,
    judging_sources,
    map,
    origin,
    outlets,
    programs,
    question,
    question_change,
    review,
    signing,
    sources,
)


def application(desk: Desk, guard: Guard, seen: Seen, jobs: Jobs) -> FastAPI:
    """All pages of a desk; it closes the desk when it ends."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        jobs.close()
        desk.close()
        seen.close()
        guard.close()

    app = FastAPI(title="Quoth", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.state.desk, app.state.seen, app.state.jobs, app.state.guard = desk, seen, jobs, guard
    app.add_middleware(Guarded, guard=guard)
    for one in PAGES:
        app.include_router(one.router, include_in_schema=False)
    app.mount("/api/v1", interface(app.state))
    app.mount("/static", StaticFiles(packages=[("quoth.web", "static")]))
    for kind, told in _TOLD.items():
        app.add_exception_handler(kind, told)
    return app


Handler = Callable[[Request, Exception], Response | Awaitable[Response]]


def _pending(request: Request, error: Exception) -> Response:
    assert isinstance(error, Pending)
    answer = page(request, "pending.html.j2", status=202, what=error.what, since=error.since)
    answer.headers["Refresh"] = "2"
    return answer


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if request.url.path.startswith("/api/"):
        return told_of_http(request, error)
    what = {404: "There is no such page.", 405: "That cannot be done here."}.get(error.status_code, str(error.detail))
    return page(request, "error.html.j2", status=error.status_code, what=what, where=None, remedy=None)


def _quoth(request: Request, error: Exception) -> Response:
    assert isinstance(error, QuothError)
    status = 404 if isinstance(error, NotFound) else 403 if isinstance(error, Forbidden) else 400
    what = error.what[:1].upper() + error.what[1:]
    return page(request, "error.html.j2", status=status, what=what, where=error.where, remedy=error.remedy)


_TOLD: dict[type[Exception], Handler] = {Pending: _pending, HTTPException: _http, QuothError: _quoth}
