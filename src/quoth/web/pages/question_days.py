"""The days on which something was added to a question."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from quoth.model import Clock, Question
from quoth.web.desk import Desk
from quoth.web.snapshot import Snapshot

RECORDED = 300
"""Documents of a question up to which the day of recording is looked up."""


@dataclass(frozen=True, slots=True)
class Step:
    """A day, how many reports it added, and the answers that nobody had given before."""

    day: datetime.date
    reports: int
    answers: tuple[str, ...]


def steps_of(question: Question, snapshot: Snapshot, desk: Desk, clock: Clock) -> tuple[Step, ...]:
    """In order of time.  `snapshot` is that of today."""
    given = {(snapshot.statements[s].document_id, n) for n, v in enumerate(question.values) for s in v.statements}
    documents = {document for document, _ in given}
    if clock is Clock.PUBLISHED:
        days = {id: day for id in documents if (day := snapshot.documents[id].published)}
    else:
        days = _recorded(desk, documents) if len(documents) <= RECORDED else {}
    first: dict[int, datetime.date] = {}
    reports: dict[datetime.date, set[str]] = {}
    for document, answer in given:
        if day := days.get(document):
            first[answer] = min(day, first.get(answer, day))
            reports.setdefault(day, set()).add(document)
    return tuple(
        Step(day, len(those), tuple(question.values[n].text for n in sorted(first) if first[n] == day))
        for day, those in sorted(reports.items())
    )


def _recorded(desk: Desk, documents: set[str]) -> dict[str, datetime.date]:
    """Document → the day (UTC) on which it was first recorded."""
    return desk.ask(
        lambda case: {
            id: min(reading.recorded_at.date() for reading in readings)
            for id in sorted(documents)
            if (readings := list(case.readings(document=id)))
        }
    )
