"""The tables of a dataset, declared in one place: documents and statements as the ledger has them, and flat columns.

`payload` is canonical JSON, word for word as in the ledger; the other columns repeat what it says, for whoever counts.
`place` is where something came in its shard; a document's statements bear its place, and `number` among them.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from quoth.acquire import Failure
from quoth.ledger.rows import notes_from, notes_of, payload_of, sha256_of, statement_columns, statement_from, storable
from quoth.model import Document, Fetch, Reading, Statement, from_dict, from_json, to_dict

_DAY = pa.date32()
_MOMENT = pa.timestamp("us", tz="UTC")

DOCUMENTS = pa.schema(
    [
        pa.field("place", pa.int32(), nullable=False),
        pa.field("id", pa.string(), nullable=False),
        pa.field("sha256", pa.string(), nullable=False),
        pa.field("text_sha256", pa.string(), nullable=False),
        pa.field("file", pa.string()),
        pa.field("url", pa.string()),
        pa.field("outlet", pa.string()),
        pa.field("title", pa.string()),
        pa.field("authors", pa.list_(pa.string())),
        pa.field("language", pa.string(), nullable=False),
        pa.field("published", _DAY),
        pa.field("updated", _DAY),
        pa.field("retrieved", _MOMENT),
        pa.field("words", pa.int32(), nullable=False),
        pa.field("statements", pa.int32()),  # null: it was not read
        pa.field("reader", pa.string()),
        pa.field("reading_notes", pa.string()),
        pa.field("text", pa.large_string(), nullable=False),
        pa.field("payload", pa.large_string(), nullable=False),  # all but the text
    ]
)

STATEMENTS = pa.schema(
    [
        pa.field("place", pa.int32(), nullable=False),
        pa.field("number", pa.int32(), nullable=False),
        pa.field("id", pa.string(), nullable=False),
        pa.field("document_id", pa.string(), nullable=False),
        pa.field("outlet", pa.string()),
        pa.field("published", _DAY),
        pa.field("source", pa.string()),
        pa.field("source_kind", pa.string()),
        pa.field("source_text", pa.string()),
        pa.field("via", pa.list_(pa.string())),
        pa.field("cue", pa.string()),
        pa.field("content", pa.string()),
        pa.field("quote", pa.string(), nullable=False),
        pa.field("act", pa.string(), nullable=False),
        pa.field("factuality", pa.string(), nullable=False),
        pa.field("said_earliest", _DAY),
        pa.field("said_latest", _DAY),
        pa.field("event", pa.string()),
        pa.field("event_class", pa.string()),
        pa.field("event_earliest", _DAY),
        pa.field("event_latest", _DAY),
        pa.field("event_place", pa.string()),
        pa.field("confidence", pa.float64(), nullable=False),
        pa.field("pattern", pa.string(), nullable=False),
        pa.field("payload", pa.large_string(), nullable=False),
    ]
)

FAILURES = pa.schema(
    [
        pa.field("place", pa.int32(), nullable=False),
        pa.field("where", pa.string(), nullable=False),
        pa.field("code", pa.string(), nullable=False),
        pa.field("message", pa.string(), nullable=False),
        pa.field("document_id", pa.string()),  # null: it never became one
    ]
)

FETCHES = pa.schema(
    [
        pa.field("place", pa.int32(), nullable=False),
        pa.field("url", pa.string(), nullable=False),
        pa.field("status", pa.int32(), nullable=False),
        pa.field("retrieved", _MOMENT, nullable=False),
        pa.field("payload", pa.string(), nullable=False),
    ]
)

SCHEMAS = {"documents": DOCUMENTS, "statements": STATEMENTS, "failures": FAILURES, "fetches": FETCHES}
"""Of each table; its shards lie in the folder of its name."""

Row = dict[str, Any]


def document_row(place: int, document: Document, reading: Reading | None, where: str) -> Row:
    """Raises BadEvidence on what cannot be kept."""
    plain = to_dict(document)
    del plain["text"]
    payload = payload_of(plain, where)
    names = ("id", "sha256", "file", "url", "outlet", "title", "authors", "language", "published", "updated")
    return {
        "place": place,
        **{name: getattr(document, name) for name in names},
        "text_sha256": sha256_of(document.text),
        "retrieved": document.retrieved,
        "words": len(document.text.split()),
        "statements": None if reading is None else len(reading.statements),
        "reader": None if reading is None else reading.reader,
        "reading_notes": None if reading is None else notes_of(reading, where),
        "text": document.text,
        "payload": payload,
    }


def statement_row(place: int, number: int, document: Document, statement: Statement, where: str) -> Row:
    """Raises BadEvidence on what cannot be kept."""
    plain = to_dict(statement)
    event = statement.events[0] if statement.events else None
    time = event.time if event is not None else None
    return {
        "place": place,
        "number": number,
        **statement_columns(plain),
        "said_earliest": statement.said.earliest if statement.said else None,
        "said_latest": statement.said.latest if statement.said else None,
        "outlet": document.outlet,
        "published": document.published,
        "via": [relay.name for relay in statement.via],
        "event_class": event.predicate_class if event is not None else None,
        "event_earliest": time.earliest if time is not None else None,
        "event_latest": time.latest if time is not None else None,
        "event_place": event.place.name if event is not None and event.place is not None else None,
        "confidence": statement.confidence,
        "pattern": statement.pattern,
        "payload": payload_of(plain, where),
    }


def failure_row(place: int, failure: Failure, document_id: str | None = None) -> Row:
    error = failure.error
    return {
        "place": place,
        "where": storable(failure.where),
        "code": error.code,
        "message": storable(error.what),
        "document_id": document_id,
    }


def fetch_row(place: int, fetch: Fetch) -> Row:
    plain = to_dict(fetch)
    moment = fetch.retrieved.astimezone(datetime.UTC)
    payload = payload_of(plain, fetch.url)
    return {"place": place, "url": fetch.url, "status": fetch.status, "retrieved": moment, "payload": payload}


def document_from(row: Mapping[str, Any]) -> Document:
    """Raises ValueError when the payload does not fit the model."""
    plain = json.loads(row["payload"])
    if not isinstance(plain, dict):
        raise ValueError("no object")
    return from_dict(Document, {**plain, "text": row["text"]})


def reading_from(row: Mapping[str, Any], statements: Sequence[Mapping[str, Any]]) -> Reading:
    """A document's reading, of its row and those of its statements.  Raises ValueError."""
    return Reading(
        document_id=row["id"],
        reader=row["reader"],
        statements=tuple(statement_from(s["payload"]) for s in statements),
        notes=notes_from(row["reading_notes"]),
    )


def fetch_from(row: Mapping[str, Any]) -> Fetch:
    return from_json(Fetch, row["payload"])
