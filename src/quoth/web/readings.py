"""A statement's reading laid out: what was made of its words, and on what grounds."""

from __future__ import annotations

import csv
import functools
from dataclasses import dataclass
from importlib.resources import files

from quoth.corrections import PATTERN as CORRECTED
from quoth.model import AgentKind, Basis, Event, Phase, Polarity, QuoteType, Statement, When
from quoth.present import words
from quoth.present.event import event_roles
from quoth.read.countries import country_name
from quoth.web.snapshot import Snapshot

BASIS = {
    Basis.STATED: "stated there",
    Basis.CARRIED: "carried over from other words of the article",
    Basis.PUBLICATION: "no day is stated",
}
POLARITY = {Polarity.POSITIVE: "so", Polarity.NEGATIVE: "not so"}
PHASE = {
    Phase.WHOLE: "as a whole",
    Phase.BEGIN: "its beginning",
    Phase.CONTINUE: "its going on",
    Phase.COMPLETE: "its completion",
    Phase.STOP: "its end",
}
NETWORK = "network"
"""The pattern of what a network alone found."""


@dataclass(frozen=True, slots=True)
class Found:
    """By which pattern something was found, in words, with an example where there is one."""

    pattern: str
    words: str
    example: str


@functools.cache
def patterns() -> dict[str, Found]:
    """All patterns that a statement may be found by, from patterns.tsv."""
    lines = files("quoth.web").joinpath("patterns.tsv").read_text(encoding="utf-8").splitlines()
    rows = csv.reader((line for line in lines if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)
    next(rows)
    return {pattern: Found(pattern, told, example) for pattern, told, example in rows}


def found_by(pattern: str) -> Found:
    """A pattern in words; one of a reader that is not Quoth's own goes by its name."""
    return patterns().get(pattern) or Found(pattern, "a pattern of another reader", "")


def sureness(statement: Statement) -> str:
    """What its confidence says."""
    told = f"{statement.confidence:.2f}"
    if statement.pattern == CORRECTED:
        return f"{told}: a person read it so"
    if statement.pattern == NETWORK:
        return f"{told}: how sure the network is of it"
    return f"{told}: of a hundred readings found in this way, about {round(100 * statement.confidence)} are right"


@dataclass(frozen=True, slots=True)
class EventRead:
    """An event of a statement: its head, and role and value of all that was read of it."""

    predicate: str
    trigger: str
    kind: str
    roles: tuple[tuple[str, str], ...]
    certainty: str
    code: str
    polarity: str
    phase: str


@dataclass(frozen=True, slots=True)
class Answering:
    """A question that a statement answers, with the answer it gives."""

    id: str
    short: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingView:
    """What a page shows of a statement's reading; empty where there is nothing to tell."""

    id: str
    short: str
    document: str
    source: str
    named: str
    kind: str
    role: str
    country: str
    why: str
    entity: str
    side: str
    via: tuple[str, ...]
    cue: str
    content: str
    quote: str
    act: str
    act_class: str
    certainty: str
    code: str
    means: str
    distance: str
    said: str
    basis: str
    said_words: str
    events: tuple[EventRead, ...]
    where: str
    characters: str
    context: str
    found: Found
    confidence: float
    sureness: str
    origin: str
    reports: int
    questions: tuple[Answering, ...]

    @property
    def line(self) -> str:
        """Who says what, in one line."""
        return f"{self.source} {self.act}: {self.content}"


def reading_of(statement: Statement, snapshot: Snapshot) -> ReadingView:
    """The reading of a statement, also of one that does not stand in the snapshot any more."""
    source = statement.source
    origin = snapshot.origins.get(snapshot.comparison.origin_of.get(statement.id, ""))
    text = snapshot.documents[statement.document_id].text
    return ReadingView(
        id=statement.id,
        short=snapshot.short(statement.id),
        document=snapshot.short(statement.document_id),
        source=name_of(statement),
        named=source.text if source.text != source.name else "",
        kind=words.KIND[source.kind] if source.kind else "",
        role=source.role or "",
        country=country_of(source.country),
        why=source.why or "",
        entity=snapshot.short(snapshot.comparison.speaker_of.get(statement.id, "")),
        side=snapshot.side_of.get(statement.id, ""),
        via=tuple(relay.name for relay in statement.via),
        cue=statement.cue.text if statement.cue else "",
        content=statement.content.text,
        quote="" if statement.quote is QuoteType.NONE else words.QUOTE[statement.quote],
        act=words.ACT[statement.act],
        act_class=statement.act.value,
        certainty=words.CERTAINTY[statement.factuality],
        code=statement.factuality.value,
        means=words.CERTAINTY_MEANS[statement.factuality],
        distance=f"{words.DISTANCE[statement.distance.kind]}: “{statement.distance.text}”"
        if statement.distance
        else "",
        said=words.said(statement.said),
        basis=_basis(statement.said),
        said_words=(statement.said and statement.said.text) or "",
        events=tuple(map(_event, statement.events)),
        where=statement.block.value,
        characters=", ".join(f"{span.start}–{span.end}" for span in statement.content.spans),
        context=statement.context.words(text),
        found=found_by(statement.pattern),
        confidence=statement.confidence,
        sureness=sureness(statement),
        origin=snapshot.short(origin.id) if origin else "",
        reports=origin.reports if origin else 0,
        questions=_answering(statement, snapshot),
    )


def name_of(statement: Statement) -> str:
    """Who says it, as a person reads it."""
    source = statement.source
    return "No source named" if source.kind is AgentKind.UNATTRIBUTED or not source.name else source.name


def country_of(code: str | None) -> str:
    """`Belarus (BY)`; the code alone where it is of no country."""
    if not code:
        return ""
    try:
        return f"{country_name(code)} ({code})"
    except KeyError:
        return code


def _basis(said: When | None) -> str:
    return BASIS[said.basis] if said and (said.earliest or said.latest) else ""


def _event(event: Event) -> EventRead:
    return EventRead(
        predicate=event.predicate,
        trigger=event.trigger.text,
        kind=event.predicate_class or "",
        roles=tuple((role, value) for role, value in event_roles(event) if role != "stage"),
        certainty=words.CERTAINTY[event.factuality],
        code=event.factuality.value,
        polarity=POLARITY[event.polarity],
        phase=PHASE[event.phase],
    )


def _answering(statement: Statement, snapshot: Snapshot) -> tuple[Answering, ...]:
    found = []
    for id in snapshot.answering.get(statement.id, ()):
        question = snapshot.questions[id]
        for value in question.values:
            if statement.id in value.statements:
                spelled = words.spelled(value.value, value.text)
                told = "; ".join(part for part in (spelled, value.label or "") if part)
                answer = f"{value.text} ({told})" if told else value.text
                found.append(Answering(id, snapshot.short(id), question.text, answer))
    return tuple(found)
