"""Which names of a host lead here, and from where something may be sent."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from quoth.web.guard.plain import refusal
from quoth.web.guard.policy import Policy

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing."""


class Hosts:
    """Refuses every name but the desk's own, and what another site's page would have it change."""

    def __init__(self, app: ASGIApp, policy: Policy) -> None:
        self._app = app
        self._policy = policy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # nothing here speaks by WebSocket
            await send({"type": "websocket.close", "code": 1008})
            return
        named = Headers(scope=scope).getlist("host")
        if len(named) != 1:
            await refusal(scope, 400, "The request names no host, or several.")(scope, receive, send)
        elif not self._policy.serves(named[0]):
            what = "This desk is not reached under that name."
            await refusal(scope, 421, what, self._remedy())(scope, receive, send)
        elif scope["method"] not in SAFE and not is_own(Headers(scope=scope), f"{self._policy.scheme}://{named[0]}"):
            what = "This was sent from a page of another site."
            remedy = "Nothing was changed.  Do it from a page of this desk."
            await refusal(scope, 403, what, remedy)(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _remedy(self) -> str:
        if self._policy.public:
            return "Use the name it was given: quoth serve --host-name NAME."
        return f"Open http://127.0.0.1:{self._policy.port}/."


def is_own(headers: Headers, origin: str) -> bool:
    """Whether a request comes from the desk's own page, as far as the browser tells; what tells nothing needs the
    session's word (CSRF) or a token all the same."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    told = headers.getlist("origin")
    return all(one.lower() == origin.lower() for one in told)
