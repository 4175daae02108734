"""A statement as somebody corrects it: other fields, the same words."""

from __future__ import annotations

import dataclasses
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.corrections import (
    BadCorrection,
    Correction,
    corrected,
    days_as_written,
    days_from,
    numbers_as_written,
    numbers_from,
    precision_of,
)
from quoth.evidence import check_spans, identified
from quoth.model import (
    Act,
    Agent,
    AgentKind,
    Block,
    BlockKind,
    Document,
    Event,
    Factuality,
    Mention,
    Place,
    Polarity,
    Precision,
    Quantity,
    Span,
    Statement,
    When,
)

TEXT = "The mayor said that twelve barges would leave Lodia in May."
MAY = (datetime.date(2031, 5, 1), datetime.date(2031, 5, 31))


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


@pytest.fixture
def document() -> Document:
    whole = Span(0, len(TEXT))
    return Document(id="d" * 32, sha256="0" * 64, text=TEXT, blocks=(Block(whole, BlockKind.PARAGRAPH),))


@pytest.fixture
def statement(document: Document) -> Statement:
    event = Event(
        predicate="leave",
        trigger=Mention.of(TEXT, span("leave")),
        place=Place.of(TEXT, span("Lodia"), name="Lodia", latitude=1.0, longitude=2.0),
        quantity=Quantity.of(TEXT, span("twelve"), min=12, max=12, unit="barges"),
        time=When(earliest=MAY[0], latest=MAY[1], precision=Precision.MONTH, text="in May", spans=(span("in May"),)),
    )
    return identified(
        Statement(
            id="",
            document_id=document.id,
            source=Agent.of(TEXT, span("The mayor"), name="The mayor", kind=AgentKind.PERSON),
            cue=Mention.of(TEXT, span("said")),
            content=Mention.of(TEXT, span("twelve barges would leave Lodia in May")),
            act=Act.PLAN,
            factuality=Factuality.PROBABLE,
            events=(event,),
            context=Span(0, len(TEXT)),
            pattern="by hand",
            confidence=0.4,
        )
    )


def test_corrections_of_the_source_say_by_whom(document: Document, statement: Statement) -> None:
    right = corrected(
        statement, Correction(source="Ana Réka", source_kind=AgentKind.PERSON, source_country="NO"), by="bo"
    )
    assert (right.source.name, right.source.text, right.source.country) == ("Ana Réka", "The mayor", "NO")
    assert right.source.why == "bo corrected The mayor"
    assert (right.pattern, right.confidence) == ("review", 1.0)
    assert right.id != statement.id
    check_spans(document, right)


def test_corrections_keep_the_words_that_a_field_was_read_from(document: Document, statement: Statement) -> None:
    june = (datetime.date(2031, 6, 1), datetime.date(2031, 6, 30))
    fields = Correction(time=june, quantity=(10, None), unit="ships", place="Lodia Port", said=(MAY[0], MAY[0]))
    right = corrected(statement, fields, by="bo")
    [event] = right.events
    assert event.time is not None
    assert event.quantity is not None
    assert event.place is not None
    assert (event.time.earliest, event.time.precision, event.time.text) == (june[0], Precision.MONTH, "in May")
    assert (event.quantity.min, event.quantity.max, event.quantity.unit) == (10, None, "ships")
    assert (event.quantity.text, event.place.text) == ("twelve", "Lodia")
    assert (event.place.name, event.place.latitude) == ("Lodia Port", None)
    assert right.said == When(earliest=MAY[0], latest=MAY[0])
    check_spans(document, right)


def test_corrections_take_fields_away_and_bring_new_ones(document: Document, statement: Statement) -> None:
    none = (None, None)
    bare = corrected(statement, Correction(time=none, quantity=none, place=""), by="bo")
    assert (bare.events[0].time, bare.events[0].quantity, bare.events[0].place) == (None, None, None)
    full = corrected(bare, Correction(time=MAY, quantity=(3, 3), place="Lodia"), by="bo")
    assert full.events[0].quantity == Quantity(text="", spans=(), min=3, max=3)
    assert full.events[0].place == Place(text="", spans=(), name="Lodia")
    check_spans(document, full)


