"""The ledger in one SQLite file, which opens in any SQLite browser."""

from __future__ import annotations

import datetime
import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from heapq import merge
from itertools import groupby
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import Any, Self

from quoth import evidence
from quoth.errors import LedgerError, NotFound, SpanMismatch
from quoth.evidence import BadEvidence, check_document, check_spans, name_of
from quoth.ledger import questions, rows
from quoth.ledger.opening import MEMORY, connect, is_writable, speaking
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


_ALL_JUDGEMENTS = "(SELECT id FROM judgements UNION ALL SELECT id FROM question_judgements)"


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
        file = None if str(path) == MEMORY else Path(path)
        self.where = str(path)
        self.read_only = read_only or (file is not None and not is_writable(file))
        self._now = now
        with speaking(self.where):
            self._connection = connect(file, read_only=self.read_only, timeout=timeout, recorded_at=rows.stamp(now()))

    # -------------------------------------------------------------- writing

    def add(self, document: Document, reading: Reading | None = None) -> bool:
        where = name_of(document)
        check_document(document)
        recorded_at = rows.stamp(self._now())
        document_row = rows.document_row(document, where, recorded_at)
        statements = _checked(document, reading)
        with self._writing():
            changed = self._add_document(document_row, where)
            if reading is not None:
                changed |= self._add_reading(reading, statements, recorded_at, where)
        return changed

    def _add_document(self, row: dict[str, Any], where: str) -> bool:
        stored = self._one("SELECT text_sha256 FROM documents WHERE id = ?", row["id"])
        if stored is None:
            self._insert("documents", [row])
            return True
        if stored["text_sha256"] != row["text_sha256"]:
            raise BadEvidence(f"document {row['id']} is in the ledger with another text", where=where)
        return False

    def _add_reading(self, reading: Reading, statements: list[Statement], recorded_at: str, where: str) -> bool:
        document_id = reading.document_id
        notes = rows.notes_of(reading, where)
        ids = [statement.id for statement in statements]
        latest = "SELECT id, notes FROM readings WHERE document_id = ? {} ORDER BY number DESC LIMIT 1"
        same = self._one(latest.format("AND reader = ?"), document_id, reading.reader)
        if same is not None and same["notes"] == notes and self._statement_ids(same["id"]) == ids:
            return False
        before = self._one(latest.format(""), document_id)
        previous = before["id"] if before is not None else None
        there = {row["id"] for row in self._all("SELECT id FROM statements WHERE document_id = ?", document_id)}
        self._insert("statements", [rows.statement_row(s, where) for s in statements if s.id not in there])
        reading_id = rows.reading_id(document_id, reading.reader, ids, notes, recorded_at, previous)
        self._insert(
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
        self._insert(
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
        row: dict[str, Any] = {"kind": kind.value, "object": None, "document_id": None}
        row |= {"by": _said(by, "who judges"), "note": note and _storable(note)}
        if kind in questions.KINDS:
            raise BadEvidence("a judgement of questions needs the questions as they stand")
        if kind is JudgementKind.WITHDRAW:
            row["subject"] = self._full_id(_ALL_JUDGEMENTS, "judgement", subject)
            if self._one("SELECT 1 FROM question_judgements WHERE id = ?", row["subject"]) is not None:
                return self._judge_question(questions.withdrawal(row["subject"], row["by"], row["note"]))
        elif kind in (JudgementKind.SAME, JudgementKind.APART):
            row |= {"subject": _said(subject, "a name"), "object": _said(object or "", "the other name")}
        else:
            judged = self.statement(subject)
            row |= {"subject": judged.id, "document_id": judged.document_id}
            if kind is JudgementKind.CORRECT:
                if correction is None:
                    raise BadEvidence("a correction needs the statement as it should read", where=judged.id)
                _check_correction(self.document(judged.document_id), judged, correction)
                row["object"] = correction.id
        with self._writing():
            if kind is JudgementKind.WITHDRAW:
                self._check_stands("judgements", row["subject"])
            latest = self._one("SELECT id FROM judgements ORDER BY number DESC LIMIT 1")
            row |= {"previous": latest and latest["id"], "recorded_at": rows.stamp(self._now())}
            row["id"] = rows.judgement_id(row)
            if correction is not None and self._one("SELECT 1 FROM statements WHERE id = ?", correction.id) is None:
                self._insert("statements", [rows.statement_row(correction, self.where)])
            self._insert("judgements", [row])
        return _judgement(row, standing=kind is not JudgementKind.WITHDRAW)

    def judge_question(
        self,
        kind: JudgementKind,
        *judged: JudgedQuestion,
        by: str,
        note: str | None = None,
        words: str | None = None,
        parted: Sequence[str] = (),
    ) -> JudgementRecord:
        row = questions.row(kind, judged, _said(by, "who judges"), note and _storable(note), parted, self.where)
        if kind is JudgementKind.NAME:
            row["object"] = _said(words or "", "the words of the name")
        for id_ in questions.statements_in(row):
            if self._one("SELECT 1 FROM statements WHERE id = ?", id_) is None:
                raise NotFound(f"no statement has the id {id_}", where=self.where)
        return self._judge_question(row)

    def _judge_question(self, row: dict[str, Any]) -> JudgementRecord:
        with self._writing():
            undoing = row["kind"] == JudgementKind.WITHDRAW
            if undoing:
                self._check_stands("question_judgements", row["subject"])
            latest = self._one("SELECT id FROM question_judgements ORDER BY number DESC LIMIT 1")
            row |= {"previous": latest and latest["id"], "recorded_at": rows.stamp(self._now())}
            row["id"] = rows.question_judgement_id(row)
            self._insert("question_judgements", [row])
        return questions.record(row, standing=not undoing)

    def _check_stands(self, table: str, judgement_id: str) -> None:
        if self._one(f"SELECT 1 FROM {table}_standing WHERE id = ?", judgement_id) is None:
            raise BadEvidence("was withdrawn before, or is itself a withdrawal", where=f"judgement {judgement_id}")

    def rate(
        self, name: str, grade: Reliability | None, *, topic: str | None = None, by: str, note: str | None = None
    ) -> Rating:
        row: dict[str, Any] = {
            "name": _said(name, "a name"),
            "topic": None if topic is None else _said(topic, "words for its topic"),
            "grade": rows.RATING_TAKEN_BACK if grade is None else grade.value,
            "by": _said(by, "who judges"),
            "note": note and _storable(note),
        }
        with self._writing():
            latest = self._one("SELECT id FROM ratings ORDER BY number DESC LIMIT 1")
            row |= {"previous": latest and latest["id"], "recorded_at": rows.stamp(self._now())}
            row["id"] = rows.rating_id(row)
            self._insert("ratings", [row])
        return rows.rating_from(row)

    def record_failure(self, where: str, code: str, message: str) -> bool:
        where, message = (_storable(text) for text in (where, message))
        recorded_at = rows.stamp(self._now())
        known = "SELECT 1 FROM failures WHERE location = ? AND code = ? AND message = ?"
        with self._writing():
            if self._one(known, where, code, message) is not None:
                return False
            row = {"location": where, "code": code, "message": message, "recorded_at": recorded_at}
            self._insert("failures", [{"id": rows.failure_id(where, code, message, recorded_at), **row}])
        return True

    # -------------------------------------------------------------- reading

    def has(self, document_id: str) -> bool:
        return self._one("SELECT 1 FROM documents WHERE id = ?", document_id) is not None

    def has_reading(self, document_id: str, reader: str) -> bool:
        return self._one("SELECT 1 FROM readings WHERE document_id = ? AND reader = ?", document_id, reader) is not None

    def documents(self, *, outlet: str | None = None, text: str | None = None) -> Iterator[Document]:
        conditions, values = _outlet(outlet)
        if text is not None:
            conditions.append("number IN (SELECT rowid FROM documents_search WHERE documents_search MATCH ?)")
            values.append(words_query(text))
        numbers = [row["number"] for row in self._all(f"SELECT number FROM documents {_where(conditions)}", *values)]
        return (self._document("number = ?", number) for number in sorted(numbers))

    def document(self, id_prefix: str) -> Document:
        return self._document("id = ?", self._full_id("documents", "document", id_prefix))

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
            values.append(self._full_id("documents", "document", document))
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
        places = sorted(tuple(row) for row in self._all(sql, *values))
        return self._statements_at(places)

    def statement(self, id_prefix: str) -> Statement:
        full = self._full_id("statements", "statement", id_prefix)
        sql = (
            "SELECT s.number, d.number FROM statements AS s JOIN documents AS d ON d.id = s.document_id WHERE s.id = ?"
        )
        row = self._one(sql, full)
        if row is None:
            raise LedgerError(f"the document of statement {full} is gone", where=self.where, remedy="run verify")
        return next(self._statements_at([(row[1], 0, row[0])]))

    def readings(self, *, document: str | None = None) -> Iterator[ReadingRecord]:
        conditions, values = [], []
        if document is not None:
            conditions.append("document_id = ?")
            values.append(self._full_id("documents", "document", document))
        current = {row["id"] for row in self._all("SELECT id FROM readings_current")}
        for row in self._all(f"SELECT * FROM readings {_where(conditions)} ORDER BY number", *values):
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
        both = (("judgements", _judgement), ("question_judgements", questions.record))
        found = [[record(dict(row), standing=standing) for row, standing in self._judged(table)]
                 for table, record in both]  # fmt: skip
        return merge(*found, key=attrgetter("recorded_at"))

    def _judged(self, table: str) -> list[tuple[sqlite3.Row, bool]]:
        """The rows of a table of judgements, each with whether it stands."""
        standing = {row["id"] for row in self._all(f"SELECT id FROM {table}_standing")}
        return [(row, row["id"] in standing) for row in self._all(f"SELECT * FROM {table} ORDER BY number")]

    def ratings(self) -> Iterator[Rating]:
        for row in self._all("SELECT * FROM ratings ORDER BY number"):
            yield rows.rating_from(dict(row))

    def failures(self) -> Iterator[FailureRecord]:
        for row in self._all("SELECT * FROM failures ORDER BY number"):
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
        (row,) = self._all(f"SELECT {parts}")
        return Counts(**{name: row[name] for name in tables})

    def revision(self) -> str:
        tables = ("documents", "readings", "judgements", "question_judgements")
        (row,) = self._all(f"SELECT {', '.join(f'(SELECT max(number) FROM {table})' for table in tables)}")
        return ".".join(str(number or 0) for number in row)

    def fingerprint(self) -> str:
        found = hashlib.sha256()
        for table, hashes in (("documents", "seal"), ("readings_current", "id"), ("judgements", "id")):
            for row in self._all(f"SELECT id, {hashes} AS hash FROM {table} ORDER BY number"):
                found.update(f"{table} {row['id']} {row['hash']}\n".encode())
        return found.hexdigest()

    def current(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {row["id"]: [] for row in self._all("SELECT id FROM documents ORDER BY number")}
        sql = "SELECT document_id, id FROM statements_current ORDER BY document_number, ordinal, statement_number"
        for row in self._all(sql):
            found[row["document_id"]].append(row["id"])
        return {document: tuple(ids) for document, ids in found.items()}

    def verify(self) -> Iterator[Problem]:
        """See `Ledger.verify`; the search index of a ledger that is open read-only is not checked."""
        return problems(self._connection, read_only=self.read_only)

    # -------------------------------------------------------------- closing

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    # -------------------------------------------------------------- rows

    def _document(self, condition: str, value: str | int) -> Document:
        row = self._one(f"SELECT id, text, text_sha256, payload FROM documents WHERE {condition}", value)
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
                found = self._all(f"SELECT number, id, payload FROM statements WHERE number IN ({marks})", *some)
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
        return [row["statement_id"] for row in self._all(sql, reading_id)]

    def _full_id(self, table: str, what: str, prefix: str) -> str:
        wanted = prefix.strip()
        found = []
        if wanted:
            if self._one(f"SELECT 1 FROM {table} WHERE id = ?", wanted) is not None:
                return wanted
            wanted = wanted.lower()
            sql = f"SELECT id FROM {table} WHERE id >= ? AND id < ? ORDER BY id LIMIT 3"
            found = [row["id"] for row in self._all(sql, wanted, wanted + chr(0x10FFFF))]
        if not found:
            raise NotFound(f"no {what} has an id that begins with {prefix!r}", where=self.where)
        if len(found) > 1:
            raise NotFound(
                f"several {what}s have ids that begin with {prefix!r}: {', '.join(found[:2])} …",
                where=self.where,
                remedy="give more of the id",
            )
        return str(found[0])

    # -------------------------------------------------------------- SQL

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction: all or nothing."""
        if self.read_only:
            raise LedgerError("is open read-only and cannot be written to", where=self.where)
        with speaking(self.where):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def _insert(self, table: str, new: list[dict[str, Any]]) -> None:
        if new:
            names = list(new[0])
            sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(':' + name for name in names)})"
            self._connection.executemany(sql, new)

    def _all(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        with speaking(self.where):
            return self._connection.execute(sql, values).fetchall()

    def _one(self, sql: str, *values: Any) -> sqlite3.Row | None:
        found = self._all(sql, *values)
        return found[0] if found else None


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


def _said(text: str, what: str) -> str:
    """The words without blanks around them.  Raises BadEvidence when there are none."""
    found = _storable(" ".join(text.split()))
    if not found:
        raise BadEvidence(f"a judgement lacks {what}")
    return found


def _check_correction(document: Document, judged: Statement, correction: Statement) -> None:
    """Raises BadEvidence or SpanMismatch when it is no other reading of the same words."""
    check_spans(document, correction)
    if correction.id != evidence.statement_id(to_dict(correction)):
        raise BadEvidence(f"the corrected statement has the id {correction.id!r}, which is not that of what it says")
    for what in ("source", "cue", "content"):
        before, after = getattr(judged, what), getattr(correction, what)
        if (before and before.spans) != (after and after.spans):
            raise BadEvidence(f"a correction keeps the words of the {what}; reject the statement instead")
    if correction.id == judged.id:
        raise BadEvidence("the correction changes nothing", where=f"statement {judged.id}")


def _judgement(row: dict[str, Any], *, standing: bool) -> JudgementRecord:
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
    )


def _outlet(outlet: str | None) -> tuple[list[str], list[Any]]:
    return ([], []) if outlet is None else (["instr(folded(outlet), folded(?)) > 0"], [outlet])


def _where(conditions: list[str]) -> str:
    return f"WHERE {' AND '.join(conditions)}" if conditions else ""


def _storable(text: str) -> str:
    """Messages may quote hostile bytes: NUL and lone surrogates become U+FFFD."""
    return (
        text.replace("\0", "\ufffd").encode(errors="replace").decode() if not text.isascii() or "\0" in text else text
    )
