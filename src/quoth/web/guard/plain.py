"""Answers of the guard itself: a page that needs nothing of the desk, or JSON for whoever asks the interface."""

from __future__ import annotations

from html import escape

from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Message, Scope, Send

from quoth.present.escape import visible

API = "/api/"
REFUSED = "Q602"
"""The code of whatever the guard refuses; the status says what that was."""


class Sending:
    """Sends on, and knows whether an answer has begun, in whose place no other can be sent."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.begun = False

    async def __call__(self, message: Message) -> None:
        self.begun = True
        await self._send(message)


def is_api(scope: Scope) -> bool:
    return str(scope.get("path", "")).startswith(API)


def refusal(scope: Scope, status: int, what: str, remedy: str = "", **headers: str) -> Response:
    """What was wrong, and what to do about it; nothing that was sent is in it."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    if is_api(scope):
        error = {"code": REFUSED, "what": what, "where": None, "remedy": remedy or None}
        return JSONResponse({"error": error}, status, named)
    return HTMLResponse(plain_page(what, remedy), status, named)


def plain_page(what: str, remedy: str = "", link: str | None = None, refresh: bool = False) -> str:
    """A page that says what is the matter; `link` leads on, at once with `refresh`."""
    shown, where = escape(visible(what)), escape(link or "")
    parts = [
        '<!doctype html><html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="refresh" content="0; url={where}">' if refresh and link else "",
        f'<title>{shown} · Quoth</title><link rel="stylesheet" href="/static/guard.css"></head>',
        f'<body class="guard"><main><h1>{shown}</h1>',
        f"<p>{escape(visible(remedy))}</p>" if remedy else "",
        f'<p><a href="{where}">Go on</a></p>' if link else "",
        "</main></body></html>\n",
    ]
    return "".join(parts)
