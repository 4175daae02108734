"""What a store of evidence must do, whichever database stands behind it."""

from __future__ import annotations

import datetime
import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, Self

from quoth.model import (
    Act,
    Document,
    Factuality,
    Fetch,
    Head,
    JudgedQuestion,
    JudgementKind,
    Note,
    Rating,
    Reading,
    Reliability,
    Statement,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRecord:
    """That a reader read a document, and when that was recorded (UTC).  `current`: no later reading of it is there."""

    id: str
    document_id: str
    reader: str
    recorded_at: datetime.datetime
    statement_ids: tuple[str, ...]
    notes: tuple[Note, ...]
    previous: str | None
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementRecord:
    """What a person judged, when that was recorded (UTC), and the judgement before it.

    `subject`: a statement's id; of SAME and APART a name, `object` being the other one; of WITHDRAW a judgement's id.
    `object` of CORRECT: the id of the statement as corrected.  Of MERGE, SPLIT and NAME, `questions` are those judged
    as they stood, `subject` the id of the first; `object` is the id of the other or the name; `parted` are the ids of
    the statements that SPLIT takes out.  `standing`: it was not withdrawn.
    """

    id: str
    kind: JudgementKind
    subject: str
    object: str | None
    by: str
    note: str | None
    recorded_at: datetime.datetime
    previous: str | None
    standing: bool
    questions: tuple[JudgedQuestion, ...] = ()
    parted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureRecord:
    """What could not be acquired or read: where, why, and when that was recorded (UTC)."""

    where: str
    code: str
    message: str
    recorded_at: datetime.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Inclusion:
    """What proves that a row is one of those that a head covers: RFC 9162's path from its entry to the root."""

    head: Head
    number: int
    """Of its entry, from 1."""
    entry: str
    """Canonical JSON, the SHA-256 of which (behind a zero byte) is the leaf."""
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnchorRecord:
    """That an authority stamped a head, when by its own clock, and when that was recorded (UTC).

    `authority`: the subject of its certificate; `url`: where it was asked, None for an answer that came as a file;
    `response`: its whole answer, DER.
    """

    id: str
    head: Head
    authority: str
    url: str | None
    stamped_at: datetime.datetime
    response: bytes
    previous: str | None
    recorded_at: datetime.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much a ledger holds.  `statements` are those of the current readings."""

    documents: int
    unread: int
    readings: int
    statements: int
    failures: int


class ProblemKind(enum.StrEnum):
    DATABASE = "database"  # the file itself is damaged
    SCHEMA = "schema"  # a table, view or trigger is gone or altered
    MISSING = "missing"  # a row is gone
    CONTENT = "content"  # a row does not hold what its hash says
    IDENTITY = "identity"  # an id does not belong to its row
    COLUMN = "column"  # a plain column differs from the payload
    SPAN = "span"  # the words under a span are not those stored
    LOG = "log"  # the rows are not those that the log, or the head expected of it, covers
    ANCHOR = "anchor"  # a time stamp does not prove what it should
    SEARCH = "search"  # the search index differs from the evidence
    ORIGINAL = "original"  # bytes that are kept do not have the hash they are kept under


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that `verify` found wrong: where (table and row) and what."""

    kind: ProblemKind
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


class Ledger(Protocol):
    """An append-only store of documents and of what readers made of them.

    Every method raises LedgerError when the store cannot be read or written.  Ids may be given by any
    unique beginning; NotFound says when that names nothing or several things.  Reading evidence checks it:
    SpanMismatch or LedgerError when words and hashes have come apart.
    """

    @property
    def where(self) -> str:
        """The file or address of the store, as it was given."""
        ...

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written to it."""
        ...

    def add(self, document: Document, reading: Reading | None = None) -> bool:
        """Write a document and its reading down, whole or not at all; False when that changed nothing.

        A document without a reading is kept, unread.  A reading equal to the latest one by the same reader
        changes nothing; a statement that it gives twice is kept once.  Raises BadEvidence or SpanMismatch
        (and writes nothing) when spans, ids and words do not belong together.
        """
        ...

    def keep_original(self, data: bytes) -> str:
        """Put bytes away as they came, and give their SHA-256 in hex back; the same bytes again change nothing.

        They are kept beside the evidence, under their hash: a case without them is whole.
        """
        ...

    def original(self, sha256: str) -> bytes | None:
        """The bytes of that hash; None where they are not kept.  Raises LedgerError where other bytes are."""
        ...

    def has(self, document_id: str) -> bool: ...

    def has_reading(self, document_id: str, reader: str) -> bool: ...

    def documents(self, *, outlet: str | None = None, text: str | None = None) -> Iterator[Document]:
        """Documents in the order they were added; `text`: words that title or text hold."""
        ...

    def document(self, id_prefix: str) -> Document: ...

    def addresses(self) -> dict[str, str]:
        """Document id → URL, of all that have one."""
        ...

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
        """The statements of each document's latest reading as people judged them, by document and place in it.

        One that was rejected is not among them, one that was corrected stands in place of what was read.  A judgement
        holds for the same words (source, cue and content) in later readings as well; the last one counts.

        `source`: consecutive words of the source's name or of the document's words for it.  `text`: words of the
        content, in any order; "several words" in quotation marks stand together, word* goes by its beginning.
        Neither minds case or accents.  `outlet`: part of the outlet's name.  `since` and `until` bound the day of
        saying, both days included: an interval counts when part of it lies within, an unknown day does not.
        """
        ...

    def search(self, *, source: str | None = None, text: str | None = None) -> frozenset[str]:
        """The ids of the statements of any reading, the latest or not, that hold these words, as in `statements`.

        Nothing is checked.  Raises BadSearch where there is nothing to search for.
        """
        ...

    def statement(self, id_prefix: str) -> Statement:
        """A statement of any reading, the latest or not."""
        ...

    def readings(self, *, document: str | None = None) -> Iterator[ReadingRecord]:
        """All readings, or a document's, in the order they were recorded."""
        ...

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
        """Write down what a person judged; fields as in `JudgementRecord`, statements and judgements by any unique
        beginning of their ids.  `correction`: the statement as it should read, of the same words, for CORRECT.

        Raises NotFound, and BadEvidence when the fields do not make a judgement: no name, nobody who judges, a
        correction that changes nothing or is of other words, a withdrawal of what does not stand.
        """
        ...

    def judge_question(
        self,
        kind: JudgementKind,
        *questions: JudgedQuestion,
        by: str,
        note: str | None = None,
        words: str | None = None,
        parted: Sequence[str] = (),
    ) -> JudgementRecord:
        """Write down that two questions are one (MERGE), that the answers of the statements `parted` are a question of
        their own (SPLIT), or what a question is called (NAME, `words`).  WITHDRAW such a judgement by `judge`.

        Raises NotFound on a statement that is not there, by its whole id, and BadEvidence when the fields do not make
        such a judgement.
        """
        ...

    def judgements(self) -> Iterator[JudgementRecord]:
        """All of them, in the order they were recorded."""
        ...

    def rate(
        self, name: str, grade: Reliability | None, *, topic: str | None = None, by: str, note: str | None = None
    ) -> Rating:
        """Write down how reliable somebody holds an outlet or agent; fields as in `quoth.model.Rating`.

        Raises BadEvidence when there is no name, nobody who rates, or a topic without words.
        """
        ...

    def ratings(self) -> Iterator[Rating]:
        """All of them, in the order they were recorded."""
        ...

    def record_failure(self, where: str, code: str, message: str) -> bool:
        """Note what could not be acquired or read; False when just that is on record."""
        ...

    def failures(self) -> Iterator[FailureRecord]: ...

    def record_fetch(self, fetch: Fetch) -> bool:
        """Note that an address of the web was asked, and what came; after the documents that were made of it.  False
        when just that, of the same moment and with the same bytes, is on record."""
        ...

    def fetches(self) -> Iterator[Fetch]:
        """All of them, in the order they were recorded."""
        ...

    def latest_fetch(self, url: str) -> Fetch | None:
        """The last one of this address, as it was asked for, that gave bytes; None where there is none."""
        ...

    def counts(self) -> Counts: ...

    def revision(self) -> str:
        """Equal as long as no document, no reading and no judgement was added, by anybody."""
        ...

    def fingerprint(self) -> str:
        """A hash of all that stands: of every document, its latest reading and all judgements, by their own hashes."""
        ...

    def current(self) -> dict[str, tuple[str, ...]]:
        """Document id → the ids of its statements as `statements()` gives them, for all documents in the order in which
        they were added; nothing is checked."""
        ...

    def verify(self, *, head: Head | None = None, trusted: bytes | None = None) -> Iterator[Problem]:
        """Walk everything and name what is wrong, also with originals that are there; one that is not is no problem.
        With a `head`, also what was changed since the case had it.

        `trusted`: certificates (PEM) under one of which each time stamp has to be signed.
        """
        ...

    def head(self) -> Head:
        """What the case holds now, in one hash."""
        ...

    def head_of(self, message_sha256: str) -> Head | None:
        """The head, of today or earlier, whose `line` has this SHA-256 (hex)."""
        ...

    def inclusion(self, table: str, id: str, head: Head) -> Inclusion:
        """What proves that a row of "documents" or "statements" is one that a head covers.  Raises NotFound where it is
        not."""
        ...

    def copy_to(self, path: Path) -> None:
        """Make a case file of the same rows, as of one moment, whoever is writing.  Raises LedgerError where there is a
        file already, and for a case on a server."""
        ...

    def anchor(self, head: Head, response: bytes, *, url: str | None = None) -> AnchorRecord:
        """Write down an authority's answer over a head of this case.  Raises BadStamp on one that is over something
        else, or that was written down before."""
        ...

    def anchors(self) -> Iterator[AnchorRecord]:
        """All time stamps, in the order they were recorded."""
        ...

    def copy_into(self, path: str | Path) -> None:
        """Make a new case of all rows and originals of this one, in a file or on a server: same ids and moments.

        All rows or none: what a copy that was broken off has left is gone on with.  The copy has a log of its own.
        Raises LedgerError where rows are there already, where something is wrong with this one (`verify`), and where it
        has time stamps, which are of heads that the copy does not have.
        """
        ...

    def close(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *exception: object) -> None: ...
