"""Adding articles behind the desk's back: each job a program of its own, that can be watched and stopped."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from starlette.requests import HTTPConnection

from quoth.acquire.bundles import BUNDLE_SUFFIXES, suffix_of
from quoth.acquire.contents import RECORD_SUFFIXES
from quoth.acquire.sent import Sent
from quoth.acquire.sidecar import SIDE_FILE
from quoth.acquire.tables import TABLE_SUFFIXES
from quoth.errors import NotFound, QuothError
from quoth.present.escape import visible

PROGRAM = "quoth.web.reading"
AT_ONCE = 2
"""Jobs that run at once; each has a reader of its own in memory."""
WAITING = 10
"""Jobs that wait for their turn."""
HELD = 100
"""Jobs that are remembered after their end."""
MOST_TOLD = 5_000
"""Documents of a job that are told one by one; the others are counted."""
PATIENCE = 10.0
"""Seconds for a job to end by itself, when it is stopped."""
LONGEST_LINE = 1_000_000

OF_MANY = BUNDLE_SUFFIXES | RECORD_SUFFIXES | TABLE_SUFFIXES
"""Files that may hold any number of articles."""


class TooManyJobs(QuothError):
    """More than can be waited for."""

    code = "Q524"


class NothingToAdd(QuothError):
    """A form that holds nothing to add."""

    code = "Q525"


class State(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    STOPPING = "being stopped"
    DONE = "done"
    STOPPED = "stopped"
    BROKEN = "broken off"


OVER = frozenset({State.DONE, State.STOPPED, State.BROKEN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be added: files that lie in `folder`, which is deleted afterwards, and addresses; `given` as of
    `quoth.acquire.Given`, days as ISO."""

    sent: Sequence[Sent] = ()
    addresses: Sequence[str] = ()
    given: Mapping[str, str] = field(default_factory=dict)
    since: str | None = None
    limit: int | None = None
    folder: Path | None = None
    left_out: Sequence[tuple[str, str]] = ()
    """Names of files that were not taken, and why."""

    @property
    def total(self) -> int | None:
        """How many documents there will be, where that can be known."""
        names = [one.name for one in self.sent if one.name != SIDE_FILE]
        if self.addresses or any(suffix_of(name).removesuffix(".gz") in OF_MANY for name in names):
            return None
        return len(names)

    @property
    def title(self) -> str:
        first = [*(one.name for one in self.sent), *self.addresses, *(name for name, _ in self.left_out)]
        return first[0] + (f" and {len(first) - 1} more" if len(first) > 1 else "")


class Job:
    """One order and what becomes of it.  Whoever looks sees `events`, which only grow, and the figures."""

    def __init__(self, order: Order, by: str) -> None:
        self.id = secrets.token_hex(8)
        self.order = order
        self.by = by
        self.title = order.title
        self.total = order.total
        self.begun = datetime.now(UTC)
        self.state = State.WAITING
        self.events: list[dict[str, Any]] = []
        self.counts: Counter[str] = Counter()
        self.statements = 0
        self.untold = 0
        self.problem: dict[str, Any] | None = None
        self.process: subprocess.Popen[bytes] | None = None
        for name, why in order.left_out:
            error = {"code": None, "what": why, "where": None, "remedy": None}
            self.note({"event": "item", "where": name, "outcome": "failed", "error": error})

    @property
    def is_over(self) -> bool:
        return self.state in OVER

    @property
    def figures(self) -> tuple[object, ...]:
        """What changes as it goes along, besides `events`."""
        return self.state, self.done, self.untold

    @property
    def done(self) -> int:
        """Documents that are through."""
        return sum(self.counts.values()) - self.counts["remark"] - len(self.order.left_out)

    def note(self, event: dict[str, Any]) -> None:
        """What the program tells, or the server knows."""
        kind = event.get("event")
        if kind == "item" and event.get("where") is not None:
            self.counts[str(event.get("outcome"))] += 1
            self.statements += int(event.get("statements") or 0)
        elif kind == "broken":
            self.problem = event["error"]
            return
        elif kind != "note":
            return
        if len(self.events) < MOST_TOLD:
            self.events.append({"document": None, "statements": 0, "error": None, "remarks": [], **event})
        else:
            self.untold += 1


