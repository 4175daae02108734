"""The calendar: what was announced for when, and what is said to have become of it."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from quoth.errors import NotFound
from quoth.model import Phase
from quoth.present import words
from quoth.web.desk import desk_of
from quoth.web.drawn.years import SHAPE, Span, strip
from quoth.web.icalendar import Entry, calendar
from quoth.web.paging import paged
from quoth.web.rendering import page
from quoth.web.saying import saying
from quoth.web.selection import Selection
from quoth.web.snapshot import Snapshot
from quoth.web.tallies.deadlines import Became, Deadline, Fate, Word, deadlines

router = APIRouter()

FATE = {
    Fate.DONE: "reported as done",
    Fate.NOT_DONE: "reported as not done",
    Fate.DENIED: "denied",
    Fate.CONTRADICTED: "contradicted",
    Fate.MOVED: "another date since",
    Fate.AHEAD: "still ahead",
    Fate.PASSED: "passed, nothing recorded",
}
PART = {
    Phase.WHOLE: "reported as done",
    Phase.COMPLETE: "reported as completed",
    Phase.BEGIN: "reported as begun",
    Phase.CONTINUE: "reported as going on",
    Phase.STOP: "reported as stopped",
}
QUOTED = 160
"""Characters of the words that say so."""
TOLD = 3
"""Words on what became of a deadline that are shown at once, the others folded."""


def chosen(snapshot: Snapshot, query: Mapping[str, str], today: datetime.date) -> list[Deadline]:
    """The deadlines that the filters take: `became`, `when` (ahead or past), `text` and `month` ("2031-05") on."""
    fate, when, since = query.get("became", ""), query.get("when", ""), query.get("month", "")
    sought = query.get("text", "").casefold().split()
    return [
        deadline
        for deadline in deadlines(snapshot)
        if (not fate or fate in deadline.fates(today))
        and (when not in {"ahead", "past"} or (deadline.end >= today) is (when == "ahead"))
        and str(deadline.end)[:7] >= since
        and (not sought or all(word in _words(deadline) for word in sought))
    ]


def _words(deadline: Deadline) -> str:
    voices = " ".join(word.voice for word in deadline.announced)
    return f"{deadline.event} {deadline.text} {voices}".casefold()


@router.get("/calendar")
def agenda(request: Request) -> Response:
    selection, query = Selection.from_query(request.query_params), request.query_params
    snapshot = desk_of(request).snapshot(selection.as_of, selection.clock)
    today = selection.as_of or datetime.date.today()
    found = chosen(snapshot, query, today)
    shown = paged(found, query)
    every = deadlines(snapshot)
    counts = {fate: sum(fate in d.fates(today) for d in every) for fate in Fate}
    asked = {name: query.get(name, "") for name in ("became", "when", "text", "month")}
    return page(
        request,
        "calendar.html.j2",
        today=today,
        selection=selection,
        shown=shown,
        months=by_month([_row(snapshot, deadline, today) for deadline in shown.items]),
        strip=strip([_span(deadline, today) for deadline in shown.items], today),
        asked=asked,
        fates=[(fate.value, FATE[fate], counts[fate]) for fate in Fate],
        total=len(every),
        ahead=sum(d.end >= today for d in every),
        shapes=SHAPE,
    )


@router.get("/calendar.ics")
def exported(request: Request) -> Response:
    """The same as a calendar file: what the filters take, one entry for each deadline."""
    selection, query = Selection.from_query(request.query_params), request.query_params
    snapshot = desk_of(request).snapshot(selection.as_of, selection.clock)
    today = selection.as_of or datetime.date.today()
    entries = [_entry(snapshot, deadline, today) for deadline in chosen(snapshot, query, today)]
    if not entries:
        raise NotFound("no deadline fits these filters", remedy="take a filter away")
    text = calendar(entries, name=desk_of(request).name, stamp=datetime.datetime.now(datetime.UTC))
    head = {"Content-Disposition": 'attachment; filename="deadlines.ics"'}
    return Response(text, media_type="text/calendar; charset=utf-8", headers=head)


def _entry(snapshot: Snapshot, deadline: Deadline, today: datetime.date) -> Entry:
    """From the first to the last day of the time; an open one is its one day."""
    who = words.listed(list(dict.fromkeys(_by(word) for word in deadline.announced)))
    became = [f"{_became(b)}: {_by(b.word)}" + (f" ({b.answer})" if b.answer else "") for b in deadline.became]
    told = became or [FATE[deadline.fates(today)[0]]]
    return Entry(
        id=deadline.id,
        first=deadline.earliest or deadline.end,
        last=deadline.latest or deadline.end,
        title=f"{deadline.event} {interval(deadline)}",
        text="\n".join([f"Announced “{deadline.text}” by {who}.", *told]),
    )


def _by(word: Word) -> str:
    return f"{word.voice}, {words.day(word.day) if word.day else 'day not known'}"


# ---------------------------------------------------------------- what the page shows


def interval(deadline: Deadline) -> str:
    return words.interval(deadline.earliest, deadline.latest)


def by_month(rows: Sequence[dict[str, Any]]) -> list[tuple[str, str, list[dict[str, Any]]]]:
    """Rows under the months in which their times end: a key, a name, the rows."""
    groups = itertools.groupby(rows, key=lambda row: (row["deadline"].end.year, row["deadline"].end.month))
    return [(f"{y:04}-{m:02}", f"{words.MONTHS[m]} {y}", list(group)) for (y, m), group in groups]


def _row(snapshot: Snapshot, deadline: Deadline, today: datetime.date) -> dict[str, Any]:
    became = [_told(snapshot, b) for b in deadline.became]
    return {
        "deadline": deadline,
        "interval": interval(deadline),
        "fate": deadline.last_fate(today).value,
        "words": FATE[deadline.last_fate(today)],
        "question": snapshot.short(deadline.question) if deadline.question else None,
        "announced": [_word(snapshot, word) for word in deadline.announced],
        "became": became[:TOLD],
        "further": became[TOLD:],
        "ahead": deadline.end >= today,
        "open": "earliest" if deadline.earliest is None else "latest" if deadline.latest is None else "",
    }


def _told(snapshot: Snapshot, became: Became) -> dict[str, Any]:
    return {
        "fate": became.fate.value,
        "words": _became(became),
        "answer": became.answer,
        "quote": _quoted(snapshot.statements[became.word.statements[0]].content.text),
        "word": _word(snapshot, became.word),
    }


def _quoted(text: str) -> str:
    """The words, or the beginning of many."""
    plain = " ".join(text.split())
    return f"“{plain}”" if len(plain) <= QUOTED else f"“{plain[:QUOTED].rsplit(' ', 1)[0]} …”"


def _became(became: Became) -> str:
    return PART[became.phase] if became.fate is Fate.DONE else FATE[became.fate]


def _word(snapshot: Snapshot, word: Word) -> dict[str, Any]:
    reports = [snapshot.statements[id] for id in word.statements]
    return {
        "word": word,
        "entity": snapshot.short(word.entity) if word.entity else None,
        "origin": snapshot.short(word.origin) if word.origin else None,
        "saying": saying(snapshot, (reports[0],)),
        "reports": len({s.document_id for s in reports}),
    }


def _span(deadline: Deadline, today: datetime.date) -> Span:
    fate = deadline.last_fate(today)
    title = f"{deadline.event} {deadline.text}: {FATE[fate]}"
    return Span(deadline.id, deadline.earliest, deadline.latest, fate.value, title)
