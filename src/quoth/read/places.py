"""Which place of that name: all place names of one document, resolved together.

A candidate gains by its size, by being the name's usual bearer, by a container named with it ("Paris, Texas"), by
the countries and regions of the document's other places and by nearness to them.  While the others are still open,
each speaks for all its candidates as far as they are likely, so that a region that could hold many of the names
gains over one that holds the largest of one.  Within one document a name means one place, unless its containers differ.

The weights were set by hand and then by steps on LGL and TR-News (`quoth eval places`), the same for every name.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from quoth.model import Place, PlacePrecision, Span
from quoth.read.countries import capital_country, demonym_country
from quoth.read.gazetteer import Entry, Gazetteer
from quoth.read.place_names import place_key, spellings

EARTH_RADIUS_KM = 6371.0
ROUNDS = 3
"""How often the document's places are chosen anew in the light of one another."""

CANDIDATES = 60
"""How many places of one name are weighed, the most populous first."""

_NATION = 8.0  # the prior of a country or a continent; a city's is the decimal logarithm of its inhabitants
_LISTED = 4.0  # the prior of a sea, a region or a site that `regions.tsv` lists without inhabitants
_LARGE_REGION = 0.5  # what a first-order region has over a city of as many people
_SECONDARY = -1.5  # a name that is not the usual one
_CAPITAL = 1.5  # a seat of government
_SEAT_COUNTRY = {"EU": "BE"}
_KIND = 4.0  # the words say what kind of place it is
_INSIDE = 10.0  # it lies in the place named with it
_OUTSIDE = -10.0
_COUNTRY_SHARE = 3.0
_REGION_SHARE = 9.0
_HOME = 3.0  # the outlet's own country
_NEAR = 2.4  # the weight of another place next door, falling off over `_NEAR_KM`
_NEAR_KM = 150.0
_STATED = 0.5  # a country named by an adjective or a people counts half of one named outright

