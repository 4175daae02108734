"""When each watched address is looked at again: as often as asked, as its feed asks, later when it fails."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from quoth.acquire.web.sources import Web


class Schedule:
    """`every`: seconds between two looks at one address.  All are due at first."""

    def __init__(
        self, addresses: Iterable[str], every: float, web: Web, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._every = every
        self._web = web
        self._now = now
        self._next = dict.fromkeys(addresses, now())

    def due(self) -> list[str]:
        """Those to be looked at now, in the order they were given."""
        return [address for address, moment in self._next.items() if moment <= self._now()]

    def looked(self, address: str) -> None:
        """It was looked at just now: set its next time by what was learned of it."""
        hint = self._web.hints.get(address)
        moment = self._now() + max(self._every, hint.total_seconds() if hint is not None else 0.0)
        resting = self._web.patience.until(address) if self._web.patience is not None else None
        self._next[address] = max(moment, resting or 0.0)

    def pause(self) -> float:
        """Seconds until the next one is due."""
        return max(0.0, min(self._next.values()) - self._now())
