"""Comparing a case that changes: only what a change touches is compared again, with the result of comparing it all."""

from quoth.compare.incremental.comparer import Comparer

__all__ = ["Comparer"]
