"""Who says it: agents across the case."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from quoth.web import lines
from quoth.web.api import records, shapes
from quoth.web.api.asking import AsOf, Beginning, Known, Page, Paged, Reading, SelectedPage
from quoth.web.api.errors import READS, refusals
from quoth.web.selecting import selected

router = APIRouter(tags=["sources"])


@router.get("/sources", response_model=Page[records.Entity], responses=READS | refusals(404))
def list_sources(request: Request, asked: Annotated[SelectedPage, Query()], known: Known = None) -> Response:
    """Who is who: those who make a selected statement, or all that have a name, each under all names."""
    reading = Reading(request, asked, known)
    return reading.page(lambda s: selected(reading.desk, s, asked.selection).sources, lines.entity_line)


@router.get("/sources/{source}", response_model=records.Entity, responses=READS | refusals(404))
def get_source(
    request: Request, source: Annotated[Beginning, Path()], asked: Annotated[AsOf, Query()], known: Known = None
) -> Response:
    """One agent, with what each of its names rests on."""
    return Reading(request, asked, known).one(lambda s: lines.entity_line(s, s.entity(source)))


@router.get("/sources/{source}/statements", response_model=Page[shapes.Statement], responses=READS | refusals(404))
def list_statements_of_source(
    request: Request, source: Annotated[Beginning, Path()], asked: Annotated[Paged, Query()], known: Known = None
) -> Response:
    """Everything that it said, in order of time."""
    reading = Reading(request, asked, known)
    return reading.page(lambda s: s.spoken_by.get(s.entity(source).id, ()), lines.statement_line)
