"""Review: the doubtful readings one at a time, the least sure first, each with its words in place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from quoth.ledger import JudgementRecord
from quoth.model import SPOKEN_BLOCKS, Document, Span, Statement
from quoth.web import queue
from quoth.web.correcting import Asked
from quoth.web.desk import Desk, desk_of
from quoth.web.doubtful import doubtful
from quoth.web.drawn.highlights import Piece, highlights, hull_of
from quoth.web.pages.article import judging_of, title_of, told
from quoth.web.pages.board import choices
from quoth.web.queue import Place, Queue
from quoth.web.readings import ReadingView, reading_of
from quoth.web.rendering import page
from quoth.web.selecting import selected
from quoth.web.selection import Selection
from quoth.web.snapshot import Snapshot

router = APIRouter()

AROUND = 1200
"""Characters of a long paragraph that are shown before and after the words of a statement."""
NEAR = 280
"""Characters of the paragraphs before and behind that are shown."""


@router.get("/review")
def review(request: Request) -> Response:
    query = request.query_params
    template = "review_item.html.j2" if query.get("only") == "item" else "review.html.j2"
    return item_page(request, query, at=None, template=template)


def address(query: Mapping[str, str], **more: str) -> str:
    """Of the queue, with its filters."""
    asked = kept(query, **more)
    return "/review" + (f"?{asked}" if asked else "")


def kept(query: Mapping[str, str], **more: str) -> str:
    """The filters of the queue as a query string, without the place in it."""
    limit = queue.limit_from(query.get("below", ""))
    below = {} if limit == queue.BELOW else {"below": f"{limit:g}"}
    return Selection.from_query(query).query(**below, **more)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A reading that is looked at, its words in place, and where it stands in the queue."""

    statement: Statement
    document: Document
    title: str
    reading: ReadingView
    pieces: tuple[Piece, ...]
    cut: tuple[bool, bool]
    lead: str
    tail: str
    place: str
    number: int
    before: str
    article: str
    judged: JudgementRecord | None


def item_page(
    request: Request,
    query: Mapping[str, str],
    *,
    at: Place | None,
    wanted: Asked | None = None,
    status: int = 200,
    template: str = "review.html.j2",
) -> Response:
    """The reading `at` a place, or the one that the query asks for: at a place, behind or before it, or the first."""
    desk, selection, limit = desk_of(request), Selection.from_query(query), queue.limit_from(query.get("below", ""))
    snapshot = desk.snapshot(selection.as_of, selection.clock)
    whole = doubtful(desk, snapshot).below(limit)
    chosen = whole.of(selected(desk, snapshot, selection).statement_ids)
    here = at or _place(chosen, query)
    item = _item(snapshot, chosen, here) if here else None
    return page(
        request,
        template,
        status=status,
        item=item,
        wanted=wanted,
        total=len(chosen),
        unfiltered=len(whole),
        limit=f"{limit:g}",
        selection=selection,
        choices=choices(snapshot),
        queue=kept(query),
        address=address(query),
        done=_done(desk, query.get("done", "")),
        after=query.get("after", ""),
        **(judging_of(item.statement) if item else {}),
        judged=told(),
    )


def _place(queued: Queue, query: Mapping[str, str]) -> Place | None:
    before = queue.read(query.get("before", ""))
    if before is not None:
        return queued.before(before) or queued.after(None)
    at = queue.read(query.get("at", ""))
    if at is not None:
        return queued.at(at)
    return queued.after(queue.read(query.get("after", "")))


def _item(snapshot: Snapshot, queued: Queue, place: Place) -> Item:
    statement = snapshot.statements[place[1]]
    document = snapshot.documents[statement.document_id]
    span, cut = passage(statement, document)
    lead, tail = around(span, document) if not any(cut) else ("", "")
    before = queued.before(place)
    return Item(
        statement=statement,
        document=document,
        title=title_of(document),
        reading=reading_of(statement, snapshot),
        pieces=highlights(document.text, [statement], span),
        cut=cut,
        lead=lead,
        tail=tail,
        place=queue.written(place),
        number=queued.number(place),
        before=queue.written(place) if before else "",
        article=snapshot.short(document.id),
        judged=next((j for j in reversed(snapshot.judgements) if j.standing and j.subject == statement.id), None),
    )


def passage(statement: Statement, document: Document) -> tuple[Span, tuple[bool, bool]]:
    """The paragraphs that a statement's words stand in, and whether they were cut before and after."""
    words = hull_of(statement)
    hull = statement.context.hull(words)
    for block in document.blocks:
        if block.span.overlaps(hull):
            hull = hull.hull(block.span)
    start, end = max(hull.start, words.start - AROUND), min(hull.end, words.end + AROUND)
    return Span(start, end), (start > hull.start, end < hull.end)


def around(span: Span, document: Document) -> tuple[str, str]:
    """The end of the paragraph before these words, and the beginning of the one behind."""
    spoken = [block.span for block in document.blocks if block.kind in SPOKEN_BLOCKS]
    before = next((s.words(document.text) for s in reversed(spoken) if s.end <= span.start), "")
    after = next((s.words(document.text) for s in spoken if s.start >= span.end), "")
    lead = before if len(before) <= NEAR else f"…{before[-NEAR:]}"
    return lead, after if len(after) <= NEAR else f"{after[:NEAR]}…"


def _done(desk: Desk, id: str) -> JudgementRecord | None:
    """What was judged just before."""
    if not id:
        return None
    return desk.ask(lambda case: next((j for j in case.judgements() if j.id == id), None))
