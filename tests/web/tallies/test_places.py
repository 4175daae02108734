"""Places: which mentions are one, and what can be drawn."""

from __future__ import annotations

from typing import Any

from quoth.model import PlacePrecision
from quoth.names import fold
from quoth.web.tallies.places import places


def test_mentions_of_one_place_are_counted_together(told: Any, make: Any) -> None:
    minsk = make.place("Minsk", "BY", (53.9, 27.57), 625144)
    bare = make.place("Minsk", "BY")
    told.article("a", "Courier", "2031-03-01")
    told.says("a1", "a", "Arden", "one", events=(make.event(place=bare), make.event(place=minsk)))
    told.says("a2", "a", "Arden", "two", events=(make.event(place=bare),))
    told.says("a3", "a", "Brandt", "three", events=(make.event(place=minsk),))
    told.origin("one", "Arden", "a1", "a2")
    found = places(told.snapshot())
    assert list(found) == ["625144"]
    place = found["625144"]
    assert place.statements == ("a1", "a2", "a3")
    assert place.origins == 1
    spot = place.spot
    assert spot is not None
    assert (spot.longitude, spot.latitude, spot.statements) == (27.57, 53.9, 3)


def test_a_name_that_two_places_bear_is_neither_of_them(told: Any, make: Any) -> None:
    told.article("a", "Courier", "2031-03-01")
    events = (
        make.event(place=make.place("Springfield", "US", (39.8, -89.6), 1)),
        make.event(place=make.place("Springfield", "US", (42.1, -72.6), 2)),
        make.event(place=make.place("Springfield", "US")),
    )
    told.says("a1", "a", "Arden", "one", events=events)
    found = places(told.snapshot())
    assert set(found) == {"1", "2", f"{fold('Springfield')} US"}
    assert found[f"{fold('Springfield')} US"].spot is None


def test_described_places_have_no_spot(told: Any, make: Any) -> None:
    cellar = make.place("cellar of the customs house", precision=PlacePrecision.DESCRIBED)
    told.article("a", "Courier", "2031-03-01")
    told.says("a1", "a", "Arden", "one", events=(make.event(place=cellar),))
    [place] = places(told.snapshot()).values()
    assert place.key.startswith("described ")
    assert place.spot is None
    assert place.origins == 0


def test_the_most_named_place_comes_first(told: Any, make: Any) -> None:
    told.article("a", "Courier", "2031-03-01")
    for number, name in enumerate(("Arle", "Brock", "Brock")):
        told.says(f"a{number}", "a", "Arden", f"words {number}", events=(make.event(place=make.place(name)),))
    assert [place.name for place in places(told.snapshot()).values()] == ["Brock", "Arle"]
