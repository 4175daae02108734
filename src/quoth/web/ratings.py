"""The ratings that reviewers gave: those on one source, as its page shows them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from quoth.compare.reliability import Sources, name_key, rated
from quoth.model import Rated, Reliability
from quoth.present.words import RELIABILITY
from quoth.web.once import once
from quoth.web.snapshot import Snapshot

GRADES = tuple((grade.value, RELIABILITY[grade]) for grade in Reliability)


@once
def _rated(snapshot: Snapshot) -> tuple[Rated, ...]:
    if not snapshot.ratings:
        return ()
    sources = Sources(snapshot.comparison, snapshot.statements.values(), snapshot.documents.values())
    return rated(snapshot.ratings, sources)


def ratings_of_agent(snapshot: Snapshot, entity: str) -> list[dict[str, Any]]:
    """Those that stand, the latest first."""
    return _shown(r for r in _rated(snapshot) if entity in r.agents)


def ratings_of_outlet(snapshot: Snapshot, name: str) -> list[dict[str, Any]]:
    """Those that stand on an outlet, under any form of its name, the latest first."""
    wanted = name_key(name)
    return _shown(r for r in _rated(snapshot) if wanted in {name_key(n) for n in (*r.names, r.rating.name)})


def _shown(found: Iterable[Rated]) -> list[dict[str, Any]]:
    standing = [r.rating for r in found if r.standing and r.rating.grade is not None]
    return [
        {"rating": rating, "grade": rating.grade.value, "words": RELIABILITY[rating.grade]}
        for rating in reversed(standing)
        if rating.grade is not None
    ]
