"""The schema of a case in a Postgres database: which migrations made it, and how it is brought up to date."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg

from quoth.errors import LedgerError
from quoth.ledger.schema import Migration, migrations

DIALECT = "postgres"
SCHEMA = "quoth"
WRITERS = int.from_bytes(b"QUOT", "big")
"""The advisory lock that whoever writes holds; each database of a server has its own."""

Connection = psycopg.Connection[dict[str, Any]]

_STATE = """
SELECT to_regclass('quoth.migrations') IS NOT NULL AS migrations,
    EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = 'quoth') AS there,
    (SELECT count(*) FROM pg_catalog.pg_class WHERE relnamespace = to_regnamespace('quoth')) AS relations,
    (SELECT count(*) FROM pg_catalog.pg_attribute
        WHERE attrelid = to_regclass('quoth.migrations')
        AND attname IN ('number', 'name', 'sha256', 'recorded_at')) AS columns
"""


def version_of(connection: Connection, where: str) -> int:
    """The number of the last migration of a case; 0 for a database without one.

    Raises LedgerError when the schema is somebody else's or was made by a newer Quoth.
    """
    known = len(migrations(DIALECT))
    state = connection.execute(_STATE).fetchone()
    assert state is not None
    if state["columns"] < 4:
        if state["relations"]:
            raise LedgerError(
                "has a schema quoth that is another program's, and was left alone",
                where=where,
                remedy="name another database",
            )
        return 0
    row = connection.execute("SELECT max(number) AS version FROM quoth.migrations").fetchone()
    version = row["version"] if row else None
    if not isinstance(version, int):
        raise LedgerError("has lost the record of its migrations", where=where, remedy="restore it from a copy")
    if version > known:
        raise LedgerError(
            f"was written by a newer Quoth (its format is {version}, this one knows {known})",
            where=where,
            remedy="install the newer Quoth, or name another database",
        )
    return version


def migrate(connection: Connection, where: str, recorded_at: str, afterwards: Callable[[int], None]) -> None:
    """Bring a case up to date: all migrations that it lacks, each with its record and what comes `afterwards`, in one
    transaction."""
    if version_of(connection, where) == len(migrations(DIALECT)):
        return
    connection.execute("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE")
    try:
        lock(connection)
        version = version_of(connection, where)  # another program may have done it meanwhile
        if not connection.execute("SELECT to_regnamespace('quoth') IS NOT NULL AS there").fetchall()[0]["there"]:
            connection.execute("CREATE SCHEMA quoth")
        for migration in migrations(DIALECT)[version:]:
            connection.execute(migration.sql)
            record(connection, migration, recorded_at)
            afterwards(migration.number)
        connection.execute("COMMIT")
    except BaseException:
        if not connection.closed:
            connection.execute("ROLLBACK")
        raise


def lock(connection: Connection) -> None:
    """Wait until no other program writes; the lock ends with the transaction."""
    connection.execute("SELECT pg_advisory_xact_lock(%s)", (WRITERS,))


def record(connection: Connection, migration: Migration, recorded_at: str) -> None:
    connection.execute(
        "INSERT INTO quoth.migrations (number, name, sha256, recorded_at) VALUES (%s, %s, %s, %s)",
        (migration.number, migration.name, migration.sha256, recorded_at),
    )
