"""Which places tell one event from another."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.compare.claims import Where
from quoth.compare.events import fuller_where, near_where, where_less
from quoth.compare.places import with_places_that_match
from quoth.model import Mention, Place, PlacePrecision, Span, Statement

TEXT = "The guard said nine boats left Varn for Tarn."


def statement(new_story: Any, place: str, precision: PlacePrecision, trigger: str = "left") -> Statement:
    story = new_story()
    story.article("a", TEXT, outlet="Post", published="2031-03-10")
    story.says("a", "a", "nine boats left Varn", "Guard", predicate="leave")

    def span(words: str) -> Span:
        return Span(TEXT.index(words), TEXT.index(words) + len(words))

    made: Statement = story.statements["a"]
    here = Place.of(TEXT, span(place), name=place, precision=precision)
    event = replace(made.events[0], trigger=Mention.of(TEXT, span(trigger)), place=here)
    return replace(made, events=(event,))


@pytest.mark.parametrize(
    ("place", "precision", "kept"),
    [
        ("Tarn", PlacePrecision.CITY, True),
        ("Varn", PlacePrecision.CITY, False),  # what they left is not where they are
        ("Tarn", PlacePrecision.DESCRIBED, False),
    ],
)
def test_places_that_match(new_story: Any, place: str, precision: PlacePrecision, kept: bool) -> None:
    given = statement(new_story, place, precision)
    [event] = with_places_that_match(given).events
    assert (event.place is not None) is kept
    assert replace(event, place=given.events[0].place) == given.events[0]


def test_places_leave_a_statement_as_it_is_where_all_match(new_story: Any) -> None:
    given = statement(new_story, "Tarn", PlacePrecision.CITY)
    assert with_places_that_match(given) is given


def test_places_described_by_two_do_not_contradict(new_story: Any) -> None:
    story = new_story()
    for name, place in (("a", "cellar"), ("b", "flat")):
        story.article(name, f"He was held in a {place}.", outlet=f"Post {name}", published="2031-03-10")
        story.says(name, name, "He was held", f"Speaker {name}", predicate="hold", theme="Ivo Brandl", place=place)
        made = story.statements[name]
        place_of = replace(made.events[0].place, precision=PlacePrecision.DESCRIBED)
        story.statements[name] = replace(made, events=(replace(made.events[0], place=place_of),))
    assert [r for q in story.compare().questions for r in q.relations if r.type.value == "contradict"] == []


def test_places_in_a_country_are_of_one_question_with_it(new_story: Any) -> None:
    story = new_story()
    for name, place in (("a", "Dnipro"), ("b", "Ukraine"), ("c", "Poland")):
        country = "PL" if place == "Poland" else "UA"
        precision = PlacePrecision.CITY if place == "Dnipro" else PlacePrecision.COUNTRY
        story.article(name, f"Four were killed in {place}.", outlet=f"Post {name}", published="2031-03-10")
        story.says(
            name, name, "were killed", f"Speaker {name}", predicate="kill", unit="soldiers",
            number=(4, 4), place=place, country=country,
        )  # fmt: skip
        made = story.statements[name]
        where = replace(made.events[0].place, precision=precision)
        story.statements[name] = replace(made, events=(replace(made.events[0], place=where),))
    together = [{story.name(s) for v in q.values for s in v.statements} for q in story.compare().questions]
    assert {"a", "b"} in together
    assert all("c" not in names or names == {"c"} for names in together)


wheres = st.builds(Where, st.none() | st.sampled_from(["XA", "XB"]), st.none() | st.sampled_from(["Varn", "Tarn"]))
events = st.tuples(st.sampled_from(["leave", "measuring"]), st.sampled_from([(), ("boat",)]), wheres)


@given(events, events)
def test_a_fuller_place_is_found_under_what_is_looked_for(short: Any, fuller: Any) -> None:
    if where_less(short, fuller):
        assert set(fuller_where(short)) & set(near_where(fuller))
        assert set(near_where(short)) & set(near_where(fuller))
