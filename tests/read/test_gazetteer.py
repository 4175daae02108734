"""The gazetteer's file: what is compiled into it, looked up in it, and what stands in the way."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.model import PlacePrecision
from quoth.read.gazetteer import Gazetteer, GazetteerError, compile_gazetteer, gazetteer_path, open_gazetteer
from quoth.read.gazetteer_build import Row, city_row, is_name, region_rows, write
from quoth.read.place_names import place_key, spellings

CITY, REGION = PlacePrecision.CITY, PlacePrecision.REGION


def city(name: str, country: str, admin1: str, latitude: float, longitude: float, population: int) -> dict[str, Any]:
    return {
        "geonameid": population,
        "name": name,
        "countrycode": country,
        "admin1code": admin1,
        "latitude": latitude,
        "longitude": longitude,
        "population": population,
        "alternatenames": [],
    }


@pytest.fixture
def small(tmp_path: Path) -> Gazetteer:
    path = tmp_path / "small.sqlite"
    rows = [
        Row(("Aldby", "Olbia Nova"), CITY, "DK", "01", "North Fen", 55.5, 9.5, 40_000, 11),
        Row(("Aldby",), CITY, "US", "TX", "Texas", 31.0, -99.0, 900, 12),
        Row(("Sérhavn", "Сёрхавн"), CITY, "NO", "02", None, 60.0, 5.0, 7_000, 13),
        Row(("Fenmark Oblast", "Fenmark"), REGION, "DK", "01", "Fenmark Oblast", 55.0, 9.0, 90_000, also_preferred=1),
        Row(("Belarus",), PlacePrecision.COUNTRY, "BY", population=9_000_000, geonames=630336),
    ]
    write(str(path), rows)
    return Gazetteer(path)


def test_look_up_gives_the_most_populous_first(small: Gazetteer) -> None:
    assert [(e.country, e.population, e.region) for e in small.look_up("Aldby")] == [
        ("DK", 40_000, "North Fen"),
        ("US", 900, "Texas"),
    ]


@pytest.mark.parametrize("name", ["SÉRHAVN", "serhavn", "the Sérhavn", "Серхавн", "Sêrhavn"])
def test_look_up_folds_case_accents_and_the(small: Gazetteer, name: str) -> None:
    assert [e.geonames for e in small.look_up(name)] == [13]


def test_alternate_name_is_not_the_usual_one(small: Gazetteer) -> None:
    assert [e.preferred for e in small.look_up("Olbia Nova")] == [False]
    assert [e.preferred for e in small.look_up("Fenmark")] == [True]


@pytest.mark.parametrize("name", ["Fenmark Oblast", "Fenmark region", "the Fenmark province"])
def test_words_for_region_are_interchangeable(small: Gazetteer, name: str) -> None:
    assert [e.precision for e in small.look_up(name)] == [REGION]


def test_country_has_whole_degrees_and_its_geonames_id(small: Gazetteer) -> None:
    (entry,) = small.look_up("Белоруссия")
    assert (entry.name, entry.country, entry.latitude, entry.longitude) == ("Belarus", "BY", 53.0, 28.0)
    assert (entry.precision, entry.geonames) == (PlacePrecision.COUNTRY, 630336)


@pytest.mark.parametrize("name", ["", "Nowhere at All", "'; DROP TABLE place; --", "\x00", "𝔸" * 1000])
def test_unknown_and_hostile_names_find_nothing(small: Gazetteer, name: str) -> None:
    assert small.look_up(name) == []


def test_region_lies_in_the_middle_of_its_cities() -> None:
    cities = [city("Aldby", "DK", "01", 55.0, 9.0, 10), city("Bro", "DK", "01", 57.0, 10.0, 20)]
    cities.append(city("Elsewhere", "DK", "02", 10.0, 10.0, 5))
    (row,) = region_rows([["DK", "Fenmark Oblast", "region", "Aldby", "", "", "The Fens"]], cities)
    assert (row.latitude, row.longitude, row.admin1, row.population) == (56.0, 9.5, "01", 30)
    assert row.names == ("Fenmark Oblast", "Fenmark", "The Fens")


def test_region_called_like_a_large_town_needs_its_kind() -> None:
    cities = [city("Aldby", "DK", "01", 55.0, 9.0, 300_000)]
    (row,) = region_rows([["DK", "Aldby Oblast", "region", "Aldby", "", "", ""]], cities)
    assert row.names == ("Aldby Oblast",)


def test_unknown_seat_is_named() -> None:
    with pytest.raises(ValueError, match="no city of DK is called Aldby"):
        list(region_rows([["DK", "Fenmark", "region", "Aldby", "", "", ""]], []))


def test_city_row_keeps_names_and_region() -> None:
    plain = city("Aldby", "DK", "01", 55.0, 9.0, 10) | {"alternatenames": ["Альдбю", "ALD", "aldby-x", "オルビュ"]}
    row = city_row(plain, {("DK", "01"): "Fenmark"})
    assert (row.names, row.region) == (("Aldby", "Альдбю"), "Fenmark")


@pytest.mark.parametrize(
    ("name", "kept"),
    [("Kiev", True), ("Киев", True), ("KBP", False), ("kywf", False), ("キーウ", False), ("123", False)],
)
def test_is_name(name: str, kept: bool) -> None:
    assert is_name(name) is kept


@given(st.text(alphabet="ab É-'.TX", max_size=12))
def test_any_name_has_one_key_in_any_case_and_comes_first_among_its_spellings(name: str) -> None:
    if place_key(name) != name.strip():
        assert place_key(name) == place_key(name.lower())
    assert list(spellings(name))[:1] == ([name] if name else [])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Greater Aldby Area", "Aldby"),
        ("northern Fenmark", "Fenmark"),
        ("city of Aldby", "Aldby"),
        ("LAUREL CO.", "LAUREL County"),
    ],
)
def test_spellings_reach_the_bare_name(name: str, expected: str) -> None:
    assert expected in list(spellings(name))


def test_missing_home_says_which_variable_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_home() -> Path:
        raise RuntimeError("no home")

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", "")
    with pytest.raises(GazetteerError, match="XDG_CACHE_HOME"):
        gazetteer_path()
    monkeypatch.setattr(Path, "home", no_home)
    with pytest.raises(GazetteerError, match="XDG_CACHE_HOME"):
        gazetteer_path()


def test_directory_that_cannot_be_made_says_which_variable_to_set(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "occupied").write_text("a file")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "occupied"))
    with pytest.raises(GazetteerError, match="XDG_CACHE_HOME"):
        open_gazetteer()


def test_failed_compiling_leaves_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fail(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(command, 1, "", "Traceback …\nValueError: no such seat")

    monkeypatch.setattr(subprocess, "run", fail)
    with pytest.raises(GazetteerError, match="no such seat"):
        compile_gazetteer(tmp_path / "places.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_compiling_tells_of_it_and_replaces_whole_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    lines: list[str] = []
    targets: list[str] = []

    def fake(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        targets.append(command[-1])
        Path(command[-1]).write_text("compiled")
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(subprocess, "run", fake)
    path = tmp_path / "deep" / "places.sqlite"
    compile_gazetteer(path, lines.append)
    compile_gazetteer(path)
    assert path.read_text() == "compiled"
    assert len(set(targets)) == 2
    assert str(path) not in targets
    assert list(path.parent.iterdir()) == [path]
    assert len(lines) == 1


def test_damaged_file_says_to_delete_it(tmp_path: Path) -> None:
    path = tmp_path / "places.sqlite"
    path.write_bytes(b"not a database, but long enough to be looked at as one" * 30)
    with pytest.raises(GazetteerError, match="delete the file"):
        Gazetteer(path).look_up("Aldby")
