"""The calendar: what was announced for when, and what is said to have become of it."""

from __future__ import annotations

import datetime
import itertools
from collections import Counter
from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from quoth.errors import NotFound
from quoth.model import Phase
from quoth.present import words
from quoth.present.snippet import Piece, snippet
from quoth.web.desk import desk_of
from quoth.web.drawn.years import SHAPE, Span, strip
from quoth.web.icalendar import Entry, calendar
from quoth.web.paging import paged
from quoth.web.rendering import page
from quoth.web.selection import Selection
from quoth.web.snapshot import Snapshot
from quoth.web.tallies.calendar import chosen
from quoth.web.tallies.deadlines import Deadline, announced, became, deadlines
from quoth.web.tallies.fates import Became, Fate, Word, words_of

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
TOLD, MOST = 3, 15
"""Words on what became of a deadline that are shown at once, and with those that are folded."""
ANNOUNCED = 4
"""Of those who announced it, as many are shown."""
A_PAGE = 40


@router.get("/calendar")
def agenda(request: Request) -> Response:
    selection, query = Selection.from_query(request.query_params), request.query_params
    snapshot = desk_of(request).snapshot(selection.as_of, selection.clock)
    today = selection.as_of or datetime.date.today()
    found = chosen(snapshot, query, today)
    shown = paged(found, query, size=A_PAGE)
    every = deadlines(snapshot)
    counts = Counter(fate for deadline in every for fate in deadline.fates(today))
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
    """From the first to the last day of the time, an open one on its one day; with the last word of each kind on it."""
    who = words.listed(list(dict.fromkeys(_by(word) for word in announced(snapshot, deadline)[:MOST])))
    told = [
        f"{FATE[fate]}: {_by(word)}"
        for fate, tale in deadline.last.items()
        for word in words_of(snapshot, [tale.statement])
    ]
    return Entry(
        id=deadline.id,
        first=deadline.earliest or deadline.end,
        last=deadline.latest or deadline.end,
        title=f"{deadline.event} {interval(deadline)}",
        text="\n".join([f"Announced “{deadline.text}” by {who}.", *(told or [FATE[deadline.fates(today)[0]]])]),
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
    fate = deadline.last_fate(today)
    told, number = became(snapshot, deadline, MOST)
    by = announced(snapshot, deadline)
    shown = [_told(snapshot, one) for one in told]
    return {
        "deadline": deadline,
        "interval": interval(deadline),
        "fate": fate.value,
        "words": FATE[fate],
        "question": snapshot.short(deadline.question) if deadline.question else None,
        "announced": [_word(snapshot, word) for word in by[:ANNOUNCED]],
        "announcing": len(by),
        "pieces": snippet_of(snapshot, deadline.statements[0]),
        "became": shown[:TOLD],
        "folded": shown[TOLD:],
        "told": number,
        "ahead": deadline.end >= today,
    }


def snippet_of(snapshot: Snapshot, id: str) -> tuple[Piece, ...]:
    statement = snapshot.statements[id]
    return snippet(statement, snapshot.documents[statement.document_id].text)


def _told(snapshot: Snapshot, became: Became) -> dict[str, Any]:
    return {
        "fate": became.fate.value,
        "words": PART[became.phase] if became.fate is Fate.DONE else FATE[became.fate],
        "answer": became.answer,
        "quote": _quoted(snapshot.statements[became.word.statements[0]].content.text),
        "word": _word(snapshot, became.word),
    }


def _quoted(text: str) -> str:
    """The words, or the beginning of many."""
    plain = " ".join(text.split())
    return f"“{plain}”" if len(plain) <= QUOTED else f"“{plain[:QUOTED].rsplit(' ', 1)[0]} …”"


def _word(snapshot: Snapshot, word: Word) -> dict[str, Any]:
    first = snapshot.statements[word.statements[0]]
    return {
        "word": word,
        "entity": snapshot.short(word.entity) if word.entity else None,
        "act": words.ACT[first.act],
        "statement": snapshot.short(first.id),
        "document": snapshot.short(first.document_id),
        "reports": len({snapshot.statements[id].document_id for id in word.statements}),
    }


def _span(deadline: Deadline, today: datetime.date) -> Span:
    fate = deadline.last_fate(today)
    title = f"{deadline.event} {deadline.text}: {FATE[fate]}"
    return Span(deadline.id, deadline.earliest, deadline.latest, fate.value, title)
