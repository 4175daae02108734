"""Walk a ledger and name everything that is wrong with it: where, and what."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from quoth.errors import LedgerError
from quoth.evidence import check_document, mismatches, statement_id
from quoth.ledger import anchors, fetches, judgements, questions, ratings, rows
from quoth.ledger.anchors import anchor_problems
from quoth.ledger.database import Database, Row
from quoth.ledger.log_verify import log_problems
from quoth.ledger.schema import migrations
from quoth.ledger.store import Problem, ProblemKind
from quoth.model import Document, Head

NUMBERED = (
    "documents", "statements", "readings", "judgements", "question_judgements", "ratings", "failures", "fetches",
    "anchors",
)  # fmt: skip

REFERENCES = (
    # table, what names the row, column, table referred to
    ("statements", "id", "document_id", "documents"),
    ("readings", "id", "document_id", "documents"),
    ("readings", "id", "previous", "readings"),
    ("reading_statements", "reading_id || ' #' || ordinal", "reading_id", "readings"),
    ("reading_statements", "reading_id || ' #' || ordinal", "statement_id", "statements"),
    ("judgements", "id", "document_id", "documents"),
    ("judgements", "id", "previous", "judgements"),
    ("question_judgements", "id", "previous", "question_judgements"),
    ("ratings", "id", "previous", "ratings"),
    ("fetches", "id", "previous", "fetches"),
    ("anchors", "id", "previous", "anchors"),
)


def problems(database: Database, *, head: Head | None = None, trusted: bytes | None = None) -> Iterator[Problem]:
    """Everything that is wrong, worst first; rows as of one moment, whoever is writing.  The search index is checked
    where that is possible.

    `head`, `trusted`: see `quoth.ledger.store.Ledger.verify`.
    """
    try:
        yield from database.damage()
        schema = list(database.schema_problems())
        yield from schema
        if any(problem.what.startswith("the table") for problem in schema):
            return
        with database.reading():
            found = list(_of_rows(database, head, trusted))
        yield from found
        yield from database.search_problems()
    except LedgerError as error:
        yield _unreadable(database, error)


def _of_rows(database: Database, head: Head | None, trusted: bytes | None) -> Iterator[Problem]:
    try:
        yield from _migrations(database)
        yield from _gaps(database)
        yield from _dangling(database)
        yield from _documents(database)
        yield from _statements(database)
        yield from _readings(database)
        for table, (what, id_of, named) in CHAINS.items():
            yield from _chain(database, table, what, id_of, named)
        yield from _failures(database)
        yield from log_problems(database, head)
        yield from anchor_problems(database, trusted)
    except LedgerError as error:
        yield _unreadable(database, error)


def _unreadable(database: Database, error: LedgerError) -> Problem:
    what = f"cannot be read any further: {error.what}"
    return Problem(kind=ProblemKind.DATABASE, where=database.itself, what=what)


def _migrations(database: Database) -> Iterator[Problem]:
    recorded = {row["number"]: row for row in database.all("SELECT * FROM migrations")}
    for migration in migrations(database.dialect)[: database.version()]:
        where = f"migrations {migration.number}"
        row = recorded.pop(migration.number, None)
        if row is None:
            yield Problem(kind=ProblemKind.MISSING, where=where, what="is not recorded")
        elif (row["name"], row["sha256"]) != (migration.name, migration.sha256):
            yield Problem(kind=ProblemKind.CONTENT, where=where, what="is not the migration that this Quoth knows")
    for number in recorded:
        yield Problem(kind=ProblemKind.CONTENT, where=f"migrations {number}", what="is beyond the schema's own version")


def _gaps(database: Database) -> Iterator[Problem]:
    """Numbers run from 1 to the highest ever given: one that is missing was deleted."""
    highest = database.highest_numbers()
    for table in NUMBERED:
        last = 0
        for number in _numbers(database, f"{table} ORDER BY number"):
            yield from _gap(table, last + 1, number - 1)
            last = number
        yield from _gap(table, last + 1, highest.get(table, 0))


def _gap(table: str, first: int, last: int) -> Iterator[Problem]:
    if first <= last:
        which = f"row {first} is" if first == last else f"rows {first} to {last} are"
        yield Problem(kind=ProblemKind.MISSING, where=table, what=f"{which} gone")


def _dangling(database: Database) -> Iterator[Problem]:
    for table, name, column, parent in REFERENCES:
        sql = f"""SELECT {name} AS which, {column} AS missing FROM {table} AS child
            WHERE {column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {parent} WHERE {parent}.id = child.{column})"""
        for row in database.all(sql):
            what = f"{column} names {row['missing']}, which is not in {parent}"
            yield Problem(kind=ProblemKind.MISSING, where=f"{table} {row['which']}", what=what)
    orphans = """SELECT id FROM statements WHERE id NOT IN (SELECT statement_id FROM reading_statements)
        AND id NOT IN (SELECT object FROM judgements WHERE kind = 'correct')"""
    for row in database.all(orphans):
        where = f"statements {row['id']}"
        yield Problem(kind=ProblemKind.MISSING, where=where, what="is in no reading: its reading is gone")


def _numbers(database: Database, of: str) -> list[int]:
    return [row["number"] for row in database.all(f"SELECT number FROM {of}")]


def _rows(database: Database, table: str, order: str) -> Iterator[Row]:
    """One at a time, for a row of documents or statements may be large."""
    for number in _numbers(database, f"{table} ORDER BY {order}"):
        yield from database.all(f"SELECT * FROM {table} WHERE number = ?", number)


def _documents(database: Database) -> Iterator[Problem]:
    for row in _rows(database, "documents", "number"):
        where = f"documents {row['id']}" + (f" ({row['file']})" if row["file"] else "")
        if rows.sha256_of(row["text"]) != row["text_sha256"]:
            yield Problem(
                kind=ProblemKind.CONTENT, where=where, what="the text does not have the hash that was recorded"
            )
        if rows.document_seal(row["payload"], row["text_sha256"], row["recorded_at"]) != row["seal"]:
            what = "payload, text_sha256 or recorded_at is not what was sealed"
            yield Problem(kind=ProblemKind.CONTENT, where=where, what=what)
        try:
            plain = json.loads(row["payload"])
            document = rows.document_from(row)
        except (ValueError, TypeError) as error:
            yield Problem(kind=ProblemKind.CONTENT, where=where, what=f"the payload does not fit: {error}")
            continue
        yield from _columns(where, row, rows.document_columns(plain))
        try:
            check_document(document)
        except LedgerError as error:
            yield Problem(kind=ProblemKind.SPAN, where=where, what=error.what)


def _statements(database: Database) -> Iterator[Problem]:
    document: Document | None = None
    for row in _rows(database, "statements", "document_id, number"):
        where = f"statements {row['id']}"
        try:
            plain = json.loads(row["payload"])
            statement = rows.statement_from(row["payload"])
            columns = rows.statement_columns(plain)
        except (ValueError, TypeError) as error:
            yield Problem(kind=ProblemKind.CONTENT, where=where, what=f"the payload does not fit: {error}")
            continue
        right = statement_id(plain)
        if row["id"] != right:
            yield Problem(kind=ProblemKind.IDENTITY, where=where, what=f"what it says makes its id {right}")
        yield from _columns(where, row, columns)
        if document is None or document.id != statement.document_id:
            document = _document(database, statement.document_id)
        if document is not None:
            for what in mismatches(document, statement):
                yield Problem(kind=ProblemKind.SPAN, where=where, what=f"{what} (document {document.id})")


def _document(database: Database, document_id: str) -> Document | None:
    """None when it is gone or unreadable, which has been said by then."""
    row = database.one("SELECT text, payload FROM documents WHERE id = ?", document_id)
    try:
        return rows.document_from(row) if row else None
    except (ValueError, TypeError):
        return None


def _readings(database: Database) -> Iterator[Problem]:
    latest: dict[str, str] = {}
    for row in database.all("SELECT * FROM readings ORDER BY number"):
        where = f"readings {row['id']}"
        sql = """SELECT x.ordinal, x.statement_id, s.document_id FROM reading_statements AS x
            LEFT JOIN statements AS s ON s.id = x.statement_id WHERE x.reading_id = ? ORDER BY x.ordinal"""
        items = database.all(sql, row["id"])
        ids = [item["statement_id"] for item in items]
        if [item["ordinal"] for item in items] != list(range(len(items))):
            yield Problem(
                kind=ProblemKind.MISSING, where=where, what="its statements are not numbered from 0 without gap"
            )
        right = rows.reading_id(
            row["document_id"], row["reader"], ids, row["notes"], row["recorded_at"], row["previous"]
        )
        if row["id"] != right:
            what = f"what it holds makes its id {right}: a statement, note or column was changed, added or taken away"
            yield Problem(kind=ProblemKind.IDENTITY, where=where, what=what)
        for item in items:
            if item["document_id"] not in (None, row["document_id"]):
                what = f"statement {item['statement_id']} belongs to document {item['document_id']}"
                yield Problem(kind=ProblemKind.IDENTITY, where=where, what=what)
        if row["previous"] != latest.get(row["document_id"]):
            yield Problem(
                kind=ProblemKind.IDENTITY, where=where, what="does not follow the document's reading before it"
            )
        latest[row["document_id"]] = row["id"]


JUDGED = {
    # kind: what the subject and the object are ids of; a name is no id
    "accept": ("statements", None),
    "reject": ("statements", None),
    "correct": ("statements", "statements"),
    "withdraw": ("judgements", None),
}


Named = Iterable[tuple[str, str, str]]
"""What a row names: the column, an id, and the table that should have it."""


def _judged(row: Row) -> Named:
    tables = zip(("subject", "object"), JUDGED.get(row["kind"], (None, None)), strict=True)
    return [(column, row[column], table) for column, table in tables if table]


def _judged_questions(row: Row) -> Named:
    if row["kind"] == "withdraw":
        return [("subject", row["subject"], "question_judgements")]
    return [("statement", id_, "statements") for id_ in dict.fromkeys(questions.statements_in(dict(row)))]


def _nobody(_: Row) -> Named:
    return ()  # a rating goes by a name, a fetch by an address, a time stamp by a head


CHAINS: dict[str, tuple[str, Callable[[Mapping[str, Any]], str], Callable[[Row], Named]]] = {
    # table: what a row of it is called, what makes its id, what it names
    "judgements": ("judgement", judgements.row_id, _judged),
    "question_judgements": ("judgement", questions.row_id, _judged_questions),
    "ratings": ("rating", ratings.row_id, _nobody),
    "fetches": ("fetch", fetches.row_id, _nobody),
    "anchors": ("time stamp", anchors.row_id, _nobody),
}


def _chain(
    database: Database,
    table: str,
    what: str,
    id_of: Callable[[Mapping[str, Any]], str],
    named: Callable[[Row], Named],
) -> Iterator[Problem]:
    """Rows whose ids each cover the row before them: each against its id, their chain, and what they name."""
    before = None
    for row in database.all(f"SELECT * FROM {table} ORDER BY number"):
        where = f"{table} {row['id']}"
        right = id_of(dict(row))
        if row["id"] != right:
            yield Problem(kind=ProblemKind.IDENTITY, where=where, what=f"what it says makes its id {right}")
        if row["previous"] != before:
            yield Problem(kind=ProblemKind.IDENTITY, where=where, what=f"does not follow the {what} before it")
        before = row["id"]
        try:
            ids = list(named(row))
        except ValueError as error:
            yield Problem(kind=ProblemKind.CONTENT, where=where, what=f"does not fit: {error}")
            continue
        for column, id_, held in ids:
            if database.one(f"SELECT 1 AS there FROM {held} WHERE id = ?", id_) is None:
                yield Problem(kind=ProblemKind.MISSING, where=where, what=f"{column} {id_} is not in {held}")


def _failures(database: Database) -> Iterator[Problem]:
    for row in database.all("SELECT * FROM failures ORDER BY number"):
        right = rows.failure_id(row["location"], row["code"], row["message"], row["recorded_at"])
        if row["id"] != right:
            where = f"failures {row['id']}"
            yield Problem(kind=ProblemKind.IDENTITY, where=where, what=f"what it says makes its id {right}")


def _columns(where: str, row: Row, right: Mapping[str, Any]) -> Iterator[Problem]:
    for name, value in right.items():
        if row[name] != value:
            what = f"column {name} is {row[name]!r}, the payload says {value!r}"
            yield Problem(kind=ProblemKind.COLUMN, where=where, what=what)
