"""Workers of Ray write what this process writes, and what a lost one had begun is begun again."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from datasets import manifest, run, tables

from quoth.errors import QuothError
from quoth.scaling.engines import TRIES, OnRay
from quoth.scaling.faults import BadPlace, LostShard

pytest.importorskip("ray", reason="Ray is not installed, whose workers these tests start")


@pytest.fixture(scope="module")
def engine() -> Iterator[OnRay]:
    """One Ray of two workers, for it takes some seconds to start."""
    with OnRay(jobs=2) as engine:
        yield engine


def test_workers_write_the_same_bytes(engine: OnRay, sources: list[Path], dataset: Path, tmp_path: Path) -> None:
    told = run(sources, tmp_path / "read", engine=engine)
    assert (told.read, told.missing) == (8, ())
    assert tables(tmp_path / "read") == tables(dataset)


def test_a_worker_that_is_killed_costs_no_shard(
    engine: OnRay, sources: list[Path], dataset: Path, tmp_path: Path
) -> None:
    """Killed for real, while it reads: its name stands in the folder of what is unfinished."""
    out = tmp_path / "read"
    killed: list[str] = []

    def kill() -> None:
        until = time.monotonic() + 60
        while not killed and time.monotonic() < until:
            for begun in (out / "_unfinished").glob("*-*-*") if out.exists() else ():
                pid = begun.name.rpartition("-")[2]
                if pid.isdecimal() and int(pid) != os.getpid() and b"ray::" in command_of(int(pid)):
                    killed.append(begun.name)
                    os.kill(int(pid), signal.SIGKILL)
                    return
            time.sleep(0.001)

    killing = threading.Thread(target=kill)
    killing.start()
    told = run(sources, out, engine=engine)
    killing.join()
    [name] = killed
    assert name.partition("-")[0] in {shard["key"] for shard in manifest(out)["shards"]}
    assert told.missing == ()
    assert tables(out) == tables(dataset)
    assert [path.name for path in (out / "_unfinished").iterdir()] == ["about"], "also what it left is gone"


def command_of(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def test_a_worker_that_is_lost_each_time_stops_no_other(engine: OnRay, tmp_path: Path) -> None:
    def work(number: int) -> int:
        if number == 2:
            with (tmp_path / "begun").open("a") as file:
                file.write(".")
            os.kill(os.getpid(), signal.SIGKILL)
        return number * number

    done = dict(engine.each(work, [1, 2, 3, 4]))
    lost = done.pop(2)
    assert done == {1: 1, 3: 9, 4: 16}
    assert isinstance(lost, LostShard)
    assert (tmp_path / "begun").read_text() == "." * (TRIES + 1)


def test_an_error_in_a_worker_is_told_as_it_is(engine: OnRay) -> None:
    def work(number: int) -> int:
        if number == 1:
            raise BadPlace("no space left", where="there", remedy="make some")
        return 1 // (number - 2)

    done = dict(engine.each(work, [1, 2, 3]))
    first, second = done[1], done[2]
    assert isinstance(first, BadPlace)
    assert str(first) == "there: no space left (make some)"
    assert isinstance(second, QuothError)
    assert "ZeroDivisionError" in second.what
    assert done[3] == 1


def test_a_process_that_is_told_to_end_stops_as_with_ctrl_c(engine: OnRay) -> None:
    waiting = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGTERM))
    waiting.start()
    with pytest.raises(KeyboardInterrupt):
        list(engine.each(time.sleep, [10]))
