"""What is told of a whole case: its outlets, the places it names, what was announced for when, doubtful readings."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from quoth.errors import NotFound
from quoth.web import lines
from quoth.web.api import own, shapes
from quoth.web.api.asking import AsOf, Known, Page, Paged, Reading, Searched, SelectedPage
from quoth.web.api.errors import READS, refusals
from quoth.web.doubtful import doubtful
from quoth.web.queue import BELOW
from quoth.web.selecting import selected
from quoth.web.snapshot import Snapshot
from quoth.web.tallies.calendar import chosen
from quoth.web.tallies.deadlines import Deadline, announced, became
from quoth.web.tallies.fates import Fate, Word
from quoth.web.tallies.places import Named, places
from quoth.web.tallies.press import Outlet, found, outlets, ranked

router = APIRouter()


# ---------------------------------------------------------------- outlets


class OfOutlet(AsOf):
    name: Searched = Field(description='in any form of it; "" for documents that name none')


@router.get("/outlets", response_model=Page[own.Outlet], responses=READS | refusals(), tags=["outlets"])
def list_outlets(request: Request, asked: Annotated[Paged, Query()], known: Known = None) -> Response:
    """Outlets and agencies, those with most statements first: what each has at first hand and what from whom."""
    return Reading(request, asked, known).page(lambda s: list(outlets(s).values()), _outlet_line)


@router.get("/outlet", response_model=own.Outlet, responses=READS | refusals(404), tags=["outlets"])
def get_outlet(request: Request, asked: Annotated[OfOutlet, Query()], known: Known = None) -> Response:
    """The outlet or agency of that name."""

    def line(s: Snapshot) -> lines.Line:
        outlet = found(s, asked.name)
        if outlet is None:
            raise NotFound(f"no outlet of this case is called {asked.name!r}")
        return _outlet_line(s, outlet)

    return Reading(request, asked, known).one(line)


def _outlet_line(snapshot: Snapshot, outlet: Outlet) -> lines.Line:
    names = outlets(snapshot)

    def shared(counts: dict[str, set[str]] | dict[str, int]) -> list[lines.Line]:
        return [{"key": key, "name": names[key].name, "number": number} for key, number in ranked(counts)]

    kinds = ("origins", "direct", "relayed", "only", "first", "shared", "later")
    return {
        "key": outlet.key,
        "name": outlet.name,
        "documents": outlet.documents,
        "statements": outlet.statements,
        "own_voice": outlet.own_voice,
        "unknown": outlet.unknown,
        "acts": {act.value: number for act, number in outlet.acts.items()},
        **{kind: len(getattr(outlet, kind)) for kind in kinds},
        "had_from": shared(outlet.had_from),
        "gave_to": shared(outlet.gave_to),
        "copied_from": shared(outlet.copied_from),
        "copied_by": shared(outlet.copied_by),
    }


# ---------------------------------------------------------------- places


@router.get("/places", response_model=Page[own.NamedPlace], responses=READS | refusals(), tags=["places"])
def list_places(request: Request, asked: Annotated[SelectedPage, Query()], known: Known = None) -> Response:
    """Named places at which an event of a selected statement is, with all their statements, those with most first."""
    reading = Reading(request, asked, known)

    def taken(s: Snapshot) -> list[Named]:
        ids = selected(reading.desk, s, asked.selection).statement_ids
        return [p for p in places(s).values() if ids is None or not ids.isdisjoint(p.statements)]

    return reading.page(taken, _place_line)


def _place_line(snapshot: Snapshot, place: Named) -> lines.Line:
    return {
        "key": place.key,
        "name": place.name,
        "country": place.country,
        "precision": place.precision.value if place.precision else None,
        "longitude": place.longitude,
        "latitude": place.latitude,
        "statements": list(place.statements),
        "origins": place.origins,
    }


# ---------------------------------------------------------------- deadlines


class When(StrEnum):
    AHEAD = "ahead"
    PAST = "past"


class OfDeadlines(Paged):
    became: Fate | None = Field(None, description="only those of which that is said, or of which nothing is")
    when: When | None = Field(None, description="only those ahead of today, or of the day `as_of`, or those past it")
    text: Searched = Field("", description="words of what is announced, for when, or of who announces it")
    month: Annotated[str, Field(pattern="^[0-9]{4}-[0-9]{2}$")] | None = Field(None, description="from this month on")

    @property
    def query(self) -> Mapping[str, str]:
        return {name: str(getattr(self, name) or "") for name in ("became", "when", "text", "month")}


@router.get("/deadlines", response_model=Page[own.Deadline], responses=READS | refusals(), tags=["deadlines"])
def list_deadlines(request: Request, asked: Annotated[OfDeadlines, Query()], known: Known = None) -> Response:
    """What was announced for when, by the time announced, and who says what became of it."""
    today = asked.as_of or datetime.date.today()
    reading = Reading(request, asked, known)
    return reading.page(lambda s: chosen(s, asked.query, today), lambda s, d: _deadline_line(s, d, today))


SAID = 100
"""Words on what became of a deadline that are told."""


def _deadline_line(snapshot: Snapshot, deadline: Deadline, today: datetime.date) -> lines.Line:
    told, number = became(snapshot, deadline, SAID)
    return {
        "id": deadline.id,
        "question": deadline.question,
        "event": deadline.event,
        "text": deadline.text,
        "earliest": _day(deadline.earliest),
        "latest": _day(deadline.latest),
        "precision": deadline.precision.value,
        "since": _day(deadline.since),
        "announced": [_word(word) for word in announced(snapshot, deadline)],
        "fates": [fate.value for fate in deadline.fates(today)],
        "last_fate": deadline.last_fate(today).value,
        "became": [
            {"fate": b.fate.value, "word": _word(b.word), "answer": b.answer, "phase": b.phase.value, "why": b.why}
            for b in told
        ],
        "said": number,
    }


def _word(word: Word) -> lines.Line:
    return {
        "voice": word.voice,
        "source": word.entity,
        "day": _day(word.day),
        "origin": word.origin,
        "statements": list(word.statements),
    }


def _day(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


# ---------------------------------------------------------------- the queue


class Doubtful(SelectedPage):
    below: Annotated[float, Field(ge=0, le=1)] = Field(BELOW, description="confidence under which it is doubtful")


@router.get("/queue", response_model=Page[shapes.Statement], responses=READS | refusals(), tags=["judgements"])
def list_doubtful(request: Request, asked: Annotated[Doubtful, Query()], known: Known = None) -> Response:
    """The doubtful readings that nobody has judged, the least sure first."""
    reading = Reading(request, asked, known)

    def waiting(s: Snapshot) -> list[str]:
        queue = doubtful(reading.desk, s).below(asked.below)
        return [id for _, id in queue.of(selected(reading.desk, s, asked.selection).statement_ids).places]

    return reading.page(waiting, lambda s, id: lines.statement_line(s, s.statements[id]))
