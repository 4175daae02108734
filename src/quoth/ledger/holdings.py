"""What a database holds in sum: how much, whether it changed, and the ids of what stands."""

from __future__ import annotations

import hashlib
from itertools import chain

from quoth.ledger.database import Database
from quoth.ledger.store import Counts

_COUNTED = {
    "documents": "documents",
    "unread": "documents_unread",
    "readings": "readings",
    "failures": "failures",
}


_JUDGED = "(SELECT document_id FROM judgements WHERE document_id IS NOT NULL)"
_UNJUDGED = f"""FROM readings_current AS r CROSS JOIN reading_statements AS x
    WHERE x.reading_id = r.id AND r.document_id NOT IN {_JUDGED}"""
"""All that was read of documents of which nobody judged anything is shown as it was read: no statement is looked at."""
_STANDING = f"""FROM statements_current
    WHERE document_number IN (SELECT number FROM documents WHERE id IN {_JUDGED})"""


def counts(database: Database) -> Counts:
    tables = ", ".join(f"(SELECT count(*) FROM {table}) AS {name}" for name, table in _COUNTED.items())
    statements = f"(SELECT count(*) {_UNJUDGED}) + (SELECT count(*) {_STANDING})"
    (row,) = database.all(f"SELECT {tables}, {statements} AS statements")
    return Counts(**row)


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
    as_read = f"SELECT r.document_id, x.statement_id AS id {_UNJUDGED} ORDER BY r.number, x.ordinal"
    as_judged = f"SELECT document_id, id {_STANDING} ORDER BY document_number, ordinal, statement_number"
    with database.reading():
        documents = database.all("SELECT id FROM documents ORDER BY number")
        statements = (database.all(as_read), database.all(as_judged))
    found: dict[str, list[str]] = {row["id"]: [] for row in documents}
    for row in chain(*statements):
        found[row["document_id"]].append(row["id"])
    return {document: tuple(ids) for document, ids in found.items()}
