"""Statements ↔ store: an append-only ledger, in a SQLite file unless told otherwise."""

from quoth.ledger.opening import open_ledger
from quoth.ledger.store import Counts, FailureRecord, JudgementRecord, Ledger, Problem, ProblemKind, ReadingRecord

__all__ = [
    "Counts",
    "FailureRecord",
    "JudgementRecord",
    "Ledger",
    "Problem",
    "ProblemKind",
    "ReadingRecord",
    "open_ledger",
]
