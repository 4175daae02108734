"""One utterance: through whom it reached each outlet, and the words of every report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from quoth.model import Link, Origin
from quoth.present import words
from quoth.present.layout import laying
from quoth.present.view import Evidence
from quoth.web.desk import desk_of
from quoth.web.drawn.tree import DESK, PHONE, Shown, draw, stops_of
from quoth.web.paging import paged
from quoth.web.rendering import page, path
from quoth.web.selection import Selection
from quoth.web.snapshot import Snapshot

router = APIRouter()

A_PAGE = 50
"""Reports whose words are on one page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of the tree in words: who had it from whom, in which report.  `child_at`, `parent_at`: addresses of the
    names' own pages, "" for names that have none."""

    parent: str
    parent_at: str
    child: str
    child_at: str
    report: Evidence | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A question that reports of the utterance answer."""

    short: str
    text: str


@router.get("/origins/{id}")
def origin(request: Request, id: str) -> Response:
    """The page of an utterance."""
    desk, selection = desk_of(request), Selection.from_query(request.query_params)
    snapshot = desk.snapshot(selection.as_of, selection.clock)
    found = snapshot.origin(id)
    lay = laying(
        snapshot.statements, snapshot.documents, snapshot.comparison.origin_of, snapshot.side_of, snapshot.short
    )
    part = paged(_in_order(found, snapshot), request.query_params, size=A_PAGE)
    steps = paged(_links(found.links), request.query_params, size=A_PAGE, name="steps")
    speaker = next((e for s in found.statements if (e := snapshot.comparison.speaker_of.get(s))), None)
    stops, crossing = stops_of(found.links, found.voice)
    shown = _shown(found, snapshot, speaker)
    return page(
        request,
        "origin.html.j2",
        origin=found,
        said=words.said(found.said),
        speaker=f"/sources/{snapshot.short(speaker)}" if speaker else "",
        side=next((side for s in found.statements if (side := snapshot.side_of.get(s))), ""),
        trees=[draw(stops, crossing, width, shown) for width in (DESK, PHONE)],
        answered=_answered(found, snapshot),
        part=part,
        reports=[lay(id) for id in part.items],
        steps=steps,
        links=[
            Step(
                parent=link.parent,
                parent_at=_own_page(link.parent, found, snapshot, speaker),
                child=link.child,
                child_at=_own_page(link.child, found, snapshot, speaker),
                report=lay(told) if (told := link.statement_id) and told in snapshot.statements else None,
            )
            for link in steps.items
        ],
        selection=selection,
    )


def _in_order(origin: Origin, snapshot: Snapshot) -> list[str]:
    """The statements of an utterance by day of publication, those of one document together."""

    def order(id: str) -> tuple[str, str, int]:
        statement = snapshot.statements[id]
        document = snapshot.documents[statement.document_id]
        return str(document.published or "9"), document.id, statement.content.hull.start

    return sorted((s for s in origin.statements if s in snapshot.statements), key=order)


def _links(links: Sequence[Link]) -> list[Link]:
    return sorted(links, key=lambda link: (link.document_id or "", link.statement_id or ""))


def _own_page(name: str, origin: Origin, snapshot: Snapshot, speaker: str | None) -> str:
    """Where a name of the tree has its own page, as the source that speaks or as an outlet; "" where it has none."""
    if name == origin.voice and speaker:
        return f"/sources/{snapshot.short(speaker)}"
    return path("outlets", name) if name and name in snapshot.outlets else ""


def _shown(origin: Origin, snapshot: Snapshot, speaker: str | None) -> dict[str, Shown]:
    """What is written in each name's box: the first day on which it had the words, in how many reports; and where it
    leads: to the report's words where there is one report, to all steps where there are several."""
    steps: dict[str, list[Link]] = {origin.voice: []}
    for link in origin.links:
        steps.setdefault(link.parent, [])
        steps.setdefault(link.child, []).append(link)
    return {name: _box(name, leading, origin, snapshot, speaker) for name, leading in steps.items()}


def _box(name: str, leading: list[Link], origin: Origin, snapshot: Snapshot, speaker: str | None) -> Shown:
    if name == origin.voice:
        said = words.said(origin.said)
        return Shown(said, _own_page(name, origin, snapshot, speaker) or "#reports", f"{name}, who said it: {said}")
    documents = [d for link in leading if (d := snapshot.documents.get(link.document_id or ""))]
    days = [document.published for document in documents if document.published]
    first = words.day(min(days)) if days else "date not known"
    told = words.count(len({document.id for document in documents}), "report")
    if len(leading) == 1 and leading[0].statement_id in snapshot.statements and documents:
        article, statement = snapshot.short(documents[0].id), snapshot.short(leading[0].statement_id or "")
        return Shown(
            f"{first} · {article}", f"/articles/{article}?statement={statement}", f"{name}, {first}: the article"
        )
    return Shown(f"{first} · {told}", "#reports", f"{name}, from {first}: {told}")


def _answered(origin: Origin, snapshot: Snapshot) -> list[Answered]:
    """The questions that the reports answer."""
    ids = dict.fromkeys(id for s in origin.statements for id in snapshot.answering.get(s, ()))
    return [Answered(short=snapshot.short(id), text=snapshot.questions[id].text) for id in ids]
