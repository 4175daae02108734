"""Articles made by hand: text whose lines are blocks."""

from __future__ import annotations

import datetime
import re

from quoth.model import Block, BlockKind, Document, Span


def article(
    text: str, *, headline: bool = False, published: datetime.date | None = None, outlet: str | None = None
) -> Document:
    """A document whose lines are paragraphs; the first is the headline if asked."""
    lines = list(re.finditer(r"\S[^\n]*", text))
    kinds = [BlockKind.HEADLINE if headline and k == 0 else BlockKind.PARAGRAPH for k in range(len(lines))]
    blocks = tuple(Block(Span(*line.span()), kind) for line, kind in zip(lines, kinds, strict=True))
    return Document(id="d", sha256="", text=text, blocks=blocks, published=published, outlet=outlet)
