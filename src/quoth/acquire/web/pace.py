"""One request to a host at a time, with a pause between two."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from quoth.errors import TooMuch


@dataclass(slots=True)
class Turn:
    """A host's lock, and the moment from which on it may be asked again."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    free: float = 0.0


class Pace:
    """Keeps every host's turns.  `stop` ends all waiting."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop
        self._lock = threading.Lock()
        self._turns: dict[str, Turn] = defaultdict(Turn)

    @contextmanager
    def turn(self, host: str, pause: float) -> Iterator[None]:
        """Wait for the host's turn; afterwards it is left alone for `pause` seconds."""
        with self._lock:
            turn = self._turns[host]
        with turn.lock:
            self.wait(turn.free - time.monotonic())
            try:
                yield
            finally:
                turn.free = time.monotonic() + pause

    def wait(self, seconds: float) -> None:
        """Raises TooMuch when all is stopped meanwhile."""
        if self._stop.wait(max(0.0, seconds)):
            raise TooMuch("stopped before it was fetched", remedy="add it again")
