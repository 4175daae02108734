"""What an article's text is made of, once it is taken out of whatever it was laid out in."""

from __future__ import annotations

import re
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


def parseable(source: str) -> str:
    """HTML as the parser takes it: no XML declaration, and U+FFFD for NUL and the like."""
    clean = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", "\ufffd", source)
    return re.sub(r"^\s*<\?xml[^>]*>", "", clean)
