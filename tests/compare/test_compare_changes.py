"""What is new between two states of a case: answers, moves, disputes, origins; and nothing where nothing changed."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from quoth.compare import changes, compare
from quoth.model import Change, ChangeKind, Comparison, EventFrame, Factuality, Question, Slot, Value

SAID = "They open the gate of Varn in spring."


def story_of(new_story: Any, *rows: dict[str, Any]) -> Any:
    """Each row is what one speaker says in one article: `speaker`, `on` (the day of both), and how."""
    story = new_story()
    for n, row in enumerate(rows):
        how = dict(row)
        day, speaker = how.pop("on"), how.pop("speaker")
        story.article(str(n), SAID, outlet=f"Paper {n}", published=day)
        story.says(str(n), str(n), "open the gate of Varn in spring", speaker, said=day,
                   **{"predicate": "sign", "theme": "Varn Gate", **how})  # fmt: skip
    return story


def between(story: Any, day: str) -> tuple[Change, ...]:
    """What is new from that day on."""
    first = datetime.date.fromisoformat(day)

    def until(last: datetime.date) -> Comparison:
        documents = [d for d in story.documents.values() if d.published < last]
        known = {d.id for d in documents}
        return compare([s for s in story.statements.values() if s.document_id in known], documents)

    return changes(until(first), until(datetime.date.max))


DORN = {"speaker": "Ines Dorn", "time": "2031-02-10"}
VOSS = {"speaker": "Karl Voss", "time": "2031-02-10"}


def test_changes_a_new_answer_disputes_a_known_one(new_story: Any) -> None:
    story = story_of(
        new_story,
        {**DORN, "on": "2031-03-01"},
        {**VOSS, "on": "2031-03-02"},
        {**VOSS, "speaker": "Ola Berg", "on": "2031-03-09", "time": "2031-02-20"},
    )
    found = between(story, "2031-03-05")
    assert [(c.kind, c.answer) for c in found] == [
        (ChangeKind.DISPUTE, None),
        (ChangeKind.ANSWER, "2031-02-20 to 2031-02-20"),
    ]
    assert found[1].statements == (story.statements["2"].id,)
    assert {*found[0].statements} == {s.id for s in story.statements.values()}


def test_changes_a_voice_that_moves_is_named_with_what_it_said_before(new_story: Any) -> None:
    story = story_of(
        new_story,
        {**DORN, "on": "2031-03-01"},
        {**VOSS, "on": "2031-03-02"},
        {**DORN, "on": "2031-03-09", "time": "2031-02-20"},
    )
    [moved] = [c for c in between(story, "2031-03-05") if c.kind is ChangeKind.MOVED]
    assert (moved.voice, moved.before, moved.answer) == (
        "Ines Dorn", ("2031-02-10 to 2031-02-10",), "2031-02-20 to 2031-02-20",
    )  # fmt: skip


def built(*answers: tuple[int | None, str]) -> Comparison:
    """One voice's answers to "how many"; None is one that it only implies."""
    values = tuple(
        Value(
            value=(number, number) if number is not None else None,
            text=text,
            statements=(text,),
            origins=(text,),
            voices=("Jonas Reik",),
            documents=(text,),
            factuality=Factuality.CERTAIN,
        )
        for number, text in answers
    )
    frame = EventFrame(predicate="manufacture")
    return Comparison(
        questions=(Question(id="q", text="How many?", event=frame, slot=Slot.QUANTITY, values=values),), origins=()
    )


def test_changes_what_a_voice_only_implies_is_no_answer_to_move_from_or_to() -> None:
    kinds = [c.kind for c in changes(built((None, "production")), built((None, "production"), (23, "23")))]
    assert kinds == [ChangeKind.ANSWER]
    kinds = [c.kind for c in changes(built((23, "23")), built((23, "23"), (None, "production")))]
    assert kinds == [ChangeKind.ANSWER]
    kinds = [c.kind for c in changes(built((23, "23")), built((23, "23"), (24, "24")))]
    assert kinds == [ChangeKind.MOVED, ChangeKind.ANSWER]


def test_changes_one_more_origin_is_support_and_one_more_report_is_nothing(new_story: Any) -> None:
    rows = [{**DORN, "on": "2031-03-01"}, {**VOSS, "on": "2031-03-02"}]
    more = story_of(new_story, *rows, {**VOSS, "speaker": "Ola Berg", "on": "2031-03-09"})
    [support] = between(more, "2031-03-05")
    assert (support.kind, support.origins) == (ChangeKind.SUPPORT, (2, 3))
    assert between(story_of(new_story, *rows), "2031-03-05") == ()


def test_changes_what_was_not_asked_before_is_a_new_question(new_story: Any) -> None:
    story = story_of(new_story, {**DORN, "on": "2031-03-01"}, {**VOSS, "on": "2031-03-09"})
    [asked] = between(story, "2031-03-05")
    assert (asked.kind, asked.before) == (ChangeKind.QUESTION, ("2031-02-10 to 2031-02-10",))


def test_changes_a_denial_is_a_dispute(new_story: Any) -> None:
    story = story_of(
        new_story,
        {"speaker": "Ines Dorn", "on": "2031-03-01"},
        {"speaker": "Karl Voss", "on": "2031-03-02"},
        {"speaker": "Ola Berg", "on": "2031-03-09", "factuality": Factuality.CERTAINLY_NOT},
    )
    [dispute, question] = between(story, "2031-03-05")
    assert (dispute.kind, question.kind) == (ChangeKind.DISPUTE, ChangeKind.QUESTION)
    assert sorted(question.before) == ["no", "yes"]
    assert dispute.why


@pytest.mark.parametrize("day", ["2031-01-01", "2032-01-01"])
def test_changes_before_all_and_after_all(new_story: Any, day: str) -> None:
    story = story_of(new_story, {**DORN, "on": "2031-03-01"}, {**VOSS, "on": "2031-03-02"})
    assert [c.kind for c in between(story, day)] == ([ChangeKind.QUESTION] if day < "2031-03" else [])
