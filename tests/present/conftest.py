"""A small invented story, built by hand: who said what about the ferries that Norland is to deliver to Estra."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace

import pytest

from quoth.compare.assessing import assessments
from quoth.model import (
    Act,
    Agent,
    AgentKind,
    Alias,
    Assessment,
    Basis,
    Block,
    BlockKind,
    Comparison,
    Distance,
    DistanceKind,
    Document,
    Entity,
    Event,
    EventFrame,
    Factuality,
    Link,
    Mention,
    Note,
    Origin,
    Place,
    PlacePrecision,
    Polarity,
    Precision,
    Quantity,
    Question,
    QuoteType,
    Rating,
    Relation,
    RelationType,
    Relay,
    Reliability,
    Slot,
    Span,
    Statement,
    Value,
    When,
)

HOSTILE = '<script>alert(1)</script> </style> "quoted" [red]red[/red] \x1b[31mred\x1b[0m \u202egnp.exe =cmd()'


@dataclass(frozen=True)
class Story:
    documents: tuple[Document, ...]
    statements: tuple[Statement, ...]
    comparison: Comparison
    assessments: dict[str, tuple[Assessment, ...]] = field(default_factory=dict)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def at(document: Document, words: str) -> Span:
    start = document.text.index(words)
    return Span(start, start + len(words))


def make_document(
    id: str, outlet: str | None, published: str | None, *paragraphs: str, relays: tuple[str, ...] = (), **more: object
) -> Document:
    text = "\n".join(paragraphs)
    blocks, offset = [], 0
    for n, paragraph in enumerate(paragraphs):
        kind = BlockKind.HEADLINE if n == 0 else BlockKind.PARAGRAPH
        blocks.append(Block(Span(offset, offset + len(paragraph)), kind))
        offset += len(paragraph) + 1
    return Document(
        id=id * 32,
        sha256=id * 64,
        text=text,
        blocks=tuple(blocks),
        file=f"{id}.txt",
        outlet=outlet,
        title=paragraphs[0],
        published=day(published) if published else None,
        relays=tuple(Relay(name=name) for name in relays),
        **more,  # type: ignore[arg-type]
    )


def make_statement(
    id: str,
    document: Document,
    source: str,
    cue: str | None,
    content: str,
    *,
    name: str | None = None,
    kind: AgentKind = AgentKind.PERSON,
    said: tuple[str, str] | None = None,
    event: Event | None = None,
    **more: object,
) -> Statement:
    content_span = at(document, content)
    block = next(b for b in document.blocks if b.span.contains(content_span))
    return Statement(
        id=(id * 32)[:32],
        document_id=document.id,
        source=Agent.of(document.text, *([at(document, source)] if source else []), name=name or source, kind=kind),
        cue=Mention.of(document.text, at(document, cue)) if cue else None,
        content=Mention.of(document.text, content_span),
        said=When(earliest=day(said[0]), latest=day(said[1])) if said else None,
        events=(replace(event, factuality=more.get("factuality", Factuality.CERTAIN)),) if event else (),
        block=block.kind,
        context=block.span,
        pattern="by-hand",
        **more,  # type: ignore[arg-type]
    )


def build() -> Story:
    courier = make_document(
        "a",
        "The Estra Courier",
        "2031-03-03",
        "Solberg asks Norland for ten Heron ferries",
        "Estra’s transport minister Ida Solberg on Monday asked Norland to deliver ten Heron ferries to Estra.",
        "“We will receive the first boats in the second half of 2031,” she said.",
    )
    wire = make_document(
        "b",
        "Harbour Wire",
        "2031-03-04",
        "Norland to send six ferries to Estra in 2031",
        "Norland plans to deliver six Heron ferries to Estra, yard director Karl Mende announced on March 4.",
        "Mende declined to say what the boats cost.",
    )
    copy = make_document(
        "c",
        "Morning Tide",
        "2031-03-05",
        "Six ferries for Estra",
        "Norland plans to deliver six Heron ferries to Estra, yard director Karl Mende announced on March 4.",
        relays=("Harbour Wire",),
    )
    daily = make_document(
        "d",
        "Norland Daily",
        "2031-04-10",
        "Ferries late, says yard",
        "The ferries will reach Estra by the end of 2032, yard director Karl Mende said on Thursday.",
        "A government official told Norland Daily that no ferry has left the yard.",
    )
    undated = make_document(
        "e",
        None,
        None,
        f"Ferry seen {HOSTILE}",
        f"The first ferry is already in Estra, fishermen claimed. {HOSTILE}",
        notes=(Note(code="no-date", message=f"no date of publication {HOSTILE}"),),
    )

    def deliver(document: Document, trigger: str, **fields: object) -> Event:
        return Event(
            predicate="deliver",
            trigger=Mention.of(document.text, at(document, trigger)),
            predicate_class="transfer",
            **fields,
        )  # type: ignore[arg-type]

    ten = Quantity.of(courier.text, at(courier, "ten Heron ferries"), min=10, max=10, unit="ferries")
    half = When(
        earliest=day("2031-07-01"),
        latest=day("2031-12-31"),
        precision=Precision.HALF,
        text="in the second half of 2031",
        spans=(at(courier, "in the second half of 2031"),),
    )
    year = When(
        earliest=day("2031-01-01"),
        latest=day("2031-12-31"),
        precision=Precision.YEAR,
        text="in 2031",
        spans=(at(wire, "in 2031"),),
    )
    late = When(
        earliest=None,
        latest=day("2032-12-31"),
        precision=Precision.YEAR,
        text="by the end of 2032",
        spans=(at(daily, "by the end of 2032"),),
    )
    estra = Place.of(
        courier.text,
        Span(
            courier.text.rindex("Estra", 0, courier.text.index("“")),
            courier.text.rindex("Estra", 0, courier.text.index("“")) + 5,
        ),
        name="Estra",
        precision=PlacePrecision.REGION,
    )
    publication = When(earliest=day("2031-03-04"), latest=day("2031-03-04"), basis=Basis.PUBLICATION)

    s1 = make_statement(
        "1",
        courier,
        "Estra’s transport minister Ida Solberg",
        "asked",
        "to deliver ten Heron ferries to Estra",
        name="Ida Solberg",
        said=("2031-03-03", "2031-03-03"),
        act=Act.REQUEST,
        factuality=Factuality.UNKNOWN,
        quote=QuoteType.INDIRECT,
        event=deliver(
            courier,
            "deliver",
            theme=Agent.of(courier.text, at(courier, "Heron ferries"), name="Heron ferries"),
            place=estra,
            quantity=ten,
        ),
    )
    s2 = make_statement(
        "2",
        courier,
        "Solberg",
        "asks",
        "Norland for ten Heron ferries",
        name="Ida Solberg",
        said=("2031-03-03", "2031-03-03"),
        act=Act.REQUEST,
        factuality=Factuality.UNKNOWN,
    )
    s3 = make_statement(
        "3",
        courier,
        "she",
        "said",
        "We will receive the first boats in the second half of 2031",
        name="Ida Solberg",
        said=("2031-03-03", "2031-03-03"),
        act=Act.PLAN,
        factuality=Factuality.PROBABLE,
        quote=QuoteType.DIRECT,
        event=deliver(courier, "receive", time=half),
    )
    s4 = make_statement(
        "4",
        wire,
        "",
        None,
        "Norland to send six ferries to Estra in 2031",
        name="Harbour Wire",
        kind=AgentKind.NARRATOR,
        act=Act.PLAN,
        factuality=Factuality.PROBABLE,
        event=deliver(wire, "send", time=year),
    )
    s4 = replace(s4, said=publication)
    s5 = make_statement(
        "5",
        wire,
        "yard director Karl Mende",
        "announced",
        "Norland plans to deliver six Heron ferries to Estra",
        name="Karl Mende",
        said=("2031-03-04", "2031-03-04"),
        act=Act.PLAN,
        factuality=Factuality.PROBABLE,
    )
    s6 = make_statement(
        "6",
        copy,
        "yard director Karl Mende",
        "announced",
        "Norland plans to deliver six Heron ferries to Estra",
        name="Karl Mende",
        said=("2031-03-04", "2031-03-04"),
        act=Act.PLAN,
        factuality=Factuality.PROBABLE,
        via=(Relay(name="Harbour Wire"),),
    )
    s7 = make_statement(
        "7",
        daily,
        "yard director Karl Mende",
        "said",
        "The ferries will reach Estra by the end of 2032",
        name="Karl Mende",
        said=("2031-04-10", "2031-04-10"),
        act=Act.PLAN,
        factuality=Factuality.PROBABLE,
        event=deliver(daily, "reach", time=late),
    )
    s8 = make_statement(
        "8",
        daily,
        "A government official",
        "told",
        "no ferry has left the yard",
        name="A government official",
        kind=AgentKind.ANONYMOUS,
        said=("2031-04-10", "2031-04-10"),
        factuality=Factuality.CERTAINLY_NOT,
        event=deliver(daily, "left", polarity=Polarity.NEGATIVE),
    )
    s9 = make_statement(
        "9",
        undated,
        "fishermen",
        "claimed",
        "The first ferry is already in Estra",
        kind=AgentKind.GROUP,
        distance=Distance.of(undated.text, at(undated, "claimed"), kind=DistanceKind.DOUBT),
    )
    s0 = make_statement(
        "0",
        wire,
        "Mende",
        "declined",
        "what the boats cost",
        name="Karl Mende",
        said=("2031-03-04", "2031-03-04"),
        act=Act.DECLINE,
        factuality=Factuality.UNKNOWN,
    )

    frame = EventFrame(predicate="transfer", agent="Norland", theme="Heron ferries", place="Estra")
    origins = (
        Origin(
            id="a0" * 16, voice="Ida Solberg", said=s1.said, statements=(s1.id, s2.id, s3.id), documents=(courier.id,)
        ),
        Origin(
            id="b0" * 16,
            voice="Karl Mende",
            said=s5.said,
            statements=(s5.id, s6.id, s0.id),
            documents=(wire.id, copy.id),
            links=(
                Link(parent="Karl Mende", child="Harbour Wire", document_id=wire.id, statement_id=s5.id),
                Link(parent="Harbour Wire", child="Morning Tide", document_id=copy.id, statement_id=s6.id),
            ),
        ),
        Origin(id="c0" * 16, voice="Karl Mende", said=s7.said, statements=(s7.id,), documents=(daily.id,)),
        Origin(id="d0" * 16, voice="A government official", said=s8.said, statements=(s8.id,), documents=(daily.id,)),
    )
    solberg, mende, delay, official = origins
    many = Question(
        id="e1" * 16,
        text="How many Heron ferries will Norland deliver to Estra?",
        event=frame,
        slot=Slot.QUANTITY,
        values=(
            Value(
                value=(10, 10),
                text="10 ferries",
                statements=(s1.id, s2.id),
                origins=(solberg.id,),
                voices=("Ida Solberg",),
                documents=(courier.id,),
                factuality=Factuality.UNKNOWN,
                latest_said=day("2031-03-03"),
                label="asked for",
            ),
            Value(
                value=(6, 6),
                text="6 ferries",
                statements=(s5.id, s6.id),
                origins=(mende.id,),
                voices=("Karl Mende",),
                documents=(wire.id, copy.id),
                factuality=Factuality.PROBABLE,
                latest_said=day("2031-03-04"),
                label="planned",
            ),
        ),
        relations=(
            Relation(
                a=s1.id,
                b=s2.id,
                type=RelationType.SAME,
                why="headline and sentence report one utterance",
                rule="headline",
            ),
            Relation(a=s5.id, b=s6.id, type=RelationType.SAME, why="one text, word for word", rule="copy"),
            Relation(
                a=s1.id, b=s5.id, type=RelationType.TENSION, why="ten were asked for, six are planned", rule="stages"
            ),
            Relation(
                a=s1.id, b=s6.id, type=RelationType.TENSION, why="ten were asked for, six are planned", rule="stages"
            ),
            Relation(
                a=s2.id, b=s5.id, type=RelationType.TENSION, why="ten were asked for, six are planned", rule="stages"
            ),
            Relation(
                a=s2.id, b=s6.id, type=RelationType.TENSION, why="ten were asked for, six are planned", rule="stages"
            ),
        ),
    )
    when = Question(
        id="e2" * 16,
        text="When will the ferries be delivered to Estra?",
        event=frame,
        slot=Slot.TIME,
        values=(
            Value(
                value=(half.earliest, half.latest),
                text="second half of 2031",
                statements=(s3.id,),
                origins=(solberg.id,),
                voices=("Ida Solberg",),
                documents=(courier.id,),
                factuality=Factuality.PROBABLE,
                latest_said=day("2031-03-03"),
                label="planned",
            ),
            Value(
                value=(year.earliest, year.latest),
                text="in 2031",
                statements=(s4.id,),
                origins=(),
                voices=(),
                documents=(wire.id,),
                factuality=Factuality.PROBABLE,
                latest_said=day("2031-03-04"),
                label="planned",
            ),
            Value(
                value=(None, late.latest),
                text="by the end of 2032",
                statements=(s7.id,),
                origins=(delay.id,),
                voices=("Karl Mende",),
                documents=(daily.id,),
                factuality=Factuality.PROBABLE,
                latest_said=day("2031-04-10"),
                label="planned",
            ),
        ),
        relations=(
            Relation(
                a=s4.id,
                b=s3.id,
                type=RelationType.REFINE,
                why="the second half of 2031 lies in 2031",
                rule="interval-within",
            ),
            Relation(
                a=s4.id,
                b=s7.id,
                type=RelationType.SUPERSEDE,
                why="the later date was given five weeks later",
                rule="later-said",
            ),
        ),
    )
    whether = Question(
        id="e3" * 16,
        text="Has a ferry been delivered to Estra?",
        event=frame,
        slot=Slot.POLARITY,
        values=(
            Value(
                value="no",
                text="no",
                statements=(s8.id,),
                origins=(official.id,),
                voices=("A government official",),
                documents=(daily.id,),
                factuality=Factuality.CERTAINLY_NOT,
                latest_said=day("2031-04-10"),
            ),
            Value(
                value="yes",
                text=f"yes {HOSTILE}",
                statements=(s9.id,),
                origins=(),
                voices=(),
                documents=(undated.id,),
                factuality=Factuality.CERTAIN,
            ),
        ),
        relations=(
            Relation(
                a=s8.id,
                b=s9.id,
                type=RelationType.CONTRADICT,
                why=f"delivered against not delivered {HOSTILE}",
                rule="polarity",
            ),
        ),
    )
    comparison = Comparison(
        questions=(many, when, whether),
        origins=origins,
        origin_of={s: origin.id for origin in origins for s in origin.statements},
    )
    return Story((courier, wire, copy, daily, undated), (s1, s2, s3, s4, s5, s6, s0, s7, s8, s9), comparison)


@pytest.fixture(scope="session")
def story() -> Story:
    return build()


@pytest.fixture(scope="session")
def graded(story: Story) -> Story:
    """The story in a case that declares Ida Solberg's side and rates Karl Mende and Harbour Wire."""
    ida, karl = (
        Entity(
            id=name[0] * 32,
            name=name,
            kind=AgentKind.PERSON,
            aliases=(Alias(name=name, rule="name", why="", statements=()),),
            side=side,
        )
        for name, side in (("Ida Solberg", "Estra"), ("Karl Mende", None))
    )
    speaks = {"Ida Solberg": ida.id, "Karl Mende": karl.id}
    comparison = replace(
        story.comparison,
        entities=(ida, karl),
        speaker_of={s: speaks[o.voice] for o in story.comparison.origins for s in o.statements if o.voice in speaks},
    )
    ratings = [
        Rating(
            id=name,
            name=name,
            topic=topic,
            grade=grade,
            by=by,
            note=None,
            recorded_at=datetime.datetime(2031, 5, 1, tzinfo=datetime.UTC),
            previous=None,
        )
        for name, topic, grade, by in (
            ("Karl Mende", "ferries", Reliability.USUALLY, "ana"),
            ("Harbour Wire", None, Reliability.CANNOT_BE_JUDGED, "bo <b>"),
        )
    ]
    assessed = assessments(comparison, story.statements, story.documents, ratings)
    return replace(story, comparison=comparison, assessments=assessed)
