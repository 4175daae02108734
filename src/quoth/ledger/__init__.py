"""Statements ↔ store: an append-only ledger, in a SQLite file unless told otherwise."""

from quoth.ledger.address import is_address, without_password
from quoth.ledger.opening import open_ledger, there_is
from quoth.ledger.store import (
    AnchorRecord,
    Counts,
    FailureRecord,
    Inclusion,
    JudgementRecord,
    Ledger,
    Problem,
    ProblemKind,
    ReadingRecord,
)

__all__ = [
    "AnchorRecord",
    "Counts",
    "FailureRecord",
    "Inclusion",
    "JudgementRecord",
    "Ledger",
    "Problem",
    "ProblemKind",
    "ReadingRecord",
    "is_address",
    "open_ledger",
    "there_is",
    "without_password",
]
