"""All of the guard around the desk, in its order."""

from __future__ import annotations

from starlette.types import ASGIApp

from quoth.web.guard.csrf import Csrf
from quoth.web.guard.entry import Entry, Known
from quoth.web.guard.headers import Headers
from quoth.web.guard.hosts import Hosts
from quoth.web.guard.limits import Limits
from quoth.web.guard.policy import Policy


def guarded(app: ASGIApp, policy: Policy, known: Known) -> ASGIApp:
    """Every answer gets its headers; a request has to name this desk, come from it, be small enough, be somebody's, and
    have the session's word with what it changes; then the desk sees it."""
    return Headers(Hosts(Limits(Entry(Csrf(app), policy, known), policy), policy))
