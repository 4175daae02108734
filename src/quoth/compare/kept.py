"""What was made before, to be used again where it would be made of the very same objects."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from operator import is_
from typing import TypeVar, cast

T = TypeVar("T")


class Kept:
    """One thing for each key, with what it was made of; a thing that is not asked for in a round is dropped."""

    def __init__(self) -> None:
        self._before: dict[Hashable, tuple[Sequence[object], object]] = {}
        self._now: dict[Hashable, tuple[Sequence[object], object]] = {}

    def of(self, key: Hashable, of: Sequence[object], make: Callable[[], T]) -> T:
        """What was made under this key, if it was made of these objects, in this order; otherwise made now."""
        held = self._before.get(key)
        if held is None or len(held[0]) != len(of) or not all(map(is_, held[0], of)):
            held = (of, make())
        self._now[key] = held
        return cast("T", held[1])

    def next_round(self) -> None:
        self._before, self._now = self._now, {}
