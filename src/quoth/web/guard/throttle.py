"""Pauses after wrong passwords, longer each time, that nobody can make last for good."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

FORGOTTEN = 3_600.0
"""Seconds without a wrong password after which the earlier ones are forgotten."""
MOST = 20_000
"""Names or addresses remembered; the one that failed longest ago goes first."""


@dataclass(slots=True)
class _Failed:
    times: int
    last: float
    before: float


class Throttle:
    """`free`: wrong passwords that cost nothing; after them a pause of one second, doubled up to `longest`."""

    def __init__(
        self, free: int = 5, longest: float = 60.0, *, clock: Callable[[], float] = time.monotonic, most: int = MOST
    ) -> None:
        self._free = free
        self._longest = longest
        self._clock = clock
        self._most = most
        self._failed: dict[str, _Failed] = {}
        self._lock = threading.Lock()

    def pause(self, key: str) -> float:
        """Seconds that are left of the pause."""
        with self._lock:
            return self._left(key)

    def attempt(self, key: str) -> float:
        """As `pause`; where there is none, the attempt counts as failed until `succeeded` takes it back, so that many
        at once do not slip through."""
        with self._lock:
            left = self._left(key)
            if left <= 0:
                before = self._failed.pop(key, None)
                now = self._clock()
                earlier = before or _Failed(0, now, now)
                self._failed[key] = _Failed(earlier.times + 1, now, earlier.last)
                while len(self._failed) > self._most:
                    del self._failed[next(iter(self._failed))]
            return left

    def succeeded(self, key: str) -> None:
        with self._lock:
            self._failed.pop(key, None)

    def taken_back(self, key: str) -> None:
        """The last attempt did not fail; earlier ones still count, as of others at one address."""
        with self._lock:
            failed = self._failed.get(key)
            if failed is not None and failed.times > 1:
                failed.times, failed.last = failed.times - 1, failed.before
            else:
                self._failed.pop(key, None)

    def _left(self, key: str) -> float:
        failed = self._failed.get(key)
        if failed is None:
            return 0.0
        since = self._clock() - failed.last
        if since > FORGOTTEN:
            del self._failed[key]
            return 0.0
        if failed.times < self._free:
            return 0.0
        return max(0.0, min(2.0 ** min(failed.times - self._free, 30), self._longest) - since)


def network(address: str) -> str:
    """What counts as one address: of IPv6 the first 64 bits, which one person has."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ipaddress.IPv6Network((found, 64), strict=False))
    return str(found)
