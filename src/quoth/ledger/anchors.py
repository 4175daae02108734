"""Time stamps over heads, as rows, and back; what is wrong with those that are there."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from hashlib import sha256

from quoth.identity import content_id
from quoth.ledger import log, rows, stamps
from quoth.ledger.database import Database, Row
from quoth.ledger.stamps import BadStamp
from quoth.ledger.store import AnchorRecord, Problem, ProblemKind
from quoth.model import Head


def record(database: Database, head: Head, response: bytes, *, url: str | None) -> AnchorRecord:
    """See `quoth.ledger.store.Ledger.anchor`."""
    stamp = stamps.checked(response, head.line)
    row = {
        "size": head.size,
        "root": head.root,
        "authority": rows.storable(stamp.authority),
        "url": url and rows.storable(url),
        "stamped_at": rows.stamp(stamp.moment),
        "response": response,
    }
    with database.writing():
        if head.size > log.size(database) or log.head(database, head.size) != head:
            raise BadStamp(f"the case never had the head {head}", where=database.where)
        if database.one("SELECT 1 AS there FROM anchors WHERE response = ?", response) is not None:
            raise BadStamp("the time stamp was written down before", where=database.where)
        return _record(database.chain("anchors", row, row_id))


def anchors(database: Database) -> Iterator[AnchorRecord]:
    """All of them, in the order they were recorded."""
    return map(_record, database.all("SELECT * FROM anchors ORDER BY number"))


def row_id(row: Row) -> str:
    """Each one's id covers the one before it, so that none can be taken out unseen."""
    names = ("size", "root", "authority", "url", "stamped_at", "previous", "recorded_at")
    return content_id("anchor", *(row[name] for name in names), sha256(row["response"]).hexdigest())


def _record(row: Row) -> AnchorRecord:
    return AnchorRecord(
        id=row["id"],
        head=Head(row["size"], row["root"]),
        authority=row["authority"],
        url=row["url"],
        stamped_at=datetime.datetime.fromisoformat(row["stamped_at"]),
        response=bytes(row["response"]),
        previous=row["previous"],
        recorded_at=datetime.datetime.fromisoformat(row["recorded_at"]),
    )


def anchor_problems(database: Database, trusted: bytes | None) -> Iterator[Problem]:
    """Time stamps over something that the log does not give, or that prove nothing.

    Without the library only their heads are looked at; who signed is looked at under `trusted` certificates (PEM).
    """
    size = log.size(database)
    for anchor in anchors(database):
        where = f"anchors {anchor.id}"
        if anchor.head.size > size:
            what = f"is over {anchor.head.size} entries, the log has {size}: the case was truncated"
            yield Problem(kind=ProblemKind.ANCHOR, where=where, what=what)
        elif log.head(database, anchor.head.size) != anchor.head:
            what = f"is over {anchor.head}, which the first {anchor.head.size} entries of the log do not give"
            yield Problem(kind=ProblemKind.ANCHOR, where=where, what=what)
        try:
            stamp = stamps.checked(anchor.response, anchor.head.line, trusted=trusted)
        except stamps.NoStamps:
            continue
        except BadStamp as error:
            yield Problem(kind=ProblemKind.ANCHOR, where=where, what=error.what)
            continue
        if (stamp.moment, stamp.authority) != (anchor.stamped_at, anchor.authority):
            what = f"says {rows.stamp(anchor.stamped_at)} by {anchor.authority}, the time stamp does not"
            yield Problem(kind=ProblemKind.ANCHOR, where=where, what=what)
