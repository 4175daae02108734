"""What only the interface answers with: the case as a whole, texts, tallies, jobs."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from quoth.model import Act, BlockKind, Phase, PlacePrecision, Precision
from quoth.outcomes import Outcome
from quoth.web.api.records import Document, Judgement
from quoth.web.api.shapes import Count, Day, Heading, Id, Line, Moment, Span, Speaker, Statement
from quoth.web.jobs import State
from quoth.web.tallies.fates import Fate


class Block(Line):
    span: Span
    kind: BlockKind


class Text(Line):
    """The text of a document; offsets are code points of it."""

    id: Id
    text: str
    blocks: list[Block]


class Judgements(Line):
    """What was written down."""

    judgements: list[Judgement]


class Head(Line):
    """All that the case holds, in one hash, to be noted down elsewhere."""

    size: Count
    root: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class Counts(Line):
    """How much the case holds."""

    documents: Count
    unread: Count = Field(description="documents that could not be read")
    readings: Count
    statements: Count = Field(description="of the documents' latest readings, rejected ones aside")
    failures: Count
    questions: Count
    disputed: Count
    origins: Count
    sources: Count


class Case(Line):
    """The case that is served; `revision` changes whenever anything in it does."""

    quoth: str = Field(description="the version of Quoth")
    revision: str
    counts: Counts
    head: Head


class Found(Line):
    """Where words are found: the first few of each, and how many there are."""

    questions: list[Heading]
    statements: list[Statement]
    sources: list[Speaker]
    documents: list[Document]
    totals: FoundTotals


class FoundTotals(Line):
    questions: Count
    statements: Count
    sources: Count
    documents: Count


class Failure(Line):
    """What could not be acquired or read."""

    where: str
    code: str
    message: str
    recorded_at: Moment


# ---------------------------------------------------------------- tallies


class NamedPlace(Line):
    """A place that events are at, at the precision of a gazetteer; without coordinates where that has none."""

    key: str
    name: str
    country: str | None
    precision: PlacePrecision | None
    longitude: float | None
    latitude: float | None
    statements: list[Id]
    origins: Count = Field(description="utterances that these statements report")


class Shared(Line):
    """Another outlet, and how much the two have in common."""

    key: str
    name: str
    number: Count


class Outlet(Line):
    """What an outlet or agency has at first hand and what from others; numbers are of utterances."""

    key: str
    name: str = Field(description='"" where documents name no outlet')
    documents: list[Id]
    statements: Count
    own_voice: Count = Field(description="statements that nobody is named for")
    unknown: Count = Field(description="statements of unknown lineage")
    acts: dict[Act, Count]
    origins: Count
    direct: Count = Field(description="had with nobody named between")
    relayed: Count
    only: Count = Field(description="nobody else reports them")
    first: Count = Field(description="nobody else reports them earlier or on that day")
    shared: Count = Field(description="others report them on the same day, nobody earlier")
    later: Count = Field(description="others report them earlier")
    had_from: list[Shared]
    gave_to: list[Shared]
    copied_from: list[Shared] = Field(description="sentences that stood word for word in an earlier report")
    copied_by: list[Shared]


class Word(Line):
    """One utterance, or a statement of unknown lineage."""

    voice: str
    source: Id | None
    day: Day | None
    origin: Id | None
    statements: list[Id]


class Became(Line):
    """What somebody says became of it."""

    fate: Fate
    word: Word
    answer: str = Field(description="another date, in words")
    phase: Phase
    why: str


class Deadline(Line):
    """What was announced for when, and what is said to have become of it; nothing is said to have happened."""

    id: str
    question: Id | None
    event: str
    text: str
    earliest: Day | None
    latest: Day | None
    precision: Precision
    since: Day = Field(description="when it was first announced")
    announced: list[Word]
    fates: list[Fate]
    last_fate: Fate = Field(description="by the last word on it")
    became: list[Became] = Field(description="the first hundred")
    said: Count = Field(description="how many words on what became of it there are")


# ---------------------------------------------------------------- jobs


class Failed(Line):
    code: str | None
    what: str
    where: str | None
    remedy: str | None


class Event(Line):
    """What became of one document of a job, or a note of whoever reads it."""

    where: str | None
    outcome: Outcome | None
    document: Id | None
    statements: Count
    error: Failed | None
    remarks: list[str]
    note: str | None


class Job(Line):
    """Articles that are being added."""

    id: str
    title: str
    by: str
    state: State
    begun: Moment
    done: Count
    total: Count | None = Field(description="null where it cannot be known before the end")
    statements: Count
    counts: dict[Outcome, Count]
    problem: Failed | None = Field(description="what it broke off at")
    events: list[Event] = Field(description="from the parameter `after` on; empty in lists")
    told: Count = Field(description="events in all: give it as `after` to get those that follow")
    untold: Count = Field(description="documents beyond those that are told one by one")
