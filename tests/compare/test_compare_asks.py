"""Questions that an analyst asks: which claims answer them, what gives way to them, and that they are always listed."""

from __future__ import annotations

import dataclasses
import itertools
from typing import Any

import pytest

from quoth.compare import changes, compare
from quoth.model import (
    Act,
    Agenda,
    AgentKind,
    Ask,
    ChangeKind,
    Comparison,
    DeclaredAgent,
    Factuality,
    Question,
    Roster,
    Slot,
)

TEXT = (
    "Orlund will get 12 Merlin ferries. Orlund gets two ferries. Ten tugs come to Ostrel. It costs 40 million euros. "
    "Five sailors were wounded. Nine people were killed in Sund. No number was given."
)


@pytest.fixture
def port(new_story: Any) -> Any:
    """Ferries for Sund, tugs for Ostrel, and people hurt."""
    story = new_story()
    story.article("one", TEXT, outlet="The Quay", published="2031-01-10")
    story.article("two", TEXT, outlet="Sund Post", published="2031-02-02")
    merlin = {"theme": "Merlin ferries", "unit": "ferries", "place": "Sund", "country": "QV"}
    story.says("twelve", "one", "Orlund will get 12 Merlin ferries", "Ada Holm", predicate="deliver", number=(12, 12),
               agent="Veland", agent_kind=AgentKind.COUNTRY, agent_country="QX", **merlin)  # fmt: skip
    story.says("two", "two", "Orlund gets two ferries", "Bo Lind", predicate="receive", number=(2, 2), **merlin)
    story.says("ten", "two", "Ten tugs come to Ostrel", "Bo Lind", predicate="deliver", number=(10, 10),
               theme="tugs", unit="tugs", place="Ostrel", country="QW")  # fmt: skip
    story.says("price", "two", "It costs 40 million euros", "Bo Lind", predicate="deliver", theme="Merlin ferries",
               number=(40_000_000, 40_000_000), unit="euros", place="Sund", country="QV")  # fmt: skip
    story.says("hurt", "one", "Five sailors were wounded", "Sund police", kind=AgentKind.ORGANIZATION,
               predicate="hurt", number=(5, 5), unit="sailors", counted="wounded", place="Sund",
               country="QV")  # fmt: skip
    story.says("dead", "one", "Nine people were killed in Sund", "Sund police", kind=AgentKind.ORGANIZATION,
               predicate="kill", number=(9, 9), unit="people", place="Sund", country="QV")  # fmt: skip
    return story


def asking(slot: Slot = Slot.QUANTITY, **event: Any) -> Ask:
    return Ask(text="What the analyst wants to know", slot=slot, **event)


def put(story: Any, *asks: Ask) -> Comparison:
    return story.compare(Agenda(asks=asks))  # type: ignore[no-any-return]


def answered(story: Any, ask: Ask) -> set[str]:
    (question,) = [q for q in put(story, ask).questions if q.asked]
    return {story.name(s) for v in question.values for s in v.statements}


@pytest.mark.parametrize(
    ("event", "names"),
    [
        ({"predicate": "deliver", "theme": "Merlin"}, {"twelve", "two", "price"}),  # a stage of the same process
        ({"predicate": "deliver", "theme": "Merlin ferries"}, {"twelve", "two", "price"}),
        ({"predicate": "deliver", "theme": "ferries"}, {"twelve", "two", "price"}),
        ({"predicate": "delivered", "theme": "the ferry"}, {"twelve", "two", "price"}),
        ({"predicate": "delivery", "theme": "Merlin", "unit": "ferries"}, {"twelve", "two"}),
        ({"predicate": "deliver"}, {"twelve", "ten", "price"}),  # of no theme in particular: that kind of event alone
        ({"predicate": "receive"}, {"two"}),
        ({"theme": "tug"}, {"ten"}),
        ({"theme": "Merlin tugs"}, {"twelve", "two", "price"}),  # a name says more than its noun
        ({"theme": "Ferries"}, {"twelve", "two", "price"}),
        ({"theme": "Merlins", "unit": "ferries"}, {"twelve", "two"}),
        ({"theme": "torpedoes"}, set()),
        ({"predicate": "deliver", "place": "Ostrel"}, {"ten"}),
        ({"predicate": "deliver", "place": "Qvaria", "place_country": "QV"}, {"twelve", "price"}),  # a city in it
        ({"theme": "ferries", "unit": "ferries", "place": "Sund"}, {"twelve", "two"}),
        ({"predicate": "deliver", "agent": "Veland", "agent_country": "QX"}, {"twelve"}),
        ({"theme": "Merlin", "agent": "Veland", "unit": "ferries"}, {"twelve", "two"}),  # who does it is unsaid
        ({"theme": "Merlin", "agent": "Orlund", "unit": "ferries"}, {"two"}),
        ({"theme": "Merlin", "unit": "euros"}, {"price"}),
        ({"predicate": "deliver", "unit": "tugs"}, {"ten"}),
        ({"predicate": "kill"}, {"dead"}),
        ({"predicate": "injure", "counted": "wounded"}, {"hurt"}),
        ({"predicate": "injure", "counted": "identified"}, set()),
        ({"predicate": "injure", "unit": "people"}, {"hurt"}),  # sailors are people
        ({"predicate": "injure", "unit": "passengers"}, set()),
        ({"predicate": "zorble"}, set()),
    ],
)
def test_asks_are_answered_by_claims_whose_events_fit(port: Any, event: dict[str, str], names: set[str]) -> None:
    assert answered(port, asking(**event)) == names


