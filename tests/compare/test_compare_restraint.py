"""What must not be called a contradiction, and what must not be asked."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from quoth.model import Act, AgentKind, Factuality, RelationType

KILLED = {"predicate": "kill", "place": "Varn", "unit": "people", "kind": AgentKind.ORGANIZATION}
DRONES = {"predicate": "deploy", "theme": "Kestrel drones", "place": "Varn"}


def types(new_story: Any, *rows: dict[str, Any]) -> set[str]:
    """The types of all relations of a story, each row of another speaker, in another paper of one day."""
    story = new_story()
    for n, row in enumerate(rows):
        published = row.get("said") or "2031-03-10"
        story.article(str(n), "They speak of what happened.", outlet=f"Paper {n}", published=published)
        story.says(str(n), str(n), "what happened", f"Speaker {'ABCDEF'[n]}", **row)
    return {r.type.value for q in story.compare().questions for r in q.relations}


CONTRADICT = RelationType.CONTRADICT.value


def test_restraint_baseline_two_tolls_of_one_day_contradict(new_story: Any) -> None:
    assert types(new_story, {**KILLED, "number": (12, 12)}, {**KILLED, "number": (15, 15)}) == {CONTRADICT}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"unit": "children"}, "different scope"),
        ({"unit": "American people"}, "different scope"),
        ({"time": ("2030-09-01", "2030-09-30")}, "different scope"),
        ({"approximate": True}, "tension"),
        ({"factuality": Factuality.PROBABLE}, "tension"),
        ({"act": Act.ESTIMATE}, "tension"),
        ({"unit": None}, "tension"),
        ({"said": "2031-03-11"}, "supersede"),
    ],
)
def test_restraint_a_weaker_name(new_story: Any, change: dict[str, Any], expected: str) -> None:
    first, second = {**KILLED, "number": (12, 12)}, {**KILLED, "number": (15, 15), **change}
    assert types(new_story, first, second) == {expected}


def test_restraint_a_toll_that_shrinks_in_another_mouth_contradicts(new_story: Any) -> None:
    first, second = {**KILLED, "number": (15, 15)}, {**KILLED, "number": (12, 12), "said": "2031-03-11"}
    assert types(new_story, first, second) == {CONTRADICT}


def test_restraint_a_request_contradicts_no_plan_and_no_denial(new_story: Any) -> None:
    asked = {**DRONES, "act": Act.REQUEST, "factuality": Factuality.UNKNOWN, "number": (10, 10), "unit": "drones"}
    planned = {**DRONES, "act": Act.PLAN, "factuality": Factuality.PROBABLE, "number": (4, 4), "unit": "drones"}
    denied = {**DRONES, "factuality": Factuality.CERTAINLY_NOT}
    assert types(new_story, asked, planned) == {"tension"}
    assert CONTRADICT not in types(new_story, asked, denied)


def test_restraint_not_done_yet_contradicts_no_plan(new_story: Any) -> None:
    planned = {**DRONES, "act": Act.PLAN, "factuality": Factuality.PROBABLE}
    assert types(new_story, planned, {**DRONES, "factuality": Factuality.CERTAINLY_NOT}) == {"tension"}


def test_restraint_yes_and_no_contradict(new_story: Any) -> None:
    assert types(new_story, DRONES, {**DRONES, "factuality": Factuality.CERTAINLY_NOT}) == {CONTRADICT}


def test_restraint_a_deed_after_the_no_is_time_passing(new_story: Any) -> None:
    earlier = {**DRONES, "factuality": Factuality.CERTAINLY_NOT, "said": "2031-03-01"}
    assert types(new_story, earlier, {**DRONES, "said": "2031-03-09"}) == {"tension"}


def test_restraint_a_denied_number_denies_that_number_only(new_story: Any) -> None:
    claimed = {**KILLED, "number": (50, 50)}
    denied = {**KILLED, "number": (50, 50), "act": Act.DENY, "factuality": Factuality.CERTAINLY_NOT}
    assert types(new_story, claimed, denied) == {"deny"}
    assert types(new_story, {**KILLED, "number": (12, 12)}, denied) == set()


def test_restraint_vague_events_are_not_matched(new_story: Any) -> None:
    nothing = {"predicate": "transfer"}
    assert types(new_story, nothing, {**nothing, "factuality": Factuality.CERTAINLY_NOT}) == set()


def test_restraint_recurring_events_on_two_days_are_two_events(new_story: Any) -> None:
    launch = {"predicate": "launch", "theme": "Kestrel drones", "place": "Varn"}
    assert types(new_story, {**launch, "time": "2031-03-01"}, {**launch, "time": "2031-03-05"}) == {"different scope"}


def test_restraint_one_speaker_changes_his_mind(new_story: Any) -> None:
    story = new_story()
    for n, (said, number) in enumerate([("2031-03-01", (10, 10)), ("2031-03-08", (20, 20))]):
        story.article(str(n), "She speaks of drones.", outlet=f"Paper {n}", published=said)
        story.says(str(n), str(n), "drones", "Ines Dorn", said=said, number=number, unit="drones", **DRONES)
    (question,) = story.compare().questions
    assert story.relation(question, "0", "1") == ("supersede", "0", "1")


def test_restraint_the_badly_hurt_are_a_part_of_the_hurt(new_story: Any) -> None:
    story = new_story()
    injured = {"predicate": "injure", "place": "Varn", "unit": "people", "kind": AgentKind.ORGANIZATION}
    story.article("a", "50 people were injured.", outlet="Paper A", published="2031-03-10")
    story.article("b", "Eight people were seriously injured.", outlet="Paper B", published="2031-03-10")
    story.says("all", "a", "50 people were injured", "Varn police", number=(50, 50), **injured)
    story.says("badly", "b", "Eight people were seriously injured", "Varn hospital", number=(8, 8), **injured)
    (question,) = story.compare().questions
    found = story.relation(question, "all", "badly")
    assert found is not None
    assert found[0] == "different scope"


def test_restraint_tolls_of_unknown_days_may_have_grown(new_story: Any) -> None:
    first = {**KILLED, "number": (80, 80), "said": (None, "2031-03-10")}
    story = new_story()
    story.article("a", "80 were killed.", outlet="Paper A", published="2031-03-10")
    story.article("b", "84 were killed.", outlet="Paper B", published="2031-03-10")
    story.says("a", "a", "80 were killed", "Speaker A", **first)
    story.says("b", "b", "84 were killed", "Speaker B", **{**first, "number": (84, 84)})
    (question,) = story.compare().questions
    assert [r.rule for r in question.relations] == ["count-may-have-grown"]


def test_restraint_a_toll_beside_another_event_is_a_toll(new_story: Any) -> None:
    story = new_story()
    for name, words, number in (("a", "rammed the gate, killing 12", 12), ("b", "killed 15", 15)):
        story.article(name, words, outlet=name, published="2031-03-10")
        story.says(name, name, words, f"Speaker {name}", number=(number, number), **KILLED)
    toll = story.statements["a"]
    ram = dataclasses.replace(toll.events[0], predicate="ram", predicate_class="crash", quantity=None)
    story.statements["a"] = dataclasses.replace(toll, events=(ram, *toll.events))
    assert {r.type for q in story.compare().questions for r in q.relations} == {RelationType.CONTRADICT}


def test_restraint_those_treated_need_not_be_all_who_were_hurt(new_story: Any) -> None:
    hurt = {"place": "Varn", "unit": "people", "counted": "injured", "kind": AgentKind.ORGANIZATION}
    first = {**hurt, "predicate": "injure", "number": (50, 50)}
    assert types(new_story, first, {**hurt, "predicate": "treat", "number": (20, 20)}) == {"tension"}


def test_restraint_attacks_without_dates_may_be_two(new_story: Any) -> None:
    attack = {"predicate": "attack", "theme": "Varn Bridge", "place": "Varn"}
    found = types(new_story, attack, {**attack, "factuality": Factuality.CERTAINLY_NOT})
    assert found == {"tension"}


def test_restraint_all_reports_of_an_answering_utterance_are_shown_as_one(new_story: Any) -> None:
    story = new_story()
    story.article(
        "a", "Dorn: ten drones for Varn. Dorn will send ten drones.", outlet="Paper A", published="2031-03-01"
    )
    said = {"said": "2031-03-01", **DRONES}
    story.says("lead", "a", "ten drones for Varn", "Dorn", **said)
    story.says("count", "a", "Dorn will send ten drones", "Ines Dorn", number=(10, 10), unit="drones", **said)
    story.article("b", "Voss doubts the drones.", outlet="Paper B", published="2031-03-01")
    story.says("other", "b", "the drones", "Karl Voss", number=(12, 12), unit="drones", **said)
    (question,) = story.compare().questions
    assert story.relation(question, "lead", "count") in [("same", "lead", "count"), ("same", "count", "lead")]
    assert story.relation(question, "lead", "other") is None


def test_restraint_whose_a_thing_is_does_not_name_it(new_story: Any) -> None:
    story = new_story()
    story.article(
        "a", "Arlan will send Arlanese patrol drones. Arlan has Kestrel drones.", outlet="A", published="2031-03-01"
    )
    story.article(
        "b", "The patrol drones come later, the Kestrel patrol drones of Arlan.", outlet="B", published="2031-03-02"
    )
    arlan = {"agent": "Arlan", "agent_kind": AgentKind.COUNTRY, "predicate": "transfer", "unit": "drones"}
    story.says(
        "whose", "a", "Arlanese patrol drones", "Ines Dorn", theme="Arlanese patrol drones", number=(5, 5), **arlan
    )
    story.says("bare", "b", "The patrol drones", "Karl Voss", theme="the patrol drones", number=(6, 6), **arlan)
    story.says("named", "b", "Kestrel patrol drones", "Karl Voss", theme="Kestrel patrol drones", **arlan)
    (question,) = story.compare().questions
    assert {story.name(i) for v in question.values for i in v.statements} == {"whose", "bare"}
