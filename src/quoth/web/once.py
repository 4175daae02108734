"""What is worked out from a whole snapshot, once for each."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TypeVar, cast

from quoth.model import Question
from quoth.web.snapshot import Snapshot

T = TypeVar("T")


def once(work: Callable[[Snapshot], T]) -> Callable[[Snapshot], T]:
    """The same function, whose result is kept with the snapshot, as that of a cached property is."""
    name = f"{work.__module__}.{work.__qualname__}"

    @functools.wraps(work)
    def kept(snapshot: Snapshot) -> T:
        held = vars(snapshot)
        if name not in held:
            held[name] = work(snapshot)
        return cast(T, held[name])

    return kept


def once_each(work: Callable[[Snapshot, Question], T]) -> Callable[[Snapshot, Question], T]:
    """The same function, whose results are kept with the snapshot, one for each question of it."""
    name = f"{work.__module__}.{work.__qualname__}"

    @functools.wraps(work)
    def kept(snapshot: Snapshot, question: Question) -> T:
        held = cast(dict[str, T], vars(snapshot).setdefault(name, {}))
        if question.id not in held:
            held[question.id] = work(snapshot, question)
        return held[question.id]

    return kept
