"""The named places of a case, as events in it name them: at gazetteer precision and no finer."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from quoth.model import Place, PlacePrecision
from quoth.names import fold
from quoth.web.drawn.geography import Spot
from quoth.web.once import once
from quoth.web.snapshot import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A place, the statements of which an event is there (in order of recording), and how many utterances these report.

    Without coordinates it is listed and not drawn: the gazetteer has none, or it is only described.
    """

    key: str
    name: str
    country: str | None
    precision: PlacePrecision | None
    longitude: float | None
    latitude: float | None
    statements: tuple[str, ...]
    origins: int

    @property
    def spot(self) -> Spot | None:
        """What is drawn of it."""
        if self.longitude is None or self.latitude is None:
            return None
        return Spot(
            key=self.key,
            name=self.name,
            country=self.country,
            precision=self.precision,
            longitude=self.longitude,
            latitude=self.latitude,
            statements=len(self.statements),
            origins=self.origins,
        )


@once
def places(snapshot: Snapshot) -> dict[str, Named]:
    """All places by key, those with most statements first."""
    named: defaultdict[tuple[str, str], dict[int, None]] = defaultdict(dict)
    for place in _all(snapshot):
        if place.geonames is not None:
            named[_called(place)][place.geonames] = None
    first: dict[str, Place] = {}
    statements: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for id, statement in snapshot.statements.items():
        for event in statement.events:
            if event.place is not None:
                key = _key(event.place, named)
                statements[key][id] = None
                known = first.setdefault(key, event.place)
                if known.latitude is None and event.place.latitude is not None:
                    first[key] = event.place
    made = [_named(snapshot, key, place, tuple(statements[key])) for key, place in first.items()]
    return {p.key: p for p in sorted(made, key=lambda p: (-len(p.statements), p.name.casefold(), p.key))}


def _all(snapshot: Snapshot) -> list[Place]:
    return [e.place for s in snapshot.statements.values() for e in s.events if e.place is not None]


def _called(place: Place) -> tuple[str, str]:
    return fold(place.name) or place.name, place.country or ""


def _key(place: Place, named: dict[tuple[str, str], dict[int, None]]) -> str:
    """Its number in the gazetteer; that of the only one that is called so there; else what it is called."""
    if place.precision is PlacePrecision.DESCRIBED:
        return f"described {fold(place.name) or place.name}"
    numbers = named.get(_called(place), {})
    if place.geonames is not None:
        return str(place.geonames)
    if len(numbers) == 1:
        return str(next(iter(numbers)))
    return " ".join(filter(None, _called(place)))


def _named(snapshot: Snapshot, key: str, place: Place, statements: tuple[str, ...]) -> Named:
    origin_of = snapshot.comparison.origin_of
    return Named(
        key=key,
        name=place.name,
        country=place.country,
        precision=place.precision,
        longitude=place.longitude,
        latitude=place.latitude,
        statements=statements,
        origins=len({origin_of[s] for s in statements if s in origin_of}),
    )
