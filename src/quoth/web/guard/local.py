"""A desk for one person on one machine: the token of the printed link, a session cookie, a field in every form."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable

from fastapi import HTTPException, Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response

from quoth.web.guard.readers import Reader, Role

UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
OPEN = ("/static/",)
"""What anybody may have."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class Local:
    """Lets whoever has the `token` in, as `name`."""

    def __init__(self, token: str, name: str, port: int) -> None:
        self.token, self.name = token, name
        self.cookie = f"quoth-{port}"
        self._csrf = secrets.token_urlsafe(32)

    async def __call__(self, request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        given = request.query_params.get("token")
        if given is not None and secrets.compare_digest(given.encode(), self.token.encode()):
            bare = request.url.remove_query_params("token")
            answer: Response = RedirectResponse(str(bare.replace(scheme="", netloc="")) or "/", 303)
            answer.set_cookie(self.cookie, self.token, httponly=True, samesite="lax", path="/")
            return _guarded(answer)
        held = request.cookies.get(self.cookie, "") or request.headers.get("authorization", "").removeprefix("Bearer ")
        if not request.url.path.startswith(OPEN) and not secrets.compare_digest(held.encode(), self.token.encode()):
            return _guarded(PlainTextResponse("Open the link that `quoth serve` printed.", 401))
        request.state.reader = Reader(self.name, Role.ADMIN)
        request.state.csrf = self._csrf
        return _guarded(await call_next(request))


async def csrf_checked(request: Request) -> None:
    """Refuses what changes something and does not come from a form or script of this desk."""
    if request.method not in UNSAFE or request.headers.get("authorization"):
        return
    given = request.headers.get("x-quoth-csrf")
    if given is None:
        given = str((await request.form()).get("csrf", ""))
    if not secrets.compare_digest(given.encode(), request.state.csrf.encode()):
        raise HTTPException(403, "This form is not of this session: go back, reload the page, and send it again.")


def _guarded(answer: Response) -> Response:
    answer.headers.setdefault("Content-Security-Policy", POLICY)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers.setdefault("Cache-Control", "no-store")
    return answer