_CONTAINER = re.compile(r"\s*(?:,\s*|\(\s*)(?P<name>[^\W\d_][\w.'’-]*(?:[ ][^\W\d_a-z][\w.'’-]*){0,3})")


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A place's name as a document writes it.

    `inside` names what it is said to lie in ("Texas" in "Paris, Texas"); `kind` is what the words around it call
    it ("the city of"), both None where nothing is said.
    """

    name: str
    inside: str | None = None
    kind: PlacePrecision | None = None


def place_names(
    text: str, spans: Sequence[Span], gazetteer: Gazetteer, names: Sequence[str] | None = None
) -> list[PlaceName]:
    """The names under `spans` of a document's text, each with the container written after it, if that is a place.

    `names`, one for each span, says what to look up where that is not the words themselves.
    """
    found = []
    for span, name in zip(spans, names or [span.words(text) for span in spans], strict=True):
        after = _CONTAINER.match(text, span.end, span.end + 60)
        inside = _container(after["name"], gazetteer) if after else None
        found.append(PlaceName(name, inside))
    return found


def resolve(
    names: Sequence[PlaceName],
    gazetteer: Gazetteer,
    *,
    stated: Mapping[str, int] | None = None,
    home: str | None = None,
) -> list[Entry | None]:
    """The place that each name of one document means; None where the gazetteer has none of that name.

    `stated` counts the countries, by code, that the document names otherwise (adjectives, peoples); `home` is the
    outlet's country.
    """
    containers: dict[str, Counter[str]] = defaultdict(Counter)
    plain = [_split(name) for name in names]
    for name in plain:
        if name.inside:
            containers[place_key(name.name)][name.inside] += 1
    asked: list[PlaceName] = []
    for name in plain:
        usual = containers[place_key(name.name)].most_common(1)
        asked.append(name if name.inside or not usual else PlaceName(name.name, usual[0][0], name.kind))
    mentions = Counter(asked)
    scored = {name: _candidates(name, gazetteer) for name in mentions}
    likely = {name: _shares(scores) for name, scores in scored.items() if scores}
    for _ in range(ROUNDS):
        context = _Context(likely, mentions, stated or {})
        likely = {
            name: _shares([(score + context.support(name, entry, home), entry) for score, entry in scored[name]])
            for name in likely
        }
    return [_best(likely[name]) if name in likely else None for name in asked]


def as_place(entry: Entry, text: str, spans: Iterable[Span]) -> Place:
    """The mention under `spans` of `text`, as the gazetteer's place."""
    return Place.of(
        text,
        *spans,
        name=entry.name,
        country=entry.country,
        region=entry.region,
        latitude=entry.latitude,
        longitude=entry.longitude,
        precision=entry.precision,
        geonames=entry.geonames,
    )


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The great-circle distance of two points (latitude, longitude in degrees)."""
    phi_a, phi_b = math.radians(a[0]), math.radians(b[0])
    rise = math.sin((phi_b - phi_a) / 2) ** 2
    turn = math.sin(math.radians(b[1] - a[1]) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(rise + math.cos(phi_a) * math.cos(phi_b) * turn)))


def _container(name: str, gazetteer: Gazetteer) -> str | None:
    """The longest beginning of `name` that is a country or a region."""
    words = name.split()
    for stop in range(len(words), 0, -1):
        for candidate in (" ".join(words[:stop]), " ".join(words[:stop]).rstrip(".")):
            if any(_contains_others(e) for e in gazetteer.look_up(candidate)):
                return candidate
    return None


def _contains_others(entry: Entry) -> bool:
    return entry.precision in (PlacePrecision.COUNTRY, PlacePrecision.REGION) and (
        entry.precision is PlacePrecision.COUNTRY or entry.admin1 is not None
    )


def _split(name: PlaceName) -> PlaceName:
    """ "Paris, Texas" as one name is Paris inside Texas."""
    first, comma, rest = name.name.partition(",")
    return PlaceName(first.strip(), rest.strip(), name.kind) if comma and rest.strip() and not name.inside else name


Scored = list[tuple[float, Entry]]


def _candidates(name: PlaceName, gazetteer: Gazetteer) -> Scored:
    people = demonym_country(name.name)
    if people:
        return [(_NATION, gazetteer.country(people))]
    entries = next((found for v in spellings(name.name) if (found := gazetteer.look_up(v))), [])[:CANDIDATES]
    capital = _capital(name.name, entries)
    holders = [e for e in gazetteer.look_up(name.inside) if _contains_others(e)] if name.inside else []
    if any(e.precision is PlacePrecision.COUNTRY for e in entries):
        holders = [e for e in holders if e.precision is not PlacePrecision.COUNTRY]
    held = [_is_held(e, holders) for e in entries]
    return [
        (_prior(e) + _CAPITAL * (e is capital) + _KIND * (e.precision is name.kind) + _fit(inside, any(held)), e)
        for e, inside in zip(entries, held, strict=True)
    ]


def _capital(name: str, entries: Iterable[Entry]) -> Entry | None:
    """The city among `entries` that is a seat of government by that name."""
    seat = capital_country(name)
    nation = _SEAT_COUNTRY.get(seat, seat) if seat else None
    return next((e for e in entries if nation and e.country == nation and e.precision is PlacePrecision.CITY), None)


def _prior(entry: Entry) -> float:
    if entry.precision in (PlacePrecision.COUNTRY, PlacePrecision.CONTINENT):
        return _NATION
    usual = 0.0 if entry.preferred else _SECONDARY
    if entry.precision is PlacePrecision.CITY:
        return math.log10(entry.population + 1) + usual
    if entry.latitude is None:
        return usual + 3.0
    return usual + (math.log10(entry.population) + _LARGE_REGION if entry.population else _LISTED)


def _is_held(entry: Entry, holders: Iterable[Entry]) -> bool:
    """Whether the entry lies in one of `holders`, by the codes of country and region."""
    if entry.precision in (PlacePrecision.COUNTRY, PlacePrecision.CONTINENT):
        return False
    return any(
        entry.country == h.country and (h.precision is PlacePrecision.COUNTRY or entry.admin1 == h.admin1)
        for h in holders
        if h != entry
    )


def _fit(held: bool, any_held: bool) -> float:
    """A container named with the place decides, when any place of the name lies in it."""
    return (_INSIDE if held else _OUTSIDE) if any_held else 0.0


def _best(scores: Scored) -> Entry:
    return max(scores, key=lambda pair: pair[0])[1]


def _shares(scores: Scored) -> Scored:
    """How likely each candidate is, by the exponentials of the scores."""
    most = max(score for score, _ in scores)
    weights = [(math.exp(score - most), entry) for score, entry in scores]
    total = sum(weight for weight, _ in weights)
    return [(weight / total, entry) for weight, entry in weights]


@dataclass(slots=True)
class _Votes:
    """What places say of others in one document: weights of countries and of regions."""

    weight: float = 0.0
    countries: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    regions: dict[tuple[str | None, str], float] = field(default_factory=lambda: defaultdict(float))

    def add(self, country: str | None, admin1: str | None, weight: float) -> None:
        if country:
            self.countries[country] += weight
        if admin1:
            self.regions[country, admin1] += weight


class _Context:
    """What the document's places, each as far as it is likely, say of one another: countries, regions and points."""

    def __init__(
        self, likely: Mapping[PlaceName, Scored], mentions: Counter[PlaceName], stated: Mapping[str, int]
    ) -> None:
        self.all = _Votes()
        self.own: dict[str, _Votes] = defaultdict(_Votes)
        self.points: list[tuple[str, float, tuple[float, float]]] = []
        for name, shares in likely.items():
            key = place_key(name.name)
            weight = 1.0 + math.log2(mentions[name])
            for votes in (self.all, self.own[key]):
                votes.weight += weight
                for share, entry in shares:
                    votes.add(entry.country, entry.admin1, weight * share)
            share, entry = max(shares, key=lambda pair: pair[0])
            small = entry.precision in (PlacePrecision.CITY, PlacePrecision.SITE)
            if small and entry.latitude is not None and entry.longitude is not None:
                self.points.append((key, share, (entry.latitude, entry.longitude)))
        for code, times in stated.items():
            if times >= 1:
                weight = _STATED * (1.0 + math.log2(times))
                self.all.weight += weight
                self.all.add(code, None, weight)

    def support(self, name: PlaceName, entry: Entry, home: str | None) -> float:
        """What the document's other names add to a candidate's score."""
        key = place_key(name.name)
        own = self.own[key]
        total = max(self.all.weight - own.weight, 1.0)
        gain = _HOME if home is not None and entry.country == home else 0.0
        if entry.country:
            gain += _COUNTRY_SHARE * (self.all.countries[entry.country] - own.countries[entry.country]) / total
        if entry.admin1:
            region = (entry.country, entry.admin1)
            gain += _REGION_SHARE * (self.all.regions[region] - own.regions[region]) / total
        if entry.latitude is not None and entry.longitude is not None:
            here = (entry.latitude, entry.longitude)
            near = (
                share * math.exp(-distance_km(here, point) / _NEAR_KM)
                for other, share, point in self.points
                if other != key
            )
            gain += _NEAR * max(near, default=0.0)
        return gain
