"""Questions with their answers, and the headings of questions."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field

from quoth.web import lines
from quoth.web.api import shapes
from quoth.web.api.asking import AsOf, Beginning, Known, Page, Reading, SelectedPage
from quoth.web.api.errors import READS, refusals
from quoth.web.selecting import selected

router = APIRouter(tags=["questions"])


class Whole(SelectedPage):
    limit: int = Field(10, ge=1, le=100, description="how many at most: a question can have very many relations")


@router.get("/questions", response_model=Page[shapes.Question], responses=READS | refusals(404))
def list_questions(request: Request, asked: Annotated[Whole, Query()], known: Known = None) -> Response:
    """Questions with all their answers, the most contested first; those that a selected statement answers."""
    reading = Reading(request, asked, known)
    return reading.page(lambda s: selected(reading.desk, s, asked.selection).questions, lines.question_line)


@router.get("/headings", response_model=Page[shapes.Heading], responses=READS | refusals(404))
def list_headings(request: Request, asked: Annotated[SelectedPage, Query()], known: Known = None) -> Response:
    """The same questions without their answers: how many answers, reports and origins each has."""
    reading = Reading(request, asked, known)
    return reading.page(lambda s: selected(reading.desk, s, asked.selection).headings, lines.heading_line)


@router.get("/questions/{question}", response_model=shapes.Question, responses=READS | refusals(404))
def get_question(
    request: Request, question: Annotated[Beginning, Path()], asked: Annotated[AsOf, Query()], known: Known = None
) -> Response:
    """One question with all its answers and how their statements relate."""
    return Reading(request, asked, known).one(lambda s: lines.question_line(s, s.question(question)))
