"""How reliable somebody holds a source, as rows, and back."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from quoth.identity import content_id
from quoth.ledger import rows
from quoth.ledger.database import Database
from quoth.model import Rating, Reliability

TAKEN_BACK = "none"
"""The grade of a row that takes a rating back."""


def rate(
    database: Database, name: str, grade: Reliability | None, *, topic: str | None, by: str, note: str | None
) -> Rating:
    row = {
        "name": rows.said(name, "a name"),
        "topic": None if topic is None else rows.said(topic, "words for its topic"),
        "grade": TAKEN_BACK if grade is None else grade.value,
        **rows.judged_by(by, note),
    }
    with database.writing():
        return record(database.chain("ratings", row, row_id))


def ratings(database: Database) -> Iterator[Rating]:
    """All of them, in the order they were recorded."""
    for row in database.all("SELECT * FROM ratings ORDER BY number"):
        yield record(dict(row))


def row_id(row: Mapping[str, Any]) -> str:
    """Each rating's id covers the one before it, so that none can be taken out unseen."""
    names = ("name", "topic", "grade", "by", "note", "previous", "recorded_at")
    return content_id("rating", *(row[name] for name in names))


def record(row: Mapping[str, Any]) -> Rating:
    return Rating(
        id=row["id"],
        name=row["name"],
        topic=row["topic"],
        grade=None if row["grade"] == TAKEN_BACK else Reliability(row["grade"]),
        by=row["by"],
        note=row["note"],
        recorded_at=datetime.datetime.fromisoformat(row["recorded_at"]),
        previous=row["previous"],
    )
