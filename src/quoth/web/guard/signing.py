"""Signing in with a name and a password."""

from __future__ import annotations

from quoth.errors import QuothError
from quoth.web.guard.accounts import key_of
from quoth.web.guard.throttle import network
from quoth.web.guard.wall import Guard


class NotSignedIn(QuothError):
    """A name or password that does not fit; which of them is not told.  `pause`: seconds until the next attempt."""

    code = "Q526"

    def __init__(self, what: str, pause: float) -> None:
        super().__init__(what)
        self.pause = pause


def sign_in(guard: Guard, name: str, password: str, address: str) -> str:
    """A new session.  Raises NotSignedIn, after the same time for a name that there is and for one that there is not.

    What comes before a pause is over is not looked at, whether it is right or wrong.
    """
    named, placed = key_of(name[:200]), network(address)
    pause = max(guard.by_name.pause(named), guard.by_address.pause(placed))
    if pause <= 0:
        pause = max(guard.by_name.attempt(named), guard.by_address.attempt(placed))
    if pause > 0:
        raise NotSignedIn("there were too many wrong passwords", pause)
    account = guard.accounts.verified(name, password)
    if account is None:
        raise NotSignedIn("the name or the password is wrong", 0.0)
    guard.by_name.succeeded(named)
    guard.by_address.taken_back(placed)
    return guard.accounts.enter(account.name)
