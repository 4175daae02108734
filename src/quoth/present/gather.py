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
    documents = list(case.documents()) if as_of is None else case.documents_until(as_of, clock)
    known = {document.id for document in documents}
    return build_view(
        case.comparison(as_of=as_of, clock=clock),
        [s for s in case.statements() if s.document_id in known],
        documents,
        title=title,
        made=made,
        version=version,
        unread=unread(case),
    )


def case_timeline(case: Case) -> Timeline:
    """The case's timeline, not yet drawn."""
    return timeline(case.comparison(), list(case.statements()), list(case.documents()))


def unread(case: Case) -> list[tuple[str, str]]:
    """What could not be read, and why: the latest word on each, without what was read since."""
    known = {reading.document_id for reading in case.readings()}
    since = {name_of(document) for document in case.documents() if document.id in known}
    latest = {failure.where: failure.message for failure in case.failures()}
    return [(where, why) for where, why in latest.items() if where not in since]
