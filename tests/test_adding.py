"""How what is fetched comes into a case: known pages, pages that say the same, and what is recorded when."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from quoth import adding
from quoth.acquire import Failure
from quoth.acquire.web import Known
from quoth.case import Case
from quoth.errors import BadAnswer
from quoth.identity import content_id
from quoth.ledger import open_ledger
from quoth.model import Block, BlockKind, Document, Fetch, Reading, Span
from quoth.outcomes import Outcome

NOW = datetime.datetime(2021, 5, 6, 7, tzinfo=datetime.UTC)
A = "https://post.example/a"


class Silent:
    """Reads that nobody says anything; breaks off at the document that says "crash"."""

    name = "silent/1"

    def read(self, document: Document) -> Reading:
        if document.text == "crash":
            raise KeyboardInterrupt
        return Reading(document_id=document.id, reader=self.name, statements=())

    def read_all(self, documents: list[Document]) -> Iterator[tuple[Document, Reading]]:
        for document in documents:
            yield document, self.read(document)


def page(text: str, *, raw: str = "", url: str = A, **fields: Any) -> Document:
    """A page with that text; `raw` is what else its bytes hold."""
    sha256 = hashlib.sha256((text + raw).encode()).hexdigest()
    known = {"outlet": None, "retrieved": NOW, **fields}
    return Document(
        id=content_id("document", sha256, known["outlet"], url), sha256=sha256, text=text,
        blocks=(Block(Span(0, len(text)), BlockKind.PARAGRAPH),), file=url, url=url, **known,
    )  # fmt: skip


def fetch(url: str = A, status: int = 200, sha256: str | None = "ab" * 32) -> Fetch:
    return Fetch(url=url, answered=url, status=status, retrieved=NOW, sha256=sha256)


@dataclasses.dataclass
class House:
    path: Path
    found: list[object] = dataclasses.field(default_factory=list)
    asked: list[object] = dataclasses.field(default_factory=list)

    def acquire(self, source: object, **options: object) -> Iterator[Any]:
        self.asked.append(source)
        yield from self.found

    def case(self) -> Case:
        return Case(open_ledger(self.path), acquire=self.acquire, reader_for=lambda _: Silent())  # type: ignore[arg-type]

    def add(self, *found: object, case: Case | None = None) -> list[tuple[Outcome, str | None]]:
        self.found = list(found)
        if case is not None:
            return [(item.outcome, item.document_id) for item in case.add(A).items]
        with self.case() as opened:
            return [(item.outcome, item.document_id) for item in opened.add(A).items]


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path / "case.db")


def test_a_page_is_written_down_and_then_that_it_was_fetched(house: House) -> None:
    document = page("The quay closes.")
    assert house.add(document, fetch()) == [(Outcome.NEW, document.id)]
    with house.case() as case:
        assert next(case.documents()).retrieved == NOW
        assert list(case.ledger.fetches()) == [fetch()]
        assert case.ledger.latest_fetch(A) == fetch()
        assert list(case.verify()) == []


def test_a_run_that_breaks_off_in_reading_has_not_fetched_the_page(house: House) -> None:
    with house.case() as case, pytest.raises(KeyboardInterrupt):
        house.add(page("crash"), fetch(), case=case)
    with house.case() as case:
        assert list(case.ledger.fetches()) == []


def test_a_page_that_says_the_same_in_other_bytes_is_known(house: House) -> None:
    first = page("The quay closes.", published=datetime.date(2021, 5, 6), outlet="Marvik Post", title="Quay")
    house.add(first, fetch())
    for hour, again in (
        (8, dataclasses.replace(page("The quay closes.", raw="<!-- 2 -->"), published=first.published)),
        (9, page("The quay closes.", raw="<!-- 3 -->", outlet="Marvik Post", title="Quay")),
    ):
        assert again.id != first.id
        later = dataclasses.replace(fetch(), retrieved=datetime.datetime(2021, 5, 7, hour, tzinfo=datetime.UTC))
        assert house.add(again, later) == [(Outcome.KNOWN, first.id)]
    with house.case() as case:
        assert [document.id for document in case.documents()] == [first.id]
        assert len(list(case.ledger.fetches())) == 3


@pytest.mark.parametrize(
    "changed",
    [
        page("The quay stays open."),
        page("The quay closes.", raw="2", outlet="Another"),
        page("The quay closes.", raw="2", updated=datetime.date(2021, 5, 9)),
        page("The quay closes.", raw="2", url="https://post.example/b"),
    ],
)
def test_a_page_that_says_something_else_is_another_document(house: House, changed: Document) -> None:
    house.add(page("The quay closes.", title="Quay"), fetch())
    assert house.add(changed, fetch()) == [(Outcome.NEW, changed.id)]


def test_one_page_met_twice_in_a_run_is_one_document(house: House) -> None:
    first, second = page("The quay closes."), page("The quay closes.", raw="2")
    assert house.add(first, fetch(), second, fetch()) == [(Outcome.KNOWN, first.id), (Outcome.NEW, first.id)]


def test_what_is_known_and_what_failed_is_told(house: House) -> None:
    gone = BadAnswer("there is no such page (status 404)", where=A)
    assert house.add(Known(A), Failure(A, gone), fetch(status=404, sha256=None)) == [
        (Outcome.KNOWN, None), (Outcome.FAILED, None)
    ]  # fmt: skip
    with house.case() as case:
        assert [(f.where, f.code) for f in case.failures()] == [(A, "Q114")]
        assert case.ledger.latest_fetch(A) is None


def test_a_new_case_without_a_document_is_not_made_for_a_fetch_and_records_it_once_it_is(tmp_path: Path) -> None:
    house = House(tmp_path / "new.db")
    with Case(lambda: open_ledger(house.path), acquire=house.acquire, reader_for=lambda _: Silent()) as case:  # type: ignore[arg-type]
        house.add(fetch(status=404, sha256=None), case=case)
        assert not house.path.exists()
        house.add(page("The quay closes."), fetch(), case=case)
        assert [f.status for f in case.ledger.fetches()] == [404, 200]


def test_addresses_that_follow_each_other_are_asked_together(house: House) -> None:
    with house.case() as case:
        case.add("a.txt", A, "https://wire.example/b", "b.txt")
    assert house.asked == ["a.txt", (A, "https://wire.example/b"), "b.txt"]


def test_what_comes_slowly_is_read_as_it_comes(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adding, "LONGEST_WAIT", -1.0)
    there: list[int] = []

    def slow(source: object, **options: object) -> Iterator[Any]:
        for number in range(3):
            there.append(len(list(case.documents())))
            yield page(f"Page {number}.", url=f"{A}{number}")

    with Case(open_ledger(house.path), acquire=slow, reader_for=lambda _: Silent()) as case:  # type: ignore[arg-type]
        case.add(A)
    assert there == [0, 1, 2]
