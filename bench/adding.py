"""What repetition, topics and processes save: adding the same articles in several ways, in one run.

    python bench/adding.py ARTICLES.jsonl.gz [--articles 60] [--many 1000] [--topics Belarus,Lukashenko]

Each way runs in a process of its own, with the profile fast; seconds are of the CPU.  "reading" counts the reader
alone, "adding" the whole `case.add` but acquiring; loading models is not counted.  Two processes are compared by the
busiest of the three (the two that read, and the one that writes), which is what the clock shows where the cores are
free; the clock is told too.  The gated pass goes over `--many` articles; its ratio is of words a second.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from quoth.case import Case
from quoth.ledger import open_ledger
from quoth.model import Document
from quoth.read.workers import PooledReader

WARM = "The mayor of Springfield said that one sentence would do."
Row = dict[str, Any]


def documents(path: Path, limit: int) -> list[Document]:
    from quoth.acquire import acquire

    return list(islice((d for d in acquire(path) if isinstance(d, Document)), limit))


def seconds() -> tuple[float, float]:
    """Of the CPU (with processes that have ended), and of the clock."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in spent), time.monotonic()


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def words(found: list[Document]) -> int:
    return sum(len(d.text.split()) for d in found)


def read_pass(given: list[Document], cache: bool) -> Row:
    """The reader alone, models loaded before."""
    from quoth.read import reader_for
    from quoth.read.frugal import frugal_reader_for

    reader_for("en").read(given[0])
    reader = frugal_reader_for("en", cache=cache)
    before, _ = seconds()
    statements = sum(len(getattr(result, "statements", ())) for _, result in reader.read_all(given))
    after, _ = seconds()
    return {"cpu": after - before, "statements": statements}


def gated_pass(given: list[Document], topics: str) -> Row:
    """Looking for topics, and reading what names one; how long looking alone took, and how many were read."""
    from quoth.read import reader_for
    from quoth.topics import read_topics

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "case.toml")
        path.write_text(f"[topics]\nnames = {json.dumps(topics.split(','))}\n", encoding="utf-8")
        gate = read_topics(path)
    assert gate is not None
    reader = reader_for("en")
    reader.read(given[0])
    before, _ = seconds()
    kept = [d for d in given if gate.named_by(d) is not None]
    looked, _ = seconds()
    statements = sum(len(getattr(result, "statements", ())) for _, result in reader.read_all(kept))
    after, _ = seconds()
    return {"cpu": after - before, "looking": looked - before, "kept": len(kept), "statements": statements}


def add_pass(given: list[Document], **how: Any) -> Row:
    import quoth
    from quoth.read import reader_for

    def acquired(source: object, **_: object) -> Iterator[Document]:
        yield from given

    reader_for("en").read(given[0])
    with tempfile.TemporaryDirectory() as folder, quoth.open(Path(folder, "case.db"), acquire=acquired) as case:
        before, began = seconds()
        added = case.add("articles", **how)
        after, ended = seconds()
        same = hashlib.sha256("".join(s.id for s in case.ledger.statements()).encode()).hexdigest()
    return {"cpu": after - before, "clock": ended - began, "statements": added.statements, "same": same[:8]}


def shared_pass(given: list[Document]) -> Row:
    """Adding with two processes that have loaded their models; the CPU of each, and what the largest needed."""

    def acquired(source: object, **_: object) -> Iterator[Document]:
        yield from given

    return two_processes(given, acquired, "articles")


def pages_pass(given: list[Document]) -> Row:
    """The same of as many pages of bench/archives.py, acquired from files while others read."""
    from archives import page

    from quoth.acquire import acquire

    with tempfile.TemporaryDirectory() as folder:
        dice = random.Random(7)
        for number in range(len(given)):
            Path(folder, f"{number:04}.html").write_bytes(page(number, dice))
        return two_processes(given, acquire, folder)


def two_processes(given: list[Document], acquired: Callable[..., Iterator[Any]], source: str) -> Row:
    import quoth
    from quoth.read.frugal import frugal_reader_for

    pool = frugal_reader_for("en", cache=False, jobs=2)
    assert isinstance(pool, PooledReader)
    list(pool.read_all(given[:4]))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "case.db")
        with Case(open_ledger(path), acquire=acquired, reader_for=lambda _: pool) as case:
            processes = [os.getpid(), *(worker.process.pid or 0 for worker in pool._workers)]
            before, began = [spent_by(process) for process in processes], time.monotonic()
            for item in case._intake(1, False).items([source], None, None, None, None):
                assert item.error is None
            after, ended = [spent_by(process) for process in processes], time.monotonic()
            largest = max(map(peak_of, processes))
            pool.close()
        with quoth.open(path, read_only=True) as case:
            ids = [s.id for s in case.ledger.statements()]
    each = [b - a for a, b in zip(before, after, strict=True)]
    same = hashlib.sha256("".join(ids).encode()).hexdigest()[:8]
    return {"cpu": sum(each), "busiest": max(each), "each": each, "clock": ended - began, "peak": largest, "same": same}


