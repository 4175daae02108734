"""Outlets: who has what at first hand, from whom, and what is not known."""

from __future__ import annotations

from typing import Any

from quoth.model import Act, AgentKind
from quoth.web.tallies.press import found, newest_first, outlet_key, outlets, ranked

COURIER, OBSERVER, GAZETTE, WIRE = map(outlet_key, ("Courier", "Observer", "Gazette", "Wire"))

LONG = "the bridge over the northern arm of the river will be completed by the end of May"


def told_case(told: Any) -> Any:
    told.article("a", "The Courier", "2031-03-01")
    told.article("b", "Observer", "2031-03-02", "Wire")
    told.article("c", "Gazette", "2031-03-02")
    told.article("d", "Observer", "2031-03-05")
    told.article("e", None, None)
    told.says("a1", "a", "Arden", LONG)
    told.says("b1", "b", "Arden", LONG, via=("The Courier",))
    told.says("c1", "c", "Arden", "by May")
    told.says("d1", "d", "Brandt", "not so", act=Act.DENY)
    told.says("d2", "d", "Observer", "it is late", kind=AgentKind.NARRATOR)
    told.says("d3", "d", "some", "it is late", kind=AgentKind.UNATTRIBUTED)
    told.says("e1", "e", "Brandt", "never")
    told.origin("one", "Arden", "a1", "b1", "c1", links=(
        ("Arden", "The Courier", "a"), ("Arden", "The Courier", "b"), ("The Courier", "Wire", "b"),
        ("Wire", "Observer", "b"), ("Arden", "Gazette", "c"),
    ))  # fmt: skip
    told.origin("two", "Brandt", "d1", links=(("Brandt", "Observer", "d"),))
    told.origin("three", "Brandt", "e1", links=(("Brandt", "e.txt", "e"),))
    return told.snapshot()


def test_what_an_outlet_has_first_alone_and_later(told: Any) -> None:
    made = outlets(told_case(told))
    courier, observer, gazette = made[COURIER], made[OBSERVER], made[GAZETTE]
    assert courier.first == {"one"}
    assert courier.direct == {"one"}
    assert courier.relayed == set()
    assert observer.later == {"one"}
    assert observer.only == {"two"}
    assert observer.direct == {"two"}
    assert observer.relayed == {"one"}
    assert gazette.later == {"one"}
    assert gazette.direct == {"one"}


def test_from_whom_and_to_whom(told: Any) -> None:
    made = outlets(told_case(told))
    assert ranked(made[OBSERVER].had_from) == [(WIRE, 1)]
    assert ranked(made[COURIER].gave_to) == [(WIRE, 1)]
    wire = made[WIRE]
    assert (wire.name, wire.documents, wire.direct) == ("Wire", [], set())
    assert ranked(wire.had_from) == [(COURIER, 1)]
    assert ranked(wire.gave_to) == [(OBSERVER, 1)]


def test_a_long_sentence_in_an_earlier_report_is_copied(told: Any) -> None:
    made = outlets(told_case(told))
    assert dict(made[OBSERVER].copied_from) == {COURIER: 1}
    assert dict(made[COURIER].copied_by) == {OBSERVER: 1}
    assert dict(made[GAZETTE].copied_from) == {}


def test_sentences_of_one_day_or_few_words_are_not_copied(told: Any) -> None:
    told.article("a", "Courier", "2031-03-01")
    told.article("b", "Observer", "2031-03-01")
    told.article("c", "Gazette", "2031-03-04")
    for id, words in (("a1", LONG), ("a2", "so be it"), ("b1", LONG)):
        told.says(id, id[0], "Arden", words)
    told.says("c2", "c", "Arden", "so be it")
    told.origin("one", "Arden", "a1", "b1")
    told.origin("two", "Arden", "a2", "c2")
    made = outlets(told.snapshot())
    assert not any(outlet.copied_from for outlet in made.values())
    assert made[COURIER].shared == {"one"}
    assert made[OBSERVER].shared == {"one"}


def test_with_a_day_unknown_nobody_is_first(told: Any) -> None:
    told.article("a", "Courier", "2031-03-01")
    told.article("b", "Observer", None)
    told.says("a1", "a", "Arden", "yes")
    told.says("b1", "b", "Arden", "yes")
    told.origin("one", "Arden", "a1", "b1")
    made = outlets(told.snapshot())
    for outlet in made.values():
        assert outlet.origins == {"one"}
        assert not outlet.first | outlet.shared | outlet.later | outlet.only


def test_unknown_lineage_is_counted_as_unknown(told: Any) -> None:
    observer = outlets(told_case(told))[OBSERVER]
    assert (observer.statements, observer.own_voice, observer.unknown) == (4, 1, 2)
    assert observer.acts == {Act.ASSERT: 3, Act.DENY: 1}


def test_articles_without_an_outlet_are_under_no_name(told: Any) -> None:
    snapshot = told_case(told)
    unnamed = found(snapshot, "")
    assert unnamed is not None
    assert unnamed.name == "an outlet not named"
    assert unnamed.documents == ["e"]
    assert unnamed.direct == {"three"}
    assert "e.txt" not in {outlet.name for outlet in outlets(snapshot).values()}


def test_an_outlet_is_found_in_any_form_of_its_name(told: Any) -> None:
    snapshot = told_case(told)
    assert found(snapshot, "Courier") is found(snapshot, "THE COURIER")
    assert found(snapshot, "Courier") is not None
    assert found(snapshot, "Nobody’s Paper") is None


def test_its_articles_come_with_the_newest_first(told: Any) -> None:
    snapshot = told_case(told)
    assert [d.id for d in newest_first(snapshot, ["e", "b", "d"])] == ["d", "b", "e"]
