"""The map of a case's named places: the land under it, a mark for each place, labels that run into nothing."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from quoth.model import PlacePrecision
from quoth.present.figure import Box, text_width
from quoth.web.drawn.ground import Country, boundaries, countries
from quoth.web.drawn.projecting import HEIGHT, WIDTH, Projection, Window

LARGEST, SMALLEST = 30.0, 4.5
"""Radius in pixels of the mark with most statements, and the least of any."""
ON_THE_WORLD = 0.6
"""By how much smaller marks are where the whole world is drawn."""
MOST = 300
"""Marks drawn at once; of more, those with most statements."""
LINKED = 40
"""Marks that are links, so that a keyboard comes past the map in the end."""
NAME, SMALL = 13.0, 11.0
AREAS = frozenset({PlacePrecision.REGION, PlacePrecision.COUNTRY, PlacePrecision.CONTINENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A named place with how many statements speak of it and how many known utterances these report."""

    key: str
    name: str
    country: str | None
    precision: PlacePrecision | None
    longitude: float
    latitude: float
    statements: int
    origins: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on the map: a disc for a town or site, a square for what has an extent and stands for its middle.

    `outer` is half its width by statements, `inner` by origins; areas go with the numbers.
    """

    spot: Spot
    x: float
    y: float
    outer: float
    inner: float
    square: bool
    linked: bool


@dataclass(frozen=True, slots=True)
class Name:
    x: float
    y: float
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Land:
    """The ground in the letters of SVG paths, and the names of countries that have room for theirs."""

    outline: str
    boundaries: str
    unsettled: str
    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Map:
    window: Window
    land: Land
    marks: tuple[Mark, ...]
    labels: tuple[Name, ...]
    outside: int
    width: float = WIDTH
    height: float = HEIGHT


def drawn(spots: Sequence[Spot], window: Window) -> Map:
    """The places as far as the window shows them, the largest marks first and so lowest."""
    projection = Projection(window)
    inside = [spot for spot in spots if projection.shows(spot.longitude, spot.latitude)]
    ordered = sorted(inside, key=lambda spot: (-spot.statements, spot.name, spot.key))[:MOST]
    marks = tuple(_marks(ordered, projection))
    taken = [_box(mark) for mark in marks]
    labels = tuple(_labels(marks, taken))
    land = _land(window)
    free = (name for name in land.names if not any(_room(name.text, name.x, name.y).touches(box) for box in taken))
    return Map(window, replace(land, names=tuple(free)), marks, labels, len(spots) - len(ordered))


def _marks(spots: Sequence[Spot], projection: Projection) -> Iterator[Mark]:
    most = max((spot.statements for spot in spots), default=1)
    largest = LARGEST * (ON_THE_WORLD if projection.window.is_world else 1)
    for number, spot in enumerate(spots):
        x, y = projection.pixel(spot.longitude, spot.latitude)
        outer = max(SMALLEST, largest * math.sqrt(spot.statements / most))
        inner = outer * math.sqrt(spot.origins / spot.statements) if spot.statements else 0.0
        yield Mark(spot, x, y, outer, inner, spot.precision in AREAS, number < LINKED)


def _box(mark: Mark) -> Box:
    return Box(mark.x - mark.outer, mark.y - mark.outer, mark.x + mark.outer, mark.y + mark.outer)


def _labels(marks: Sequence[Mark], taken: list[Box]) -> Iterator[Name]:
    """The names of marks, those of the largest first, each where there is room beside its mark; else none.

    `taken`: the boxes of the marks, in their order; those of the labels are added.
    """
    for number, mark in enumerate(marks):
        text = f"{mark.spot.name} {mark.spot.statements:,}"
        width = text_width(text, NAME) * 1.06
        for x, y, anchor in _places(mark):
            left = {"start": x, "end": x - width, "middle": x - width / 2}[anchor]
            box = Box(left - 2, y - NAME * 0.7, left + width + 2, y + NAME * 0.7)
            within = box.left >= 2 and box.right <= WIDTH - 2 and box.top >= 2 and box.bottom <= HEIGHT - 2
            others = (other for n, other in enumerate(taken) if n != number)
            if within and not any(box.touches(other) for other in others):
                taken.append(box)
                yield Name(x, y, text, anchor)
                break


def _places(mark: Mark) -> Iterator[tuple[float, float, str]]:
    gap = mark.outer + 5
    yield mark.x + gap, mark.y, "start"
    yield mark.x - gap, mark.y, "end"
    yield mark.x, mark.y - gap - 6, "middle"
    yield mark.x, mark.y + gap + 6, "middle"
    for up in (-1, 1):
        yield mark.x + gap * 0.75, mark.y + up * gap * 0.85, "start"
        yield mark.x - gap * 0.75, mark.y + up * gap * 0.85, "end"


@functools.lru_cache(maxsize=64)
def _land(window: Window) -> Land:
    projection = Projection(window)
    shown = [(c, [r for r in c.rings if projection.touches(r)]) for c in countries().values()]
    outline = "".join(projection.line(ring, close=True) for _, rings in shown for ring in rings)
    lines = [(line, dashed) for line, dashed in boundaries() if projection.touches(line)]
    return Land(
        outline,
        "".join(projection.line(line) for line, dashed in lines if not dashed),
        "".join(projection.line(line) for line, dashed in lines if dashed),
        tuple(_country_names([c for c, rings in shown if rings], projection)),
    )


def _country_names(shown: Sequence[Country], projection: Projection) -> Iterator[Name]:
    """Of countries wide enough for their names, about the middle of their largest ring."""
    taken: list[Box] = []
    for country in sorted(shown, key=lambda c: -len(c.rings[0])):
        points = [projection.pixel(*point) for point in country.rings[0]]
        left, right = max(0.0, min(x for x, _ in points)), min(WIDTH, max(x for x, _ in points))
        x, y = _middle(points)
        box = _room(country.name, x, y)
        room = (
            right - left > (box.right - box.left) * 1.25
            and box.left > 4
            and box.right < WIDTH - 4
            and 12 < y < HEIGHT - 12
        )
        if country.code and room and not any(box.touches(other) for other in taken):
            taken.append(box)
            yield Name(x, y, country.name, "middle")


def _room(name: str, x: float, y: float) -> Box:
    """What the name of a country takes, in spaced capitals."""
    width = text_width(name.upper(), SMALL) * 1.15
    return Box(x - width / 2, y - 8, x + width / 2, y + 8)


def _middle(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The centre of mass of a ring."""
    twice = cx = cy = 0.0
    for (x1, y1), (x2, y2) in zip(points, (*points[1:], points[0]), strict=True):
        cross = x1 * y2 - x2 * y1
        twice += cross
        cx += (x1 + x2) * cross
        cy += (y1 + y2) * cross
    if not twice:
        return points[0]
    return cx / (3 * twice), cy / (3 * twice)