def test_asks_know_an_agent_by_any_of_its_names(port: Any) -> None:
    roster = Roster(declared=(DeclaredAgent(name="Veland", aliases=("the Republic",), kind=AgentKind.COUNTRY),))
    agenda = Agenda(asks=(asking(predicate="deliver", agent="the republic"),))
    found = compare(list(port.statements.values()), list(port.documents.values()), roster, agenda)
    (question,) = [q for q in found.questions if q.asked]
    assert {port.name(s) for v in question.values for s in v.statements} == {"twelve"}


def test_asks_show_the_analysts_words_and_relations(port: Any) -> None:
    ask = asking(predicate="deliver", theme="Merlin", unit="ferries")
    (question,) = [q for q in put(port, ask).questions if q.asked]
    assert (question.text, question.wording, question.judgements) == (ask.text, None, ())
    assert (question.event.predicate, question.event.theme) == ("deliver", "Merlin")
    assert [(v.value, len(v.origins)) for v in question.values] == [((2, 2), 1), ((12, 12), 1)]
    assert port.relation(question, "twelve", "two") is not None


def test_an_ask_that_nobody_answers_is_listed_last(port: Any) -> None:
    found = put(port, asking(theme="torpedoes"))
    last = found.questions[-1]
    assert (last.asked, last.values, last.relations) == (True, (), ())
    assert found.questions[:-1] == port.compare().questions
    assert put(port, asking(theme="torpedoes"), asking(Slot.TIME, theme="torpedoes")).questions[-2].values == ()
    assert compare([], [], agenda=Agenda(asks=(asking(theme="torpedoes"),))).questions[0].values == ()


def test_what_is_withheld_answers_an_ask(port: Any) -> None:
    port.says("silent", "one", "No number was given", "Cy Voss", predicate="deliver", theme="Merlin ferries",
              act=Act.DECLINE, factuality=Factuality.UNKNOWN, place="Sund", country="QV")  # fmt: skip
    assert answered(port, asking(predicate="deliver", theme="Merlin", unit="radars")) == {"silent"}
    assert answered(port, asking(Slot.TIME, predicate="deliver", theme="Merlin")) == set()


def automatic(comparison: Comparison) -> list[Question]:
    return [q for q in comparison.questions if not q.asked]


def test_an_ask_takes_the_place_of_a_question_whose_answers_it_holds(port: Any) -> None:
    (ferries,) = [q for q in port.compare().questions if q.slot is Slot.QUANTITY and q.event.theme == "Merlin ferries"]
    wide, narrow = (
        asking(predicate="deliver", theme="Merlin"),
        asking(predicate="deliver", agent="Veland", agent_country="QX"),
    )
    assert ferries.id not in {q.id for q in put(port, wide).questions}
    assert ferries.id in {q.id for q in put(port, narrow).questions}
    assert ferries in put(port, asking(Slot.TIME, predicate="deliver", theme="Merlin")).questions
    assert len(automatic(put(port, wide))) == len(port.compare().questions) - 1


def test_an_ask_takes_no_place_of_what_the_same_statements_say_of_another_event(port: Any) -> None:
    for name in ("hurt", "dead"):
        port.statements.pop(name)
    people = {"kind": AgentKind.ORGANIZATION, "unit": "people", "place": "Sund", "country": "QV"}
    for name in ("one", "two"):
        port.says("hurt", name, "Five sailors were wounded", "Sund police", predicate="hurt", number=(5, 5), **people)
        port.says(name, name, "Nine people were killed", "Sund police", predicate="kill", number=(9, 9), **people)
        killed, hurt = port.statements[name], port.statements.pop("hurt")
        port.statements[name] = dataclasses.replace(killed, events=killed.events + hurt.events)
    plain = {q.event.predicate for q in port.compare().questions if q.event.place == "Sund" and not q.event.theme}
    assert plain == {"kill", "hurt"}
    left = {q.event.predicate for q in automatic(put(port, asking(predicate="kill"))) if not q.event.theme}
    assert left == {"hurt"}


def test_asks_are_blind_to_the_order_of_statements_and_asks(port: Any) -> None:
    asks = (asking(theme="Merlin"), asking(predicate="deliver"), asking(theme="torpedoes"))
    expected = put(port, *asks)
    for order in itertools.permutations(asks):
        assert put(port, *order) == expected
    rows = list(port.statements.values())
    assert compare(rows[::-1], list(port.documents.values())[::-1], agenda=Agenda(asks=asks)) == expected


def test_a_first_answer_to_an_ask_is_news_and_the_ask_is_not(port: Any) -> None:
    agenda = Agenda(asks=(asking(theme="tugs"), asking(theme="torpedoes")))
    statements, documents = list(port.statements.values()), list(port.documents.values())
    earlier = [s for s in statements if s.document_id == port.documents["one"].id]
    before, after = (compare(some, documents, agenda=agenda) for some in (earlier, statements))
    own = {q.id for q in after.questions if q.asked}
    (news,) = [c for c in changes(before, after) if c.question in own]
    assert (news.kind, news.value, news.text) == (ChangeKind.ANSWER, (10, 10), "What the analyst wants to know")
