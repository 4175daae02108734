"""Readings and the statements that they hold as rows of a database, and back."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from quoth import evidence
from quoth.evidence import BadEvidence, check_spans, name_of
from quoth.ledger import rows
from quoth.ledger.database import Condition, Database, where_all
from quoth.ledger.store import ReadingRecord
from quoth.model import Document, Reading, Statement, to_dict


def checked(document: Document, reading: Reading | None) -> list[Statement]:
    """A reading's statements, each once.  Raises BadEvidence or SpanMismatch on what does not belong together."""
    if reading is None:
        return []
    where = name_of(document)
    if reading.document_id != document.id:
        raise BadEvidence(f"the reading is of document {reading.document_id}, not of {document.id}", where=where)
    once: dict[str, Statement] = {}
    for statement in reading.statements:
        check_spans(document, statement)
        right = evidence.statement_id(to_dict(statement))
        if statement.id != right:
            raise BadEvidence(f"a statement has the id {statement.id!r}; what it says makes it {right}", where=where)
        once.setdefault(statement.id, statement)
    return list(once.values())


def add(
    database: Database, reading: Reading, statements: Sequence[Statement], recorded_at: str, where: str, *, new: bool
) -> bool:
    """Append a reading unless the latest one by its reader equals it; while `writing`.  `new`: its document is, so that
    nothing of it is there."""
    document_id = reading.document_id
    notes = rows.notes_of(reading, where)
    ids = [statement.id for statement in statements]
    previous, there = None, frozenset[str]()
    if not new:
        latest = "SELECT id, notes FROM readings WHERE document_id = ? {} ORDER BY number DESC LIMIT 1"
        same = database.one(latest.format("AND reader = ?"), document_id, reading.reader)
        if same is not None and same["notes"] == notes and statement_ids(database, same["id"]) == ids:
            return False
        before = database.one(latest.format(""), document_id)
        previous = before["id"] if before is not None else None
        held = database.all("SELECT id FROM statements WHERE document_id = ?", document_id)
        there = frozenset(row["id"] for row in held)
    database.insert("statements", [rows.statement_row(s, where) for s in statements if s.id not in there])
    row = {
        "id": rows.reading_id(document_id, reading.reader, ids, notes, recorded_at, previous),
        "document_id": document_id,
        "reader": reading.reader,
        "notes": notes,
        "previous": previous,
        "recorded_at": recorded_at,
    }
    database.insert_readings([row], [ids])
    return True


def has(database: Database, document_id: str, reader: str) -> bool:
    sql = "SELECT 1 AS there FROM readings WHERE document_id = ? AND reader = ?"
    return database.one(sql, document_id, reader) is not None


def find(database: Database, *, document: str | None) -> Iterator[ReadingRecord]:
    """See `quoth.ledger.store.Ledger.readings`."""
    conditions: list[Condition] = []
    if document is not None:
        conditions.append(("document_id = ?", [database.full_id("documents", "document", document)]))
    sql, values = where_all(conditions)
    with database.reading():
        found = database.all(f"SELECT * FROM readings {sql} ORDER BY number", *values)
        current = {row["id"] for row in database.all(f"SELECT id FROM readings_current {sql}", *values)}
    for row in found:
        yield ReadingRecord(
            id=row["id"],
            document_id=row["document_id"],
            reader=row["reader"],
            recorded_at=datetime.datetime.fromisoformat(row["recorded_at"]),
            statement_ids=tuple(statement_ids(database, row["id"])),
            notes=rows.notes_from(row["notes"]),
            previous=row["previous"],
            current=row["id"] in current,
        )


def statement_ids(database: Database, reading_id: str) -> list[str]:
    sql = "SELECT statement_id FROM reading_statements WHERE reading_id = ? ORDER BY ordinal"
    return [row["statement_id"] for row in database.all(sql, reading_id)]
