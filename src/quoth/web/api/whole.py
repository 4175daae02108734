"""The case as a whole: what it holds, what could not be read, where words are found, and files of any selection."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import Field

from quoth import __version__
from quoth.ledger import Counts
from quoth.model import Head
from quoth.names import fold
from quoth.web import lines
from quoth.web.api import own
from quoth.web.api.asking import AsOf, Known, Now, Page, PageNow, Reading, Searched, Selecting
from quoth.web.api.errors import READS, refusals
from quoth.web.desk import Desk
from quoth.web.exporting import Format, Kind, exported, file_name
from quoth.web.selecting import selected
from quoth.web.selection import Selection
from quoth.web.snapshot import Snapshot

router = APIRouter(tags=["case"])


@router.get("/case", response_model=own.Case, responses=READS | refusals())
def get_case(request: Request, asked: Annotated[Now, Query()], known: Known = None) -> Response:
    """What the case holds now, and its head."""
    reading = Reading(request, asked, known)

    def line(s: Snapshot) -> lines.Line:
        counts, head = _figures(reading.desk, s)
        return {
            "quoth": __version__,
            "revision": hashlib.sha256(s.revision.encode()).hexdigest()[:32],
            "counts": {
                "documents": counts.documents,
                "unread": counts.unread,
                "readings": counts.readings,
                "statements": counts.statements,
                "failures": counts.failures,
                "questions": len(s.headings),
                "disputed": sum(heading.disputes > 0 for heading in s.headings.values()),
                "origins": len(s.origins),
                "sources": len(s.entities),
            },
            "head": {"size": head.size, "root": head.root},
        }

    return reading.one(line)


def _figures(desk: Desk, snapshot: Snapshot) -> tuple[Counts, Head]:
    """What is counted in the case itself; kept with the snapshot."""
    held = vars(snapshot)
    if __name__ not in held:
        held[__name__] = desk.ask(lambda case: (case.counts(), case.head()))
    found: tuple[Counts, Head] = held[__name__]
    return found


@router.get("/failures", response_model=Page[own.Failure], responses=READS | refusals())
def list_failures(request: Request, asked: Annotated[PageNow, Query()], known: Known = None) -> Response:
    """All that could not be acquired or read, the latest first; some of it may have been read since."""
    return Reading(request, asked, known).page(lambda s: s.failures[::-1], lines.failure_line)


class Searching(AsOf):
    text: Annotated[Searched, Field(min_length=1)] = Field(description="words, as of the filter `text`")
    limit: int = Field(10, ge=1, le=50, description="how many of each kind at most")


@router.get("/search", response_model=own.Found, responses=READS | refusals())
def search(request: Request, asked: Annotated[Searching, Query()], known: Known = None) -> Response:
    """Where words are found: in questions, in statements, in names of sources, in titles and outlets of documents."""
    reading = Reading(request, asked, known)

    def line(s: Snapshot) -> lines.Line:
        found = selected(reading.desk, s, Selection(text=asked.text, as_of=asked.as_of, clock=asked.clock))
        wanted = f" {fold(asked.text)} "  # whole words
        statements, headings = found.statements, found.headings
        named = [e for e in s.entities.values() if _holds((e.name, *(alias.name for alias in e.aliases)), wanted)]
        titled = [d for d in s.documents.values() if _holds((d.title or "", d.outlet or ""), wanted)]
        top = asked.limit
        return {
            "questions": [lines.heading_line(s, heading) for heading in headings[:top]],
            "statements": [lines.statement_line(s, statement) for statement in statements[:top]],
            "sources": [{"id": e.id, "name": e.name, "side": e.side} for e in named[:top]],
            "documents": [lines.document_line(s, document) for document in titled[:top]],
            "totals": {
                "questions": len(headings),
                "statements": len(statements),
                "sources": len(named),
                "documents": len(titled),
            },
        }

    return reading.one(line)


def _holds(names: Iterable[str], wanted: str) -> bool:
    return any(wanted in f" {fold(name)} " for name in names)


class Exporting(Selecting):
    kind: Kind = Field(description="of what")
    format: Format = Field(Format.JSONL, description="lines of JSON, one array, or rows of a table")


FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "A file to save.",
        "content": {
            "text/csv": {"schema": {"type": "string"}},
            "application/x-ndjson": {"schema": {"type": "string"}},
            "application/json": {"schema": {"type": "array", "items": {"type": "object"}}},
        },
    }
}


@router.get("/export", response_class=Response, responses={**FILE, **refusals(404)})
def export(request: Request, asked: Annotated[Exporting, Query()]) -> Response:
    """Everything that is selected, as a file; lines are those of the lists, rows those of `--format csv`."""
    reading = Reading(request, asked, None)
    blocks = exported(selected(reading.desk, reading.snapshot, asked.selection), asked.kind, asked.format)
    name = file_name(asked.kind, asked.format, asked.selection)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(blocks, 200, headers, asked.format.media_type)
