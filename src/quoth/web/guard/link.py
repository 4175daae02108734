"""The desk of one person: whoever opens the link that was printed is in, until the server ends."""

from __future__ import annotations

import hmac
import secrets
import threading
from hashlib import sha256

from quoth.web.guard.roles import Reader, Role

MOST = 200
"""Sessions held; the oldest ends when there are more."""


class Link:
    """The token of the printed link, and the sessions that it opened; only their hashes are held."""

    def __init__(self, by: str, token: str | None = None, role: Role = Role.ADMIN) -> None:
        self.token = token or secrets.token_urlsafe(32)
        self._reader = Reader(by, role)
        self._open: dict[bytes, None] = {}
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        return "Link(…)"

    def is_token(self, given: str) -> bool:
        return hmac.compare_digest(given.encode("utf-8", "replace"), self.token.encode())

    def enter(self) -> str:
        """A new session; its name is the browser's alone."""
        session = secrets.token_urlsafe(32)
        with self._lock:
            self._open[_hash(session)] = None
            while len(self._open) > MOST:
                del self._open[next(iter(self._open))]
        return session

    def leave(self, session: str) -> None:
        with self._lock:
            self._open.pop(_hash(session), None)

    def session(self, session: str) -> Reader | None:
        return self._reader if _hash(session) in self._open else None

    def bearer(self, token: str) -> Reader | None:
        return self._reader if self.is_token(token) else None


def _hash(session: str) -> bytes:
    return sha256(session.encode("utf-8", "replace")).digest()
