"""Documents with their originals, and articles in their versions."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response

from quoth.finding import article_with
from quoth.web import lines
from quoth.web.api import own, records, shapes
from quoth.web.api.asking import AsOf, Beginning, Known, Now, Page, Paged, Reading, SelectedPage
from quoth.web.api.errors import READS, refusals
from quoth.web.selecting import selected
from quoth.web.snapshot import Snapshot

router = APIRouter(tags=["documents"])

BYTES: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/octet-stream": {}}, "description": "The bytes, as they came."}
}


@router.get("/documents", response_model=Page[records.Document], responses=READS | refusals(404))
def list_documents(request: Request, asked: Annotated[SelectedPage, Query()], known: Known = None) -> Response:
    """Publications that hold a selected statement, or all, in the order in which they were added."""
    reading = Reading(request, asked, known)
    return reading.page(lambda s: selected(reading.desk, s, asked.selection).documents, lines.document_line)


@router.get("/documents/{document}", response_model=records.Document, responses=READS | refusals(404))
def get_document(
    request: Request, document: Annotated[Beginning, Path()], asked: Annotated[AsOf, Query()], known: Known = None
) -> Response:
    """A publication without its text."""
    return Reading(request, asked, known).one(lambda s: lines.document_line(s, s.document(document)))


@router.get("/documents/{document}/text", response_model=own.Text, responses=READS | refusals(404))
def get_text_of_document(
    request: Request, document: Annotated[Beginning, Path()], asked: Annotated[AsOf, Query()], known: Known = None
) -> Response:
    """The text that all offsets count in, and what its stretches are for."""
    return Reading(request, asked, known).one(lambda s: lines.text_line(s.document(document)))


@router.get("/documents/{document}/statements", response_model=Page[shapes.Statement], responses=READS | refusals(404))
def list_statements_of_document(
    request: Request, document: Annotated[Beginning, Path()], asked: Annotated[Paged, Query()], known: Known = None
) -> Response:
    """What is said in it, in the order of its text."""
    reading = Reading(request, asked, known)
    return reading.page(lambda s: s.of_document[s.document(document).id], lines.statement_line)


@router.get("/documents/{document}/original", response_class=Response, responses={**BYTES, **refusals(404)})
def get_original_of_document(request: Request, document: Annotated[Beginning, Path()]) -> Response:
    """The bytes that it was made of, for saving; 404 where they are not kept."""
    reading = Reading(request, Now(), None)
    found = reading.snapshot.document(document)
    data = reading.desk.ask(lambda case: case.original(found.id))
    name = f'attachment; filename="{found.sha256}"'
    return Response(data, 200, {"Content-Disposition": name}, "application/octet-stream")


@router.get("/articles", response_model=Page[records.Article], responses=READS | refusals(404))
def list_articles(request: Request, asked: Annotated[SelectedPage, Query()], known: Known = None) -> Response:
    """What was published at one address in several versions, with what each of them changed."""
    reading = Reading(request, asked, known)
    return reading.page(lambda s: selected(reading.desk, s, asked.selection).articles, lines.article_line)


@router.get("/documents/{document}/versions", response_model=records.Article, responses=READS | refusals(404))
def get_versions_of_document(
    request: Request, document: Annotated[Beginning, Path()], asked: Annotated[AsOf, Query()], known: Known = None
) -> Response:
    """The article that it is a version of; 404 where it is there in one version only."""

    def line(s: Snapshot) -> lines.Line:
        wanted = s.document(document)
        return lines.article_line(s, article_with(s.articles, wanted.id, s.document))

    return Reading(request, asked, known).one(line)
