"""Which place of that name, by the document's other places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.model import PlacePrecision, Span
from quoth.read.gazetteer import Entry, Gazetteer
from quoth.read.gazetteer_build import Row, write
from quoth.read.places import PlaceName, as_place, distance_km, place_names, resolve

CITY, REGION = PlacePrecision.CITY, PlacePrecision.REGION


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    path = tmp_path_factory.mktemp("places") / "small.sqlite"
    rows = [
        Row(("Larchford",), CITY, "GB", "ENG", "England", 52.0, -1.0, 800_000, 1),
        Row(("Larchford",), CITY, "US", "OH", "Ohio", 40.0, -83.0, 30_000, 2),
        Row(("Larchford",), CITY, "US", "TX", "Texas", 31.0, -97.0, 2_000, 3),
        Row(("Pinewell",), CITY, "US", "OH", "Ohio", 40.2, -83.2, 60_000, 4),
        Row(("Elmstead",), CITY, "US", "OH", "Ohio", 40.1, -82.9, 9_000, 5),
        Row(("Ohio", "OH"), REGION, "US", "OH", "Ohio", 40.2, -82.7, 9_000_000, also_preferred=1),
        Row(("Texas", "TX"), REGION, "US", "TX", "Texas", 31.0, -99.0, 20_000_000, also_preferred=1),
        Row(("Georgia", "GA"), REGION, "US", "GA", "Georgia", 33.0, -83.0, 5_000_000, also_preferred=1),
        Row(("Minsk",), CITY, "BY", "04", None, 53.9, 27.6, 1_700_000, 6),
        Row(("Minsk",), CITY, "US", "TX", "Texas", 31.0, -97.0, 3_000_000, 7),
        Row(("Ashcombe",), CITY, "US", "CA", "California", 38.0, -121.0, 90_000, 8),
        Row(("Ashcombe",), CITY, "US", "VT", "Vermont", 44.0, -72.7, 20_000, 9),
        Row(("Brindle",), CITY, "US", "NV", "Nevada", 39.0, -117.0, 90_000, 10),
        Row(("Brindle",), CITY, "US", "VT", "Vermont", 44.9, -72.1, 20_000, 11),
        Row(("Norra Kommun",), REGION, "SE", "N", "Norra Kommun", None, None),
    ]
    write(str(path), rows)
    return Gazetteer(path)


def ids(entries: list[Entry | None]) -> list[int | str | None]:
    return [None if e is None else e.geonames or e.country for e in entries]


def test_alone_the_largest_is_meant(gazetteer: Gazetteer) -> None:
    assert ids(resolve([PlaceName("Larchford")], gazetteer)) == [1]


def test_neighbours_and_their_region_decide(gazetteer: Gazetteer) -> None:
    names = [PlaceName("Larchford"), PlaceName("Pinewell"), PlaceName("Elmstead")]
    assert ids(resolve(names, gazetteer)) == [2, 4, 5]


def test_region_that_could_hold_all_names_gains_over_the_largest_of_each(gazetteer: Gazetteer) -> None:
    assert ids(resolve([PlaceName("Ashcombe")], gazetteer)) == [8]
    assert ids(resolve([PlaceName("Brindle")], gazetteer)) == [10]
    assert ids(resolve([PlaceName("Ashcombe"), PlaceName("Brindle")], gazetteer)) == [9, 11]


def test_container_decides_and_holds_for_the_document(gazetteer: Gazetteer) -> None:
    names = [PlaceName("Larchford"), PlaceName("Larchford", inside="Texas"), PlaceName("Larchford", inside="England")]
    assert ids(resolve(names[:2], gazetteer)) == [3, 3]
    assert ids(resolve([PlaceName("Larchford, OH")], gazetteer)) == [2]


def test_container_without_such_a_place_is_ignored(gazetteer: Gazetteer) -> None:
    assert ids(resolve([PlaceName("Larchford", inside="Georgia")], gazetteer)) == [1]


def test_outlets_country_and_stated_countries_weigh(gazetteer: Gazetteer) -> None:
    name = [PlaceName("Larchford")]
    assert ids(resolve(name, gazetteer, home="US")) == [2]
    assert ids(resolve(name, gazetteer, stated={"US": 4, "GB": 0})) == [2]


def test_seat_of_government_outweighs_a_larger_namesake(gazetteer: Gazetteer) -> None:
    assert ids(resolve([PlaceName("Minsk")], gazetteer)) == [6]


def test_kind_that_the_words_give(gazetteer: Gazetteer) -> None:
    country, state = resolve([PlaceName("Georgia")], gazetteer), resolve([PlaceName("Georgia", kind=REGION)], gazetteer)
    assert country[0] is not None
    assert country[0].country == "GE"
    assert state[0] is not None
    assert (state[0].country, state[0].precision) == ("US", REGION)


def test_adjective_is_its_country(gazetteer: Gazetteer) -> None:
    (entry,) = resolve([PlaceName("Belarusian")], gazetteer)
    assert entry is not None
    assert (entry.country, entry.precision) == ("BY", PlacePrecision.COUNTRY)


def test_unknown_name_has_no_place_and_unknown_coordinates_stay_unknown(gazetteer: Gazetteer) -> None:
    missing, placeless = resolve([PlaceName("Qwxzt"), PlaceName("Norra Kommun")], gazetteer)
    assert missing is None
    assert placeless is not None
    assert placeless.latitude is None
    assert resolve([], gazetteer) == []


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("Larchford, Texas, was dark", "Texas"),
        ("Larchford (Ohio) was dark", "Ohio"),
        ("Larchford, TX 75001", "TX"),
        ("Larchford, Belarus and Poland", "Belarus"),
        ("Larchford, where it rained", None),
        ("Larchford. Texas was dark", None),
        ("Larchford", None),
    ],
)
def test_container_is_read_from_the_text(gazetteer: Gazetteer, text: str, inside: str | None) -> None:
    assert place_names(text, [Span(0, 9)], gazetteer) == [PlaceName("Larchford", inside)]


def test_place_keeps_the_words(gazetteer: Gazetteer) -> None:
    text = "It rained in Minsk."
    (entry,) = resolve([PlaceName("Minsk")], gazetteer)
    assert entry is not None
    place = as_place(entry, text, [Span(13, 18)])
    assert (place.text, place.name, place.country, place.precision) == ("Minsk", "Minsk", "BY", CITY)
    assert (place.latitude, place.longitude) == (53.9, 27.6)


def test_distance_between_minsk_and_warsaw() -> None:
    assert distance_km((53.9, 27.57), (52.23, 21.01)) == pytest.approx(475, abs=5)


points = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@given(points, points)
def test_distance_is_symmetric_and_bounded(a: tuple[float, float], b: tuple[float, float]) -> None:
    assert distance_km(a, b) == pytest.approx(distance_km(b, a))
    assert 0 <= distance_km(a, b) <= 20_016
    assert distance_km(a, a) == 0
