"""The ledger in one SQLite file, which opens in any SQLite browser."""

from __future__ import annotations

import datetime
import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, Self

from quoth import evidence
from quoth.errors import LedgerError, SpanMismatch
from quoth.evidence import BadEvidence, check_document, check_spans, name_of
from quoth.ledger import judgements, questions, ratings, rows
from quoth.ledger.archive import Archive, FolderArchive, MemoryArchive
from quoth.ledger.database import Database
from quoth.ledger.opening import MEMORY
from quoth.ledger.search import phrase_query, words_query
from quoth.ledger.store import Counts, FailureRecord, JudgementRecord, Problem, ReadingRecord
from quoth.ledger.verify import problems
from quoth.model import (
    Act,
    Document,
    Factuality,
    JudgedQuestion,
    JudgementKind,
    Rating,
    Reading,
    Reliability,
    Statement,
    to_dict,
)

TIMEOUT = 5.0
"""Seconds to wait for another program's lock."""

BATCH = 500
"""Rows fetched at a time; no cursor stays open while the caller works."""


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


def open_ledger(
    path: str | Path,
    *,
    read_only: bool = False,
    timeout: float = TIMEOUT,
    now: Callable[[], datetime.datetime] = _now,
) -> SqliteLedger:
    """Open a case file, or make one; ":memory:" is one that nobody keeps.

    A file that may not be written to opens read-only.  Raises LedgerError on anything that is not a case file,
    on one that a newer Quoth wrote, and on a damaged one; none of these is touched.
    """
    return SqliteLedger(path, read_only=read_only, timeout=timeout, now=now)


