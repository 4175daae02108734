"""The deadlines that the calendar's filters take."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from quoth.web.snapshot import Snapshot
from quoth.web.tallies.deadlines import Deadline, deadlines


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
        and (not sought or _holds(snapshot, deadline, sought))
    ]


def _holds(snapshot: Snapshot, deadline: Deadline, sought: Sequence[str]) -> bool:
    """Whether all words are in those of what is announced, or for when, or in the names of who announces it."""
    voices = " ".join(snapshot.statements[id].source.name for id in deadline.statements)
    own = f"{deadline.event} {deadline.text} {voices}".casefold()
    return all(word in own for word in sought)
