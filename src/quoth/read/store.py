"""Results that cost much to make, kept in one SQLite file under a key, within bounds.

Nothing rests on it: what is missing, damaged or locked is made again.  Several processes may use a file at once.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TypeVar

LARGEST = 512 << 20
"""Bytes of values that a file keeps; beyond it those go first that were not used for longest."""

SPARED = 0.9
"""What part of the bound is left after some were taken out."""

PATIENCE = 2.0
"""Seconds to wait for another process that writes."""

ASKED_TOGETHER = 500
_DAY = 86_400
_SCHEMA = """
CREATE TABLE IF NOT EXISTS kept (
    key BLOB PRIMARY KEY, value BLOB NOT NULL, digest BLOB NOT NULL, used INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS kept_used ON kept (used);
"""
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
T = TypeVar("T")
Row = tuple[bytes, bytes, bytes, int]


class Store:
    """`path` is the file, made when it is first used; `largest` bounds the bytes of its values."""

    def __init__(self, path: Path, largest: int = LARGEST) -> None:
        self.path = path
        self.largest = largest
        self._connection: sqlite3.Connection | None = None
        self._process = os.getpid()
        self._unusable = False
        self._held: int | None = None

    def get(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """The values that are there, by their keys."""
        wanted = list(dict.fromkeys(keys))
        found: dict[bytes, bytes] = {}
        for start in range(0, len(wanted), ASKED_TOGETHER):
            some = wanted[start : start + ASKED_TOGETHER]
            none: list[Row] = []
            rows = self._at_work(partial(_rows, keys=some), none)
            for key, value, digest, _ in rows:
                if digest == _digest(key, value):
                    with contextlib.suppress(zlib.error):
                        found[key] = zlib.decompress(value)
            if old := [key for key, _, _, used in rows if used != _today()]:
                self._at_work(partial(_used_today, keys=old), None)
        return found

    def put(self, values: dict[bytes, bytes]) -> None:
        """Keep these, in one transaction; without effect where the file cannot be written."""
        if values:
            self._at_work(lambda connection: self._put(connection, values), None)

    def _put(self, connection: sqlite3.Connection, values: dict[bytes, bytes]) -> None:
        packed = [(key, zlib.compress(value, 1)) for key, value in values.items()]
        rows = [(key, value, _digest(key, value), _today()) for key, value in packed]
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", rows)
        added = sum(len(value) for _, value in packed)
        self._held = _size(connection) if self._held is None else self._held + added
        if self._held > self.largest:
            self._make_room(connection)
        connection.execute("COMMIT")

    def _make_room(self, connection: sqlite3.Connection) -> None:
        held = _size(connection)
        gone = []
        for key, size in connection.execute("SELECT key, length(value) FROM kept ORDER BY used, key"):
            if held <= self.largest * SPARED:
                break
            held -= size
            gone.append((key,))
        connection.executemany("DELETE FROM kept WHERE key = ?", gone)
        self._held = held

    def close(self) -> None:
        if self._connection is not None and self._process == os.getpid():
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()
        self._connection = None

    def _at_work(self, work: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        """What the work on the file gives; `otherwise` where there is no file to be had, or it turns out damaged."""
        try:
            connection = self._opened()
            return otherwise if connection is None else work(connection)
        except sqlite3.Error as error:
            self._give_up(error)
        except OSError:  # the directory cannot be made or written
            self._unusable = True
        return otherwise

    def _opened(self) -> sqlite3.Connection | None:
        if self._process != os.getpid():  # a connection is its process's own
            self._connection, self._process = None, os.getpid()
        if self._connection is None and not self._unusable:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))  # it holds words of articles
            self._connection = sqlite3.connect(
                self.path, timeout=PATIENCE, isolation_level=None, check_same_thread=False
            )
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = OFF")
            self._connection.executescript(_SCHEMA)
        return self._connection

    def _give_up(self, error: sqlite3.Error) -> None:
        """What is busy is left alone, this once; a file that is no database, or a damaged one, is deleted, once."""
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in _BUSY:
            with contextlib.suppress(sqlite3.Error):
                if self._connection is not None and self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
            return
        self.close()
        self._held = None
        if code not in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}:
            self._unusable = True
            return
        try:
            for part in ("", "-wal", "-shm"):
                Path(f"{self.path}{part}").unlink(missing_ok=True)
        except OSError:
            self._unusable = True


def _rows(connection: sqlite3.Connection, *, keys: list[bytes]) -> list[Row]:
    marks = ",".join("?" * len(keys))
    return connection.execute(f"SELECT key, value, digest, used FROM kept WHERE key IN ({marks})", keys).fetchall()


def _used_today(connection: sqlite3.Connection, *, keys: list[bytes]) -> None:
    connection.executemany("UPDATE kept SET used = ? WHERE key = ?", [(_today(), key) for key in keys])


def _size(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT coalesce(sum(length(value)), 0) FROM kept").fetchone()[0])


def _today() -> int:
    return int(time.time()) // _DAY


def _digest(key: bytes, value: bytes) -> bytes:
    return hashlib.blake2b(value, key=key[:64], digest_size=16).digest()
