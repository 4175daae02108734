"""Counts of what documents contribute, kept as documents come, change and go."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Generic, TypeVar

Fact = TypeVar("Fact", bound=Hashable)


class Tally(Generic[Fact]):
    """How often all documents together give each fact; a fact that none gives any more is not in `counts`."""

    def __init__(self) -> None:
        self.counts: dict[Fact, int] = {}
        self._of: dict[str, Mapping[Fact, int]] = {}
        self._was: dict[Fact, int] = {}

    def put(self, document: str, facts: Mapping[Fact, int]) -> None:
        """Take these for all that the document gives; none when it has gone."""
        for sign, given in ((-1, self._of.pop(document, {})), (1, facts)):
            for fact, times in given.items():
                held = self.counts.get(fact, 0)
                self._was.setdefault(fact, held)
                self.counts[fact] = held + sign * times
        if facts:
            self._of[document] = facts

    def put_once(self, document: str, facts: Iterable[Fact]) -> None:
        self.put(document, dict.fromkeys(facts, 1))

    def changed(self) -> dict[Fact, tuple[int, int]]:
        """The facts that are given more or less often than when this was last asked: how often then and now."""
        found = {f: (was, self.counts[f]) for f, was in self._was.items() if self.counts[f] != was}
        for fact in self._was:
            if not self.counts[fact]:
                del self.counts[fact]
        self._was = {}
        return found
