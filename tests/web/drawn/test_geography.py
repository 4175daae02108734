"""The map: what a window shows, where marks and labels stand."""

from __future__ import annotations

import itertools
import math

import pytest

from quoth.model import PlacePrecision
from quoth.present.figure import Box, text_width
from quoth.web.drawn.geography import NAME, Spot, drawn
from quoth.web.drawn.projecting import HEIGHT, WIDTH, Projection, Window, natural_earth


def spot(name: str, longitude: float, latitude: float, statements: int = 1, origins: int = 0,
         precision: PlacePrecision = PlacePrecision.CITY) -> Spot:  # fmt: skip
    return Spot(key=name, name=name, country=None, precision=precision, longitude=longitude, latitude=latitude,
                statements=statements, origins=origins)  # fmt: skip


MINSK, MOSCOW = spot("Minsk", 27.57, 53.9, 25, 9), spot("Moscow", 37.62, 55.75, 100, 100)


def test_the_window_has_all_places_with_room_about_them() -> None:
    window = Window.around([(27.57, 53.9), (37.62, 55.75), (9.0, 51.0)])
    projection = Projection(window)
    for point in [(27.57, 53.9), (37.62, 55.75), (9.0, 51.0)]:
        assert projection.shows(*point, room=-20)
    assert not window.is_world


def test_one_place_has_a_region_about_it_and_none_the_world() -> None:
    assert Window.around([(27.57, 53.9)]).span == 12
    assert Window.around([]).is_world
    assert Window.around([(-120, -40), (150, 60)]).is_world


def test_closer_farther_and_aside_stay_in_the_world() -> None:
    window = Window(27, 53, 12)
    assert window.zoomed(2).span == 6
    assert window.zoomed(0.5).span == 24
    assert window.zoomed(1 / 16).is_world
    assert window.zoomed(64).span == 3
    assert window.moved(0, 0.5).latitude == 59
    assert window.moved(0.5, 0).longitude > 27
    assert Window(27, 80, 12).moved(0, 5).latitude <= 84
    assert Window(170, 0, 12).moved(5, 0).longitude == 180


def test_the_world_is_drawn_in_the_natural_earth_projection() -> None:
    x, y = natural_earth(180, 0)
    assert x == pytest.approx(math.pi * 0.8707)
    assert y == 0
    assert natural_earth(0, 90)[1] == pytest.approx(1.42239, abs=1e-4)  # as published
    middle = Projection(Window()).pixel(0, 0)
    assert middle[0] == WIDTH / 2
    west, east = (Projection(Window()).pixel(x, 0)[0] for x in (-180, 180))
    assert west == pytest.approx(0, abs=30)
    assert west + east == pytest.approx(WIDTH)


def test_areas_go_with_the_numbers() -> None:
    made = drawn([MINSK, MOSCOW], Window.around([(27.57, 53.9), (37.62, 55.75)]))
    moscow, minsk = made.marks
    assert moscow.spot is MOSCOW
    assert (minsk.outer / moscow.outer) ** 2 == pytest.approx(25 / 100)
    assert (minsk.inner / minsk.outer) ** 2 == pytest.approx(9 / 25)
    assert moscow.inner == moscow.outer


def test_what_has_an_extent_is_a_square() -> None:
    country = spot("Belarus", 28, 53, 3, precision=PlacePrecision.COUNTRY)
    made = drawn([country, MINSK], Window(28, 53, 12))
    assert {m.spot.name: m.square for m in made.marks} == {"Belarus": True, "Minsk": False}


def test_no_label_runs_into_a_mark_or_another_label() -> None:
    spots = [spot(f"Village number {n}", 27 + n % 7 * 0.35, 53 + n // 7 * 0.25, 1 + n) for n in range(42)]
    made = drawn(spots, Window(28, 53.6, 6))
    boxes = [Box(m.x - m.outer, m.y - m.outer, m.x + m.outer, m.y + m.outer) for m in made.marks]
    labels = []
    for name in made.labels:
        width = text_width(name.text, NAME)
        left = {"start": name.x, "end": name.x - width, "middle": name.x - width / 2}[name.anchor]
        labels.append(Box(left, name.y - NAME * 0.55, left + width, name.y + NAME * 0.55))
    assert 5 < len(labels) < 42
    for a, b in itertools.combinations(labels, 2):
        assert not a.touches(b)
    for name, label in zip(made.labels, labels, strict=True):
        others = [b for m, b in zip(made.marks, boxes, strict=True) if not name.text.startswith(m.spot.name + " ")]
        assert not any(label.touches(other) for other in others)
        assert label.left >= 0
        assert label.right <= WIDTH
        assert label.bottom <= HEIGHT


def test_what_lies_outside_is_counted_not_drawn() -> None:
    made = drawn([MINSK, spot("Canberra", 149.1, -35.3)], Window(28, 53, 12))
    assert [m.spot.name for m in made.marks] == ["Minsk"]
    assert made.outside == 1


def test_the_ground_is_cut_to_the_window() -> None:
    near, world = drawn([], Window(28, 53, 12)), drawn([], Window())
    assert 1000 < len(near.land.outline) < len(world.land.outline) < 250_000
    assert "Belarus" in {name.text for name in near.land.names}
    assert "Brazil" not in {name.text for name in near.land.names}
