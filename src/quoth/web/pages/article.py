"""An article: its words with the statements marked in place, what was read in them, and the bytes that it came as."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from quoth.errors import NotFound
from quoth.ledger import JudgementRecord
from quoth.model import Act, Block, Document, Factuality, Span, Statement
from quoth.present import words
from quoth.present.people import JUDGED
from quoth.present.snippet import Piece as Shown
from quoth.present.snippet import edited
from quoth.web.correcting import Asked, filled
from quoth.web.desk import desk_of
from quoth.web.drawn.highlights import Piece, highlights, part_with, parts
from quoth.web.judged import OnRecord, on_record
from quoth.web.readings import ReadingView, reading_of
from quoth.web.rendering import page, path, see_other
from quoth.web.selection import Selection
from quoth.web.snapshot import Snapshot

router = APIRouter()

EDITS = 40
"""Changed paragraphs that are shown of a version."""


@router.get("/articles/{id}")
def article(request: Request, id: str) -> Response:
    return article_page(request, id, request.query_params.get("statement", ""))


@router.get("/articles/{id}/readings/{statement}")
def reading(request: Request, id: str, statement: str) -> Response:
    """The reading alone, for the page that is open."""
    return page(request, "reading.html.j2", wanted=None, **_viewed(request, id, statement))


@router.get("/articles/{id}/original")
def original(request: Request, id: str) -> Response:
    """The bytes as they came: never shown, always saved."""
    desk = desk_of(request)
    document = desk.ask(lambda case: case.document(id))
    data = desk.ask(lambda case: case.original(document.id))
    ending = PurePosixPath(document.file or "").suffix.lower()
    name = document.id[:8] + (ending if re.fullmatch(r"\.[a-z0-9]{1,5}", ending) else ".bin")
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return Response(data, media_type="application/octet-stream", headers=headers)


@router.get("/statements/{id}")
def permalink(request: Request, id: str) -> Response:
    """On to the article of a statement, with it chosen."""
    desk = desk_of(request)
    try:
        found = desk.snapshot().statement(id)
    except NotFound:
        found = desk.ask(lambda case: case.statement(id))  # of an earlier reading, or rejected
    short = desk.snapshot().short
    kept = {name: request.query_params[name] for name in ("as_of", "clock") if name in request.query_params}
    query = Selection.from_query(kept).query(statement=short(found.id))
    return see_other(f"{path('articles', short(found.document_id))}?{query}#s-{short(found.id)}")


def article_page(
    request: Request, id: str, statement: str = "", *, wanted: Asked | None = None, status: int = 200
) -> Response:
    """The article; `statement`: the beginning of the id of the chosen one; `wanted`: its form as it was sent."""
    return page(request, "article.html.j2", status=status, wanted=wanted, **_viewed(request, id, statement))


def _viewed(request: Request, id: str, chosen: str) -> dict[str, Any]:
    desk, selection = desk_of(request), Selection.from_query(request.query_params)
    snapshot = desk.snapshot(selection.as_of, selection.clock)
    document = snapshot.document(id)
    on = desk.ask(lambda case: on_record(case, document.id))
    marked = sorted((*on.standing, *on.rejected), key=lambda s: (s.content.hull.start, -s.content.hull.end, s.id))
    statement = on.statement(chosen) if chosen else None
    stretches = parts(document)
    number = part_with(stretches, statement.content.hull.start) if statement else _part(request, stretches)
    here = stretches[number] if stretches else None
    shown = [s for s in marked if here and here.overlaps(s.content.hull)]
    at = marked.index(statement) if statement else -1
    short = snapshot.short
    return {
        "document": document,
        "id": short(document.id),
        "head": _head(document, snapshot),
        "blocks": blocks(document, shown, here) if here else (),
        "part": (number + 1, len(stretches)),
        "labels": {s.id: Label(n, short(s.id), s, s in on.rejected) for n, s in enumerate(marked, 1)},
        "on": on,
        "chosen": _chosen(statement, snapshot, on) if statement else None,
        "previous": short(marked[at - 1].id) if statement and at > 0 else "",
        "next": short(marked[at + 1].id) if statement and at + 1 < len(marked) else "",
        "short": short,
        "judged": told(),
        **(judging_of(statement) if statement else {}),
    }


def judging_of(statement: Statement) -> dict[str, object]:
    """What the forms of a reading offer."""
    return {
        "filled": filled(statement),
        "acts": [(act.value, words.ACT[act]) for act in Act],
        "certainties": [(f.value, f"{words.CERTAINTY[f]} ({f.value})") for f in Factuality],
    }


def told() -> dict[str, str]:
    """Kinds of judgements in words."""
    return {kind.value: words for kind, words in JUDGED.items()}


def _part(request: Request, stretches: Sequence[Span]) -> int:
    asked = request.query_params.get("part", "1")
    number = int(asked) if re.fullmatch(r"[0-9]{1,6}", asked) else 1
    return min(max(number, 1), max(len(stretches), 1)) - 1


@dataclass(frozen=True, slots=True)
class Label:
    """A statement as the text refers to it."""

    number: int
    short: str
    statement: Statement
    is_rejected: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """A block of the article, or what stands between two, in pieces; `first`: the ids of those that begin in it."""

    kind: str
    pieces: tuple[Piece, ...]

    @property
    def first(self) -> tuple[str, ...]:
        return tuple(id for piece in self.pieces for id in piece.first)


def blocks(document: Document, statements: Sequence[Statement], within: Span) -> tuple[Stretch, ...]:
    """The part of the document in blocks; what is blank between two is left out."""
    inside = [Block(span, b.kind) for b in document.blocks if (span := _cut(b.span, within)) is not None]
    edges = {edge for block in inside for edge in (block.span.start, block.span.end)}
    pieces = highlights(document.text, statements, within, edges)
    kinds = {block.span.start: block for block in inside}
    found: list[tuple[str, list[Piece]]] = []
    until = -1
    for piece in pieces:
        block = kinds.get(piece.start)
        if block is not None:
            found.append((block.kind.value, []))
            until = block.span.end
        elif piece.start >= until:
            found.append(("between", []))
            until = len(document.text)
        found[-1][1].append(piece)
    stretches = (Stretch(kind, tuple(those)) for kind, those in found)
    return tuple(s for s in stretches if s.kind != "between" or "".join(p.text for p in s.pieces).strip())


def _cut(span: Span, within: Span) -> Span | None:
    start, end = max(span.start, within.start), min(span.end, within.end)
    return Span(start, end) if start < end else None


# ---------------------------------------------------------------- what stands above it


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRow:
    """A version of the article.  `edits`: what it changed in the one before it."""

    number: int
    short: str
    document: Document
    is_this: bool
    edits: tuple[tuple[Shown, ...], ...]
    more: int
    added: int
    removed: int
    corrections: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What is told of a document above its text."""

    title: str
    outlet: str
    link: str
    where: str
    relays: tuple[str, ...]
    notes: tuple[str, ...]
    versions: tuple[VersionRow, ...]


