"""Ratings: whom a name rates, which rating counts, and that the letters are shown and do nothing."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.compare import compare
from quoth.compare.assessing import assessments
from quoth.compare.reliability import Sources, fits, rated
from quoth.errors import NotFound
from quoth.model import AgentKind, EventFrame, Question, Rating, Reliability, Slot, SourceRole, to_dict

B, D, F = Reliability.USUALLY, Reliability.NOT_USUALLY, Reliability.CANNOT_BE_JUDGED


def rating(name: str, grade: Reliability | None, topic: str | None = None) -> Rating:
    return Rating(id=f"{name} {grade} {topic}", name=name, topic=topic, grade=grade, by="ana", note=None,
                  recorded_at=datetime.datetime(2031, 5, 1), previous=None)  # fmt: skip


@pytest.fixture
def parts(new_story: Any) -> Any:
    """Dorn of the harbour board says how many ferries came, in three papers; an official says the same to one."""
    story = new_story()
    for n, outlet in enumerate(["The Estra Courier", "Harbour Wire", "Morning Tide"]):
        story.article(str(n), f"Ferries of {n} came to Varn.", outlet=outlet, published="2031-03-02",
                      relays="Harbour Wire" if n == 2 else None)  # fmt: skip
    same: dict[str, Any] = {"predicate": "deliver", "theme": "ferries", "place": "Varn", "number": (3, 3),
                            "unit": "ferries", "said": "2031-03-01"}  # fmt: skip
    story.says("a", "0", "Ferries", "Ines Dorn", **same)
    story.says("b", "1", "Ferries", "Dorn", **same)
    story.says("c", "2", "Ferries", "Ines Dorn", via=("Harbour Wire",), **same)
    story.says("d", "0", "came to Varn", "an official", kind=AgentKind.ANONYMOUS, **same)
    statements, documents = list(story.statements.values()), list(story.documents.values())
    return compare(statements, documents), statements, documents


def shown(parts: Any, *ratings: Rating) -> list[tuple[str, str, str]]:
    """(role, source, grade) beside the one value."""
    comparison = parts[0]
    [question] = [q for q in comparison.questions if q.slot is Slot.QUANTITY]
    [assessed] = assessments(*parts, ratings)[question.id]
    return [(of.role.value, of.source, of.grade.value) for of in assessed.reliability]


def test_reliability_each_source_has_its_own_letter_voices_before_outlets(parts: Any) -> None:
    ratings = [rating("estra courier", D), rating("HARBOUR WIRE", F), rating("Dorn", B)]
    assert shown(parts, *ratings) == [
        ("voice", "Ines Dorn", "B"),
        ("outlet", "Harbour Wire", "F"),
        ("outlet", "The Estra Courier", "D"),
    ]
    [question] = [q for q in parts[0].questions if q.slot is Slot.QUANTITY]
    [assessed] = assessments(*parts, ratings)[question.id]
    figure = assessed.credibility.value
    assert assessed.marks == (f"B{figure}", f"F{figure}", f"D{figure}")


def test_reliability_nobody_rated_has_no_letter(parts: Any) -> None:
    assert shown(parts) == []
    assert shown(parts, rating("Valley Observer", B)) == []


def test_reliability_an_unnamed_voice_is_rated_as_it_is_shown(parts: Any) -> None:
    [voice] = [o.voice for o in parts[0].origins if "official" in o.voice]
    assert shown(parts, rating(voice, F)) == [("voice", voice, "F")]


def test_reliability_any_name_of_an_agent_and_any_script(parts: Any) -> None:
    for name in ("Ines Dorn", "Dorn", "дорн"):
        assert shown(parts, rating(name, D)) == [("voice", "Ines Dorn", "D")]


def test_reliability_the_last_counts_and_none_takes_it_back_under_any_name(parts: Any) -> None:
    assert shown(parts, rating("Dorn", B), rating("Ines Dorn", D)) == [("voice", "Ines Dorn", "D")]
    assert shown(parts, rating("Dorn", B), rating("Ines Dorn", None)) == []
    assert shown(parts, rating("Dorn", None), rating("Ines Dorn", B)) == [("voice", "Ines Dorn", "B")]


def test_reliability_a_topic_that_fits_comes_first(parts: Any) -> None:
    general, ferries, both = rating("Dorn", B), rating("Dorn", D, "ferry"), rating("Dorn", F, "ferries Varn")
    other = rating("Dorn", Reliability.UNRELIABLE, "taxes")
    assert shown(parts, ferries, general, other) == [("voice", "Ines Dorn", "D")]
    assert shown(parts, both, ferries, general) == [("voice", "Ines Dorn", "F")]
    assert shown(parts, ferries, general, rating("Ines Dorn", None, "Ferries")) == [("voice", "Ines Dorn", "B")]
    assert shown(parts, other) == []


@pytest.mark.parametrize(
    ("topic", "does"),
    [("ferries", True), ("ferry", True), ("FERRY varn", True), ("deliver", True), ("Norland", True), ("Варн", True),
     ("ferries Tarn", False), ("fer", False), ("…", False)],
)  # fmt: skip
def test_reliability_a_topic_s_words_are_all_in_the_question(topic: str, does: bool) -> None:
    frame = EventFrame(predicate="deliver", agent="Norland", theme="ferries", place="Varn")
    question = Question(id="q", text="How many ferries reached Varn?", event=frame, slot=Slot.QUANTITY, values=())
    assert fits(topic, question) is does


def test_reliability_whom_a_rating_rates(parts: Any) -> None:
    sources = Sources(*parts)
    found = rated([rating("Dorn", B), rating("estra courier", D), rating("Nobody", F), rating("Dorn", D)], sources)
    assert [(r.names, r.standing) for r in found] == [
        (("Ines Dorn",), False), (("The Estra Courier",), True), ((), True), (("Ines Dorn",), True)
    ]  # fmt: skip
    assert sources.whole("Courier") == "The Estra Courier"
    assert sources.whole("dorn") == "dorn"
    assert sources.whole("Nobody") == "Nobody"


def test_reliability_a_part_of_several_names_is_nobody_s(new_story: Any) -> None:
    story = new_story()
    for n, outlet in enumerate(["Estra Courier", "Evening Courier"]):
        story.article(str(n), "Ferries came.", outlet=outlet, published=None)
    sources = Sources(story.compare(), (), story.documents.values())
    with pytest.raises(NotFound, match="several are called 'courier': Estra Courier, Evening Courier"):
        sources.whole("courier")


RATINGS = st.builds(
    rating,
    st.sampled_from(["Dorn", "Harbour Wire", "Morning Tide", "Estra Courier"]),
    st.sampled_from([*Reliability, None]),
    st.sampled_from([None, "ferries"]),
)


@given(st.lists(RATINGS, max_size=6))
def test_reliability_changes_no_answer_no_order_and_no_credibility(new_story: Any, ratings: list[Rating]) -> None:
    story = new_story()
    for n, (who, number) in enumerate([("Ines Dorn", 3), ("Karl Voss", 9)]):
        story.article(str(n), f"Ferries of {n} came to Varn.", outlet="Harbour Wire", published="2031-03-02")
        story.says(str(n), str(n), "Ferries", who, predicate="deliver", theme="ferries", place="Varn",
                   number=(number, number), unit="ferries", said="2031-03-01")  # fmt: skip
    statements, documents = list(story.statements.values()), list(story.documents.values())
    comparison = compare(statements, documents)
    before = to_dict(comparison)
    plain, graded = (assessments(comparison, statements, documents, some) for some in ((), ratings))
    assert to_dict(comparison) == before
    for question in comparison.questions:
        for a, b in zip(plain[question.id], graded[question.id], strict=True):
            assert (a.credibility, a.why, a.sides) == (b.credibility, b.why, b.sides)
            order = [(of.role is SourceRole.OUTLET, of.source) for of in b.reliability]
            assert order == sorted(order)
