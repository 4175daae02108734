"""Readings that are kept: the same as those of the reader, of nothing but the same document and reader."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from articles import article

from quoth.errors import QuothError
from quoth.model import Document, Reading, Relay, to_dict
from quoth.read import reader_for
from quoth.read.frugal import frugal_reader_for
from quoth.read.kept import KeptReader, store_of_user
from quoth.read.store import Store

TEXTS = (
    "Mayor Tomas Arden said on Monday that 120 people had left Dravik.\n\n“We will wait,” he added.",
    "The ministry denied that the bridge was closed. According to the Courier, it reopens in May.",
    "Nothing happened.",
)


class Counting:
    """Reads as English is read, and counts what it was asked to read; refuses what says "refuse"."""

    name = reader_for("en").name

    def __init__(self) -> None:
        self.asked: list[str] = []

    def read(self, document: Document) -> Reading:
        return reader_for("en").read(document)

    def read_all(self, documents: Iterable[Document]) -> Iterator[tuple[Document, Reading | QuothError]]:
        for document in documents:
            self.asked.append(document.id)
            refused = "refuse" in document.text
            yield document, QuothError("refused") if refused else self.read(document)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "kept.sqlite")


def documents() -> list[Document]:
    return [dataclasses.replace(article(text), id=str(number)) for number, text in enumerate(TEXTS)]


def test_kept_readings_are_those_of_the_reader(store: Store) -> None:
    inner = Counting()
    expected = [(d, reader_for("en").read(d)) for d in documents()]
    assert sum(len(reading.statements) for _, reading in expected) > 3
    for _ in range(2):
        found = list(KeptReader(inner.name, lambda: inner, "1", store).read_all(documents()))
        assert found == expected
        assert [to_dict(reading) for _, reading in found] == [to_dict(reading) for _, reading in expected]
    assert inner.asked == ["0", "1", "2"]


def test_some_kept_and_some_new_come_in_order(store: Store) -> None:
    inner = Counting()
    reader = KeptReader(inner.name, lambda: inner, "1", store)
    reader.read(documents()[1])
    assert [d.id for d, _ in reader.read_all(documents())] == ["0", "1", "2"]
    assert inner.asked == ["1", "0", "2"]


def test_the_reader_is_not_loaded_where_nothing_is_to_be_read(store: Store) -> None:
    inner = Counting()
    [(_, expected)] = KeptReader(inner.name, lambda: inner, "1", store).read_all(documents()[:1])

    def never() -> Counting:
        raise AssertionError("loaded")

    assert KeptReader(inner.name, never, "1", store).read(documents()[0]) == expected


@pytest.mark.parametrize(
    "change",
    [
        {"text": TEXTS[0].replace("120", "130")},
        {"id": "another"},
        {"outlet": "The Courier"},
        {"url": "https://courier.example/1"},
        {"published": datetime.date(2021, 3, 2)},
        {"relays": (Relay(name="Reuters"),)},
    ],
)
def test_another_document_is_read(store: Store, change: dict[str, object]) -> None:
    inner = Counting()
    reader = KeptReader(inner.name, lambda: inner, "1", store)
    before = documents()[0]
    after = dataclasses.replace(before, **change)  # type: ignore[arg-type]
    reader.read(before)
    assert reader.read(after) == reader_for("en").read(after)
    assert inner.asked == [before.id, after.id]


@pytest.mark.parametrize(("name", "identity"), [(Counting.name, "2"), ("english-rules/9", "1")])
def test_another_reader_reads_anew(store: Store, name: str, identity: str) -> None:
    inner = Counting()
    KeptReader(inner.name, lambda: inner, "1", store).read(documents()[0])
    KeptReader(name, lambda: inner, identity, store).read(documents()[0])
    assert inner.asked == ["0", "0"]


def test_errors_are_not_kept(store: Store) -> None:
    inner = Counting()
    reader = KeptReader(inner.name, lambda: inner, "1", store)
    refused = dataclasses.replace(article("They refuse."), id="r")
    for _ in range(2):
        with pytest.raises(QuothError, match="refused"):
            reader.read(refused)
    assert inner.asked == ["r", "r"]


@pytest.mark.parametrize(
    "value", [b"", b"{}", b"[1]", b"\xff", b'{"document_id":"other","reader":"x","statements":[]}']
)
def test_what_is_no_reading_of_the_document_is_read_anew(store: Store, value: bytes) -> None:
    inner = Counting()
    reader = KeptReader(inner.name, lambda: inner, "1", store)
    expected = reader.read(documents()[0])
    store.put({reader._key(documents()[0]): value})
    assert reader.read(documents()[0]) == expected
    assert len(inner.asked) == 2
    assert reader.read(documents()[0]) == expected
    assert len(inner.asked) == 2


def test_where_readings_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTH_CACHE", str(tmp_path / "here"))
    [store, unwanted] = store_of_user(), store_of_user(wanted=False)
    assert store is not None
    assert store.path == tmp_path / "here" / "readings.sqlite"
    assert unwanted is None
    monkeypatch.setenv("QUOTH_CACHE", "off")
    assert store_of_user() is None
    monkeypatch.delenv("QUOTH_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    store = store_of_user()
    assert store is not None
    assert store.path == tmp_path / "quoth" / "readings.sqlite"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", "")
    assert store_of_user() is None


def test_the_reader_of_a_case_reads_as_the_reader_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTH_CACHE", str(tmp_path))
    expected = [(d, reader_for("en").read(d)) for d in documents()]
    for cache in (False, True, True):
        reader = frugal_reader_for("en", cache=cache)
        assert reader.name == reader_for("en").name
        assert list(reader.read_all(documents())) == expected
    assert (tmp_path / "readings.sqlite").exists()
