"""Short and missing names: each stands for the one fuller name that it can only mean.

The rule is the same for themes, places and agents.  A name that says less ("missiles", no place at all) is taken
for a fuller one when exactly one fits in its own document, else when exactly one fits in the whole case; when
several fit, it stays what it is.  Never is one short name a bridge between two fuller ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import TypeVar

Name = TypeVar("Name", bound=Hashable)


AMBIGUOUS = 64
"""With more fuller names than this, a short one is taken to be ambiguous without a closer look."""


def fullest(
    used: Iterable[tuple[str, Name]],
    says_less: Callable[[Name, Name], bool],
    near: Callable[[Name], Iterable[Hashable]],
    case_wide: Callable[[Name], bool] = lambda name: True,
) -> Mapping[tuple[str, Name], Name]:
    """What each (document, name) stands for.

    `says_less(a, b)`: a can be short for b, and is not b.  `near(name)`: keys under which to look for fuller
    names; a short name must share one with each fuller name.  `case_wide`: whether a name may stand for one of
    another document.
    """
    documents: dict[Hashable, dict[str, set[Name]]] = defaultdict(lambda: defaultdict(set))
    everything = set(used)
    for document, name in everything:
        for key in near(name):
            documents[key][document].add(name)
    case = {key: set().union(*by_document.values()) for key, by_document in documents.items()}
    chosen = {}
    for document, name in everything:
        keys = list(near(name))
        here = _top(name, set().union(*(documents[k].get(document, set()) for k in keys)), says_less)
        found = here or (_top(name, set().union(*(case[k] for k in keys)), says_less) if case_wide(name) else set())
        chosen[document, name] = next(iter(found)) if len(found) == 1 else name
    return chosen


def _top(name: Name, among: set[Name], says_less: Callable[[Name, Name], bool]) -> set[Name]:
    fuller = {other for other in among if says_less(name, other)}
    if len(fuller) > AMBIGUOUS:
        return fuller
    return {f for f in fuller if not any(says_less(f, g) for g in fuller)}
