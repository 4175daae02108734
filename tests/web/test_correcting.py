"""The form of a correction: filled with what was read, and what is changed in it."""

from __future__ import annotations

import datetime

import pytest

from quoth.evidence import identified
from quoth.model import (
    Act,
    Agent,
    AgentKind,
    Event,
    Factuality,
    Mention,
    Place,
    Precision,
    Quantity,
    Span,
    Statement,
    When,
)
from quoth.web.correcting import Asked, asked, fields_of, filled

TEXT = "The mayor said that twelve barges would leave Lodia in May and five would stay."
DAY = datetime.date(2031, 5, 1)


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


@pytest.fixture
def said() -> Statement:
    leave = Event(
        predicate="leave",
        trigger=Mention.of(TEXT, span("leave")),
        place=Place.of(TEXT, span("Lodia"), name="Lodia"),
        quantity=Quantity.of(TEXT, span("twelve"), min=12, max=None, unit="barges"),
        time=When(earliest=None, latest=DAY, precision=Precision.DAY, text="in May", spans=(span("in May"),)),
    )
    stay = Event(predicate="stay", trigger=Mention.of(TEXT, span("stay")))
    return identified(
        Statement(
            id="",
            document_id="d" * 32,
            source=Agent.of(TEXT, span("The mayor"), name="The  mayor", kind=AgentKind.PERSON),
            content=Mention.of(TEXT, span("twelve barges would leave Lodia in May and five would stay")),
            events=(leave, stay),
            context=Span(0, len(TEXT)),
            pattern="verb+clause",
        )
    )


def test_the_form_is_filled_with_what_was_read(said: Statement) -> None:
    of_statement = {
        "source": "The  mayor",
        "source_kind": "person",
        "source_country": "",
        "act": "assert",
        "factuality": "CT+",
        "said": "",
    }
    leaving = {"time-1": "..2031-05-01", "quantity-1": "12..", "unit-1": "barges", "place-1": "Lodia"}
    staying = {"time-2": "", "quantity-2": "", "unit-2": "", "place-2": ""}
    assert filled(said) == of_statement | leaving | staying


def test_what_stands_as_it_was_corrects_nothing(said: Statement) -> None:
    for form in ({}, filled(said), {"source": " The mayor "}, {"other": "x"}):
        assert asked(said, form, by="ana").errors == {"": "nothing is changed: write into a field what it should be"}


def test_what_is_changed_is_all_that_is_corrected(said: Statement) -> None:
    [correction] = asked(said, {**filled(said), "act": "deny", "quantity-1": "10..15"}, by="ana").corrections
    fields = {name: value for name, value in fields_of(correction).items() if value is not None}
    assert fields == {"act": Act.DENY, "event": 1, "quantity": (10, 15)}


def test_what_is_emptied_is_taken_away(said: Statement) -> None:
    form = {"time-1": "", "quantity-1": "", "unit-1": "", "place-1": " "}
    [correction] = asked(said, form, by="ana").corrections
    assert (correction.time, correction.quantity, correction.unit, correction.place) == (
        (None, None),
        (None, None),
        None,
        "",
    )


def test_each_event_has_its_own_correction_and_the_statement_s_goes_with_the_first(said: Statement) -> None:
    found = asked(said, {"factuality": "U", "place-2": "Lodia", "unit-1": "boats"}, by="ana").corrections
    assert [(c.event, c.factuality, c.unit, c.place) for c in found] == [
        (1, Factuality.UNKNOWN, "boats", None),
        (2, None, None, "Lodia"),
    ]


def test_every_wrong_field_is_told_at_once_and_what_was_written_is_kept(said: Statement) -> None:
    form = {"time-1": "soon", "quantity-2": "many", "source_country": "Estra", "unit-1": "", "act": "deny"}
    wrong = asked(said, form, by="ana")
    assert isinstance(wrong, Asked)
    assert set(wrong.errors or {}) == {"time-1", "quantity-2", "source_country", "unit-1"}
    assert {name: wrong.values[name] for name in form} == form
    assert wrong.corrections == ()