def title_of(document: Document) -> str:
    return document.title or document.file or document.url or "untitled"


def link_of(document: Document) -> str:
    """The address that it may be followed to; "" where it has none of the web."""
    url = document.url or ""
    return url if url.casefold().startswith(("https://", "http://")) else ""


def _head(document: Document, snapshot: Snapshot) -> Head:
    return Head(
        title=title_of(document),
        outlet=document.outlet or "",
        link=link_of(document),
        where=document.url or document.file or "",
        relays=tuple(relay.name for relay in document.relays),
        notes=tuple(
            note.message + (f" [{note.span.start}–{note.span.end})" if note.span else "") for note in document.notes
        ),
        versions=_versions(document, snapshot),
    )


def _versions(document: Document, snapshot: Snapshot) -> tuple[VersionRow, ...]:
    found = next((a for a in snapshot.articles if any(v.document == document.id for v in a.versions)), None)
    rows = []
    for number, version in enumerate(found.versions if found else (), 1):
        of = snapshot.documents[version.document]
        rows.append(
            VersionRow(
                number=number,
                short=snapshot.short(of.id),
                document=of,
                is_this=of.id == document.id,
                edits=tuple(edited(edit) for edit in version.edits[:EDITS]),
                more=max(0, len(version.edits) - EDITS),
                added=len(version.added),
                removed=len(version.removed),
                corrections=tuple(span.words(of.text) for span in version.corrections),
            )
        )
    return tuple(rows)


# ---------------------------------------------------------------- the one that is chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A statement that is looked at, with its reading and what was judged of it."""

    statement: Statement
    reading: ReadingView
    history: tuple[JudgementRecord, ...]
    decides: JudgementRecord | None
    undone: Mapping[str, JudgementRecord]
    is_rejected: bool
    reader: str
    again: str
    """The later version of the article that says it again."""


def _chosen(statement: Statement, snapshot: Snapshot, on: OnRecord) -> Chosen:
    latest = on.latest
    return Chosen(
        statement=statement,
        reading=reading_of(statement, snapshot),
        history=on.history(statement),
        decides=on.decides(statement),
        undone=on.undone,
        is_rejected=statement in on.rejected,
        reader=latest.reader if latest else "",
        again="" if statement in on.rejected or statement.id in snapshot.statements else _again(statement, snapshot),
    )


def _again(statement: Statement, snapshot: Snapshot) -> str:
    """The id of the article's last version, where a later one than the statement's is there."""
    for article in snapshot.articles:
        ids = [version.document for version in article.versions]
        if statement.document_id in ids[:-1]:
            return snapshot.short(ids[-1])
    return ""
