"""Statements ↔ store: an append-only ledger, in a SQLite file unless told otherwise."""

from quoth.ledger.opening import open_ledger
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
    "open_ledger",
]
