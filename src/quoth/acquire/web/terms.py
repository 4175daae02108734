"""On which terms the network is asked: what is allowed, how long, how much, how often."""

from __future__ import annotations

import datetime
import os
import re
from dataclasses import dataclass

from quoth.version import __version__

ROBOT = "Quoth"
"""The name by which a robots.txt knows Quoth."""

CONTACT = "QUOTH_CONTACT"
"""The variable of the environment that says whom the owner of a site may write to."""

OPEN_PORTS = frozenset({80, 443, 8000, 8008, 8080, 8443})
"""Ports at which pages are served.  Elsewhere other services listen, which a hostile feed could have asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """`since`: only items of feeds and sitemaps of that day or later; `limit`: so many new pages of each source;
    `fetch`: the pages that a table of addresses names are fetched.  Times are seconds, sizes bytes."""

    allow_private: bool = False
    since: datetime.date | None = None
    limit: int | None = None
    fetch: bool = False

    pause: float = 1.0  # between two requests to one host
    longest_pause: float = 30.0  # that a robots.txt can ask for; what it asks beyond is not waited for
    longest_wait: float = 60.0  # that a Retry-After can ask for; where it asks for more, the page fails
    connecting: float = 10.0
    reading: float = 20.0  # each read
    whole: float = 60.0  # one answer
    sent: int = 20_000_000  # as sent, headers and all
    decoded: int = 50_000_000  # after decompression
    redirects: int = 10
    hosts: int = 6  # asked at once


USUAL_TERMS = Terms()


def user_agent() -> str:
    """Quoth, its version, and whom to write to where the environment says so."""
    contact = re.sub(r"[^\x21-\x27\x2a-\x7e]", "", os.environ.get(CONTACT, ""))[:200]
    return f"{ROBOT}/{__version__}" + (f" (+{contact})" if contact else "")