class SqliteLedger:
    """See `quoth.ledger.store.Ledger`.  One connection; for one thread."""

    def __init__(
        self, path: str | Path, *, read_only: bool, timeout: float, now: Callable[[], datetime.datetime]
    ) -> None:
        self._file = Database(path, read_only=read_only, timeout=timeout, now=now)
        self._archive: Archive = MemoryArchive() if str(path) == MEMORY else FolderArchive(Path(path).absolute())

    @property
    def where(self) -> str:
        return self._file.where

    @property
    def read_only(self) -> bool:
        return self._file.read_only

    # -------------------------------------------------------------- writing

    def add(self, document: Document, reading: Reading | None = None) -> bool:
        where = name_of(document)
        check_document(document)
        recorded_at = self._file.moment()
        document_row = rows.document_row(document, where, recorded_at)
        statements = _checked(document, reading)
        with self._file.writing():
            changed = self._add_document(document_row, where)
            if reading is not None:
                changed |= self._add_reading(reading, statements, recorded_at, where)
        return changed

    def _add_document(self, row: dict[str, Any], where: str) -> bool:
        stored = self._file.one("SELECT text_sha256 FROM documents WHERE id = ?", row["id"])
        if stored is None:
            self._file.insert("documents", [row])
            return True
        if stored["text_sha256"] != row["text_sha256"]:
            raise BadEvidence(f"document {row['id']} is in the ledger with another text", where=where)
        return False

    def _add_reading(self, reading: Reading, statements: list[Statement], recorded_at: str, where: str) -> bool:
        document_id = reading.document_id
        notes = rows.notes_of(reading, where)
        ids = [statement.id for statement in statements]
        latest = "SELECT id, notes FROM readings WHERE document_id = ? {} ORDER BY number DESC LIMIT 1"
        same = self._file.one(latest.format("AND reader = ?"), document_id, reading.reader)
        if same is not None and same["notes"] == notes and self._statement_ids(same["id"]) == ids:
            return False
        before = self._file.one(latest.format(""), document_id)
        previous = before["id"] if before is not None else None
        there = {row["id"] for row in self._file.all("SELECT id FROM statements WHERE document_id = ?", document_id)}
        self._file.insert("statements", [rows.statement_row(s, where) for s in statements if s.id not in there])
        reading_id = rows.reading_id(document_id, reading.reader, ids, notes, recorded_at, previous)
        self._file.insert(
            "readings",
            [
                {
                    "id": reading_id,
                    "document_id": document_id,
                    "reader": reading.reader,
                    "notes": notes,
                    "previous": previous,
                    "recorded_at": recorded_at,
                }
            ],
        )
        self._file.insert(
            "reading_statements",
            [{"reading_id": reading_id, "ordinal": i, "statement_id": id_} for i, id_ in enumerate(ids)],
        )
        return True

    def judge(
        self,
        kind: JudgementKind,
        subject: str,
        object: str | None = None,
        *,
        by: str,
        note: str | None = None,
        correction: Statement | None = None,
    ) -> JudgementRecord:
        if kind in questions.KINDS:
            raise BadEvidence("a judgement of questions needs the questions as they stand")
        if kind is JudgementKind.WITHDRAW:
            return judgements.withdraw(self._file, subject, by=by, note=note)
        if kind in judgements.OF_NAMES:
            return judgements.judge_names(self._file, kind, subject, object or "", by=by, note=note)
        judged = self.statement(subject)
        if kind is JudgementKind.CORRECT:
            judgements.check_correction(self.document(judged.document_id), judged, correction)
        return judgements.judge_statement(self._file, kind, judged, correction, by=by, note=note)

    def judge_question(
        self,
        kind: JudgementKind,
        *judged: JudgedQuestion,
        by: str,
        note: str | None = None,
        words: str | None = None,
        parted: Sequence[str] = (),
    ) -> JudgementRecord:
        return questions.judge(self._file, kind, judged, by=by, note=note, words=words, parted=parted)

    def rate(
        self, name: str, grade: Reliability | None, *, topic: str | None = None, by: str, note: str | None = None
    ) -> Rating:
        return ratings.rate(self._file, name, grade, topic=topic, by=by, note=note)

    def record_failure(self, where: str, code: str, message: str) -> bool:
        where, message = (rows.storable(text) for text in (where, message))
        recorded_at = self._file.moment()
        known = "SELECT 1 FROM failures WHERE location = ? AND code = ? AND message = ?"
        with self._file.writing():
            if self._file.one(known, where, code, message) is not None:
                return False
            row = {"location": where, "code": code, "message": message, "recorded_at": recorded_at}
            self._file.insert("failures", [{"id": rows.failure_id(where, code, message, recorded_at), **row}])
        return True

    def keep_original(self, data: bytes) -> str:
        if self.read_only:
            raise LedgerError("is open read-only and cannot be written to", where=self.where)
        return self._archive.keep(data)

    # -------------------------------------------------------------- reading

    def original(self, sha256: str) -> bytes | None:
        return self._archive.kept(sha256)

    def has(self, document_id: str) -> bool:
        return self._file.one("SELECT 1 FROM documents WHERE id = ?", document_id) is not None

    def has_reading(self, document_id: str, reader: str) -> bool:
        return (
            self._file.one("SELECT 1 FROM readings WHERE document_id = ? AND reader = ?", document_id, reader)
            is not None
        )

    def documents(self, *, outlet: str | None = None, text: str | None = None) -> Iterator[Document]:
        conditions, values = _outlet(outlet)
        if text is not None:
            conditions.append("number IN (SELECT rowid FROM documents_search WHERE documents_search MATCH ?)")
            values.append(words_query(text))
        numbers = [
            row["number"] for row in self._file.all(f"SELECT number FROM documents {_where(conditions)}", *values)
        ]
        return (self._document("number = ?", number) for number in sorted(numbers))

    def document(self, id_prefix: str) -> Document:
        return self._document("id = ?", self._file.full_id("documents", "document", id_prefix))

    def statements(
        self,
        *,
        source: str | None = None,
        document: str | None = None,
        outlet: str | None = None,
        text: str | None = None,
        act: Act | None = None,
        factuality: Factuality | None = None,
        since: datetime.date | None = None,
        until: datetime.date | None = None,
    ) -> Iterator[Statement]:
        conditions, values = _outlet(outlet)
        searches = []
        if source is not None:
            searches.append(f"{{source source_text}} : {phrase_query(source)}")
        if text is not None:
            searches.append(f"content : ({words_query(text)})")
        if searches:
            found = "SELECT rowid FROM statements_search WHERE statements_search MATCH ?"
            conditions.append(f"statement_number IN ({found})")
            values.append(" AND ".join(searches))
        if document is not None:
            conditions.append("document_id = ?")
            values.append(self._file.full_id("documents", "document", document))
        for column, wanted in (("act", act), ("factuality", factuality)):
            if wanted is not None:
                conditions.append(f"{column} = ?")
                values.append(str(wanted))
        if since is not None or until is not None:
            conditions.append("(said_earliest IS NOT NULL OR said_latest IS NOT NULL)")
        if since is not None:
            conditions.append("(said_latest IS NULL OR said_latest >= ?)")
            values.append(since.isoformat())
        if until is not None:
            conditions.append("(said_earliest IS NULL OR said_earliest <= ?)")
            values.append(until.isoformat())
        sql = f"SELECT document_number, ordinal, statement_number FROM statements_current {_where(conditions)}"
        places = sorted(tuple(row) for row in self._file.all(sql, *values))
        return self._statements_at(places)

    def statement(self, id_prefix: str) -> Statement:
        full = self._file.full_id("statements", "statement", id_prefix)
        sql = (
            "SELECT s.number, d.number FROM statements AS s JOIN documents AS d ON d.id = s.document_id WHERE s.id = ?"
        )
        row = self._file.one(sql, full)
        if row is None:
            raise LedgerError(f"the document of statement {full} is gone", where=self.where, remedy="run verify")
        return next(self._statements_at([(row[1], 0, row[0])]))

    def readings(self, *, document: str | None = None) -> Iterator[ReadingRecord]:
        conditions, values = [], []
        if document is not None:
            conditions.append("document_id = ?")
            values.append(self._file.full_id("documents", "document", document))
        current = {row["id"] for row in self._file.all("SELECT id FROM readings_current")}
        for row in self._file.all(f"SELECT * FROM readings {_where(conditions)} ORDER BY number", *values):
            yield ReadingRecord(
                id=row["id"],
                document_id=row["document_id"],
                reader=row["reader"],
                recorded_at=datetime.datetime.fromisoformat(row["recorded_at"]),
                statement_ids=tuple(self._statement_ids(row["id"])),
                notes=rows.notes_from(row["notes"]),
                previous=row["previous"],
                current=row["id"] in current,
            )

    def judgements(self) -> Iterator[JudgementRecord]:
        return judgements.judgements(self._file)

    def ratings(self) -> Iterator[Rating]:
        return ratings.ratings(self._file)

    def failures(self) -> Iterator[FailureRecord]:
        for row in self._file.all("SELECT * FROM failures ORDER BY number"):
            yield FailureRecord(
                where=row["location"],
                code=row["code"],
                message=row["message"],
                recorded_at=datetime.datetime.fromisoformat(row["recorded_at"]),
            )

    def counts(self) -> Counts:
        tables = {
            "documents": "documents",
            "unread": "documents_unread",
            "readings": "readings",
            "statements": "statements_current",
            "failures": "failures",
        }
        parts = ", ".join(f"(SELECT count(*) FROM {table}) AS {name}" for name, table in tables.items())
        (row,) = self._file.all(f"SELECT {parts}")
        return Counts(**{name: row[name] for name in tables})

    def revision(self) -> str:
        tables = ("documents", "readings", "judgements", "question_judgements")
        (row,) = self._file.all(f"SELECT {', '.join(f'(SELECT max(number) FROM {table})' for table in tables)}")
        return ".".join(str(number or 0) for number in row)

    def fingerprint(self) -> str:
        found = hashlib.sha256()
        for table, hashes in (("documents", "seal"), ("readings_current", "id"), ("judgements", "id")):
            for row in self._file.all(f"SELECT id, {hashes} AS hash FROM {table} ORDER BY number"):
                found.update(f"{table} {row['id']} {row['hash']}\n".encode())
        return found.hexdigest()

    def current(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {
            row["id"]: [] for row in self._file.all("SELECT id FROM documents ORDER BY number")
        }
        sql = "SELECT document_id, id FROM statements_current ORDER BY document_number, ordinal, statement_number"
        for row in self._file.all(sql):
            found[row["document_id"]].append(row["id"])
        return {document: tuple(ids) for document, ids in found.items()}

    def verify(self) -> Iterator[Problem]:
        """See `Ledger.verify`; the search index of a ledger that is open read-only is not checked."""
        yield from problems(self._file.connection, read_only=self.read_only)
        yield from self._archive.problems()

    # -------------------------------------------------------------- closing

    def close(self) -> None:
        self._file.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    # -------------------------------------------------------------- rows

    def _document(self, condition: str, value: str | int) -> Document:
        row = self._file.one(f"SELECT id, text, text_sha256, payload FROM documents WHERE {condition}", value)
        if row is None:
            raise LedgerError(f"a document ({value}) is gone", where=self.where, remedy="run verify")
        if rows.sha256_of(row["text"]) != row["text_sha256"]:
            what = f"the text of document {row['id']} is not the one that was recorded"
            raise SpanMismatch(what, where=self.where, remedy="run verify")
        try:
            document = rows.document_from(row)
        except ValueError as error:
            raise LedgerError(f"document {row['id']} does not fit: {error}", where=self.where) from error
        check_document(document)
        return document

    def _statements_at(self, places: list[tuple[int, int, int]]) -> Iterator[Statement]:
        """The statements at (document number, ordinal, statement number), checked against their documents."""
        for document_number, group in groupby(places, key=itemgetter(0)):
            document = self._document("number = ?", document_number)
            numbers = [number for _, _, number in group]
            for first in range(0, len(numbers), BATCH):
                some = numbers[first : first + BATCH]
                marks = ", ".join("?" * len(some))
                found = self._file.all(f"SELECT number, id, payload FROM statements WHERE number IN ({marks})", *some)
                by_number = {row["number"]: row for row in found}
                for number in some:
                    yield self._statement(document, by_number[number])

    def _statement(self, document: Document, row: sqlite3.Row) -> Statement:
        try:
            statement = rows.statement_from(row["payload"])
        except ValueError as error:
            raise LedgerError(f"statement {row['id']} does not fit: {error}", where=self.where) from error
        check_spans(document, statement)
        return statement

    def _statement_ids(self, reading_id: str) -> list[str]:
        sql = "SELECT statement_id FROM reading_statements WHERE reading_id = ? ORDER BY ordinal"
        return [row["statement_id"] for row in self._file.all(sql, reading_id)]


def _checked(document: Document, reading: Reading | None) -> list[Statement]:
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


def _outlet(outlet: str | None) -> tuple[list[str], list[Any]]:
    return ([], []) if outlet is None else (["instr(folded(outlet), folded(?)) > 0"], [outlet])


def _where(conditions: list[str]) -> str:
    return f"WHERE {' AND '.join(conditions)}" if conditions else ""
