"""The gazetteer as it is compiled from the data that is installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from quoth.model import PlacePrecision
from quoth.read.gazetteer import Gazetteer, default_gazetteer
from quoth.read.places import PlaceName, distance_km, resolve


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return default_gazetteer()


@pytest.mark.parametrize(
    ("name", "precision", "country", "point"),
    [
        ("Minsk", PlacePrecision.CITY, "BY", (53.9, 27.6)),
        ("Kiev", PlacePrecision.CITY, "UA", (50.5, 30.5)),
        ("Киев", PlacePrecision.CITY, "UA", (50.5, 30.5)),
        ("Belarus", PlacePrecision.COUNTRY, "BY", (53.0, 28.0)),
        ("Texas", PlacePrecision.REGION, "US", (31.0, -99.0)),
        ("Ala.", PlacePrecision.REGION, "US", (32.8, -86.8)),
        ("TX", PlacePrecision.REGION, "US", (31.0, -99.0)),
        ("Donetsk region", PlacePrecision.REGION, "UA", (48.0, 37.8)),
        ("Donbas", PlacePrecision.REGION, "UA", (48.2, 38.2)),
        ("Crimea", PlacePrecision.REGION, "UA", (45.3, 34.4)),
        ("Washington", PlacePrecision.CITY, "US", (38.9, -77.0)),
        ("Washington, D.C.", PlacePrecision.CITY, "US", (38.9, -77.0)),
        ("Strait of Hormuz", PlacePrecision.SITE, None, (26.6, 56.3)),
        ("Black Sea", PlacePrecision.REGION, None, (43.4, 34.0)),
        ("Europe", PlacePrecision.CONTINENT, None, (48.7, 9.1)),
    ],
)
def test_name_alone(
    gazetteer: Gazetteer, name: str, precision: PlacePrecision, country: str | None, point: tuple[float, float]
) -> None:
    (entry,) = resolve([PlaceName(name)], gazetteer)
    assert entry is not None
    assert (entry.precision, entry.country) == (precision, country)
    assert entry.latitude is not None
    assert entry.longitude is not None
    assert distance_km((entry.latitude, entry.longitude), point) < 100


def test_county_knows_its_state_and_no_coordinates(gazetteer: Gazetteer) -> None:
    (entry,) = resolve([PlaceName("Cook County", inside="Illinois")], gazetteer)
    assert entry is not None
    assert (entry.region, entry.country, entry.latitude) == ("Illinois", "US", None)


def test_cities_know_their_region(gazetteer: Gazetteer) -> None:
    (entry,) = resolve([PlaceName("Dnipro")], gazetteer)
    assert entry is not None
    assert (entry.country, entry.region, entry.geonames) == ("UA", "Dnipropetrovsk Oblast", 709930)


def test_file_lies_in_the_cache_directory(gazetteer: Gazetteer) -> None:
    assert gazetteer.path.parent.name == "quoth"
    assert Path(gazetteer.path).stat().st_size > 10_000_000
