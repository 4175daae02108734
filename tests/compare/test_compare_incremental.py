"""The law of the incremental comparison: after every change, it is what comparing the whole case anew gives."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import quoth
from quoth.compare import Comparer, compare, gathering, relations, specifics
from quoth.compare.incremental import comparer
from quoth.model import (
    Act,
    Agenda,
    AgentKind,
    Ask,
    Comparison,
    Counting,
    DeclaredAgent,
    Document,
    Factuality,
    JudgedPair,
    JudgedQuestion,
    JudgementKind,
    Question,
    QuestionJudgement,
    Roster,
    Slot,
    Statement,
)

HERE = Path(__file__).parents[2]
EXPLORE = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])

SPEAKERS = [
    ("Ines Dorn", AgentKind.PERSON),
    ("Dorn", AgentKind.PERSON),
    ("I. Dorn", AgentKind.PERSON),
    ("Maro Dorn", AgentKind.PERSON),
    ("Ines Dorn", AgentKind.ORGANIZATION),
    ("the mayor of Varn", AgentKind.PERSON),
    ("an official", AgentKind.ANONYMOUS),
    ("a port official", AgentKind.ANONYMOUS),
    ("a secret report", AgentKind.DOCUMENT),
    ("narrator", AgentKind.NARRATOR),
    ("Varn police", AgentKind.ORGANIZATION),
    ("Arlan", AgentKind.COUNTRY),
]
TEXTS = [
    "In paper {} they speak of Kestrel drones and drones at Varn near Osk.",
    "The ferry Saint Clare left Varn, paper {} wrote; such as Kestrel drones, systems such as Kestrel were there.",
    "It was said " + "again and again with many other words about the harbour of the old town " * 6 + "in paper {}.",
]
DAYS = [None, "2031-03-01", "2031-03-02", ("2031-03-01", "2031-03-31")]


def rows() -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.lists(
        st.fixed_dictionaries(
            {
                "article": st.sampled_from("abcde"),
                "speaker": st.sampled_from(SPEAKERS),
                "predicate": st.sampled_from(
                    ["deploy", "arrive", "kill", "acquire", "possess", "decide", "zorble", "sign", "unsign", "price"]
                ),
                "theme": st.sampled_from(
                    [None, "Kestrel drones", "drones", "patrol boats", "boats", "Varnian boats", "Velt", "it"]
                ),
                "place": st.sampled_from([None, "Varn", "Osk"]),
                "country": st.sampled_from([None, "XA", "XB"]),
                "number": st.sampled_from([None, (10, 10), (12, 12), (10, None), (0, 0)]),
                "unit": st.sampled_from([None, "boats", "USD"]),
                "time": st.sampled_from([None, "2031-04-10", ("2031-04-01", "2031-06-30"), (None, "2031-12-31")]),
                "said": st.sampled_from(DAYS),
                "act": st.sampled_from(Act),
                "factuality": st.sampled_from(Factuality),
                "counting": st.sampled_from([Counting.TOTAL, Counting.INCREMENT]),
                "agent": st.sampled_from([None, "Arlan", "Berund", "government of Arlan", "Varn police"]),
                "via": st.sampled_from([(), ("Allpress",)]),
            }
        ),
        min_size=1,
        max_size=14,
    )  # fmt: skip


def build(new_story: Callable[[], Any], rows: list[dict[str, Any]]) -> tuple[dict[str, Statement], dict[str, Document]]:
    story = new_story()
    for n, letter in enumerate("abcde"):
        text = TEXTS[n % 3].format(letter if n < 4 else "b")
        story.article(letter, text, outlet=f"Paper {n % 3}", published=f"2031-03-0{n + 1}" if n else None)
    for n, row in enumerate(rows):
        how = dict(row)
        article, (speaker, kind) = how.pop("article"), how.pop("speaker")
        words = story.documents[article].text[3:30]
        story.says(str(n), article, words, speaker, kind=kind, agent_kind=_kind(how["agent"]), **how)
    statements = {s.id: s for s in story.statements.values()}
    return statements, {d.id: d for d in story.documents.values()}


def _kind(agent: str | None) -> AgentKind:
    return AgentKind.COUNTRY if agent in ("Arlan", "Berund") else AgentKind.ORGANIZATION


def same(
    kept: Comparer,
    statements: Sequence[Statement],
    documents: Sequence[Document],
    roster: Roster | None = None,
    agenda: Agenda | None = None,
) -> Comparison:
    """The comparison, which must be that of all of these anew."""
    found, anew = (way(statements, documents, roster, agenda) for way in (kept.compare, compare))
    for field in dataclasses.fields(Comparison):
        assert getattr(found, field.name) == getattr(anew, field.name), field.name
    return found


# ---------------------------------------------------------------- by chance


@EXPLORE
@given(rows(), st.data())
def test_incremental_is_the_whole_comparison_after_every_change(new_story: Any, rows: Any, data: Any) -> None:
    changing(*build(new_story, rows), data)


@EXPLORE
@given(rows(), st.data())
def test_incremental_where_a_little_is_much(new_story: Any, rows: Any, data: Any) -> None:
    """The limits beyond which not every pair is looked at are passed both ways."""
    limits = {
        relations: {"EVERY_PAIR": 3, "SHORTLY_BEFORE": 2},
        specifics: {"AMBIGUOUS": 1},
        gathering: {"COMMON": 2, "SPOKESMEN": 2},
    }
    with contextlib.ExitStack() as lowered:
        for module, values in limits.items():
            lowered.enter_context(mock.patch.multiple(module, **values))
        changing(*build(new_story, rows), data)


def changing(statements: dict[str, Statement], documents: dict[str, Document], data: Any) -> None:
    kept = Comparer()
    said: set[str] = set()
    held: set[str] = set()
    for _ in range(8):
        said ^= data.draw(st.sets(st.sampled_from(sorted(statements)), max_size=4), label="statements come and go")
        held ^= data.draw(st.sets(st.sampled_from(sorted(documents)), max_size=3), label="documents come and go")
        same(kept, [statements[i] for i in sorted(said)], [documents[i] for i in sorted(held)])


@EXPLORE
@given(rows(), rows(), st.data())
def test_incremental_statements_may_become_others_under_their_ids(
    new_story: Any, rows: Any, others: Any, data: Any
) -> None:
    statements, documents = build(new_story, rows)
    changed, _ = build(new_story, others)
    kept = Comparer()
    for _ in range(4):
        which = data.draw(st.sets(st.sampled_from(sorted(statements))), label="as they were")
        now = [statements[i] if i in which or i not in changed else changed[i] for i in statements]
        same(kept, now, list(documents.values()))


@EXPLORE
@given(rows(), st.lists(st.sampled_from(range(4)), min_size=2, max_size=5))
def test_incremental_follows_what_people_judge_of_names(new_story: Any, rows: Any, steps: Any) -> None:
    statements, documents = build(new_story, rows)
    rosters = [
        None,
        Roster(
            same=(JudgedPair(a="Varn police", b="an official", by="eva"), JudgedPair(a="Dorn", b="Arlan", by="eva"))
        ),
        Roster(apart=(JudgedPair(a="Dorn", b="Ines Dorn", by="eva"),)),
        Roster(declared=(DeclaredAgent(name="Ines Dorn", aliases=("Arlan", "the mayor of Varn"), side="blue"),)),
    ]
    kept = Comparer()
    for step in steps:
        same(kept, list(statements.values()), list(documents.values()), rosters[step])


@EXPLORE
@given(rows(), st.data())
def test_incremental_follows_an_analysts_agenda(new_story: Any, rows: Any, data: Any) -> None:
    statements, documents = build(new_story, rows)
    whole = compare(list(statements.values()), list(documents.values()))
    kept = Comparer()
    ask = Ask(text="How many drones?", slot=Slot.QUANTITY, predicate="deploy")
    for n in range(4):
        questions = data.draw(st.lists(st.sampled_from(whole.questions), max_size=3)) if whole.questions else []
        judged = []
        for question in questions:
            kind = data.draw(st.sampled_from(_KINDS))
            other = [q for q in whole.questions if q.slot is question.slot][-1]
            judged.append(_judged(f"{kind} {question.id}", kind, question, other))
        agenda = Agenda(
            asks=(ask,) if data.draw(st.booleans()) else (),
            judged=tuple(judged),
            footings={s.id: s.footing for s in statements.values()},
        )
        said = data.draw(st.sets(st.sampled_from(sorted(statements))), label=f"left out in round {n}")
        same(kept, [s for i, s in statements.items() if i not in said], list(documents.values()), None, agenda)


_KINDS = (JudgementKind.MERGE, JudgementKind.SPLIT, JudgementKind.NAME)


def _judged(id: str, kind: JudgementKind, question: Question, other: Question) -> QuestionJudgement:
    def then(q: Question) -> JudgedQuestion:
        said = tuple(sorted({s for value in q.values for s in value.statements}))
        return JudgedQuestion(id=q.id, text=q.text, slot=q.slot, event=q.event, statements=said)

    return QuestionJudgement(
        id=id,
        kind=kind,
        question=then(question),
        other=then(other) if kind is JudgementKind.MERGE else None,
        parted=then(question).statements[:1] if kind is JudgementKind.SPLIT else (),
        words="What of it?" if kind is JudgementKind.NAME else None,
    )


@EXPLORE
@given(rows(), st.data())
def test_incremental_follows_dates_and_outlets(new_story: Any, rows: Any, data: Any) -> None:
    statements, documents = build(new_story, rows)
    kept = Comparer()
    for _ in range(3):
        which = data.draw(st.sampled_from(sorted(documents)))
        day = data.draw(st.sampled_from([None, datetime.date(2031, 2, 1), datetime.date(2031, 9, 1)]))
        text = data.draw(st.sampled_from([documents[which].text, *(d.text for d in documents.values())]))
        outlet = data.draw(st.sampled_from(["Paper 0", "Paper 9", None]))
        documents[which] = dataclasses.replace(documents[which], published=day, outlet=outlet, text=text)
        same(kept, list(statements.values()), list(documents.values()))


# ---------------------------------------------------------------- stories


def case_of(folder: Path) -> Iterator[tuple[list[Statement], list[Document]]]:
    """The case of a folder's articles as it grows, article by article."""
    with quoth.open(":memory:", profile="rules") as case:
        case.add(folder)
        documents, statements = list(case.documents()), list(case.statements())
    for n in range(1, len(documents) + 1):
        ids = {d.id for d in documents[:n]}
        yield [s for s in statements if s.document_id in ids], documents[:n]


