"""The queue of a snapshot: all readings that nobody has judged, in order."""

from __future__ import annotations

from quoth.model import Footing, JudgementKind
from quoth.web import queue
from quoth.web.desk import Desk
from quoth.web.queue import Queue
from quoth.web.snapshot import Snapshot


def doubtful(desk: Desk, snapshot: Snapshot) -> Queue:
    """All readings that nobody has judged, in order; kept with the snapshot, as in `quoth.web.once`."""
    held: dict[str, object] = vars(snapshot)
    kept = held.get(__name__)
    if not isinstance(kept, Queue):
        kept = held[__name__] = queue.queue_of(snapshot.statements.values(), judged(desk, snapshot))
    return kept


def judged(desk: Desk, snapshot: Snapshot) -> frozenset[Footing]:
    """The words on which a judgement stands, of statements that stand."""
    accepted = {j.subject for j in snapshot.judgements if j.standing and j.kind is JudgementKind.ACCEPT}
    unknown = [id for id in accepted if id not in snapshot.statements and id not in _footings]
    if unknown:  # of earlier readings
        _footings.update(desk.ask(lambda case: {id: case.statement(id).footing for id in unknown}))
    known = (snapshot.statements.get(id) for id in accepted)
    return frozenset(s.footing for s in known if s) | frozenset(_footings[id] for id in accepted & _footings.keys())


_footings: dict[str, Footing] = {}
"""Of statements of earlier readings, by id: an id is the hash of what it says, so that none of them ever changes."""
