"""Who does the work: this process, or the workers of Ray, which begin again what a lost worker had begun."""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol, Self, TypeVar

from quoth.errors import QuothError
from quoth.outcomes import fault
from quoth.scaling.faults import BadPlace, LostShard, need

T = TypeVar("T")
R = TypeVar("R")

TRIES = 3
"""How often something is begun again whose worker was lost."""

_QUIETLY: dict[str, Any] = {"include_dashboard": False, "log_to_driver": False, "logging_level": logging.ERROR}


class Engine(Protocol):
    def each(self, work: Callable[[T], R], items: Iterable[T]) -> Iterator[tuple[T, R | QuothError]]:
        """What `work` makes of each item, or why it could not, in the order in which they are done."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *exception: object) -> None: ...


class Local:
    """One after the other, in this process."""

    def each(self, work: Callable[[T], R], items: Iterable[T]) -> Iterator[tuple[T, R | QuothError]]:
        for item in items:
            try:
                yield item, work(item)
            except Exception as error:
                yield item, fault(error, "reading a shard")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        pass


class OnRay:
    """Tasks of Ray, a core each: on this machine (`jobs` of them at once, otherwise one a core), or on the cluster at
    `address`.  A Ray that this process has started already is used, and left running.

    SIGTERM stops the work as Ctrl-C does; Ray would answer it with a trace of its own.
    """

    def __init__(self, jobs: int | None = None, address: str | None = None) -> None:
        need("ray", "ray", "--engine ray")
        self._jobs = jobs
        self._address = address
        self._is_own = False
        self._on_term: Any = None

    def __enter__(self) -> Self:
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is reported to anybody
        os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
        import ray

        if threading.current_thread() is threading.main_thread():
            self._on_term = signal.getsignal(signal.SIGTERM)
        if not ray.is_initialized():
            cores: dict[str, Any] = {} if self._address else {"num_cpus": self._jobs}
            try:
                ray.init(address=self._address, **_QUIETLY, **cores)
            except (ConnectionError, ValueError, RuntimeError) as problem:
                where = self._address or "this machine"
                raise BadPlace(f"Ray could not be started or reached ({problem})", where=where) from None
            self._is_own = True
        if self._on_term is not None:
            signal.signal(signal.SIGTERM, signal.default_int_handler)
        return self

    def __exit__(self, *exception: object) -> None:
        if self._is_own:
            import ray

            ray.shutdown()
        if self._on_term is not None:
            signal.signal(signal.SIGTERM, self._on_term)

    def each(self, work: Callable[[T], R], items: Iterable[T]) -> Iterator[tuple[T, R | QuothError]]:
        import ray
        from ray.exceptions import RayError, RayTaskError

        def done_by_a_worker(item: T) -> R:
            return work(item)

        task = ray.remote(num_cpus=1, max_retries=TRIES)(done_by_a_worker)
        most = 2 * _cores()
        waiting = iter(items)
        running: dict[Any, T] = {}
        while True:
            while len(running) < most and (item := next(waiting, None)) is not None:
                running[task.remote(item)] = item
            if not running:
                return
            [done], _ = ray.wait(list(running), num_returns=1)
            item = running.pop(done)
            try:
                yield item, ray.get(done)
            except RayTaskError as error:
                cause = error.cause if isinstance(error.cause, Exception) else error
                yield item, fault(cause, "reading a shard")
            except RayError as error:
                what = f"its worker was lost {TRIES + 1} times ({type(error).__name__})"
                yield item, LostShard(what, remedy="run the same command again: what is finished is not read again")


def _cores() -> int:
    """Of all machines that Ray has."""
    import ray

    found: dict[str, float] = ray.cluster_resources()  # type: ignore[no-untyped-call]
    return max(1, int(found.get("CPU", 1)))
