"""Headers of every answer: what a browser must not do with it.

Strict-Transport-Security is left to the proxy or whoever owns the name: it holds for all that is served under a name,
also at other ports, and outlives the desk.
"""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: under that a browser sends `Origin: null` with the desk's own forms.  To other hosts neither of
    # the two sends anything.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), magnetometer=(), "
        "microphone=(), midi=(), payment=(), serial=(), usb=()"
    ),
}

LEFT_OUT = frozenset({"server", "x-powered-by"})

STATIC = "/static/"
FOR_GOOD = "public, max-age=31536000, immutable"
EACH_TIME = "no-cache"
NEVER = "no-store"


class Headers:
    """An endpoint may set a Content-Security-Policy, Referrer-Policy or Cache-Control of its own; the others stand."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name in LEFT_OUT:
                    del headers[name]
                for name, value in ALWAYS.items():
                    if name != "Referrer-Policy" or name not in headers:
                        headers[name] = value
                headers.setdefault("Content-Security-Policy", POLICY)
                headers.setdefault("Cache-Control", caching(scope, message["status"]))
            await send(message)

        await self._app(scope, receive, with_headers)


def caching(scope: Scope, status: int) -> str:
    """Files whose address holds their hash, behind a question mark, for good; pages, which show a case, not at all."""
    if not scope["path"].startswith(STATIC) or status not in (200, 206, 304):
        return NEVER
    return FOR_GOOD if scope.get("query_string") else EACH_TIME