@pytest.mark.parametrize("folder", ["examples/articles", "bench/stories/dam/articles", "bench/stories/ferry/articles"])
def test_incremental_a_story_that_grows_and_shrinks(folder: str) -> None:
    kept = Comparer()
    grown = list(case_of(HERE / folder))
    for statements, documents in [*grown, *reversed(grown[:-1])]:
        found = same(kept, statements, documents)
    assert found.entities == compare(*grown[0]).entities


def test_incremental_nothing_given_is_nothing_compared() -> None:
    assert Comparer().compare([], []) == compare([], [])


def test_incremental_what_is_untouched_is_the_same_object(new_story: Any) -> None:
    story = new_story()
    story.article("a", "The drones are in Varn.", outlet="Courier", published="2031-03-01")
    story.article("b", "The drones are in Varn, they say.", outlet="Observer", published="2031-03-02")
    story.article("c", "The bridge in Osk is shut.", outlet="Observer", published="2031-03-05")
    for article, speaker, number in (("a", "Ines Dorn", 10), ("b", "Karl Voss", 12)):
        story.says(
            article,
            article,
            "The drones are in Varn",
            speaker,
            theme="Kestrel drones",
            place="Varn",
            number=(number, number),
        )
    kept = Comparer()
    documents = list(story.documents.values())
    before = kept.compare(list(story.statements.values()), documents)
    story.says("c", "c", "The bridge in Osk is shut", "Ines Dorn", predicate="close", theme="Osk bridge", place="Osk")
    after = kept.compare(list(story.statements.values()), documents)
    assert before.questions
    assert [a is b for a, b in zip(before.questions, after.questions, strict=True)] == [True] * len(before.questions)
    assert {id(o) for o in before.origins} < {id(o) for o in after.origins}


