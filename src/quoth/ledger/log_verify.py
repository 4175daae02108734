"""Whether the log covers what the case holds, and gives the head that it is expected to have."""

from __future__ import annotations

from collections.abc import Iterator

from quoth.ledger import log, merkle
from quoth.ledger.database import Database, Row
from quoth.ledger.store import Problem, ProblemKind
from quoth.model import Head


def log_problems(database: Database, expected: Head | None) -> Iterator[Problem]:
    """Entries against their peaks and the expected head, and rows against their entries."""
    yield from _tree(database, expected)
    for table in log.LOGGED:
        yield from _rows(database, table)
    strange = database.all("SELECT DISTINCT in_table FROM log")
    for row in strange:
        if row["in_table"] not in log.LOGGED:
            yield _problem("log", f"has entries for {row['in_table']!r}, which is no table of evidence")


def _problem(where: str, what: str) -> Problem:
    return Problem(kind=ProblemKind.LOG, where=where, what=what)


def _tree(database: Database, expected: Head | None) -> Iterator[Problem]:
    growing = merkle.Growing()
    for number, leaf, peak in log.entries(database):
        if number != growing.size + 1:
            yield _problem("log", f"entry {growing.size + 1} is gone")
            return
        if growing.append(leaf) != peak:
            yield _problem("log", f"entry {number} does not hold the peak that the entries before it give")
            return
        if expected and number == expected.size and growing.root.hex() != expected.root:
            what = "rows were changed, taken out, put in or reordered since, or it is the head of another case"
            yield _problem("log", f"the first {number} entries do not give the head that was expected: {what}")
    if expected and growing.size < expected.size:
        what = "rows at the end were taken away, or it is the head of another case"
        yield _problem("log", f"has {growing.size} entries where {expected.size} were expected: {what}")


def _rows(database: Database, table: str) -> Iterator[Problem]:
    """The rows of a table and its entries side by side: both are in the order of the rows' numbers."""
    entries = _entries(database, table)
    entry = next(entries, None)
    for number, leaf in log.covered(database, table, _before_all(database, table)):
        while entry is not None and entry["row"] < number:
            yield _problem(f"{table} row {entry['row']}", f"is gone, and is entry {entry['number']} of the log")
            entry = next(entries, None)
        if entry is None or entry["row"] > number:
            yield _problem(f"{table} row {number}", "is not in the log: it was not Quoth that put it there")
            continue
        if entry["leaf"] != leaf.hex():
            yield _problem(f"{table} row {number}", f"is not what entry {entry['number']} of the log covers")
        entry = next(entries, None)
    while entry is not None:
        yield _problem(f"{table} row {entry['row']}", f"is gone, and is entry {entry['number']} of the log")
        entry = next(entries, None)


def _before_all(database: Database, table: str) -> int:
    lowest = database.one(f"SELECT min(number) AS number FROM {table}")
    return (lowest["number"] if lowest and lowest["number"] is not None else 1) - 1


def _entries(database: Database, table: str) -> Iterator[Row]:
    sql = f"""SELECT number, row, leaf FROM log WHERE in_table = ? AND row > ? ORDER BY row LIMIT {log.BATCH}"""
    after = -(2**62)
    while found := database.all(sql, table, after):
        yield from found
        after = found[-1]["row"]