class Jobs:
    """`case`, `profile`, `agents`, `asks` as of `quoth.open`; `processes` and `cache` as `jobs` and `cache` of
    `quoth.case.Case.add`; `wake` is called when a job has changed the case."""

    def __init__(
        self,
        case: str,
        *,
        profile: str,
        processes: int = 1,
        cache: bool = True,
        agents: str | None = None,
        asks: str | None = None,
        allow_private: bool = False,
        wake: Callable[[], None] = lambda: None,
        tell: Callable[[str], None] = lambda text: print(text, file=sys.stderr),
    ) -> None:
        self._own = {
            "case": case, "profile": profile, "jobs": processes, "cache": cache, "agents": agents, "asks": asks,
            "allow_private": allow_private,
        }  # fmt: skip
        self._wake = wake
        self._tell = tell
        self._jobs: dict[str, Job] = {}
        self._queue: deque[Job] = deque()
        self._running: set[str] = set()
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._folder: Path | None = None
        self._closed = False

    @property
    def is_closed(self) -> bool:
        return self._closed

    def new_folder(self) -> Path:
        """A private folder for files that come; it is deleted with its job, and in any case when the server ends."""
        with self._lock:
            if self._folder is None:
                self._folder = Path(tempfile.mkdtemp(prefix="quoth-desk-"))
        return Path(tempfile.mkdtemp(dir=self._folder))

    def start(self, order: Order, by: str) -> Job:
        """Begin, or wait for one's turn.  Raises NothingToAdd, TooManyJobs."""
        if not (order.sent or order.addresses or order.left_out):
            raise NothingToAdd("there is nothing to add", remedy="choose files, paste a text, or give an address")
        job = Job(order, by)
        with self._lock:
            if len(self._queue) >= WAITING or self._closed:
                what = f"{len(self._queue)} others wait to be added already"
                raise TooManyJobs(what, remedy="try again when some of them are done")
            self._jobs[job.id] = job
            if order.sent or order.addresses:
                self._queue.append(job)
            else:
                job.state = State.DONE
            for id in [id for id, old in self._jobs.items() if old.is_over][: max(0, len(self._jobs) - HELD)]:
                del self._jobs[id]
        self._next()
        return job

    def all(self) -> tuple[Job, ...]:
        """The newest first."""
        with self._lock:
            return tuple(reversed(self._jobs.values()))

    def job(self, id: str) -> Job:
        """Raises NotFound."""
        with self._lock:
            if id not in self._jobs:
                raise NotFound("there is no such job", remedy="jobs are remembered until the server ends")
            return self._jobs[id]

    def stop(self, id: str) -> None:
        """What was written down stays; the rest is not added."""
        job = self.job(id)
        with self._lock:
            if job in self._queue:
                self._queue.remove(job)
                job.state = State.STOPPED
            elif job.state is State.RUNNING:
                job.state = State.STOPPING
                process = job.process
            else:
                return
        if job.state is State.STOPPED:
            self._clear(job)
        elif process is not None:
            threading.Thread(target=_end, args=(process,), daemon=True).start()

    def close(self) -> None:
        """End all jobs, and delete what was sent."""
        with self._lock:
            self._closed = True
            running = [self._jobs[id] for id in self._running]
        for job in running:
            self.stop(job.id)
        for thread in list(self._threads):
            thread.join(PATIENCE + 5)
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    # -------------------------------------------------------------- running

    def _next(self) -> None:
        with self._lock:
            if self._closed or not self._queue or len(self._running) >= AT_ONCE:
                return
            job = self._queue.popleft()
            self._running.add(job.id)
            job.state = State.RUNNING
            thread = threading.Thread(target=self._run, args=(job,), name=f"adding {job.id}", daemon=True)
            self._threads = [old for old in self._threads if old.is_alive()] + [thread]
        thread.start()

    def _run(self, job: Job) -> None:
        try:
            code, problem = self._read(job)
            finished = code == 0 and job.problem is None
        except OSError as error:
            code, problem, finished = None, str(error), False
        if not finished and job.state is not State.STOPPING:
            if job.problem is None:
                job.problem = _broken(code)
            if problem:
                self._tell(visible(problem))
        self._wake()  # first, so that whoever sees it done finds what it added, and nothing of what was sent
        self._clear(job)
        stopped = job.state is State.STOPPING
        job.state = State.STOPPED if stopped else State.DONE if finished else State.BROKEN
        with self._lock:
            self._running.discard(job.id)
        self._next()

    def _read(self, job: Job) -> tuple[int, str]:
        """How the program ended, and what it complained of last."""
        order = job.order
        said = {
            **self._own,
            "sent": [{"path": str(one.path), "name": one.name} for one in order.sent],
            "addresses": list(order.addresses),
            "given": dict(order.given),
            "since": order.since,
            "limit": order.limit,
        }
        with tempfile.TemporaryFile() as complaints:
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", PROGRAM],  # -P: a json.py that lies about where Quoth runs is none of ours
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=complaints, start_new_session=True,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(part for part in sys.path if part)},
            )  # fmt: skip
            with self._lock:
                job.process = process
                stopped = job.state is State.STOPPING
            if stopped:
                _end(process)
            assert process.stdin is not None
            assert process.stdout is not None
            with contextlib.suppress(BrokenPipeError):
                process.stdin.write(json.dumps(said).encode() + b"\n")
                process.stdin.flush()
            while line := process.stdout.readline(LONGEST_LINE):
                with contextlib.suppress(ValueError, TypeError, KeyError, AttributeError):
                    job.note(json.loads(line))
            code = process.wait()
            with contextlib.suppress(BrokenPipeError):
                process.stdin.close()
            process.stdout.close()
            complaints.seek(max(0, complaints.tell() - 2_000))
            return code, complaints.read().decode("utf-8", "replace")

    def _clear(self, job: Job) -> None:
        if job.order.folder is not None:
            shutil.rmtree(job.order.folder, ignore_errors=True)


def _broken(code: int | None) -> dict[str, str | None]:
    how = f"signal {-code}" if code is not None and code < 0 else f"status {code}"
    return {
        "code": "Q900", "what": f"the program that reads ended unexpectedly ({how})", "where": None,
        "remedy": "what was written down stays; add the rest again in smaller parts to find what breaks it",
    }  # fmt: skip


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ask it to end, and end it and whatever it started if it does not."""
    with contextlib.suppress(ProcessLookupError, subprocess.TimeoutExpired):
        process.terminate()
        process.wait(PATIENCE)
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def jobs_of(request: HTTPConnection) -> Jobs:
    """The jobs of the desk that is asked."""
    jobs: Jobs = request.app.state.jobs
    return jobs
