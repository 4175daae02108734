"""What people judge and rate: listed, and written down."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from quoth.case import Case
from quoth.errors import NotFound
from quoth.ledger import JudgementRecord
from quoth.present import wire
from quoth.web import lines
from quoth.web.api import asked as sent
from quoth.web.api import own, records
from quoth.web.api.asking import Beginning, Known, Now, Page, PageNow, Reading, answer
from quoth.web.api.errors import READS, refusals
from quoth.web.desk import Desk, desk_of
from quoth.web.guard import Role, require
from quoth.web.snapshot import Snapshot

router = APIRouter(tags=["judgements"])


@router.get("/judgements", response_model=Page[records.Judgement], responses=READS | refusals())
def list_judgements(request: Request, asked: Annotated[PageNow, Query()], known: Known = None) -> Response:
    """All that people judged, the latest first; `standing`: it counts; `rests`: it changes nothing at present."""
    reading = Reading(request, asked, known)

    def latest_first(s: Snapshot) -> list[JudgementRecord]:
        return list(reversed(s.judgements))

    if reading.is_known:
        return reading.unchanged()
    resting = _resting(reading.desk, reading.snapshot)
    return reading.page(latest_first, lambda s, judgement: lines.judgement_line(judgement, resting))


@router.get("/judgements/{judgement}", response_model=records.Judgement, responses=READS | refusals(404))
def get_judgement(
    request: Request, judgement: Annotated[Beginning, Path()], asked: Annotated[Now, Query()], known: Known = None
) -> Response:
    """One judgement."""
    reading = Reading(request, asked, known)

    def line(s: Snapshot) -> lines.Line:
        wanted = judgement.strip().lower()
        found = [j for j in s.judgements if wanted and j.id.startswith(wanted)]
        if len(found) != 1:
            raise NotFound(f"{len(found) or 'no'} judgements have ids that begin with {judgement!r}")
        return lines.judgement_line(found[0], _resting(reading.desk, s))

    return reading.one(line)


@router.post("/judgements", status_code=201, response_model=own.Judgements, responses=refusals(400, 404, 409, 413))
def judge(request: Request, body: sent.Judgement) -> Response:
    """Write down what you judge, under your name; what was read stays, and the judgement decides what is shown.

    Takes the role of a reviewer.  It can be withdrawn.
    """
    by = require(request, Role.REVIEWER).name

    def work(case: Case) -> list[lines.Line]:
        judged = case.review(body.kind, *body.subjects, by=by, note=body.note, **body.should_be)
        resting = case.resting()
        return [lines.judgement_line(judgement, resting) for judgement in judged]

    return answer({"judgements": desk_of(request).change(work)}, 201)


def _resting(desk: Desk, snapshot: Snapshot) -> frozenset[str]:
    return desk.ask(lambda case: case.resting()) if snapshot.judgements else frozenset()


@router.get("/ratings", response_model=Page[records.Rating], responses=READS | refusals())
def list_ratings(request: Request, asked: Annotated[PageNow, Query()], known: Known = None) -> Response:
    """How reliable people hold sources, the latest first; of those on one source and topic the last stands."""
    reading = Reading(request, asked, known)
    return reading.page(lambda s: s.rated[::-1], lines.rating_line)


@router.post("/ratings", status_code=201, response_model=records.Rating, responses=refusals(400, 404, 409, 413))
def rate(request: Request, body: sent.Rating) -> Response:
    """Write down how reliable you hold a source, by the Admiralty code.  Takes the role of a reviewer."""
    by = require(request, Role.REVIEWER).name
    rated = desk_of(request).change(
        lambda case: case.rate(body.name, body.grade, topic=body.topic, by=by, note=body.note)
    )
    return answer(wire.rating_line(rated), 201)
