"""Where the bytes that articles are made of are put away, as they came."""

from __future__ import annotations

import hashlib
from typing import Protocol

from quoth.model import Fetch


class Shelf(Protocol):
    """A place for original bytes.  They are put there before anything is made of them, and also when nothing can be."""

    def keep(self, data: bytes) -> str:
        """Put bytes away, and give their SHA-256 in hex back.  The same bytes again change nothing."""
        ...

    def kept(self, sha256: str) -> bytes | None:
        """The bytes of that hash; None where they are not there."""
        ...

    def latest(self, url: str) -> Fetch | None:
        """The last fetch of an address that gave bytes; None where there is none."""
        ...


class NoShelf:
    """Keeps nothing."""

    def keep(self, data: bytes) -> str:
        return hashlib.sha256(data).hexdigest()

    def kept(self, sha256: str) -> bytes | None:
        return None

    def latest(self, url: str) -> Fetch | None:
        return None


NO_SHELF = NoShelf()
