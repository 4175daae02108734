"""One thing said in other forms is one event; stages of a process are one question, lots and tenses are several."""

from __future__ import annotations

from typing import Any

import pytest

from quoth.model import Act, AgentKind, Counting, Factuality, Slot

PORT = (
    "Orlund asked Veland for 12 Merlin ferries. Veland will hand over the first ferries by June 2031. "
    "The first four ferries will come by the end of July 2031, later than agreed. "
    "The remaining eight will follow by May 2032. "
    "Two ferries arrived in Sund. Four ferries entered Sund. There is no Merlin in Sund. No ferry has left Veland."
)


@pytest.fixture
def port(new_story: Any) -> Any:
    story = new_story()
    story.article("one", PORT, outlet="The Quay", published="2031-01-10")
    story.article("two", PORT, outlet="Sund Post", published="2031-07-02")
    return story


def texts(story: Any, slot: Slot) -> list[set[str]]:
    """The named statements of each question for a slot."""
    found = []
    for q in story.compare().questions:
        if q.slot is slot:
            found.append({story.name(s) for v in q.values for s in v.statements})
    return found


def test_topics_asked_planned_and_withheld_are_one_count(port: Any) -> None:
    port.says("asked", "one", "asked Veland for 12 Merlin ferries", "Orlund", predicate="ask", act=Act.REQUEST,
              factuality=Factuality.UNKNOWN, theme="Merlin ferries", number=(12, 12), unit="ferries")  # fmt: skip
    port.says("planned", "one", "The first four ferries will come", "Veland", predicate="hand over", act=Act.PLAN,
              factuality=Factuality.PROBABLE, theme="Merlin ferries", number=(2, None), unit="ferries")  # fmt: skip
    assert texts(port, Slot.QUANTITY) == [{"asked", "planned"}]


def test_topics_first_lot_and_rest_come_at_different_times(port: Any) -> None:
    plan = {"predicate": "deliver", "act": Act.PLAN, "factuality": Factuality.PROBABLE}
    port.says("first", "one", "Veland will hand over the first ferries by June 2031", "Ada Holm",
              theme="the first Merlin ferries", time=(None, "2031-06-30"), **plan)  # fmt: skip
    port.says("moved", "two", "The first four ferries will come by the end of July 2031", "Ada Holm",
              theme="the first four ferries", said="2031-07-02", time=(None, "2031-07-31"), **plan)  # fmt: skip
    port.says("rest", "two", "The remaining eight will follow by May 2032", "Bo Lind", said="2031-07-02",
              theme="the remaining eight ferries", time=(None, "2032-05-31"), **plan)  # fmt: skip
    assert {"first", "moved"} in texts(port, Slot.TIME)
    assert not any("rest" in found and "first" in found for found in texts(port, Slot.TIME))


def test_topics_a_moved_deadline_supersedes(port: Any) -> None:
    plan = {"predicate": "deliver", "act": Act.PLAN, "factuality": Factuality.PROBABLE, "theme": "Merlin ferries"}
    port.says("old", "one", "Veland will hand over the first ferries by June 2031", "Ada Holm", said="2031-01-10",
              time=(None, "2031-06-30"), **plan)  # fmt: skip
    port.says("new", "two", "The first four ferries will come by the end of July 2031, later than agreed", "Bo Lind",
              said="2031-07-02", time=(None, "2031-07-31"), **plan)  # fmt: skip
    (question,) = [q for q in port.compare().questions if q.slot is Slot.TIME]
    assert port.relation(question, "old", "new") == ("supersede", "old", "new")


def test_topics_arrivals_contradict_each_other_and_their_denial(port: Any) -> None:
    here = {"said": "2031-07-02", "time": "2031-07-01", "number": (2, 2), "unit": "ferries"}
    port.says("two", "one", "Two ferries arrived in Sund", "Coast guard", predicate="arrive", place="Sund",
              kind=AgentKind.ORGANIZATION, agent="Merlin ferries", agent_kind=None, theme="Merlin ferries",
              **here)  # fmt: skip
    port.says("four", "two", "Four ferries entered Sund", "Bo Lind", predicate="deliver", theme="Merlin ferries",
              place="Sund", **{**here, "number": (4, 4)})  # fmt: skip
    (question,) = [q for q in port.compare().questions if q.slot is Slot.QUANTITY]
    found = port.relation(question, "two", "four")
    assert found is not None
    assert found[0] == "contradict"


def test_topics_presence_and_departure_answer_whether_it_came(port: Any) -> None:
    port.says("moored", "one", "Two ferries arrived in Sund", "Pilot", predicate="moor", theme="Merlin ferries",
              place="Sund")  # fmt: skip
    port.says("none", "two", "There is no Merlin in Sund", "Harbour master", predicate="be", theme="Merlin ferries",
              place="Sund", factuality=Factuality.CERTAINLY_NOT)  # fmt: skip
    assert {"moored", "none"} in texts(port, Slot.POLARITY)


