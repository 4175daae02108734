"""What a ledger costs as it grows: adding, each question that the commands and the desk ask of it, room on the disk.

    python bench/store.py [--sizes 10000,100000,1000000] [--store sqlite|postgres|both] [--rounds 5] [--folder FOLDER]
    python bench/store.py --store postgres --copied FILE.db [--folder FOLDER]

One invented world (see invented.py, which hands its articles out one by one) is written to a case file, and to a
Postgres server of its own, article by article as `quoth add` does.  At each size, one statement in a thousand is
judged, articles are added one at a time, and each question is asked, several times after a first; those that walk
through all are asked once.  Told are medians: CPU milliseconds, of the program and of the server's process that works
for it, and milliseconds on the clock; for questions that give statements, until the first of them is there: reading and
checking them is a row of its own.  Peak memory is the program's.  FOLDER keeps the results as JSON, from which
`python bench/growth.py FOLDER` draws.  The Postgres server writes as safely as by default; it is asked to ANALYZE.

With --copied nothing is added one by one: that case file is copied to Postgres and back to a file, as `quoth copy` does
once it has verified a case, and the same is asked of the copy on Postgres.
"""

from __future__ import annotations

import argparse
import dataclasses
import itertools
import json
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from invented import FIRST_DAY, Inventor, added_articles

from quoth.evidence import identified
from quoth.identity import content_id
from quoth.ledger import Ledger, open_ledger
from quoth.ledger.copying import copy_rows
from quoth.model import Act, Document, Factuality, JudgementKind, Reading, Statement

READER = "invented/1"
ARTICLES = 20
"""Articles that are added one at a time at each size."""
SERVER = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "shared_buffers": "512MB",
          "max_wal_size": "2GB"}  # fmt: skip
FREQUENT, RARE = "ferries", "zebras"


class Clock:
    """CPU seconds of this process and of the server's that works for it, and seconds on the clock."""

    def __init__(self, server: int | None) -> None:
        self._server = server

    def now(self) -> tuple[float, float]:
        used = resource.getrusage(resource.RUSAGE_SELF)
        cpu = used.ru_utime + used.ru_stime
        if self._server is not None:
            cpu += int(Path(f"/proc/{self._server}/schedstat").read_text().split()[0]) / 1e9
        return cpu, time.perf_counter()

    def taken(self, work: Callable[[], Any]) -> tuple[float, float]:
        before = self.now()
        work()
        after = self.now()
        return after[0] - before[0], after[1] - before[1]


# ---------------------------------------------------------------- adding


def write(ledger: Ledger, document: Document, said: Sequence[Statement]) -> None:
    ledger.add(document, Reading(document_id=document.id, reader=READER, statements=tuple(said)))


def grown(ledger: Ledger, articles: Iterator[tuple[Document, list[Statement]]], until: int, clock: Clock) -> dict:
    """Articles added until there are so many statements; only adding is counted, not inventing."""
    cpu = wall = documents = statements = 0.0
    samples = []
    for document, said in articles:
        spent = clock.taken(lambda document=document, said=said: write(ledger, document, said))
        cpu, wall = cpu + spent[0], wall + spent[1]
        documents, statements = documents + 1, statements + len(said)
        if documents % 50 == 1:
            samples.append((document, said[0]))
        if statements >= until:
            break
    return {"documents": documents, "statements": statements, "cpu": cpu, "wall": wall, "samples": samples}


