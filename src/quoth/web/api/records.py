"""What the JSON interface answers with of sources, ratings, judgements, documents and articles: lines of the wire as
types, as in `shapes`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from quoth.model import AgentKind, EditKind, JudgementKind, Reliability, Slot
from quoth.web.api.shapes import Count, Day, EventFrame, Id, Line, Moment, Relay, Span, Spans

# ---------------------------------------------------------------- who


class Alias(Line):
    name: str
    rule: str
    why: str
    statements: list[Id]


class Entity(Line):
    """An agent across the case, under all its names."""

    id: Id
    name: str
    side: str | None
    kind: AgentKind
    country: str | None
    names: list[Alias]
    role: str | None


class Rating(Line):
    """How reliable somebody holds a source."""

    id: Id
    name: str
    grade: Reliability | None = Field(description="null: it takes an earlier one back")
    topic: str | None
    by: str
    note: str | None
    recorded_at: Moment
    standing: bool
    rates: list[str]


class JudgedQuestion(Line):
    """A question as it stood when it was judged."""

    id: Id
    question: str
    event: EventFrame
    slot: Slot
    statements: list[Id]


class Judgement(Line):
    """What a person judged; `subject` and `object` are ids, names of agents, or a question's."""

    id: Id
    kind: JudgementKind
    subject: str
    object: str | None
    by: str
    note: str | None
    recorded_at: Moment
    standing: bool
    questions: list[JudgedQuestion]
    parted: list[Id]
    rests: bool = Field(description="it stands, but changes nothing at present")


# ---------------------------------------------------------------- what was published


class Note(Line):
    code: str
    message: str
    span: Span | None


class Document(Line):
    """A publication without its text."""

    id: Id
    file: str | None
    url: str | None
    outlet: str | None
    title: str | None
    authors: list[str]
    language: str
    published: Day | None
    updated: Day | None
    relays: list[Relay]
    characters: Count
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    statements: list[Id]
    notes: list[Note]
    retrieved: Moment | None


class Passage(Line):
    kind: EditKind
    text: str
    span: Span


class Edit(Line):
    """A changed paragraph; `old` lies in the version before, null where it is new; `new` is null where it is gone."""

    old: Span | None
    new: Span | None
    passages: list[Passage]


class Version(Line):
    document: Id
    published: Day | None
    updated: Day | None
    retrieved: Moment | None
    edits: list[Edit]
    added: list[Id]
    removed: list[Id]
    corrections: Spans


class Article(Line):
    """What was published at one address, in its versions, the earliest first."""

    url: str
    title: str | None
    versions: list[Version]
