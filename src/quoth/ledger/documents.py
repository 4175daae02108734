"""Documents as rows of a database, and back, checked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from quoth.errors import LedgerError, SpanMismatch
from quoth.evidence import BadEvidence, check_document
from quoth.ledger import rows
from quoth.ledger.database import Database, where_all
from quoth.ledger.search import words_in
from quoth.model import Document


def add(database: Database, row: dict[str, Any], where: str) -> bool:
    """Append a document's row unless it is there; while `writing`.  Raises BadEvidence when it has another text."""
    stored = database.one("SELECT text_sha256 FROM documents WHERE id = ?", row["id"])
    if stored is None:
        database.insert("documents", [row])
        return True
    if stored["text_sha256"] != row["text_sha256"]:
        raise BadEvidence(f"document {row['id']} is in the ledger with another text", where=where)
    return False


def has(database: Database, document_id: str) -> bool:
    return database.one("SELECT 1 AS there FROM documents WHERE id = ?", document_id) is not None


def find(database: Database, *, outlet: str | None, text: str | None) -> Iterator[Document]:
    """See `quoth.ledger.store.Ledger.documents`."""
    conditions = []
    if outlet is not None:
        conditions.append(database.outlets_with(outlet))
    if text is not None:
        conditions.append(database.documents_with(words_in(text)))
    sql, values = where_all(conditions)
    numbers = [row["number"] for row in database.all(f"SELECT number FROM documents {sql}", *values)]
    return (numbered(database, number) for number in sorted(numbers))


def beginning(database: Database, id_prefix: str) -> Document:
    return _one(database, "id = ?", database.full_id("documents", "document", id_prefix))


def addresses(database: Database) -> dict[str, str]:
    return {row["id"]: row["url"] for row in database.all("SELECT id, url FROM documents WHERE url IS NOT NULL")}


def numbered(database: Database, number: int) -> Document:
    return _one(database, "number = ?", number)


def _one(database: Database, condition: str, value: str | int) -> Document:
    row = database.one(f"SELECT id, text, text_sha256, payload FROM documents WHERE {condition}", value)
    if row is None:
        raise LedgerError(f"a document ({value}) is gone", where=database.where, remedy="run verify")
    if rows.sha256_of(row["text"]) != row["text_sha256"]:
        what = f"the text of document {row['id']} is not the one that was recorded"
        raise SpanMismatch(what, where=database.where, remedy="run verify")
    try:
        document = rows.document_from(row)
    except ValueError as error:
        raise LedgerError(f"document {row['id']} does not fit: {error}", where=database.where) from error
    check_document(document)
    return document
