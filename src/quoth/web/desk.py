"""The case behind a desk: snapshots of it for the pages, and one thread in which it is asked and changed.

Three threads have a connection each.  One serves `ask` and `change`; one works out how things stand, whenever the case
was changed by anybody; one, how they stood on some day.  Pages read snapshots, so that they wait for none of them.
"""

from __future__ import annotations

import datetime
import gc
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from fastapi import Request

import quoth.case
from quoth.model import Clock
from quoth.web.snapshot import Snapshot

if TYPE_CHECKING:
    from quoth.case import Case
    from quoth.comparing import Worked

T = TypeVar("T")

LOOK = 2.0
"""Seconds between two looks whether another program has changed the case."""
PATIENCE = 1.0
"""Seconds that a page waits for a snapshot before it says that it is being worked out."""
HELD = 6
"""Snapshots of days that are held."""


class Pending(Exception):
    """A snapshot that is being worked out; `since`: for how many seconds."""

    def __init__(self, what: str, since: float) -> None:
        self.what, self.since = what, since
        super().__init__(what)


class Desk:
    """Keeps one case.  `agents` and `asks` as of `quoth.open`; `ahead` is worked out of each snapshot that stays for a
    while, so that no page has to; `close` ends its threads."""

    def __init__(
        self,
        path: str | Path,
        *,
        agents: str | Path | None = None,
        asks: str | Path | None = None,
        ahead: Sequence[Callable[[Snapshot], object]] = (),
    ) -> None:
        self.path = str(path)
        self._ahead = ahead
        self._open: Callable[[], Case] = lambda: quoth.case.open(path, agents=agents, asks=asks)
        self._asking = _Thread("asking", self._open)
        self._comparing = _Thread("comparing", self._open)
        self._past = _Thread("past", self._open)
        self._lock = threading.Condition()
        self._now: Snapshot | None = None
        self._worked: Worked | None = None
        self._failed: BaseException | None = None
        self._begun = time.monotonic()
        self._differs = False
        self._refreshing: Future[None] | None = None
        self._then: OrderedDict[tuple[str, datetime.date, Clock], tuple[float, Future[Snapshot]]] = OrderedDict()
        self._closed = threading.Event()
        self._looking = threading.Thread(target=self._look, name="looking", daemon=True)
        self._looking.start()

    # -------------------------------------------------------------- how things stand

    def snapshot(self, as_of: datetime.date | None = None, clock: Clock = Clock.PUBLISHED) -> Snapshot:
        """As things stand, or stood at the end of that day by that clock.

        Right after a change by another program it is the one from before.  Raises Pending where it is not worked out
        yet, and whatever error the case has.
        """
        now = self._standing()
        if as_of is None:
            return now
        key = (now.revision, as_of, clock)
        with self._lock:
            if key not in self._then:
                self._then[key] = time.monotonic(), self._past.do(lambda case: self._stood(case, now, as_of, clock))
                while len(self._then) > HELD:
                    self._then.popitem(last=False)
            self._then.move_to_end(key)
            begun, future = self._then[key]
        try:
            return future.result(PATIENCE)
        except NotYet:
            raise Pending(f"how things stood on {as_of}", time.monotonic() - begun) from None
        except Exception:
            with self._lock:
                self._then.pop(key, None)
            raise

    @property
    def name(self) -> str:
        """What the case is called: its file's name, or the database's."""
        return Path(self.path.partition("?")[0]).stem

    @property
    def is_behind(self) -> bool:
        """Whether the case was changed since the snapshot of today, and that is being compared."""
        return self._differs and self._now is not None

    @property
    def trouble(self) -> str:
        """Why the case as it is now cannot be shown, in words; "" where it can."""
        return str(self._failed or "")

    def _standing(self) -> Snapshot:
        with self._lock:
            self._lock.wait_for(lambda: self._now is not None or self._failed is not None, PATIENCE)
            if self._now is not None:
                return self._now
            if self._failed is not None:
                raise self._failed
        raise Pending("how things stand", time.monotonic() - self._begun)

    def _look(self) -> None:
        before = ready = None
        while not self._closed.is_set():
            self.wake()
            now = self._now
            if now is not None and now is before and now is not ready:  # nothing was changed meanwhile
                ready = now
                for work in self._ahead:
                    with suppress(Exception):  # the page that needs it meets it again, and tells it
                        work(now)
            before = now
            self._closed.wait(LOOK)

    def wake(self) -> None:
        """Look now whether the case was changed, and work it out anew if so."""
        with self._lock:
            if self._closed.is_set() or (self._refreshing is not None and not self._refreshing.done()):
                return
            self._refreshing = self._comparing.do(self._refresh)
        self._refreshing.add_done_callback(self._refreshed)

    def _refresh(self, case: Case) -> None:
        state = case.state()
        if self._now is not None and self._now.revision == state:
            return
        self._differs = True
        with _unswept():
            worked = case.worked()
            statements, documents = case.known()
        made = Snapshot(
            revision=state,
            documents={d.id: d for d in documents},
            statements={s.id: s for s in statements},
            comparison=worked.comparison,
            judgements=tuple(case.judgements()),
            ratings=tuple(case.ledger.ratings()),
            failures=tuple(case.failures()),
            articles=case.articles(),
        )
        made.prepare()
        with self._lock:
            self._now, self._worked, self._differs = made, worked, False
            self._lock.notify_all()
        case.keep()

    def _refreshed(self, future: Future[None]) -> None:
        with self._lock:
            self._differs = False
            self._failed = None if future.cancelled() else future.exception()
            self._lock.notify_all()

    def _stood(self, case: Case, now: Snapshot, day: datetime.date, clock: Clock) -> Snapshot:
        worked = self._worked
        if worked is not None:
            case.adopt(worked)
        statements, documents = case.known(day, clock)
        return Snapshot(
            revision=f"{now.revision}@{day}/{clock}",
            documents={d.id: d for d in documents},
            statements={s.id: s for s in statements},
            comparison=case.comparison(as_of=day, clock=clock),
            judgements=now.judgements,
            ratings=now.ratings,
            failures=now.failures,
            articles=case.articles(as_of=day, clock=clock),
            as_of=day,
            clock=clock,
        )

    # -------------------------------------------------------------- the case itself

    def ask(self, work: Callable[[Case], T]) -> T:
        """What `work` finds in the case, for what no snapshot has; one after another, so it should be short."""
        return self._asking.do(lambda case: work(self._up_to_date(case))).result()

    def change(self, work: Callable[[Case], T]) -> T:
        """The same for what writes; it waits a moment, so that the next snapshot has the change if that is quick."""
        result = self.ask(work)
        self.wait()
        return result

    def wait(self, seconds: float = PATIENCE) -> None:
        """Until the case as it is now has been compared, or for so long."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self.wake()
            refreshing = self._refreshing
            if refreshing is not None:
                with suppress(NotYet):
                    refreshing.result(left)
            if self._now is not None and self._now.revision == self._asking.do(lambda case: case.state()).result():
                return

    def _up_to_date(self, case: Case) -> Case:
        worked = self._worked
        if worked is not None and worked.revision == case.ledger.revision():
            case.adopt(worked)
        return case

    def close(self) -> None:
        self._closed.set()
        for thread in (self._asking, self._comparing, self._past):
            thread.close()


class _Thread:
    """A thread with a case of its own, which is opened when it is first needed."""

    def __init__(self, name: str, open: Callable[[], Case]) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._open = open
        self._case: Case | None = None

    def do(self, work: Callable[[Case], T]) -> Future[T]:
        return self._pool.submit(lambda: work(self._opened()))

    def _opened(self) -> Case:
        if self._case is None:
            self._case = self._open()
        return self._case

    def close(self) -> None:
        if self._case is not None:
            self._pool.submit(self._case.close)
        self._pool.shutdown(cancel_futures=False)


@contextmanager
def _unswept() -> Iterator[None]:
    """What is made meanwhile is looked through for cycles neither now nor later: of a large case that takes seconds,
    in which no page is answered, and finds nothing."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def desk_of(request: Request) -> Desk:
    """The desk that is asked."""
    desk: Desk = request.app.state.desk
    return desk
