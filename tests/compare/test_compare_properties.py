"""What holds for every story: the order of rows is nothing, a copy adds no origin, a contradiction is proven."""

from __future__ import annotations

import dataclasses
import datetime
import itertools
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quoth.compare import compare
from quoth.compare.intervals import Lie, days, lie
from quoth.compare.quantities import provably_disjoint
from quoth.identity import content_id
from quoth.model import (
    Act,
    AgentKind,
    Counting,
    Document,
    Factuality,
    RelationType,
    Slot,
    Statement,
)

SPEAKERS = [("Ines Dorn", AgentKind.PERSON), ("Dorn", AgentKind.PERSON), ("Karl Voss", AgentKind.PERSON),
            ("an official", AgentKind.ANONYMOUS), ("narrator", AgentKind.NARRATOR),
            ("Varn police", AgentKind.ORGANIZATION)]  # fmt: skip
DAYS = [None, "2031-03-01", "2031-03-02", ("2031-03-01", "2031-03-31")]
TIMES = [None, "2031-04-10", "2031-05-10", ("2031-04-01", "2031-06-30"), (None, "2031-12-31")]
EXPLORE = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def stories(draw: Any) -> list[dict[str, Any]]:
    """Rows from which a story is built: one to ten statements in up to four documents."""
    return draw(
        st.lists(
            st.fixed_dictionaries(
                {
                    "article": st.sampled_from("abcd"),
                    "speaker": st.sampled_from(SPEAKERS),
                    "predicate": st.sampled_from(
                        ["deploy", "kill", "acquire", "possess", "produce", "decide", "zorble"]
                    ),
                    "theme": st.sampled_from([None, "Kestrel drones", "drones", "Velt"]),
                    "place": st.sampled_from([None, "Varn"]),
                    "number": st.sampled_from([None, (10, 10), (12, 12), (10, None), (0, 0)]),
                    "time": st.sampled_from(TIMES),
                    "said": st.sampled_from(DAYS),
                    "act": st.sampled_from(Act),
                    "factuality": st.sampled_from(Factuality),
                    "counting": st.sampled_from([Counting.TOTAL, Counting.INCREMENT]),
                    "agent": st.sampled_from([None, "Arlan", "Berund"]),
                }
            ),
            min_size=1,
            max_size=10,
        )
    )  # type: ignore[no-any-return]


def build(new_story: Callable[[], Any], rows: list[dict[str, Any]]) -> tuple[list[Statement], list[Document]]:
    story = new_story()
    for n, letter in enumerate("abcd"):
        text = f"In paper {letter} they speak of Kestrel drones and drones at Varn."
        story.article(letter, text, outlet=f"Paper {n % 3}", published=f"2031-03-0{n + 1}" if n else None)
    for n, row in enumerate(rows):
        how = dict(row)
        article, (speaker, kind) = how.pop("article"), how.pop("speaker")
        story.says(str(n), article, "Kestrel drones and drones at Varn", speaker, kind=kind, **how)
    return list(story.statements.values()), list(story.documents.values())


@EXPLORE
@given(stories(), st.randoms(use_true_random=False))
def test_compare_is_blind_to_order(new_story: Any, rows: Any, random: Any) -> None:
    statements, documents = build(new_story, rows)
    expected = compare(statements, documents)
    random.shuffle(statements)
    random.shuffle(documents)
    assert compare(statements, documents) == expected


@EXPLORE
@given(stories())
def test_compare_of_rows_given_twice_is_the_same(new_story: Any, rows: Any) -> None:
    statements, documents = build(new_story, rows)
    assert compare(statements + statements, documents + documents) == compare(statements, documents)


@EXPLORE
@given(stories(), st.data())
def test_compare_a_repeated_report_adds_no_origin(new_story: Any, rows: Any, data: Any) -> None:
    statements, documents = build(new_story, rows)
    one = data.draw(st.sampled_from(statements))
    again = dataclasses.replace(one, id=content_id("statement", "again"))
    assert len(compare([*statements, again], documents).origins) <= len(compare(statements, documents).origins)


