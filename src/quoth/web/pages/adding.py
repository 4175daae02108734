"""Adding articles: files that are dropped or chosen, a text that is pasted, addresses; and what becomes of them."""

from __future__ import annotations

import asyncio
import datetime
import json
import shutil
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse
from starlette.concurrency import run_in_threadpool

from quoth.acquire.sent import Sent
from quoth.acquire.web.urls import looks_like_url, parse_url
from quoth.errors import BadAddress, QuothError
from quoth.web.guard import Role, require
from quoth.web.jobs import Job, Jobs, NothingToAdd, Order, jobs_of
from quoth.web.rendering import page, see_other
from quoth.web.uploads import Form, received

router = APIRouter()

GIVEN = ("outlet", "published", "title", "url", "language")
MOST_ADDRESSES = 500
USUAL_LIMIT = 50
"""New pages of a feed or sitemap, unless another number is given."""
LOOK = 0.25
"""Seconds between two looks at a job that is watched."""
ALIVE = 10.0
"""Seconds without news after which a sign of life is sent."""


class BadField(QuothError):
    """What was filled in does not fit."""

    code = "Q529"


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


def order_of(form: Form, folder: Path) -> Order:
    """What a form asks to be added.  Raises BadField, BadAddress, NothingToAdd."""
    fields = form.fields
    given = {name: " ".join(fields[name].split())[:2_000] for name in GIVEN if fields.get(name, "").strip()}
    _day(given.get("published"), "the day of publication")
    if (address := given.get("url")) is not None:
        parse_url(address)
    kind = fields.get("kind", "files")
    if kind == "text":
        return Order(sent=_pasted(fields.get("text", ""), folder), given=given, folder=folder)
    if kind == "addresses":
        addresses = fields.get("addresses", "").split()
        for address in addresses:
            if not looks_like_url(address):
                raise BadAddress("this is no address of the web", where=address[:200], remedy="begin it with https://")
            parse_url(address)
        if not addresses:
            raise NothingToAdd("there is no address", remedy="give one on each line")
        if len(addresses) > MOST_ADDRESSES:
            raise BadField(f"more than {MOST_ADDRESSES} addresses at once", remedy="add them in several parts")
        return Order(
            addresses=tuple(dict.fromkeys(addresses)), given=given, folder=folder,
            limit=_limit(fields.get("limit", "")), since=_day(fields.get("since", "").strip() or None, "the first day"),
        )  # fmt: skip
    return Order(sent=tuple(form.sent), left_out=tuple(form.left_out), given=given, folder=folder)


def _pasted(text: str, folder: Path) -> tuple[Sent, ...]:
    if not text.strip():
        raise NothingToAdd("there is no text", remedy="paste the article's words")
    path = folder / "pasted"
    path.write_text(text.replace("\r\n", "\n"), encoding="utf-8")
    return (Sent(path, "pasted text"),)


def _day(text: str | None, what: str) -> str | None:
    try:
        return datetime.date.fromisoformat(text).isoformat() if text else None
    except ValueError:
        raise BadField(f"{what} is no day", where=str(text)[:40], remedy="write it as 2024-03-04") from None


def _limit(text: str) -> int:
    text = text.strip()
    if text and not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= 10_000):
        raise BadField("how many pages is no number from 1 to 10,000", where=text[:40])
    return int(text[:9]) if text else USUAL_LIMIT


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
