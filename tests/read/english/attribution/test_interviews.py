"""Questions and answers in print."""

from __future__ import annotations

from finding import read, triple  # type: ignore[import-not-found]

from quoth.read.english.attribution.patterns import Pattern

TALK = """The Courier put two questions to Anna Petrova.
Q: When will the port reopen?
A: It will reopen in May.
Q: And the bridge?
A: “In June, I think.”"""


def answers(text: str) -> list[tuple[str | None, str]]:
    found = [triple(one, text) for one in read(text) if one.pattern == Pattern.ANSWER]
    return [(source, content) for source, _, content in found]


def test_answers_are_those_of_the_person_named_before_the_first_question() -> None:
    assert answers(TALK) == [("Petrova", "It will reopen in May"), ("Petrova", "In June, I think.")]


def test_whoever_a_question_or_an_answer_names_does_not_answer_the_next() -> None:
    text = TALK.replace("And the bridge?", "And what does Ivo Brandl say?")
    assert [source for source, _ in answers(text)] == ["Petrova", "Petrova"]


def test_a_paragraph_that_begins_so_without_a_question_is_no_answer() -> None:
    assert answers("Anna Petrova came.\nA: the first of two lists.") == []


def test_nobody_answers_where_nobody_was_named() -> None:
    assert answers("Q: When will it reopen?\nA: It will reopen in May.") == []
