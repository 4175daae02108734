"""What a database holds in sum: how much, whether it changed, and the ids of what stands."""

from __future__ import annotations

import hashlib

from quoth.ledger.database import Database
from quoth.ledger.store import Counts

_COUNTED = {
    "documents": "documents",
    "unread": "documents_unread",
    "readings": "readings",
    "statements": "statements_current",
    "failures": "failures",
}


def counts(database: Database) -> Counts:
    parts = ", ".join(f"(SELECT count(*) FROM {table}) AS {name}" for name, table in _COUNTED.items())
    (row,) = database.all(f"SELECT {parts}")
    return Counts(**{name: row[name] for name in _COUNTED})


def revision(database: Database) -> str:
    """See `quoth.ledger.store.Ledger.revision`."""
    tables = ("documents", "readings", "judgements", "question_judgements")
    parts = ", ".join(f"(SELECT max(number) FROM {table}) AS {table}" for table in tables)
    (row,) = database.all(f"SELECT {parts}")
    return ".".join(str(row[table] or 0) for table in tables)


def fingerprint(database: Database) -> str:
    """See `quoth.ledger.store.Ledger.fingerprint`."""
    found = hashlib.sha256()
    with database.reading():
        for table, hashes in (("documents", "seal"), ("readings_current", "id"), ("judgements", "id")):
            for row in database.all(f"SELECT id, {hashes} AS hash FROM {table} ORDER BY number"):
                found.update(f"{table} {row['id']} {row['hash']}\n".encode())
    return found.hexdigest()


def current(database: Database) -> dict[str, tuple[str, ...]]:
    """See `quoth.ledger.store.Ledger.current`."""
    sql = "SELECT document_id, id FROM statements_current ORDER BY document_number, ordinal, statement_number"
    with database.reading():
        documents = database.all("SELECT id FROM documents ORDER BY number")
        statements = database.all(sql)
    found: dict[str, list[str]] = {row["id"]: [] for row in documents}
    for row in statements:
        found[row["document_id"]].append(row["id"])
    return {document: tuple(ids) for document, ids in found.items()}
