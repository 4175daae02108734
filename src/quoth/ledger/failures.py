"""What could not be acquired or read, as rows of a database, and back."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from quoth.ledger import rows
from quoth.ledger.database import Database
from quoth.ledger.store import FailureRecord


def record(database: Database, where: str, code: str, message: str) -> bool:
    """See `quoth.ledger.store.Ledger.record_failure`."""
    where, message = (rows.storable(text) for text in (where, message))
    recorded_at = database.moment()
    known = "SELECT 1 AS there FROM failures WHERE location = ? AND code = ? AND message = ?"
    with database.writing():
        if database.one(known, where, code, message) is not None:
            return False
        row = {"location": where, "code": code, "message": message, "recorded_at": recorded_at}
        database.insert("failures", [{"id": rows.failure_id(where, code, message, recorded_at), **row}])
    return True


def failures(database: Database) -> Iterator[FailureRecord]:
    """All of them, in the order they were recorded."""
    for row in database.all("SELECT * FROM failures ORDER BY number"):
        yield FailureRecord(
            where=row["location"],
            code=row["code"],
            message=row["message"],
            recorded_at=datetime.datetime.fromisoformat(row["recorded_at"]),
        )
