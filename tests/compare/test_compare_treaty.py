"""A treaty whose signing moves, on which the two sides then differ, and whose place nobody tells."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from quoth.model import Act, AgentKind, Factuality, Slot


@pytest.fixture(scope="module")
def treaty(new_story: Any) -> Any:
    story = new_story()
    story.article("march", "The Fisheries Treaty will be signed on April 10, Arlan foreign minister Ines Dorn said.",
                  outlet="Arlan Times", published="2031-03-01")  # fmt: skip
    story.article(
        "moved", "The signing of the Fisheries Treaty has been postponed to April 24, Dorn said. She declined to say "
        "where it would be signed. “We shall sign the Fisheries Treaty on May 10,” said Berund's envoy Karl Voss.",
        outlet="Arlan Times", published="2031-03-20",
    )  # fmt: skip
    story.article("echo", "“We shall sign the Fisheries Treaty on May 10,” envoy Voss said.", outlet="Berund Mail",
                  published="2031-03-21")  # fmt: skip
    story.article("signed", "The treaty was signed on May 10, the paper found.", outlet="Arlan Times",
                  published="2031-05-12")  # fmt: skip
    plan = {"act": Act.PLAN, "factuality": Factuality.PROBABLE, "predicate": "sign", "theme": "Fisheries Treaty"}
    story.says("april10", "march", "The Fisheries Treaty will be signed on April 10", "Ines Dorn", said="2031-03-01",
               time="2031-04-10", **plan)  # fmt: skip
    story.says("april24", "moved", "The signing of the Fisheries Treaty has been postponed to April 24", "Dorn",
               said="2031-03-20", time="2031-04-24",
               **{**plan, "predicate": "postpone", "theme": "The signing of the Fisheries Treaty"})  # fmt: skip
    story.says("declined", "moved", "where it would be signed", "Dorn", act=Act.DECLINE, said="2031-03-20",
               factuality=Factuality.UNKNOWN, predicate="sign", theme="Fisheries Treaty")  # fmt: skip
    quote = "We shall sign the Fisheries Treaty on May 10"
    story.says("may10", "moved", quote, "Karl Voss", said="2031-03-20", time="2031-05-10", **plan)
    story.says("may10echo", "echo", quote, "Voss", time="2031-05-10", **plan)
    story.says("fact", "signed", "The treaty was signed on May 10", "narrator", kind=AgentKind.NARRATOR,
               predicate="sign", theme="Fisheries Treaty", time="2031-05-10")  # fmt: skip
    return story


def test_treaty_asks_when_it_will_be_signed_once(treaty: Any) -> None:
    assert [q.text for q in treaty.compare().questions] == ["When will the Fisheries Treaty be signed?"]


def test_treaty_date_moved_by_the_same_speaker_supersedes(treaty: Any, ask: Any) -> None:
    question = ask(treaty.compare(), Slot.TIME, "sign")
    assert treaty.relation(question, "april10", "april24") == ("supersede", "april10", "april24")


def test_treaty_two_dates_on_one_day_from_two_sides_contradict(treaty: Any, ask: Any) -> None:
    question = ask(treaty.compare(), Slot.TIME, "sign")
    found = treaty.relation(question, "april24", "may10")
    assert found is not None
    assert found[0] == "contradict"


def test_treaty_another_speakers_later_plan_takes_no_plans_place(treaty: Any, ask: Any) -> None:
    question = ask(treaty.compare(), Slot.TIME, "sign")
    found = treaty.relation(question, "april10", "may10")
    assert found is not None
    assert found[0] == "tension"


def test_treaty_the_fact_supersedes_the_plan_that_failed(treaty: Any, ask: Any) -> None:
    question = ask(treaty.compare(), Slot.TIME, "sign")
    assert treaty.relation(question, "april24", "fact") == ("supersede", "april24", "fact")


def test_treaty_narrator_is_no_origin(treaty: Any, ask: Any) -> None:
    comparison = treaty.compare()
    assert treaty.statements["fact"].id not in comparison.origin_of
    (may,) = [v for v in ask(comparison, Slot.TIME, "sign").values if v.value == (datetime.date(2031, 5, 10),) * 2]
    assert (len(may.origins), len(may.documents), may.voices) == (1, 3, ("Karl Voss",))


def test_treaty_one_quote_in_two_outlets_is_one_origin(treaty: Any) -> None:
    assert ["may10", "may10echo"] in treaty.origins(treaty.compare())


def test_treaty_short_and_full_names_are_one_voice(treaty: Any) -> None:
    assert {o.voice for o in treaty.compare().origins} == {"Ines Dorn", "Karl Voss"}
