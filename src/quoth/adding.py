"""How documents come into a case: acquired, read and written down, so that one that fails stops no other."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from quoth.errors import LedgerError, QuothError, SpanMismatch
from quoth.evidence import BadEvidence, name_of
from quoth.lookalikes import Lookalikes
from quoth.model import Document, Fetch, Note, Reading, Remark
from quoth.outcomes import Item, Outcome, fault
from quoth.repeated import Held, differences

if TYPE_CHECKING:
    from quoth.acquire import Failure, Given
    from quoth.acquire.shelf import Shelf
    from quoth.acquire.web import Found, Web
    from quoth.ledger import Ledger
    from quoth.read import Reader
    from quoth.topics import Topics

    Acquire = Callable[..., Iterator[Found]]
    Acquired = Document | Fetch | Failure | Item

TOGETHER = 32
"""Documents that one process reads together: a parser is faster on many, and a killed run has no more to read again."""

LONGEST_WAIT = 5.0
"""Seconds after which those that are there are read, where more come slowly, as from the network."""


class Adding:
    """`ledger` opens the store when it is first needed; `tell` records what could not be acquired or read, `record`
    that an address was asked; `reader_for` finds the reader of a language, which is loaded once, and reads in `jobs`
    processes."""

    def __init__(
        self,
        ledger: Callable[[], Ledger],
        tell: Callable[[str, QuothError], None],
        record: Callable[[Fetch], None],
        acquire: Acquire,
        reader_for: Callable[[str], Reader],
        jobs: int = 1,
    ) -> None:
        self._ledger = ledger
        self._tell = tell
        self._record = record
        self._acquire = acquire
        self._reader_for = reader_for
        self._readers: dict[str, Reader] = {}
        self._names = Lookalikes()
        self._together = TOGETHER * jobs

    def close(self) -> None:
        """End what readers hold: processes, files.  They start again when there is something to read."""
        for reader in self._readers.values():
            if (close := getattr(reader, "close", None)) is not None:
                close()

    def items(
        self,
        sources: Iterable[str | Path],
        given: Given | None,
        stdin: BinaryIO | None,
        shelf: Shelf | None,
        web: Web | None,
        topics: Topics | None = None,
    ) -> Iterator[Item]:
        """What became of each document, once it is written down; `shelf` takes the bytes that they are made of.  With
        `topics`, one that names none of them is kept unread.

        That an address was asked is recorded after what it brought: a run that is killed between asks it again.
        Raises LedgerError when it cannot be written.
        """
        from quoth.acquire import Failure

        options = {"given": given, "shelf": shelf, "web": web}
        given_on = {"stdin": stdin, **{k: v for k, v in options.items() if v is not None}}
        acquired = _Ahead(self._acquired(sources, given_on), self._together)
        waiting: dict[str, Document] = {}
        held = Held(self._documents, lambda id: waiting.get(id) or self._kept(id))
        while some := acquired.taken():
            waiting.clear()
            remarks: dict[str, tuple[str, ...]] = {}
            fetches: list[Fetch] = []
            for found in some:
                if isinstance(found, Failure):
                    yield self._failed(found.where, found.error)
                    continue
                if isinstance(found, Item):
                    yield found
                    continue
                if isinstance(found, Fetch):
                    fetches.append(found)
                    continue
                document = waiting.get(found.id) or self._kept(found.id) or held.unchanged(found) or found
                remark = held.remarks(found) if document is found else differences(document, found, given)
                item = self._known(document) if document.id in waiting else self._without_reading(document, topics)
                if item is None:
                    waiting[document.id], remarks[document.id] = document, remark
                else:
                    yield replace(item, remarks=(*remark, *item.remarks))
            for document, result in self._read(list(waiting.values()), acquired.one_more):
                yield replace(self._written(document, result), remarks=remarks[document.id])
            for fetch in fetches:
                self._record(fetch)

    def _documents(self) -> Iterator[Document]:
        """Those of the case, whose names are learned by the way."""
        for document in self._ledger().documents():
            self._names.learn(document)
            yield document

    def _acquired(self, sources: Iterable[str | Path], options: dict[str, Any]) -> Iterator[Acquired]:
        """Documents, that addresses were asked, and what could not or need not become a document."""
        from quoth.acquire import Failure, together

        for source in together(sources):
            for found in self._guarded(source, options):
                if isinstance(found, Document | Fetch | Failure):
                    yield found
                elif isinstance(found, Remark):
                    yield Item(where=found.where, outcome=Outcome.REMARK, remarks=(found.message,))
                elif isinstance(found, QuothError):
                    yield Failure(str(source), found)
                else:
                    yield Item(where=found.where, outcome=Outcome.KNOWN)

    def _guarded(self, source: str | Path | tuple[str, ...], options: dict[str, Any]) -> Iterator[Found | QuothError]:
        """What `acquire` makes of a source, and last the error if it broke off: one bad source stops no other.

        Raises LedgerError where the shelf cannot take the bytes.
        """
        try:
            yield from self._acquire(source, **options)
        except LedgerError:
            raise
        except Exception as error:
            yield fault(error, "acquiring it")

    def _without_reading(self, document: Document, topics: Topics | None) -> Item | None:
        """The item of a document that need not or cannot be read; None for one that is to be read."""
        try:
            reader = self._reader(document.language)
        except Exception as error:
            return self._unread(document, fault(error, f"loading the reader of {document.language!r}"))
        if self._ledger().has_reading(document.id, reader.name):
            return self._known(document)
        if topics is not None and topics.named_by(document) is None:
            return self._aside(document, topics.note())
        return None

    def _aside(self, document: Document, note: Note) -> Item:
        """Keep a document that names no topic, unread, with a note that says so."""
        if not self._ledger().has(document.id):
            try:
                self._ledger().add(self._names.noted(replace(document, notes=(*document.notes, note))))
            except (BadEvidence, SpanMismatch) as error:
                return self._failed(name_of(document), error, document.id)
        return Item(where=name_of(document), outcome=Outcome.OFF_TOPIC, document_id=document.id)

    def _kept(self, document_id: str) -> Document | None:
        return self._ledger().document(document_id) if self._ledger().has(document_id) else None

    def _known(self, document: Document) -> Item:
        return Item(where=name_of(document), outcome=Outcome.KNOWN, document_id=document.id)

    def _read(
        self, documents: list[Document], meanwhile: Callable[[], bool]
    ) -> Iterator[tuple[Document, Reading | QuothError]]:
        """Every document with its reading or its error, those of one language together.  Where other processes read,
        this one goes on with what can be done `meanwhile`."""
        from quoth.read.workers import read_meanwhile

        for language in dict.fromkeys(document.language for document in documents):
            reader = self._reader(language)
            waiting = {document.id: document for document in documents if document.language == language}
            try:
                for document, result in read_meanwhile(reader, list(waiting.values()), meanwhile):
                    del waiting[document.id]
                    yield document, result
            except Exception:  # the reader broke off: on which document shows below, where the rest go one by one
                pass
            for document in waiting.values():
                try:
                    yield document, reader.read(document)
                except Exception as error:
                    yield document, fault(error, f"reading it ({reader.name})")

    def _written(self, document: Document, result: Reading | QuothError) -> Item:
        if isinstance(result, QuothError):
            return self._unread(document, result)
        known = self._ledger().has(document.id)
        sources = (statement.source.name for statement in result.statements)
        try:
            added = self._ledger().add(self._names.noted(document, sources), result)
        except (BadEvidence, SpanMismatch) as error:
            return self._unread(document, error)
        if not added:  # another program did so while this one was reading
            return Item(where=name_of(document), outcome=Outcome.KNOWN, document_id=document.id)
        return Item(
            where=name_of(document),
            outcome=Outcome.READ if known else Outcome.NEW,
            document_id=document.id,
            statements=len(result.statements),
        )

    def _unread(self, document: Document, error: QuothError) -> Item:
        """Keep the document, to be tried again, and record why it was not read."""
        try:
            self._ledger().add(self._names.noted(document))
        except (BadEvidence, SpanMismatch) as worse:
            error = worse
        return self._failed(name_of(document), error, document.id)

    def _failed(self, where: str, error: QuothError, document_id: str | None = None) -> Item:
        self._tell(where, error)
        return Item(where=where, outcome=Outcome.FAILED, document_id=document_id, error=error)

    def _reader(self, language: str) -> Reader:
        if language not in self._readers:
            self._readers[language] = self._reader_for(language)
        return self._readers[language]


class _Ahead:
    """What is acquired, so many at a time, or as many as come in LONGEST_WAIT seconds; a part of them beforehand."""

    def __init__(self, acquired: Iterator[Acquired], together: int) -> None:
        self._acquired = acquired
        self._together = together
        self._some: list[Acquired] = []
        self._waited = 0.0
        self._error: Exception | None = None
        self._ended = False

    def one_more(self) -> bool:
        """Acquire one; False where that is enough for now.  An error is kept until these are taken."""
        late = bool(self._some) and self._waited > LONGEST_WAIT
        if self._ended or len(self._some) >= self._together or late:
            return False
        begun = time.monotonic()
        try:
            self._some.append(next(self._acquired))
        except StopIteration:
            self._ended = True
        except Exception as error:
            self._error, self._ended = error, True
        self._waited += time.monotonic() - begun
        return not self._ended

    def taken(self) -> list[Acquired]:
        """The next; none at the end.  Raises what acquiring raised."""
        while self.one_more():
            pass
        if self._error is not None:
            raise self._error
        some, self._some, self._waited = self._some, [], 0.0
        return some
