"""Disjoint sets that grow together (union-find)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

Item = TypeVar("Item", bound=Hashable)


class Unions(Generic[Item]):
    """Sets of items; `find` names the set that an item is in by one of its members."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._parent = {item: item for item in items}

    def find(self, item: Item) -> Item:
        while self._parent[item] != item:
            self._parent[item] = item = self._parent[self._parent[item]]
        return item

    def join(self, a: Item, b: Item) -> Item:
        """Make one set of the two that a and b are in; returns its name."""
        root = self.find(a)
        self._parent[self.find(b)] = root
        return root

    def groups(self) -> list[list[Item]]:
        found: dict[Item, list[Item]] = defaultdict(list)
        for item in self._parent:
            found[self.find(item)].append(item)
        return list(found.values())