def test_corrections_of_certainty_turn_the_main_event(statement: Statement) -> None:
    right = corrected(statement, Correction(factuality=Factuality.CERTAINLY_NOT, act=Act.DENY), by="bo")
    assert (right.act, right.factuality) == (Act.DENY, Factuality.CERTAINLY_NOT)
    assert (right.events[0].factuality, right.events[0].polarity) == (Factuality.CERTAINLY_NOT, Polarity.NEGATIVE)
    back = corrected(right, Correction(factuality=Factuality.UNKNOWN), by="bo")
    assert back.events[0].polarity is Polarity.POSITIVE


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        (Correction(), "nothing is corrected"),
        (Correction(place="Lodia", event=2), "there is no event 2: it has 1"),
        (Correction(place="Lodia", event=0), "there is no event 0: it has 1"),
        (Correction(quantity=(5, 3)), "max 3 below min 5"),
        (Correction(time=MAY[::-1]), "ends .* before it begins"),
    ],
)
def test_corrections_that_cannot_be(statement: Statement, fields: Correction, what: str) -> None:
    with pytest.raises(BadCorrection, match=what):
        corrected(statement, fields, by="bo")


def test_corrections_of_what_has_no_event(statement: Statement) -> None:
    bare = identified(dataclasses.replace(statement, events=()))
    with pytest.raises(BadCorrection, match="it has none"):
        corrected(bare, Correction(place="Lodia"), by="bo")
    assert corrected(bare, Correction(factuality=Factuality.UNKNOWN), by="bo").factuality is Factuality.UNKNOWN


@pytest.mark.parametrize(
    ("first", "last", "precision"),
    [
        ("2031-05-01", "2031-05-01", Precision.DAY),
        ("2031-02-01", "2031-02-28", Precision.MONTH),
        ("2031-01-01", "2031-12-31", Precision.YEAR),
        ("2031-01-01", "2031-02-28", Precision.VAGUE),
    ],
)
def test_corrections_precision_of_an_interval(first: str, last: str, precision: Precision) -> None:
    assert precision_of((datetime.date.fromisoformat(first), datetime.date.fromisoformat(last))) is precision


# ---------------------------------------------------------------- as a person writes it


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("2031-05-01", (MAY[0], MAY[0])),
        (" 2031-05-01 .. 2031-05-31 ", MAY),
        ("..2031-05-31", (None, MAY[1])),
        ("2031-05-01..", (MAY[0], None)),
        ("none", (None, None)),
    ],
)
def test_days_are_read_as_written(words: str, days: object) -> None:
    assert days_from(words) == days


@pytest.mark.parametrize("words", ["", "..", "May", "2031-02-30", "2031-05-01..soon", "2031-05-01...2031-05-02"])
def test_what_is_no_day_is_refused_with_what_to_write(words: str) -> None:
    with pytest.raises(BadCorrection, match="is no day") as refused:
        days_from(words)
    assert "2024-05-01..2024-05-31" in (refused.value.remedy or "")


@pytest.mark.parametrize(
    ("words", "numbers"),
    [("12", (12, 12)), ("10..15", (10, 15)), ("10..", (10, None)), ("..-1.5", (None, -1.5)), ("none", (None, None))],
)
def test_numbers_are_read_as_written(words: str, numbers: object) -> None:
    assert numbers_from(words) == numbers


@pytest.mark.parametrize("words", ["", "..", "twelve", "1e3", "1,000", "nan", "٣", "9" * 5000, "1..2..3"])
def test_what_is_no_number_is_refused(words: str) -> None:
    with pytest.raises(BadCorrection):
        numbers_from(words)


@given(st.dates() | st.none(), st.dates() | st.none())
def test_days_are_written_as_they_are_read(first: datetime.date | None, last: datetime.date | None) -> None:
    assert days_from(days_as_written(first, last)) == (first, last)


finite = st.none() | st.integers(-(10**12), 10**12) | st.floats(allow_nan=False, allow_infinity=False)


@given(finite, finite)
def test_numbers_are_written_as_they_are_read(low: float | None, high: float | None) -> None:
    assert numbers_from(numbers_as_written(low, high)) == (low, high)
