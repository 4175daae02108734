"""Credibility 1 to 6: the rules one by one, what must hold of them all, and what they make of stories."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.compare import compare
from quoth.compare.assessing import assessments
from quoth.compare.credibility import RULES, Bearing, Camp, grade
from quoth.model import Act, AgentKind, Assessment, Credibility, DeclaredAgent, Factuality, Roster, Slot


def unsided(named: int, unnamed: int = 0) -> Camp:
    return Camp(voices=named + unnamed, named=named, sides=0, no_side=named)


def sided(named: int, sides: int, no_side: int = 0, unnamed: int = 0) -> Camp:
    return Camp(voices=named + unnamed, named=named, sides=sides, no_side=no_side)


NONE, ONE, TWO, THREE = map(unsided, range(4))
ORDER = [Credibility.CONFIRMED, Credibility.PROBABLY_TRUE, Credibility.POSSIBLY_TRUE, Credibility.DOUBTFUL,
         Credibility.IMPROBABLE]  # fmt: skip
"""For the tests below alone, and without 6, which has no place in an order."""


@pytest.mark.parametrize(
    ("bearing", "figure", "why"),
    [
        (Bearing(stated=False, behind=NONE, against=ONE), "6", "nobody says that it is so"),
        (Bearing(stated=True, behind=NONE, against=ONE), "6", "where it comes from is not known"),
        (Bearing(stated=True, behind=NONE, against=ONE, overtaken=True), "6", "a later word has taken its place"),
        (
            Bearing(stated=True, behind=ONE, against=NONE),
            "6",
            "nothing that another voice says confirms or contradicts",
        ),
        (
            Bearing(stated=True, behind=ONE, against=NONE, disputed=True),
            "6",
            "only by reports whose lineage is unknown",
        ),
        (Bearing(stated=True, behind=ONE, against=NONE, fits=True), "3", "what another voice says agrees with it"),
        (Bearing(stated=True, behind=TWO, against=NONE), "2", "given by 2 voices; none contradicts it"),
        (Bearing(stated=True, behind=TWO, against=NONE, disputed=True), "3", "lineage is unknown"),
        (Bearing(stated=True, behind=THREE, against=NONE), "1", "given by 3 voices; none contradicts it"),
        (Bearing(stated=True, behind=sided(3, 2), against=NONE), "1", "given by 3 voices; none"),
        (Bearing(stated=True, behind=sided(3, 1), against=NONE), "2", "given by 3 voices (all of one side); none"),
        (Bearing(stated=True, behind=sided(3, 1, 1), against=NONE), "2", "3 voices (all but one of one side); none"),
        (Bearing(stated=True, behind=sided(3, 1, 2), against=NONE), "1", "given by 3 voices; none"),
        (Bearing(stated=True, behind=unsided(0, 3), against=NONE), "2", "given by 3 unnamed voices; none"),
        (Bearing(stated=True, behind=unsided(2, 2), against=NONE), "2", "given by 4 voices (2 unnamed); none"),
        (
            Bearing(stated=True, behind=sided(3, 1, unnamed=2), against=NONE),
            "2",
            "(2 unnamed, the named all of one side)",
        ),
        (Bearing(stated=True, behind=ONE, against=unsided(0, 5)), "4", "contradicted by 5 unnamed voices"),
        (
            Bearing(stated=True, behind=unsided(0, 1), against=TWO),
            "5",
            "given by 1 unnamed voice; contradicted by 2 voices",
        ),
        (Bearing(stated=True, behind=ONE, against=ONE), "4", "given by 1 voice; contradicted by 1 voice"),
        (Bearing(stated=True, behind=THREE, against=ONE), "3", "given by 3 voices; contradicted by 1 voice"),
        (Bearing(stated=True, behind=sided(3, 1), against=sided(1, 1)), "4", "one side); contradicted by 1 voice"),
        (Bearing(stated=True, behind=ONE, against=TWO), "5", "given by 1 voice; contradicted by 2 voices"),
        (Bearing(stated=True, behind=sided(1, 1), against=sided(5, 1)), "4", "by 5 voices (all of one side)"),
        (Bearing(stated=True, behind=sided(1, 1), against=sided(5, 2)), "5", "contradicted by 5 voices"),
    ],
)
def test_credibility_by_rule(bearing: Bearing, figure: str, why: str) -> None:
    credibility, told = grade(bearing)
    assert credibility.value == figure
    assert why in told


@st.composite
def camps(draw: Any) -> Camp:
    declared, no_side, unnamed = (draw(st.integers(0, 4)) for _ in range(3))
    sides = draw(st.integers(1, declared)) if declared else 0
    named = declared + no_side
    return Camp(voices=named + unnamed, named=named, sides=sides, no_side=no_side)


@st.composite
def bearings(draw: Any) -> Bearing:
    """Any bearing that can be: whoever contradicts disputes."""
    against = draw(camps())
    return Bearing(
        stated=draw(st.booleans()),
        behind=draw(camps()),
        against=against,
        overtaken=draw(st.booleans()),
        fits=draw(st.booleans()),
        disputed=against.voices > 0 or draw(st.booleans()),
    )


NEW = st.sampled_from(["unnamed", "of no side declared", "of a side that speaks already", "of a new side"])


def joined(camp: Camp, how: str) -> Camp:
    """The camp with a voice more."""
    new_side = how == "of a new side" or (how == "of a side that speaks already" and not camp.sides)
    return Camp(
        voices=camp.voices + 1,
        named=camp.named + (how != "unnamed"),
        sides=camp.sides + new_side,
        no_side=camp.no_side + (how == "of no side declared"),
    )


@given(bearings())
def test_credibility_every_bearing_has_one_grade_with_a_reason(bearing: Bearing) -> None:
    credibility, why = grade(bearing)
    assert credibility in Credibility
    assert why
    assert (credibility, why) == grade(replace(bearing))


@given(bearings(), NEW)
def test_credibility_a_voice_more_behind_an_answer_never_makes_it_worse(bearing: Bearing, how: str) -> None:
    before, after = (grade(b)[0] for b in (bearing, replace(bearing, behind=joined(bearing.behind, how))))
    if Credibility.CANNOT_BE_JUDGED not in (before, after):
        assert ORDER.index(after) <= ORDER.index(before)
    assert after is not Credibility.CANNOT_BE_JUDGED or before is after


@given(bearings(), NEW)
def test_credibility_a_voice_more_against_an_answer_never_makes_it_better(bearing: Bearing, how: str) -> None:
    more = replace(bearing, against=joined(bearing.against, how), disputed=True)
    before, after = grade(bearing)[0], grade(more)[0]
    if Credibility.CANNOT_BE_JUDGED not in (before, after):
        assert ORDER.index(after) >= ORDER.index(before)
    assert after not in (Credibility.CONFIRMED, Credibility.PROBABLY_TRUE)


@given(bearings())
def test_credibility_unknown_lineage_confirms_and_outweighs_nothing(bearing: Bearing) -> None:
    if bearing.behind.voices == 0:
        assert grade(bearing)[0] is Credibility.CANNOT_BE_JUDGED
    if bearing.against.voices == 0:
        assert grade(bearing)[0] not in (Credibility.DOUBTFUL, Credibility.IMPROBABLE)


@given(camps(), camps())
def test_credibility_two_answers_that_exclude_each_other_are_doubtful_or_one_outnumbers(a: Camp, b: Camp) -> None:
    one, other = (grade(Bearing(stated=True, behind=m, against=n, disputed=True))[0] for m, n in ((a, b), (b, a)))
    if a.voices and b.voices:
        assert {one, other} in ({Credibility.DOUBTFUL}, {Credibility.POSSIBLY_TRUE, Credibility.IMPROBABLE})


def test_credibility_marks_are_no_numbers_and_have_no_order() -> None:
    for a, b in (
        (Credibility.CONFIRMED, Credibility.CANNOT_BE_JUDGED),
        (Credibility.CONFIRMED, Credibility.IMPROBABLE),
    ):
        with pytest.raises(TypeError):
            a < b  # type: ignore[operator]  # noqa: B015
    with pytest.raises(TypeError):
        sum(Credibility)  # type: ignore[type-var]


def test_credibility_every_rule_is_reached_by_some_bearing() -> None:
    """No rule stands behind one that always holds first."""
    every = [
        Bearing(stated=stated, behind=unsided(n), against=unsided(m), fits=fits, disputed=disputed or m > 0)
        for stated in (False, True) for n in range(4) for m in range(4) for fits in (False, True)
        for disputed in (False, True)
    ]  # fmt: skip
    first = {next(n for n, (_, holds, _) in enumerate(RULES) if holds(bearing)) for bearing in every}
    assert first == set(range(len(RULES)))


# ---------------------------------------------------------------- in a story


def assessed(story: Any, slot: Slot = Slot.QUANTITY, roster: Roster | None = None) -> dict[object, Assessment]:
    """The value of the only question for the slot → what stands beside it."""
    statements, documents = list(story.statements.values()), list(story.documents.values())
    comparison = compare(statements, documents, roster)
    [question] = [q for q in comparison.questions if q.slot is slot]
    return dict(zip([v.value for v in question.values],
                    assessments(comparison, statements, documents, ())[question.id], strict=True))  # fmt: skip


def toll(story: Any, *told: tuple[str, int], **how: Any) -> None:
    """Each speaker says, in a paper of its own on one day, how many were killed in Varn."""
    for speaker, number in told:
        name = str(len(story.statements))
        story.article(name, f"The fire of {name} at Varn.", outlet=f"Paper {name}", published="2031-03-02")
        story.says(name, name, "The fire", speaker, predicate="kill", theme="miners", place="Varn", said="2031-03-01",
                   time="2031-02-28", number=(number, number), unit="miners", **how)  # fmt: skip


def test_credibility_counts_voices_and_not_reports_of_one(new_story: Any) -> None:
    story = new_story()
    toll(story, ("Ines Dorn", 7), ("Ines Dorn", 7), ("Ines Dorn", 7))
    [one] = assessed(story).values()
    assert (one.credibility.value, one.sides, one.no_side) == ("6", None, None)
    toll(story, ("Karl Voss", 7))
    [two] = assessed(story).values()
    assert (two.credibility.value, two.why) == ("2", "given by 2 voices; none contradicts it")
    toll(story, ("Varn police", 7))
    assert [a.credibility.value for a in assessed(story).values()] == ["1"]


def test_credibility_the_article_s_own_voice_is_no_voice(new_story: Any) -> None:
    story = new_story()
    toll(story, ("Paper 0", 7), ("Paper 1", 7), ("Paper 2", 7), kind=AgentKind.NARRATOR)
    [found] = assessed(story).values()
    assert (found.credibility.value, found.why) == ("6", "where it comes from is not known")


def test_credibility_unnamed_voices_may_be_one_and_confirm_nothing(new_story: Any) -> None:
    story = new_story()
    toll(story, ("an official", 7), ("an official", 7), ("an official", 7), kind=AgentKind.ANONYMOUS)
    [found] = assessed(story).values()
    assert (found.credibility.value, found.why) == ("2", "given by 3 unnamed voices; none contradicts it")


def test_credibility_of_answers_that_contradict(new_story: Any) -> None:
    story = new_story()
    toll(story, ("Ines Dorn", 7), ("Karl Voss", 20))
    assert {v: a.credibility.value for v, a in assessed(story).items()} == {(7, 7): "4", (20, 20): "4"}
    toll(story, ("Ola Berg", 20))
    found = assessed(story)
    assert {v: (a.credibility.value, a.why) for v, a in found.items()} == {
        (7, 7): ("5", "given by 1 voice; contradicted by 2 voices"),
        (20, 20): ("3", "given by 2 voices; contradicted by 1 voice"),
    }


def test_credibility_who_asks_or_declines_says_nothing(new_story: Any) -> None:
    story = new_story()
    toll(story, ("Ines Dorn", 7))
    toll(story, ("Karl Voss", 7), ("Ola Berg", 7), act=Act.REQUEST, factuality=Factuality.UNKNOWN)
    [found] = assessed(story).values()
    assert found.credibility is Credibility.CANNOT_BE_JUDGED
    assert "given by 1 voice" in found.why


def test_credibility_of_what_was_overtaken_cannot_be_judged(new_story: Any) -> None:
    story = new_story()
    toll(story, ("Ines Dorn", 7), ("Karl Voss", 7))
    story.article("later", "The fire of later days at Varn.", outlet="Paper", published="2031-03-09")
    for speaker in ("Ines Dorn", "Karl Voss"):
        story.says(speaker, "later", "The fire", speaker, predicate="kill", theme="miners", place="Varn",
                   said="2031-03-08", time="2031-02-28", number=(9, 9), unit="miners")  # fmt: skip
    found = assessed(story)
    assert {v: (a.credibility.value, a.why) for v, a in found.items()} == {
        (7, 7): ("6", "a later word has taken its place"),
        (9, 9): ("2", "given by 2 voices; none contradicts it"),
    }


def test_credibility_with_sides_many_voices_of_one_side_confirm_and_outweigh_nothing(new_story: Any) -> None:
    sides = {"Ines Dorn": "harbour", "Karl Voss": "harbour", "Ola Berg": "harbour", "Tove Lind": "hill"}
    declared = tuple(DeclaredAgent(name=name, side=side) for name, side in sides.items())
    story = new_story()
    toll(story, ("Ines Dorn", 7), ("Karl Voss", 7), ("Ola Berg", 7), ("Jan Mork", 7))
    [found] = assessed(story, roster=Roster(declared=declared)).values()
    assert (found.credibility.value, found.sides, found.no_side) == ("2", ("harbour",), ("Jan Mork",))
    toll(story, ("Tove Lind", 20))
    found = assessed(story, roster=Roster(declared=declared))
    assert {v: a.credibility.value for v, a in found.items()} == {(7, 7): "4", (20, 20): "4"}
    assert found[20, 20].sides == ("hill",)
    assert {v: a.credibility.value for v, a in assessed(story).items()} == {(7, 7): "3", (20, 20): "5"}


def test_credibility_in_a_flood_all_who_say_the_other_thing_count_against(new_story: Any) -> None:
    """Beyond sixty answers not every pair is related: one that contradicts stands for its value."""
    story = new_story()
    guilds = [(f"Guild {chr(97 + n // 10) * 4}{chr(107 + n % 10) * 4}", 20) for n in range(70)]
    toll(story, *guilds, ("Coast Guard", 7), ("Mine Board", 7), kind=AgentKind.ORGANIZATION)
    found = assessed(story)
    assert found[7, 7].credibility is Credibility.IMPROBABLE
    assert found[7, 7].why.startswith("given by 2 voices; contradicted by 70 voices")
