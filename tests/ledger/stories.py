"""Articles made up by number, for programs that write to one case, one after another or at once."""

from __future__ import annotations

import datetime
import hashlib
from multiprocessing.synchronize import Event

from quoth.evidence import identified
from quoth.identity import content_id
from quoth.ledger import Ledger, open_ledger
from quoth.model import Agent, Block, BlockKind, Document, Mention, Reading, Reliability, Span, Statement

STATEMENTS = 8
"""In each article."""
NOON = datetime.datetime(2031, 3, 4, 12, tzinfo=datetime.UTC)


def story(number: int) -> tuple[Document, Reading]:
    text = " ".join(f"Speaker {number}-{i} said that ferry {i} was late." for i in range(STATEMENTS))
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    blocks = (Block(Span(0, len(text)), BlockKind.PARAGRAPH),)
    document = Document(id=content_id("document", sha256), sha256=sha256, text=text, blocks=blocks)
    return document, Reading(
        document_id=document.id, reader="by-hand/1", statements=tuple(_statements(number, document))
    )


def _statements(number: int, document: Document) -> list[Statement]:
    text, found = document.text, []
    for i in range(STATEMENTS):
        start = text.index(f"Speaker {number}-{i} ")
        source = Span(start, start + len(f"Speaker {number}-{i}"))
        begin = text.index("that", source.end) + 5
        content = Span(begin, text.index(".", begin))
        found.append(identified(Statement(
            id="", document_id=document.id, source=Agent.of(text, source, name=source.words(text)),
            content=Mention.of(text, content), context=Span(0, len(text)), pattern="by hand")))  # fmt: skip
    return found


def write(ledger: Ledger, number: int) -> bool:
    """As `quoth add` does: the bytes first, then the document with its reading."""
    document, reading = story(number)
    ledger.keep_original(document.text.encode())
    return ledger.add(document, reading)


def write_all(case: str, count: int) -> None:
    """From the first on, however many are there already.  What is written does not depend on when."""
    with open_ledger(case, now=lambda: NOON) as ledger:
        for number in range(count):
            write(ledger, number)


def write_with_others(case: str, name: str, first: int, count: int, start: Event) -> None:
    """The first articles, which others write as well, and as many of its own; what somebody judges between them."""
    with open_ledger(case, timeout=60) as ledger:
        start.wait()
        for number in (*range(count), *range(first, first + count)):
            write(ledger, number)
            ledger.rate(f"Speaker {number}", Reliability.FAIRLY, by=name)
            ledger.record_failure("missing.txt", "Q100", "is empty")
