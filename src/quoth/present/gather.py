"""From a case to what the brief and the timeline print."""

from __future__ import annotations

import datetime

from quoth.case import Case
from quoth.evidence import name_of
from quoth.model import Clock
from quoth.present.layout import build_view
from quoth.present.moments import Timeline, timeline
from quoth.present.view import BriefView


def brief_view(
    case: Case,
    *,
    title: str = "Who said what",
    made: datetime.date | None = None,
    version: str = "",
    as_of: datetime.date | None = None,
    clock: Clock | str = Clock.PUBLISHED,
) -> BriefView:
    """The whole case, laid out; as it stood at the end of the day `as_of`, if that is given."""
    comparison = case.comparison(as_of=as_of, clock=clock)
    return build_view(
        comparison,
        *case.known(as_of, clock),
        title=title,
        made=made,
        version=version,
        head=str(case.head()),
        unread=unread(case),
        as_of=as_of,
        clock=Clock(clock),
        assessments=case.assessments(comparison, as_of=as_of, clock=clock),
        articles=case.articles(as_of=as_of, clock=clock),
    )


def case_timeline(case: Case, *, as_of: datetime.date | None = None, clock: Clock | str = Clock.PUBLISHED) -> Timeline:
    """The case's timeline, not yet drawn; as it stood at the end of the day `as_of`, if that is given."""
    return timeline(case.comparison(as_of=as_of, clock=clock), *case.known(as_of, clock))


def unread(case: Case) -> list[tuple[str, str]]:
    """What could not be read, and why: the latest word on each, without what was read since."""
    known = {reading.document_id for reading in case.readings()}
    since = {name_of(document) for document in case.documents() if document.id in known}
    latest = {failure.where: failure.message for failure in case.failures()}
    return [(where, why) for where, why in latest.items() if where not in since]
