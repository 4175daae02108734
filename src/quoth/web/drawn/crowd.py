"""Room for marks that would stand upon each other: some become one with a number, the others are moved apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quoth.present.figure import Box
from quoth.web.drawn.picture import CELL

FINE = 8.0
"""Steps in which a free place is looked for."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where some points (by their numbers) belong, before room is made: at `x`, `y`, on the track `track`."""

    x: float
    y: float
    track: int
    points: tuple[int, ...]


def gathered(spots: Sequence[Spot], most: int) -> list[Spot]:
    """The same points in at most `most` spots, or as few as can be: those of one cell become one where it holds more
    than four; then all of one cell, and of cells ever wider."""
    found = _merged(spots, CELL, 4)
    width = CELL
    while len(found) > most and width < 32 * CELL:
        found = _merged(spots, width, 1)
        width *= 2
    return found


def _merged(spots: Sequence[Spot], width: float, each: int) -> list[Spot]:
    cells: dict[tuple[int, int, int], list[Spot]] = {}
    for spot in spots:
        cells.setdefault((spot.track, int(spot.x // width), int(spot.y // CELL)), []).append(spot)
    found = []
    for held in cells.values():
        if len(held) <= each:
            found += held
            continue
        x, y = sum(s.x for s in held) / len(held), sum(s.y for s in held) / len(held)
        found.append(Spot(x, y, held[0].track, tuple(point for s in held for point in s.points)))
    return sorted(found, key=lambda s: (s.x, s.y, s.points))


def rows(spots: Sequence[Spot]) -> list[int]:
    """For each spot of one track, left to right, the row in which it touches none before it."""
    ends: list[float] = []
    found = []
    for spot in spots:
        row = next((n for n, end in enumerate(ends) if spot.x - end >= CELL), len(ends))
        ends[row : row + 1] = [spot.x]
        found.append(row)
    return found


class Room:
    """A frame in which no two places given out are nearer than a cell, as long as there is room."""

    def __init__(self, frame: Box) -> None:
        self.frame = frame
        self._taken: dict[tuple[int, int], list[tuple[float, float]]] = {}

    def place(self, x: float, y: float) -> tuple[float, float]:
        """The nearest free place, sideways first: up and down a mark would say something else."""
        inner = Box(
            self.frame.left + CELL / 2,
            self.frame.top + CELL / 2,
            self.frame.right - CELL / 2,
            self.frame.bottom - CELL / 2,
        )
        x, y = min(max(x, inner.left), inner.right), min(max(y, inner.top), inner.bottom)
        found = next((p for p in _around(x, y, inner) if self._is_free(*p)), (x, y))
        self._taken.setdefault(_cell(*found), []).append(found)
        return found

    def _is_free(self, x: float, y: float) -> bool:
        column, row = _cell(x, y)
        near = (self._taken.get((column + i, row + j), ()) for i in (-1, 0, 1) for j in (-1, 0, 1))
        return not any(abs(x - a) < CELL and abs(y - b) < CELL for those in near for a, b in those)


def _cell(x: float, y: float) -> tuple[int, int]:
    return int(x // CELL), int(y // CELL)


def _around(x: float, y: float, inner: Box) -> Iterator[tuple[float, float]]:
    """Places ever farther away; one step up or down counts as four to the side."""
    yield x, y
    across, upwards = int((inner.right - inner.left) / FINE) + 1, int((inner.bottom - inner.top) / FINE) + 1
    for far in range(1, max(across, 4 * upwards) + 1):
        ring = [(far * s, n * t) for n in range(far // 4 + 1) for s in (1, -1) for t in ((1, -1) if n else (1,))]
        if far % 4 == 0:
            ring += [(n * s, far // 4 * t) for n in range(far) for s in ((1, -1) if n else (1,)) for t in (1, -1)]
        for i, j in ring:
            a, b = x + i * FINE, y + j * FINE
            if inner.left <= a <= inner.right and inner.top <= b <= inner.bottom:
                yield a, b
