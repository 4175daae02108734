"""How long what failed is left alone: longer each time."""

from __future__ import annotations

import time
from collections.abc import Callable

FIRST = 600.0
LONGEST = 86_400.0
"""Seconds after the first failure, and at most."""


class Patience:
    """Failures since the last success by address; forgotten when the program ends."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._failed: dict[str, tuple[int, float]] = {}

    def rests(self, address: str) -> bool:
        """Whether it is to be left alone for now."""
        return address in self._failed and self._now() < self._failed[address][1]

    def until(self, address: str) -> float | None:
        """The moment up to which it is left alone; None for one that did not fail last."""
        return self._failed[address][1] if address in self._failed else None

    def failed(self, address: str) -> None:
        times = self._failed.get(address, (0, 0.0))[0]
        self._failed[address] = (times + 1, self._now() + min(FIRST * 2.0**times, LONGEST))

    def worked(self, address: str) -> None:
        self._failed.pop(address, None)
