"""Every line of the wire has the keys of its shape, in its order, and values that fit it: what is described is what
comes."""

from __future__ import annotations

import dataclasses
import datetime
import enum
import functools
import json
import typing
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quoth.ledger import JudgementRecord
from quoth.model import (
    Article,
    Assessment,
    Change,
    Comparison,
    Credibility,
    Document,
    Entity,
    Heading,
    Origin,
    Question,
    Rated,
    SourceGrade,
    Span,
    Statement,
    Value,
)
from quoth.present import wire
from quoth.web.api import own, records, shapes

HEX = "0123456789abcdef"
IDS = st.text(HEX, min_size=32, max_size=32)
"""All words are ids here, which fit everywhere: what is looked at is the keys, and which of them may be null."""
DAYS = st.dates()
NUMBERS = st.one_of(st.integers(-(10**6), 10**6), st.floats(-1e6, 1e6))


ANSWERS = (
    st.one_of(*(st.tuples(a, b).map(lambda two: two if None in two else tuple(sorted(two)))
                for ends in (DAYS, NUMBERS) for a in (ends, st.none()) for b in (ends, st.none())))
    | st.sampled_from(["yes", "no", None])
)  # fmt: skip
FIELDS = {
    (Value, "value"): ANSWERS,
    (Change, "value"): ANSWERS,
    (Change, "origins"): st.none() | st.tuples(st.integers(0, 9), st.integers(0, 9)),
    (Document, "sha256"): st.text(HEX, min_size=64, max_size=64),
}
"""What is not any value of its type."""
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: IDS,
    bool: st.booleans(),
    int: st.integers(0, 999),
    float: st.floats(0, 1),
    type(None): st.none(),
    datetime.date: DAYS,
    datetime.datetime: st.datetimes(timezones=st.just(datetime.UTC)),
    Span: st.builds(lambda start, length: Span(start, start + length), st.integers(0, 50), st.integers(1, 50)),
}


@functools.cache
def any_of(kind: Any) -> st.SearchStrategy[Any]:
    """Anything of a type; of a dataclass, each field anything of its type, ends in order."""
    if kind in PLAIN:
        return PLAIN[kind]
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        hints = typing.get_type_hints(kind)
        fields = {f.name: field_of(kind, f.name, hints[f.name]) for f in dataclasses.fields(kind)}
        return st.fixed_dictionaries(fields).map(lambda given: kind(**in_order(given)))
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return st.sampled_from(kind)
    inner = typing.get_args(kind)
    if typing.get_origin(kind) is tuple:
        return st.lists(any_of(inner[0]), max_size=2).map(tuple)
    return st.one_of(*map(any_of, inner))


def field_of(kind: type, name: str, of: Any) -> st.SearchStrategy[Any]:
    return FIELDS[kind, name] if (kind, name) in FIELDS else any_of(of)


def in_order(given: dict[str, Any]) -> dict[str, Any]:
    for low, high in (("earliest", "latest"), ("min", "max")):
        if given.get(low) is not None and given.get(high) is not None:
            given[low], given[high] = sorted((given[low], given[high]))
    return given


def test_a_statement():
    known = st.builds(lambda e, id: (e, id), any_of(Entity), IDS)

    def line(statement: Statement, document: Document, who: tuple[Entity, str] | None) -> Any:
        compared = Comparison(questions=(), origins=())
        if who:
            told = {statement.id: who[0].id}
            compared = dataclasses.replace(
                compared, entities=(who[0],), speaker_of=told, origin_of={statement.id: who[1]}
            )
        return wire.statement_line(statement, document, compared)

    fits(shapes.Statement, st.builds(line, any_of(Statement), any_of(Document), st.none() | known))


def test_a_question():
    def assessed(question: Question, data: st.DataObject) -> Any:
        each = st.builds(
            Assessment,
            credibility=st.sampled_from(Credibility),
            why=IDS,
            reliability=st.lists(any_of(SourceGrade), max_size=2).map(tuple),
            sides=st.none() | st.just(("Estra",)),
            no_side=st.none() | st.just(("Ida",)),
        )
        return wire.question_line(question, [data.draw(each) for _ in question.values])

    fits(shapes.Question, st.builds(assessed, any_of(Question), st.data()))


@pytest.mark.parametrize(
    ("shape", "thing", "line"),
    [
        (shapes.Heading, Question, lambda question: wire.heading_line(Heading.of(question))),
        (shapes.Origin, Origin, wire.origin_line),
        (records.Entity, Entity, wire.entity_line),
        (shapes.Change, Change, wire.change_line),
        (records.Rating, Rated, wire.rating_line),
        (records.Judgement, JudgementRecord, lambda judgement: wire.judgement_line(judgement, False)),
        (records.Document, Document, wire.document_line),
        (records.Article, Article, wire.article_line),
    ],
)
def test_lines(shape, thing, line):
    fits(shape, any_of(thing).map(line))


def test_a_line_with_another_key_does_not_fit():
    with pytest.raises(ValueError, match="Extra inputs"):
        shapes.Speaker.model_validate({"id": "0" * 32, "name": "Ana", "side": None, "rank": 1})


def fits(shape: type[shapes.Line], lines: st.SearchStrategy[Any]) -> None:
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=True)
    @given(lines)
    def check(line: Any) -> None:
        told = shape.model_validate_json(wire.json_text(line))
        assert keys(told.model_dump(mode="json", by_alias=True)) == keys(json.loads(wire.json_text(line)))

    run: Callable[[], None] = check
    run()


def keys(value: Any) -> Any:
    """The keys in their order, all the way down."""
    if isinstance(value, dict):
        return [(name, keys(inner)) for name, inner in value.items()]
    return [keys(inner) for inner in value] if isinstance(value, list) else None


@pytest.mark.parametrize(
    ("path", "shape"),
    [
        ("/case", own.Case),
        ("/search?text=ferries", own.Found),
        ("/outlets", own.Outlet),
        ("/places", own.NamedPlace),
        ("/deadlines", own.Deadline),
    ],
)
def test_what_only_the_interface_answers(client, path, shape):
    told = client.get(f"/api/v1{path}").json()
    for line in told.get("items", [told]):
        fit = shape.model_validate_json(json.dumps(line))
        assert keys(fit.model_dump(mode="json", by_alias=True)) == keys(line)


def test_a_job(client):
    from quoth.web.api.jobs import job_line
    from quoth.web.jobs import Job, Order

    job = Job(Order(addresses=["https://example.org/"], left_out=[("a.txt", "it is too large")]), "ana")
    job.note({"event": "note", "text": "waiting for example.org"})
    job.note({"event": "item", "where": "b.txt", "outcome": "new", "document": "0" * 32, "statements": 2, "error": None,
              "remarks": ["of another day"]})  # fmt: skip
    job.note({"event": "broken", "error": {"code": "Q900", "what": "it failed", "where": None, "remedy": None}})
    line = job_line(job, after=0)
    fit = own.Job.model_validate_json(json.dumps(line))
    assert keys(fit.model_dump(mode="json", by_alias=True)) == keys(json.loads(json.dumps(line)))
    assert [event["note"] for event in line["events"]] == [None, "waiting for example.org", None]
