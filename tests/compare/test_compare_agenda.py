"""Merged, split and named questions: which question a judgement means, what it does, and what undoes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quoth.compare import compare
from quoth.compare.agenda import part_id
from quoth.model import (
    Agenda,
    AgentKind,
    Comparison,
    Document,
    JudgedQuestion,
    JudgementKind,
    Question,
    QuestionJudgement,
    Slot,
    Statement,
)

MERGE, SPLIT, NAME = JudgementKind.MERGE, JudgementKind.SPLIT, JudgementKind.NAME
TEXT = "The Heron bridge opens in May. The Heron bridge opens in June. The Plover bridge opens in July. It is late."


def then(question: Question) -> JudgedQuestion:
    """A question as it stands, as a judgement keeps it."""
    statements = {s for value in question.values for s in value.statements}
    return JudgedQuestion(
        id=question.id,
        text=question.text,
        slot=question.slot,
        event=question.event,
        statements=tuple(sorted(statements)),
    )


def judged(kind: JudgementKind, question: Question, **how: Any) -> QuestionJudgement:
    return QuestionJudgement(id=f"{kind}-{question.id}", kind=kind, question=then(question), **how)


def agenda(statements: Sequence[Statement], *judgements: QuestionJudgement) -> Agenda:
    return Agenda(judged=judgements, footings={s.id: s.footing for s in statements})


def held(questions: Sequence[Question], names: Callable[[str], str]) -> dict[str, set[str]]:
    """The names of the statements that answer each question, by its text."""
    return {q.text: {names(s) for v in q.values for s in v.statements} for q in questions}


@pytest.fixture
def bridges(new_story: Any) -> Any:
    """Two bridges, and when they are said to open: two answers each, and one more report of the first."""
    story = new_story()
    for name, day in (("one", "2031-01-10"), ("two", "2031-02-01"), ("three", "2031-02-03")):
        story.article(name, f"{TEXT} So writes paper {name}.", outlet=f"Paper {name}", published=day)
    heron = {"predicate": "open", "theme": "Heron bridge"}
    plover = {"predicate": "open", "theme": "Plover bridge"}
    may, june, july = (
        "The Heron bridge opens in May",
        "The Heron bridge opens in June",
        "The Plover bridge opens in July",
    )
    story.says("may", "one", may, "Ada Holm", time=("2031-05-01", "2031-05-31"), **heron)
    story.says("june", "two", june, "Bo Lind", time=("2031-06-01", "2031-06-30"), **heron)
    story.says("july", "one", july, "Cy Voss", time=("2031-07-01", "2031-07-31"), **plover)
    story.says("late", "two", july, "Di Rask", time=("2031-07-01", "2031-07-31"), **plover)
    return story


def two(story: Any) -> tuple[Question, Question]:
    """The question about the Heron and the one about the Plover."""
    first, second = sorted(story.compare().questions, key=lambda q: q.text)
    assert ("Heron" in first.text, "Plover" in second.text) == (True, True)
    return first, second


def after(story: Any, *judgements: QuestionJudgement) -> tuple[Question, ...]:
    return story.compare(agenda(list(story.statements.values()), *judgements)).questions  # type: ignore[no-any-return]


def test_merge_joins_the_answers_under_the_first(bridges: Any) -> None:
    heron, plover = two(bridges)
    merge = judged(MERGE, plover, other=then(heron))
    (question,) = after(bridges, merge)
    assert (question.id, question.text, question.event) == (plover.id, plover.text, plover.event)
    assert held([question], bridges.name)[plover.text] == {"may", "june", "july", "late"}
    assert question.judgements == (merge.id,)
    assert len(question.values) == 3


def test_split_makes_a_question_of_some_answers(bridges: Any) -> None:
    heron, plover = two(bridges)
    merge, june = judged(MERGE, heron, other=then(plover)), bridges.statements["june"].id
    (whole,) = after(bridges, merge)
    split = judged(SPLIT, whole, parted=(june,))
    found = {q.id: q for q in after(bridges, merge, split)}
    assert set(found) == {heron.id, part_id(split.id)}
    part, rest = found[part_id(split.id)], found[heron.id]
    assert [v.statements for v in part.values] == [(june,)]
    assert {bridges.name(s) for v in rest.values for s in v.statements} == {"may", "july", "late"}
    assert part.judgements == rest.judgements == (merge.id, split.id)


def test_name_wins_and_leaves_the_wording(bridges: Any) -> None:
    heron, plover = two(bridges)
    questions = after(bridges, judged(NAME, heron, words="When can one cross?"))
    assert {q.text: q.wording for q in questions} == {"When can one cross?": heron.text, plover.text: plover.text}
    again = QuestionJudgement(id="later", kind=NAME, question=then(heron), words="Crossing the Heron")
    (named,) = [q for q in after(bridges, judged(NAME, heron, words="When?"), again) if q.id == heron.id]
    assert (named.text, named.judgements) == ("Crossing the Heron", (f"name-{heron.id}", "later"))


def test_a_name_of_the_second_stays_where_the_first_has_none(bridges: Any) -> None:
    heron, plover = two(bridges)
    named, merge = judged(NAME, plover, words="Two bridges"), judged(MERGE, heron, other=then(plover))
    assert [q.text for q in after(bridges, named, merge)] == ["Two bridges"]
    both = judged(NAME, heron, words="One bridge")
    assert [q.text for q in after(bridges, named, both, merge)] == ["One bridge"]


def test_of_merge_and_split_the_last_counts(bridges: Any) -> None:
    heron, plover = two(bridges)
    merge = judged(MERGE, heron, other=then(plover))
    (whole,) = after(bridges, merge)
    split = judged(SPLIT, whole, parted=then(plover).statements)
    assert sorted(len(then(q).statements) for q in after(bridges, merge, split)) == [2, 2]
    rest, part = sorted(after(bridges, merge, split), key=lambda q: q.id != heron.id)
    again = QuestionJudgement(id="again", kind=MERGE, question=then(rest), other=then(part))
    assert [len(then(q).statements) for q in after(bridges, merge, split, again)] == [4]


def test_a_judgement_outlives_new_articles_that_change_the_id(bridges: Any) -> None:
    heron, plover = two(bridges)
    judgements = (judged(MERGE, heron, other=then(plover)), judged(NAME, heron, words="The bridges"))
    for n in range(4):
        bridges.says(f"new{n}", "three", "It is late", f"Voice {n}", predicate="open", theme="Great Heron bridge",
                     time=(f"2031-0{n + 1}-01", f"2031-0{n + 1}-20"))  # fmt: skip
    alone = next(q for q in bridges.compare().questions if "Heron" in q.text)
    assert alone.id != heron.id
    (question,) = after(bridges, *judgements)
    assert (question.id, question.text, len(then(question).statements)) == (alone.id, "The bridges", 8)


def test_a_judgement_outlives_another_reading_of_the_same_words(bridges: Any) -> None:
    heron, _ = two(bridges)
    before = list(bridges.statements.values())
    name = judged(NAME, heron, words="Crossing")
    bridges.statements = {n: replace(s, id=s.id[::-1], confidence=0.5) for n, s in bridges.statements.items()}
    assert {s.id for s in before}.isdisjoint(s.id for s in bridges.statements.values())
    assert "Crossing" in {q.text for q in bridges.compare(agenda(before, name)).questions}


def test_a_judgement_whose_statements_are_gone_rests(bridges: Any) -> None:
    heron, plover = two(bridges)
    judgements = (judged(NAME, heron, words="Crossing"), judged(MERGE, heron, other=then(plover)))
    before = list(bridges.statements.values())
    for name in ("may", "june"):
        del bridges.statements[name]
    assert bridges.compare(agenda(before, *judgements)) == bridges.compare()


def test_a_judgement_holds_by_what_is_left_of_its_statements(bridges: Any) -> None:
    heron, _ = two(bridges)
    before = list(bridges.statements.values())
    del bridges.statements["may"]
    bridges.says("other", "three", "It is late", "Voice", predicate="open", theme="Heron bridge",
                 time=("2031-06-01", "2031-06-30"))  # fmt: skip
    found = bridges.compare(agenda(before, judged(NAME, heron, words="Crossing"))).questions
    assert held(found, bridges.name)["Crossing"] == {"june", "other"}


def test_what_was_judged_keeps_an_answer_that_is_left_alone(bridges: Any) -> None:
    heron, plover = two(bridges)
    merge, name = judged(MERGE, plover, other=then(heron)), judged(NAME, heron, words="Crossing")
    before = list(bridges.statements.values())
    del bridges.statements["may"]
    assert [q.text for q in bridges.compare().questions] == [plover.text]
    assert held(bridges.compare(agenda(before, name)).questions, bridges.name)["Crossing"] == {"june"}
    (question,) = bridges.compare(agenda(before, merge)).questions
    assert {bridges.name(s) for s in then(question).statements} == {"june", "july", "late"}


def test_new_answers_stay_with_the_question_that_was_split(bridges: Any) -> None:
    heron, _ = two(bridges)
    split = judged(SPLIT, heron, parted=(bridges.statements["june"].id,))
    bridges.says("new", "three", "It is late", "Voice", predicate="open", theme="Heron bridge",
                 time=("2031-06-01", "2031-06-30"))  # fmt: skip
    found = {q.id: {bridges.name(s) for s in then(q).statements} for q in after(bridges, split)}
    assert found[part_id(split.id)] == {"june"}
    assert found[heron.id] == {"may", "new"}


def test_of_questions_with_the_same_statements_the_kind_of_event_tells(new_story: Any) -> None:
    story = new_story()
    count = {"place": "Varn", "unit": "people", "kind": AgentKind.ORGANIZATION}
    for name in ("one", "two"):
        story.article(name, f"In {name}: 3 people died and 5 were hurt in Varn.", outlet=name, published="2031-01-10")
        story.says("hurt", name, "5 were hurt", "Varn police", predicate="injure", number=(5, 5), **count)
        story.says(name, name, "3 people died", "Varn police", predicate="kill", number=(3, 3), **count)
        killed, hurt = story.statements[name], story.statements.pop("hurt")
        story.statements[name] = replace(killed, events=killed.events + hurt.events)
    questions = story.compare().questions
    assert [then(q).statements for q in questions] == [then(questions[0]).statements] * 2
    for question in questions:
        otherwise_called = replace(question, id="0" * 32)
        (named,) = [q for q in after(story, judged(NAME, otherwise_called, words="This one")) if q.text == "This one"]
        assert named.id == question.id


def test_merging_a_question_with_itself_changes_nothing(bridges: Any) -> None:
    heron, _ = two(bridges)
    assert after(bridges, judged(MERGE, heron, other=then(heron))) == bridges.compare().questions


# ---------------------------------------------------------------- whatever the story

ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "article": st.sampled_from(["one", "two", "three"]),
            "theme": st.sampled_from(["Heron bridge", "Plover bridge", "Heron"]),
            "predicate": st.sampled_from(["open", "deploy"]),
            "number": st.sampled_from([None, (4, 4), (6, 6)]),
            "time": st.sampled_from([None, "2031-05-01", "2031-06-01", "2031-07-01"]),
            "speaker": st.sampled_from(["Ada Holm", "Bo Lind", "Cy Voss"]),
        }
    ),
    min_size=4,
    max_size=10,
)
EXPLORE = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def told(new_story: Any, rows: list[dict[str, Any]]) -> tuple[list[Statement], list[Document]]:
    story = new_story()
    words = [f"Sentence {n} is one." for n in range(len(rows))]
    for name in ("one", "two", "three"):
        story.article(name, f"{' '.join(words)} In {name}.", outlet=name, published="2031-01-10")
    for n, row in enumerate(rows):
        how = dict(row)
        story.says(str(n), how.pop("article"), words[n], how.pop("speaker"), unit="spans", **how)
    return list(story.statements.values()), list(story.documents.values())


def judgements_on(comparison: Comparison, data: Any) -> list[QuestionJudgement]:
    """Some judgements of the questions as they stand, in any order."""
    found: list[QuestionJudgement] = []
    for number in range(data.draw(st.integers(0, 4))):
        if not comparison.questions:
            break
        question = data.draw(st.sampled_from(comparison.questions))
        fields: dict[str, Any] = {"kind": NAME, "words": f"Named {number}"}
        others = [q for q in comparison.questions if q.slot is question.slot and q.id != question.id]
        if others and data.draw(st.booleans()):
            fields = {"kind": MERGE, "other": then(data.draw(st.sampled_from(others)))}
        elif len(then(question).statements) > 1 and data.draw(st.booleans()):
            fields = {"kind": SPLIT, "parted": tuple(data.draw(st.sets(
                st.sampled_from(then(question).statements), min_size=1)))}  # fmt: skip
        found.append(QuestionJudgement(id=f"j{number}", question=then(question), **fields))
    return found


@EXPLORE
@given(ROWS, st.data(), st.randoms(use_true_random=False))
def test_agenda_is_blind_to_the_order_of_statements(new_story: Any, rows: Any, data: Any, random: Any) -> None:
    statements, documents = told(new_story, rows)
    own = agenda(statements, *judgements_on(compare(statements, documents), data))
    expected = compare(statements, documents, agenda=own)
    random.shuffle(statements)
    random.shuffle(documents)
    assert compare(statements, documents, agenda=own) == expected


@EXPLORE
@given(ROWS, st.data())
def test_agenda_moves_answers_and_loses_none(new_story: Any, rows: Any, data: Any) -> None:
    statements, documents = told(new_story, rows)
    plain = compare(statements, documents)
    own = compare(statements, documents, agenda=agenda(statements, *judgements_on(plain, data)))
    assert own.origins == plain.origins
    assert len({q.id for q in own.questions}) == len(own.questions)
    for slot in Slot:
        answers = [[s for q in c.questions if q.slot is slot for s in then(q).statements] for c in (plain, own)]
        assert set(answers[0]) == set(answers[1])


@EXPLORE
@given(ROWS, st.data())
def test_the_parts_of_a_split_partition_its_answers(new_story: Any, rows: Any, data: Any) -> None:
    statements, documents = told(new_story, rows)
    wide = [q for q in compare(statements, documents).questions if len(then(q).statements) > 1]
    if not wide:
        return
    question = data.draw(st.sampled_from(wide))
    taken = data.draw(st.sets(st.sampled_from(then(question).statements), min_size=1))
    split = judged(SPLIT, question, parted=tuple(sorted(taken)))
    own = compare(statements, documents, agenda=agenda(statements, split))
    found = {q.id: set(then(q).statements) for q in own.questions}
    if taken == set(then(question).statements):
        assert part_id(split.id) not in found
        return
    assert found[part_id(split.id)] == taken
    assert found[question.id] == set(then(question).statements) - taken