@EXPLORE
@given(stories())
def test_compare_every_named_statement_has_one_origin_and_no_other_has(new_story: Any, rows: Any) -> None:
    statements, documents = build(new_story, rows)
    comparison = compare(statements, documents)
    held = list(itertools.chain.from_iterable(o.statements for o in comparison.origins))
    assert len(held) == len(set(held))
    assert set(held) == {s.id for s in statements if s.source.kind is not AgentKind.NARRATOR}
    assert comparison.origin_of == {s: o.id for o in comparison.origins for s in o.statements}
    assert len({o.id for o in comparison.origins}) == len(comparison.origins)


@EXPLORE
@given(stories())
def test_compare_origins_hold_one_voice_and_one_occasion(new_story: Any, rows: Any) -> None:
    statements, documents = build(new_story, rows)
    by_id = {s.id: s for s in statements}
    for origin in compare(statements, documents).origins:
        dated = [span for i in origin.statements if (span := days(by_id[i].said)) is not None]
        assert all(lie(a, b) is not Lie.DISJOINT for a, b in itertools.combinations(dated, 2))
        names = {by_id[i].source.name.split()[-1] for i in origin.statements}
        assert len(names) == 1


@EXPLORE
@given(stories())
def test_compare_contradicts_only_what_is_provably_incompatible(new_story: Any, rows: Any) -> None:
    statements, documents = build(new_story, rows)
    by_id = {s.id: s for s in statements}
    comparison = compare(statements, documents)
    for question in comparison.questions:
        for r in question.relations:
            if r.type is not RelationType.CONTRADICT:
                continue
            a, b = by_id[r.a], by_id[r.b]
            x, y = a.events[0], b.events[0]
            assert comparison.origin_of.get(r.a) is None or comparison.origin_of[r.a] != comparison.origin_of.get(r.b)
            assert Act.REQUEST not in (a.act, b.act) or a.act == b.act
            opposite = {x.polarity, y.polarity} == set(type(x.polarity)) or 0 in (
                x.quantity.max if x.quantity else None, y.quantity.max if y.quantity else None)  # fmt: skip
            if question.slot is Slot.TIME:
                t, u = days(x.time), days(y.time)
                assert opposite or (t is not None and u is not None and lie(t, u) is Lie.DISJOINT)
            elif question.slot is Slot.QUANTITY:
                assert x.quantity is not None
                assert y.quantity is not None
                assert opposite or provably_disjoint(x.quantity, y.quantity)
            elif question.slot is Slot.POLARITY:
                assert opposite


@EXPLORE
@given(stories())
def test_compare_values_and_relations_point_at_given_statements(new_story: Any, rows: Any) -> None:
    statements, documents = build(new_story, rows)
    comparison = compare(statements, documents)
    ids, known = {s.id for s in statements}, {o.id for o in comparison.origins}
    assert len({q.id for q in comparison.questions}) == len(comparison.questions)
    for question in comparison.questions:
        members = [s for v in question.values for s in v.statements]
        assert len(members) == len(set(members))
        assert set(members) <= ids
        assert question.text.endswith("?")
        assert all(set(v.origins) <= known for v in question.values)
        pairs = [frozenset((r.a, r.b)) for r in question.relations]
        assert len(pairs) == len(set(pairs))
        assert all(len(p) == 2 and p <= ids for p in pairs)
        assert all(r.why and r.rule for r in question.relations)


def test_compare_nothing() -> None:
    comparison = compare([], [])
    assert (comparison.questions, comparison.origins, comparison.origin_of) == ((), (), {})


def test_compare_a_statement_without_its_document(new_story: Any) -> None:
    statements, _ = build(new_story, [{"article": "a", "speaker": SPEAKERS[0], "number": (10, 10)}])
    (origin,) = compare(statements, []).origins
    assert (origin.voice, origin.said, origin.links) == ("Ines Dorn", None, ())


def test_compare_keeps_the_day_of_an_utterance_when_another_report_is_vague(new_story: Any) -> None:
    row = {"speaker": SPEAKERS[0], "predicate": "deploy", "theme": "Velt", "number": (10, 10)}
    statements, documents = build(
        new_story,
        [{**row, "article": "a", "said": ("2031-03-01", "2031-03-31")}, {**row, "article": "b", "said": "2031-03-02"}],
    )
    (origin,) = compare(statements, documents).origins
    assert origin.said is not None
    assert origin.said.earliest == datetime.date(2031, 3, 2)
    assert origin.reports == 2
