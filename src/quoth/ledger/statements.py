"""Statements found among the rows of a database, and checked against their documents."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from quoth.errors import LedgerError
from quoth.evidence import check_spans
from quoth.ledger import documents, holdings, rows
from quoth.ledger.database import Condition, Database, Row, any_of, where_all
from quoth.ledger.search import Words, phrase_in, words_in
from quoth.model import Act, Document, Factuality, Statement

BATCH = 500
"""Rows fetched at a time; no cursor stays open while the caller works."""

FEW = 500
"""Rows that are put in order at once; of more, some documents' at a time, so that the first are soon there."""
DOCUMENTS = 64
"""Documents that are looked at first; then twice as many each time."""

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
        return _at(database, _Held(database, own, within).places())
    elif within:
        with database.reading():
            found = _among(database, "document_number", _numbers(database, "documents", where_all(within)), [])
    else:
        found = _shown(database, [])
    return _at(database, _in_order(found))


def _in_order(found: Iterable[Row]) -> list[Place]:
    return sorted((row["document_number"], row["ordinal"], row["statement_number"]) for row in found)


def _shown(database: Database, conditions: Sequence[Condition]) -> list[Row]:
    """The places of what is shown, of which these hold.

    That numbers are compared by their difference keeps SQLite from taking one column for the other."""
    sql, values = where_all(conditions)
    return database.all(f"SELECT document_number, ordinal, statement_number FROM statements_current {sql}", *values)


class _Held:
    """Those of statements of which `own` hold, found by their own indexes first: where they are shown as they were
    read, and, in documents where one of them is a correction, where they stand in place of what was read."""

    def __init__(self, database: Database, own: Sequence[Condition], within: Sequence[Condition]) -> None:
        self._database = database
        self._own = own
        self._within = within
        with database.reading():
            self._look()
            few = len(self._numbers) <= FEW
            self._first = _in_order(self._found(self._numbers, self._corrected)) if few else None

    def _look(self) -> None:
        sql, values = where_all(self._own)
        that_correct = "SELECT object FROM judgements WHERE kind = 'correct'"
        corrections = f"WHERE id IN (SELECT document_id FROM statements {sql} AND id IN ({that_correct}))"
        self._revision = holdings.revision(self._database)
        self._numbers = frozenset(_numbers(self._database, "statements", (sql, values)))
        self._corrected = frozenset(_numbers(self._database, "documents", (corrections, values)))

    def places(self) -> Iterator[Place]:
        """In order.  Each document's are of one moment; of many, that of those which come later may be a later one."""
        if self._first is not None:
            yield from self._first
            return
        after, width = 0, DOCUMENTS
        while True:
            with self._database.reading():
                if holdings.revision(self._database) != self._revision:
                    self._look()
                numbers, upto = self._of_documents(after, width)
                if upto is None:
                    return
                corrected = [number for number in self._corrected if after < number <= upto]
                found = _in_order(self._found(numbers, corrected))
            yield from found
            after, width = upto, 2 * width

    def _of_documents(self, after: int, width: int) -> tuple[list[int], int | None]:
        """What is wanted of some documents beyond a number, and the last of these; None where there are no more."""
        some = f"SELECT number FROM documents WHERE number > ? ORDER BY number LIMIT {width}"
        (last,) = self._database.all(f"SELECT max(number) AS upto FROM ({some}) AS following", after)
        if last["upto"] is None:
            return [], None
        sql = """SELECT s.number AS number FROM documents AS d JOIN statements AS s ON s.document_id = d.id
            WHERE d.number > ? AND d.number <= ?"""
        held = self._database.all(sql, after, last["upto"])
        return [row["number"] for row in held if row["number"] in self._numbers], last["upto"]

    def _found(self, numbers: Collection[int], corrected: Collection[int]) -> list[Row]:
        as_read = [("statement_number - read_number = 0", []), *self._within]
        in_place: list[Condition] = [("statement_number - read_number <> 0", []), *self._within]
        others = _among(self._database, "document_number", list(corrected), in_place)
        return _among(self._database, "read_number", list(numbers), as_read) + [
            row for row in others if row["statement_number"] in self._numbers
        ]


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


def _at(database: Database, places: Iterable[Place]) -> Iterator[Statement]:
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
