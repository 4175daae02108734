"""Long lists, a page at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some of a list: `number` counts from 1, `total` is how many there are in all."""

    items: Sequence[T]
    number: int
    pages: int
    total: int
    size: int

    @property
    def first(self) -> int:
        """The number of the first item, from 1; 0 where there is none."""
        return min(self.total, (self.number - 1) * self.size + 1)

    @property
    def last(self) -> int:
        return min(self.total, self.number * self.size)


def paged(items: Sequence[T], query: Mapping[str, str], *, size: int = A_PAGE, name: str = "page") -> Page[T]:
    """The page that the query asks for by `name`; the nearest one where there is none of that number."""
    pages = max(1, -(-len(items) // size))
    given = query.get(name, "1")
    number = min(max(1, int(given)), pages) if given.isascii() and given.isdigit() and len(given) < 10 else 1
    return Page(items[(number - 1) * size : number * size], number, pages, len(items), size)
