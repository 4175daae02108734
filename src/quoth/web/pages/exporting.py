"""Files of any filtered view: lines and rows to save, the brief, the timeline."""

from __future__ import annotations

import base64
import datetime
import hashlib
import re
from collections.abc import Mapping
from typing import TypeVar

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse

from quoth.errors import NotFound
from quoth.present.brief import brief_html, brief_markdown
from quoth.present.gather import unread
from quoth.present.timeline import timeline_svg
from quoth.web.briefing import MOST, brief_of, rests_on, timeline_of
from quoth.web.desk import desk_of
from quoth.web.exporting import Format, Kind, exported, file_name, things
from quoth.web.pages.board import choices, fresh_for
from quoth.web.rendering import page
from quoth.web.selecting import Selected, selected
from quoth.web.selection import BadFilter, Selection

router = APIRouter()

TITLE = "Who said what"
LONGEST = 200
"""Characters of a title."""
FORMS = ("html", "md")
_STYLE = re.compile("<style>(.*?)</style>", re.DOTALL)
T = TypeVar("T", Kind, Format)


@router.get("/export")
def export(request: Request) -> Response:
    """Without `kind` the page that offers files of what is selected; with it, the file."""
    found, query = _selected(request), request.query_params
    if not query.get("kind"):
        return _offer(request, found)
    kind, format = _one(Kind, "kind", query), _one(Format, "format", query, Format.CSV)
    return _saved(
        StreamingResponse(exported(found, kind, format), media_type=format.media_type),
        file_name(kind, format, found.selection),
    )


def _offer(request: Request, found: Selected) -> Response:
    counts = [(kind, name, len(things(found, kind))) for kind, name in _CALLED.items()]
    return page(
        request,
        "export.html.j2",
        selection=found.selection,
        choices=choices(found.snapshot),
        counts=counts,
        formats=[(format.value, _NAMES[format]) for format in Format],
        title=TITLE,
        longest=LONGEST,
        most=MOST,
    )


_CALLED = {
    Kind.STATEMENTS: "Statements",
    Kind.QUESTIONS: "Questions",
    Kind.ORIGINS: "Origins",
    Kind.SOURCES: "Sources",
    Kind.DOCUMENTS: "Articles",
    Kind.ARTICLES: "Versions",
}
_NAMES = {Format.CSV: "CSV", Format.JSONL: "JSON lines", Format.JSON: "JSON"}


@router.get("/brief")
def brief(request: Request) -> Response:
    """The brief of what is selected: one page of its own, to be read, printed or saved."""
    found, query = _selected(request), request.query_params
    form = query.get("format") or FORMS[0]
    if form not in FORMS:
        raise BadFilter(f"there is no {form!r}", where="format", remedy=f"one of: {', '.join(FORMS)}")
    title = query.get("title", "").strip()[:LONGEST] or TITLE
    head, failed = desk_of(request).ask(lambda case: (str(case.head()), unread(case) if _is_whole(found) else ()))
    made = datetime.datetime.now().astimezone().date()
    view, moments = brief_of(found, title=title, made=made, head=head, unread=failed)
    if form == "md":
        return _saved(Response(brief_markdown(view), media_type="text/markdown"), "quoth-brief.md", how="inline")
    html = brief_html(view, moments)
    return _saved(Response(html, headers=styled(html), media_type="text/html"), "quoth-brief.html", how="inline")


def _is_whole(found: Selected) -> bool:
    return found.selection.is_all and found.snapshot.as_of is None


def styled(html: str) -> Mapping[str, str]:
    """A policy that allows a page's own style sheet, by its hash, and nothing else."""
    sheets = " ".join(f"'sha256-{_digest(sheet)}'" for sheet in _STYLE.findall(html))
    policy = f"default-src 'none'; style-src {sheets}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    return {"Content-Security-Policy": policy}


def _digest(sheet: str) -> str:
    return base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()


@router.get("/timeline.svg")
def timeline(request: Request) -> Response:
    """Who gave which answer to the selected questions, when."""
    found = _selected(request)
    moments = timeline_of(rests_on(found))
    if moments.days is None:
        raise NotFound("there is nothing to draw: no selected question has an utterance with a date")
    return _saved(Response(timeline_svg(moments), media_type="image/svg+xml"), "quoth-timeline.svg", how="inline")


# ---------------------------------------------------------------- what they have in common


def _selected(request: Request) -> Selected:
    desk, selection = desk_of(request), Selection.from_query(request.query_params)
    snapshot = desk.snapshot(selection.as_of, selection.clock)
    fresh = fresh_for(request, snapshot, selection) if selection.changed else ()
    return selected(desk, snapshot, selection, fresh)


def _one(of: type[T], name: str, query: Mapping[str, str], usual: T | None = None) -> T:
    given = query.get(name, "")
    if not given and usual is not None:
        return usual
    try:
        return of(given)
    except ValueError:
        raise BadFilter(f"there is no {given!r}", where=name, remedy=f"one of: {', '.join(of)}") from None


def _saved(answer: Response, name: str, *, how: str = "attachment") -> Response:
    answer.headers["Content-Disposition"] = f'{how}; filename="{name}"'
    return answer
