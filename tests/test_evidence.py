from __future__ import annotations

import dataclasses
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.errors import SpanMismatch
from quoth.evidence import BadEvidence, check_document, check_spans, identified, mismatches, statement_id
from quoth.model import (
    Agent,
    Block,
    BlockKind,
    Distance,
    DistanceKind,
    Document,
    Event,
    Mention,
    Note,
    Place,
    Quantity,
    Relay,
    Span,
    Statement,
    When,
    from_dict,
    to_dict,
)

TEXT = "Wire: Mara Olt reportedly said on Friday that, «alas», Veld would sell Orn 3 mills in Tarn by June. 🙂"
DAY = datetime.date(2030, 6, 7)


def span(words):
    start = TEXT.index(words)
    return Span(start, start + len(words))


def when(words):
    return When(earliest=DAY, latest=DAY, text=words, spans=(span(words),))


def full_statement():
    """Every field that can have spans has some."""
    return identified(
        Statement(
            id="",
            document_id="d1",
            source=Agent.of(TEXT, span("Mara Olt"), name="Mara Olt"),
            cue=Mention.of(TEXT, span("said")),
            content=Mention.of(TEXT, span("alas"), span("Veld would sell Orn 3 mills in Tarn by June")),
            via=(Relay(name="Wire", text="Wire", spans=(span("Wire"),)), Relay(name="The Post")),
            distance=Distance.of(TEXT, span("reportedly"), kind=DistanceKind.HEARSAY),
            said=when("on Friday"),
            events=(
                Event(
                    predicate="sell",
                    trigger=Mention.of(TEXT, span("sell")),
                    agent=Agent.of(TEXT, span("Veld"), name="Veld"),
                    theme=Agent.of(TEXT, span("mills"), name="mill"),
                    recipient=Agent.of(TEXT, span("Orn"), name="Orn"),
                    place=Place.of(TEXT, span("Tarn"), name="Tarn"),
                    quantity=Quantity.of(TEXT, span("3 mills"), min=3, max=3, unit="mills"),
                    time=when("by June"),
                ),
            ),
            context=Span(0, len(TEXT) - 2),
            pattern="by hand",
        )
    )


def document(**fields):
    return Document(**{"id": "d1", "sha256": "00", "text": TEXT, "blocks": (), "file": "mills.txt", **fields})


PATHS = [
    "source",
    "cue",
    "content",
    "via[0]",
    "distance",
    "said",
    "events[0].trigger",
    "events[0].agent",
    "events[0].theme",
    "events[0].recipient",
    "events[0].place",
    "events[0].quantity",
    "events[0].time",
]


def altered(value, path, **changes):
    """A copy of `value` with the thing at `path` changed."""
    head, _, rest = path.partition(".")
    name, _, index = head.rstrip("]").partition("[")
    field = getattr(value, name)
    item = field[int(index)] if index else field
    new = altered(item, rest, **changes) if rest else dataclasses.replace(item, **changes)
    if index:
        new = (*field[: int(index)], new, *field[int(index) + 1 :])
    return dataclasses.replace(value, **{name: new})


def test_words_that_stand_where_they_should():
    check_spans(document(), full_statement())
    assert list(mismatches(document(), full_statement())) == []


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"text": "other words"}, "and 'other words' was stored"),
        ({"spans": ()}, "no span to show for them"),
        ({"spans": (Span(len(TEXT) - 1, len(TEXT) + 1),)}, f"ends beyond the text, which has {len(TEXT)} code points"),
    ],
)
def test_every_field_with_spans_is_checked(path, changes, what):
    wrong = altered(full_statement(), path, **changes)
    with pytest.raises(SpanMismatch) as caught:
        check_spans(document(), wrong)
    assert caught.value.where == "mills.txt"
    assert f", {path}: " in caught.value.what
    assert what in caught.value.what


@pytest.mark.parametrize("path", PATHS)
def test_a_span_one_off_is_a_mismatch(path):
    statement = full_statement()
    for step in (-1, 1):
        field = statement
        for part in path.split("."):
            name, _, index = part.rstrip("]").partition("[")
            field = getattr(field, name)[int(index)] if index else getattr(field, name)
        moved = tuple(Span(max(0, s.start + step), s.end + step) for s in field.spans)
        if moved != field.spans:
            assert list(mismatches(document(), altered(statement, path, spans=moved)))


def test_a_span_whose_end_only_slicing_would_forgive():
    statement = full_statement()
    tail = Mention(text="🙂", spans=(Span(len(TEXT) - 1, len(TEXT) + 5),))
    assert len(list(mismatches(document(), dataclasses.replace(statement, content=tail)))) == 1


def test_the_context_lies_in_the_text():
    wrong = dataclasses.replace(full_statement(), context=Span(0, len(TEXT) + 1))
    assert list(mismatches(document(), wrong)) == [
        f"context: span [0, {len(TEXT) + 1}) ends beyond the text, which has {len(TEXT)} code points"
    ]


def test_a_narrator_has_no_words():
    narrator = Agent(text="", spans=(), name="The Post")
    check_spans(document(), dataclasses.replace(full_statement(), source=narrator, cue=None))


def test_a_statement_of_another_document():
    with pytest.raises(BadEvidence, match="belongs to document d1"):
        check_spans(document(id="d2"), full_statement())


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"blocks": (Block(Span(0, 5), BlockKind.BYLINE), Block(Span(6, 999), BlockKind.PARAGRAPH))}, "blocks[1]"),
        ({"notes": (Note(code="N", message="m", span=Span(0, 999)),)}, "notes[0].span"),
        ({"relays": (Relay(name="Wire", text="wire", spans=(Span(0, 4),)),)}, "relays[0]"),
    ],
)
def test_a_documents_own_spans(fields, path):
    with pytest.raises(SpanMismatch) as caught:
        check_document(document(**fields))
    assert caught.value.what.startswith(f"{path}: ")
    check_document(document(relays=(Relay(name="Wire", text="Wire", spans=(Span(0, 4),)), Relay(name="TASS"))))


def test_the_id_is_that_of_all_a_statement_says():
    statement = full_statement()
    assert len(statement.id) == 32
    assert identified(dataclasses.replace(statement, id="anything")) == statement
    assert statement_id(to_dict(statement)) == statement.id
    assert identified(from_dict(Statement, to_dict(statement))) == statement


@pytest.mark.parametrize("path", PATHS)
def test_whatever_is_changed_changes_the_id(path):
    statement = full_statement()
    assert identified(altered(statement, path, text="other words")).id != statement.id


@given(st.text(min_size=1, max_size=30), st.data())
def test_a_mention_taken_from_a_text_always_stands_and_a_prefixed_text_never(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    mention = Mention.of(text, Span(start, end))
    statement = Statement(
        id="",
        document_id="d1",
        source=Agent(text="", spans=(), name="x"),
        content=mention,
        context=Span(0, len(text)),
        pattern="by hand",
    )
    assert list(mismatches(document(text=text), statement)) == []
    filler = "\ue000" if text[start] != "\ue000" else "\ue001"
    shifted = filler * (end - start) + text
    if start:
        shifted = filler * len(text) + text
    assert len(list(mismatches(document(text=shifted), statement))) == 1
