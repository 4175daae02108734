"""All articles of a case, a page at a time."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from quoth.model import Document
from quoth.names import fold
from quoth.web.desk import desk_of
from quoth.web.pages.article import title_of
from quoth.web.pages.board import choices
from quoth.web.paging import paged
from quoth.web.rendering import page
from quoth.web.selection import Selection, selected_statements
from quoth.web.snapshot import Snapshot

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An article in the list.  `matching`: how many of its statements the filters take, None without any;
    `version`: which one of its article it is, (0, 0) where it is the only one."""

    short: str
    title: str
    outlet: str
    published: datetime.date | None
    updated: datetime.date | None
    statements: int
    matching: int | None
    version: tuple[int, int]
    notes: int


SORTS: Mapping[str, str] = {
    "newest": "newest first",
    "oldest": "oldest first",
    "title": "by title",
    "outlet": "by outlet",
    "statements": "most statements first",
    "added": "last added first",
}


@router.get("/articles")
def articles(request: Request) -> Response:
    query = request.query_params
    desk, selection = desk_of(request), Selection.from_query(query)
    snapshot = desk.snapshot(selection.as_of, selection.clock)
    taken = selected_statements(desk, snapshot, selection)
    matching = None if taken is None else _counted(snapshot, taken)
    title, sort = query.get("title", "").strip(), query.get("sort", "newest")
    sort = sort if sort in SORTS else "newest"
    found = [d for d in snapshot.documents.values() if matching is None or d.id in matching]
    if title:
        wanted = fold(title)
        found = [d for d in found if wanted in fold(title_of(d))]
    _ORDER[sort](found, snapshot)
    shown = paged(found, query)
    versions = {v.document: (n, len(a.versions)) for a in snapshot.articles for n, v in enumerate(a.versions, 1)}
    return page(
        request,
        "articles.html.j2",
        rows=[_row(d, snapshot, matching, versions) for d in shown.items],
        shown=shown,
        selection=selection,
        choices=choices(snapshot),
        title=title,
        sort=sort,
        sorts=SORTS,
        total=len(snapshot.documents),
        address="/articles?" + selection.query(title=title, sort="" if sort == "newest" else sort),
    )


def _counted(snapshot: Snapshot, taken: frozenset[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for id in taken:
        document = snapshot.statements[id].document_id
        found[document] = found.get(document, 0) + 1
    return found


def _day(document: Document) -> datetime.date:
    return document.updated or document.published or datetime.date.min


_ORDER: Mapping[str, Callable[[list[Document], Snapshot], Any]] = {
    "newest": lambda found, _: found.sort(key=lambda d: (_day(d), d.id), reverse=True),
    "oldest": lambda found, _: found.sort(key=lambda d: (d.published or datetime.date.max, d.id)),
    "title": lambda found, _: found.sort(key=lambda d: (title_of(d).casefold(), d.id)),
    "outlet": lambda found, _: found.sort(key=lambda d: ((d.outlet or "\uffff").casefold(), _day(d), d.id)),
    "statements": lambda found, snapshot: found.sort(key=lambda d: (-len(snapshot.of_document[d.id]), d.id)),
    "added": lambda found, _: found.reverse(),
}


def _row(
    document: Document, snapshot: Snapshot, matching: Mapping[str, int] | None, versions: Mapping[str, tuple[int, int]]
) -> Row:
    return Row(
        short=snapshot.short(document.id),
        title=title_of(document),
        outlet=document.outlet or "",
        published=document.published,
        updated=document.updated,
        statements=len(snapshot.of_document[document.id]),
        matching=None if matching is None else matching.get(document.id, 0),
        version=versions.get(document.id, (0, 0)),
        notes=len(document.notes),
    )
