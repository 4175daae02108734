"""Opening a case file: what is refused, and what SQLite's errors mean to a person."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from quoth.errors import LedgerError
from quoth.ledger.schema import migrations
from quoth.ledger.sqlite.held import is_held
from quoth.ledger.sqlite.leftover import refuse_what_is_anothers
from quoth.ledger.sqlite.schema import DIALECT, version_of

MEMORY = ":memory:"
_MAGIC = b"SQLite format 3\0"
PAUSE = 0.01
"""Seconds between two tries to change the journal's mode."""
GATHERED = 8000
"""Pages (32 MB) that gather in the -wal file before they are put in their places: most of what many articles change
are the same pages of the indexes, and each is then written, and waited for, once."""


def connect(path: Path | None, *, read_only: bool, timeout: float) -> sqlite3.Connection:
    """A connection to the case file at `path` (None: in memory), which is of today's format where it is read only.

    A file that is not there is made.  Raises LedgerError on whatever is not a case file, and leaves that as it was.
    """
    if path is None:
        if read_only:
            raise LedgerError("a case in memory cannot be opened read-only", where=MEMORY)
        return _prepared(sqlite3.connect(MEMORY, isolation_level=None), MEMORY, timeout, False)
    where = str(path)
    if not is_held(path):
        refuse_what_is_no_case(path, read_only=read_only)
        refuse_what_is_anothers(path, where)
    with speaking(where):
        if not read_only:
            return _prepared(_open(path, "mode=rwc", timeout), where, timeout, False)
        for mode in _reading_modes(path):
            try:
                return _prepared(_open(path, mode, timeout), where, timeout, True)
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
                    raise
                refusal = error
        raise refusal


def _reading_modes(path: Path) -> Iterator[str]:
    """Ways to open a file that is only to be read, the tidiest first: a connection that may write (and is told
    not to) takes the -wal and -shm files away again; one that may not leaves them; where a folder cannot be
    written to and nothing waits in a -wal file, SQLite must be told that nobody else is writing."""
    yield "mode=rw"
    yield "mode=ro"
    wal = path.with_name(path.name + "-wal")
    if not wal.exists() or not wal.stat().st_size:
        yield "mode=ro&immutable=1"


def refuse_what_is_no_case(path: Path, *, read_only: bool) -> None:
    """Raises LedgerError on a folder, a device, a file of another kind, or a place where no file can be made."""
    where = str(path)
    another = "name another case file"
    if "\0" in where:
        raise LedgerError("a file name cannot hold a NUL character", where=repr(where), remedy=another)
    try:
        if path.is_dir():
            raise LedgerError("is a folder, not a case file", where=where, remedy=another)
        if not path.exists():
            if read_only:
                raise LedgerError("there is no such case file", where=where, remedy="add articles to it first")
            if not path.parent.is_dir():
                raise LedgerError("the folder it should be in does not exist", where=where, remedy="make it first")
            return
        if not path.is_file():
            raise LedgerError("is not a regular file", where=where, remedy=another)
        with path.open("rb") as file:
            beginning = file.read(len(_MAGIC))
    except OSError as error:
        raise LedgerError(f"cannot be opened: {error.strerror or error}", where=where) from error
    if beginning and beginning != _MAGIC:
        raise LedgerError("is not a case file and was left alone", where=where, remedy=another)


def is_writable(path: Path) -> bool:
    return not path.exists() or os.access(path, os.W_OK)


def _open(path: Path, mode: str, timeout: float) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True, timeout=timeout, isolation_level=None)


def _prepared(connection: sqlite3.Connection, where: str, timeout: float, read_only: bool) -> sqlite3.Connection:
    try:
        connection.execute(f"PRAGMA busy_timeout = {int(timeout * 1000)}")
        version = version_of(connection, where)
        if not read_only:
            write_ahead(connection, timeout)
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute(f"PRAGMA wal_autocheckpoint = {GATHERED}")
            connection.execute("PRAGMA foreign_keys = ON")
        elif version < len(migrations(DIALECT)):
            made = "holds no case yet" if version == 0 else f"was written by an older Quoth (its format is {version})"
            raise LedgerError(made, where=where, remedy="open it for writing once, to bring it up to date")
        if read_only:
            connection.execute("PRAGMA query_only = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def write_ahead(connection: sqlite3.Connection, timeout: float) -> None:
    """Ask for the mode until others let go: SQLite does not wait by itself where two connections change it at once."""
    until = time.monotonic() + timeout
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() >= until:
                raise
            time.sleep(PAUSE)


@contextmanager
def speaking(where: str) -> Iterator[None]:
    """Turn SQLite's errors into LedgerErrors that say what happened and what to do."""
    try:
        yield
    except UnicodeEncodeError as error:
        raise LedgerError("cannot look for or keep a lone surrogate", where=where) from error
    except sqlite3.ProgrammingError as error:
        raise LedgerError(f"cannot be used: {error}", where=where, remedy="open the case again") from error
    except sqlite3.Error as error:
        what, remedy = _meaning(error)
        raise LedgerError(what, where=where, remedy=remedy) from error


def _meaning(error: sqlite3.Error) -> tuple[str, str | None]:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return "is locked by another program that is writing to it", "try again when that has finished"
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return "cannot be written to", "check the permissions of the file and of its folder"
    if code == sqlite3.SQLITE_CANTOPEN:
        return "cannot be opened", "check the permissions of the file and of its folder"
    if code == sqlite3.SQLITE_FULL:
        return "the disk is full", "make room and try again: what was written down before stays"
    if code == sqlite3.SQLITE_IOERR:
        return f"cannot be read or written ({error})", "check the disk; what was written down before stays"
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return f"is damaged ({error})", "restore it from a copy, or add the articles to a new case file"
    if code == sqlite3.SQLITE_CONSTRAINT:
        return f"refused a row: {error}", "verify says whether the file was altered"
    return f"SQLite says: {error}", "verify says whether the file was altered"
