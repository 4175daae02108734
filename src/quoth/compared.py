"""A comparison kept in a file beside the case, or in the user's cache, so that not every command compares anew.

The file is derived from the case and no part of it: it can be deleted at any time, and is made again.  It holds a
fingerprint of all that the comparison was made from, and nothing of it is used where that differs.  Several programs
may use it at once; where it cannot be read or written, things go on without it.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import zlib
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

from quoth.identity import content_id
from quoth.model import (
    Agenda,
    Comparison,
    Entity,
    Heading,
    Origin,
    Question,
    Roster,
    from_json,
    headings_of,
    to_dict,
    to_json,
)

SUFFIX = "-compared"
"""What the file is called, behind the name of the case file."""
WAIT = 2.0
"""Seconds to wait for another program that is writing."""
MOST = 200
"""Times its own size that a payload may come to: what is kept comes to twenty times at most, a bomb to a thousand."""
FASTEST = 1
"""zlib's level: a tenth of the size at four times the speed of the usual level."""

_SCHEMA = """
CREATE TABLE made (fingerprint TEXT NOT NULL);
CREATE TABLE questions (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL, payload BLOB NOT NULL
);
CREATE INDEX questions_by_id ON questions (id);
CREATE TABLE origins (number INTEGER PRIMARY KEY, id TEXT NOT NULL, payload BLOB NOT NULL);
CREATE INDEX origins_by_id ON origins (id);
CREATE TABLE entities (number INTEGER PRIMARY KEY, id TEXT NOT NULL, payload BLOB NOT NULL);
CREATE TABLE headings (payload BLOB NOT NULL);
CREATE TABLE maps (name TEXT PRIMARY KEY, payload BLOB NOT NULL);
"""
T = TypeVar("T", Question, Origin, Entity)


def fingerprint(evidence: str, roster: Roster, agenda: Agenda) -> str:
    """Of all that a comparison is made from: the evidence (by its own fingerprint), what people say of the agents and
    of the questions, and the code that compares."""
    return content_id("compared", evidence, to_dict(roster), to_dict(agenda), code_version())


@cache
def code_version() -> str:
    """A hash of all code and tables that a comparison follows from, and the versions of the libraries it asks."""
    found = sha256()
    root = files("quoth")
    parts: list[Traversable] = [root / "model.py", root / "names.py", root / "identity.py", *_below(root / "compare")]
    for part in parts:
        found.update(part.name.encode() + b"\0" + part.read_bytes())
    for library in ("rapidfuzz", "rensa"):
        found.update(f"{library} {version(library)}\n".encode())
    return found.hexdigest()


def _below(folder: Traversable) -> Iterator[Traversable]:
    for part in sorted(folder.iterdir(), key=lambda part: part.name):
        if part.is_dir() and part.name != "__pycache__":
            yield from _below(part)
        elif part.name.endswith((".py", ".toml")):
            yield part


