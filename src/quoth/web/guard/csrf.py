"""A word that only the desk's own pages know, with everything that they send (CSRF).

It is an HMAC of the session's cookie, so that it ends with the session and nothing has to be kept.  It comes in the
header `X-Quoth-CSRF` or in the field `csrf` of a form.  A form with files can be large, and is not read to look for it:
there `csrf` has to be the first field.
"""

from __future__ import annotations

import base64
import hmac
import re
from collections.abc import Callable
from urllib.parse import parse_qsl

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from quoth.web.guard.hosts import SAFE
from quoth.web.guard.plain import refusal

FIELD = "csrf"
HEADER = "x-quoth-csrf"
SESSION = "quoth.session"
"""Where the scope has the cookie that the request's word belongs to; None for who needs none (Bearer)."""

MOST_PEEKED = 16_384
"""Bytes of a form with files in which its first field has to end."""


def word_of(session: str) -> str:
    digest = hmac.digest(session.encode(), b"quoth desk: what its forms send", "sha256")
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def csrf_of(request: HTTPConnection) -> str:
    """The word for the forms of a page; empty where the request has no session."""
    session = request.scope.get(SESSION)
    return word_of(session) if session else ""


class Csrf:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        session = scope.get(SESSION)
        if scope["type"] != "http" or scope["method"] in SAFE or session is None:
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        given = headers.get(HEADER)
        replay = receive
        if given is None:
            given, replay = await _field(headers.get("content-type", ""), receive)
        if not hmac.compare_digest((given or "").encode("utf-8", "replace"), word_of(session).encode()):
            what = "The form was not of this session."
            await refusal(scope, 403, what, "Nothing was changed.  Load the page again, and send it from there.")(
                scope, receive, send
            )
            return
        await self._app(scope, replay, send)


async def _field(kind: str, receive: Receive) -> tuple[str | None, Receive]:
    """The field `csrf`, and what gives all that was read to find it once more."""
    name, _, parameters = kind.partition(";")
    read: list[Message] = []
    found = None
    if name.strip().lower() == "application/x-www-form-urlencoded":
        data = await _read(receive, read, lambda _: False)
        fields = parse_qsl(data.decode("latin-1"), keep_blank_values=True)
        found = next((value for key, value in fields if key == FIELD), None)
    elif name.strip().lower() == "multipart/form-data":
        boundary = re.search(r'(?i)(?:^|;)\s*boundary="?([^";]{1,200})"?', parameters)
        if boundary is not None:
            mark = b"--" + boundary[1].strip().encode("latin-1", "replace")
            data = await _read(receive, read, lambda data: data.count(mark) > 1 or len(data) > MOST_PEEKED)
            found = _first(data, mark)
    return found, _again(read, receive)


async def _read(receive: Receive, read: list[Message], enough: Callable[[bytearray], bool]) -> bytes:
    """What comes until it is enough, or all."""
    data = bytearray()
    while True:
        message = await receive()
        read.append(message)
        data += message.get("body", b"")
        if not message.get("more_body", False) or enough(data):
            return bytes(data)


def _first(data: bytes, mark: bytes) -> str | None:
    """The value of the first part of a form, if it is the field `csrf` and no file."""
    found = re.match(re.escape(mark) + rb"\r\n((?:[^\r\n]+\r\n){1,5})\r\n([^\r\n]{0,200})\r\n" + re.escape(mark), data)
    if found is None or re.search(rb"(?i);\s*filename", found[1]):
        return None
    named = re.search(rb'(?i)^content-disposition:\s*form-data;\s*name="?([^";\r\n]*)"?\s*$', found[1], re.MULTILINE)
    return found[2].decode("latin-1") if named is not None and named[1].strip() == FIELD.encode() else None


def _again(read: list[Message], receive: Receive) -> Receive:
    waiting = iter(read)

    async def replay() -> Message:
        for message in waiting:
            return message
        return await receive()

    return replay