def test_topics_not_before_a_day_denies_no_event(port: Any) -> None:
    port.says("plan", "one", "Veland will hand over the first ferries by June 2031", "Ada Holm", predicate="deliver",
              act=Act.PLAN, factuality=Factuality.PROBABLE, theme="Merlin ferries",
              time=(None, "2031-06-30"))  # fmt: skip
    port.says("later", "one", "The remaining eight will follow by May 2032", "Bo Lind", predicate="deliver",
              factuality=Factuality.PROBABLY_NOT, theme="Merlin ferries", time=(None, "2031-12-31"))  # fmt: skip
    assert texts(port, Slot.POLARITY) == []


def test_topics_stays_open_is_not_closed(new_story: Any) -> None:
    story = new_story()
    story.article(
        "a", "The Arden plant will be closed. The Arden plant stays open.", outlet="Daily", published="2031-01-02"
    )
    story.says("close", "a", "The Arden plant will be closed", "Mira Voss", predicate="close", theme="Arden plant",
               act=Act.PLAN, factuality=Factuality.PROBABLE, agent="Holt")  # fmt: skip
    story.says("open", "a", "The Arden plant stays open", "Jan Holt", predicate="open", theme="Arden plant",
               agent="Holt")  # fmt: skip
    (question,) = [q for q in story.compare().questions if q.slot is Slot.POLARITY]
    assert {v[0]: v[2] for v in story.values(question)} == {"yes": ["close"], "no": ["open"]}


def test_topics_deal_transaction_and_takeover_are_one(new_story: Any) -> None:
    story = new_story()
    story.article("a", "Norda expects the transaction to close in May. Norda completed its takeover of Velt.",
                  outlet="Daily", published="2031-01-02")  # fmt: skip
    story.says("closing", "a", "the transaction to close in May", "Norda", kind=AgentKind.ORGANIZATION,
               predicate="close", act=Act.ESTIMATE, factuality=Factuality.PROBABLE, theme="the transaction",
               said="2031-01-02", time=("2031-05-01", "2031-05-31"))  # fmt: skip
    story.says("done", "a", "completed its takeover of Velt", "Wire", kind=AgentKind.ORGANIZATION, predicate="acquire",
               agent="Norda", theme="Velt", said="2031-05-20", time="2031-05-20")  # fmt: skip
    (question,) = [q for q in story.compare().questions if q.slot is Slot.TIME]
    assert story.relation(question, "closing", "done") == ("supersede", "closing", "done")


def test_topics_offers_are_one_price_and_the_later_replaces(new_story: Any) -> None:
    story = new_story()
    story.article(
        "a", "Norda offered 40 euros. Norda raised the bid to 45 euros.", outlet="Daily", published="2031-01-02"
    )
    money = {"unit": "EUR", "counting": Counting.EACH}
    story.says("offer", "a", "Norda offered 40 euros", "Norda", kind=AgentKind.ORGANIZATION, predicate="offer",
               said="2031-01-02", number=(40, 40), **money)  # fmt: skip
    story.says("raise", "a", "raised the bid to 45 euros", "Ida Berg", predicate="raise", theme="the bid",
               said="2031-03-02", number=(45, 45), **money)  # fmt: skip
    (question,) = [q for q in story.compare().questions if q.slot is Slot.QUANTITY]
    assert question.text == "What is the price?"
    assert story.relation(question, "offer", "raise") == ("supersede", "offer", "raise")


def test_topics_bare_numbers_count_what_was_counted_before(new_story: Any) -> None:
    story = new_story()
    story.article(
        "a", "Ten sailors left. Another six left, which makes sixteen.", outlet="Daily", published="2031-01-02"
    )
    story.article("b", "Nine sailors were trained.", outlet="Post", published="2031-02-02")
    story.says("ten", "a", "Ten sailors left", "Ida Berg", predicate="leave", agent="sailors", agent_kind=None,
               number=(10, 10), unit="sailors")  # fmt: skip
    story.says("six", "a", "Another six left", "Ida Berg", predicate="leave", agent="six", agent_kind=None,
               number=(6, 6), counting=Counting.INCREMENT)  # fmt: skip
    story.says("trained", "b", "Nine sailors were trained", "Ada Holm", predicate="train", theme="sailors",
               number=(9, 9), unit="sailors")  # fmt: skip
    (question,) = [q for q in story.compare().questions if q.slot is Slot.QUANTITY]
    assert {story.name(s) for v in question.values for s in v.statements} == {"ten", "six", "trained"}
    found = story.relation(question, "ten", "six")
    assert found is not None
    assert found[0] == "different scope"


