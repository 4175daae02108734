"""Reading in several processes: one document at a time to each, given back in the order they came.

A process that dies is replaced.  Its document is given to another; one on which a second process dies comes with an
error.  Processes are started when there is something to read, and end with `close` or with the program.
"""

from __future__ import annotations

import contextlib
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from multiprocessing.reduction import ForkingPickler
from typing import Protocol, runtime_checkable

from quoth.errors import QuothError
from quoth.evidence import name_of
from quoth.model import Document, Reading
from quoth.read import Reader

ReaderFor = Callable[[str], Reader]
Result = Reading | QuothError
Meanwhile = Callable[[], bool]
"""Does a little of something else; whether there is more of it to do for now."""

AHEAD = 8
"""Documents a process that may be waiting for one before them, whose reading takes longer."""

TRIES = 2
"""Processes that may die on a document."""

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
READY = b"ready"


class WorkerDied(QuothError):
    """A document on which the processes that read it ended without an answer: out of memory, or killed."""

    code = "Q701"


class ReaderFailed(QuothError):
    """A document on which the reader of a process failed as it should not."""

    code = "Q703"


class NoWorkers(QuothError):
    """Processes that read cannot be started."""

    code = "Q702"


@runtime_checkable
class Waiting(Protocol):
    """A reader that waits for others, and can let its caller do something else in that time."""

    def read_meanwhile(
        self, documents: Iterable[Document], meanwhile: Meanwhile
    ) -> Iterator[tuple[Document, Result]]: ...


def read_meanwhile(
    reader: Reader, documents: Iterable[Document], meanwhile: Meanwhile
) -> Iterator[tuple[Document, Result]]:
    """As its `read_all`; in the time that it waits, the caller does something else.  One that reads here does not."""
    if isinstance(reader, Waiting):
        return reader.read_meanwhile(documents, meanwhile)
    return reader.read_all(documents)


def nothing() -> bool:
    """To be done meanwhile."""
    return False


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    connection: Connection
    number: int | None = None
    """Of the document that it reads."""
    ready: bool = False


@dataclass(slots=True)
class _Round:
    """What is still to read, under numbers in the order it came."""

    stream: Iterator[Document]
    again: deque[int] = field(default_factory=deque)
    documents: dict[int, Document] = field(default_factory=dict)
    results: dict[int, Result] = field(default_factory=dict)
    died: dict[int, int] = field(default_factory=dict)
    given: int = 0
    told: int = 0

    def next_number(self, ahead: int) -> int | None:
        """The document to read next; None where there is none for now."""
        if self.again:
            return self.again.popleft()
        if self.given - self.told >= ahead:
            return None
        document = next(self.stream, None)
        if document is None:
            return None
        self.documents[self.given] = document
        self.given += 1
        return self.given - 1

    def finished(self) -> Iterator[tuple[Document, Result]]:
        """Those that are next in order, as far as they are read."""
        while self.told in self.results:
            self.told += 1
            yield self.documents.pop(self.told - 1), self.results.pop(self.told - 1)

    def lost(self, number: int, code: int | None) -> None:
        """A process died on it."""
        self.died[number] = self.died.get(number, 0) + 1
        if self.died[number] < TRIES:
            self.again.append(number)
            return
        how = f"signal {-code}" if code is not None and code < 0 else f"exit status {code}"
        self.results[number] = WorkerDied(
            f"{TRIES} processes ended while they read it ({how})",
            where=name_of(self.documents[number]),
            remedy="the document is kept and will be tried again; is there enough memory?",
        )


