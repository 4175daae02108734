"""Countries by name, people and capital."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.errors import NoReader
from quoth.read.countries import (
    capital_country,
    countries,
    country_name,
    country_of,
    demonym_country,
    fold,
    host_country,
)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Belarus", "BY"),
        ("the United States", "US"),
        ("U.S.", "US"),
        ("US", "US"),
        ("UK", "GB"),
        ("Britain", "GB"),
        ("South Korea", "KR"),
        ("Republic of Korea", "KR"),
        ("Russian Federation", "RU"),
        ("Republic of Poland", "PL"),
        ("Kingdom of Spain", "ES"),
        ("St. Kitts and Nevis", "KN"),
        ("Côte d’Ivoire", "CI"),
        ("Cote d'Ivoire", "CI"),
        ("Burma", "MM"),
        ("Myanmar (Burma)", None),
        ("Czechia", "CZ"),
        ("Czech Republic", "CZ"),
        ("Белоруссия", "BY"),
        ("КНР", "CN"),
        ("США", "US"),
        ("Білорусь", "BY"),
        ("us", None),
        ("BY", None),
        ("china", None),
        ("Texas", None),
        ("", None),
        ("...", None),
    ],
)
def test_country_of(name: str, code: str | None) -> None:
    assert country_of(name) == code


def test_country_of_adds_another_language() -> None:
    assert country_of("Deutschland") is None
    assert country_of("Deutschland", "de") == "DE"


def test_country_of_unknown_language_is_refused() -> None:
    with pytest.raises(NoReader):
        country_of("Belarus", "xx-nonsense")


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Belarusian", "BY"),
        ("Russians", "RU"),
        ("Germans", "DE"),
        ("the Dutch", "NL"),
        ("Poles", "PL"),
        ("Swiss", "CH"),
        ("Northern Irish", "GB"),
        ("polish", None),
        ("Belarus", None),
    ],
)
def test_demonym_country(word: str, code: str | None) -> None:
    assert demonym_country(word) == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Minsk", "BY"),
        ("Kiev", "UA"),
        ("Kyiv", "UA"),
        ("the Kremlin", "RU"),
        ("Downing Street", "GB"),
        ("Brussels", "EU"),
        ("Washington, D.C.", "US"),
        ("Dnipro", None),
        ("minsk", None),
    ],
)
def test_capital_country(name: str, code: str | None) -> None:
    assert capital_country(name) == code


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [("BY", "en", "Belarus"), ("BY", "ru", "Беларусь"), ("MM", "en", "Myanmar"), ("EU", "en", "European Union")],
)
def test_country_name(code: str, language: str, name: str) -> None:
    assert country_name(code, language) == name


@pytest.mark.parametrize("code", sorted(countries()))
def test_every_country_is_known_by_its_own_name(code: str) -> None:
    assert country_of(country_name(code)) == code
    assert -90 <= countries()[code].latitude <= 90
    assert -180 <= countries()[code].longitude <= 180


def test_no_demonym_or_capital_stands_for_two_countries() -> None:
    for lists in ("demonyms", "capitals", "metonyms"):
        claims = {(fold(word), code) for code, country in countries().items() for word in getattr(country, lists)}
        assert len(claims) == len({word for word, _ in claims})


@pytest.mark.parametrize(
    ("host", "code"), [("news.example.by", "BY"), ("example.co.uk", "GB"), ("example.com", None), ("example.tv", None)]
)
def test_host_country(host: str, code: str | None) -> None:
    assert host_country(host) == code


@given(st.text())
def test_fold_is_idempotent_and_any_text_is_looked_up(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert country_of(text) is None or country_of(text) in countries()
