"""Who looks at the desk, and what they may do there."""

from __future__ import annotations

import enum
import functools
from dataclasses import dataclass

from starlette.requests import HTTPConnection

from quoth.errors import QuothError


class Forbidden(QuothError):
    """Something that one's role does not allow."""

    code = "Q520"


@functools.total_ordering
class Role(enum.Enum):
    """A reader sees; a reviewer judges, rates and adds as well; an admin also keeps the accounts."""

    READER = "reader"
    REVIEWER = "reviewer"
    ADMIN = "admin"

    def __lt__(self, other: Role) -> bool:
        return _ORDER[self] < _ORDER[other]

    def __str__(self) -> str:
        return self.value


_ORDER = {role: place for place, role in enumerate(Role)}


@dataclass(frozen=True, slots=True)
class Reader:
    """Whoever looks: their name goes with what they judge."""

    name: str
    role: Role

    def may(self, role: str) -> bool:
        """Whether they have that role ("reviewer"), or one above it."""
        return self.role >= Role(role)


READER = "quoth.reader"
"""Where the scope of a request has its Reader."""


def known_reader(request: HTTPConnection) -> Reader | None:
    """Whoever asks; None on the pages that anybody may see."""
    reader = request.scope.get(READER)
    return reader if isinstance(reader, Reader) else None


def reader_of(request: HTTPConnection) -> Reader:
    """Whoever asks.  Raises Forbidden where the guard let nobody in, so that nothing goes on by mistake."""
    reader = known_reader(request)
    if reader is None:
        raise Forbidden("nobody is signed in", remedy="sign in first")
    return reader


def require(request: HTTPConnection, role: Role) -> Reader:
    """Whoever asks, if they have that role or one above it.  Raises Forbidden."""
    reader = reader_of(request)
    if reader.role < role:
        raise Forbidden(f"this needs the role {role}, and yours is {reader.role}", remedy="ask an admin of this desk")
    return reader
