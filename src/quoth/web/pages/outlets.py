"""Outlets and agencies: the list, and one with what it has at first hand, from whom it has the rest, and who has it
from here."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from quoth.errors import NotFound
from quoth.model import Origin
from quoth.present import words
from quoth.web.desk import desk_of
from quoth.web.paging import paged
from quoth.web.ratings import GRADES, ratings_of_outlet
from quoth.web.rendering import page, path
from quoth.web.saying import saying
from quoth.web.selection import Selection
from quoth.web.snapshot import Snapshot
from quoth.web.tallies.press import UNNAMED, Outlet, found, newest_first, outlet_key, outlets, ranked

router = APIRouter()

SORTED: Mapping[str, tuple[str, Any]] = {
    "statements": ("most statements", lambda o: -o.statements),
    "documents": ("most articles", lambda o: -len(o.documents)),
    "first": ("most told first or alone", lambda o: -len(o.first | o.only)),
    "gave": ("most often the source of others", lambda o: -_sum(o.gave_to)),
    "had": ("most had from others", lambda o: -_sum(o.had_from)),
    "unknown": ("most of unknown lineage", lambda o: -o.unknown),
    "name": ("name", lambda o: o.name.casefold()),
}

MEANS = (
    ("direct", "at first hand", "utterances that it reports with nobody named between the speaker and itself"),
    ("only", "nowhere else", "utterances that no other outlet of this case reports"),
    ("first", "first", "utterances that others report too, on a later day"),
    ("shared", "on the first day", "utterances that it and others report on the same day, and nobody earlier"),
    ("later", "later", "utterances that somebody else reported on an earlier day"),
    ("relayed", "from others", "utterances of which all its reports name somebody from whom it has them"),
)
"""Sets of utterances on an outlet's page: their key, what they are called, and what counts as one."""


def _sum(counts: Mapping[str, set[str]]) -> int:
    return sum(map(len, counts.values()))


@router.get("/outlets")
def index(request: Request) -> Response:
    selection, query = Selection.from_query(request.query_params), request.query_params
    snapshot = desk_of(request).snapshot(selection.as_of, selection.clock)
    name, order = query.get("name", "").strip(), query.get("sort", "")
    order = order if order in SORTED else "statements"
    wanted = outlet_key(name)
    every = outlets(snapshot)
    chosen = [o for key, o in every.items() if not name or wanted in key or name.casefold() in o.name.casefold()]
    shown = paged(sorted(chosen, key=SORTED[order][1]), query)
    return page(
        request,
        "outlets.html.j2",
        shown=shown,
        rows=[_row(outlet) for outlet in shown.items],
        asked={"name": name, "sort": order if order != "statements" else ""},
        orders=[(key, told) for key, (told, _) in SORTED.items()],
        outlets=sum(bool(o.documents) for o in every.values()),
        agencies=sum(not o.documents for o in every.values()),
    )


def _row(outlet: Outlet) -> dict[str, Any]:
    return {
        "outlet": outlet,
        "path": path("outlets", outlet.name),
        "first": len(outlet.first | outlet.only),
        "had": len(set().union(*outlet.had_from.values())),
        "gave": len(set().union(*outlet.gave_to.values())),
    }


@router.get("/outlets/{name:path}")
def outlet(request: Request, name: str) -> Response:
    selection, query = Selection.from_query(request.query_params), request.query_params
    snapshot = desk_of(request).snapshot(selection.as_of, selection.clock)
    one = found(snapshot, "" if name == UNNAMED else name)
    if one is None:
        raise NotFound(f"no outlet or agency of this case is called {name!r}", remedy="the list of outlets has all")
    lists = {key for key, _, _ in MEANS}
    listed = query.get("list", "")
    listed = listed if listed in lists else "" if one.documents else "relayed"
    origins: set[str] = getattr(one, listed) if listed else set()
    ordered: Sequence[Any] = _latest_first(snapshot, origins) if listed else newest_first(snapshot, one.documents)
    shown = paged(ordered, query)
    own = path("outlets", one.name)
    return page(
        request,
        "outlet.html.j2",
        outlet=one,
        own=own,
        listed=listed,
        means=[(key, told, what, len(getattr(one, key))) for key, told, what in MEANS],
        total=len(one.origins),
        undated=len(one.origins - one.first - one.shared - one.later - one.only),
        had_from=_names(snapshot, one.had_from),
        gave_to=_names(snapshot, one.gave_to),
        copied_from=_names(snapshot, one.copied_from),
        copied_by=_names(snapshot, one.copied_by),
        acts=[(act.value, words.ACT[act], n) for act, n in Counter(one.acts).most_common()],
        speakers=_speakers(snapshot, one),
        shown=shown,
        utterances=[_utterance(snapshot, one, origin) for origin in shown.items] if listed else (),
        articles=() if listed else [_article(snapshot, document) for document in shown.items],
        ratings=ratings_of_outlet(snapshot, one.name) if one.key else (),
        grades=GRADES,
    )


def _names(snapshot: Snapshot, counts: Any) -> list[dict[str, Any]]:
    every = outlets(snapshot)
    return [
        {"name": every[key].name, "path": path("outlets", every[key].name), "number": number}
        for key, number in ranked(counts)
        if key in every
    ]


def _speakers(snapshot: Snapshot, outlet: Outlet) -> list[dict[str, Any]]:
    """Whom it quotes most."""
    speaker_of = snapshot.comparison.speaker_of
    said = (s.id for id in outlet.documents for s in snapshot.of_document[id])
    counts = Counter(speaker_of[id] for id in said if id in speaker_of)
    most = sorted(counts.items(), key=lambda c: (-c[1], c[0]))[:15]
    return [{"entity": snapshot.entities[id], "short": snapshot.short(id), "number": n} for id, n in most]


def _latest_first(snapshot: Snapshot, origins: set[str]) -> list[Origin]:
    found = [snapshot.origins[id] for id in origins]
    return sorted(found, key=lambda o: (-(_day(snapshot, o) or datetime.date.min).toordinal(), o.voice, o.id))


def _day(snapshot: Snapshot, origin: Origin) -> datetime.date | None:
    known = origin.said and (origin.said.earliest or origin.said.latest)
    published = [day for id in origin.documents if (day := snapshot.documents[id].published)]
    return known or min(published, default=None)


def _utterance(snapshot: Snapshot, outlet: Outlet, origin: Origin) -> dict[str, Any]:
    """An utterance, in the words of the outlet's own report where it has one."""
    statements = [snapshot.statements[id] for id in origin.statements if id in snapshot.statements]
    own = [s for s in statements if s.document_id in set(outlet.documents)] or statements
    others = {snapshot.documents[id].outlet or UNNAMED for id in origin.documents} - {outlet.name}
    return {
        "saying": saying(snapshot, (own[0],)),
        "more": len(own) - 1,
        "reports": origin.reports,
        "others": sorted(others, key=str.casefold),
    }


def _article(snapshot: Snapshot, document: Any) -> dict[str, Any]:
    return {
        "document": document,
        "short": snapshot.short(document.id),
        "statements": len(snapshot.of_document[document.id]),
        "via": [relay.name for relay in document.relays],
    }
