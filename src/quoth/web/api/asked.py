"""What may be sent to the interface to be written down: judgements, ratings, corrections."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from quoth.model import Act, AgentKind, Factuality, JudgementKind, Reliability
from quoth.web.api.asking import Beginning, Day, Words

LARGEST = 10**15
Whole = Annotated[int, Field(strict=True, ge=-LARGEST, le=LARGEST)]
Broken = Annotated[float, Field(strict=True, ge=-LARGEST, le=LARGEST, allow_inf_nan=False)]
Number = Whole | Broken
Days = Annotated[tuple[Day | None, Day | None], Field(description="first and last day; null is open, both null: none")]
Numbers = Annotated[tuple[Number | None, Number | None], Field(description="null is open, both null: none")]
Note = Annotated[Words | None, Field(description="why, in words")]


class Sent(BaseModel):
    """Takes these keys and no others."""

    model_config = ConfigDict(extra="forbid")


class Correction(Sent):
    """What a statement should read; what is not given stays.  `time` to `place` are of the event of that number."""

    source: Words | None = None
    source_kind: AgentKind | None = None
    source_country: Annotated[str, Field(pattern="^[A-Z]{2}$")] | None = Field(None, description="ISO 3166 alpha-2")
    act: Act | None = None
    factuality: Factuality | None = None
    said: Days | None = None
    event: Annotated[int, Field(strict=True, ge=1, le=1000)] = 1
    time: Days | None = None
    quantity: Numbers | None = None
    unit: Words | None = None
    place: Annotated[str, Field(max_length=400, pattern=r"^[^\x00]*$")] | None = Field(
        None, description='"" takes the place away'
    )


Several = Annotated[list[Beginning], Field(min_length=1, max_length=500)]


class Judging(Sent):
    note: Note = None

    @property
    def subjects(self) -> tuple[str, ...]:
        """The ids, names or words that the case takes for a judgement of this kind."""
        raise NotImplementedError

    @property
    def should_be(self) -> dict[str, Any]:
        return {}


class Read(Judging):
    """That statements were read right, or that these are none."""

    kind: Literal[JudgementKind.ACCEPT, JudgementKind.REJECT]
    statements: Several

    @property
    def subjects(self) -> tuple[str, ...]:
        return tuple(self.statements)


class Correct(Judging):
    """That a statement should read otherwise: another reading of the same words."""

    kind: Literal[JudgementKind.CORRECT]
    statement: Beginning
    correction: Correction

    @property
    def subjects(self) -> tuple[str, ...]:
        return (self.statement,)

    @property
    def should_be(self) -> dict[str, Any]:
        return {name: getattr(self.correction, name) for name in self.correction.model_fields_set | {"event"}}


class Names(Judging):
    """That two names are one agent's, or two agents'."""

    kind: Literal[JudgementKind.SAME, JudgementKind.APART]
    names: tuple[Words, Words]

    @property
    def subjects(self) -> tuple[str, ...]:
        return self.names


class Merge(Judging):
    """That two questions are one."""

    kind: Literal[JudgementKind.MERGE]
    questions: tuple[Beginning, Beginning]

    @property
    def subjects(self) -> tuple[str, ...]:
        return self.questions


class Split(Judging):
    """That the answers of these statements are to another question."""

    kind: Literal[JudgementKind.SPLIT]
    question: Beginning
    statements: Several

    @property
    def subjects(self) -> tuple[str, ...]:
        return (self.question, *self.statements)


class Name(Judging):
    """What a question is called."""

    kind: Literal[JudgementKind.NAME]
    question: Beginning
    words: Words

    @property
    def subjects(self) -> tuple[str, ...]:
        return (self.question, self.words)


class Withdraw(Judging):
    """That a judgement counts no more: its id, that of a statement or question (the latest on it), or two names."""

    kind: Literal[JudgementKind.WITHDRAW]
    of: Beginning | tuple[Words, Words]

    @property
    def subjects(self) -> tuple[str, ...]:
        return (self.of,) if isinstance(self.of, str) else self.of


Judgement = Annotated[Read | Correct | Names | Merge | Split | Name | Withdraw, Field(discriminator="kind")]


class Rating(Sent):
    """How reliable you hold a source; it is shown beside its answers, and decides nothing."""

    name: Words
    grade: Reliability | None = Field(description="null takes a rating back")
    topic: Words | None = Field(None, description="words that a question must hold for it to count")
    note: Note = None
