"""A cluster of two nodes reads what one process reads, also when one of them is lost, with all that ran on it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from datasets import keys, run, tables
from sources import SENTENCES

pytest.importorskip("ray", reason="Ray is not installed, whose nodes these tests start")

MEMORY = 100 * 1024 * 1024
"""Bytes of each node's store of objects."""


@dataclass
class Nodes:
    """A cluster of a head and one node more, a core each, as Ray starts them on one machine."""

    cluster: Any
    other: Any

    @property
    def address(self) -> str:
        return str(self.cluster.address)

    @property
    def head_raylet(self) -> int:
        """The process that starts the head's workers."""
        return raylet_of(self.cluster.head_node)

    def lose_the_other(self) -> None:
        """At once, with its workers, which would otherwise go on for a moment."""
        workers = children_of(raylet_of(self.other))
        self.cluster.remove_node(self.other, allow_graceful=False)
        for worker in workers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)


def raylet_of(node: Any) -> int:
    return int(node.all_processes["raylet"][0].process.pid)


@pytest.fixture
def nodes(monkeypatch: pytest.MonkeyPatch) -> Iterator[Nodes]:
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(part for part in sys.path if part))
    monkeypatch.delenv("RAY_ADDRESS", raising=False)
    from ray.cluster_utils import Cluster

    about = {"num_cpus": 1, "object_store_memory": MEMORY}
    cluster = Cluster(initialize_head=True, head_node_args={**about, "include_dashboard": False})  # type: ignore[no-untyped-call]
    try:
        yield Nodes(cluster, cluster.add_node(**about))  # type: ignore[no-untyped-call]
    finally:
        cluster.shutdown()  # type: ignore[no-untyped-call]


def begin(sources: list[Path], out: Path, address: str, told: Path) -> subprocess.Popen[bytes]:
    """The program, in another folder than the workers, with paths as they are called there."""
    here = sources[-1].parent
    program = [
        sys.executable,
        "-c",
        "from quoth.cli import main; main()",
        "read",
        *(os.path.relpath(one, here) for one in sources),
    ]
    options = [
        "--out",
        os.path.relpath(out, here),
        "--engine",
        "ray",
        "--address",
        address,
        "--shard",
        "1",
        "--profile",
        "rules",
    ]
    with told.open("wb") as file:
        return subprocess.Popen([*program, *options], stdout=file, stderr=file, cwd=here)


def begun(out: Path) -> Iterator[tuple[str, int]]:
    """The keys of shards that are being read, and the processes that read them."""
    for file in (out / "_unfinished").glob("*-*-*") if (out / "_unfinished").exists() else ():
        key, pid = file.name.partition("-")[0], file.name.rpartition("-")[2]
        if pid.isdecimal():
            yield key, int(pid)


def parent_of(pid: int) -> int | None:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return None


def children_of(pid: int) -> list[int]:
    return [
        int(entry.name)
        for entry in Path("/proc").iterdir()
        if entry.name.isdecimal() and parent_of(int(entry.name)) == pid
    ]


def stopped_in(out: Path, key: str, pid: int) -> bool:
    """Stops the process; lets it go on, with False, where it has finished the shard meanwhile."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGSTOP)
        if (key, pid) in set(begun(out)) and not (out / "shards" / f"{key}.json").exists():
            return True
        os.kill(pid, signal.SIGCONT)
    return False


@pytest.fixture
def long_articles(tmp_path: Path) -> Path:
    """A shard each, which takes long enough to be caught in the middle of it."""
    folder = tmp_path / "long"
    folder.mkdir()
    for n in range(8):
        paragraphs = (" ".join(SENTENCES[n % 5 :] + SENTENCES[: n % 5]) for _ in range(40))
        (folder / f"{n}.txt").write_text("\n\n".join(paragraphs), encoding="utf-8")
    return folder


def test_a_node_that_is_lost_costs_no_shard(
    nodes: Nodes, sources: list[Path], long_articles: Path, tmp_path: Path
) -> None:
    """Lost for real, in the middle of a shard, when it has read another one before.

    The head is held in its own shard until then, so that the other node has the rest to itself."""
    out, told, doomed = tmp_path / "read", tmp_path / "told", raylet_of(nodes.other)
    by_node: dict[str, set[int]] = {}
    held: int | None = None
    lost: str | None = None
    process = begin([long_articles, *sources], out, nodes.address, told)
    try:
        until = time.monotonic() + 300
        while process.poll() is None:
            assert time.monotonic() < until
            for key, pid in begun(out):
                if (raylet := parent_of(pid)) is None:
                    continue
                by_node.setdefault(key, set()).add(raylet)
                if lost is not None:
                    continue
                if raylet == nodes.head_raylet and held is None and stopped_in(out, key, pid):
                    held = pid
                has_read_another = sum(doomed in read for read in by_node.values()) > 1
                if raylet == doomed and has_read_another and stopped_in(out, key, pid):
                    lost = key
                    nodes.lose_the_other()
                    if held is not None:
                        os.kill(held, signal.SIGCONT)
            time.sleep(0.002)
    finally:
        process.kill()
        process.wait()
    assert process.returncode == 0, told.read_text()
    assert lost in keys(out)
    assert lost is not None
    assert by_node[lost] >= {doomed, nodes.head_raylet}, "begun on the one, and again on the other"
    run([long_articles, *sources], tmp_path / "here", most=1)
    assert tables(out) == tables(tmp_path / "here")
    assert [path.name for path in (out / "_unfinished").iterdir()] == ["about"]
