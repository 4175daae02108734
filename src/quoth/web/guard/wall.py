"""All of the guard around the desk, in its order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Self

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from quoth.web.guard.accounts import Accounts
from quoth.web.guard.csrf import Csrf
from quoth.web.guard.entry import Entry
from quoth.web.guard.headers import Headers
from quoth.web.guard.hosts import Hosts
from quoth.web.guard.limits import Limits
from quoth.web.guard.link import Link
from quoth.web.guard.plain import Sending, refusal
from quoth.web.guard.policy import Policy
from quoth.web.guard.throttle import Throttle


@dataclass(slots=True, kw_only=True)
class Guard:
    """How the desk is reached and whom it knows.  With a `link` it is one person's, else that of all with accounts."""

    policy: Policy
    accounts: Accounts
    link: Link | None = None
    by_name: Throttle = field(default_factory=lambda: Throttle(5, 60.0))
    by_address: Throttle = field(default_factory=lambda: Throttle(20, 900.0))

    @classmethod
    def local(cls, by: str, port: int, accounts: Accounts, token: str | None = None) -> Self:
        """For one person on this machine."""
        return cls(policy=Policy(port=port), accounts=accounts, link=Link(by, token))

    @property
    def known(self) -> Link | Accounts:
        return self.link or self.accounts

    def close(self) -> None:
        self.accounts.close()


class Guarded:
    """Every answer gets its headers; a request has to name this desk, come from it, be small enough, be somebody's, and
    have the session's word with what it changes; then the desk sees it."""

    def __init__(self, app: ASGIApp, guard: Guard) -> None:
        policy = guard.policy
        inner = Limits(Entry(Csrf(Faults(app)), policy, guard.known), policy)
        self._wall = Headers(Hosts(inner, policy))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._wall(scope, receive, send)


class Faults:
    """An error that nothing else answers for: the page tells nothing of it, and the server's log all."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        sending = Sending(send)
        try:
            await self._app(scope, receive, sending)
        except Exception:
            if not sending.begun and scope["type"] == "http":
                remedy = "It was written to the log of the server."
                await refusal(scope, 500, "Quoth failed at this page.", remedy)(scope, receive, sending)
            raise


def guard_of(request: HTTPConnection) -> Guard:
    guard: Guard = request.app.state.guard
    return guard
