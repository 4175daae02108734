"""What a site asks robots to leave alone (robots.txt, RFC 9309)."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from protego import Protego

from quoth.acquire.web.exchange import Answer
from quoth.acquire.web.terms import ROBOT
from quoth.acquire.web.urls import Url, parse_url
from quoth.errors import QuothError, RefusedAddress, RobotsForbid

LARGEST = 512_000
"""Bytes of a robots.txt that are read; what follows is passed over, as RFC 9309 has it."""

REDIRECTS = 5
KEPT = 24 * 3600.0
KEPT_UNREACHED = 600.0
"""Seconds that the rules of a site are kept, and that one stays closed whose rules could not be had."""

_FOLLOWED = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Rules:
    """A site's rules until the moment `until`; without `parsed`, all is allowed, or with `closed` nothing, and why."""

    until: float
    parsed: Protego | None = None
    closed: str | None = None

    def check(self, url: Url) -> None:
        """Raises RobotsForbid where the address is not to be fetched."""
        if self.closed is not None:
            raise RobotsForbid(
                f"its robots.txt could not be had ({self.closed}), so nothing there is fetched",
                where=str(url), remedy="try again later",
            )  # fmt: skip
        if self.parsed is not None and not self.parsed.can_fetch(str(url), ROBOT):
            raise RobotsForbid(
                "its robots.txt asks robots to leave this page alone",
                where=str(url), remedy="open it in a browser, save it, and add the file",
            )  # fmt: skip

    @property
    def delay(self) -> float:
        """Seconds between two requests that the site asks for."""
        asked = self.parsed.crawl_delay(ROBOT) if self.parsed is not None else None
        return max(0.0, float(asked or 0.0))


class Robots:
    """The rules of each site, asked for once; `ask` fetches one address and follows nothing."""

    def __init__(self, ask: Callable[[Url], Answer]) -> None:
        self._ask = ask
        self._rules: dict[str, Rules] = {}
        self._lock = threading.Lock()

    def of(self, url: Url) -> Rules:
        """The rules of the site of `url`.  Raises RefusedAddress where it may not be asked at all."""
        with self._lock:
            rules = self._rules.get(url.origin)
        if rules is None or rules.until < time.monotonic():
            rules = self._read(url)
            with self._lock:
                self._rules[url.origin] = rules
        return rules

    def _read(self, url: Url) -> Rules:
        now = time.monotonic()
        place = Url(url.scheme, url.host, url.port, "/robots.txt")
        try:
            for _ in range(REDIRECTS + 1):
                answer = self._ask(place)
                location = answer.header("location")
                if answer.status not in _FOLLOWED or not location:
                    break
                place = parse_url(location, place)
        except QuothError as problem:
            if isinstance(problem, RefusedAddress) and place.origin == url.origin:
                problem.where = str(url)  # the site itself may not be asked, which is told as such
                raise
            return Rules(now + KEPT_UNREACHED, closed=problem.what)
        if answer.status == 429 or answer.status >= 500:
            return Rules(now + KEPT_UNREACHED, closed=f"status {answer.status}")
        if answer.status != 200:
            return Rules(now + KEPT)
        text = answer.body[:LARGEST].decode("utf-8-sig", "replace")
        return Rules(now + KEPT, parsed=Protego.parse(text))
