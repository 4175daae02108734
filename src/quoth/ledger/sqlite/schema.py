"""The shape of a case file: whose it is, which migrations made it, and how it is brought up to date."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from functools import cache

from quoth.errors import LedgerError
from quoth.ledger.schema import Migration, migrations

DIALECT = "sqlite"

APPLICATION_ID = int.from_bytes(b"QUOT", "big")
"""SQLite's application_id of a case file, at byte 68 of it."""


def version_of(connection: sqlite3.Connection, where: str) -> int:
    """The number of the last migration of a case file; 0 for an empty database.

    Raises LedgerError when the database is somebody else's or was written by a newer Quoth.
    """
    own_transaction = not connection.in_transaction
    if own_transaction:
        connection.execute("BEGIN")  # one moment for all three, while another program may be making the case
    try:
        application = pragma(connection, "application_id")
        version = pragma(connection, "user_version")
        holds = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    finally:
        if own_transaction:
            connection.execute("COMMIT")
    known = len(migrations(DIALECT))
    if application == APPLICATION_ID:
        if version > known:
            raise LedgerError(
                f"was written by a newer Quoth (its format is {version}, this one knows {known})",
                where=where,
                remedy="install the newer Quoth, or name another case file",
            )
        return version
    if application or version or holds:
        raise LedgerError(
            "is a SQLite database of another program and was left alone", where=where, remedy="name another case file"
        )
    return 0


def migrate(connection: sqlite3.Connection, where: str, recorded_at: str, afterwards: Callable[[int], None]) -> None:
    """Bring a case file up to date, each migration in one transaction with its record and what comes `afterwards`."""
    for migration in migrations(DIALECT):
        if version_of(connection, where) >= migration.number:
            continue
        connection.execute("BEGIN IMMEDIATE")
        try:
            if version_of(connection, where) < migration.number:
                apply(connection, migration, recorded_at)
                afterwards(migration.number)
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise


def apply(connection: sqlite3.Connection, migration: Migration, recorded_at: str) -> None:
    """Run one migration and record it; the caller holds the transaction."""
    for sql in statements_of(migration.sql):
        connection.execute(sql)
    connection.execute(
        "INSERT INTO migrations (number, name, sha256, recorded_at) VALUES (?, ?, ?, ?)",
        (migration.number, migration.name, migration.sha256, recorded_at),
    )
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {migration.number}")


def statements_of(sql: str) -> Iterator[str]:
    """The single SQL statements of a script whose statements end at the end of a line."""
    gathered = ""
    for line in sql.splitlines(keepends=True):
        gathered += line
        if sqlite3.complete_statement(gathered):
            yield gathered
            gathered = ""
    assert not gathered.strip(), "a migration ends with a complete statement"


@cache
def expected_schema(version: int) -> dict[tuple[str, str], str]:
    """(type, name) → SQL of every table, index, view and trigger of a case file of this version."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for migration in migrations(DIALECT)[:version]:
            apply(connection, migration, "")
        return schema_of(connection)
    finally:
        connection.close()


def schema_of(connection: sqlite3.Connection) -> dict[tuple[str, str], str]:
    rows = connection.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master").fetchall()
    return {(kind, name): sql for kind, name, sql in rows}


def pragma(connection: sqlite3.Connection, name: str) -> int:
    value = connection.execute(f"PRAGMA {name}").fetchone()[0]
    assert isinstance(value, int)
    return value
