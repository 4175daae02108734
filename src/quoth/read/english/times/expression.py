"""A time expression: where it stands, and what it means before it is set against any clock."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from quoth.read.dates import Description, TimeKind


@dataclass(frozen=True, slots=True)
class Told:
    """What an expression means in a history: seen from the day that was told of before it, and with that year."""

    day: datetime.date
    description: Description


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words [start, end) of a text that state a time: `text` is those words, `description` what they mean, not yet
    set against any clock.  The prepositions that belong to it stand in [start, core).  `told`: what it means in a
    text that is a history."""

    start: int
    end: int
    text: str
    kind: TimeKind
    description: Description
    core: int
    told: Told | None = None
