"""When which address of the web was asked, and what came, as rows, and back."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from quoth.identity import content_id
from quoth.ledger import rows
from quoth.ledger.database import Database
from quoth.model import Fetch

_TEXTS = ("url", "answered", "sha256", "etag", "last_modified", "content_type")


def record(database: Database, fetch: Fetch) -> bool:
    """False where just that is on record, as of an archive of pages that is added twice."""
    texts = {name: value and rows.storable(value) for name in _TEXTS for value in (getattr(fetch, name),)}
    row = {**texts, "status": fetch.status, "retrieved": rows.stamp(fetch.retrieved)}
    same = (
        "SELECT 1 FROM fetches WHERE url = ? AND sha256 IS NOT NULL AND sha256 = ? AND answered = ? AND retrieved = ?"
    )
    values = [row[name] for name in ("url", "sha256", "answered", "retrieved")]
    with database.writing():
        if fetch.sha256 is not None and database.one(same, *values) is not None:
            return False
        database.chain("fetches", row, row_id)
    return True


def fetches(database: Database) -> Iterator[Fetch]:
    """All of them, in the order they were recorded."""
    for row in database.all("SELECT * FROM fetches ORDER BY number"):
        yield _fetch(row)


def latest(database: Database, url: str) -> Fetch | None:
    """The last one of an address that gave bytes."""
    sql = "SELECT * FROM fetches WHERE url = ? AND sha256 IS NOT NULL ORDER BY number DESC LIMIT 1"
    row = database.one(sql, rows.storable(url))
    return None if row is None else _fetch(row)


def row_id(row: Mapping[str, Any]) -> str:
    """Each fetch's id covers the one before it, so that none can be taken out unseen."""
    names = (*_TEXTS, "status", "retrieved", "previous", "recorded_at")
    return content_id("fetch", *(row[name] for name in names))


def _fetch(row: Mapping[str, Any]) -> Fetch:
    return Fetch(
        **{name: row[name] for name in _TEXTS},
        status=row["status"],
        retrieved=datetime.datetime.fromisoformat(row["retrieved"]),
    )
