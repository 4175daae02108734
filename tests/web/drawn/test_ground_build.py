"""Making the ground: joining, cutting and simplifying rings."""

from __future__ import annotations

import itertools

from quoth.web.drawn.ground_build import area, clipped, inside, joined, parted, simplified

LEFT = [(0, 0), (10, 0), (10, 10), (0, 10)]
RIGHT = [(10, 0), (20, 0), (20, 10), (10, 10)]


def test_neighbours_join_into_one_ring_without_their_common_edge() -> None:
    [ring] = joined([LEFT, RIGHT])
    assert area(ring) == 200
    assert inside((10, 5), ring)
    assert ((10, 0), (10, 10)) not in set(itertools.pairwise(ring))


def test_what_only_lies_apart_stays_two_rings() -> None:
    far = [(x + 50, y) for x, y in RIGHT]
    assert sorted(map(area, joined([LEFT, far]))) == [100, 100]


def test_a_cut_leaves_both_sides_whole() -> None:
    south = clipped(LEFT, lambda p: p[1] <= 4, 1, 4)
    north = clipped(LEFT, lambda p: p[1] >= 4, 1, 4)
    assert (area(south), area(north)) == (40, 60)


def test_points_close_to_the_line_go_and_the_ends_stay() -> None:
    arc = [(0, 0), (50, 1), (100, 0), (150, 40), (200, 0)]
    assert simplified(arc) == [(0, 0), (100, 0), (150, 40), (200, 0)]


def test_a_ring_over_the_date_line_is_two() -> None:
    ring = [(17000, 0), (-17000, 0), (-17000, 1000), (17000, 1000)]
    east, west = sorted(parted(ring), key=min)
    assert (min(east)[0], max(east)[0]) == (-18000, -17000)
    assert (min(west)[0], max(west)[0]) == (17000, 18000)
    assert area(east) == area(west) == 1000 * 1000
