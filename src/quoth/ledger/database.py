"""One connection to a case file: transactions, rows, ids by their beginnings, and rows that are chained."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from quoth.errors import LedgerError, NotFound
from quoth.ledger import rows
from quoth.ledger.opening import MEMORY, connect, is_writable, speaking


class Database:
    """A case file at work; `where` is the file as it was given.  For one thread.

    Every method raises LedgerError when the file cannot be read or written.
    """

    def __init__(
        self, path: str | Path, *, read_only: bool, timeout: float, now: Callable[[], datetime.datetime]
    ) -> None:
        file = None if str(path) == MEMORY else Path(path)
        self.where = str(path)
        self.read_only = read_only or (file is not None and not is_writable(file))
        self._now = now
        with speaking(self.where):
            self.connection = connect(file, read_only=self.read_only, timeout=timeout, recorded_at=self.moment())

    def moment(self) -> str:
        """Now, as rows have it."""
        return rows.stamp(self._now())

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction: all or nothing."""
        if self.read_only:
            raise LedgerError("is open read-only and cannot be written to", where=self.where)
        with speaking(self.where):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    def insert(self, table: str, new: list[dict[str, Any]]) -> None:
        if new:
            names = list(new[0])
            sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(':' + name for name in names)})"
            self.connection.executemany(sql, new)

    def chain(self, table: str, row: Mapping[str, Any], id_of: Callable[[Mapping[str, Any]], str]) -> dict[str, Any]:
        """Append a row whose id covers the row of its table before it, and give it back whole; while `writing`."""
        latest = self.one(f"SELECT id FROM {table} ORDER BY number DESC LIMIT 1")
        whole = {**row, "previous": latest and latest["id"], "recorded_at": self.moment()}
        whole["id"] = id_of(whole)
        self.insert(table, [whole])
        return whole

    def all(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        with speaking(self.where):
            return self.connection.execute(sql, values).fetchall()

    def one(self, sql: str, *values: Any) -> sqlite3.Row | None:
        found = self.all(sql, *values)
        return found[0] if found else None

    def full_id(self, table: str, what: str, prefix: str) -> str:
        """The one id in a table that begins so.  Raises NotFound when that is none or several."""
        wanted = prefix.strip()
        found = []
        if wanted:
            if self.one(f"SELECT 1 FROM {table} WHERE id = ?", wanted) is not None:
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
