"""Adding articles: files that are dropped or chosen, a text that is pasted, addresses; and what becomes of them."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Mapping

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse
from starlette.concurrency import run_in_threadpool

from quoth.errors import QuothError
from quoth.web.guard import Role, require
from quoth.web.jobs import Job, Jobs, jobs_of
from quoth.web.orders import USUAL_LIMIT, order_of
from quoth.web.rendering import page, see_other
from quoth.web.uploads import Form, received

router = APIRouter()

LOOK = 0.25
"""Seconds between two looks at a job that is watched."""
ALIVE = 10.0
"""Seconds without news after which a sign of life is sent."""


@router.get("/add")
def add(request: Request, kind: str = "files") -> Response:
    require(request, Role.REVIEWER)
    return _form(request, {"kind": kind})


@router.post("/add")
async def adding(request: Request) -> Response:
    """Take the form to disk, and begin a job with it."""
    reader = require(request, Role.REVIEWER)
    jobs = jobs_of(request)
    folder = await run_in_threadpool(jobs.new_folder)
    form = Form()
    try:
        form = await received(request, folder)
        job = await run_in_threadpool(lambda: jobs.start(order_of(form, folder), reader.name))
    except QuothError as wrong:
        shutil.rmtree(folder, ignore_errors=True)
        return await run_in_threadpool(_form, request, form.fields, wrong)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return see_other(f"/add/{job.id}")


def _form(request: Request, fields: Mapping[str, str], wrong: QuothError | None = None) -> Response:
    kind = fields.get("kind", "files")
    view = {
        "fields": {"limit": str(USUAL_LIMIT), **fields},
        "kind": kind if kind in ("files", "text", "addresses") else "files",
        "wrong": wrong,
        "jobs": jobs_of(request).all(),
    }
    return page(request, "add.html.j2", status=400 if wrong is not None else 200, **view)


# -------------------------------------------------------------- a job


@router.get("/add/{id}")
def job(request: Request, id: str) -> Response:
    require(request, Role.REVIEWER)
    return page(request, "job.html.j2", job=jobs_of(request).job(id))


@router.post("/add/{id}/stop")
def stop(request: Request, id: str) -> Response:
    require(request, Role.REVIEWER)
    jobs_of(request).stop(id)
    return see_other(f"/add/{id}")


@router.get("/add/{id}/events")
async def events(request: Request, id: str) -> Response:
    """Server-sent events: each with the rows that are new and how the job stands, as HTML; its id is how many rows the
    browser has, so that it goes on from there after a break."""
    require(request, Role.REVIEWER)
    last = request.headers.get("last-event-id") or request.query_params.get("from", "0")
    seen = int(last[:9]) if last.isascii() and last[:9].isdigit() else 0
    return StreamingResponse(
        _told(request, jobs_of(request), jobs_of(request).job(id), seen), media_type="text/event-stream"
    )


async def _told(request: Request, jobs: Jobs, job: Job, seen: int) -> AsyncIterator[str]:
    yield "retry: 1000\n\n"
    shown, quiet = None, 0.0
    while not jobs.is_closed:
        over, new, state = job.is_over, len(job.events), job.figures
        if new > seen or state != shown or over:
            rows, status = await run_in_threadpool(_rendered, request, job, seen, new)
            seen, shown, quiet = new, state, 0.0
            yield f"id: {seen}\ndata: {json.dumps({'rows': rows, 'status': status, 'over': over})}\n\n"
            if over:
                return
        elif quiet > ALIVE:
            quiet = 0.0
            yield ": alive\n\n"
        await asyncio.sleep(LOOK)
        quiet += LOOK


def _rendered(request: Request, job: Job, seen: int, new: int) -> tuple[str, str]:
    rows = page(request, "job_rows.html.j2", events=job.events[seen:new])
    status = page(request, "job_status.html.j2", job=job)
    return bytes(rows.body).decode(), bytes(status.body).decode()
