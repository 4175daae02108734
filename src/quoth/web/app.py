"""The desk as an ASGI application: pages joined, errors told as pages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI, Request
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from quoth.errors import NotFound, QuothError
from quoth.web.desk import Desk, Pending
from quoth.web.guard import Forbidden
from quoth.web.guard.local import Local, csrf_checked
from quoth.web.pages import article, articles, board, judgements, judging, review
from quoth.web.rendering import page
from quoth.web.seen import Seen

PAGES = (board, articles, article, judging, review, judgements)


def application(desk: Desk, guard: Local, seen: Seen) -> FastAPI:
    """All pages of a desk; it closes the desk when it ends."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        desk.close()
        seen.close()

    app = FastAPI(
        title="Quoth", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan,
        dependencies=[Depends(csrf_checked)],
    )  # fmt: skip
    app.state.desk, app.state.seen = desk, seen
    app.middleware("http")(guard)
    for one in PAGES:
        app.include_router(one.router, include_in_schema=False)
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
    what = {404: "There is no such page.", 405: "That cannot be done here."}.get(error.status_code, str(error.detail))
    return page(request, "error.html.j2", status=error.status_code, what=what, where=None, remedy=None)


def _quoth(request: Request, error: Exception) -> Response:
    assert isinstance(error, QuothError)
    status = 404 if isinstance(error, NotFound) else 403 if isinstance(error, Forbidden) else 400
    what = error.what[:1].upper() + error.what[1:]
    return page(request, "error.html.j2", status=status, what=what, where=error.where, remedy=error.remedy)


_TOLD: dict[type[Exception], Handler] = {Pending: _pending, HTTPException: _http, QuothError: _quoth}