class PooledReader:
    """`jobs` processes, each with the reader that `reader_for` gives for `language`; both must be known by name, so
    that another process can import them.  `name` is that reader's."""

    def __init__(self, name: str, reader_for: ReaderFor, language: str, jobs: int) -> None:
        self._name = name
        try:
            ForkingPickler.dumps((reader_for, language))
        except Exception as error:
            raise NoWorkers(
                f"this reader cannot be handed to other processes: {error}", remedy="read with one process: jobs=1"
            ) from error
        self._how = (reader_for, language)
        self._jobs = jobs
        self._workers: list[_Worker] = []

    @property
    def name(self) -> str:
        return self._name

    def read(self, document: Document) -> Reading:
        """All statements of a document.  Raises QuothError when it cannot be read."""
        [(_, reading)] = self.read_all([document])
        if isinstance(reading, QuothError):
            raise reading
        return reading

    def read_all(self, documents: Iterable[Document]) -> Iterator[tuple[Document, Result]]:
        """Each document with its reading, in order.  Raises NoWorkers where a process ends before it can read."""
        return self.read_meanwhile(documents, nothing)

    def read_meanwhile(self, documents: Iterable[Document], meanwhile: Meanwhile) -> Iterator[tuple[Document, Result]]:
        """As `read_all`; `meanwhile` is called, here, as long as all processes are at work and none has an answer."""
        for worker in self._workers:
            if worker.number is not None:  # of a round that was broken off
                self._end(worker)
        self._workers = [worker for worker in self._workers if worker.number is None]
        work = _Round(iter(documents))
        while True:
            self._give_out(work)
            if finished := list(work.finished()):
                yield from finished
                continue
            if not any(worker.number is not None for worker in self._workers):
                return
            while not self._is_answered() and meanwhile():
                pass
            self._take_in(work)

    def _is_answered(self) -> bool:
        return bool(wait([worker.connection for worker in self._workers if worker.number is not None], timeout=0))

    def _give_out(self, work: _Round) -> None:
        for place in range(self._jobs):
            if place < len(self._workers) and self._workers[place].number is not None:
                continue
            number = work.next_number(self._jobs * AHEAD)
            if number is None:
                return
            if place == len(self._workers):
                self._workers.append(self._started())
            worker = self._workers[place]
            worker.number = number
            with contextlib.suppress(OSError):  # one that died is met when its answer is taken in
                worker.connection.send(work.documents[number])

    def _take_in(self, work: _Round) -> None:
        busy = {worker.connection: worker for worker in self._workers if worker.number is not None}
        for connection in wait(list(busy)):
            assert isinstance(connection, Connection)
            worker = busy[connection]
            assert worker.number is not None
            try:
                answer = connection.recv()
            except (EOFError, OSError):
                self._workers.remove(worker)
                self._end(worker)
                if not worker.ready:
                    self.close()
                    raise NoWorkers(
                        f"a process that should read ended at once (exit status {worker.process.exitcode})",
                        remedy="read with one process; a program of yours needs `if __name__ == '__main__':`",
                    ) from None
                work.lost(worker.number, worker.process.exitcode)
                continue
            if answer == READY:
                worker.ready = True
                continue
            work.results[worker.number] = answer
            worker.number = None

    def _started(self) -> _Worker:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs, *self._how), daemon=True, name="quoth reader")
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def _end(self, worker: _Worker) -> None:
        worker.connection.close()
        worker.process.terminate()
        worker.process.join()

    def close(self) -> None:
        """End the processes, whatever they do."""
        while self._workers:
            self._end(self._workers.pop())


def pooled(reader_for: ReaderFor, jobs: int, language: str) -> PooledReader:
    """The reader of a language in several processes, under the name that it has in this one."""
    return PooledReader(reader_for(language).name, reader_for, language, jobs)


def _work(connection: Connection, reader_for: ReaderFor, language: str) -> None:
    """What a process does: answers each document with its reading or its error, until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who interrupts the program ends this one too
    for name in THREADS:
        os.environ.setdefault(name, "1")  # the cores are taken by the other processes
    with contextlib.suppress(EOFError, OSError):
        connection.send(READY)
        while True:
            document = connection.recv()
            _answer(connection, _read(reader_for, language, document), document)


def _read(reader_for: ReaderFor, language: str, document: Document) -> Result:
    try:
        return reader_for(language).read(document)
    except QuothError as error:
        return error
    except Exception as error:
        return _fault(error, document)


def _answer(connection: Connection, result: Result, document: Document) -> None:
    try:
        data = ForkingPickler.dumps(result)
        ForkingPickler.loads(data)
    except Exception as error:  # an error that cannot travel
        data = ForkingPickler.dumps(_fault(result if isinstance(result, QuothError) else error, document))
    connection.send_bytes(data)


def _fault(error: Exception, document: Document) -> ReaderFailed:
    what = f"the reader failed: {type(error).__name__}: {error}"
    return ReaderFailed(what, where=name_of(document), remedy="report this with the document")
