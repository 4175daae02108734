"""The one front door: a case opens a ledger and joins the rooms that acquire, read and compare.

The rooms are imported when they are first needed.
"""

from __future__ import annotations

import enum
import os.path
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Self, TypeVar

from quoth.errors import NotFound, QuothError, SpanMismatch
from quoth.evidence import BadEvidence, name_of
from quoth.model import DEFAULT_PROFILE, Comparison, Document, Origin, Profile, Question, Reading, Statement
from quoth.repeated import SameBytes, differences

if TYPE_CHECKING:
    from quoth.acquire import Failure, Given
    from quoth.ledger import Counts, FailureRecord, Ledger, Problem, ReadingRecord
    from quoth.read import Reader

    Acquire = Callable[..., Iterator[Document | Failure]]
    Compare = Callable[[Sequence[Statement], Sequence[Document]], Comparison]

T = TypeVar("T", Question, Origin)

TOGETHER = 32
"""Documents read together: a parser is faster on many, and a killed run has less than this to read again."""


class UnexpectedFault(QuothError):
    """A document on which Quoth itself failed; it is recorded, and the others go on."""

    code = "Q900"


class Outcome(enum.StrEnum):
    NEW = "new"
    READ = "read again"  # it was there, unread or read by another reader
    KNOWN = "already there"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What became of one document.  `error` only where it failed; `document_id` None where it never became one;
    `remarks` say what of it is already there, and in what that differs from what was given now."""

    where: str
    outcome: Outcome
    document_id: str | None = None
    statements: int = 0
    error: QuothError | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Added:
    """What became of all that was added, in the order it was done."""

    items: tuple[Item, ...]

    def of(self, outcome: Outcome) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.outcome is outcome)

    @property
    def new(self) -> int:
        return len(self.of(Outcome.NEW))

    @property
    def read_again(self) -> int:
        return len(self.of(Outcome.READ))

    @property
    def known(self) -> int:
        return len(self.of(Outcome.KNOWN))

    @property
    def failed(self) -> tuple[Item, ...]:
        return self.of(Outcome.FAILED)

    @property
    def statements(self) -> int:
        """Statements read in this run."""
        return sum(item.statements for item in self.items)


def open(path: str | Path = "case.db", *, read_only: bool = False, profile: Profile | str = DEFAULT_PROFILE) -> Case:
    """Open a case file, or make one; ":memory:" is a case that nobody keeps.  `profile`: how it reads what is added.

    A new file is made when it is first needed: to keep a document, or to be looked into.  Raises LedgerError on a
    file that is not a case, is damaged, or was written by a newer Quoth, NoReader on an unknown profile.
    """
    from quoth.ledger import open_ledger
    from quoth.read import profile_of

    chosen = profile_of(profile)
    new = Path(path)
    if read_only or not new.parent.is_dir() or os.path.lexists(new):
        return Case(open_ledger(path, read_only=read_only), profile=chosen)
    return Case(partial(open_ledger, path), path=str(path), profile=chosen)


class Case:
    """A story's documents, who said what in them, and how that compares.

    Every id may be given by any unique beginning; NotFound says when that names nothing or several things.
    `acquire`, `reader_for` and `compare` are Quoth's own rooms unless others are given.
    """

    def __init__(
        self,
        ledger: Ledger | Callable[[], Ledger],
        *,
        path: str | None = None,
        acquire: Acquire | None = None,
        reader_for: Callable[[str], Reader] | None = None,
        compare: Compare | None = None,
        profile: Profile = DEFAULT_PROFILE,
    ) -> None:
        self._ledger = None if callable(ledger) else ledger
        self._open = ledger if callable(ledger) else None
        self._path = path
        self._untold: list[tuple[str, QuothError]] = []
        self._acquire = acquire
        self._reader_for = reader_for
        self._profile = profile
        self._compare = compare
        self._readers: dict[str, Reader] = {}
        self._compared: tuple[str, Comparison] | None = None

    @property
    def ledger(self) -> Ledger:
        """The store, opened (and made, where it is new) when it is first asked for."""
        if self._ledger is None:
            assert self._open is not None
            self._ledger = self._open()
            for where, error in self._untold:
                self._ledger.record_failure(where, error.code, error.what)
        return self._ledger

    @property
    def path(self) -> str:
        """The case file, as it was given."""
        return self._path or self.ledger.where

    @property
    def is_made(self) -> bool:
        """False as long as a new case has nothing to keep, so that there is no file."""
        return self._ledger is not None

    # -------------------------------------------------------------- adding

    def add(
        self,
        *sources: str | Path,
        given: Given | None = None,
        stdin: BinaryIO | None = None,
        progress: Callable[[Item], None] | None = None,
    ) -> Added:
        """Acquire and read files, folders or "-" (`stdin`), and write each document down with its statements.

        A document that the ledger holds, read by today's reader, is not read again.  One that cannot be acquired
        or read is recorded as a failure and stops no other; if it could be acquired it is kept, unread, and tried
        again next time.  A new case that gets no document is not made, and keeps no failures.  What the ledger
        holds is not rewritten: an item's remarks say where what is given now differs from it.  `progress` is told
        of each document once it is written down.  Raises LedgerError when the ledger cannot be written to; what
        was told of until then stays.
        """
        items = []
        for item in self._adding(sources, given, stdin):
            items.append(item)
            if progress is not None:
                progress(item)
        return Added(tuple(items))

    def _adding(self, sources: Iterable[str | Path], given: Given | None, stdin: BinaryIO | None) -> Iterator[Item]:
        acquired = self._acquired(sources, given, stdin)
        same_bytes = SameBytes(lambda: self.ledger.documents())
        while some := list(islice(acquired, TOGETHER)):
            waiting: dict[str, Document] = {}
            remarks: dict[str, tuple[str, ...]] = {}
            for found in some:
                if isinstance(found, Item):
                    yield found
                elif found.id in waiting:
                    differs = differences(waiting[found.id], found, given)
                    yield Item(where=name_of(found), outcome=Outcome.KNOWN, document_id=found.id, remarks=differs)
                else:
                    known = self.ledger.has(found.id)
                    document = self.ledger.document(found.id) if known else found
                    remarks[found.id] = differences(document, found, given) if known else same_bytes.of(found)
                    item = self._without_reading(document)
                    if item is None:
                        waiting[document.id] = document
                    else:
                        yield replace(item, remarks=remarks[document.id])
            for document, result in self._read(list(waiting.values())):
                yield replace(self._written(document, result), remarks=remarks[document.id])

    def _acquired(
        self, sources: Iterable[str | Path], given: Given | None, stdin: BinaryIO | None
    ) -> Iterator[Document | Item]:
        """Documents, and items for what could not become one."""
        for source in sources:
            for found in self._guarded(source, given, stdin):
                if isinstance(found, Document):
                    yield found
                elif isinstance(found, QuothError):
                    yield self._failed(str(source), found)
                else:
                    yield self._failed(found.where, found.error)

    def _guarded(
        self, source: str | Path, given: Given | None, stdin: BinaryIO | None
    ) -> Iterator[Document | Failure | QuothError]:
        """What `acquire` makes of a source, and last the error if it broke off: one bad source stops no other."""
        acquire = self._acquire or _own_acquire()
        options: dict[str, Any] = {} if given is None else {"given": given}
        try:
            yield from acquire(source, stdin=stdin, **options)
        except Exception as error:
            yield _fault(error, "acquiring it")

    def _without_reading(self, document: Document) -> Item | None:
        """The item of a document that need not or cannot be read; None for one that is to be read."""
        try:
            reader = self._reader(document.language)
        except Exception as error:
            return self._unread(document, _fault(error, f"loading the reader of {document.language!r}"))
        if self.ledger.has_reading(document.id, reader.name):
            return Item(where=name_of(document), outcome=Outcome.KNOWN, document_id=document.id)
        return None

    def _read(self, documents: list[Document]) -> Iterator[tuple[Document, Reading | QuothError]]:
        """Every document with its reading or its error, those of one language together."""
        for language in dict.fromkeys(document.language for document in documents):
            reader = self._reader(language)
            waiting = {document.id: document for document in documents if document.language == language}
            try:
                for document, result in reader.read_all(list(waiting.values())):
                    del waiting[document.id]
                    yield document, result
            except Exception:  # the reader broke off: on which document shows below, where the rest go one by one
                pass
            for document in waiting.values():
                try:
                    yield document, reader.read(document)
                except Exception as error:
                    yield document, _fault(error, f"reading it ({reader.name})")

    def _written(self, document: Document, result: Reading | QuothError) -> Item:
        if isinstance(result, QuothError):
            return self._unread(document, result)
        known = self.ledger.has(document.id)
        try:
            self.ledger.add(document, result)
        except (BadEvidence, SpanMismatch) as error:
            return self._unread(document, error)
        return Item(
            where=name_of(document),
            outcome=Outcome.READ if known else Outcome.NEW,
            document_id=document.id,
            statements=len(result.statements),
        )

    def _unread(self, document: Document, error: QuothError) -> Item:
        """Keep the document, to be tried again, and record why it was not read."""
        try:
            self.ledger.add(document)
        except (BadEvidence, SpanMismatch) as worse:
            error = worse
        return self._failed(name_of(document), error, document.id)

    def _failed(self, where: str, error: QuothError, document_id: str | None = None) -> Item:
        if self._ledger is None:
            self._untold.append((where, error))
        else:
            self._ledger.record_failure(where, error.code, error.what)
        return Item(where=where, outcome=Outcome.FAILED, document_id=document_id, error=error)

    def _reader(self, language: str) -> Reader:
        if language not in self._readers:
            reader_for = self._reader_for or partial(_own_reader_for(), profile=self._profile)
            self._readers[language] = reader_for(language)
        return self._readers[language]

    # -------------------------------------------------------------- what is there

    def documents(self, **filters: Any) -> Iterator[Document]:
        """Documents in the order they were added; filters as in `quoth.ledger.Ledger.documents`."""
        return self.ledger.documents(**filters)

    def document(self, id_prefix: str) -> Document:
        return self.ledger.document(id_prefix)

    def statements(self, **filters: Any) -> Iterator[Statement]:
        """Who said what; filters (source, text, act, since …) as in `quoth.ledger.Ledger.statements`."""
        return self.ledger.statements(**filters)

    def statement(self, id_prefix: str) -> Statement:
        return self.ledger.statement(id_prefix)

    def readings(self, *, document: str | None = None) -> Iterator[ReadingRecord]:
        return self.ledger.readings(document=document)

    def failures(self) -> Iterator[FailureRecord]:
        """All that could not be acquired or read, ever; some of it may have been read since."""
        return self.ledger.failures()

    def counts(self) -> Counts:
        return self.ledger.counts()

    # -------------------------------------------------------------- side by side

    def comparison(self) -> Comparison:
        """All statements side by side; worked out once for each state of the ledger."""
        revision = self.ledger.revision()
        if self._compared is None or self._compared[0] != revision:
            compare = self._compare or _own_compare()
            compared = compare(list(self.ledger.statements()), list(self.ledger.documents()))
            self._compared = (revision, compared)
        return self._compared[1]

    def questions(self) -> tuple[Question, ...]:
        return self.comparison().questions

    def question(self, id_prefix: str) -> Question:
        found = _beginning(self.questions(), id_prefix, "question")
        if found is None:
            raise NotFound(f"no question has an id that begins with {id_prefix!r}")
        return found

    def origins(self) -> tuple[Origin, ...]:
        """Utterances of known lineage; a statement of unknown lineage is in none of them."""
        return self.comparison().origins

    def origin(self, id_prefix: str) -> Origin:
        """The utterance of this id, or the one that the statement of this id reports.

        Raises NotFound when there is none, also for a statement whose lineage is unknown.
        """
        comparison = self.comparison()
        found = _beginning(comparison.origins, id_prefix, "origin")
        if found is not None:
            return found
        try:
            statement = self.ledger.statement(id_prefix)
        except NotFound as error:
            raise NotFound(f"no origin or statement has an id that begins with {id_prefix!r}") from error
        by_id = {origin.id: origin for origin in comparison.origins}
        origin_id = comparison.origin_of.get(statement.id)
        if origin_id is None:
            raise NotFound(
                f"where statement {statement.id} comes from is unknown, so that it counts as no origin",
                remedy="show it to see its words",
            )
        return by_id[origin_id]

    # -------------------------------------------------------------- care

    def verify(self) -> Iterator[Problem]:
        """Walk the whole ledger and name what is wrong."""
        return self.ledger.verify()

    def close(self) -> None:
        if self._ledger is not None:
            self._ledger.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


def _own_acquire() -> Acquire:
    from quoth.acquire import acquire

    return acquire


def _own_reader_for() -> Callable[..., Reader]:
    from quoth.read import reader_for

    return reader_for


def _own_compare() -> Compare:
    from quoth.compare import compare

    return compare


def _beginning(things: Iterable[T], id_prefix: str, what: str) -> T | None:
    """The thing whose id begins so, None if there is none.  Raises NotFound when there are several."""
    wanted = id_prefix.strip().lower()
    found = [thing for thing in things if wanted and thing.id.startswith(wanted)]
    for thing in found:
        if thing.id == wanted:
            return thing
    if len(found) > 1:
        ids = ", ".join(thing.id for thing in found[:2])
        raise NotFound(f"several {what}s have ids that begin with {id_prefix!r}: {ids} …", remedy="give more of the id")
    return found[0] if found else None


def _fault(error: Exception, doing: str) -> QuothError:
    """The error as one that people meet: Quoth's own as it is, any other as Quoth's fault."""
    if isinstance(error, QuothError):
        return error
    return UnexpectedFault(
        f"Quoth failed while {doing}: {type(error).__name__}: {error}",
        remedy="report this with the document; the other documents are not affected",
    )
