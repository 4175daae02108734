"""Words that deny by their beginning what others say."""

from __future__ import annotations

from collections import Counter
from typing import Any

from quoth.compare.opposites import denying, predicates
from quoth.model import Slot

TEXT = (
    "The memo is inadmissible. The memo is admissible. The seals were mislabelled. They labelled the seals. Unveiled."
)


def _said(new_story: Any, *predicates: tuple[str, str, str]) -> Any:
    story = new_story()
    story.article("one", TEXT, outlet="The Quay", published="2031-01-10")
    story.article("two", TEXT, outlet="Sund Post", published="2031-01-11")
    for number, (words, predicate, theme) in enumerate(predicates):
        story.says(
            f"s{number}", ("one", "two")[number % 2], words, f"Ada Holm {number}", predicate=predicate, theme=theme
        )
    return story


def test_opposites_are_those_that_the_case_says_both_ways(new_story: Any) -> None:
    story = _said(
        new_story,
        ("The memo is inadmissible", "inadmissible", "memo"), ("The memo is admissible", "admissible", "memo"),
        ("The seals were mislabelled", "mislabelle", "seals"), ("They labelled the seals", "label", "seals"),
        ("Unveiled", "unveil", "seals"),
    )  # fmt: skip
    found = denying(Counter(predicates(story.statements.values())))
    assert {word: base[0] for word, base in found.items()} == {"inadmissible": "admissible", "mislabelle": "label"}


def test_opposites_answer_one_question_with_yes_and_no(new_story: Any) -> None:
    story = _said(
        new_story,
        ("The memo is inadmissible", "inadmissible", "memo"),
        ("The memo is admissible", "admissible", "memo"),
    )
    (question,) = [q for q in story.compare().questions if q.slot is Slot.POLARITY]
    assert {(v.value, story.name(v.statements[0])) for v in question.values} == {("no", "s0"), ("yes", "s1")}
