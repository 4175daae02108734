"""Who speaks: counted by hand."""

from __future__ import annotations

import datetime
from typing import Any

from quoth.model import AgentKind, EventFrame, RelationType, Slot
from quoth.web.tallies.voices import by_month, called, ordered_aliases, relayers, sources, turns, unnamed

BRIDGE = EventFrame(predicate="complete", theme="bridge")
MAY, JULY = datetime.date(2031, 5, 31), datetime.date(2031, 7, 31)


def two_answers(told: Any, make: Any) -> None:
    told.article("a", "Courier", "2031-03-01")
    told.article("b", "Observer", "2031-03-02", "Wire")
    told.article("c", "Observer", "2031-04-10")
    told.says("a1", "a", "Tomas Arden", "by the end of May", said="2031-03-01")
    told.says("b1", "b", "Arden", "by the end of May", said="2031-03-01", by="Tomas Arden")
    told.says("c1", "c", "Tomas Arden", "by the end of July", said="2031-04-09")
    told.says("c2", "c", "Ilse Brandt", "by the end of July", said="2031-04-09")
    told.says("c3", "c", "an official", "nothing is late", kind=AgentKind.ANONYMOUS)
    told.says("c4", "c", "Observer", "the bridge is late", kind=AgentKind.NARRATOR)
    told.origin("one", "Tomas Arden", "a1", "b1")
    told.origin("two", "Tomas Arden", "c1")
    told.question(
        "q", "When will the bridge be completed?", Slot.TIME, BRIDGE,
        told.value((None, MAY), "by the end of May", "a1", "b1"),
        told.value((None, JULY), "by the end of July", "c1", "c2"),
        relations=(
            make.relation("b1", "c1", RelationType.TENSION, "plans"),
            make.relation("a1", "c1", RelationType.SUPERSEDE, "a later word of the same speaker"),
            make.relation("a1", "c2", RelationType.CONTRADICT, "of somebody else"),
        ),
    )  # fmt: skip


def test_sources_are_counted_by_statement_origin_and_question(told: Any, make: Any) -> None:
    two_answers(told, make)
    arden, brandt = sources(told.snapshot())
    assert (arden.entity.name, arden.statements, arden.origins, arden.questions) == ("Tomas Arden", 3, 2, 1)
    assert (arden.first, arden.last) == (datetime.date(2031, 3, 1), datetime.date(2031, 4, 9))
    assert (brandt.entity.name, brandt.statements, brandt.origins) == ("Ilse Brandt", 1, 0)


def test_a_snapshot_is_counted_once(told: Any, make: Any) -> None:
    two_answers(told, make)
    snapshot = told.snapshot()
    assert sources(snapshot) is sources(snapshot)
    assert sources(snapshot) is not sources(told.snapshot())


def test_sources_are_found_by_any_name_in_any_script(told: Any, make: Any) -> None:
    told.article("a", "Courier", "2031-03-01")
    told.says("a1", "a", "Alexander Lukashenko", "yes")
    told.says("a2", "a", "Лукашенко", "no", by="Alexander Lukashenko")
    told.says("a3", "a", "Ilse Brandt", "no")
    snapshot = told.snapshot()
    found = {"entity-Alexander Lukashenko"}
    assert called(snapshot, "lukash") == found
    assert called(snapshot, "Лукашенко") == found
    assert called(snapshot, "ALEXANDER luka") == found
    assert called(snapshot, "ukashenko") == frozenset()
    assert called(snapshot, " … ") == frozenset()


def test_aliases_are_ordered_by_use(told: Any, make: Any) -> None:
    two_answers(told, make)
    assert [a.name for a in ordered_aliases(told.entities["Tomas Arden"])] == ["Tomas Arden", "Arden"]


def test_who_is_not_named_is_listed_by_document_without_the_outlets_own_words(told: Any, make: Any) -> None:
    two_answers(told, make)
    [(document, said)] = unnamed(told.snapshot())
    assert (document, [s.id for s in said]) == ("c", ["c3"])


