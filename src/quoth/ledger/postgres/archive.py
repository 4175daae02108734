"""The originals of a case on a server: a table of bytes by their hash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from quoth.errors import LedgerError
from quoth.ledger.postgres.database import PostgresDatabase
from quoth.ledger.store import Problem, ProblemKind


class PostgresArchive:
    """See `quoth.ledger.archive.Archive`."""

    def __init__(self, database: PostgresDatabase) -> None:
        self._database = database

    def keep(self, data: bytes) -> str:
        sha256 = hashlib.sha256(data).hexdigest()
        with self._database.transaction():
            if self._database.one("SELECT 1 AS there FROM originals WHERE sha256 = ?", sha256) is None:
                self._database.append("originals", [{"sha256": sha256, "data": data}])
        return sha256

    def kept(self, sha256: str) -> bytes | None:
        if "\0" in sha256:
            return None
        row = self._database.one("SELECT data FROM originals WHERE sha256 = ?", sha256)
        if row is None:
            return None
        data = bytes(row["data"])
        if hashlib.sha256(data).hexdigest() != sha256:
            where = f"{self._database.where}: originals {sha256}"
            raise LedgerError("the bytes do not have that hash", where=where, remedy="run verify")
        return data

    def hashes(self) -> Iterator[str]:
        return iter([row["sha256"] for row in self._database.all("SELECT sha256 FROM originals ORDER BY sha256")])

    def problems(self) -> Iterator[Problem]:
        """Hashed by the server, so that the bytes need not come here."""
        sql = "SELECT sha256, encode(sha256(data), 'hex') AS found FROM originals ORDER BY sha256"
        for row in self._database.all(f"SELECT * FROM ({sql}) AS hashed WHERE sha256 <> found"):
            what = f"its bytes have another hash: {row['found']}"
            yield Problem(kind=ProblemKind.ORIGINAL, where=f"originals {row['sha256']}", what=what)
