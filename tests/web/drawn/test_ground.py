"""The land under the map: where places fall, and whose they are as the United Nations hold boundaries."""

from __future__ import annotations

import itertools

import pytest

from quoth.web.drawn.ground import boundaries, countries

CAPITALS = {
    "UA": ("Kyiv", 30.52, 50.45),
    "BY": ("Minsk", 27.57, 53.90),
    "RU": ("Moscow", 37.62, 55.75),
    "PL": ("Warsaw", 21.01, 52.23),
    "DE": ("Berlin", 13.41, 52.52),
    "FR": ("Paris", 2.35, 48.85),
    "US": ("Washington", -77.04, 38.91),
    "CN": ("Beijing", 116.40, 39.90),
    "IN": ("New Delhi", 77.21, 28.61),
    "EG": ("Cairo", 31.24, 30.04),
    "LS": ("Maseru", 27.52, -29.36),
    "BR": ("Brasília", -47.93, -15.78),
    "MN": ("Ulaanbaatar", 106.91, 47.91),
    "TD": ("N’Djamena", 15.11, 12.11),
}
HELD_OTHERWISE = {
    "Simferopol": ("UA", 34.10, 44.95),
    "Sevastopol": ("UA", 33.53, 44.60),
    "Kerch": ("UA", 36.40, 45.34),
    "Donetsk": ("UA", 37.80, 48.00),
    "Hargeisa": ("SO", 44.06, 9.56),
    "Kyrenia": ("CY", 33.32, 35.30),
    "Laayoune": ("EH", -13.10, 27.10),
    "Dakhla": ("EH", -15.00, 23.70),
    "Majdal Shams, the Golan": ("SY", 35.77, 33.27),
    "Tiberias": ("IL", 35.53, 32.79),
    "Ramallah": ("PS", 35.20, 31.90),
    "Sukhumi": ("GE", 41.02, 43.02),
    "Tiraspol": ("MD", 29.62, 46.84),
    "Pristina": ("XK", 21.16, 42.66),
}


def holding(longitude: float, latitude: float) -> list[str]:
    return [code for code, country in countries().items() if country.holds(longitude, latitude)]


@pytest.mark.parametrize("code", CAPITALS)
def test_a_capital_falls_in_its_country_alone(code: str) -> None:
    _, longitude, latitude = CAPITALS[code]
    assert holding(longitude, latitude) == [code]


@pytest.mark.parametrize("place", HELD_OTHERWISE)
def test_a_disputed_place_falls_where_the_united_nations_hold_it(place: str) -> None:
    code, longitude, latitude = HELD_OTHERWISE[place]
    assert holding(longitude, latitude) == [code]


def test_no_line_is_drawn_between_crimea_and_the_rest_of_ukraine() -> None:
    isthmus = [(x, y) for line, _ in boundaries() for x, y in line if 33.4 < x < 34.9 and 45.8 < y < 46.3]
    assert isthmus == []


def test_boundaries_are_drawn_once_and_the_unsettled_ones_apart() -> None:
    edges = [frozenset(pair) for line, _ in boundaries() for pair in itertools.pairwise(line)]
    assert len(edges) == len(set(edges))
    dashed = [line for line, unsettled in boundaries() if unsettled]
    kashmir = [line for line in dashed if any(73 < x < 78 and 32 < y < 37 for x, y in line)]
    sahara = [line for line in dashed if any(-14 < x < -8 and 27 < y < 28 for x, y in line)]
    assert kashmir
    assert sahara
    plain = [line for line, unsettled in boundaries() if not unsettled]
    assert any(-14 < x < -8 and 20 < y < 22 for line in plain for x, y in line), "Western Sahara and Mauritania"


def test_nothing_runs_from_one_edge_of_the_world_to_the_other() -> None:
    for country in countries().values():
        for ring in country.rings:
            for (x1, _), (x2, _) in itertools.pairwise(ring):
                assert abs(x1 - x2) < 100, country.code


def test_sea_belongs_to_nobody() -> None:
    assert holding(-40.0, 30.0) == []
    assert holding(34.0, 43.0) == [], "the Black Sea"
