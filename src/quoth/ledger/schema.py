"""Migrations: which SQL makes a store what it is, for each kind of database."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from quoth.ledger.rows import sha256_of

_NAME = re.compile(r"(\d{4})_(\w+)\.sql")


@dataclass(frozen=True, slots=True)
class Migration:
    number: int
    name: str
    sql: str

    @property
    def sha256(self) -> str:
        return sha256_of(self.sql)


@cache
def migrations(dialect: str) -> tuple[Migration, ...]:
    """All that this Quoth knows for one kind of database, from 1 on without a gap."""
    found = []
    for file in (files("quoth.ledger") / "migrations" / dialect).iterdir():
        match = _NAME.fullmatch(file.name)
        if match:
            found.append(Migration(int(match[1]), match[2], file.read_text(encoding="utf-8")))
    found.sort(key=lambda migration: migration.number)
    assert [m.number for m in found] == list(range(1, len(found) + 1)), "migrations are numbered without a gap"
    return tuple(found)
