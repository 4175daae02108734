"""The doubtful readings of a case in the order in which they are reviewed: the least sure first."""

from __future__ import annotations

import bisect
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from quoth.errors import QuothError
from quoth.model import Footing, Statement

BELOW = 0.5
"""Confidence under which a reading is doubtful, unless a person asks for another."""

Place = tuple[float, str]
"""Where a reading stands in the order: its confidence and its id.  It stays when the reading leaves the queue."""


class BadPlace(QuothError):
    """What is no place in the queue, or no confidence."""

    code = "Q516"


@dataclass(frozen=True, slots=True)
class Queue:
    """Places, in order."""

    places: Sequence[Place]

    def __len__(self) -> int:
        return len(self.places)

    def after(self, place: Place | None) -> Place | None:
        """The one behind that place, which need not be in the queue any more; the first for None."""
        here = 0 if place is None else bisect.bisect_right(self.places, place)
        return self.places[here] if here < len(self.places) else None

    def at(self, place: Place) -> Place | None:
        """The one there, or else the next."""
        here = bisect.bisect_left(self.places, place)
        return self.places[here] if here < len(self.places) else None

    def before(self, place: Place) -> Place | None:
        here = bisect.bisect_left(self.places, place)
        return self.places[here - 1] if here else None

    def number(self, place: Place) -> int:
        """From 1, as if it were in the queue."""
        return bisect.bisect_left(self.places, place) + 1

    def below(self, limit: float) -> Queue:
        """Those whose confidence is less."""
        return Queue(self.places[: bisect.bisect_left(self.places, (limit, ""))])

    def of(self, ids: Collection[str] | None) -> Queue:
        """Those of these statements; all for None."""
        return self if ids is None else Queue([place for place in self.places if place[1] in ids])


def queue_of(statements: Iterable[Statement], judged: Collection[Footing]) -> Queue:
    """Of these statements, those on whose words nobody has judged."""
    documents = {footing.document_id for footing in judged}
    left = (s for s in statements if s.document_id not in documents or s.footing not in judged)
    return Queue(sorted(map(place_of, left)))


def place_of(statement: Statement) -> Place:
    return round(statement.confidence, 4), statement.id


def written(place: Place) -> str:
    """A place as an address has it: `0.4900-3f2a…`."""
    return f"{place[0]:.4f}-{place[1]}"


def read(words: str) -> Place | None:
    """The place that is written so; None for none.  Raises BadPlace."""
    if not words:
        return None
    found = re.fullmatch(r"([01]\.[0-9]{4})-([0-9a-f]{1,64})", words)
    if not found:
        raise BadPlace(f"{words!r} is no place in the queue", remedy="begin again at /review")
    return float(found[1]), found[2]


def limit_from(words: str) -> float:
    """The confidence under which a reading is doubtful, as a person writes it.  Raises BadPlace."""
    written = words.strip() or str(BELOW)
    if not re.fullmatch(r"0?\.[0-9]{1,4}|[01](\.0{1,4})?", written):
        raise BadPlace(f"{words!r} is no confidence", where="below", remedy="write a number from 0 to 1, as in 0.5")
    return float(written)
