"""The shelf of a case: the bytes that its documents are made of, put away in its ledger."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from quoth.model import Fetch

if TYPE_CHECKING:
    from quoth.ledger import Ledger

MOST_WAITING = 64_000_000
"""Bytes that wait in memory for a new case to be made; more of them make it."""


class Shelving:
    """See `quoth.acquire.shelf.Shelf`.  `ledger` opens the store, and makes it where it is new; until `is_made`, bytes
    wait in memory, so that a case is not made for what became no document."""

    def __init__(self, ledger: Callable[[], Ledger], is_made: Callable[[], bool]) -> None:
        self._ledger = ledger
        self._is_made = is_made
        self._waiting: dict[str, bytes] = {}
        self._size = 0

    def keep(self, data: bytes) -> str:
        if self._is_made():
            self.put_away()
            return self._ledger().keep_original(data)
        sha256 = hashlib.sha256(data).hexdigest()
        if sha256 not in self._waiting:
            self._waiting[sha256] = data
            self._size += len(data)
        if self._size > MOST_WAITING:
            self.put_away()
        return sha256

    def kept(self, sha256: str) -> bytes | None:
        waiting = self._waiting.get(sha256)
        if waiting is not None or not self._is_made():
            return waiting
        return self._ledger().original(sha256)

    def latest(self, url: str) -> Fetch | None:
        return self._ledger().latest_fetch(url) if self._is_made() else None

    def put_away(self) -> None:
        """Write down what waits."""
        if self._waiting:
            ledger = self._ledger()
            while self._waiting:
                ledger.keep_original(self._waiting.popitem()[1])
            self._size = 0


class Unkept:
    """The shelf of who wants no originals: it keeps none, and still knows what was fetched."""

    def __init__(self, shelf: Shelving) -> None:
        self._shelf = shelf

    def keep(self, data: bytes) -> str:
        return hashlib.sha256(data).hexdigest()

    def kept(self, sha256: str) -> bytes | None:
        return self._shelf.kept(sha256)

    def latest(self, url: str) -> Fetch | None:
        return self._shelf.latest(url)
