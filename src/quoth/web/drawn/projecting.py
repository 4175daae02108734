"""From degrees to the pixels of a map: the whole world in the Natural Earth projection, a part of it plainly."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

WIDTH, HEIGHT = 960.0, 480.0
WIDEST = 74.0
"""A window of more degrees of latitude is the whole world."""
NARROWEST = 3.0
WORLD_SOUTH, WORLD_NORTH = -57.0, 83.0


@dataclass(frozen=True, slots=True)
class Window:
    """What a map shows: its middle, and how many degrees of latitude; None for the whole world."""

    longitude: float = 0.0
    latitude: float = 11.5
    span: float | None = None

    @property
    def is_world(self) -> bool:
        return self.span is None

    @classmethod
    def around(cls, points: Iterable[tuple[float, float]], *, least: float = 12.0) -> Window:
        """The smallest one that has all points (longitude, latitude) with room about them; the world without any."""
        places = list(points)
        if not places:
            return cls()
        west, east = min(x for x, _ in places), max(x for x, _ in places)
        south, north = min(y for _, y in places), max(y for _, y in places)
        middle = (south + north) / 2
        high = max((north - south) * 1.3, (east - west) * _shrink(middle) * 1.25 * HEIGHT / WIDTH, least)
        return cls((west + east) / 2, middle, high).fitted()

    def fitted(self) -> Window:
        """Within the world, no closer than a city's precision bears."""
        if self.span is None or self.span > WIDEST:
            return Window()
        span = max(NARROWEST, self.span)
        latitude = min(max(self.latitude, WORLD_SOUTH + span / 2), WORLD_NORTH + 4 - span / 2)
        return Window(min(max(self.longitude, -180.0), 180.0), latitude, span)

    def zoomed(self, times: float) -> Window:
        """Closer (2) or farther (0.5) about the same middle."""
        return Window(self.longitude, self.latitude, (self.span or WIDEST * 1.5) / times).fitted()

    def moved(self, east: float, north: float) -> Window:
        """By these parts of its own size."""
        if self.span is None:
            return self
        wide = self.span * WIDTH / HEIGHT / _shrink(self.latitude)
        return Window(self.longitude + east * wide, self.latitude + north * self.span, self.span).fitted()


def _shrink(latitude: float) -> float:
    """How much shorter a degree of longitude is there."""
    return max(0.2, math.cos(math.radians(latitude)))


@dataclass(frozen=True, slots=True)
class Projection:
    """Of a window onto `WIDTH` by `HEIGHT` pixels, from the upper left corner."""

    window: Window

    def pixel(self, longitude: float, latitude: float) -> tuple[float, float]:
        if self.window.span is None:
            x, y = natural_earth(longitude, latitude)
            return WIDTH / 2 + x * _WORLD_SCALE, HEIGHT / 2 - (y - _WORLD_MIDDLE) * _WORLD_SCALE
        scale = HEIGHT / self.window.span
        x = (longitude - self.window.longitude) * _shrink(self.window.latitude) * scale
        return WIDTH / 2 + x, HEIGHT / 2 - (latitude - self.window.latitude) * scale

    def shows(self, longitude: float, latitude: float, room: float = 0.0) -> bool:
        x, y = self.pixel(longitude, latitude)
        return -room <= x <= WIDTH + room and -room <= y <= HEIGHT + room

    def touches(self, ring: Iterable[tuple[float, float]]) -> bool:
        """Whether the box around a ring meets the window."""
        points = [self.pixel(x, y) for x, y in ring]
        return (
            max(x for x, _ in points) >= 0
            and min(x for x, _ in points) <= WIDTH
            and max(y for _, y in points) >= 0
            and min(y for _, y in points) <= HEIGHT
        )

    def line(self, points: Iterable[tuple[float, float]], *, close: bool = False) -> str:
        """A line in the letters of an SVG path, without points that fall on the pixel of the one before."""
        steps = list(_steps(self.pixel(x, y) for x, y in points))
        if len(steps) < 2:
            return ""
        (x, y), *rest = steps
        return f"M{_short(x)} {_short(y)}l" + " ".join(f"{_short(a)} {_short(b)}" for a, b in rest) + "z" * close


def _steps(points: Iterable[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """The first point and the steps from each to the next, in tenths of a pixel and one pixel or longer."""
    at: tuple[int, int] | None = None
    for x, y in points:
        here = round(x * 10), round(y * 10)
        if at is None:
            yield here[0] / 10, here[1] / 10
        elif abs(here[0] - at[0]) + abs(here[1] - at[1]) < 10:
            continue
        else:
            yield (here[0] - at[0]) / 10, (here[1] - at[1]) / 10
        at = here


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def natural_earth(longitude: float, latitude: float) -> tuple[float, float]:
    """The projection of Patterson, by the polynomials of Šavrič, Jenny, Patterson, Petrovič and Hurni (2011)."""
    phi = math.radians(latitude)
    square = phi * phi
    fourth = square * square
    x = 0.8707 - 0.131979 * square + fourth * (-0.013791 + fourth * (0.003971 * square - 0.001529 * fourth))
    y = 1.007226 + square * (0.015085 + fourth * (-0.044475 + 0.028874 * square - 0.005916 * fourth))
    return math.radians(longitude) * x, phi * y


_SOUTH, _NORTH = natural_earth(0, WORLD_SOUTH)[1], natural_earth(0, WORLD_NORTH)[1]
_WORLD_MIDDLE = (_SOUTH + _NORTH) / 2
_WORLD_SCALE = min(WIDTH / 2 / natural_earth(180, 0)[0], HEIGHT / (_NORTH - _SOUTH))
