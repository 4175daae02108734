"""Walk a SQLite case file and name everything that is wrong with it: where, and what."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from quoth.errors import LedgerError
from quoth.evidence import check_document, mismatches, statement_id
from quoth.ledger import judgements, questions, ratings, rows
from quoth.ledger.schema import expected_schema, migrations, pragma, schema_of
from quoth.ledger.store import Problem, ProblemKind
from quoth.model import Document

NUMBERED = ("documents", "statements", "readings", "judgements", "question_judgements", "ratings", "failures")
SEARCHES = ("documents_search", "statements_search")

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
)


def problems(connection: sqlite3.Connection, *, read_only: bool) -> Iterator[Problem]:
    """Everything that is wrong, worst first.  The search index is checked where the file can be written to."""
    try:
        yield from _damage(connection)
        gone = False
        for problem in _schema(connection):
            gone |= problem.what.startswith("the table")
            yield problem
        if gone:
            return
        yield from _migrations(connection)
        yield from _gaps(connection)
        yield from _dangling(connection)
        yield from _documents(connection)
        yield from _statements(connection)
        yield from _readings(connection)
        for table, (what, id_of, named) in CHAINS.items():
            yield from _chain(connection, table, what, id_of, named)
        yield from _failures(connection)
        if not read_only:
            yield from _search(connection)
    except sqlite3.Error as error:
        yield Problem(kind=ProblemKind.DATABASE, where="the file", what=f"cannot be read any further: {error}")


def _damage(connection: sqlite3.Connection) -> Iterator[Problem]:
    for (message,) in connection.execute("PRAGMA integrity_check").fetchall():
        if message != "ok":
            yield Problem(kind=ProblemKind.DATABASE, where="the file", what=message)


def _schema(connection: sqlite3.Connection) -> Iterator[Problem]:
    there = schema_of(connection)
    for (kind, name), sql in expected_schema(pragma(connection, "user_version")).items():
        if (kind, name) not in there:
            yield Problem(kind=ProblemKind.SCHEMA, where=name, what=f"the {kind} {name} is gone")
        elif there[kind, name] != sql:
            yield Problem(kind=ProblemKind.SCHEMA, where=name, what=f"{kind} {name} was altered")


def _migrations(connection: sqlite3.Connection) -> Iterator[Problem]:
    recorded = {row["number"]: row for row in connection.execute("SELECT * FROM migrations").fetchall()}
    for migration in migrations()[: pragma(connection, "user_version")]:
        where = f"migrations {migration.number}"
        row = recorded.pop(migration.number, None)
        if row is None:
            yield Problem(kind=ProblemKind.MISSING, where=where, what="is not recorded")
        elif (row["name"], row["sha256"]) != (migration.name, migration.sha256):
            yield Problem(kind=ProblemKind.CONTENT, where=where, what="is not the migration that this Quoth knows")
    for number in recorded:
        yield Problem(kind=ProblemKind.CONTENT, where=f"migrations {number}", what="is beyond the file's own version")


def _gaps(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Numbers run from 1 to the highest ever given: one that is missing was deleted."""
    highest = dict(connection.execute("SELECT name, seq FROM sqlite_sequence").fetchall())
    for table in NUMBERED:
        last = 0
        for (number,) in connection.execute(f"SELECT number FROM {table} ORDER BY number").fetchall():
            yield from _gap(table, last + 1, number - 1)
            last = number
        yield from _gap(table, last + 1, highest.get(table, 0))


def _gap(table: str, first: int, last: int) -> Iterator[Problem]:
    if first <= last:
        which = f"row {first} is" if first == last else f"rows {first} to {last} are"
        yield Problem(kind=ProblemKind.MISSING, where=table, what=f"{which} gone")


def _dangling(connection: sqlite3.Connection) -> Iterator[Problem]:
    for table, name, column, parent in REFERENCES:
        sql = f"""SELECT {name}, {column} FROM {table} AS child
            WHERE {column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {parent} WHERE {parent}.id = child.{column})"""
        for which, missing in connection.execute(sql).fetchall():
            what = f"{column} names {missing}, which is not in {parent}"
            yield Problem(kind=ProblemKind.MISSING, where=f"{table} {which}", what=what)
    orphans = """SELECT id FROM statements WHERE id NOT IN (SELECT statement_id FROM reading_statements)
        AND id NOT IN (SELECT object FROM judgements WHERE kind = 'correct')"""
    for (which,) in connection.execute(orphans).fetchall():
        yield Problem(
            kind=ProblemKind.MISSING, where=f"statements {which}", what="is in no reading: its reading is gone"
        )


