"""The log of a case: an entry for each row of evidence, in one tree whose root is the case's head.

An entry is the canonical JSON of a list: the table's name, and all columns of the row by their names.  The text of a
document is left out, for its hash is a column; a reading has the ids of its statements, in their order, as a further
column; bytes are written as hexadecimal digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from quoth.errors import NotFound, QuothError
from quoth.identity import canonical
from quoth.ledger import merkle
from quoth.ledger.store import Inclusion
from quoth.model import Head

if TYPE_CHECKING:
    from quoth.ledger.database import Database

LOGGED = (
    "migrations", "documents", "statements", "readings", "judgements", "question_judgements", "ratings", "failures",
    "fetches", "anchors",
)  # fmt: skip
"""The tables whose rows are entered, in the order in which they are where they came together."""

MADE_BY = 6
"""The number of the migration that makes the log."""

BATCH = 500
"""Rows fetched, and entries written, at a time."""

_HEAD = re.compile(r"(\d{1,18})-([0-9a-fA-F]{64})")


class BadHead(QuothError):
    """What was given as the head of a case is none."""

    code = "Q310"


def head_from(text: str) -> Head:
    """A head as it is written.  Raises BadHead."""
    found = _HEAD.fullmatch(text.strip())
    if found is None or not int(found[1]):
        raise BadHead(
            f"{text[:80]!r} is no head of a case",
            remedy="a head is a number, a hyphen and 64 hexadecimal digits, as `quoth head` prints it",
        )
    return Head(int(found[1]), found[2].lower())


def entry(table: str, row: Mapping[str, Any]) -> bytes:
    """What is hashed of a row."""
    plain = {name: value.hex() if isinstance(value, bytes) else value for name, value in row.items()}
    if table == "documents":
        del plain["text"]
    return canonical([table, plain])


def covered(database: Database, table: str, after: int) -> Iterator[tuple[int, bytes]]:
    """The rows of a table beyond a number: their numbers and leaves."""
    sql = f"SELECT * FROM {table} WHERE number > ? ORDER BY number LIMIT {BATCH}"
    while found := database.all(sql, after):
        for row in found:
            yield row["number"], merkle.leaf_hash(entry(table, whole(database, table, row)))
        after = found[-1]["number"]


def whole(database: Database, table: str, row: Mapping[str, Any]) -> Mapping[str, Any]:
    """The row with what other tables hold of it."""
    if table != "readings":
        return row
    sql = "SELECT statement_id FROM reading_statements WHERE reading_id = ? ORDER BY ordinal"
    return {**row, "statements": [item["statement_id"] for item in database.all(sql, row["id"])]}


class Entries:
    """The entries of one transaction, in the order in which its rows come; written as they gather."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._growing: merkle.Growing | None = None
        self._waiting: list[dict[str, Any]] = []

    def add(self, table: str, row: Mapping[str, Any]) -> None:
        """Enter a row as it stands in its table, a reading with the ids of its `statements`."""
        self.add_leaf(table, row["number"], merkle.leaf_hash(entry(table, row)))

    def add_leaf(self, table: str, number: int, leaf: bytes) -> None:
        if self._growing is None:
            entries = size(self._database)
            self._growing = merkle.Growing(entries, _peaks(self._database, entries))
        peak = self._growing.append(leaf)
        self._waiting.append(
            {"number": self._growing.size, "in_table": table, "row": number, "leaf": leaf.hex(), "peak": peak.hex()}
        )
        if len(self._waiting) == BATCH:
            self.write()

    def write(self) -> None:
        """Write down what waits."""
        self._database.append("log", self._waiting)
        self._waiting = []


def append(database: Database, after: Mapping[str, int]) -> None:
    """Enter the rows of tables beyond a number of each, as they are found there.  In a transaction."""
    entries = Entries(database)
    for table in LOGGED:
        if table in after:
            for number, leaf in covered(database, table, after[table]):
                entries.add_leaf(table, number, leaf)
    entries.write()


def at_migration(database: Database, number: int) -> None:
    """Enter the row of a migration just applied, with all rows that were there before there was a log."""
    if number == MADE_BY:
        append(database, dict.fromkeys(LOGGED, 0))
    elif number > MADE_BY:
        append(database, {"migrations": number - 1})


def size(database: Database) -> int:
    found = database.one("SELECT max(number) AS size FROM log")
    return (found and found["size"]) or 0


def head(database: Database, of: int | None = None) -> Head:
    """The head of the case as it is, or as it was when its log had `of` entries."""
    entries = size(database) if of is None else of
    return Head(entries, merkle.root_of(entries, _peaks(database, entries)).hex())


def head_of(database: Database, message_sha256: str) -> Head | None:
    """See `quoth.ledger.store.Ledger.head_of`."""
    growing = merkle.Growing()
    found = None
    for _, leaf, _ in entries(database):
        growing.append(leaf)
        now = Head(growing.size, growing.root.hex())
        if sha256(now.line).hexdigest() == message_sha256:
            found = now
    return found


def entries(database: Database) -> Iterator[tuple[int, bytes, bytes]]:
    """Number, leaf and peak of each entry, in their order."""
    after = 0
    sql = f"SELECT number, leaf, peak FROM log WHERE number > ? ORDER BY number LIMIT {BATCH}"
    while found := database.all(sql, after):
        for row in found:
            yield row["number"], bytes.fromhex(row["leaf"]), bytes.fromhex(row["peak"])
        after = found[-1]["number"]


def inclusion(database: Database, table: str, id_: str, head: Head) -> Inclusion:
    """See `quoth.ledger.store.Ledger.inclusion`."""
    row = database.one(f"SELECT * FROM {table} WHERE id = ?", id_)
    found = row and database.one("SELECT number FROM log WHERE in_table = ? AND row = ?", table, row["number"])
    if row is None or found is None or found["number"] > head.size:
        raise NotFound(f"the head {head.size}-{head.root[:8]}… does not cover {id_}", where=database.where)
    number = found["number"]
    path = merkle.inclusion(number, head.size, _hashes(database, "leaf"), _hashes(database, "peak"))
    return Inclusion(
        head=head,
        number=number,
        entry=entry(table, whole(database, table, row)).decode(),
        path=tuple(step.hex() for step in path),
    )


def _peaks(database: Database, entries: int) -> merkle.Hashes:
    """The peaks that make up the log of that many entries."""
    ends = merkle.ends(entries)
    sql = f"SELECT number, peak FROM log WHERE number IN ({', '.join('?' * len(ends))})"
    found = {row["number"]: bytes.fromhex(row["peak"]) for row in (database.all(sql, *ends) if ends else ())}

    def peak_of(number: int) -> bytes:
        if number not in found:
            raise _gone(database, number)
        return found[number]

    return peak_of


def _hashes(database: Database, column: str) -> merkle.Hashes:
    def hash_of(number: int) -> bytes:
        found = database.one(f"SELECT {column} FROM log WHERE number = ?", number)
        if found is None:
            raise _gone(database, number)
        return bytes.fromhex(found[column])

    return hash_of


def _gone(database: Database, number: int) -> BadHead:
    return BadHead(f"entry {number} of the log is gone", where=database.where, remedy="run verify")
