"""How much may be sent in a request, and how slowly."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from quoth.web.guard.plain import Sending, refusal
from quoth.web.guard.policy import Policy

SILENCE = 20.0
"""Seconds to wait for the next part of a body."""
GRACE = 20.0
SLOWEST = 5_000
"""Bytes a second that a body has to come at, after GRACE seconds."""


class TooMuchSent(HTTPException):
    pass


class Limits:
    """Counts what is sent as it comes, whatever its Content-Length says; nothing of it is kept."""

    def __init__(
        self, app: ASGIApp, policy: Policy, *, silence: float = SILENCE, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._app = app
        self._policy = policy
        self._silence = silence
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._policy.limit(scope["path"])
        declared = Headers(scope=scope).get("content-length", "0")
        if not (declared.isascii() and declared.isdigit()) or int(declared) > limit:
            await _too_much(scope, limit)(scope, receive, send)
            return
        counted = _Counted(receive, limit, self._silence, self._clock)
        sending = Sending(send)
        try:
            await self._app(scope, counted, sending)
        except TooMuchSent as wrong:  # it reached nothing that answers for itself
            if sending.begun:
                raise
            await refusal(scope, wrong.status_code, wrong.detail, Connection="close")(scope, receive, send)


class _Counted:
    def __init__(self, receive: Receive, limit: int, silence: float, clock: Callable[[], float]) -> None:
        self._receive = receive
        self._limit = limit
        self._silence = silence
        self._clock = clock
        self._begun = clock()
        self._size = 0
        self._whole = False

    async def __call__(self) -> Message:
        if self._whole:  # what comes now is only that the browser went away
            return await self._receive()
        try:
            message = await asyncio.wait_for(self._receive(), self._silence)
        except TimeoutError:
            raise TooMuchSent(408, "What was sent came too slowly.") from None
        self._size += len(message.get("body", b""))
        self._whole = not message.get("more_body", False)
        if self._size > self._limit:
            raise TooMuchSent(413, _larger(self._limit))
        took = self._clock() - self._begun
        if took > GRACE and self._size < SLOWEST * (took - GRACE) and not self._whole:
            raise TooMuchSent(408, "What was sent came too slowly.")
        return message


def _larger(limit: int) -> str:
    return f"What was sent is larger than {limit // 1_000_000} MB."


def _too_much(scope: Scope, limit: int) -> ASGIApp:
    return refusal(scope, 413, _larger(limit), Connection="close")
