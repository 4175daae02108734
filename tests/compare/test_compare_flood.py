"""A flood's toll: it grows, two agencies differ on one day, the killed are not the injured."""

from __future__ import annotations

from typing import Any

import pytest

from quoth.model import AgentKind, Counting, Slot

POLICE, AGENCY, MINISTRY = "Varn police", "Civil Defence Agency", "health ministry"


@pytest.fixture(scope="module")
def flood(new_story: Any) -> Any:
    story = new_story()
    story.article(
        "post", "Police said 12 people were killed when the river burst its banks at Varn. The health ministry "
        "said that 30 people were injured. The civil defence agency put the dead at 15.",
        outlet="Harbour Post", published="2031-03-04",
    )  # fmt: skip
    story.article("coast", "A dozen people died in Varn, police said.", outlet="Coast Wire", published="2031-03-04")
    story.article(
        "later", "Police now say that 20 people were killed at Varn. Another 4 bodies were found on Wednesday, the "
        "civil defence agency said.", outlet="Harbour Post", published="2031-03-05",
    )  # fmt: skip
    story.article(
        "far", "Three people were killed in Ostrel, police there said.", outlet="Coast Wire", published="2031-03-05"
    )
    org = {"kind": AgentKind.ORGANIZATION, "place": "Varn", "unit": "people"}
    killed = {**org, "predicate": "kill"}
    story.says("p12", "post", "12 people were killed", POLICE, said="2031-03-04", number=(12, 12), **killed)
    story.says("i30", "post", "30 people were injured", MINISTRY, said="2031-03-04", number=(30, 30),
               **{**org, "predicate": "injure"})  # fmt: skip
    story.says("a15", "post", "the dead at 15", AGENCY, said="2031-03-04", number=(15, 15), counted="dead",
               **{**org, "predicate": "put"})  # fmt: skip
    story.says("c12", "coast", "A dozen people died in Varn", POLICE, said="2031-03-04", number=(12, 12),
               **{**killed, "predicate": "die"})  # fmt: skip
    story.says("p20", "later", "20 people were killed", POLICE, said="2031-03-05", number=(20, 20), **killed)
    story.says("a4", "later", "Another 4 bodies", AGENCY, said="2031-03-05", number=(4, 4), counting=Counting.INCREMENT,
               **killed)  # fmt: skip
    story.says("o3", "far", "Three people were killed", "Ostrel police", said="2031-03-05", number=(3, 3),
               **{**killed, "place": "Ostrel"})  # fmt: skip
    return story


def test_flood_asks_how_many_were_killed_in_varn_and_nothing_of_the_rest(flood: Any) -> None:
    comparison = flood.compare()
    assert [q.text for q in comparison.questions] == ["How many people were killed in Varn?"]
    members = {flood.name(s) for v in comparison.questions[0].values for s in v.statements}
    assert members == {"p12", "a15", "c12", "p20", "a4"}


def test_flood_values_join_equal_counts_however_worded(flood: Any, ask: Any) -> None:
    question = ask(flood.compare(), Slot.QUANTITY, "kill")
    assert flood.values(question) == [
        ((4, 4), None, ["a4"], 1),
        ((12, 12), None, ["c12", "p12"], 1),
        ((15, 15), None, ["a15"], 1),
        ((20, 20), None, ["p20"], 1),
    ]


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("p12", "c12", "same"),
        ("p12", "a15", "contradict"),
        ("c12", "a15", "contradict"),
        ("a4", "p20", "different scope"),
    ],
)
def test_flood_relations_without_direction(flood: Any, ask: Any, a: str, b: str, expected: str) -> None:
    found = flood.relation(ask(flood.compare(), Slot.QUANTITY, "kill"), a, b)
    assert found is not None
    assert found[0] == expected


def test_flood_later_toll_supersedes_every_earlier_one(flood: Any, ask: Any) -> None:
    question = ask(flood.compare(), Slot.QUANTITY, "kill")
    assert flood.relation(question, "p12", "p20") == ("supersede", "p12", "p20")
    assert flood.relation(question, "a15", "p20") == ("supersede", "a15", "p20")


def test_flood_reasons_hold_the_values(flood: Any, ask: Any) -> None:
    reason = flood.reason(ask(flood.compare(), Slot.QUANTITY, "kill"), "p12", "a15")
    assert "12 people were killed" in reason.why
    assert "the dead at 15" in reason.why
    assert reason.rule == "disjoint-quantity"


def test_flood_one_utterance_in_two_outlets_is_one_origin(flood: Any) -> None:
    comparison = flood.compare()
    assert flood.origins(comparison) == [["a15"], ["a4"], ["c12", "p12"], ["i30"], ["o3"], ["p20"]]
    (origin,) = [o for o in comparison.origins if o.reports == 2]
    assert {(link.parent, link.child) for link in origin.links} == {(POLICE, "Harbour Post"), (POLICE, "Coast Wire")}


def test_flood_reasons_in_equal_words_are_one_string(new_story: Any, ask: Any) -> None:
    story = new_story()
    for name in ("a", "b", "c"):
        story.article(name, "12 people were killed.", outlet="Harbour Post", published="2031-03-04")
        story.says(name, name, "12 people were killed", POLICE, said="2031-03-04", number=(12, 12), unit="people",
                   predicate="kill", place="Varn", kind=AgentKind.ORGANIZATION)  # fmt: skip
    reasons = [r.why for r in ask(story.compare(), Slot.QUANTITY, "kill").relations]
    assert len(reasons) == 3
    assert len({id(why) for why in reasons}) == len(set(reasons)) == 1
