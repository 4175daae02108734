"""Several processes read what one reads, in the order it came; one that dies costs at most its document."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from quoth.errors import NoReader, QuothError
from quoth.model import Block, BlockKind, Document, Note, Reading, Span
from quoth.read.workers import NoWorkers, PooledReader, ReaderFailed, WorkerDied, pooled

HERE = Path(__file__)


class Scripted:
    """Does what a document says, and gives its words back in a note."""

    name = "scripted/1"

    def read(self, document: Document) -> Reading:
        verb, _, rest = document.text.partition(" ")
        if verb == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if verb == "once" and not (marker := Path(rest)).exists():
            marker.touch()
            os._exit(7)
        if verb == "refuse":
            raise NoReader("refused", where=document.id, remedy="none")
        if verb == "fail":
            raise ValueError("not as it should")
        if verb == "wait":
            time.sleep(float(rest))
        notes = (Note(code=str(os.getpid()), message=document.text),)
        return Reading(document_id=document.id, reader=self.name, statements=(), notes=notes)


def scripted(language: str) -> Scripted:
    if language != "en":
        raise NoReader("no such language")
    return Scripted()


class EndsWhenLoaded:
    """Takes the process with it that loads it."""

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (3,)


def document(number: int, text: str) -> Document:
    blocks = (Block(Span(0, len(text)), BlockKind.PARAGRAPH),)
    return Document(id=f"{number:03}", sha256="", text=text, blocks=blocks)


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[PooledReader]:
    monkeypatch.syspath_prepend(HERE.parent)  # another process imports this module by its name
    from test_workers import scripted as by_name

    made = pooled(by_name, 2, "en")  # type: ignore[arg-type]
    yield made
    made.close()


def read(reader: PooledReader, *texts: str) -> list[Reading | QuothError]:
    given = [document(number, text) for number, text in enumerate(texts)]
    found = list(reader.read_all(given))
    assert [d for d, _ in found] == given
    return [result for _, result in found]


def words(result: Reading | QuothError) -> str:
    assert isinstance(result, Reading)
    return result.notes[0].message


def test_readings_come_in_order_from_several_processes(reader: PooledReader) -> None:
    texts = ["wait 0.5", *(f"say {n}" for n in range(60))]
    found = read(reader, *texts)
    assert [words(result) for result in found] == texts
    assert len({result.notes[0].code for result in found if isinstance(result, Reading)}) == 2
    assert reader.name == "scripted/1"


def test_processes_go_on_reading_what_comes_later(reader: PooledReader) -> None:
    first = read(reader, "say a", "wait 0.3", "say b")
    second = read(reader, "say c", "wait 0.3", "say d")
    codes = {result.notes[0].code for result in (*first, *second) if isinstance(result, Reading)}
    assert len(codes) == 2


def test_errors_come_back_whole(reader: PooledReader) -> None:
    before, refused, failed, after = read(reader, "say a", "refuse", "fail", "say b")
    assert isinstance(refused, NoReader)
    assert (refused.what, refused.where, refused.remedy) == ("refused", "001", "none")
    assert isinstance(failed, ReaderFailed)
    assert failed.what == "the reader failed: ValueError: not as it should"
    assert [words(before), words(after)] == ["say a", "say b"]
    with pytest.raises(NoReader, match="refused"):
        reader.read(document(1, "refuse"))


def test_a_document_that_takes_its_process_with_it_is_told_and_the_others_are_read(reader: PooledReader) -> None:
    texts = ["say a", "die", *(f"say {n}" for n in range(8))]
    found = read(reader, *texts)
    died = found.pop(1)
    assert isinstance(died, WorkerDied)
    assert "signal 9" in died.what
    assert [words(result) for result in found] == [text for text in texts if text != "die"]


def test_a_document_whose_process_died_is_read_by_another(reader: PooledReader, tmp_path: Path) -> None:
    texts = ["say a", f"once {tmp_path / 'marker'}", "say b"]
    assert [words(result) for result in read(reader, *texts)] == texts


def test_a_process_that_is_killed_while_it_waits_is_replaced(reader: PooledReader) -> None:
    [first] = read(reader, "say a")
    assert isinstance(first, Reading)
    os.kill(int(first.notes[0].code), signal.SIGKILL)
    assert [words(result) for result in read(reader, "say b", "say c")] == ["say b", "say c"]


def test_what_is_left_unread_is_not_mixed_into_what_is_read_next(reader: PooledReader) -> None:
    broken_off = reader.read_all([document(n, f"wait 0.{n}") for n in range(1, 9)])
    next(broken_off)
    broken_off.close()
    assert [words(result) for result in read(reader, "say a", "say b")] == ["say a", "say b"]


def test_no_process_is_left_behind(reader: PooledReader) -> None:
    read(reader, "say a", "wait 0.2")
    processes = [worker.process for worker in reader._workers]
    assert processes
    reader.close()
    assert not any(process.is_alive() for process in processes)
    assert [words(result) for result in read(reader, "say b")] == ["say b"]


def test_nothing_to_read_starts_nothing(reader: PooledReader) -> None:
    assert read(reader) == []
    assert reader._workers == []


def test_a_reader_that_another_process_cannot_make_is_refused() -> None:
    with pytest.raises(NoWorkers, match="cannot be handed"):
        PooledReader("x", lambda _: Scripted(), "en", 2)  # type: ignore[arg-type, return-value]


def test_processes_that_end_at_once_are_told() -> None:
    pool = PooledReader("x", EndsWhenLoaded(), "en", 2)  # type: ignore[arg-type]
    with pytest.raises(NoWorkers, match="ended at once"):
        list(pool.read_all([document(0, "say a")]))
    assert pool._workers == []
