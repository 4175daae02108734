"""Many pages at once: several hosts side by side, each asked for one page after the other."""

from __future__ import annotations

import threading
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from queue import Queue

from quoth.acquire.contents import NOTHING_GIVEN
from quoth.acquire.metadata import Given
from quoth.acquire.web.fetching import Fetched, Fetching
from quoth.acquire.web.urls import Url
from quoth.errors import QuothError, Unreachable
from quoth.model import Fetch

WAITING = 8
"""Answers that wait to be read; the fetching rests until they are."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page, what is said of it by the list that names it, and its last fetch with what that brought."""

    url: Url
    said: Given = NOTHING_GIVEN
    known: Fetch | None = None
    earlier: bytes | None = None


def fetched(fetching: Fetching, wanted: Iterable[Wanted]) -> Iterator[tuple[Wanted, Fetched | QuothError]]:
    """Each page, or what went wrong, as it comes; those of one host in their order.

    When the caller breaks off, no further page is asked for, and what is on its way is dropped.
    """
    hosts: dict[str, deque[Wanted]] = defaultdict(deque)
    for page in wanted:
        hosts[page.url.host].append(page)
    count = sum(map(len, hosts.values()))
    if count == 1:
        [[page]] = hosts.values()
        yield page, _one(fetching, page)
        return
    queues, answers = deque(hosts.values()), Queue[tuple[Wanted, Fetched | QuothError]](WAITING)
    done = threading.Event()

    def work() -> None:
        while not done.is_set():
            try:
                queue = queues.popleft()
            except IndexError:
                return
            while queue and not done.is_set():
                page = queue.popleft()
                answers.put((page, _one(fetching, page)))

    for _ in range(min(len(hosts), fetching.wire.terms.hosts)):
        threading.Thread(target=work, daemon=True).start()
    try:
        for _ in range(count):
            yield answers.get()
    finally:
        done.set()
        while not answers.empty():  # let go of whoever waits to put an answer there
            answers.get_nowait()


def _one(fetching: Fetching, page: Wanted) -> Fetched | QuothError:
    try:
        return fetching.fetch(page.url, page.known)
    except QuothError as problem:
        problem.where = problem.where or str(page.url)
        return problem
    except Exception as problem:  # one page stops no other, whatever went wrong with it
        what = f"Quoth failed while fetching it: {type(problem).__name__}: {problem}"
        return Unreachable(what[:300], where=str(page.url), remedy="report this with the address")