def test_incremental_a_question_that_outgrows_pairs_of_all_answers(new_story: Any) -> None:
    """Few answers are related in the order of their ids, many in that of their days: reasons are told the other way
    round."""
    story = new_story()
    with mock.patch.multiple(relations, EVERY_PAIR=4):
        kept = Comparer()
        for n in range(7):
            story.article(str(n), "The drones are in Varn.", outlet=f"Paper {n}", published=f"2031-03-{20 - n}")
            what = {"theme": "Kestrel drones", "place": "Varn", "number": (10 * n + 10, 10 * n + 10)}
            story.says(str(n), str(n), "The drones are in Varn", f"Ines Dorn{'abcdefg'[n]}", **what)
        statements, documents = list(story.statements.values()), list(story.documents.values())
        for many in (3, 4, 5, 7, 5, 4, 2):
            found = same(kept, statements[:many], documents[:many])
            (asked,) = [q for q in found.questions if q.slot is Slot.QUANTITY]
            assert len(asked.values) == many


def test_incremental_begins_anew_after_it_was_broken_off(new_story: Any) -> None:
    story = new_story()
    for n in range(3):
        story.article(str(n), "The drones are in Varn.", outlet=f"Paper {n}", published=f"2031-03-0{n + 1}")
        what = {"theme": "Kestrel drones", "place": "Varn", "number": (10 * n + 10, 10 * n + 10)}
        story.says(str(n), str(n), "The drones are in Varn", f"Ines Dorn{'abc'[n]}", **what)
    statements, documents = list(story.statements.values()), list(story.documents.values())
    kept = Comparer()
    same(kept, statements[:1], documents)
    with mock.patch.object(comparer.Events, "update", side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        kept.compare(statements[:2], documents)
    same(kept, statements, documents)
