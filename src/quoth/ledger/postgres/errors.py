"""What Postgres' errors mean to a person."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import errors

from quoth.errors import LedgerError

_TAMPERED = "verify says whether the case was altered"
_AGAIN = "run it again: what was written down stays, whole documents only"


@contextmanager
def speaking(where: str) -> Iterator[None]:
    """Turn psycopg's errors into LedgerErrors that say what happened and what to do."""
    try:
        yield
    except UnicodeEncodeError as error:
        raise LedgerError("cannot look for or keep a lone surrogate", where=where) from error
    except psycopg.Error as error:
        what, remedy = _meaning(error)
        raise LedgerError(what, where=where, remedy=remedy) from error


def unreachable(error: psycopg.Error, where: str) -> LedgerError:
    """What a connection that could not be made means."""
    said = said_by(error).removeprefix("connection failed: ")
    remedies = {
        "password": "give it in PGPASSWORD, ~/.pgpass or the address",
        "does not exist": "make the database first: createdb NAME",
        "no pg_hba.conf entry": "ask whoever keeps the server to let you in",
        "too many": "try again when others have finished",
        "starting up": "try again in a moment",
    }
    remedy = next((remedy for words, remedy in remedies.items() if words in said), None)
    return LedgerError(f"cannot be reached: {said}", where=where, remedy=remedy or "check the address and the server")


def _meaning(error: psycopg.Error) -> tuple[str, str | None]:
    said = said_by(error)
    for kinds, what, remedy in _MEANINGS:
        if isinstance(error, kinds):
            return what.format(said), remedy
    if said == "the connection is closed":
        return f"cannot be used: {said}", "open the case again"
    if isinstance(error, psycopg.OperationalError) and error.sqlstate is None:
        return f"the connection was lost ({said})", _AGAIN
    if isinstance(error, psycopg.DataError) and "NUL" in said:
        return "cannot look for or keep a NUL character", None
    return f"Postgres says: {said}", _TAMPERED


_MEANINGS: tuple[tuple[type[psycopg.Error] | tuple[type[psycopg.Error], ...], str, str], ...] = (
    (errors.LockNotAvailable, "is locked by another program that is writing to it", "try again when that has finished"),
    (errors.InsufficientPrivilege, "may not be used so: {}", "ask the owner of the case for the rights that it takes"),
    (errors.ReadOnlySqlTransaction, "cannot be written to: {}", "open it on a server, and as a user, that may write"),
    (errors.DiskFull, "the server's disk is full", "make room there and try again: what was written down before stays"),
    (errors.QueryCanceled, "the server gave up: {}", "raise its statement_timeout, or ask for less"),
    (
        (errors.AdminShutdown, errors.CrashShutdown, errors.IdleSessionTimeout, errors.CannotConnectNow),
        "the server closed the connection: {}",
        _AGAIN,
    ),
    ((errors.DataCorrupted, errors.IndexCorrupted), "is damaged ({})", "restore it from a copy"),
    (psycopg.IntegrityError, "refused a row: {}", _TAMPERED),
)


def said_by(error: psycopg.Error) -> str:
    """The first line of what the server or the library said."""
    said = error.diag.message_primary or str(error) or type(error).__name__
    return said.strip().splitlines()[0]
