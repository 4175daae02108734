"""Which database stands behind a ledger: told by how it is named."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

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
    """Open a case file, or make one; ":memory:" is one that nobody keeps.

    A file that may not be written to opens read-only.  Raises LedgerError on anything that is not a case file,
    on one that a newer Quoth wrote, and on a damaged one; none of these is touched.
    """
    archive = MemoryArchive() if str(path) == MEMORY else FolderArchive(Path(path).absolute())
    return SqlLedger(SqliteDatabase(path, read_only=read_only, timeout=timeout, now=now), archive)
