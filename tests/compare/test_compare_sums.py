"""Sums, shares and measures answer one question whatever the verb; so do counts of one state."""

from __future__ import annotations

from typing import Any

import pytest

from quoth.model import Act, AgentKind, BlockKind, Factuality, Slot

TEXT = (
    "Turnout reached 71 percent. They estimated turnout at 62 percent. Ada Holm won 53 percent of the vote. "
    "A count put Ada Holm at 47 percent. The bill has reached 31 million. The total cost will be 40 million. "
    "Orlund will pay 8 million in compensation. Its compensation offer was raised to 15 million. "
    "6,200 people were moved to schools. Over 11,000 people have fled. Divers found six bodies. At least nine died. "
    "A flood hit 19 villages. 14 villages were flooded. It was lifted on 5 May. The advisory was lifted on 4 May. "
    "The advisory will be lifted in May. Nine dead in Sund. Nobody was killed. Three young men died."
)


@pytest.fixture
def sums(new_story: Any) -> Any:
    story = new_story()
    for name, published in (("one", "2031-05-10"), ("two", "2031-05-12"), ("three", "2031-05-12")):
        story.article(name, TEXT, outlet=f"Outlet {name}", published=published)
    return story


def _together(story: Any, slot: Slot = Slot.QUANTITY) -> list[set[str]]:
    comparison = story.compare()
    return [{story.name(s) for v in q.values for s in v.statements} for q in comparison.questions if q.slot is slot]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("Turnout reached 71 percent",
          {"predicate": "reach", "theme": "turnout", "number": (71, 71), "unit": "percent"}),
         ("They estimated turnout at 62 percent",
          {"predicate": "estimate", "theme": "turnout", "number": (62, 62), "unit": "percent"})),
        (("Ada Holm won 53 percent of the vote",
          {"predicate": "win", "agent": "Ada Holm", "agent_kind": AgentKind.PERSON, "theme": "vote", "number": (53, 53),
           "unit": "percent"}),
         ("A count put Ada Holm at 47 percent",
          {"predicate": "put", "theme": "Ada Holm", "number": (47, 47), "unit": "percent"})),
        (("The bill has reached 31 million",
          {"predicate": "reach", "theme": "bill", "number": (31e6, 31e6), "unit": "EUR"}),
         ("The total cost will be 40 million",
          {"predicate": "be", "theme": "total cost", "number": (40e6, 40e6), "unit": "EUR"})),
        (("Orlund will pay 8 million in compensation",
          {"predicate": "compensate", "number": (8e6, 8e6), "unit": "EUR"}),
         ("Its compensation offer was raised to 15 million",
          {"predicate": "raise", "theme": "compensation offer", "number": (15e6, 15e6), "unit": "EUR"})),
        (("6,200 people were moved to schools",
          {"predicate": "move", "theme": "people", "number": (6200, 6200), "unit": "people"}),
         ("Over 11,000 people have fled", {"predicate": "flee", "agent": "people", "agent_kind": None,
                                           "number": (11000, None), "unit": "people", "counted": "displaced"})),
    ],
)  # fmt: skip
def test_sums_of_one_thing_are_one_question(sums: Any, first: Any, second: Any) -> None:
    for name, article, (words, how) in (("a", "one", first), ("b", "two", second)):
        sums.says(name, article, words, f"Bo Lind {article}", **how)
    assert {"a", "b"} in _together(sums)


def test_who_finds_the_dead_did_not_kill_them(sums: Any) -> None:
    sums.says("found", "one", "Divers found six bodies", "Ada Holm", predicate="find", agent="divers",
              number=(6, 6), unit="bodies", counted="killed")  # fmt: skip
    sums.says("died", "two", "At least nine died", "Bo Lind", predicate="kill", number=(9, None), unit="people",
              counted="killed")  # fmt: skip
    assert {"found", "died"} in _together(sums)


def test_nobody_is_none_of_any_sort(sums: Any) -> None:
    sums.says("none", "two", "Nobody was killed", "Ada Holm", predicate="kill", number=(0, 0), unit="people",
              counted="killed", factuality=Factuality.CERTAINLY_NOT, place="Sund", country="ZZ",
              said="2031-05-12")  # fmt: skip
    sums.says("three", "three", "Three young men died", "Bo Lind", predicate="kill", number=(3, 3), unit="young men",
              counted="killed", place="Sund", country="ZZ", said="2031-05-12")  # fmt: skip
    (question,) = [q for q in sums.compare().questions if q.slot is Slot.QUANTITY]
    assert sums.relation(question, "none", "three")[0] in ("contradict", "supersede")
    assert sums.reason(question, "none", "three").rule != "different-scope"


def test_what_is_put_at_it_is_what_the_case_says_it_of(sums: Any) -> None:
    lifted = {"predicate": "lift", "factuality": Factuality.CERTAIN}
    sums.says(
        "named", "one", "The advisory was lifted on 4 May", "Ada Holm", theme="advisory", time="2031-05-04", **lifted
    )
    sums.says("planned", "two", "The advisory will be lifted in May", "Bo Lind", theme="advisory",
              time=("2031-05-01", "2031-05-31"), predicate="lift", act=Act.PLAN,
              factuality=Factuality.PROBABLE)  # fmt: skip
    it = sums.says("it", "three", "It was lifted on 5 May", "Cy Dahl", theme="It", time="2031-05-05", **lifted)
    assert any({"named", "it"} <= found for found in _together(sums, Slot.TIME))
    (question,) = [q for q in sums.compare().questions if q.slot is Slot.TIME]
    types = {r.type.value for r in question.relations if it in (r.a, r.b)}
    assert "contradict" not in types


def test_a_headline_reports_the_utterance_of_its_article(sums: Any) -> None:
    sums.says("title", "one", "Nine dead in Sund", "One", kind=AgentKind.NARRATOR, predicate="kill", number=(9, 9),
              unit="people", counted="killed", block=BlockKind.HEADLINE)  # fmt: skip
    sums.says("lead", "one", "At least nine died", "Bo Lind", predicate="kill", number=(9, None), unit="people",
              counted="killed")  # fmt: skip
    (question,) = [q for q in sums.compare().questions if q.slot is Slot.QUANTITY]
    assert sums.reason(question, "title", "lead").rule == "headline"
    assert sums.relation(question, "title", "lead")[0] == "same"
