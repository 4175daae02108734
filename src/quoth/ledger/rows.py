"""Documents, statements and readings as rows, and back.  Columns that repeat the payload are there to be searched.

A row's hash (`seal`, or its id) covers all that the row says, so that a later change shows.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from quoth.evidence import BadEvidence
from quoth.identity import canonical, content_id
from quoth.ledger.store import JudgementRecord
from quoth.model import Document, JudgedQuestion, JudgementKind, Note, Reading, Statement, from_dict, from_json, to_dict

_NUL_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


def payload_of(plain: Any, where: str) -> str:
    """Canonical JSON.  Raises BadEvidence on NUL, lone surrogates and NaN, which databases cannot hold alike."""
    try:
        text = canonical(plain).decode()
    except UnicodeEncodeError as error:
        raise BadEvidence(f"holds a lone surrogate at code point {error.start} of its record", where=where) from error
    except ValueError as error:
        raise BadEvidence(f"holds a value that JSON lacks: {error}", where=where) from error
    if "\\u0000" in text and _NUL_ESCAPE.search(text):
        raise BadEvidence("holds a NUL character, which a ledger cannot keep", where=where)
    return text


def sha256_of(text: str) -> str:
    """Of the text in UTF-8, in hex.  Raises UnicodeEncodeError on lone surrogates."""
    return hashlib.sha256(text.encode()).hexdigest()


def document_row(document: Document, where: str, recorded_at: str) -> dict[str, Any]:
    """All columns of `documents` but its number.  Raises BadEvidence on text that cannot be kept."""
    nul = document.text.find("\0")
    if nul >= 0:
        raise BadEvidence(
            f"the text holds a NUL character at code point {nul}, which a ledger cannot keep", where=where
        )
    try:
        text_sha256 = sha256_of(document.text)
    except UnicodeEncodeError as error:
        raise BadEvidence(f"the text holds a lone surrogate at code point {error.start}", where=where) from error
    plain = to_dict(document)
    del plain["text"]
    payload = payload_of(plain, where)
    return {
        **document_columns(plain),
        "text": document.text,
        "text_sha256": text_sha256,
        "payload": payload,
        "seal": document_seal(payload, text_sha256, recorded_at),
        "recorded_at": recorded_at,
    }


def document_columns(plain: Mapping[str, Any]) -> dict[str, Any]:
    """The plain columns that repeat what a document's payload says."""
    names = ("id", "sha256", "file", "url", "outlet", "title", "language", "published", "updated")
    return {name: plain.get(name) for name in names}


def document_seal(payload: str, text_sha256: str, recorded_at: str) -> str:
    return content_id("document row", payload, text_sha256, recorded_at)


def document_from(row: Mapping[str, Any]) -> Document:
    """Raises ValueError when the payload does not fit the model."""
    return from_dict(Document, {**json.loads(row["payload"]), "text": row["text"]})


def statement_row(statement: Statement, where: str) -> dict[str, Any]:
    """All columns of `statements` but its number."""
    plain = to_dict(statement)
    return {**statement_columns(plain), "payload": payload_of(plain, where)}


def statement_columns(plain: Mapping[str, Any]) -> dict[str, Any]:
    """The plain columns that repeat what a statement's payload says."""
    said, events, cue, source = plain["said"], plain["events"], plain["cue"], plain["source"]
    return {
        "id": plain["id"],
        "document_id": plain["document_id"],
        "source": source["name"],
        "source_kind": source["kind"],
        "source_text": source["text"],
        "cue": cue["text"] if cue else None,
        "content": plain["content"]["text"],
        "quote": plain["quote"],
        "act": plain["act"],
        "factuality": plain["factuality"],
        "said_earliest": said["earliest"] if said else None,
        "said_latest": said["latest"] if said else None,
        "event": events[0]["predicate"] if events else None,
    }


def statement_from(payload: str) -> Statement:
    """Raises ValueError when the payload does not fit the model."""
    return from_json(Statement, payload)


def notes_of(reading: Reading, where: str) -> str:
    return payload_of([to_dict(note) for note in reading.notes], where)


def notes_from(payload: str) -> tuple[Note, ...]:
    return from_json(tuple[Note, ...], payload)


def reading_id(
    document_id: str, reader: str, statement_ids: Sequence[str], notes: str, recorded_at: str, previous: str | None
) -> str:
    """Each reading's id covers the one before it, so that none can be taken out of the middle unseen."""
    return content_id("reading", document_id, reader, list(statement_ids), notes, recorded_at, previous)


def failure_id(location: str, code: str, message: str, recorded_at: str) -> str:
    return content_id("failure", location, code, message, recorded_at)


def stamp(moment: datetime.datetime) -> str:
    """A moment as UTC, ISO 8601, to the microsecond: "2025-05-28T09:30:00.000000Z"."""
    return moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def judged_by(by: str, note: str | None) -> dict[str, Any]:
    """The columns that say who judges, and why.  Raises BadEvidence when nobody does."""
    return {"by": said(by, "who judges"), "note": note and storable(note)}


def said(text: str, what: str) -> str:
    """What a person wrote, without blanks around them.  Raises BadEvidence when there are none."""
    found = storable(" ".join(text.split()))
    if not found:
        raise BadEvidence(f"a judgement lacks {what}")
    return found


def storable(text: str) -> str:
    """Messages may quote hostile bytes: NUL and lone surrogates become U+FFFD."""
    return (
        text.replace("\0", "\ufffd").encode(errors="replace").decode() if not text.isascii() or "\0" in text else text
    )


def judgement_record(row: Mapping[str, Any], standing: bool) -> JudgementRecord:
    """A row of `judgements` or, with the questions as they stood, of `question_judgements`."""
    return JudgementRecord(
        id=row["id"],
        kind=JudgementKind(row["kind"]),
        subject=row["subject"],
        object=row["object"],
        by=row["by"],
        note=row["note"],
        recorded_at=datetime.datetime.fromisoformat(row["recorded_at"]),
        previous=row["previous"],
        standing=standing,
        questions=from_json(tuple[JudgedQuestion, ...], row.get("questions", "[]")),
        parted=from_json(tuple[str, ...], row.get("parted", "[]")),
    )
