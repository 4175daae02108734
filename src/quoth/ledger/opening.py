"""Which database stands behind a ledger: told by how the case is named."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

from quoth.errors import LedgerError
from quoth.ledger.address import is_address, without_password
from quoth.ledger.archive import FolderArchive, MemoryArchive
from quoth.ledger.sql import SqlLedger
from quoth.ledger.sqlite.database import SqliteDatabase
from quoth.ledger.sqlite.opening import MEMORY

TIMEOUT = 5.0
"""Seconds to wait for another program's lock."""


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


def open_ledger(
    path: str | Path,
    *,
    read_only: bool = False,
    timeout: float = TIMEOUT,
    now: Callable[[], datetime.datetime] = _now,
) -> SqlLedger:
    """Open a case file, or make one; ":memory:" is one that nobody keeps; "postgresql://…" is the address of one.

    A case that may not be written to opens read-only.  Raises LedgerError on anything that is not a case,
    on one that a newer Quoth wrote, and on a damaged one; none of these is touched.
    """
    if is_address(path):
        _need_psycopg(path)
        from quoth.ledger.postgres.archive import PostgresArchive
        from quoth.ledger.postgres.database import PostgresDatabase

        on_server = PostgresDatabase(path, read_only=read_only, timeout=timeout, now=now)
        return SqlLedger(on_server, PostgresArchive(on_server))
    archive = MemoryArchive() if str(path) == MEMORY else FolderArchive(Path(path).absolute())
    return SqlLedger(SqliteDatabase(path, read_only=read_only, timeout=timeout, now=now), archive)


def there_is(path: str | Path) -> bool:
    """Whether something is there to open.  Raises LedgerError where a server does not tell."""
    if not is_address(path):
        return Path(path).exists()
    _need_psycopg(path)
    from quoth.ledger.postgres.opening import holds_case

    return holds_case(path, without_password(path))


def _need_psycopg(address: str) -> None:
    try:
        import psycopg  # noqa: F401
    except ImportError as error:  # not there, or without the library of Postgres
        raise LedgerError(
            f"a case on a server needs psycopg ({str(error).splitlines()[0]})",
            where=without_password(address),
            remedy="install it with: pip install 'quoth[postgres]'",
        ) from error
