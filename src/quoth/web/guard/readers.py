"""Whoever is at the desk, and what they may do."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from fastapi import Request

from quoth.errors import QuothError


class Role(enum.IntEnum):
    """What one may do; each may do what those before it may."""

    READER = 1
    REVIEWER = 2
    ADMIN = 3


@dataclass(frozen=True, slots=True)
class Reader:
    """Who is at the desk: what they judge is written down under `name`."""

    name: str
    role: Role

    def may(self, role: str) -> bool:
        """Whether they have that role ("reviewer"), or a higher one."""
        return self.role >= Role[role.upper()]


class Forbidden(QuothError):
    """Something that needs a higher role."""

    code = "Q520"


def reader_of(request: Request) -> Reader:
    """Whoever asks; the guard has let nobody else through."""
    reader: Reader = request.state.reader
    return reader


def require(request: Request, role: Role) -> Reader:
    """Whoever asks.  Raises Forbidden where they do not have that role."""
    reader = reader_of(request)
    if reader.role < role:
        what = f"{reader.name} is a {reader.role.name.lower()} here; this needs a {role.name.lower()}"
        raise Forbidden(what, remedy="ask whoever keeps this desk")
    return reader


def csrf_of(request: Request) -> str:
    """What every form of this session has to carry."""
    token: str = request.state.csrf
    return token
