from __future__ import annotations

import datetime
import hashlib
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from quoth.evidence import identified
from quoth.identity import content_id
from quoth.ledger import Ledger, open_ledger
from quoth.model import (
    Act,
    Agent,
    AgentKind,
    Block,
    BlockKind,
    Document,
    Event,
    Factuality,
    Mention,
    Quantity,
    Reading,
    Span,
    Statement,
    When,
)

STORES = ("postgres", "sqlite")
"""Every store that stands behind the Ledger contract."""


@pytest.fixture(params=STORES)
def open_store(request: pytest.FixtureRequest) -> Iterator[Callable[..., Ledger]]:
    """A function from a path to an open store: the file there, or a database on a server that stands for it."""
    if request.param == "sqlite":
        yield open_ledger
        return
    server = request.getfixturevalue("postgres")
    addresses: dict[Path, str] = {}

    def open_on_server(path: Path, **options: object) -> Ledger:
        if path not in addresses:
            addresses[path] = server.new_case()
        return open_ledger(addresses[path], **options)

    yield open_on_server
    for address in addresses.values():
        server.take_back(address)


@pytest.fixture
def store(open_store: Callable[..., Ledger], tmp_path: Path) -> Iterator[Ledger]:
    with open_store(tmp_path / "case.db") as ledger:
        yield ledger


@pytest.fixture
def made_at_once(harbour: tuple[Document, Reading]) -> Callable[[str | Path], None]:
    """Four threads make one case and add one document at once: it is there once, and nothing is wrong."""

    def make(case: str | Path) -> None:
        errors: list[BaseException] = []
        start = threading.Barrier(4)

        def add() -> None:
            try:
                start.wait()
                with open_ledger(case) as ledger:
                    ledger.add(*harbour)
            except BaseException as error:
                errors.append(error)

        threads = [threading.Thread(target=add) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert errors == []
        with open_ledger(case) as ledger:
            assert (ledger.counts().documents, ledger.counts().readings) == (1, 1)
            assert list(ledger.verify()) == []

    return make


def _article(text: str, **fields: object) -> Document:
    """A document of one paragraph."""
    sha256 = hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
    blocks = (Block(Span(0, len(text)), BlockKind.PARAGRAPH),)
    return Document(
        **{"id": content_id("document", sha256), "sha256": sha256, "text": text, "blocks": blocks, **fields}
    )


def _statement(document: Document, source: str, cue: str, content: str, **fields: object) -> Statement:
    """`source`, `cue` and `content` are words of the document; a number "12" in the content becomes a quantity."""

    def span(words: str) -> Span:
        start = document.text.index(words)
        return Span(start, start + len(words))

    name = str(fields.pop("name", source))
    quantity = Quantity.of(document.text, span("12"), min=12, max=12, unit="barges") if "12" in content else None
    event = Event(
        predicate="send",
        trigger=Mention.of(document.text, span("send")),
        quantity=quantity,
        time=fields.pop("time", None),
    )
    return identified(
        Statement(
            id="",
            document_id=document.id,
            source=Agent.of(document.text, span(source), name=name, kind=AgentKind.PERSON),
            cue=Mention.of(document.text, span(cue)),
            content=Mention.of(document.text, span(content)),
            context=Span(0, len(document.text)),
            events=(event,),
            pattern="by hand",
            **fields,
        )
    )


@pytest.fixture
def article() -> Callable[..., Document]:
    return _article


@pytest.fixture
def statement() -> Callable[..., Statement]:
    return _statement


@pytest.fixture
def harbour() -> tuple[Document, Reading]:
    """Two statements: the minister's, of 3 March 2031, and the mayor's, of unknown day."""
    document = _article(
        "Minister Ana Réka said on Monday that Lodia would send 12 barges. The mayor denied that it would.",
        file="harbour.txt",
        outlet="The Quay",
        title="Barges for Lodia",
        published=datetime.date(2031, 3, 4),
    )
    monday = datetime.date(2031, 3, 3)
    start = document.text.index("on Monday")
    said = When(earliest=monday, latest=monday, text="on Monday", spans=(Span(start, start + 9),))
    first = _statement(
        document,
        "Minister Ana Réka",
        "said",
        "Lodia would send 12 barges",
        name="Ana Réka",
        act=Act.PLAN,
        factuality=Factuality.PROBABLE,
        said=said,
    )
    second = _statement(document, "The mayor", "denied", "it would", name="The mayor", act=Act.DENY)
    return document, Reading(document_id=document.id, reader="by-hand/1", statements=(first, second))


@pytest.fixture
def canal() -> tuple[Document, Reading]:
    """One statement, of 10 May 2031 or later."""
    document = _article(
        "«Мы will send three tugs», Olena Mazur told the Canal Post after 10 May.",
        file="canal.txt",
        outlet="Canal Post",
    )
    start = document.text.index("after 10 May")
    said = When(earliest=datetime.date(2031, 5, 10), latest=None, text="after 10 May", spans=(Span(start, start + 12),))
    only = _statement(document, "Olena Mazur", "told", "Мы will send three tugs", said=said)
    return document, Reading(document_id=document.id, reader="by-hand/1", statements=(only,))
