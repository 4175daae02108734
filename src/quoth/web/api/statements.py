"""Statements, and the utterances that they report."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from quoth.errors import NotFound
from quoth.web import lines
from quoth.web.api import shapes
from quoth.web.api.asking import AsOf, Beginning, Known, Page, Reading, SelectedPage
from quoth.web.api.errors import READS, refusals
from quoth.web.selecting import selected
from quoth.web.snapshot import Snapshot

router = APIRouter(tags=["statements"])


@router.get("/statements", response_model=Page[shapes.Statement], responses=READS | refusals(404))
def list_statements(request: Request, asked: Annotated[SelectedPage, Query()], known: Known = None) -> Response:
    """Who said what, by document and place in it; with `dispute`, those that answer such a question."""
    reading = Reading(request, asked, known)
    return reading.page(lambda s: selected(reading.desk, s, asked.selection).statements, lines.statement_line)


@router.get("/statements/{statement}", response_model=shapes.Statement, responses=READS | refusals(404))
def get_statement(
    request: Request, statement: Annotated[Beginning, Path()], asked: Annotated[AsOf, Query()], known: Known = None
) -> Response:
    """One statement with its words."""
    return Reading(request, asked, known).one(lambda s: lines.statement_line(s, s.statement(statement)))


@router.get("/statements/{statement}/origin", response_model=shapes.Origin, responses=READS | refusals(404))
def get_origin_of_statement(
    request: Request, statement: Annotated[Beginning, Path()], asked: Annotated[AsOf, Query()], known: Known = None
) -> Response:
    """The utterance that the statement reports; 404 where its lineage is unknown, so that it counts as no origin."""

    def line(s: Snapshot) -> lines.Line:
        reporting = s.statement(statement)
        origin = s.comparison.origin_of.get(reporting.id)
        if origin is None:
            raise NotFound(f"where statement {reporting.id} comes from is unknown, so that it counts as no origin")
        return lines.origin_line(s, s.origins[origin])

    return Reading(request, asked, known).one(line)


@router.get("/origins", response_model=Page[shapes.Origin], responses=READS | refusals(404))
def list_origins(request: Request, asked: Annotated[SelectedPage, Query()], known: Known = None) -> Response:
    """Utterances of known lineage that a selected statement reports."""
    reading = Reading(request, asked, known)
    return reading.page(lambda s: selected(reading.desk, s, asked.selection).origins, lines.origin_line)


@router.get("/origins/{origin}", response_model=shapes.Origin, responses=READS | refusals(404))
def get_origin(
    request: Request, origin: Annotated[Beginning, Path()], asked: Annotated[AsOf, Query()], known: Known = None
) -> Response:
    """An utterance, its reports, and who had it from whom."""
    return Reading(request, asked, known).one(lambda s: lines.origin_line(s, s.origin(origin)))
