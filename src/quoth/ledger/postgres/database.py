"""One connection to a case on a Postgres server."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from quoth.errors import LedgerError
from quoth.ledger import log
from quoth.ledger.address import without_password
from quoth.ledger.database import Condition, Database, Row
from quoth.ledger.folding import Folding
from quoth.ledger.postgres import catalog
from quoth.ledger.postgres.errors import speaking
from quoth.ledger.postgres.opening import connect
from quoth.ledger.postgres.schema import DIALECT, lock, migrate, version_of
from quoth.ledger.search import Words
from quoth.ledger.store import Problem, ProblemKind

SEARCHED = {
    # table: the columns whose words are found
    "documents": ("title", "text"),
    "statements": ("source", "source_text", "content"),
}
LEXEME = 100
"""Characters of a word that the index knows; quoth.vector cuts there."""
TYPES = {
    **dict.fromkeys(("number", "row", "size"), "bigint"),
    **dict.fromkeys(("ordinal", "status"), "integer"),
    **dict.fromkeys(("data", "response"), "bytea"),
}
"""Of columns that are not text."""
LONG = 4_000_000
"""Characters and bytes of the rows that one command inserts: hardly more, unless the last of them is that long."""
BATCH = 200
"""Rows whose search words are compared at a time."""


class PostgresDatabase(Database):
    """A case on a server; `where` is its address without a password."""

    dialect = DIALECT
    itself = "the database"
    outlets = "SELECT DISTINCT outlet FROM documents WHERE outlet IS NOT NULL"

    def __init__(self, address: str, *, read_only: bool, timeout: float, now: Callable[[], datetime.datetime]) -> None:
        super().__init__(without_password(address), read_only=read_only, now=now)
        self._folding = Folding()
        self._connection, self.read_only = connect(address, self.where, read_only=read_only, timeout=timeout)
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
        """No answer is waited for before it is needed: a server far away would be waited for as often."""
        with self._transaction("READ COMMITTED READ WRITE", self._connection.pipeline):
            lock(self._connection)
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        with self._transaction("REPEATABLE READ READ ONLY", nullcontext):
            yield

    @contextmanager
    def _transaction(self, mode: str, within: Callable[[], AbstractContextManager[object]]) -> Iterator[None]:
        with speaking(self.where):
            try:
                with within():
                    self._connection.execute(f"BEGIN ISOLATION LEVEL {mode}")
                    yield
                    self._connection.execute("COMMIT")
            except BaseException:
                if not self._connection.closed:
                    self._connection.execute("ROLLBACK")
                raise

    def append(self, table: str, new: Sequence[Row]) -> None:
        """Many rows by one command, so that what is done once for each command is done for all of them."""
        with speaking(self.where):
            for some in _parts(new):
                self._put(table, some)
                if table in SEARCHED:
                    self._put(f"{table}_search", self._folded(table, some))

    def _put(self, table: str, new: Sequence[Row]) -> None:
        columns = {name: [row[name] for row in new] for name in new[0]}
        self._connection.execute(_inserting(table, tuple(columns)), list(columns.values()))

    def _folded(self, table: str, new: Sequence[Row]) -> list[dict[str, Any]]:
        """The numbers of rows, and what their searched columns are stored as to be found."""
        columns = SEARCHED[table]
        folded = iter(self._folding.between_blanks([row[column] for row in new for column in columns]))
        return [{"number": row["number"], **{column: next(folded) for column in columns}} for row in new]

    def all(self, sql: str, *values: Any) -> list[Row]:
        with speaking(self.where):
            return list(self._connection.execute(_placed(sql), values).fetchall())

    def close(self) -> None:
        self._folding.close()
        self._connection.close()

    # -------------------------------------------------------------- search

    def documents_with(self, words: Sequence[Words]) -> Condition:
        return self._found("number", "documents", [(SEARCHED["documents"], some) for some in words])

    def statements_with(self, number: str, source: Words | None, content: Sequence[Words]) -> Condition:
        wanted = [] if source is None else [(("source", "source_text"), source)]
        return self._found(number, "statements", wanted + [(("content",), some) for some in content])

    def _found(self, number: str, table: str, wanted: Sequence[tuple[tuple[str, ...], Words]]) -> Condition:
        """The index finds rows that hold all the words, and their characters tell where these stand."""
        with speaking(self.where):
            folded = self._folding.words([words.text.replace("\0", " ") for _, words in wanted])
        conditions, values, lexemes = [], [], []
        for (columns, words), found in zip(wanted, folded, strict=True):
            if not found:  # a mark that is no word
                return "false", []
            phrase = f" {' '.join(found)}" + ("" if words.beginning else " ")
            conditions.append(f"({' OR '.join(f'strpos({column}, ?) > 0' for column in columns)})")
            values += [phrase] * len(columns)
            lexemes += [f"'{word[:LEXEME]}'" for word in found]
            if words.beginning:
                lexemes[-1] += ":*"
        indexed = "(words @@ ?::tsquery OR words IS NULL)"
        sql = f"SELECT number FROM {table}_search WHERE {indexed} AND {' AND '.join(conditions)}"
        return f"{number} IN ({sql})", [" & ".join(lexemes), *values]

    # -------------------------------------------------------------- care

    def version(self) -> int:
        with speaking(self.where):
            return version_of(self._connection, self.where)

    def highest_numbers(self) -> Mapping[str, int]:
        return {row["name"]: row["highest"] for row in self.all("SELECT name, highest FROM numbers")}

    def copy_to(self, path: Path) -> None:
        raise LedgerError(
            "is on a server and cannot be handed on as a file",
            where=self.where,
            remedy="choose questions or statements, or make a file of it first: quoth copy FILE",
        )

    def damage(self) -> Iterator[Problem]:
        """The server tells of damage only where a row is read; `verify` reads them all."""
        return iter(())

    def schema_problems(self) -> Iterator[Problem]:
        try:
            with speaking(self.where):
                right = catalog.expected(self._connection, self.version())
        except LedgerError as error:
            what = f"was not compared with the migrations: {error.what}"
            yield Problem(kind=ProblemKind.SCHEMA, where="the schema", what=what)
            return
        with self.reading(), speaking(self.where):
            there = catalog.described(self._connection)
        for (kind, name), what in right.items():
            if (kind, name) not in there:
                yield Problem(kind=ProblemKind.SCHEMA, where=name, what=f"the {kind} {name} is gone")
            elif there[kind, name] != what:
                yield Problem(kind=ProblemKind.SCHEMA, where=name, what=f"{kind} {name} was altered")

    def search_problems(self) -> Iterator[Problem]:
        for table, columns in SEARCHED.items():
            wrong = sum(self._differing(table, columns))
            if wrong:
                what = f"the search index does not match the evidence ({wrong} rows)"
                yield Problem(kind=ProblemKind.SEARCH, where=f"{table}_search", what=what)

    def _differing(self, table: str, columns: Sequence[str]) -> Iterator[int]:
        """How many rows of each batch are not found by their words; and how many words stand for no row."""
        own = ", ".join(f"e.{c} AS {c}, s.{c} AS folded_{c}" for c in columns)
        sql = f"""SELECT e.id, e.number, {own} FROM {table} AS e LEFT JOIN {table}_search AS s ON s.number = e.number
            WHERE e.number > ? ORDER BY e.number LIMIT {BATCH}"""
        last = 0
        while found := self.all(sql, last):
            last = found[-1]["number"]
            right = self._folded(table, found)
            yield sum(
                any(row[f"folded_{column}"] != words[column] for column in columns)
                for row, words in zip(found, right, strict=True)
            )
        beyond = f"SELECT number FROM {table}_search WHERE number NOT IN (SELECT number FROM {table})"
        yield len(self.all(beyond))


@lru_cache(maxsize=256)
def _placed(sql: str) -> str:
    """The same SQL with psycopg's places for values."""
    return sql.replace("%", "%%").replace("?", "%s")


@lru_cache(maxsize=64)
def _inserting(table: str, columns: Sequence[str]) -> str:
    """SQL that takes a list of values for each column."""
    lists = ", ".join(f"%b::{TYPES.get(column, 'text')}[]" for column in columns)
    return f"INSERT INTO {table} ({', '.join(columns)}) SELECT * FROM unnest({lists})"


def _parts(new: Sequence[Row]) -> Iterator[list[Row]]:
    """As many rows at a time as a command may well hold."""
    some: list[Row] = []
    length = 0
    for row in new:
        some.append(row)
        length += sum(len(value) for value in row.values() if isinstance(value, str | bytes))
        if length >= LONG:
            yield some
            some, length = [], 0
    if some:
        yield some