def spent_by(process: int) -> float:
    """Seconds of the CPU, in hundredths."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_of(process: int) -> float:
    [line] = [x for x in Path(f"/proc/{process}/status").read_text().splitlines() if x.startswith("VmHWM")]
    return int(line.split()[1]) / 1024


WAYS: dict[str, Callable[[list[Document], argparse.Namespace], Row]] = {
    "reading": lambda given, _: read_pass(given, cache=False),
    "reading, first": lambda given, _: read_pass(given, cache=True),
    "reading, second": lambda given, _: read_pass(given, cache=True),
    "gated": lambda given, options: gated_pass(given, options.topics),
    "adding": lambda given, _: add_pass(given, cache=False),
    "adding, second": lambda given, _: add_pass(given, cache=True),
    "adding, two processes": lambda given, _: shared_pass(given),
    "adding pages, two processes": lambda given, _: pages_pass(given),
}


def start_up(case: Path) -> list[Row]:
    """The CPU that commands take from beginning to end; the least of five."""
    found = []
    for arguments in (["--help"], ["--version"], ["--case", str(case), "statements"]):
        taken = []
        for _ in range(5):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run([sys.executable, "-m", "quoth", *arguments], check=True, capture_output=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            taken.append(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
        found.append({"way": f"quoth {arguments[-1]}", "cpu": min(taken)})
    return found


def rows(path: Path, articles: int, many: int, topics: str) -> list[Row]:
    """Each way with what it took; `ratio` is how many times quicker it is than what it stands beside."""
    taken: dict[str, Row] = {}
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "QUOTH_CACHE": folder}
        for way in WAYS:
            number = many if way == "gated" else articles
            command = [sys.executable, __file__, str(path), "--way", way, "--articles", str(number), "--topics", topics]
            answer = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
            taken[way] = {"way": way, **json.loads(answer.stdout.splitlines()[-1])}
            print(f"{way}: {taken[way]}", file=sys.stderr)
        subprocess.run(
            [sys.executable, "-m", "quoth", "--case", f"{folder}/case.db", "add", "-", "--published", "2031-01-01"],
            input=WARM, text=True, check=True, capture_output=True, env=environment,
        )  # fmt: skip
        started = start_up(Path(folder, "case.db"))
    taken["reading, second"]["ratio"] = taken["reading, first"]["cpu"] / taken["reading, second"]["cpu"]
    taken["adding, second"]["ratio"] = taken["adding"]["cpu"] / taken["adding, second"]["cpu"]
    assert taken["adding"]["same"] == taken["adding, second"]["same"] == taken["adding, two processes"]["same"]
    a_word = {way: taken[way]["cpu"] / taken[way]["words"] for way in ("reading", "gated")}
    taken["gated"]["ratio"] = a_word["reading"] / a_word["gated"]
    taken["adding, two processes"]["ratio"] = taken["adding"]["cpu"] / taken["adding, two processes"]["busiest"]
    return [*taken.values(), *started]


def table(found: list[Row]) -> str:
    """The rows as Markdown."""
    lines = ["| way | words | CPU s | clock s | ratio | peak MB |", "|---|---|---|---|---|---|"]
    for row in found:
        cells = (
            row["way"],
            f"{row['words']:,}" if "words" in row else "",
            f"{row['cpu']:.2f}",
            f"{row['clock']:.1f}" if "clock" in row else "",
            f"{row['ratio']:.1f}" if "ratio" in row else "",
            f"{row['peak']:.0f}" if "peak" in row else "",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles_file", type=Path)
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--many", type=int, default=1_000)
    parser.add_argument("--topics", default="Belarus,Lukashenko")
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if not options.articles_file.exists():
        print(f"{options.articles_file}: no such file; give a JSONL file of articles", file=sys.stderr)
        return 2
    if options.way:
        given = documents(options.articles_file, options.articles)
        row = WAYS[options.way](given, options)
        print(json.dumps({"words": words(given), "peak": peak(), **row}))
        return 0
    found = rows(options.articles_file, options.articles, options.many, options.topics)
    print(table(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
