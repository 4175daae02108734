"""The ledger over a database that speaks SQL."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Self

from quoth.errors import LedgerError
from quoth.evidence import BadEvidence, check_document, name_of
from quoth.ledger import (
    anchors,
    copying,
    documents,
    failures,
    fetches,
    holdings,
    judgements,
    log,
    questions,
    ratings,
    readings,
    rows,
    statements,
)
from quoth.ledger.archive import Archive
from quoth.ledger.database import Database
from quoth.ledger.store import AnchorRecord, Counts, FailureRecord, Inclusion, JudgementRecord, Problem, ReadingRecord
from quoth.ledger.verify import problems
from quoth.model import (
    Act,
    Document,
    Factuality,
    Fetch,
    Head,
    JudgedQuestion,
    JudgementKind,
    Rating,
    Reading,
    Reliability,
    Statement,
)


class SqlLedger:
    """See `quoth.ledger.store.Ledger`.  One connection; for one thread."""

    def __init__(self, database: Database, archive: Archive) -> None:
        self._database = database
        self._archive = archive

    @property
    def where(self) -> str:
        return self._database.where

    @property
    def read_only(self) -> bool:
        return self._database.read_only

    # -------------------------------------------------------------- writing

    def add(self, document: Document, reading: Reading | None = None) -> bool:
        where = name_of(document)
        check_document(document)
        recorded_at = self._database.moment()
        row = rows.document_row(document, where, recorded_at)
        found = readings.checked(document, reading)
        with self._database.writing():
            new = changed = documents.add(self._database, row, where)
            if reading is not None:
                changed |= readings.add(self._database, reading, found, recorded_at, where, new=new)
        return changed

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
            return judgements.withdraw(self._database, subject, by=by, note=note)
        if kind in judgements.OF_NAMES:
            return judgements.judge_names(self._database, kind, subject, object or "", by=by, note=note)
        judged = self.statement(subject)
        if kind is JudgementKind.CORRECT:
            judgements.check_correction(self.document(judged.document_id), judged, correction)
        return judgements.judge_statement(self._database, kind, judged, correction, by=by, note=note)

    def judge_question(
        self,
        kind: JudgementKind,
        *judged: JudgedQuestion,
        by: str,
        note: str | None = None,
        words: str | None = None,
        parted: Sequence[str] = (),
    ) -> JudgementRecord:
        return questions.judge(self._database, kind, judged, by=by, note=note, words=words, parted=parted)

    def rate(
        self, name: str, grade: Reliability | None, *, topic: str | None = None, by: str, note: str | None = None
    ) -> Rating:
        return ratings.rate(self._database, name, grade, topic=topic, by=by, note=note)

    def record_failure(self, where: str, code: str, message: str) -> bool:
        return failures.record(self._database, where, code, message)

    def record_fetch(self, fetch: Fetch) -> bool:
        return fetches.record(self._database, fetch)

    def keep_original(self, data: bytes) -> str:
        self._database.require_writable()
        return self._archive.keep(data)

    # -------------------------------------------------------------- reading

    def original(self, sha256: str) -> bytes | None:
        return self._archive.kept(sha256)

    def has(self, document_id: str) -> bool:
        return documents.has(self._database, document_id)

    def has_reading(self, document_id: str, reader: str) -> bool:
        return readings.has(self._database, document_id, reader)

    def documents(self, *, outlet: str | None = None, text: str | None = None) -> Iterator[Document]:
        return documents.find(self._database, outlet=outlet, text=text)

    def document(self, id_prefix: str) -> Document:
        return documents.beginning(self._database, id_prefix)

    def addresses(self) -> dict[str, str]:
        return documents.addresses(self._database)

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
        return statements.find(
            self._database,
            source=source,
            document=document,
            outlet=outlet,
            text=text,
            act=act,
            factuality=factuality,
            since=since,
            until=until,
        )

    def search(self, *, source: str | None = None, text: str | None = None) -> frozenset[str]:
        return statements.search(self._database, source=source, text=text)

    def statement(self, id_prefix: str) -> Statement:
        return statements.beginning(self._database, id_prefix)

    def readings(self, *, document: str | None = None) -> Iterator[ReadingRecord]:
        return readings.find(self._database, document=document)

    def judgements(self) -> Iterator[JudgementRecord]:
        return judgements.judgements(self._database)

    def ratings(self) -> Iterator[Rating]:
        return ratings.ratings(self._database)

    def failures(self) -> Iterator[FailureRecord]:
        return failures.failures(self._database)

    def fetches(self) -> Iterator[Fetch]:
        return fetches.fetches(self._database)

    def latest_fetch(self, url: str) -> Fetch | None:
        return fetches.latest(self._database, url)

    # -------------------------------------------------------------- in sum

    def counts(self) -> Counts:
        return holdings.counts(self._database)

    def revision(self) -> str:
        return holdings.revision(self._database)

    def fingerprint(self) -> str:
        return holdings.fingerprint(self._database)

    def current(self) -> dict[str, tuple[str, ...]]:
        return holdings.current(self._database)

    def verify(self, *, head: Head | None = None, trusted: bytes | None = None) -> Iterator[Problem]:
        yield from problems(self._database, head=head, trusted=trusted)
        yield from self._archive.problems()

    def copy_into(self, path: str | Path) -> None:
        from quoth.ledger.opening import open_ledger, there_is

        if there_is(path):
            with open_ledger(path, read_only=True) as there:
                copying.refuse_what_holds_rows(there._database)
        wrong = next(self.verify(), None)
        if wrong is not None:
            raise LedgerError(f"is not copied, for something is wrong with it ({wrong})", where=self.where)
        with open_ledger(path) as copy:
            copying.copy_originals(self._archive, copy._archive)
            copying.copy_rows(self._database, copy._database)

    # -------------------------------------------------------------- trust

    def head(self) -> Head:
        with self._database.reading():
            return log.head(self._database)

    def head_of(self, message_sha256: str) -> Head | None:
        with self._database.reading():
            return log.head_of(self._database, message_sha256)

    def inclusion(self, table: str, id: str, head: Head) -> Inclusion:
        with self._database.reading():
            return log.inclusion(self._database, table, id, head)

    def copy_to(self, path: Path) -> None:
        self._database.copy_to(path)

    def anchor(self, head: Head, response: bytes, *, url: str | None = None) -> AnchorRecord:
        return anchors.record(self._database, head, response, url=url)

    def anchors(self) -> Iterator[AnchorRecord]:
        return anchors.anchors(self._database)

    # -------------------------------------------------------------- closing

    def close(self) -> None:
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()
