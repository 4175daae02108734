"""What is new since a day."""

from __future__ import annotations

import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from quoth.model import Clock
from quoth.present.wire import change_line
from quoth.web.api import shapes
from quoth.web.api.asking import MOST, USUAL, Day, Page, answer, page_of
from quoth.web.api.errors import BadRequest, refusals
from quoth.web.desk import desk_of

router = APIRouter(tags=["changes"])


class Since(BaseModel):
    """Between which days."""

    model_config = ConfigDict(extra="forbid")

    since: Day = Field(description="the first day that is new")
    until: Day | None = Field(None, description="the last day that counts; otherwise all")
    clock: Clock = Field(Clock.PUBLISHED, description="which day of a document counts")
    offset: int = Field(0, ge=0, le=10_000_000, description="how many to pass over")
    limit: int = Field(USUAL, ge=1, le=MOST, description="how many at most")


@router.get("/changes", response_model=Page[shapes.Change], responses=refusals())
def list_changes(request: Request, asked: Annotated[Since, Query()]) -> Response:
    """Disputes, who gives another answer than before, new answers, new questions, more origins behind known answers.

    Documents that have no day by that clock are left out.
    """
    from quoth.compare import changes

    if asked.since == datetime.date.min:
        raise BadRequest("there is no day before it", where="query since")
    desk = desk_of(request)
    before = desk.snapshot(asked.since - datetime.timedelta(1), asked.clock)
    after = desk.snapshot(asked.until or datetime.date.max, asked.clock)
    return answer(page_of(request, asked, changes(before.comparison, after.comparison), change_line))
