"""What the JSON interface answers with: the wire's lines (`quoth.present.wire`, docs/wire.md) as types; those of
statements and questions here, those of sources, documents and judgements in `records`.

Each class has the keys of one line, in its order; tests hold every line against its class, so that the description at
`/api/v1/openapi.json` leaves nothing out and promises nothing that does not come.
"""

from __future__ import annotations

import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from quoth.model import (
    Act,
    AgentKind,
    Basis,
    BlockKind,
    ChangeKind,
    Counting,
    Credibility,
    DistanceKind,
    Factuality,
    Phase,
    PlacePrecision,
    Polarity,
    Precision,
    QuoteType,
    RelationType,
    Reliability,
    Slot,
    SourceRole,
)

Id = Annotated[str, Field(pattern="^[0-9a-f]{32}$", description="32 hex digits")]
Offset = Annotated[int, Field(ge=0)]
Count = Annotated[int, Field(ge=0)]
Span = Annotated[tuple[Offset, Offset], Field(description="[start, end) in code points of the document's text")]
Spans = list[Span]
Day = datetime.date
Moment = datetime.datetime
Number = int | float
Answer = Annotated[
    tuple[Day | None, Day | None] | tuple[Number | None, Number | None] | str | None,
    Field(description="a pair of days or of numbers (null is open), a name, yes or no; null: withheld or only implied"),
]


class Line(BaseModel):
    """Has these keys and no others."""

    model_config = ConfigDict(extra="forbid")


# ---------------------------------------------------------------- a statement


class Mention(Line):
    text: str
    spans: Spans


class Relay(Line):
    """Who passed something on."""

    name: str
    text: str | None
    spans: Spans


class Source(Line):
    name: str = Field(description="the resolved name")
    kind: AgentKind | None
    text: str = Field(description="the article's words")
    spans: Spans
    country: str | None = Field(description="ISO 3166 alpha-2")
    why: str | None = Field(description="what the name rests on, where it goes beyond the words")
    role: str | None


class Agent(Line):
    name: str
    text: str
    spans: Spans
    kind: AgentKind | None
    country: str | None


class Said(Line):
    """When something was said."""

    earliest: Day | None
    latest: Day | None
    text: str | None
    precision: Precision
    basis: Basis
    spans: Spans


class Time(Line):
    """When something happens; null is open."""

    earliest: Day | None
    latest: Day | None
    precision: Precision
    text: str | None
    spans: Spans
    approximate: bool


class Place(Line):
    name: str
    text: str
    country: str | None
    latitude: float | None
    longitude: float | None
    precision: PlacePrecision | None
    spans: Spans
    region: str | None
    geonames: int | None


class Quantity(Line):
    min: Number | None
    max: Number | None
    unit: str | None
    approximate: bool
    text: str
    spans: Spans
    counted: str | None
    counting: Counting
    per: str | None


class Distance(Line):
    """How far the reporter keeps away from what is reported."""

    kind: DistanceKind
    text: str
    spans: Spans


class Event(Line):
    predicate: str
    agent: Agent | None
    theme: Agent | None
    recipient: Agent | None
    place: Place | None
    quantity: Quantity | None
    time: Time | None
    polarity: Polarity
    predicate_class: str | None = Field(alias="class")
    phase: Phase
    factuality: Factuality
    trigger: Mention
    instrument: Agent | None


class InDocument(Line):
    """The publication that a statement stands in."""

    id: Id
    file: str | None
    url: str | None
    outlet: str | None
    published: Day | None


class Speaker(Line):
    """Who speaks, across the case."""

    id: Id
    name: str
    side: str | None


class Statement(Line):
    """Who said what, through whom, when and how sure, with the words."""

    id: Id
    document: InDocument
    source: Source
    via: list[Relay]
    cue: Mention | None
    content: Mention
    quote: QuoteType
    act: Act
    factuality: Factuality
    said: Said | None
    distance: Distance | None
    origin: Id | None = Field(description="the utterance, shared by all its reports; null: its lineage is unknown")
    events: list[Event]
    pattern: str
    confidence: Annotated[float, Field(ge=0, le=1)]
    block: BlockKind
    context: Span
    speaker: Speaker | None


# ---------------------------------------------------------------- side by side


class EventFrame(Line):
    """The event that a question is about, as names."""

    predicate: str
    agent: str | None
    theme: str | None
    place: str | None


class Credible(Line):
    """By the Admiralty code, derived by rules; it sorts and decides nothing."""

    grade: Credibility
    why: str


class SourceGrade(Line):
    source: str
    role: SourceRole = Field(alias="as")
    grade: Reliability
    topic: str | None
    by: str


class Value(Line):
    """One answer, and what stands behind it."""

    value: Answer
    text: str
    statements: list[Id]
    origins: Count
    reports: Count
    factuality: Factuality
    latest_said: Day | None
    origin_ids: list[Id]
    voices: list[str]
    label: str | None
    credibility: Credible
    reliability: list[SourceGrade]
    sides: list[str] | None
    no_side: list[str] | None


class Relation(Line):
    """How statement b stands to statement a."""

    a: Id
    b: Id
    type: RelationType
    why: str
    rule: str


class Question(Line):
    """A question with its answers and how their statements relate; no answer is ranked before another."""

    id: Id
    question: str
    event: EventFrame
    slot: Slot
    values: list[Value]
    relations: list[Relation]
    wording: str | None
    judgements: list[Id]
    asked: bool


class Heading(Line):
    """A question without its answers, and how many it has."""

    id: Id
    question: str
    event: EventFrame
    slot: Slot
    answers: Count
    statements: Count
    reports: Count
    origins: Count
    disputes: Count
    tensions: Count
    replaced: Count


class Link(Line):
    """One step of a relay tree."""

    parent: str
    child: str
    document: Id | None
    statement: Id | None


class Origin(Line):
    """An utterance, its reports, and who had it from whom."""

    id: Id
    voice: str
    said: Said | None
    statements: list[Id]
    documents: list[Id]
    reports: Count
    links: list[Link]


class Change(Line):
    """What is new about a question."""

    kind: ChangeKind
    question_id: Id
    question: str
    answer: str | None
    value: Answer
    before: list[str]
    voice: str | None
    origins: tuple[Count, Count] | None = Field(description="how many stood, and stand, behind the answer")
    why: list[str]
    statements: list[Id]