class Compared:
    """A file that holds a comparison, which is of use for one fingerprint only.  `mode`: who may read and write it."""

    def __init__(self, path: Path, *, mode: int = 0o600, read_only: bool = False) -> None:
        self.path = path
        self._mode = mode
        self._read_only = read_only

    @classmethod
    def beside(cls, case: Path, *, read_only: bool = False) -> Compared:
        """Beside the case file: as few may read it as may read the case."""
        return cls(case.with_name(case.name + SUFFIX), mode=case.stat().st_mode & 0o666, read_only=read_only)

    @classmethod
    def away_from(cls, address: str, cache: Path) -> Compared:
        """In a user's own cache, of a case that is no file."""
        return cls(cache / "compared" / sha256(address.encode()).hexdigest()[:32])

    # -------------------------------------------------------------- reading

    def comparison(self, fingerprint: str) -> Comparison | None:
        """The whole comparison; None where the file holds another one, or none."""
        with self._reading(fingerprint) as held:
            if held is None:
                return None
            maps = {
                name: from_json(dict[str, str], _unpacked(payload))
                for name, payload in held.execute("SELECT name, payload FROM maps")
            }
            return Comparison(
                questions=_all(held, "questions", Question),
                origins=_all(held, "origins", Origin),
                entities=_all(held, "entities", Entity),
                **maps,
            )
        return None

    def headings(self, fingerprint: str) -> tuple[Heading, ...] | None:
        """The questions as a list shows them, the most contested first, without reading the questions themselves."""
        with self._reading(fingerprint) as held:
            if held is not None:
                ((payload,),) = held.execute("SELECT payload FROM headings").fetchall()
                return from_json(tuple[Heading, ...], _unpacked(payload))
        return None

    def beginning(self, fingerprint: str, cls: type[T], id_prefix: str) -> list[T] | None:
        """Of the questions or origins, those (three at most) whose id begins so."""
        table = {Question: "questions", Origin: "origins"}[cls]
        with self._reading(fingerprint) as held:
            if held is not None:
                sql = f"SELECT payload FROM {table} WHERE id >= ? AND id < ? ORDER BY id LIMIT 3"
                rows = held.execute(sql, (id_prefix, id_prefix + chr(0x10FFFF))).fetchall()
                return [from_json(cls, _unpacked(payload)) for (payload,) in rows]
        return None

    @contextlib.contextmanager
    def _reading(self, fingerprint: str) -> Iterator[sqlite3.Connection | None]:
        """One moment of the file; None where it is of no use.  Damage ends what is done with it, without an error."""
        connection = self._holding(fingerprint)
        try:
            yield connection
        except (sqlite3.Error, zlib.error, ValueError, TypeError, RecursionError):  # damaged
            pass
        finally:
            if connection is not None:
                connection.close()

    def _holding(self, fingerprint: str) -> sqlite3.Connection | None:
        try:
            connection = self._opened("ro")
        except sqlite3.Error:
            return None
        try:
            connection.execute("BEGIN")
            if connection.execute("SELECT fingerprint FROM made").fetchall() == [(fingerprint,)]:
                return connection
        except sqlite3.Error:
            pass
        connection.close()
        return None

    # -------------------------------------------------------------- writing

    def keep(self, fingerprint: str, comparison: Comparison) -> bool:
        """Write the comparison down in place of what the file holds; False where that cannot be done."""
        if self._read_only:
            return False
        try:
            self._write(fingerprint, comparison)
        except sqlite3.OperationalError:  # another program is writing, the folder may not be written to, no room
            return False
        except (sqlite3.Error, OSError):
            return self._anew(fingerprint, comparison)
        return True

    def _anew(self, fingerprint: str, comparison: Comparison) -> bool:
        """In place of a damaged file."""
        try:
            self.path.unlink(missing_ok=True)
            self._write(fingerprint, comparison)
        except (sqlite3.Error, OSError):
            return False
        return True

    def _write(self, fingerprint: str, comparison: Comparison) -> None:
        if not self.path.exists():
            self.path.parent.mkdir(0o700, parents=True, exist_ok=True)
            with contextlib.suppress(FileExistsError):
                os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, self._mode))
        with contextlib.closing(self._opened("rw")) as connection:
            connection.execute("BEGIN IMMEDIATE")
            for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                connection.execute(f'DROP TABLE "{table}"')
            for sql in _SCHEMA.split(";\n"):
                connection.execute(sql)
            headings = headings_of(comparison.questions)
            connection.execute("INSERT INTO headings VALUES (?)", (_packed(headings),))
            parts = (
                ("questions", comparison.questions),
                ("origins", comparison.origins),
                ("entities", comparison.entities),
            )
            for table, things in parts:
                rows = ((thing.id, _packed(thing)) for thing in things)
                connection.executemany(f"INSERT INTO {table} (id, payload) VALUES (?, ?)", rows)
            maps = {"origin_of": comparison.origin_of, "speaker_of": comparison.speaker_of}
            connection.executemany("INSERT INTO maps VALUES (?, ?)", [(n, _packed(m)) for n, m in maps.items()])
            connection.execute("INSERT INTO made VALUES (?)", (fingerprint,))
            connection.execute("COMMIT")

    def _opened(self, mode: str) -> sqlite3.Connection:
        uri = f"{self.path.absolute().as_uri()}?mode={mode}"
        return sqlite3.connect(uri, uri=True, timeout=WAIT, isolation_level=None)


def _all(held: sqlite3.Connection, table: str, cls: type[T]) -> tuple[T, ...]:
    rows = held.execute(f"SELECT payload FROM {table} ORDER BY number")
    return tuple(from_json(cls, _unpacked(payload)) for (payload,) in rows)


def _packed(value: Any) -> bytes:
    return zlib.compress(to_json(value), FASTEST)


def _unpacked(payload: bytes) -> bytes:
    """Raises ValueError on what comes to more than it can if it was written here, and on what is cut off."""
    unpacking = zlib.decompressobj()
    plain = unpacking.decompress(payload, MOST * len(payload))
    if not unpacking.eof:
        raise ValueError("a payload is cut off, or too large for what it is made of")
    return plain
