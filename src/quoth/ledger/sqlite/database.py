"""One connection to a case file."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from quoth.errors import LedgerError
from quoth.ledger import log
from quoth.ledger.database import Condition, Database, Row
from quoth.ledger.search import Words
from quoth.ledger.sqlite.held import OPENING, hold, let_go
from quoth.ledger.sqlite.opening import MEMORY, connect, is_writable, speaking
from quoth.ledger.sqlite.schema import DIALECT, expected_schema, migrate, pragma, schema_of
from quoth.ledger.store import Problem, ProblemKind

SEARCHES = ("documents_search", "statements_search")


class SqliteDatabase(Database):
    """A case file at work; `where` is the file as it was given."""

    dialect = DIALECT
    itself = "the file"
    outlets = """WITH RECURSIVE known (outlet) AS (
            SELECT min(outlet) FROM documents WHERE outlet IS NOT NULL
            UNION ALL
            SELECT (SELECT min(outlet) FROM documents WHERE outlet > known.outlet) FROM known WHERE outlet IS NOT NULL
        ) SELECT outlet FROM known WHERE outlet IS NOT NULL"""

    def __init__(
        self, path: str | Path, *, read_only: bool, timeout: float, now: Callable[[], datetime.datetime]
    ) -> None:
        file = None if str(path) == MEMORY else Path(path)
        super().__init__(str(path), read_only=read_only or (file is not None and not is_writable(file)), now=now)
        with OPENING, speaking(self.where):
            self._connection = connect(file, read_only=self.read_only, timeout=timeout)
            self._held = None if file is None else hold(file)
        if not self.read_only:
            self._migrate()

    def _migrate(self) -> None:
        try:
            with speaking(self.where):
                migrate(self._connection, self.where, self.moment(), partial(log.at_migration, self))
        except BaseException:
            self.close()
            raise

    # -------------------------------------------------------------- rows

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with speaking(self.where), self._transaction("BEGIN IMMEDIATE"):
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        with speaking(self.where), self._transaction("BEGIN"):
            yield

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        self._connection.execute(begin)
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def append(self, table: str, new: Sequence[Row]) -> None:
        if new:
            names = list(new[0])
            sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(':' + name for name in names)})"
            with speaking(self.where):
                self._connection.executemany(sql, new)

    def all(self, sql: str, *values: Any) -> list[Row]:
        with speaking(self.where):
            cursor = self._connection.execute(sql, values)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def close(self) -> None:
        self._connection.close()
        let_go(self._held)
        self._held = None

    # -------------------------------------------------------------- search

    def documents_with(self, words: Sequence[Words]) -> Condition:
        return "number IN (SELECT rowid FROM documents_search WHERE documents_search MATCH ?)", [_all(words)]

    def statements_with(self, number: str, source: Words | None, content: Sequence[Words]) -> Condition:
        parts = []
        if source is not None:
            parts.append(f"{{source source_text}} : {_phrase(source)}")
        if content:
            parts.append(f"content : ({_all(content)})")
        found = "SELECT rowid FROM statements_search WHERE statements_search MATCH ?"
        return f"{number} IN ({found})", [" AND ".join(parts)]

    # -------------------------------------------------------------- care

    def version(self) -> int:
        with speaking(self.where):
            return pragma(self._connection, "user_version")

    def highest_numbers(self) -> Mapping[str, int]:
        return {row["name"]: row["seq"] for row in self.all("SELECT name, seq FROM sqlite_sequence")}

    def copy_to(self, path: Path) -> None:
        """The copy is one file, which needs none beside it."""
        try:
            path.open("xb").close()
        except OSError as error:
            raise LedgerError(error.strerror or "cannot be written", where=str(path)) from error
        with closing(sqlite3.connect(path, isolation_level=None)) as copy:
            with speaking(self.where):
                self._connection.backup(copy)
            with speaking(str(path)):
                copy.execute("PRAGMA journal_mode = DELETE")

    def damage(self) -> Iterator[Problem]:
        for row in self.all("PRAGMA integrity_check"):
            if row["integrity_check"] != "ok":
                yield Problem(kind=ProblemKind.DATABASE, where=self.itself, what=row["integrity_check"])

    def schema_problems(self) -> Iterator[Problem]:
        with speaking(self.where):
            there = schema_of(self._connection)
        for (kind, name), sql in expected_schema(self.version()).items():
            if (kind, name) not in there:
                yield Problem(kind=ProblemKind.SCHEMA, where=name, what=f"the {kind} {name} is gone")
            elif there[kind, name] != sql:
                yield Problem(kind=ProblemKind.SCHEMA, where=name, what=f"{kind} {name} was altered")

    def search_problems(self) -> Iterator[Problem]:
        """The search index of a file that is open read-only is not checked: SQLite needs to write for it."""
        for table in () if self.read_only else SEARCHES:
            try:
                self._connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")
            except sqlite3.OperationalError:
                with speaking(self.where):
                    raise
            except sqlite3.DatabaseError as error:
                what = f"the search index does not match the evidence ({error})"
                yield Problem(kind=ProblemKind.SEARCH, where=table, what=what)


def _all(words: Sequence[Words]) -> str:
    """An FTS5 query for all of them in any order: quoted, so that nothing is read as FTS5 syntax."""
    return " AND ".join(map(_phrase, words))


def _phrase(words: Words) -> str:
    quoted = '"' + words.text.replace("\0", " ").replace('"', '""') + '"'
    return quoted + " *" if words.beginning else quoted
