"""What an article's text is made of, once it is taken out of whatever it was laid out in."""

from __future__ import annotations

from dataclasses import dataclass

from quoth.acquire.metadata import Given
from quoth.model import Note


@dataclass(frozen=True, slots=True)
class Page:
    """`text` has one empty line between paragraphs; `headings` are the offsets at which headings begin."""

    text: str
    headings: frozenset[int]
    metadata: Given
    notes: tuple[Note, ...]
