"""Stories of one line an article, and what was read in them, by hand."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from quoth.measure.reading import Readings
from quoth.measure.story import Anchor, Expected, ExpectedQuestion, Story, Trap
from quoth.model import (
    Act,
    Agent,
    AgentKind,
    Block,
    BlockKind,
    Comparison,
    Document,
    Event,
    EventFrame,
    Factuality,
    Mention,
    Place,
    Quantity,
    Question,
    QuoteType,
    Relation,
    RelationType,
    Relay,
    Slot,
    Span,
    Statement,
    Value,
    When,
)

TEXT = "The ferry sails on Monday with ten crew, Ida Solberg said in Port Emeric."
DAY = datetime.date(2031, 3, 4)


def document(file: str) -> Document:
    block = Block(Span(0, len(TEXT)), BlockKind.PARAGRAPH)
    return Document(id=f"d-{file}", sha256="0" * 64, text=TEXT, blocks=(block,), file=f"articles/{file}")


def statement(id: str, file: str = "a.txt", words: str = "The ferry sails on Monday", **fields: Any) -> Statement:
    """Ida Solberg's assertion that the ferry sails; `fields` of the statement or of its one event differ."""
    start = TEXT.index(words)
    content = Mention.of(TEXT, Span(start, start + len(words)))
    of_event = {"predicate", "quantity", "time", "place"} & fields.keys()
    event = Event(trigger=content, **{"predicate": "sail", **{key: fields.pop(key) for key in of_event}})
    name = fields.pop("source", "Ida Solberg")
    kind = fields.pop("kind", AgentKind.PERSON)
    plain: dict[str, Any] = {
        "act": Act.ASSERT,
        "factuality": Factuality.CERTAIN,
        "quote": QuoteType.INDIRECT,
        "events": (event,),
        "via": (),
        "said": None,
    }
    return Statement(
        id=id,
        document_id=f"d-{file}",
        source=Agent(name=name, kind=kind, text=name, spans=()),
        content=content,
        context=Span(0, len(TEXT)),
        pattern="by hand",
        **{**plain, **fields},
    )


def expected(id: str, file: str = "a.txt", words: str = "The ferry sails on Monday", **fields: Any) -> Expected:
    start = TEXT.index(words)
    plain: dict[str, Any] = {
        "source": ("Solberg",),
        "anonymous": False,
        "act": ("assert",),
        "factuality": ("CT+",),
        "quote": ("indirect", "none"),
    }
    anchor = Anchor(file=file, start=start, end=start + len(words), words=words)
    return Expected(id=id, anchor=anchor, **{**plain, **fields})


def story(
    statements: Sequence[Expected], traps: Sequence[Trap] = (), questions: Sequence[ExpectedQuestion] | None = None
) -> Story:
    asked = None if questions is None else tuple(questions)
    return Story(
        name="ferry", articles=Path("articles"), statements=tuple(statements), traps=tuple(traps), questions=asked
    )


def readings(statements: Sequence[Statement], comparison: Comparison | None = None) -> Readings:
    files = dict.fromkeys(s.document_id.removeprefix("d-") for s in statements)
    return Readings(tuple(map(document, files)), tuple(statements), comparison)


def question(*values: Sequence[str], relations: Sequence[tuple[str, str, str]] = ()) -> Question:
    """A question with values given by these statements."""
    return Question(
        id="q",
        text="When does the ferry sail?",
        event=EventFrame(predicate="sail"),
        slot=Slot.TIME,
        values=tuple(
            Value(
                value=None,
                text=str(number),
                statements=tuple(ids),
                origins=(),
                voices=(),
                documents=(),
                factuality=Factuality.CERTAIN,
            )
            for number, ids in zip(itertools.count(), values)
        ),
        relations=tuple(
            Relation(a=a, b=b, type=RelationType(type), why="by hand", rule="hand") for a, b, type in relations
        ),
    )


def quantity(low: float | None, high: float | None) -> Quantity:
    return Quantity.of(TEXT, Span(0, 3), min=low, max=high)


def place(name: str) -> Place:
    return Place.of(TEXT, Span(0, 3), name=name)


def when(earliest: datetime.date | None, latest: datetime.date | None) -> When:
    return When(earliest=earliest, latest=latest)


def relay(name: str) -> Relay:
    return Relay(name=name)


@pytest.fixture(scope="session")
def make() -> SimpleNamespace:
    """The makers of this file, by name."""
    makers = (document, statement, expected, story, readings, question, quantity, place, when, relay)
    return SimpleNamespace(text=TEXT, day=DAY, **{maker.__name__: maker for maker in makers})
