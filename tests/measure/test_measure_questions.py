"""Four articles with one statement each; a, b, c and d stand for A, B, C and D."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from quoth.measure.questions import measure_questions
from quoth.measure.story import ExpectedQuestion, ExpectedRelation, ExpectedValue, StoryError
from quoth.model import Comparison

LETTERS = "abcd"


def asked(*values: tuple[str, int], relations: tuple[tuple[str, str], ...] = (), id: str = "Q1") -> ExpectedQuestion:
    """`("AB", 1)`: a value that A and B give, of one origin; `("AC", "contradict")`: a relation."""
    return ExpectedQuestion(
        id=id,
        text="When?",
        values=tuple(ExpectedValue(statements=tuple(ids), origins=n) for ids, n in values),
        relations=tuple(ExpectedRelation(a=pair[0], b=pair[1], type=type, why="") for pair, type in relations),
    )


def measured(
    make: SimpleNamespace,
    gold: list[ExpectedQuestion],
    got: list[Any],
    *,
    origins: dict[str, str | None] | None = None,
    origin_of: dict[str, str] | None = None,
    missing: str = "",
) -> Any:
    origins = origins or {}
    story = make.story(
        [make.expected(x.upper(), file=f"{x}.txt", origin=origins.get(x.upper())) for x in LETTERS], questions=gold
    )
    comparison = Comparison(questions=tuple(got), origins=(), origin_of=origin_of or {})
    readings = make.readings([make.statement(x, file=f"{x}.txt") for x in LETTERS if x not in missing], comparison)
    result = measure_questions(story, readings)
    return {figure.name: round(figure.value, 4) for figure in result.figures}, result.misses


def test_all_right(make: SimpleNamespace) -> None:
    gold = [asked(("AB", 1), ("CD", 1), relations=(("AB", "same"), ("AC", "contradict")))]
    got = [make.question("ab", "cd", relations=[("b", "a", "same"), ("c", "a", "deny")])]
    utterances = {"A": "x", "B": "x", "C": "y", "D": "y"}
    found, misses = measured(make, gold, got, origins=utterances, origin_of={"a": "1", "b": "1", "c": "2", "d": "2"})
    assert found == {
        "matched": 1.0,
        "link_p": 1.0,
        "link_r": 1.0,
        "link_f1": 1.0,
        "relations": 2,
        "relation_accuracy": 1.0,
        "contradict_p": 1.0,
        "contradict_r": 1.0,
        "contradict_unannotated": 0,
        "origin_b3_p": 1.0,
        "origin_b3_r": 1.0,
        "origin_b3_f1": 1.0,
        "origin_count_error": 0.0,
    }
    assert misses == ()


def test_links_lost_and_links_too_many(make: SimpleNamespace) -> None:
    """AB and CD belong together; Quoth puts A, B, C together: one of three is right, one of two comes out."""
    found, misses = measured(make, [asked(("AB", 0)), asked(("CD", 0), id="Q2")], [make.question("abc")])
    assert (found["link_p"], found["link_r"], found["link_f1"]) == (0.3333, 0.5, 0.4)
    assert [(m.ids, m.wanted, m.got) for m in misses if m.what == "link"] == [
        ("A C", "two questions", "one"),
        ("B C", "two questions", "one"),
        ("C D", "one question, Q2", "two"),
    ]


def test_what_is_not_found_is_missed_everywhere(make: SimpleNamespace) -> None:
    gold = [asked(("AB", 1), ("C", 0), relations=(("AB", "same"), ("AC", "contradict")))]
    got = [make.question("ab", "c", relations=[("a", "c", "contradict")])]
    found, misses = measured(make, gold, got, missing="a")
    assert (found["matched"], found["link_r"]) == (0.75, 0.3333)
    assert (found["relation_accuracy"], found["contradict_r"]) == (0.0, 0.0)
    assert [m.what for m in misses] == ["not found", "relation", "relation", "origin count"]
    assert [m.got for m in misses if m.what == "relation"] == ["missed", "missed"]


def test_a_contradiction_is_right_wrong_or_unannotated(make: SimpleNamespace) -> None:
    """A and B are one value: wrong.  A and C are stated, and so B and C: right.  D's value has no relation."""
    gold = [asked(("AB", 0), ("C", 0), ("D", 0), relations=(("AC", "contradict"),))]
    opposed = [("a", "b", "contradict"), ("a", "c", "contradict"), ("b", "c", "deny"), ("a", "d", "contradict")]
    found, misses = measured(make, gold, [make.question("abcd", relations=opposed)])
    assert (found["contradict_p"], found["contradict_r"], found["contradict_unannotated"]) == (0.6667, 1.0, 1)
    assert [(m.ids, m.wanted) for m in misses if m.what == "contradict"] == [
        ("A B", "one value"),
        ("A D", "nothing stated"),
    ]


