"""Short and missing names: each stands for the one fuller name that it can only mean.

The rule is the same for themes, places and agents.  A name that says less ("missiles", no place at all) is taken
for a fuller one when exactly one fits in its own document, else when exactly one fits in the whole case; when
several fit, it stays what it is.  Never is one short name a bridge between two fuller ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Set
from typing import Generic, TypeVar

Name = TypeVar("Name", bound=Hashable)


AMBIGUOUS = 64
"""With more fuller names than this, a short one is taken to be ambiguous without a closer look."""


class Fullest(Generic[Name]):
    """What the names of each document stand for, kept as documents come, change and go.

    `says_less(a, b)`: a can be short for b, and is not b.  `near(name)`: keys under which to look for fuller
    names; a short name must share one with each fuller name.  `case_wide`: whether a name may stand for one of
    another document.  `near_in_case`: fewer keys than `near` that are enough for a name that may.
    """

    def __init__(
        self,
        says_less: Callable[[Name, Name], bool],
        near: Callable[[Name], Iterable[Hashable]],
        case_wide: Callable[[Name], bool] = lambda name: True,
        near_in_case: Callable[[Name], Iterable[Hashable]] | None = None,
    ) -> None:
        self._says_less, self._near, self._case_wide = says_less, near, case_wide
        self._near_in_case = near_in_case or near
        self._full: dict[str, dict[Name, Name]] = {}
        self._documents: dict[Name, set[str]] = {}
        self._case: dict[Hashable, set[Name]] = defaultdict(set)
        self._wide: dict[Name, Name | None] = {}
        self._waiting: dict[str, Set[Name]] = {}

    def put(self, document: str, names: Set[Name]) -> None:
        """Take these for all names of the document; none when it has gone.  Counts from the next `settle` on."""
        self._waiting[document] = names

    def of(self, document: str) -> Mapping[Name, Name]:
        """What each name of the document stands for."""
        return self._full.get(document, {})

    def settle(self) -> set[str]:
        """Work out what follows; returns the documents in which a name is new, has gone, or now stands for another."""
        before: dict[Name, bool] = {}
        for document, names in self._waiting.items():
            held = self._full.get(document, {}).keys()
            for name in names - held:
                before.setdefault(name, name in self._documents)
                self._documents.setdefault(name, set()).add(document)
            for name in held - names:
                before.setdefault(name, True)
                self._documents[name].discard(document)
                if not self._documents[name]:
                    del self._documents[name]
        come = {name for name, there in before.items() if not there and name in self._documents}
        gone = {name for name, there in before.items() if there and name not in self._documents}
        touched = self._refiled(come, gone)
        waiting, self._waiting = self._waiting, {}
        changed = set()
        for document in waiting.keys() | touched:
            names = waiting.get(document, self._full.get(document, {}).keys())
            full = self._chosen(names)
            if full != self._full.get(document, {}):
                changed.add(document)
            if full:
                self._full[document] = full
            else:
                self._full.pop(document, None)
        return changed

    def _refiled(self, come: set[Name], gone: set[Name]) -> set[str]:
        """Keep what each name stands for in the case; returns the documents with one that now stands for another."""
        for name in gone:
            self._wide.pop(name, None)
            for key in {*self._near(name), *self._near_in_case(name)}:
                self._case[key].discard(name)
                if not self._case[key]:
                    del self._case[key]
        by_key: dict[Hashable, list[Name]] = defaultdict(list)
        for name in come | gone:
            for key in {*self._near(name), *self._near_in_case(name)}:
                by_key[key].append(name)
        stale = set(come)
        for key, names in by_key.items():
            for other in self._case.get(key, set()) - stale:
                if any(self._says_less(other, name) for name in names):
                    stale.add(other)
        for name in come:
            for key in {*self._near(name), *self._near_in_case(name)}:
                self._case[key].add(name)
        touched: set[str] = set()
        for name in stale:
            found = self._in_case(name)
            if name not in self._wide or self._wide[name] != found:
                self._wide[name] = found
                touched |= self._documents[name]
        return touched

    def _in_case(self, name: Name) -> Name | None:
        if not self._case_wide(name):
            return None
        among = set().union(*(self._case.get(key, set()) for key in self._near_in_case(name)))
        return _only(_top(name, among, self._says_less))

    def _chosen(self, names: Set[Name]) -> dict[Name, Name]:
        here: dict[Hashable, set[Name]] = defaultdict(set)
        for name in names:
            for key in self._near(name):
                here[key].add(name)
        chosen = {}
        for name in names:
            found = _top(name, set().union(*(here[key] for key in self._near(name))), self._says_less)
            full = _only(found) if found else self._wide[name]
            chosen[name] = name if full is None else full
        return chosen


def fullest(
    used: Iterable[tuple[str, Name]],
    says_less: Callable[[Name, Name], bool],
    near: Callable[[Name], Iterable[Hashable]],
    case_wide: Callable[[Name], bool] = lambda name: True,
    near_in_case: Callable[[Name], Iterable[Hashable]] | None = None,
) -> Mapping[tuple[str, Name], Name]:
    """What each (document, name) stands for; the rest as in `Fullest`."""
    documents: dict[str, set[Name]] = defaultdict(set)
    for document, name in used:
        documents[document].add(name)
    kept = Fullest(says_less, near, case_wide, near_in_case)
    for document, names in documents.items():
        kept.put(document, names)
    kept.settle()
    return {(document, name): full for document in documents for name, full in kept.of(document).items()}


def _only(names: set[Name]) -> Name | None:
    return next(iter(names)) if len(names) == 1 else None


def _top(name: Name, among: set[Name], says_less: Callable[[Name, Name], bool]) -> set[Name]:
    fuller = {other for other in among if says_less(name, other)}
    if len(fuller) > AMBIGUOUS:
        return fuller
    return {f for f in fuller if not any(says_less(f, g) for g in fuller)}
