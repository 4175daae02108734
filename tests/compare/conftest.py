"""Builds small stories by hand: articles, and what is said in them."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from quoth.compare import compare
from quoth.identity import content_id
from quoth.model import (
    Act,
    Agenda,
    Agent,
    AgentKind,
    Block,
    BlockKind,
    Comparison,
    Counting,
    Document,
    Event,
    Factuality,
    Mention,
    Phase,
    Place,
    PlacePrecision,
    Polarity,
    Quantity,
    Question,
    QuoteType,
    Relation,
    Relay,
    Slot,
    Span,
    Statement,
    When,
)


def day(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def when(text: str | tuple[str | None, str | None] | None) -> When | None:
    """A `When` from one ISO day or from a pair of them."""
    if text is None:
        return None
    earliest, latest = (text, text) if isinstance(text, str) else text
    return When(earliest=day(earliest), latest=day(latest), text=f"{earliest or '…'} to {latest or '…'}")


@dataclass
class Story:
    """Articles and statements; every statement's words must stand in its article."""

    documents: dict[str, Document] = field(default_factory=dict)
    statements: dict[str, Statement] = field(default_factory=dict)

    def article(self, name: str, text: str, *, outlet: str, published: str | None, relays: str | None = None) -> None:
        self.documents[name] = Document(
            id=content_id("document", name),
            sha256="0" * 64,
            text=text,
            blocks=(Block(Span(0, len(text)), BlockKind.PARAGRAPH),),
            outlet=outlet,
            published=day(published),
            relays=(Relay(name=relays),) if relays else (),
        )

    def says(self, name: str, article: str, words: str, source: str, **how: Any) -> str:
        """Record a statement under `name`; `how` as in `_statement` below.  Returns its id."""
        self.statements[name] = _statement(content_id("statement", name), self.documents[article], words, source, **how)
        return self.statements[name].id

    def compare(self, agenda: Agenda | None = None) -> Comparison:
        return compare(list(self.statements.values()), list(self.documents.values()), agenda=agenda)

    def name(self, statement_id: str) -> str:
        return next(name for name, s in self.statements.items() if s.id == statement_id)

    def relation(self, question: Question, a: str, b: str) -> tuple[str, str, str] | None:
        """(type, name of a, name of b) of the relation between two named statements."""
        wanted = {self.statements[a].id, self.statements[b].id}
        for r in question.relations:
            if {r.a, r.b} == wanted:
                return r.type.value, self.name(r.a), self.name(r.b)
        return None

    def reason(self, question: Question, a: str, b: str) -> Relation:
        wanted = {self.statements[a].id, self.statements[b].id}
        return next(r for r in question.relations if {r.a, r.b} == wanted)

    def values(self, question: Question) -> list[tuple[object, str | None, list[str], int]]:
        """(value, label, names of the statements, number of origins) of each value."""
        return [(v.value, v.label, sorted(map(self.name, v.statements)), len(v.origins)) for v in question.values]

    def origins(self, comparison: Comparison) -> list[list[str]]:
        return sorted(sorted(map(self.name, o.statements)) for o in comparison.origins)


def _statement(
    statement_id: str,
    document: Document,
    words: str,
    source: str,
    *,
    kind: AgentKind = AgentKind.PERSON,
    predicate: str = "deploy",
    act: Act = Act.ASSERT,
    factuality: Factuality = Factuality.CERTAIN,
    said: str | tuple[str | None, str | None] | None = None,
    via: tuple[str, ...] = (),
    quote: QuoteType = QuoteType.INDIRECT,
    agent: str | None = None,
    agent_kind: AgentKind | None = AgentKind.ORGANIZATION,
    agent_country: str | None = None,
    theme: str | None = None,
    place: str | None = None,
    country: str | None = None,
    number: tuple[float | None, float | None] | None = None,
    unit: str | None = None,
    counted: str | None = None,
    counting: Counting = Counting.TOTAL,
    approximate: bool = False,
    time: str | tuple[str | None, str | None] | None = None,
    phase: Phase = Phase.WHOLE,
    block: BlockKind = BlockKind.PARAGRAPH,
    cue: str = "said",
) -> Statement:
    start = document.text.index(words)
    mention = Mention.of(document.text, Span(start, start + len(words)))
    here: dict[str, Any] = {"text": mention.text, "spans": mention.spans}
    event = Event(
        predicate=predicate,
        predicate_class=predicate,
        trigger=mention,
        agent=Agent(name=agent, kind=agent_kind, country=agent_country, **here) if agent else None,
        theme=Agent(name=theme, **{**here, "text": theme}) if theme else None,
        place=Place(
            name=place, country=country, precision=None if country else PlacePrecision.CITY, **here
        ) if place else None,
        quantity=Quantity(
            min=number[0], max=number[1], unit=unit, counted=counted, counting=counting, approximate=approximate, **here
        ) if number else None,
        time=when(time),
        polarity=Polarity.NEGATIVE if factuality.polarity is Polarity.NEGATIVE else Polarity.POSITIVE,
        phase=phase,
        factuality=factuality,
    )  # fmt: skip
    return Statement(
        id=statement_id,
        document_id=document.id,
        source=Agent(name=source, kind=kind, **here),
        content=mention,
        cue=Mention(text=cue, spans=mention.spans),
        via=tuple(Relay(name=v) for v in via),
        quote=quote,
        act=act,
        factuality=factuality,
        said=when(said),
        events=(event,),
        block=block,
        context=mention.spans[0],
        pattern="by hand",
    )


def question_about(comparison: Comparison, slot: Slot, predicate: str) -> Question:
    """The only question about this predicate and slot."""
    (found,) = [q for q in comparison.questions if q.slot is slot and q.event.predicate == predicate]
    return found


@pytest.fixture(scope="session")
def new_story() -> Callable[[], Story]:
    return Story


@pytest.fixture(scope="session")
def ask() -> Callable[[Comparison, Slot, str], Question]:
    return question_about
