"""Room for marks that would stand upon each other."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from quoth.present.figure import Box
from quoth.web.drawn.crowd import Room, Spot, gathered, rows
from quoth.web.drawn.picture import CELL

FRAME = Box(0, 0, 800, 300)
PLACES = st.tuples(st.floats(-50, 900), st.floats(-50, 400))


@given(st.lists(PLACES, max_size=80))
def test_no_two_places_given_out_are_nearer_than_a_cell_and_all_lie_inside(places: list[tuple[float, float]]) -> None:
    room = Room(FRAME)

    found = [room.place(x, y) for x, y in places]

    assert all(12 <= x <= 788 and 12 <= y <= 288 for x, y in found)
    near = [(a, b) for i, a in enumerate(found) for b in found[:i] if abs(a[0] - b[0]) < CELL > abs(a[1] - b[1])]
    assert not near


def test_a_place_that_is_free_is_given_out_as_it_is_and_else_one_beside_it() -> None:
    room = Room(FRAME)

    assert room.place(100, 100) == (100, 100)
    assert room.place(100, 100) == (124, 100)
    assert room.place(100, 100) == (76, 100)


@given(st.lists(st.tuples(st.floats(0, 800), st.floats(0, 300), st.integers(0, 3)), max_size=400), st.integers(1, 60))
def test_gathering_loses_no_point(places: list[tuple[float, float, int]], most: int) -> None:
    spots = [Spot(x, y, track, (n,)) for n, (x, y, track) in enumerate(places)]

    found = gathered(spots, most)

    assert sorted(point for spot in found for point in spot.points) == list(range(len(places)))


def test_a_few_at_one_place_stay_apart_and_more_become_one() -> None:
    four = [Spot(100, 50, 0, (n,)) for n in range(4)]
    five = [Spot(100, 50, 0, (n,)) for n in range(5)]

    assert len(gathered(four, 100)) == 4
    [one] = gathered(five, 100)
    assert (one.x, one.y, one.points) == (100, 50, (0, 1, 2, 3, 4))


def test_those_of_two_tracks_do_not_become_one() -> None:
    spots = [Spot(100, 0, track, (n,)) for n, track in enumerate([0, 0, 0, 0, 0, 1])]

    assert [spot.points for spot in gathered(spots, 1)] == [(0, 1, 2, 3, 4), (5,)]


@given(st.lists(st.floats(0, 800), max_size=60))
def test_no_two_of_one_row_touch(xs: list[float]) -> None:
    spots = [Spot(x, 0, 0, (n,)) for n, x in enumerate(sorted(xs))]

    found = rows(spots)

    for row in set(found):
        placed = [spot.x for spot, at in zip(spots, found, strict=True) if at == row]
        assert all(b - a >= CELL for a, b in itertools.pairwise(placed))