def test_topics_years_asked_for_and_given_are_one_question(new_story: Any) -> None:
    story = new_story()
    story.article("a", "The prosecution wants twelve years. The court gave nine years.", outlet="Daily",
                  published="2031-01-02")  # fmt: skip
    story.says("asked", "a", "twelve years", "Prosecution", kind=AgentKind.ORGANIZATION, predicate="demand",
               act=Act.REQUEST, factuality=Factuality.UNKNOWN, number=(12, 12), unit="years")  # fmt: skip
    story.says("given", "a", "nine years", "Court", kind=AgentKind.ORGANIZATION, predicate="sentence",
               number=(9, 9), unit="years")  # fmt: skip
    assert {"asked", "given"} in texts(story, Slot.QUANTITY)


def test_topics_an_opening_with_a_day_is_an_event_of_its_own(new_story: Any) -> None:
    story = new_story()
    text = "The Dravik bridge will open in May. The Dravik bridge will open in July."
    story.article("a", text, outlet="Daily", published="2031-01-02")
    story.says("may", "a", "The Dravik bridge will open in May", "Mira Voss", predicate="open", theme="Dravik bridge",
               factuality=Factuality.PROBABLE, time=("2031-05-01", "2031-05-31"))  # fmt: skip
    story.says("july", "a", "The Dravik bridge will open in July", "Jan Holt", predicate="open", theme="Dravik bridge",
               factuality=Factuality.PROBABLE, time=("2031-07-01", "2031-07-31"))  # fmt: skip
    assert texts(story, Slot.TIME) == [{"may", "july"}]


def test_topics_an_advisory_is_lifted_whatever_else_its_verb_allows(new_story: Any, ask: Any) -> None:
    story = new_story()
    for n, (paper, day) in enumerate([("Wire", "2031-10-05"), ("Post", "2031-12-05")]):
        story.article(paper, "They lift the boil-water advisory.", outlet=paper, published=f"2031-09-0{n + 1}")
        story.says(paper, paper, "lift the boil-water advisory", f"Speaker {paper}", predicate="lift",
                   theme="boil-water advisory", time=day)  # fmt: skip
    [asked] = [q for q in story.compare().questions if q.slot is Slot.TIME]
    assert len(asked.values) == 2


def test_topics_who_fell_ill_is_counted_whatever_the_verb(new_story: Any) -> None:
    story = new_story()
    counts = [("Wire", "fall", 140), ("Post", "put", 212), ("Star", "infect", 268)]
    for n, (paper, verb, number) in enumerate(counts):
        story.article(paper, "People fell ill in Varn.", outlet=paper, published=f"2031-09-0{n + 1}")
        story.says(paper, paper, "People fell ill in Varn", f"Speaker {paper}", predicate=verb,
                   number=(number, number), unit="people", counted="infected", place="Varn")  # fmt: skip
    [asked] = [q for q in story.compare().questions if q.slot is Slot.QUANTITY]
    assert [v.value[0] for v in asked.values] == [140, 212, 268]


def test_topics_who_bears_the_cost_pays(new_story: Any) -> None:
    story = new_story()
    for n, (paper, verb, share) in enumerate([("Wire", "bear", 50), ("Post", "cover", 40), ("Star", "pay", 60)]):
        story.article(paper, "They bear the cost.", outlet=paper, published=f"2031-09-0{n + 1}")
        story.says(paper, paper, "bear the cost", f"Speaker {paper}", predicate=verb, theme="cost", agent="Norda",
                   agent_kind=AgentKind.COUNTRY, agent_country="NO", number=(share, share), unit="percent")  # fmt: skip
    [asked] = [q for q in story.compare().questions if q.slot is Slot.QUANTITY]
    assert {v.value[0] for v in asked.values} == {40, 50, 60}


def test_topics_a_people_is_from_its_land_though_no_list_has_it(new_story: Any) -> None:
    story = new_story()
    for n, (paper, theme) in enumerate([("Wire", "Karvanian launchers"), ("Post", "launchers")]):
        story.article(paper, f"Karvania will send {theme} to Varn.", outlet=paper, published=f"2031-09-0{n + 1}")
        story.says(paper, paper, f"Karvania will send {theme} to Varn", f"Speaker {paper}", predicate="send",
                   theme=theme, agent="Karvania", agent_kind=None, number=(4 + n, 4 + n), unit="launchers",
                   place="Varn")  # fmt: skip
    [asked] = [q for q in story.compare().questions if q.slot is Slot.QUANTITY]
    assert len(asked.values) == 2


def test_topics_a_name_behind_its_noun_christens_it(new_story: Any) -> None:
    story = new_story()
    for n, (paper, theme) in enumerate([("Wire", "ferry"), ("Post", "Saint Clare")]):
        story.article(paper, "The ferry Saint Clare was sold.", outlet=paper, published=f"2031-09-0{n + 1}")
        story.says(paper, paper, "Saint Clare was sold", f"Speaker {paper}", predicate="sell", theme=theme,
                   time=f"2031-08-0{n + 1}")  # fmt: skip
    [asked] = [q for q in story.compare().questions if q.slot is Slot.TIME]
    assert (asked.event.theme, len(asked.values)) == ("Saint Clare", 2)
