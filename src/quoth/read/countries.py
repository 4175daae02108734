"""Countries by name, by their people and by their capitals: "Britain", "Belarusian", "the Kremlin".

Codes are ISO 3166-1 alpha-2, with XK for Kosovo and EU for the European Union.  Names are CLDR's territory
names in English, Russian and Ukrainian (through Babel) and those of `countries.tsv`.  A name alone cannot tell
the country of Georgia from the state, nor Washington from the government in it: context is the caller's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from babel import Locale, UnknownLocaleError

from quoth.errors import NoReader

SOURCE_LANGUAGES = ("en", "ru", "uk")
"""CLDR's names in these languages are always known; `country_of` adds those of another language when asked."""

_SHORT = 3  # "US", "UAE", "США": so short a name counts in capitals only
_DOMAINS = {"UK": "GB"}
_SOLD_DOMAINS = frozenset(("AI", "CC", "CO", "FM", "GG", "IO", "LA", "LY", "ME", "TO", "TV", "WS"))
_REMEMBERED = 1 << 14
_FOLDED = str.maketrans({**dict.fromkeys(".'’ʼ‘`"), "&": " and ", "-": " ", "–": " "})
_FORMAL = re.compile(
    r"^(?:\w+ )?(?:republic|kingdom|principality|sultanate|emirate|grand duchy|commonwealth) of (?:the )?(?P<name>.+)$"
)


@dataclass(frozen=True, slots=True)
class Country:
    """A row of `countries.tsv`; latitude and longitude in whole degrees."""

    code: str
    english: str
    latitude: float
    longitude: float
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]
    metonyms: tuple[str, ...]
    names: tuple[str, ...]


def country_of(name: str, language: str = "en") -> str | None:
    """The code of the country that `name` names: "Belarus", "the U.S.", "Russian Federation", "КНР".

    Names in English, Russian, Ukrainian and `language` are known.  None for anything else, also for what
    is not capitalised ("us", "china") and for bare ISO codes ("BY").  Raises NoReader for a language that
    CLDR does not know.
    """
    key = _key(name)
    if key is None:
        return None
    names = _names(language)
    formal = _FORMAL.match(key)
    return names.get(key) or (names.get(formal["name"]) if formal else None)


def demonym_country(word: str) -> str | None:
    """The code of the country whose adjective or people `word` is: "Belarusian", "Russians", "Dutch", "Poles"."""
    key = _key(word)
    return None if key is None else _demonyms().get(key)


def capital_country(name: str) -> str | None:
    """The code of the country whose government is called by `name`: "Minsk", "the Kremlin"; "Brussels" is the EU."""
    key = _key(name)
    return None if key is None else _seats().get(key)


def host_country(host: str) -> str | None:
    """The code of the country whose top-level domain `host` ends in ("news.example.by" is BY).

    None for generic domains, and for those that are sold all over the world (".tv", ".io").
    """
    label = host.rstrip(".").rpartition(".")[2].upper()
    code = _DOMAINS.get(label, label)
    return code if code in countries() and label not in _SOLD_DOMAINS else None


def country_name(code: str, language: str = "en") -> str:
    """The usual name of a country: `country_name("BY")` is "Belarus".

    Raises KeyError for a code that `countries.tsv` lacks, NoReader for a language that CLDR does not know.
    """
    country = countries()[code]
    if language == "en" and country.english:
        return country.english
    return _territories(language)[code]


@cache
def countries() -> dict[str, Country]:
    """All countries and territories, by code."""
    table = files("quoth.read").joinpath("countries.tsv").read_text(encoding="utf-8")
    return {country.code: country for country in _rows(table)}


def fold(name: str) -> str:
    """`name` without case, accents, full stops and apostrophes, hyphens as spaces: what names are compared by."""
    plain = name.casefold()
    if not name.isascii():
        plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(plain.translate(_FOLDED).split())


@lru_cache(maxsize=_REMEMBERED)
def _key(name: str) -> str | None:
    """What a name is looked up by; None where its case says that it is none."""
    bare = re.sub(r"^[Tt]he\s+", "", name.strip())
    key = fold(bare)
    letters = "".join(c for c in bare if c.isalpha())
    short = len(key) <= _SHORT
    capital = letters.isupper() if short else any(c.isupper() for c in letters)
    return _spelt_out(key) if key and capital else None


def _spelt_out(key: str) -> str:
    return re.sub(r"\bst (?=\w)", "saint ", key)


def _rows(table: str) -> Iterator[Country]:
    lines = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    for code, english, latitude, longitude, *lists in lines[1:]:
        demonyms, capitals, metonyms, names = (tuple(cell.split("; ")) if cell else () for cell in lists)
        yield Country(code, english, float(latitude), float(longitude), demonyms, capitals, metonyms, names)


@cache
def _territories(language: str) -> dict[str, str]:
    try:
        return dict(Locale.parse(language.replace("-", "_")).territories)
    except (UnknownLocaleError, ValueError) as error:
        raise NoReader(
            f"no country names are known in the language {language!r}", remedy="give an ISO 639 code, such as en or ru"
        ) from error


@cache
def _names(language: str) -> dict[str, str]:
    known: dict[str, str] = {}
    for spoken in dict.fromkeys((*SOURCE_LANGUAGES, language)):
        territories = _territories(spoken)
        for code in countries():
            _learn(known, code, _variants(territories.get(code, "")))
    for code, country in countries().items():
        for name in (*country.names, country.english):
            if name:
                known[_spelt_out(fold(name))] = code
    return known


def _variants(name: str) -> Iterator[str]:
    """CLDR's "Myanmar (Burma)" is two names; an island's "о-в X" stays as it is."""
    bare, bracket, inner = name.partition(" (")
    yield bare
    if bracket:
        yield inner.rstrip(")")


def _learn(known: dict[str, str], code: str, names: Iterable[str]) -> None:
    for name in names:
        if name:
            known.setdefault(_spelt_out(fold(name)), code)


@cache
def _demonyms() -> dict[str, str]:
    known: dict[str, str] = {}
    for code, country in countries().items():
        _learn(known, code, country.demonyms)
        _learn(
            known,
            code,
            (demonym + "s" for demonym in country.demonyms if not demonym.endswith(("s", "sh", "ch", "ese"))),
        )
    return known


@cache
def _seats() -> dict[str, str]:
    known: dict[str, str] = {}
    for code, country in countries().items():
        _learn(known, code, (*country.capitals, *country.metonyms))
    return known
