"""One shape for everything that goes wrong: `{"error": {"code", "what", "where", "remedy"}}`, whatever the status."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import Field
from starlette.exceptions import HTTPException

from quoth.errors import LedgerError, NotFound, QuothError
from quoth.evidence import BadEvidence
from quoth.judging import BadQuestion
from quoth.ledger.search import BadSearch
from quoth.present.wire import json_text
from quoth.web.api.shapes import Line
from quoth.web.desk import Pending
from quoth.web.guard import Forbidden
from quoth.web.jobs import TooManyJobs


class Wrong(Line):
    """What was wrong, where, and what to do about it."""

    code: str = Field(pattern="^Q[0-9]{3}$", description="as the command line prints them")
    what: str
    where: str | None
    remedy: str | None


class Failed(Line):
    """The answer to whatever cannot be answered."""

    error: Wrong


class BadRequest(QuothError):
    """A request that does not fit its description."""

    code = "Q600"


MEANS = {
    400: "A body that is no JSON, or parameters that cannot be read.",
    401: "Nobody is signed in: the cookie of a session, or a token, is missing or has run out.",
    403: "Signed in, but without the role that this takes, or the request was not made by this desk.",
    404: "An id, or the beginning of one, that names nothing or several things; a name that nobody bears.",
    405: "Not a method of this address.",
    409: "It does not go with what the case holds now: a question that cannot be merged so, a case that is read-only.",
    408: "What was sent came too slowly.",
    413: "More bytes than are taken at once.",
    422: "Something in the request does not fit its description; `where` names it.",
    429: "So many jobs wait that no other is taken: try again after `Retry-After` seconds.",
    503: "The case is being compared: ask again after `Retry-After` seconds.",
}
PENDING = "Q601"
PAUSE = 2
FULL = 30
"""Seconds until it is worth asking again: for a comparison, for another job."""
ALWAYS = (401, 403, 422, 503)
"""What any operation may answer."""

RETRY = {"Retry-After": {"description": "Seconds until it is worth asking again.", "schema": {"type": "integer"}}}

READS: dict[int | str, dict[str, Any]] = {
    304: {"description": "Nothing has changed since the answer that had this ETag."}
}
"""Of an operation that only reads."""


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The description of the errors of an operation: those of all, and these."""
    return {
        status: {"model": Failed, "description": MEANS[status], **({"headers": RETRY} if status in {429, 503} else {})}
        for status in sorted({*ALWAYS, *statuses})
    }


def status_of(error: QuothError) -> int:
    """The status by which HTTP tells of an error."""
    if isinstance(error, NotFound):
        return 404
    if isinstance(error, Forbidden):
        return 403
    if isinstance(error, BadQuestion):
        return 409
    if isinstance(error, BadSearch | BadEvidence):
        return 422
    if isinstance(error, LedgerError):
        return 409 if "read-only" in error.what else 500
    return 422


def refusal(
    status: int,
    what: str,
    *,
    code: str = BadRequest.code,
    where: str | None = None,
    remedy: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The answer to a request that is not served."""
    body = json_text({"error": {"code": code, "what": what, "where": where, "remedy": remedy}})
    return Response(body.encode(), status, dict(headers or {}), "application/json")


def told(status: int, error: QuothError, headers: Mapping[str, str] | None = None) -> Response:
    """The answer to an error of Quoth's own."""
    return refusal(status, error.what, code=error.code, where=error.where, remedy=error.remedy, headers=headers)


# ---------------------------------------------------------------- who catches what


def catch_all(app: FastAPI) -> None:
    """Have every error of the interface answered in the one shape."""
    app.add_exception_handler(QuothError, _own)
    app.add_exception_handler(Pending, _pending)
    app.add_exception_handler(TooManyJobs, _busy)
    app.add_exception_handler(RequestValidationError, _unfit)
    app.add_exception_handler(HTTPException, told_of_http)
    app.add_exception_handler(Exception, _unforeseen)


def _own(request: Request, error: Exception) -> Response:
    assert isinstance(error, QuothError)
    return told(status_of(error), error)


def _pending(request: Request, error: Exception) -> Response:
    assert isinstance(error, Pending)
    what = f"{error.what} is being worked out"
    return refusal(503, what, code=PENDING, remedy="ask again in a moment", headers={"Retry-After": str(PAUSE)})


def _busy(request: Request, error: Exception) -> Response:
    assert isinstance(error, TooManyJobs)
    return told(429, error, {"Retry-After": str(FULL)})


def _unfit(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first, *more = error.errors()
    where = " ".join(str(part) for part in first["loc"] if part != "root")
    also = f"; and {len(more)} more" if more else ""
    status = 400 if first["type"] == "json_invalid" else 422
    return refusal(status, f"{first['msg']}{also}", where=where or None, remedy="see /api/v1/openapi.json")


def told_of_http(request: Request, error: Exception) -> Response:
    """What Starlette refuses: no such address, no such method."""
    assert isinstance(error, HTTPException)
    what = error.detail or HTTPStatus(error.status_code).phrase
    return refusal(error.status_code, what, where=request.url.path, headers=error.headers)


def _unforeseen(request: Request, error: Exception) -> Response:
    return refusal(500, "something went wrong in Quoth itself; its log has the details", code="Q000")
