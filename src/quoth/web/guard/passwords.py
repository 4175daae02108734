"""Passwords, of which only an argon2id hash is kept."""

from __future__ import annotations

import threading
import unicodedata
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from quoth.errors import QuothError

SHORTEST, LONGEST = 12, 1_024
AT_ONCE = 2
"""Hashes that are worked out at once: each takes 64 MiB."""
WAIT = 10.0
"""Seconds to wait for one's turn."""


class BadPassword(QuothError):
    """A password that is too short, too long or too plain."""

    code = "Q521"


class Busy(QuothError):
    """More people are signing in than can be looked at at once."""

    code = "Q522"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`anew`: a hash with the parameters of today, where the stored one has older ones."""

    right: bool
    anew: str | None = None


class Passwords:
    """argon2-cffi's defaults (RFC 9106), unless another `hasher` is given."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._turns = threading.BoundedSemaphore(AT_ONCE)
        self._nobodys = self._hasher.hash("nobody's")

    def hashed(self, password: str, name: str = "") -> str:
        """Raises BadPassword, in which the password does not appear."""
        if len(password) < SHORTEST:
            raise BadPassword(f"a password has at least {SHORTEST} characters", remedy="several words make a good one")
        if len(password) > LONGEST:
            raise BadPassword(f"a password has at most {LONGEST} characters")
        if len(set(password)) < 5 or (name and password.casefold().strip() == name.casefold().strip()):
            raise BadPassword("the password is too easily guessed", remedy="several words make a good one")
        with self._turn():
            return self._hasher.hash(_bytes(password))

    def verified(self, stored: str | None, password: str) -> Verdict:
        """Whether a password fits a hash; without one it takes the same time and fits not."""
        password = password[: LONGEST + 1]
        with self._turn():
            try:
                self._hasher.verify(stored or self._nobodys, _bytes(password))
            except (VerificationError, InvalidHashError):
                return Verdict(False)
            if stored is None:
                return Verdict(False)
            old = self._hasher.check_needs_rehash(stored)
            return Verdict(True, self._hasher.hash(_bytes(password)) if old else None)

    def _turn(self) -> _Turn:
        return _Turn(self._turns)


def _bytes(password: str) -> bytes:
    """One spelling, whether the keyboard composes letters or not."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")


class _Turn:
    def __init__(self, turns: threading.BoundedSemaphore) -> None:
        self._turns = turns

    def __enter__(self) -> None:
        if not self._turns.acquire(timeout=WAIT):
            raise Busy("too many people are signing in at once", remedy="try again in a moment")

    def __exit__(self, *exception: object) -> None:
        self._turns.release()
