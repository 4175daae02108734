"""Articles with their toponyms as XML: the format of LGL and TR-News, and that of GeoWebNews.

    <articles><article docid="1"><domain>…</domain><text>…</text><toponyms>
        <toponym><start>0</start><end>5</end><phrase>Paris</phrase>
            <gaztag geonameid="2988507"><lat>48.85</lat><lon>2.35</lon><country>France</country></gaztag></toponym>
        <toponym><start>0</start><end>5</end><extractedName>Paris</extractedName><type>Literal</type>
            <geonamesID>2988507</geonamesID><latitude>48.85</latitude><longitude>2.35</longitude></toponym>

LGL: Lieberman, Samet and Sankaranarayanan 2010; TR-News: Kamalloo and Rafiei 2018; GeoWebNews, with its types:
Gritta, Pilehvar and Collier 2019.  Offsets are half-open and count code points of the text.
"""

from __future__ import annotations

import enum
import math
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from quoth.errors import QuothError
from quoth.model import Span
from quoth.read.countries import country_of, host_country

SHIFT = 30
"""Characters by which offsets may be off: some of TR-News's are counted from elsewhere."""


class PlacesFileError(QuothError):
    """A file of toponyms that cannot be measured against."""

    code = "Q518"


class Sort(enum.Enum):
    """What a toponym stands for, of GeoWebNews's types: the place itself, or something that is named by it."""

    LITERAL = "literal"
    ASSOCIATIVE = "associative"


_LITERAL = frozenset(("literal", "mixed", "coercion", "literal_modifier", "embedded_literal"))
_ASSOCIATIVE = frozenset(
    ("associative", "metonymic", "demonym", "language", "homonym", "non_literal_modifier", "embedded_non_lit")
)
_NO_TOPONYMS = frozenset(("literal_expression", "non_lit_expression", "non_toponym"))
"""GeoWebNews marks common nouns too ("the church"); its paper counts them apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Toponym:
    """A marked name.  `point` is latitude and longitude in degrees, `country` a code, `geonames` an id of GeoNames;
    None where the file does not say."""

    span: Span
    name: str
    point: tuple[float, float] | None = None
    country: str | None = None
    geonames: int | None = None
    sort: Sort | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A text with its toponyms in text order; `adrift` counts those whose words do not stand at their offsets.

    `host` is the domain of the outlet, `home` its country's code, where the domain tells it.
    """

    id: str
    text: str
    toponyms: tuple[Toponym, ...]
    adrift: int = 0
    host: str | None = None

    @property
    def home(self) -> str | None:
        return host_country(self.host) if self.host else None


def load_places(path: Path) -> tuple[Article, ...]:
    """The articles of a file, in its order.  Raises PlacesFileError naming article, toponym and field."""
    try:
        root = ET.parse(path).getroot()
    except OSError as problem:
        raise PlacesFileError(problem.strerror or "it cannot be read", where=str(path)) from problem
    except (ET.ParseError, ValueError, LookupError) as problem:
        raise PlacesFileError(f"it is no XML that can be read: {problem}", where=str(path)) from problem
    elements = list(root.iter("article"))
    if not elements:
        raise PlacesFileError(
            "there is no article in it", where=str(path), remedy="<articles><article><text>… as in docs/commands.md"
        )
    articles = tuple(_article(e, str(n), str(path)) for n, e in enumerate(elements, 1))
    if not any(article.toponyms for article in articles):
        raise PlacesFileError("no toponym is marked in it", where=str(path), remedy="see docs/commands.md")
    return articles


def _article(element: ET.Element, number: str, file: str) -> Article:
    where = f"{file}: article {number}"
    text = element.findtext("text")
    if text is None:
        raise PlacesFileError("it has no text", where=where, remedy="<text>…</text>")
    toponyms, adrift = [], 0
    for n, toponym in enumerate(element.iter("toponym"), 1):
        if _type(toponym) in _NO_TOPONYMS:
            continue
        one = _toponym(_Fields(toponym, f"{where}, toponym {n}"), text)
        if one is None:
            adrift += 1
        else:
            toponyms.append(one)
    return Article(
        id=element.get("docid") or number,
        text=text,
        toponyms=tuple(sorted(toponyms, key=lambda t: (t.span, t.name))),
        adrift=adrift,
        host=(element.findtext("domain") or "").strip() or None,
    )


def _type(toponym: ET.Element) -> str:
    return (toponym.findtext("type") or "").strip().lower().replace("-", "_").replace(" ", "_")


@dataclass(frozen=True, slots=True)
class _Fields:
    """A toponym's fields, wherever the format keeps them."""

    toponym: ET.Element
    where: str

    def text(self, *names: str) -> str:
        """The first of the elements of these names that says something, else ""."""
        return next((said for _, said in self._said(*names)), "")

    def _said(self, *names: str) -> Iterator[tuple[str, str]]:
        """The elements of these names that say something, with what they say."""
        for name in names:
            for element in self.toponym.iter(name):
                if said := " ".join((element.text or "").split()):
                    yield name, said

    def offset(self, name: str) -> int:
        stated = self.text(name)
        if not stated.isdecimal():
            self.wrong(name, stated, "a number of characters from the text's beginning")
        return int(stated)

    def degrees(self, limit: float, *names: str) -> float | None:
        name, stated = next(self._said(*names), ("", ""))
        if not stated:
            return None
        try:
            value = float(stated)
        except ValueError:
            value = math.nan
        if not -limit <= value <= limit:
            self.wrong(name, stated, f"degrees between -{limit:g} and {limit:g}")
        return value

    def wrong(self, field: str, stated: str, wanted: str) -> NoReturn:
        raise PlacesFileError(f"{stated!r} is to be {wanted}", where=f"{self.where}, {field}")


def _toponym(fields: _Fields, text: str) -> Toponym | None:
    """None where its words do not stand at its offsets, nor near them."""
    start, end = fields.offset("start"), fields.offset("end")
    name = fields.text("phrase", "extractedName") or text[start:end]
    span = next((s for s in _near(start, end) if " ".join(s.words(text).split()) == name), None)
    if span is None or span.end > len(text):
        return None
    tag = fields.toponym.find("gaztag")
    geonames = (tag.get("geonameid", "") if tag is not None else "") or fields.text("geonamesID", "geonameid")
    latitude, longitude = fields.degrees(90, "lat", "latitude"), fields.degrees(180, "lon", "longitude")
    sort = _type(fields.toponym)
    return Toponym(
        span=span,
        name=name,
        point=None if latitude is None or longitude is None else (latitude, longitude),
        country=country_of(fields.text("country")),
        geonames=int(geonames) if geonames.isdecimal() else None,
        sort=Sort.LITERAL if sort in _LITERAL else Sort.ASSOCIATIVE if sort in _ASSOCIATIVE else None,
    )


def _near(start: int, end: int) -> Iterator[Span]:
    for shift in sorted(range(-SHIFT, SHIFT + 1), key=abs):
        if 0 <= start + shift < end + shift:
            yield Span(start + shift, end + shift)
