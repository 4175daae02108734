"""What the ledger asks of a database, and what is the same in all of them: ids by their beginnings, chained rows.

SQL that all of them understand is written once, in the modules beside this one: values stand for `?`, every column of
a result has a name, and whatever differs is a method here.
"""

from __future__ import annotations

import datetime
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, ClassVar

from quoth.errors import LedgerError, NotFound
from quoth.ledger import log, rows
from quoth.ledger.search import Words
from quoth.ledger.store import Problem

Row = Mapping[str, Any]
Condition = tuple[str, list[Any]]
"""SQL that is true or false of a row, and the values that stand in it."""


class Database(ABC):
    """One connection to a store at work.  For one thread.

    Every method raises LedgerError when the store cannot be read or written.
    """

    dialect: ClassVar[str]
    """The folder of its migrations."""
    itself: ClassVar[str]
    """What a problem of the store as a whole is a problem of."""
    outlets: ClassVar[str]
    """SQL: each outlet once."""

    def __init__(self, where: str, *, read_only: bool, now: Callable[[], datetime.datetime]) -> None:
        self.where = where
        self.read_only = read_only
        self._now = now
        self._highest: dict[str, int] = {}
        self._entries = log.Entries(self)

    def moment(self) -> str:
        """Now, as rows have it."""
        return rows.stamp(self._now())

    # -------------------------------------------------------------- rows

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction, all or nothing; no other program writes meanwhile.  Refuses where that is read-only.

        What is inserted meanwhile is entered in the log.
        """
        self.require_writable()
        with self.transaction():
            self._highest = {}
            self._entries = log.Entries(self)
            yield
            self._entries.write()

    def require_writable(self) -> None:
        """Raises LedgerError where it is open read-only."""
        if self.read_only:
            raise LedgerError("is open read-only and cannot be written to", where=self.where)

    def insert(self, table: str, new: Sequence[Row]) -> None:
        """Append whole rows of the same columns, in this order, with the next numbers.  While `writing`."""
        numbered = self._numbered(table, new)
        self.append(table, numbered)
        for row in numbered:
            self._entries.add(table, row)

    def insert_readings(self, new: Sequence[Row], held: Sequence[Sequence[str]]) -> None:
        """`insert` of readings, each with the ids of the statements that it holds."""
        numbered = self._numbered("readings", new)
        self.append("readings", numbered)
        both = list(zip(numbered, held, strict=True))
        self.append(
            "reading_statements",
            [
                {"reading_id": row["id"], "ordinal": ordinal, "statement_id": id_}
                for row, ids in both
                for ordinal, id_ in enumerate(ids)
            ],
        )
        for row, ids in both:
            self._entries.add("readings", {**row, "statements": ids})

    def _numbered(self, table: str, new: Sequence[Row]) -> list[Row]:
        if not self._highest:
            self._highest = dict.fromkeys(log.LOGGED, 0) | dict(self.highest_numbers())
        before = self._highest[table]
        self._highest[table] = before + len(new)
        return [{**row, "number": number} for number, row in enumerate(new, before + 1)]

    @abstractmethod
    def transaction(self) -> AbstractContextManager[None]:
        """`writing` without the log."""

    @abstractmethod
    def append(self, table: str, new: Sequence[Row]) -> None:
        """Append rows as they are, with all that they are found by, and no log."""

    @abstractmethod
    def reading(self) -> AbstractContextManager[None]:
        """All that is read within is of one moment, whatever other programs write meanwhile."""

    @abstractmethod
    def all(self, sql: str, *values: Any) -> list[Row]: ...

    @abstractmethod
    def close(self) -> None: ...

    def one(self, sql: str, *values: Any) -> Row | None:
        found = self.all(sql, *values)
        return found[0] if found else None

    def chain(self, table: str, row: Row, id_of: Callable[[Row], str]) -> dict[str, Any]:
        """Append a row whose id covers the row of its table before it, and give it back whole; while `writing`."""
        latest = self.one(f"SELECT id FROM {table} ORDER BY number DESC LIMIT 1")
        whole = {**row, "previous": latest and latest["id"], "recorded_at": self.moment()}
        whole["id"] = id_of(whole)
        self.insert(table, [whole])
        return whole

    def full_id(self, table: str, what: str, prefix: str) -> str:
        """The one id in a table that begins so.  Raises NotFound when that is none or several."""
        wanted = prefix.strip()
        found = []
        if wanted and "\0" not in wanted:
            if self.one(f"SELECT 1 AS there FROM {table} WHERE id = ?", wanted) is not None:
                return wanted
            wanted = wanted.lower()
            sql = f"SELECT id FROM {table} WHERE id >= ? AND id < ? ORDER BY id LIMIT 3"
            found = [row["id"] for row in self.all(sql, wanted, wanted + chr(0x10FFFF))]
        if not found:
            raise NotFound(f"no {what} has an id that begins with {prefix!r}", where=self.where)
        if len(found) > 1:
            raise NotFound(
                f"several {what}s have ids that begin with {prefix!r}: {', '.join(found[:2])} …",
                where=self.where,
                remedy="give more of the id",
            )
        return str(found[0])

    # -------------------------------------------------------------- search

    @abstractmethod
    def documents_with(self, words: Sequence[Words]) -> Condition:
        """Of rows of `documents`: all of these stand in the title or the text."""

    @abstractmethod
    def statements_with(self, number: str, source: Words | None, content: Sequence[Words]) -> Condition:
        """Of rows that have the number of a statement in a column `number`: `source` stands in the source's name or in
        the document's words for it, and all of `content` in the content."""

    def outlets_with(self, part: str) -> Condition:
        """Of rows that have an outlet: its name holds `part`, whatever its case."""
        try:
            wanted = part.encode().decode().casefold()
        except UnicodeEncodeError as error:
            raise LedgerError("cannot look for or keep a lone surrogate", where=self.where) from error
        known = self.all(self.outlets)
        return any_of("outlet", [row["outlet"] for row in known if wanted in row["outlet"].casefold()])

    # -------------------------------------------------------------- care

    @abstractmethod
    def version(self) -> int:
        """The number of the last migration that made the store what it is."""

    @abstractmethod
    def highest_numbers(self) -> Mapping[str, int]:
        """Table → the highest number that a row of it ever had, for those that ever had one."""

    @abstractmethod
    def copy_to(self, path: Path) -> None:
        """See `quoth.ledger.store.Ledger.copy_to`."""

    @abstractmethod
    def damage(self) -> Iterator[Problem]:
        """Where the store itself is broken, as far as it can tell."""

    @abstractmethod
    def schema_problems(self) -> Iterator[Problem]:
        """Tables, views, indexes and triggers that are gone or not as the migrations made them; while
        neither `reading` nor `writing`."""

    @abstractmethod
    def search_problems(self) -> Iterator[Problem]:
        """Where the search index differs from the evidence; while neither `reading` nor `writing`."""


def any_of(column: str, values: Sequence[Any]) -> Condition:
    if not values:
        return "false", []
    return f"{column} IN ({', '.join('?' * len(values))})", list(values)


def where_all(conditions: Sequence[Condition]) -> Condition:
    """A WHERE clause that all of the conditions hold; none for none."""
    values = [value for _, own in conditions for value in own]
    return (f"WHERE {' AND '.join(sql for sql, _ in conditions)}" if conditions else ""), values
