"""Reading in several processes, or with readings that are kept, writes exactly the ledger that one process writes."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import quoth
from quoth.acquire import Failure, Given
from quoth.acquire.contents import NOTHING_BESIDE, documents_in
from quoth.case import Case
from quoth.cli import cli
from quoth.errors import LedgerError, QuothError, UnreadableInput
from quoth.evidence import BadEvidence
from quoth.ledger import open_ledger
from quoth.model import Document, Reading
from quoth.read import one_by_one

PEOPLE = ("Tomas Arden", "Ilse Brandt", "Ruta Solberg")


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    path = tmp_path / "articles.jsonl"
    texts = [
        f"Mayor {PEOPLE[n % 3]} said on Monday that {n + 10} people had left Dravik.\n\n"
        f"“We will wait until the end of May,” she added. According to the Courier, {n} ferries are late."
        for n in range(12)
    ]
    lines = [{"text": text, "outlet": f"Outlet {n % 2}", "published": "2021-03-02"} for n, text in enumerate(texts)]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return path


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that was read, in the order it was written, without the moments."""
    wanted = {
        "documents": "id, text, payload",
        "statements": "id, document_id, payload",
        "readings": "document_id, reader, notes",
    }
    with sqlite3.connect(path) as connection:
        return {t: connection.execute(f"SELECT {c} FROM {t} ORDER BY number").fetchall() for t, c in wanted.items()}


def test_the_ledger_is_the_same_however_it_was_read(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUOTH_CACHE", str(tmp_path / "cache"))
    ways: dict[str, dict[str, bool | int]] = {
        "plain": {"cache": False},
        "jobs": {"cache": False, "jobs": 2},
        "first": {"jobs": 2},
        "second": {},
    }
    written, told = {}, {}
    for way, how in ways.items():
        with quoth.open(tmp_path / f"{way}.db") as case:
            added = case.add(articles, **how)  # type: ignore[arg-type]
            told[way] = [(item.where, item.outcome, item.document_id, item.statements) for item in added.items]
            assert (added.new, added.failed) == (12, ())
        written[way] = rows(tmp_path / f"{way}.db")
    assert len(written["plain"]["statements"]) > 24
    for way in ways:
        assert told[way] == told["plain"]
        assert written[way] == written["plain"]


def test_the_second_reading_needs_no_reader(articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTH_CACHE", str(tmp_path / "cache"))
    with quoth.open(tmp_path / "first.db") as case:
        first = case.add(articles)

    def loaded(*_: object, **__: object) -> None:
        raise AssertionError("loaded")

    monkeypatch.setattr("quoth.read.frugal.reader_for", loaded)
    with quoth.open(tmp_path / "second.db") as case:
        assert case.add(articles).statements == first.statements
        assert list(case.verify()) == []


def test_the_program_takes_jobs_and_does_without_what_was_kept(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUOTH_CACHE", str(tmp_path / "cache"))
    runner = CliRunner(env={"COLUMNS": "200"})
    case = str(tmp_path / "case.db")
    done = runner.invoke(cli, ["--case", case, "add", str(articles), "--jobs", "2", "--no-cache"])
    assert done.exit_code == 0
    assert "12 documents added" in done.stderr
    assert not (tmp_path / "cache").exists()


# ---------------------------------------------------------------- acquired while others read


class Slow:
    """Reads that nobody says anything, and takes its time."""

    name = "slow/1"

    def read(self, document: Document) -> Reading:
        time.sleep(0.05)
        if "lost" in document.text:
            raise BadEvidence("this cannot be read")
        return Reading(document_id=document.id, reader=self.name, statements=())

    def read_all(self, documents: Iterable[Document]) -> Iterator[tuple[Document, Reading | QuothError]]:
        return one_by_one(self.read, documents)


def slow_reader(language: str) -> Slow:
    return Slow()


def many(number: int) -> Iterator[Document | Failure]:
    """Documents, every seventh that is not acquired, every fifth that is not read."""
    for n in range(number):
        if n % 7 == 3:
            yield Failure(f"{n}.txt", UnreadableInput(f"number {n}"))
            continue
        lost = " and lost" if n % 5 == 2 else ""
        yield from (
            d
            for d in documents_in(
                f"It is number {n}{lost}.".encode(),
                ".txt",
                f"{n}.txt",
                f"{n}.txt",
                Given(language="en"),
                NOTHING_BESIDE,
            )
            if isinstance(d, Document)
        )


def test_what_is_acquired_while_others_read_is_written_in_the_same_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Row for row, failures too, with what one process writes that takes as many together."""
    written: dict[int, list[object]] = {}
    ahead: dict[int, int] = {}
    for jobs in (1, 2):
        monkeypatch.setattr("quoth.adding.TOGETHER", 8 // jobs)
        pulled = [0]
        most = [0]

        def acquire(source: object, pulled: list[int] = pulled, **_: object) -> Iterator[Document | Failure]:
            for found in many(60):
                pulled[0] += 1
                yield found

        path = tmp_path / f"{jobs}.db"
        with Case(open_ledger(path), acquire=acquire, reader_for=slow_reader) as case:
            told = 0

            def tell(_: object, pulled: list[int] = pulled, most: list[int] = most) -> None:
                nonlocal told
                told += 1
                most[0] = max(most[0], pulled[0] - told)

            added = case.add("articles", jobs=jobs, progress=tell)
            assert list(case.verify()) == []
            ahead[jobs] = most[0]
            items = [(item.where, item.outcome, item.document_id, str(item.error)) for item in added.items]
            failures = [(failure.where, failure.code, failure.message) for failure in case.ledger.failures()]
        written[jobs] = [items, failures, rows(path)]
    assert written[1] == written[2]
    assert ahead[1] <= 8 < ahead[2] <= 16, "one process acquires when all is written; two go on, but not without end"


def test_an_error_while_others_read_costs_nothing_that_came_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quoth.adding.TOGETHER", 4)

    def acquire(source: object, **_: object) -> Iterator[Document | Failure]:
        yield from many(12)
        raise LedgerError("the disk is full")

    with Case(open_ledger(tmp_path / "case.db"), acquire=acquire, reader_for=slow_reader) as case:
        with pytest.raises(LedgerError, match="the disk is full"):
            case.add("articles", jobs=2)
        assert len(list(case.documents())) == 7, "the first eight found, but for one that is none"
