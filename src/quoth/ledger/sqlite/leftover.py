"""What a program that was killed left beside a case file: a -wal file, which SQLite takes for the case's own.

One that is another's (a case file restored from a copy while the -wal of its later self still lay there, say) would be
written into the case.  So it is read before SQLite may write: as rows are only ever added, all entries of the log that
the file holds by itself, and be it half-way through taking its -wal file in, have to be in both together.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
import struct
import sys
from contextlib import closing
from pathlib import Path

from quoth.errors import LedgerError

_IN_USE = 128
"""The byte of the -shm file that every connection locks while it is open (SQLite's WAL-index format)."""
_FLOCK = "hhqqi"
_UNTOLD = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_BUSY)
"""Where SQLite cannot read the -wal file either, and so does not write it into the case."""


def refuse_what_is_anothers(path: Path, where: str) -> None:
    """Raises LedgerError, and touches nothing, when the -wal file beside a case file does not go with it."""
    wal = path.with_name(path.name + "-wal")
    try:
        if not path.stat().st_size or not wal.stat().st_size or _is_in_use(path.with_name(path.name + "-shm")):
            return
    except FileNotFoundError:
        return
    try:
        alone = set(_entries(path, "mode=ro&immutable=1"))
    except sqlite3.Error:  # nothing that stands by itself
        return
    try:
        together = _entries(path, "mode=ro")
        fits = alone <= set(together) and _is_whole(path, together)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF in _UNTOLD:
            return
        fits = False
    if not fits:
        raise LedgerError(
            f"{wal.name} beside it is not its own, or is damaged; nothing was touched",
            where=where,
            remedy="move that file away to open the case without it, or restore both from one copy",
        )


def _entries(path: Path, mode: str) -> list[tuple[int, str]]:
    """The log: where there is none, what migrations made the file."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True)) as connection:
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        table, column = ("log", "leaf") if "log" in names else ("migrations", "recorded_at")
        return connection.execute(f"SELECT number, {column} FROM {table} ORDER BY number").fetchall()


def _is_whole(path: Path, entries: list[tuple[int, str]]) -> bool:
    if [number for number, _ in entries] != list(range(1, len(entries) + 1)):
        return False
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute("PRAGMA quick_check(1)").fetchall() == [("ok",)]


def _is_in_use(shm: Path) -> bool:
    """Whether another program has the case open, so that the -wal file is in use, and looked at already."""
    if sys.platform != "linux" or not shm.exists():
        return False
    with shm.open("rb") as file:
        asked = struct.pack(_FLOCK, fcntl.F_WRLCK, os.SEEK_SET, _IN_USE, 1, 0)
        answer = fcntl.fcntl(file, fcntl.F_GETLK, asked)
    return bool(struct.unpack(_FLOCK, answer)[0] != fcntl.F_UNLCK)