def test_a_relation_of_another_type_is_confused(make: SimpleNamespace) -> None:
    gold = [asked(("A", 0), ("B", 0), ("C", 0), relations=(("AB", "supersede"), ("BC", "agree")))]
    found, misses = measured(make, gold, [make.question("abc", relations=[("a", "b", "contradict")])])
    assert (found["relations"], found["relation_accuracy"], found["contradict_p"]) == (2, 0.0, 0.0)
    assert [(m.ids, m.wanted, m.got) for m in misses if m.what == "relation"] == [
        ("A B", "supersede", "contradict"),
        ("B C", "agree", "missed"),
    ]


def test_the_first_relation_of_a_pair_counts(make: SimpleNamespace) -> None:
    gold = [asked(("A", 0), ("B", 0), relations=(("AB", "agree"),))]
    got = [make.question("ab", relations=[("b", "a", "agree")]), make.question("ab", relations=[("a", "b", "refine")])]
    assert measured(make, gold, got)[0]["relation_accuracy"] == 1.0
    assert measured(make, gold, got[::-1])[0]["relation_accuracy"] == 0.0


def test_one_statement_that_stands_for_two_is_the_same(make: SimpleNamespace) -> None:
    gold = [asked(("AB", 0), relations=(("AB", "same"),))]
    story = make.story([make.expected("A"), make.expected("B", words="The ferry sails")], questions=gold)
    comparison = Comparison(questions=(), origins=())
    figures = {
        f.name: f.value for f in measure_questions(story, make.readings([make.statement("a")], comparison)).figures
    }
    assert (figures["link_r"], figures["relation_accuracy"]) == (1.0, 1.0)


def test_origins_by_b_cubed(make: SimpleNamespace) -> None:
    """Gold {A, B}, {C}, {D}; Quoth {a}, {b, c} and d of unknown lineage: P (1 + ½ + ½ + 1)/4, R (½ + ½ + 1 + 1)/4."""
    found, misses = measured(
        make,
        [asked(("AB", 1), ("C", 1), ("D", 1))],
        [],
        origins={"A": "x", "B": "x", "C": "y"},
        origin_of={"a": "1", "b": "2", "c": "2"},
    )
    assert (found["origin_b3_p"], found["origin_b3_r"], found["origin_b3_f1"]) == (0.75, 0.75, 0.75)
    assert found["origin_count_error"] == 0.6667
    assert [(m.ids, m.wanted, m.got) for m in misses if m.what == "origin"] == [
        ("A", "B", "alone"),
        ("B", "A", "C"),
        ("C", "alone", "B"),
    ]
    assert [(m.ids, m.wanted, m.got) for m in misses if m.what == "origin count"] == [
        ("Q1: A B", "1", "2"),
        ("Q1: D", "1", "0"),
    ]


def test_a_story_without_questions_is_told(make: SimpleNamespace) -> None:
    with pytest.raises(StoryError, match=r"no questions\.json"):
        measure_questions(make.story([make.expected("A")]), make.readings([make.statement("a")]))