def test_a_turn_has_what_was_said_before_and_after_and_why(told: Any, make: Any) -> None:
    two_answers(told, make)
    snapshot = told.snapshot()
    [turn] = turns(snapshot, "entity-Tomas Arden")
    assert (turn.before.text, turn.after.text) == ("by the end of May", "by the end of July")
    assert (turn.earlier, turn.later) == (("a1", "b1"), ("c1",))
    assert (turn.from_day, turn.to_day) == (datetime.date(2031, 3, 1), datetime.date(2031, 4, 9))
    assert turn.relation is not None
    assert turn.relation.type is RelationType.SUPERSEDE
    assert turn.relation.why == "a later word of the same speaker"
    assert turn.is_ordered
    assert turns(snapshot, "entity-Ilse Brandt") == ()


def test_back_and_forth_is_two_turns_the_latest_first(told: Any, make: Any) -> None:
    told.article("a", "Courier", "2031-05-01")
    for number, day in enumerate(("2031-03-01", "2031-03-05", "2031-03-09")):
        told.says(f"a{number}", "a", "Tomas Arden", f"words {number}", said=day)
    told.question(
        "q", "Is it open?", Slot.POLARITY, BRIDGE,
        told.value("yes", "yes", "a0", "a2"), told.value("no", "no", "a1"),
    )  # fmt: skip
    snapshot = told.snapshot()
    found = [(t.before.text, t.after.text) for t in turns(snapshot, "entity-Tomas Arden")]
    assert found == [("no", "yes"), ("yes", "no")]


def test_what_is_withheld_or_one_utterance_is_no_turn(told: Any, make: Any) -> None:
    told.article("a", "Courier", "2031-05-01")
    told.says("a1", "a", "Tomas Arden", "in May", said="2031-03-01")
    told.says("a2", "a", "Tomas Arden", "in spring", said="2031-03-01")
    told.says("a3", "a", "Tomas Arden", "will not say", said="2031-03-02")
    told.origin("one", "Tomas Arden", "a1", "a2")
    told.question(
        "q", "When?", Slot.TIME, BRIDGE,
        told.value((None, MAY), "in May", "a1"), told.value((None, JULY), "in spring", "a2"),
        told.value(None, "will not say", "a3", label="withheld"),
    )  # fmt: skip
    snapshot = told.snapshot()
    assert turns(snapshot, "entity-Tomas Arden") == ()


def test_on_one_day_it_is_not_known_which_answer_came_later(told: Any, make: Any) -> None:
    told.article("a", "Courier", "2031-05-01")
    told.says("a1", "a", "Tomas Arden", "two", said="2031-03-01")
    told.says("a2", "a", "Tomas Arden", "four", said="2031-03-01")
    told.question("q", "How many?", Slot.QUANTITY, BRIDGE, told.value((2, 2), "two", "a1"),
                  told.value((4, 4), "four", "a2"))  # fmt: skip
    snapshot = told.snapshot()
    [turn] = turns(snapshot, "entity-Tomas Arden")
    assert not turn.is_ordered
    assert turn.relation is None


def test_relayers_print_or_pass_on_and_may_be_the_only_way(told: Any, make: Any) -> None:
    two_answers(told, make)
    snapshot = told.snapshot()
    found = {r.name: r for r in relayers(snapshot, snapshot.spoken_by["entity-Tomas Arden"])}
    assert set(found) == {"Courier", "Observer", "Wire"}
    observer, courier, wire = found["Observer"], found["Courier"], found["Wire"]
    assert (observer.printed, observer.passed, observer.origins, observer.only) == (2, 0, 2, 1)
    assert (courier.printed, courier.origins, courier.only) == (1, 1, 0)
    assert (wire.printed, wire.passed, wire.origins, wire.only) == (0, 1, 1, 0)


def test_months_without_words_are_in_the_chart_too(told: Any, make: Any) -> None:
    told.article("a", "Courier", None)
    told.says("a1", "a", "Arden", "one", said="2030-12-31")
    told.says("a2", "a", "Arden", "two", said="2031-02-01")
    told.says("a3", "a", "Arden", "three", said="2031-02-02")
    told.says("a4", "a", "Arden", "no day at all")
    snapshot = told.snapshot()
    months = by_month(snapshot, snapshot.spoken_by["entity-Arden"])
    assert months == {(2030, 12): 1, (2031, 1): 0, (2031, 2): 2}
    assert by_month(snapshot, ()) == {}
