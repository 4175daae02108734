"""Who gave which answer when: two origins and a report of unknown lineage on when a ferry is to come."""

import datetime

from quoth.model import (
    Act,
    Agent,
    AgentKind,
    Basis,
    Event,
    EventFrame,
    Factuality,
    Mention,
    Quantity,
    Question,
    Relation,
    RelationType,
    Slot,
    Span,
    Statement,
    Value,
    When,
)
from quoth.web.drawn.points import Point, Tie, Told, history_of

DAY = datetime.date(2031, 3, 4)
LATER = datetime.date(2031, 4, 10)
END = datetime.date(2031, 12, 31)
SPAN = Span(0, 5)


def statement(id: str, name: str, document: str, said: When | None, **more: object) -> Statement:
    return Statement(
        id=id,
        document_id=document,
        source=Agent(text=name, spans=(SPAN,), name=name, kind=AgentKind.PERSON),
        content=Mention(text="words", spans=(SPAN,)),
        said=said,
        context=SPAN,
        pattern="by-hand",
        **more,  # type: ignore[arg-type]
    )


def on(day: datetime.date, basis: Basis = Basis.STATED) -> When:
    return When(earliest=day, latest=day, basis=basis)


STATEMENTS = {
    s.id: s
    for s in (
        statement("s1", "Karl Mende", "d1", on(DAY), act=Act.PLAN, factuality=Factuality.PROBABLE),
        statement("s2", "Karl Mende", "d2", on(DAY), act=Act.PLAN, factuality=Factuality.PROBABLE),
        statement("s3", "Ida Solberg", "d3", on(LATER, Basis.PUBLICATION)),
        statement("s4", "Ida Solberg", "d4", None),
    )
}
PUBLISHED = {"d1": DAY, "d2": LATER, "d3": LATER, "d4": None}


def value(text: str, answer: tuple[datetime.date | None, datetime.date | None] | None, *ids: str) -> Value:
    return Value(
        value=answer,
        text=text,
        statements=ids,
        origins=(),
        voices=(),
        documents=(),
        factuality=Factuality.PROBABLE,
    )


def relation(a: str, b: str, type: RelationType, why: str) -> Relation:
    return Relation(a=a, b=b, type=type, why=why, rule="by-hand")


QUESTION = Question(
    id="q",
    text="When will the ferry come?",
    event=EventFrame(predicate="come"),
    slot=Slot.TIME,
    values=(
        value("by the end of the year", (None, END), "s1", "s2"),
        value("soon", None, "s3", "s4"),
    ),
    relations=(
        relation("s3", "s1", RelationType.CONTRADICT, "both cannot hold"),
        relation("s2", "s3", RelationType.CONTRADICT, "nor these"),
        relation("s1", "s4", RelationType.SUPERSEDE, "said later"),
        relation("s1", "s2", RelationType.SAME, "one utterance"),
        relation("s3", "s9", RelationType.DENY, "answers nothing"),
    ),
)
HISTORY = history_of(
    QUESTION, STATEMENTS, PUBLISHED, {"s1": "o1", "s2": "o1"}, {"s3": "Estra"}, sides=("Estra",), seen={"s2"}
)


def test_reports_of_one_utterance_are_one_point() -> None:
    assert HISTORY.points[0] == Point(
        answer=0,
        statements=("s1", "s2"),
        origin="o1",
        days=(DAY, DAY),
        by_publication=False,
        voice="Karl Mende",
        reports=2,
        act="plans",
        colour="plans or promises",
        certainty="probable",
        side="",
    )


def test_a_statement_of_unknown_lineage_stands_alone_by_its_day_of_publication() -> None:
    point = HISTORY.points[1]

    assert (point.statements, point.origin, point.days) == (("s3",), None, (LATER, LATER))
    assert point.by_publication
    assert point.side == "Estra"


def test_what_nothing_dates_has_no_day() -> None:
    assert HISTORY.points[2].days is None
    assert not HISTORY.points[2].by_publication


def test_what_a_reader_does_not_look_at_is_not_seen() -> None:
    assert [point.seen for point in HISTORY.points] == [True, False, False]


def test_a_tie_gathers_the_relations_between_two_points_from_either_side() -> None:
    assert HISTORY.ties == (
        Tie(type=RelationType.CONTRADICT, a=0, b=1, why="both cannot hold", more=1),
        Tie(type=RelationType.SUPERSEDE, a=0, b=2, why="said later"),
    )
    assert HISTORY.superseded == {0}


def test_answers_are_told_with_what_their_words_leave_out() -> None:
    assert HISTORY.answers[0].whole == "by the end of the year (by 31 December 2031)"
    assert Told(text="two", spelled="2", label="planned", value=(2, 2)).whole == "two (2; planned)"


def test_the_unit_is_told_as_far_as_all_agree_on_it() -> None:
    def counted(unit: str, id: str) -> Statement:
        quantity = Quantity(text="six", spans=(SPAN,), min=6, max=6, unit=unit)
        event = Event(predicate="deliver", trigger=Mention(text="words", spans=(SPAN,)), quantity=quantity)
        return statement(id, "Karl Mende", "d1", on(DAY), events=(event,))

    def unit(*units: str) -> str:
        statements = {f"s{n}": counted(of, f"s{n}") for n, of in enumerate(units)}
        six = Value(
            value=(6, 6),
            text="six",
            statements=tuple(statements),
            origins=(),
            voices=(),
            documents=(),
            factuality=Factuality.CERTAIN,
        )
        question = Question(id="q", text="", event=EventFrame(predicate=""), slot=Slot.QUANTITY, values=(six,))
        return history_of(question, statements, PUBLISHED, {}, {}).unit

    assert unit("ferries", "ferries") == "ferries"
    assert unit("ferries", "ferries", "boats") == "ferries, and other units"
    assert HISTORY.unit == ""
