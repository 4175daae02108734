"""What the log of a case costs: adding with it and without it, making it for an older case, heads, proofs, verify.

    python bench/trust.py [--size 100000] [--seed 1]

A case is invented (see invented.py) and written to a case file through the ledger, once as it is and once with the
log left out.  The second is then taken back to the format before the log, and opened, which makes its log.  Seconds
are of the CPU; sizes of the file in megabytes.
"""

from __future__ import annotations

import argparse
import os
import re
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from invented import Inventor

from quoth.ledger import database as databases
from quoth.ledger import open_ledger
from quoth.ledger.log import MADE_BY
from quoth.ledger.schema import migrations
from quoth.model import Document, Reading

T = TypeVar("T")


def timed(work: Callable[[], T]) -> tuple[float, T]:
    before = os.times()
    result = work()
    after = os.times()
    return sum(after[:2]) - sum(before[:2]), result


def written(path: Path, articles: list[tuple[Document, Reading]]) -> None:
    with open_ledger(path) as ledger:
        for document, reading in articles:
            ledger.add(document, reading)


def taken_back(path: Path) -> None:
    """To the format before the log."""
    connection = sqlite3.connect(path, isolation_level=None)
    later = "".join(m.sql for m in migrations("sqlite")[MADE_BY:])
    indexes = [f"DROP INDEX {name}" for name in re.findall(r"CREATE INDEX (\w+)", later)]
    (guard,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'migrations_no_delete'").fetchone()
    for sql in (
        *indexes, "DROP TABLE log", "DROP TABLE anchors", "DROP TRIGGER migrations_no_delete",
        f"DELETE FROM migrations WHERE number >= {MADE_BY}", f"PRAGMA user_version = {MADE_BY - 1}", guard, "VACUUM",
    ):  # fmt: skip
        connection.execute(sql)
    connection.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    case = Inventor(options.size, options.seed).case(options.size)
    said: dict[str, list] = {document.id: [] for document in case.documents}
    for statement in case.statements:
        said[statement.document_id].append(statement)
    articles = [
        (document, Reading(document_id=document.id, reader="invented/1", statements=tuple(said[document.id])))
        for document in case.documents
    ]
    told = []
    with tempfile.TemporaryDirectory() as folder:
        logged, bare = Path(folder) / "logged.db", Path(folder) / "bare.db"
        with_log, _ = timed(lambda: written(logged, articles))
        append = databases.log.append
        databases.log.append = lambda *_: None
        without, _ = timed(lambda: written(bare, articles))
        databases.log.append = append
        taken_back(bare)
        told += [
            ("statements", len(case.statements)), ("documents", len(case.documents)),
            ("adding all, without the log", without), ("adding all", with_log),
            ("file without the log, MB", bare.stat().st_size / 2**20), ("file, MB", logged.stat().st_size / 2**20),
        ]  # fmt: skip
        told.append(("making the log of an older case", timed(lambda: open_ledger(bare).close())[0]))
        with open_ledger(logged) as ledger:
            seconds, head = timed(ledger.head)
            told += [("entries", head.size), ("the head", seconds)]
            ids = [statement.id for statement in case.statements[:: max(1, len(case.statements) // 1000)]]
            seconds, _ = timed(lambda: [ledger.inclusion("statements", id_, head) for id_ in ids])
            told.append(("a proof of one statement", seconds / len(ids)))
            seconds, _ = timed(lambda: ledger.head_of("0" * 64))
            told.append(("looking for the head of an answer", seconds))
            seconds, problems = timed(lambda: list(ledger.verify(head=head)))
            told.append(("verify", seconds))
            assert problems == []
        with open_ledger(bare) as ledger:
            problems = list(ledger.verify())
            assert problems == [], problems[:3]
    for name, value in told:
        print(f"{name:36}" + (f"{value:>14,}" if isinstance(value, int) else f"{value:>14.4f}"))


if __name__ == "__main__":
    main()
