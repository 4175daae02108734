"""Quantities in a parsed English sentence: how many of what, between which bounds, counted how."""

from __future__ import annotations

from dataclasses import dataclass

from quoth.model import Counting, Number


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityWords:
    """Tokens [first, stop) hold a quantity phrase, `head` is the noun that is counted (or the number itself)."""

    first: int
    stop: int
    head: int
    min: Number | None
    max: Number | None
    unit: str | None = None
    approximate: bool = False
    counted: str | None = None
    counting: Counting = Counting.TOTAL
