"""A program of its own: what is to be added to a case (JSON on stdin) to what becomes of it (JSON lines on stdout).

The desk's pages stay fast while it reads, and whatever breaks it breaks no server.  It ends when stdin is closed, so
that it does not outlive the server, and cleanly on SIGTERM: what was written down until then stays.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from quoth.errors import QuothError
from quoth.outcomes import Item, fault

Tell = Callable[[dict[str, Any]], None]


def main() -> None:
    order = json.loads(sys.stdin.buffer.readline())
    told = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever a library prints is none of ours
    signal.signal(signal.SIGTERM, _end)
    threading.Thread(target=_end_with_stdin, daemon=True).start()

    def tell(event: dict[str, Any]) -> None:
        told.write(json.dumps(event, ensure_ascii=True) + "\n")
        told.flush()

    try:
        read(order, tell)
    except Exception as error:
        tell({"event": "broken", "error": told_of(fault(error, "adding"))})


def read(order: dict[str, Any], tell: Tell) -> None:
    """Add what the order holds, and tell of each document once it is written down."""
    from quoth.acquire.metadata import Given
    from quoth.acquire.sent import Sent, acquiring
    from quoth.acquire.web import Terms, Web, looks_like_url
    from quoth.case import open
    from quoth.read.gazetteer import gazetteer_path, open_gazetteer

    def note(text: str) -> None:
        tell({"event": "note", "text": text})

    sent = [Sent(Path(one["path"]), one["name"]) for one in order["sent"]]
    addresses = [address for address in order["addresses"] if looks_like_url(address)]
    said = {key: value for key, value in order["given"].items() if value}
    given = Given(**{**said, "published": _day(said.get("published"))})
    terms = Terms(allow_private=order["allow_private"], since=_day(order["since"]), limit=order["limit"])
    if not gazetteer_path().exists():
        open_gazetteer(note)
    own = {key: order[key] for key in ("profile", "agents", "asks")}
    with (
        open(order["case"], acquire=acquiring(sent), **own) as case,
        Web(terms, tell=note) as web,
    ):
        tell({"event": "begun"})
        sources = [*(one.path for one in sent), *addresses]
        how = {"jobs": order["jobs"], "cache": order["cache"]}
        case.add(*sources, given=given, web=web, progress=lambda item: tell(told_of_item(item)), **how)
    tell({"event": "done"})


def told_of_item(item: Item) -> dict[str, Any]:
    return {
        "event": "item",
        "where": item.where,
        "outcome": item.outcome.value,
        "document": item.document_id,
        "statements": item.statements,
        "error": told_of(item.error) if item.error is not None else None,
        "remarks": list(item.remarks),
    }


def told_of(error: QuothError) -> dict[str, str | None]:
    return {"code": error.code, "what": error.what, "where": error.where, "remedy": error.remedy}


def _day(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def _end(*_: object) -> None:
    raise SystemExit(0)


def _end_with_stdin() -> None:
    with contextlib.suppress(OSError):
        while os.read(0, 1_024):  # not by sys.stdin, which Python locks when it ends
            pass
    os._exit(1)


if __name__ == "__main__":
    main()