def _documents(connection: sqlite3.Connection) -> Iterator[Problem]:
    for (number,) in connection.execute("SELECT number FROM documents ORDER BY number").fetchall():
        row = connection.execute("SELECT * FROM documents WHERE number = ?", (number,)).fetchone()
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


def _statements(connection: sqlite3.Connection) -> Iterator[Problem]:
    document: Document | None = None
    sql = "SELECT number FROM statements ORDER BY document_id, number"
    for (number,) in connection.execute(sql).fetchall():
        row = connection.execute("SELECT * FROM statements WHERE number = ?", (number,)).fetchone()
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
            document = _document(connection, statement.document_id)
        if document is not None:
            for what in mismatches(document, statement):
                yield Problem(kind=ProblemKind.SPAN, where=where, what=f"{what} (document {document.id})")


def _document(connection: sqlite3.Connection, document_id: str) -> Document | None:
    """None when it is gone or unreadable, which has been said by then."""
    row = connection.execute("SELECT text, payload FROM documents WHERE id = ?", (document_id,)).fetchone()
    try:
        return rows.document_from(row) if row else None
    except (ValueError, TypeError):
        return None


def _readings(connection: sqlite3.Connection) -> Iterator[Problem]:
    latest: dict[str, str] = {}
    for row in connection.execute("SELECT * FROM readings ORDER BY number").fetchall():
        where = f"readings {row['id']}"
        sql = """SELECT x.ordinal, x.statement_id, s.document_id FROM reading_statements AS x
            LEFT JOIN statements AS s ON s.id = x.statement_id WHERE x.reading_id = ? ORDER BY x.ordinal"""
        items = connection.execute(sql, (row["id"],)).fetchall()
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


def _judged(row: sqlite3.Row) -> Named:
    tables = zip(("subject", "object"), JUDGED.get(row["kind"], (None, None)), strict=True)
    return [(column, row[column], table) for column, table in tables if table]


def _judged_questions(row: sqlite3.Row) -> Named:
    if row["kind"] == "withdraw":
        return [("subject", row["subject"], "question_judgements")]
    return [("statement", id_, "statements") for id_ in dict.fromkeys(questions.statements_in(dict(row)))]


def _rated(row: sqlite3.Row) -> Named:
    return ()  # a rating names nobody by an id


CHAINS: dict[str, tuple[str, Callable[[Mapping[str, Any]], str], Callable[[sqlite3.Row], Named]]] = {
    # table: what a row of it is called, what makes its id, what it names
    "judgements": ("judgement", judgements.row_id, _judged),
    "question_judgements": ("judgement", questions.row_id, _judged_questions),
    "ratings": ("rating", ratings.row_id, _rated),
}


def _chain(
    connection: sqlite3.Connection,
    table: str,
    what: str,
    id_of: Callable[[Mapping[str, Any]], str],
    named: Callable[[sqlite3.Row], Named],
) -> Iterator[Problem]:
    """Rows whose ids each cover the row before them: each against its id, their chain, and what they name."""
    before = None
    for row in connection.execute(f"SELECT * FROM {table} ORDER BY number").fetchall():
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
            if connection.execute(f"SELECT 1 FROM {held} WHERE id = ?", (id_,)).fetchone() is None:
                yield Problem(kind=ProblemKind.MISSING, where=where, what=f"{column} {id_} is not in {held}")


def _failures(connection: sqlite3.Connection) -> Iterator[Problem]:
    for row in connection.execute("SELECT * FROM failures ORDER BY number").fetchall():
        right = rows.failure_id(row["location"], row["code"], row["message"], row["recorded_at"])
        if row["id"] != right:
            where = f"failures {row['id']}"
            yield Problem(kind=ProblemKind.IDENTITY, where=where, what=f"what it says makes its id {right}")


def _columns(where: str, row: sqlite3.Row, right: Mapping[str, Any]) -> Iterator[Problem]:
    for name, value in right.items():
        if row[name] != value:
            what = f"column {name} is {row[name]!r}, the payload says {value!r}"
            yield Problem(kind=ProblemKind.COLUMN, where=where, what=what)


def _search(connection: sqlite3.Connection) -> Iterator[Problem]:
    for table in SEARCHES:
        try:
            connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            what = f"the search index does not match the evidence ({error})"
            yield Problem(kind=ProblemKind.SEARCH, where=table, what=what)
