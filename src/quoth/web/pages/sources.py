"""Who speaks: the list, and one source with all it said, what it changed, and through whom its words come."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from quoth.judging import OF_NAMES
from quoth.ledger import JudgementRecord
from quoth.model import AgentKind, Entity, Statement
from quoth.names import fold
from quoth.present import words
from quoth.web.desk import desk_of
from quoth.web.drawn.months import charted
from quoth.web.paging import paged
from quoth.web.ratings import GRADES, ratings_of_agent
from quoth.web.rendering import page
from quoth.web.saying import Saying, alike, saying
from quoth.web.selection import Selection, selected_statements
from quoth.web.snapshot import Snapshot
from quoth.web.tallies.press import UNNAMED
from quoth.web.tallies.voices import Source, by_month, called, ordered_aliases, relayers, sources, turns, unnamed

router = APIRouter()

TURNS = 25
"""Changes of mind shown at once; the page tells how many more there are."""

SORTED: Mapping[str, tuple[str, Any]] = {
    "statements": ("most statements", lambda s: -s.statements),
    "origins": ("most origins", lambda s: -s.origins),
    "questions": ("most questions", lambda s: -s.questions),
    "last": ("latest word", lambda s: -(s.last.toordinal() if s.last else 0)),
    "name": ("name", lambda s: s.entity.name.casefold()),
}


@router.get("/sources")
def index(request: Request) -> Response:
    selection, query = Selection.from_query(request.query_params), request.query_params
    snapshot = desk_of(request).snapshot(selection.as_of, selection.clock)
    name, kind, side = (query.get(field, "").strip() for field in ("name", "kind", "side"))
    order = query.get("sort", "") if query.get("sort", "") in SORTED else "statements"
    found = sources(snapshot)
    if name:
        ids = called(snapshot, name)
        found = tuple(s for s in found if s.entity.id in ids)
    found = tuple(s for s in found if kind in ("", s.entity.kind.value) and side in ("", s.entity.side or "none"))
    shown = paged(sorted(found, key=SORTED[order][1]), query)
    asked = {"name": name, "kind": kind, "side": side, "sort": order if order != "statements" else ""}
    return page(
        request,
        "sources.html.j2",
        shown=shown,
        rows=[_row(snapshot, source) for source in shown.items],
        asked=asked,
        kinds=[(k.value, words.KIND[k]) for k in AgentKind if any(s.entity.kind is k for s in sources(snapshot))],
        sides=sorted({s.entity.side for s in sources(snapshot) if s.entity.side}, key=str.casefold),
        orders=[(key, told) for key, (told, _) in SORTED.items()],
        total=len(sources(snapshot)),
        unnamed=sum(len(said) for _, said in unnamed(snapshot)),
        selection=selection,
    )


def _row(snapshot: Snapshot, source: Source) -> dict[str, Any]:
    return {"source": source, "entity": source.entity, "short": snapshot.short(source.entity.id)} | _told(source.entity)


def _told(entity: Entity) -> dict[str, str]:
    return {"kind": words.KIND[entity.kind], "role": entity.role or "", "country": entity.country or ""}


@router.get("/sources/unnamed")
def not_named(request: Request) -> Response:
    """What is said by nobody with a name, by article."""
    selection = Selection.from_query(request.query_params)
    snapshot = desk_of(request).snapshot(selection.as_of, selection.clock)
    shown = paged(unnamed(snapshot), request.query_params, size=20)
    rows = [
        {
            "document": snapshot.documents[id],
            "short": snapshot.short(id),
            "outlet": snapshot.documents[id].outlet or UNNAMED,
            "sayings": [saying(snapshot, (statement,)) for statement in said],
        }
        for id, said in shown.items
    ]
    total = sum(len(said) for _, said in unnamed(snapshot))
    return page(request, "unnamed.html.j2", shown=shown, rows=rows, total=total)


@router.get("/sources/{id}")
def source(request: Request, id: str) -> Response:
    desk, selection = desk_of(request), Selection.from_query(_with_month(request.query_params))
    snapshot = desk.snapshot(selection.as_of, selection.clock)
    entity = snapshot.entity(id)
    said = snapshot.spoken_by.get(entity.id, ())
    taken = selected_statements(desk, snapshot, selection)
    chosen = said if taken is None else tuple(s for s in said if s.id in taken)
    shown = paged(alike(snapshot, chosen), request.query_params)
    changed = turns(snapshot, entity.id)
    rows = [saying(snapshot, group) for group in shown.items]
    return page(
        request,
        "source.html.j2",
        entity=entity,
        short=snapshot.short(entity.id),
        told=_told(entity),
        counted=next((s for s in sources(snapshot) if s.entity.id == entity.id), None),
        selection=selection,
        shown=shown,
        groups=by_time(rows),
        acts=_acts(said),
        turns=[_turn(snapshot, turn) for turn in changed[:TURNS]],
        further=max(0, len(changed) - TURNS),
        relayers=relayers(snapshot, said),
        unknown=sum(s.id not in snapshot.comparison.origin_of for s in said),
        outlet_not_named=UNNAMED,
        chart=charted(by_month(snapshot, said)),
        aliases=ordered_aliases(entity),
        judged=_judged(snapshot, entity),
        others=[s.entity.name for s in sources(snapshot)[:200] if s.entity.id != entity.id],
        ratings=ratings_of_agent(snapshot, entity.id),
        grades=GRADES,
        rated=entity.name,
    )


def _with_month(query: Mapping[str, str]) -> dict[str, str]:
    """The query; a month "2031-03-01/2031-03-31" is taken as its first and last day."""
    since, _, until = query.get("month", "").partition("/")
    return {**query, "since": query.get("since") or since, "until": query.get("until") or until}


def by_time(rows: Sequence[Saying]) -> list[tuple[str, list[Saying]]]:
    """Sayings under the days on which they were made, in the order given."""
    named = ((words.day(row.day) if row.day else "Day not known", row) for row in rows)
    return [(day, [row for _, row in group]) for day, group in itertools.groupby(named, key=lambda entry: entry[0])]


def _acts(said: Sequence[Statement]) -> list[tuple[str, str, int]]:
    counts = Counter(s.act for s in said)
    return [(act.value, words.ACT[act], number) for act, number in counts.most_common()]


def _turn(snapshot: Snapshot, turn: Any) -> dict[str, Any]:
    relation = turn.relation
    return {
        "turn": turn,
        "question": snapshot.short(turn.question.id),
        "relation": words.RELATION[relation.type] if relation else "",
        "why": relation.why if relation else "",
        "before": _answer(snapshot, turn.before, turn.earlier),
        "after": _answer(snapshot, turn.after, turn.later),
    }


def _answer(snapshot: Snapshot, value: Any, statements: Sequence[str]) -> dict[str, Any]:
    return {
        "value": value,
        "spelled": words.spelled(value.value, value.text),
        "saying": saying(snapshot, (snapshot.statements[statements[0]],)),
        "more": len(statements) - 1,
    }


def _judged(snapshot: Snapshot, entity: Entity) -> list[JudgementRecord]:
    """What people judged of its names and still stands, the latest first."""
    own = {fold(name) for name in (entity.name, *(alias.name for alias in entity.aliases))}

    def found() -> Iterator[JudgementRecord]:
        for judgement in reversed(snapshot.judgements):
            names = {fold(judgement.subject), fold(judgement.object or "")}
            if judgement.standing and judgement.kind in OF_NAMES and names & own:
                yield judgement

    return list(found())
