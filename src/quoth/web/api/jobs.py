"""Articles that are added: jobs that begin, go on behind the interface's back, and can be stopped."""

from __future__ import annotations

import shutil
from pathlib import Path as File
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Path, Query, Request, Response
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from quoth.web.api import own
from quoth.web.api.asked import Sent
from quoth.web.api.asking import Day, Now, Page, PageNow, answer, page_of
from quoth.web.api.errors import refusals
from quoth.web.guard import Role, require
from quoth.web.jobs import Job, jobs_of
from quoth.web.lines import Line
from quoth.web.orders import GIVEN, MOST_ADDRESSES, USUAL_LIMIT, order_of
from quoth.web.uploads import Form, received

router = APIRouter(tags=["jobs"])

Told = Annotated[str, Field(min_length=1, max_length=2000, pattern=r"^[^\x00]*\S[^\x00]*$")]


JobId = Annotated[str, Path(pattern="^[0-9a-f]{1,32}$")]


class Known(Sent):
    """What is known of what is added; it comes before what the articles say of themselves."""

    outlet: Told | None = None
    published: Day | None = None
    title: Told | None = None
    url: Told | None = Field(None, description="where it was published")
    language: Told | None = Field(None, description="as in: en")


class AText(Known):
    """One article, as words."""

    kind: Literal["text"]
    text: Annotated[str, Field(min_length=1, max_length=1_000_000, pattern=r"\S")]


class Addresses(Known):
    """Pages, feeds and sitemaps of the web, which are asked for as politely as by `quoth add`."""

    kind: Literal["addresses"]
    addresses: Annotated[list[Told], Field(min_length=1, max_length=MOST_ADDRESSES)]
    limit: Annotated[int, Field(strict=True, ge=1, le=10_000)] = Field(
        USUAL_LIMIT, description="new pages of a feed or sitemap"
    )
    since: Day | None = Field(None, description="only pages that a feed or sitemap dates so, or later")


FILES: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["files"],
                    "properties": {
                        **{name: {"type": "string"} for name in GIVEN},
                        "files": {
                            "type": "array",
                            "items": {"type": "string", "format": "binary"},
                            "description": "articles, archives, or a documents.json that tells of the others",
                        },
                    },
                }
            }
        },
    }
}


class After(Now):
    after: int = Field(0, ge=0, le=1_000_000, description="events to pass over: those that are known already")


@router.get("/jobs", response_model=Page[own.Job], responses=refusals())
def list_jobs(request: Request, asked: Annotated[PageNow, Query()]) -> Response:
    """All jobs since the desk was opened, the newest first.  Takes the role of a reviewer, as all of jobs."""
    require(request, Role.REVIEWER)
    return answer(page_of(request, asked, jobs_of(request).all(), job_line))


@router.get("/jobs/{job}", response_model=own.Job, responses=refusals(404))
def get_job(request: Request, job: JobId, asked: Annotated[After, Query()]) -> Response:
    """How a job stands, with what became of its documents."""
    require(request, Role.REVIEWER)
    return answer(job_line(jobs_of(request).job(job), after=asked.after))


@router.post("/jobs", status_code=201, response_model=own.Job, responses=refusals(400, 408, 413, 429))
def add(request: Request, body: Annotated[AText | Addresses, Body(discriminator="kind")]) -> Response:
    """Add an article as words, or what is published at addresses.  429 where too many wait already."""
    by, jobs = require(request, Role.REVIEWER).name, jobs_of(request)
    folder = jobs.new_folder()
    try:
        return answer(job_line(jobs.start(order_of(Form(fields=_fields(body)), folder), by)), 201)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _fields(body: AText | Addresses) -> dict[str, str]:
    """As the form of the page has them."""
    plain = body.model_dump(mode="json", exclude_none=True)
    if isinstance(body, Addresses):
        plain["addresses"] = "\n".join(body.addresses)
    return {name: str(value) for name, value in plain.items()}


@router.post(
    "/jobs/files", status_code=201, response_model=own.Job, responses=refusals(400, 408, 413, 429), openapi_extra=FILES
)
async def add_files(request: Request) -> Response:
    """Add files, whatever their names; each may be of 100 MB."""
    by, jobs = require(request, Role.REVIEWER).name, jobs_of(request)
    folder: File = await run_in_threadpool(jobs.new_folder)
    try:
        form = await received(request, folder)
        form.fields["kind"] = "files"
        job = await run_in_threadpool(lambda: jobs.start(order_of(form, folder), by))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return answer(job_line(job), 201)


@router.post("/jobs/{job}/stop", response_model=own.Job, responses=refusals(404))
def stop(request: Request, job: JobId) -> Response:
    """End a job; what was written down until then stays."""
    require(request, Role.REVIEWER)
    jobs_of(request).stop(job)
    return answer(job_line(jobs_of(request).job(job)))


def job_line(job: Job, after: int | None = None) -> Line:
    """Events only from `after` on."""
    told = len(job.events)
    return {
        "id": job.id,
        "title": job.title,
        "by": job.by,
        "state": job.state.value,
        "begun": job.begun.isoformat(),
        "done": job.done,
        "total": job.total,
        "statements": job.statements,
        "counts": dict(job.counts),
        "problem": job.problem,
        "events": [] if after is None else [_event(event) for event in job.events[after:told]],
        "told": told,
        "untold": job.untold,
    }


def _event(event: dict[str, Any]) -> Line:
    return {
        "where": event.get("where"),
        "outcome": event.get("outcome"),
        "document": event["document"],
        "statements": event["statements"],
        "error": event["error"],
        "remarks": event["remarks"],
        "note": event.get("text"),
    }