def judge(ledger: Ledger, samples: Sequence[tuple[Document, Statement]]) -> None:
    """Two in three are rejected, every third corrected."""
    for number, (_, statement) in enumerate(samples[: max(1, len(samples) * 15 // 20)]):
        if number % 3:
            ledger.judge(JudgementKind.REJECT, statement.id, by="ana")
        else:
            act = Act.ASSERT if statement.act is not Act.ASSERT else Act.CONFIRM
            right = identified(dataclasses.replace(statement, act=act))
            ledger.judge(JudgementKind.CORRECT, statement.id, by="ana", correction=right)


# ---------------------------------------------------------------- asking


def first(found: Iterator[Any]) -> Any:
    return next(found, None)


def questions(ledger: Ledger, document: Document, statement: Statement) -> dict[str, Callable[[], Any]]:
    """What commands and desk ask, each by its name."""
    day = FIRST_DAY.replace(month=6)
    head = ledger.head()
    sha256 = ledger.keep_original(b"an original")
    return {
        "revision": ledger.revision,
        "head": ledger.head,
        "counts": ledger.counts,
        "has": lambda: ledger.has(document.id),
        "has_reading": lambda: ledger.has_reading(document.id, READER),
        "document by its id's beginning": lambda: ledger.document(document.id[:12]),
        "statement by its id's beginning": lambda: ledger.statement(statement.id[:12]),
        "statements of a document": lambda: list(ledger.statements(document=document.id)),
        "readings of a document": lambda: list(ledger.readings(document=document.id)),
        "statements: frequent word": lambda: first(ledger.statements(text=FREQUENT)),
        "statements: rare word": lambda: first(ledger.statements(text=RARE)),
        "statements: two words": lambda: first(ledger.statements(text=f"{FREQUENT} bought")),
        "statements: a source": lambda: first(ledger.statements(source=statement.source.name)),
        "statements: an act": lambda: first(ledger.statements(act=Act.DENY)),
        "statements: a factuality": lambda: first(ledger.statements(factuality=Factuality.CERTAINLY_NOT)),
        "statements: since a day": lambda: first(ledger.statements(since=FIRST_DAY.replace(year=2031, month=5))),
        "statements: one day": lambda: first(ledger.statements(since=day, until=day)),
        "statements: an outlet": lambda: first(ledger.statements(outlet=document.outlet)),
        "statements: outlet, act": lambda: first(ledger.statements(outlet=document.outlet, act=Act.DENY)),
        "statements: outlet, act, word": lambda: first(
            ledger.statements(outlet=document.outlet, act=Act.DENY, text=FREQUENT)
        ),
        "search: frequent word": lambda: ledger.search(text=FREQUENT),
        "search: rare word": lambda: ledger.search(text=RARE),
        "search: a source": lambda: ledger.search(source=statement.source.name),
        "documents: an outlet": lambda: first(ledger.documents(outlet=document.outlet)),
        "documents: frequent word": lambda: first(ledger.documents(text=FREQUENT)),
        "judgements": lambda: list(ledger.judgements()),
        "ratings": lambda: list(ledger.ratings()),
        "failures": lambda: list(ledger.failures()),
        "latest fetch of an address": lambda: ledger.latest_fetch("https://quay.example/a"),
        "original": lambda: ledger.original(sha256),
        "proof of a statement": lambda: ledger.inclusion("statements", statement.id, head),
    }


def walks(ledger: Ledger) -> dict[str, Callable[[], Any]]:
    """What goes through all of a case."""
    return {
        "current": ledger.current,
        "fingerprint": ledger.fingerprint,
        "addresses": ledger.addresses,
        "all statements, read and checked": lambda: [None for _ in ledger.statements()],
        "all documents, read and checked": lambda: [None for _ in ledger.documents()],
    }


def asked(work: Callable[[], Any], rounds: int, clock: Clock) -> tuple[float, float]:
    work()
    spent = [clock.taken(work) for _ in range(rounds)]
    return statistics.median(cpu for cpu, _ in spent), statistics.median(wall for _, wall in spent)


# ---------------------------------------------------------------- stores


@contextmanager
def store(kind: str, folder: Path) -> Iterator[tuple[Ledger, Clock, Callable[[], dict[str, int]]]]:
    """An empty ledger, its clock, and what tells the bytes of its parts."""
    if kind == "sqlite":
        path = folder / "store.db"
        for old in folder.glob("store.db*"):
            if old.is_file():
                old.unlink()
        with open_ledger(path) as ledger:
            yield ledger, Clock(None), lambda: sqlite_bytes(path)
        return
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "ledger"))
    import postgres_server
    import psycopg

    postgres_server.SETTINGS.update(SERVER)
    with postgres_server.Server() as server:
        address = server.new_database()
        with open_ledger(address) as ledger, psycopg.connect(address, autocommit=True) as other:
            (pid,) = other.execute(
                "SELECT pid FROM pg_stat_activity WHERE application_name = 'quoth' AND datname = current_database()"
            ).fetchone()  # type: ignore[misc]
            yield ledger, Clock(pid), lambda: postgres_bytes(other)


def sqlite_bytes(path: Path) -> dict[str, int]:
    """The size of the file once all is in its place, and of its parts where this SQLite can tell (dbstat)."""
    import sqlite3

    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
    found = {"all": path.stat().st_size}
    try:
        sizes = connection.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name").fetchall()
        indexes = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'")}
    except sqlite3.OperationalError:
        sizes, indexes = [], set()
    for name, size in sizes:
        part = "search" if "_search" in name else "log" if name == "log" else "indexes" if name in indexes else "tables"
        found[part] = found.get(part, 0) + size
    connection.close()
    return found


def postgres_bytes(connection: Any) -> dict[str, int]:
    connection.execute("ANALYZE")
    sql = """SELECT relname, pg_table_size(oid), pg_indexes_size(oid) FROM pg_class
        WHERE relnamespace = 'quoth'::regnamespace AND relkind = 'r'"""
    found = {"all": 0, "tables": 0, "indexes": 0, "search": 0, "log": 0}
    for name, table, indexes in connection.execute(sql).fetchall():
        found["all"] += table + indexes
        if name.endswith("_search") or name == "log":
            found["search" if name.endswith("_search") else "log"] += table + indexes
        else:
            found["tables"] += table
            found["indexes"] += indexes
    return found


# ---------------------------------------------------------------- all of it


def peak() -> float:
    """MiB since the last call."""
    [found] = re.findall(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    Path("/proc/self/clear_refs").write_text("5")
    return int(found) / 1024


def measured(kind: str, sizes: Sequence[int], world: int, rounds: int, folder: Path) -> Iterator[dict[str, Any]]:
    """A store that grows, at each size."""
    inventor = Inventor(world, 1)
    articles = inventor.articles(2 * sizes[-1])
    there = 0
    with store(kind, folder) as (ledger, clock, bytes_of):
        for size in sizes:
            peak()
            added = grown(ledger, articles, size - there, clock)
            there += int(added["statements"])
            samples = added.pop("samples")
            judge(ledger, samples)
            found = {"store": kind, "statements": there, "added": added, "adding_mb": peak()}
            new = added_articles(inventor, ARTICLES)
            yield found | asked_all(ledger, new, samples[len(samples) // 2], rounds, clock, bytes_of)


def copied(path: Path, rounds: int, folder: Path) -> dict[str, Any]:
    """A case file copied to a server as `quoth copy` does, once it has verified the case, and from there to a file."""
    with open_ledger(path, read_only=True) as source, store("postgres", folder) as (ledger, clock, bytes_of):
        there = source.counts().statements
        found: dict[str, Any] = {"store": "postgres", "statements": there}
        peak()
        cpu, wall = clock.taken(lambda: copy_rows(source._database, ledger._database))
        found["copied"] = {"statements": there, "cpu": cpu, "wall": wall, "mb": peak()}
        back = folder / "back.db"
        with open_ledger(back) as other:
            cpu, wall = clock.taken(lambda: copy_rows(ledger._database, other._database))
        found["back"] = {"statements": there, "cpu": cpu, "wall": wall, "mb": peak()}
        back.unlink()
        document = next(itertools.islice(source.documents(), 20, None))
        statement = next(source.statements(document=document.id))
        new = added_articles(Inventor(5000, 7), ARTICLES)
        others = ((kind, *renumbered(document, said)) for kind, document, said in new)
        return found | asked_all(ledger, others, (document, statement), rounds, clock, bytes_of)


def renumbered(document: Document, said: Sequence[Statement]) -> tuple[Document, list[Statement]]:
    """An article of another invented world, under an id of its own."""
    own = dataclasses.replace(document, id=content_id("document", "invented elsewhere", document.id))
    return own, [identified(dataclasses.replace(statement, document_id=own.id)) for statement in said]


def asked_all(
    ledger: Ledger,
    new: Iterator[tuple[str, Document, list[Statement]]],
    about: tuple[Document, Statement],
    rounds: int,
    clock: Clock,
    bytes_of: Callable[[], dict[str, int]],
) -> dict[str, Any]:
    """Articles added one at a time, and every question."""
    size_of = bytes_of()
    peak()
    ones = [clock.taken(lambda d=document, s=said: write(ledger, d, s)) for _, document, said in new]
    taken = {"one article": tuple(map(statistics.median, zip(*ones, strict=True)))}
    for name, work in questions(ledger, *about).items():
        taken[name] = asked(work, rounds, clock)
    asking_mb = peak()
    for name, work in walks(ledger).items():
        taken[name] = clock.taken(work)
    return {"bytes": size_of, "taken": taken, "asking_mb": asking_mb, "walking_mb": peak()}


def rows(found: dict[str, Any]) -> list[tuple[str, str]]:
    size = found["bytes"]
    shown = [("statements", f"{found['statements']:,}")]
    for how in ("added", "copied", "back"):
        if spent := found.get(how):
            shown += [
                (f"{how}: statements a CPU second", f"{spent['statements'] / spent['cpu']:,.0f}"),
                ("… a second on the clock", f"{spent['statements'] / spent['wall']:,.0f}"),
            ]
            shown += [("… peak MiB", f"{spent['mb']:,.0f}")] if "mb" in spent else []
    if added := found.get("added"):
        shown.append(("… documents a CPU second", f"{added['documents'] / added['cpu']:,.0f}"))
        shown.append(("peak MiB, adding", f"{found['adding_mb']:,.0f}"))
    shown += [(f"bytes a statement: {part}", f"{n / found['statements']:,.0f}") for part, n in size.items()]
    shown += [(f"peak MiB, {what}", f"{found[what + '_mb']:,.0f}") for what in ("asking", "walking")]
    shown += [(name, f"{1000 * cpu:,.1f} ({1000 * wall:,.1f})") for name, (cpu, wall) in found["taken"].items()]
    return shown


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="10000,100000,1000000")
    parser.add_argument("--store", choices=["sqlite", "postgres", "both"], default="both")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", type=Path, help="where case file and results are kept; otherwise thrown away")
    parser.add_argument("--world", type=int, help="statements that the invented world is made for (the largest size)")
    parser.add_argument("--copied", type=Path, metavar="FILE", help="a case file that is copied instead of adding")
    options = parser.parse_args()
    sizes = sorted(int(size) for size in options.sizes.split(","))
    kinds = ["sqlite", "postgres"] if options.store == "both" else [options.store]
    if len(kinds) > 1:  # each in a process of its own, for its memory
        return max(subprocess.call([sys.executable, __file__, *sys.argv[1:], "--store", kind]) for kind in kinds)
    kind = kinds[0]
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.folder or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        results: list[dict[str, Any]] = []
        if options.copied:
            results.append(copied(options.copied, options.rounds, folder))
            (folder / f"store-{kind}-copied.json").write_text(json.dumps(results))
        else:
            for found in measured(kind, sizes, options.world or sizes[-1], options.rounds, folder):
                results.append(found)
                (folder / f"store-{kind}.json").write_text(json.dumps(results))
                print(f"{kind}: {found['statements']:,} statements measured", file=sys.stderr)
    names = [f"{found['statements']:,}" for found in results]
    print(f"{kind + ': CPU ms (ms on the clock)':44}" + "".join(f"{name:>24}" for name in names))
    for several in itertools.zip_longest(*map(rows, results)):
        print(f"{several[0][0]:44}" + "".join(f"{value:>24}" for _, value in several))
    return 0


if __name__ == "__main__":
    sys.exit(main())
