"""The land that a map is drawn on: outlines of countries, with boundaries as the United Nations hold them.

`ground.json` holds them, made by `ground_build`.  Coordinates are degrees, longitude first.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

Point = tuple[float, float]

UNIT = 100
UNSETTLED = frozenset(map(frozenset, (("XK", "RS"), ("EH", "MA"), ("PS", "IL"), ("", "IN"), ("", "PK"), ("", "CN"))))
"""Pairs of lands whose boundary is drawn dashed; "" is the Siachen Glacier."""

SAID = (
    "Boundaries as the United Nations hold them: Crimea and Sevastopol are in Ukraine (General Assembly resolution"
    " 68/262), the north of Cyprus in Cyprus, Somaliland in Somalia, the Golan in Syria. Dashed where the UN hold a"
    " boundary unsettled: Western Sahara, Kosovo (as in Security Council resolution 1244), Palestine, Kashmir. Other"
    " lines are Natural Earth’s; none is an opinion on the status of any territory."
)


@dataclass(frozen=True, slots=True)
class Country:
    """A country by its ISO 3166 letters ("" for none), the largest ring of its outline first."""

    code: str
    name: str
    rings: tuple[tuple[Point, ...], ...]

    def holds(self, longitude: float, latitude: float) -> bool:
        """Whether the point lies within the outline."""
        crossed = False
        for ring in self.rings:
            for (x1, y1), (x2, y2) in _edges(ring):
                if (y1 > latitude) != (y2 > latitude):
                    crossed ^= longitude < (x2 - x1) * (latitude - y1) / (y2 - y1) + x1
        return crossed


@functools.cache
def countries() -> dict[str, Country]:
    """All countries but Antarctica, by code."""
    plain = json.loads(files("quoth.web.drawn").joinpath("ground.json").read_text(encoding="utf-8"))
    return {
        code: Country(code, its["name"], tuple(tuple(_points(steps)) for steps in its["rings"]))
        for code, its in plain["countries"].items()
    }


def _points(steps: list[int]) -> Iterator[Point]:
    x = y = 0
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        yield x / UNIT, y / UNIT


def _edges(ring: tuple[Point, ...]) -> Iterator[tuple[Point, Point]]:
    return zip(ring, (*ring[1:], ring[0]), strict=True)


@functools.cache
def boundaries() -> tuple[tuple[tuple[Point, ...], bool], ...]:
    """The lines between two countries, each once, and whether it is unsettled."""
    owner: dict[tuple[Point, Point], str] = {}
    lines: list[tuple[list[Point], bool]] = []
    for code, country in countries().items():
        for ring in country.rings:
            for a, b in _edges(ring):
                other = owner.pop((b, a), None)
                if other is None:
                    owner[a, b] = code
                    continue
                unsettled = frozenset((code, other)) in UNSETTLED or _in_kashmir({code, other}, a, b)
                last = lines[-1] if lines else None
                if last and last[0][-1] == a and last[1] == unsettled:
                    last[0].append(b)
                else:
                    lines.append(([a, b], unsettled))
    return tuple((tuple(points), unsettled) for points, unsettled in lines)


def _in_kashmir(between: set[str], *ends: Point) -> bool:
    """Whether an edge is of the line of control between India and Pakistan, or of the line beyond it with China."""
    inside = all(73.5 < x < 80.5 and 32.4 < y < 37.1 for x, y in ends)
    return inside and between <= {"IN", "PK", "CN"} and "IN" in between
