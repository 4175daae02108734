"""The map: the named places of a case with how much is said of them; a place with what is said."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from quoth.errors import NotFound
from quoth.web.desk import desk_of
from quoth.web.drawn.geography import Spot, drawn
from quoth.web.drawn.ground import SAID, countries
from quoth.web.drawn.projecting import Window
from quoth.web.pages.sources import by_time
from quoth.web.paging import paged
from quoth.web.rendering import page
from quoth.web.saying import alike, saying
from quoth.web.selection import Selection
from quoth.web.snapshot import Snapshot
from quoth.web.tallies.places import Named, places

router = APIRouter()

MOSTLY = 0.8
"""Share of the statements whose places the map shows at first, if those fit into a closer window than all do."""
STEP = 0.4
"""Part of the window's size by which a link moves it."""


@router.get("/map")
def map_of(request: Request) -> Response:
    selection, query = Selection.from_query(request.query_params), request.query_params
    snapshot = desk_of(request).snapshot(selection.as_of, selection.clock)
    named = list(places(snapshot).values())
    spots = [spot for place in named if (spot := place.spot) is not None]
    chosen = _chosen(snapshot, query.get("place", ""))
    window = window_of(query, spots, chosen.spot if chosen else None)
    shown = paged(named, query)
    return page(
        request,
        "map.html.j2",
        map=drawn(spots, window),
        window=window,
        moves=_moves(window, spots, query.get("place", "")),
        views=[("most", "where most is said"), ("places", "all places"), ("world", "the world")],
        view=_view(query),
        said=SAID,
        shown=shown,
        rows=[_row(place) for place in shown.items],
        total=len(named),
        placed=len(spots),
        chosen=chosen and _row(chosen),
        **_statements(snapshot, chosen, query),
    )


def _chosen(snapshot: Snapshot, key: str) -> Named | None:
    if not key:
        return None
    found = places(snapshot).get(key)
    if found is None:
        raise NotFound(f"no place of this case goes by {key!r}", remedy="the map lists all that are named")
    return found


def _statements(snapshot: Snapshot, chosen: Named | None, query: Mapping[str, str]) -> dict[str, Any]:
    """What is said of events at a place, in order of time."""
    if chosen is None:
        return {"sayings_shown": None, "groups": ()}
    said = sorted((snapshot.statements[id] for id in chosen.statements), key=lambda s: str(snapshot.said_on(s) or "9"))
    shown = paged(alike(snapshot, said), query, size=20, name="p")
    return {"sayings_shown": shown, "groups": by_time([saying(snapshot, group) for group in shown.items])}


def _row(place: Named) -> dict[str, Any]:
    country = countries().get(place.country or "")
    return {
        "place": place,
        "country": "" if country and country.name == place.name else country.name if country else place.country or "",
        "precision": place.precision.value if place.precision else "not in the gazetteer",
        "drawn": place.spot is not None,
    }


# ---------------------------------------------------------------- the window


def _view(query: Mapping[str, str]) -> str:
    if query.get("span"):
        return ""
    view = query.get("view", "")
    return view if view in {"world", "places", "most"} else "" if query.get("place") else "most"


def window_of(query: Mapping[str, str], spots: Sequence[Spot], chosen: Spot | None) -> Window:
    """The window that the query asks for: by its middle and span, by a view's name, or about the place chosen."""
    numbers = [_number(query.get(name, "")) for name in ("lon", "lat", "span")]
    if None not in numbers:
        lon, lat, span = (number for number in numbers if number is not None)
        return Window(lon, lat, span).fitted()
    match _view(query):
        case "world":
            return Window()
        case "places":
            return Window.around((s.longitude, s.latitude) for s in spots)
        case "":
            if chosen is not None:
                return Window(chosen.longitude, chosen.latitude, 16.0).fitted()
    return Window.around((s.longitude, s.latitude) for s in most_said(spots))


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def most_said(spots: Sequence[Spot]) -> list[Spot]:
    """The places that hold `MOSTLY` of all statements, nearest to the one with most of them."""
    if not spots:
        return []
    middle = max(spots, key=lambda spot: spot.statements)
    wanted = MOSTLY * sum(spot.statements for spot in spots)
    near = sorted(spots, key=lambda s: math.hypot(_turned(s, middle), s.latitude - middle.latitude))
    found: list[Spot] = []
    for spot in near:
        if sum(s.statements for s in found) >= wanted:
            break
        found.append(spot)
    return found


def _turned(a: Spot, b: Spot) -> float:
    """How far east one is of the other, in degrees as long as those of latitude; only to tell which is nearer."""
    return (a.longitude - b.longitude) * math.cos(math.radians((a.latitude + b.latitude) / 2))


def _moves(window: Window, spots: Sequence[Spot], place: str) -> list[tuple[str, str, dict[str, str]]]:
    """Links that zoom and move: a sign, what it does, and its query."""
    middle = max(spots, key=lambda spot: spot.statements, default=None)
    closer = window.zoomed(2)
    if window.is_world and middle is not None:
        closer = Window(middle.longitude, middle.latitude, closer.span).fitted()
    made = [("+", "closer", closer), ("−", "farther", window.zoomed(0.5))]
    if not window.is_world:
        made += [
            ("↑", "north", window.moved(0, STEP)),
            ("↓", "south", window.moved(0, -STEP)),
            ("←", "west", window.moved(-STEP, 0)),
            ("→", "east", window.moved(STEP, 0)),
        ]
    return [(sign, told, _query(to) | ({"place": place} if place else {})) for sign, told, to in made if to != window]


def _query(window: Window) -> dict[str, str]:
    if window.span is None:
        return {"view": "world"}
    return {"lon": f"{window.longitude:.2f}", "lat": f"{window.latitude:.2f}", "span": f"{window.span:.2f}"}
