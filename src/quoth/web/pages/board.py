"""The questions board: every question with its values as bars, the most contested first."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from quoth.model import Act, Factuality, Heading, Question, Value
from quoth.present import words
from quoth.present.standing import verdict
from quoth.web.desk import Desk, desk_of
from quoth.web.guard import reader_of
from quoth.web.paging import paged
from quoth.web.rendering import page, see_other
from quoth.web.seen import News, Seen, news
from quoth.web.selecting import selected
from quoth.web.selection import Selection
from quoth.web.snapshot import Snapshot

router = APIRouter()

SHOWN = 4
"""Values of a question on the board; it tells how many more there are."""
WIDEST = 20
"""Origins up to which a bar is drawn one box each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A value: how many utterances stand behind it, how many reports of unknown lineage, how many voices."""

    text: str
    spelled: str
    label: str
    certainty: str
    code: str
    origins: int
    unknown: int
    reports: int
    voices: int
    shown: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A question on the board.  `matching`: how many of its statements the filters take, None without any."""

    id: str
    short: str
    text: str
    slot: str
    verdict: str
    heading: Heading
    state: str
    news: News | None
    asked: bool
    last: datetime.date | None
    matching: int | None
    bars: tuple[Bar, ...]
    more: int


@router.get("/")
def board(request: Request) -> Response:
    desk, selection = desk_of(request), Selection.from_query(request.query_params)
    snapshot = desk.snapshot(selection.as_of, selection.clock)
    fresh = fresh_for(request, snapshot, selection)
    found = selected(desk, snapshot, selection, fresh)
    shown = paged(found.headings, request.query_params)
    return page(
        request,
        "board.html.j2",
        selection=selection,
        rows=[row(snapshot, heading, found.fitting, fresh.get(heading.id)) for heading in shown.items],
        shown=shown,
        counts=_counts(snapshot, fresh),
        choices=choices(snapshot),
        days=_days(snapshot, desk),
    )


@router.post("/seen")
def seen_all(request: Request) -> Response:
    """The reader has seen all that is new."""
    snapshot = desk_of(request).snapshot()
    seen_of(request).all(reader_of(request).name, snapshot.headings.values())
    return see_other("/")


@router.get("/behind")
def behind(request: Request) -> dict[str, bool]:
    """Whether what the pages show is from before the last change."""
    return {"behind": desk_of(request).is_behind}


def seen_of(request: Request) -> Seen:
    seen: Seen = request.app.state.seen
    return seen


def fresh_for(request: Request, snapshot: Snapshot, selection: Selection) -> Mapping[str, News]:
    """Question → what is new about it for the reader; nothing is on an earlier day."""
    if selection.as_of is not None:
        return {}
    before = seen_of(request).by(reader_of(request).name, snapshot.headings)
    told = ((id, news(before.get(id), heading)) for id, heading in snapshot.headings.items())
    return {id: what for id, what in told if what is not None}


def row(snapshot: Snapshot, heading: Heading, taken: frozenset[str] | None, fresh: News | None) -> Row:
    """A question as the board shows it."""
    question = snapshot.questions[heading.id]
    ordered = sorted(question.values, key=lambda value: (-len(value.origins), -len(value.documents)))
    statements = {s for value in question.values for s in value.statements}
    return Row(
        id=heading.id,
        short=snapshot.short(heading.id),
        text=heading.text,
        slot=words.SLOT[heading.slot],
        verdict=verdict(heading),
        heading=heading,
        state=state(heading),
        news=fresh,
        asked=question.asked,
        last=_last(question),
        matching=None if taken is None else len(statements & taken),
        bars=tuple(_bar(snapshot, value, taken) for value in ordered[:SHOWN]),
        more=max(0, len(ordered) - SHOWN),
    )


def state(heading: Heading) -> str:
    """The class under which a question's state is drawn."""
    marks = (("disputed", heading.disputes), ("tension", heading.tensions), ("moved", heading.replaced))
    return next((name for name, there in marks if there), "calm")


def _bar(snapshot: Snapshot, value: Value, taken: frozenset[str] | None) -> Bar:
    unknown = {snapshot.statements[s].document_id for s in value.statements if s not in snapshot.comparison.origin_of}
    return Bar(
        text=value.text,
        spelled=words.spelled(value.value, value.text),
        label=value.label or "",
        certainty=words.CERTAINTY[value.factuality],
        code=value.factuality.value,
        origins=len(value.origins),
        unknown=len(unknown),
        reports=len(value.documents),
        voices=len(value.voices),
        shown=taken is None or any(s in taken for s in value.statements),
    )


def _last(question: Question) -> datetime.date | None:
    return max((value.latest_said for value in question.values if value.latest_said), default=None)


@dataclass(frozen=True, slots=True)
class Counts:
    """What the board's heading says of the whole case."""

    questions: int
    disputed: int
    changed: int
    documents: int
    statements: int
    origins: int
    failures: int


def _counts(snapshot: Snapshot, fresh: Mapping[str, News]) -> Counts:
    return Counts(
        questions=len(snapshot.headings),
        disputed=sum(h.disputes > 0 for h in snapshot.headings.values()),
        changed=len(fresh),
        documents=len(snapshot.documents),
        statements=len(snapshot.statements),
        origins=len(snapshot.origins),
        failures=len({failure.where for failure in snapshot.failures}),
    )


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters offer."""

    outlets: tuple[str, ...]
    sides: Sequence[tuple[str, str]]
    sources: tuple[str, ...]
    acts: Sequence[tuple[str, str]]
    certainties: Sequence[tuple[str, str]]
    disputes: Sequence[tuple[str, str]]


OFFERED = 200
"""Most names that a filter offers: those with most to say."""


def choices(snapshot: Snapshot) -> Choices:
    """What the filters of a list offer in this case."""
    outlets = sorted((name for name in snapshot.outlets if name), key=lambda name: -len(snapshot.outlets[name]))
    speakers = sorted(snapshot.spoken_by, key=lambda entity: -len(snapshot.spoken_by[entity]))
    return Choices(
        outlets=tuple(sorted(outlets[:OFFERED], key=str.casefold)),
        sides=[(side, side) for side in snapshot.sides],
        sources=tuple(sorted({snapshot.entities[e].name for e in speakers[:OFFERED]}, key=str.casefold)),
        acts=[(act.value, words.ACT[act]) for act in Act],
        certainties=[(f.value, words.CERTAINTY[f]) for f in Factuality],
        disputes=[
            ("disputed", "answers exclude each other"),
            ("tension", "answers pull apart"),
            ("moved", "a later answer replaces one"),
        ],
    )


@dataclass(frozen=True, slots=True)
class Days:
    """The slider: the case's first and last day, and the one that is shown, as numbers of days from the first."""

    first: datetime.date
    last: datetime.date
    length: int
    at: int


def _days(snapshot: Snapshot, desk: Desk) -> Days | None:
    ends = (snapshot if snapshot.as_of is None else desk.snapshot()).days
    if ends is None:
        return None
    first, last = ends
    day = min(max(snapshot.as_of or last, first), last)
    return Days(first, last, (last - first).days, (day - first).days)
