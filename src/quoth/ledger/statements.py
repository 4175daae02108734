"""Statements found among the rows of a database, and checked against their documents."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from quoth.errors import LedgerError
from quoth.evidence import check_spans
from quoth.ledger import documents, rows
from quoth.ledger.database import Condition, Database, Row, any_of, where_all
from quoth.ledger.search import Words, phrase_in, words_in
from quoth.model import Act, Document, Factuality, Statement

BATCH = 500
"""Rows fetched at a time; no cursor stays open while the caller works."""

Place = tuple[int, int, int]
"""The document's number, the ordinal in its reading, the statement's number: sorted, they are in order."""


def find(
    database: Database,
    *,
    source: str | None,
    document: str | None,
    outlet: str | None,
    text: str | None,
    act: Act | None,
    factuality: Factuality | None,
    since: datetime.date | None,
    until: datetime.date | None,
) -> Iterator[Statement]:
    """See `quoth.ledger.store.Ledger.statements`."""
    own: list[Condition] = [
        (f"{column} = ?", [str(wanted)])
        for column, wanted in (("act", act), ("factuality", factuality))
        if wanted is not None
    ]
    own += _said(since, until)
    wanted = None if source is None and text is None else _wanted(source, text)
    within = [] if outlet is None else [database.outlets_with(outlet)]
    if document is not None:
        of_one = "document_number = (SELECT number FROM documents WHERE id = ?)"
        within.append((of_one, [database.full_id("documents", "document", document)]))
        own += [] if wanted is None else [database.statements_with("statement_number", *wanted)]
        found = _shown(database, [*within, *own])
    elif own or wanted is not None:
        own += [] if wanted is None else [database.statements_with("number", *wanted)]
        found = _held(database, own, within)
    elif within:
        with database.reading():
            found = _among(database, "document_number", _numbers(database, "documents", where_all(within)), [])
    else:
        found = _shown(database, [])
    return _at(database, sorted((r["document_number"], r["ordinal"], r["statement_number"]) for r in found))


def _shown(database: Database, conditions: Sequence[Condition]) -> list[Row]:
    """The places of what is shown, of which these hold.

    That numbers are compared by their difference keeps SQLite from taking one column for the other."""
    sql, values = where_all(conditions)
    return database.all(f"SELECT document_number, ordinal, statement_number FROM statements_current {sql}", *values)


def _held(database: Database, own: Sequence[Condition], within: Sequence[Condition]) -> list[Row]:
    """Those of statements of which `own` hold, found by their own indexes first: where they are shown as they were
    read, and, in documents where one of them is a correction, where they stand in place of what was read.

    Those `within` some documents are picked out of these: a planner that is asked for both may go through all that the
    documents say, each time."""
    sql, values = where_all(own)
    corrections = f"""WHERE id IN (
        SELECT document_id FROM statements {sql} AND id IN (SELECT object FROM judgements WHERE kind = 'correct'))"""
    with database.reading():
        numbers = _numbers(database, "statements", (sql, values))
        corrected = _numbers(database, "documents", (corrections, values))
        there = frozenset(_numbers(database, "documents", where_all(within)) if within else ())
        as_read = _among(database, "read_number", numbers, [("statement_number - read_number = 0", [])])
        others = _among(database, "document_number", corrected, [("statement_number - read_number <> 0", [])])
    wanted = frozenset(numbers)
    found = as_read + [row for row in others if row["statement_number"] in wanted]
    return [row for row in found if row["document_number"] in there] if within else found


def _numbers(database: Database, table: str, where: Condition) -> list[int]:
    sql, values = where
    return [row["number"] for row in database.all(f"SELECT number FROM {table} {sql}", *values)]


def _among(database: Database, column: str, numbers: Sequence[int], conditions: Sequence[Condition]) -> list[Row]:
    """The same for some numbers at a time, so that no planner, who knows little of a view, goes through all of it."""
    return [
        row
        for first in range(0, len(numbers), BATCH)
        for row in _shown(database, [any_of(column, numbers[first : first + BATCH]), *conditions])
    ]


def _wanted(source: str | None, text: str | None) -> tuple[Words | None, tuple[Words, ...]]:
    return None if source is None else phrase_in(source), () if text is None else words_in(text)


def search(database: Database, *, source: str | None, text: str | None) -> frozenset[str]:
    """See `quoth.ledger.store.Ledger.search`."""
    condition, values = database.statements_with("number", *_wanted(source, text))
    return frozenset(row["id"] for row in database.all(f"SELECT id FROM statements WHERE {condition}", *values))


def _said(since: datetime.date | None, until: datetime.date | None) -> Iterator[Condition]:
    """Part of the interval of saying lies within these days; an unknown one does not."""
    if since is not None or until is not None:
        yield "(said_earliest IS NOT NULL OR said_latest IS NOT NULL)", []
    if since is not None:
        yield "(said_latest IS NULL OR said_latest >= ?)", [since.isoformat()]
    if until is not None:
        yield "(said_earliest IS NULL OR said_earliest <= ?)", [until.isoformat()]


def beginning(database: Database, id_prefix: str) -> Statement:
    full = database.full_id("statements", "statement", id_prefix)
    sql = """SELECT s.number AS statement_number, d.number AS document_number
        FROM statements AS s JOIN documents AS d ON d.id = s.document_id WHERE s.id = ?"""
    row = database.one(sql, full)
    if row is None:
        raise LedgerError(f"the document of statement {full} is gone", where=database.where, remedy="run verify")
    return next(_at(database, [(row["document_number"], 0, row["statement_number"])]))


def _at(database: Database, places: Sequence[Place]) -> Iterator[Statement]:
    """The statements at these places, checked against their documents."""
    for document_number, group in groupby(places, key=itemgetter(0)):
        document = documents.numbered(database, document_number)
        numbers = [number for _, _, number in group]
        for first in range(0, len(numbers), BATCH):
            some = numbers[first : first + BATCH]
            condition, values = any_of("number", some)
            found = database.all(f"SELECT number, id, payload FROM statements WHERE {condition}", *values)
            by_number = {row["number"]: row for row in found}
            for number in some:
                yield _checked(database, document, by_number[number])


def _checked(database: Database, document: Document, row: Row) -> Statement:
    try:
        statement = rows.statement_from(row["payload"])
    except ValueError as error:
        raise LedgerError(f"statement {row['id']} does not fit: {error}", where=database.where) from error
    check_spans(document, statement)
    return statement
