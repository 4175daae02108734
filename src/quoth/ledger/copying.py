"""All rows of a case into a new one, be it in another kind of database: same ids, same numbers, same moments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quoth.errors import LedgerError
from quoth.ledger.archive import Archive
from quoth.ledger.database import Database, Row

TABLES = (
    "documents", "statements", "readings", "judgements", "question_judgements", "ratings", "failures", "fetches",
)  # fmt: skip
"""Every row stands behind those that it refers to.  Not the log: the copy has one of its own, and thus another head."""

BATCH = 500
"""Rows at a time."""


def copy_rows(source: Database, target: Database) -> None:
    """Raises LedgerError, and writes nothing, where the target holds anything, or the source time stamps: they are of
    heads that the copy does not have."""
    with source.reading(), target.writing():
        refuse_what_holds_rows(target)
        _refuse_rows(source, ("anchors",), "has time stamps, which a copy cannot keep", "back up its database instead")
        for table in TABLES:
            for rows in _batches(source, table):
                if table == "readings":
                    target.insert_readings(rows, _held(source, rows))
                else:
                    target.insert(table, rows)


def refuse_what_holds_rows(target: Database) -> None:
    """Raises LedgerError where it is a case that holds more than a copy that was broken off: originals alone."""
    _refuse_rows(target, (*TABLES, "anchors"), "is there already, and holds something", "name a new case")


def _refuse_rows(database: Database, tables: Sequence[str], what: str, remedy: str) -> None:
    if any(database.one(f"SELECT 1 AS there FROM {table} LIMIT 1") for table in tables):
        raise LedgerError(what, where=database.where, remedy=remedy)


def _batches(source: Database, table: str) -> Iterator[list[Row]]:
    last = 0
    while rows := source.all(f"SELECT * FROM {table} WHERE number > ? ORDER BY number LIMIT {BATCH}", last):
        last = rows[-1]["number"]
        yield rows


def _held(source: Database, readings: Sequence[Row]) -> list[list[str]]:
    """The ids of the statements that each of consecutive readings holds."""
    sql = """SELECT x.reading_id, x.statement_id FROM reading_statements AS x JOIN readings AS r ON r.id = x.reading_id
        WHERE r.number >= ? AND r.number <= ? ORDER BY r.number, x.ordinal"""
    held: dict[str, list[str]] = {row["id"]: [] for row in readings}
    for row in source.all(sql, readings[0]["number"], readings[-1]["number"]):
        held[row["reading_id"]].append(row["statement_id"])
    return list(held.values())


def copy_originals(source: Archive, target: Archive) -> None:
    """Raises LedgerError on one whose bytes are not what its hash says."""
    for sha256 in source.hashes():
        data = source.kept(sha256)
        if data is not None:
            target.keep(data)
