"""The words of a statement in their sentence, cut into pieces that say what each is: content, source, cue."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from quoth.model import Document, Edit, EditKind, Span, Statement

MARGIN = 280
"""Most characters of a sentence shown before and after the marked words; what is left out becomes `…`."""
LONGEST = 1600
"""A piece longer than this is shown by its two ends, with the number of characters between them."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a snippet.  `mark` is content, source, cue, via, removed, added, or empty."""

    text: str
    mark: str = ""


def _shortened(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    end = LONGEST // 2
    return f"{text[:end]} [… {len(text) - 2 * end:,} characters …] {text[-end:]}"


def _marks(statement: Statement) -> list[tuple[Span, str]]:
    """Strongest first: where two overlap, the first one has the words."""
    marked = [(span, "source") for span in statement.source.spans]
    marked += [(span, "cue") for span in (statement.cue.spans if statement.cue else ())]
    marked += [(span, "via") for relay in statement.via for span in relay.spans]
    marked += [(span, "content") for span in statement.content.spans]
    return marked


def pieces(text: str, hull: Span, marks: Sequence[tuple[Span, str]]) -> tuple[Piece, ...]:
    """`text[hull]` cut where a mark begins or ends; their texts joined are the words of the hull."""
    cuts = {hull.start, hull.end}
    for span, _ in marks:
        cuts |= {point for point in (span.start, span.end) if hull.start < point < hull.end}
    ordered = sorted(cuts)
    found: list[Piece] = []
    for start, end in itertools.pairwise(ordered):
        here = Span(start, end)
        mark = next((name for span, name in marks if span.contains(here)), "")
        if found and found[-1].mark == mark:
            found[-1] = Piece(found[-1].text + text[start:end], mark)
        else:
            found.append(Piece(text[start:end], mark))
    return tuple(found)


WHOLE = 2400
"""A paragraph up to this many characters is shown whole, in place of the sentence alone."""


def in_place(statement: Statement, document: Document) -> tuple[Piece, ...]:
    """The words of a statement in their paragraph or paragraphs; as `snippet` where these are long."""
    hull = statement.context.hull(statement.content.hull)
    for block in document.blocks:
        if block.span.overlaps(hull):
            hull = hull.hull(block.span)
    marks = _marks(statement)
    if len(hull) > WHOLE or not all(hull.contains(span) for span, _ in marks):
        return snippet(statement, document.text)
    return pieces(document.text, hull, marks)


def snippet(statement: Statement, text: str) -> tuple[Piece, ...]:
    """The sentence (or sentences) of a statement; `text` is its document's.

    The hull is the context and the content, at most `MARGIN` beyond the content; a source or cue further off
    is shown on its own in front.
    """
    content = statement.content.hull
    whole = statement.context.hull(content)
    hull = Span(max(whole.start, content.start - MARGIN), min(whole.end, content.end + MARGIN))
    marks = _marks(statement)
    before = [Piece("…")] if hull.start > whole.start else []
    after = [Piece("…")] if hull.end < whole.end else []
    far = [
        piece
        for span, mark in sorted(set(marks))
        if mark != "content" and not hull.contains(span)
        for piece in (Piece(span.words(text), mark), Piece(" … "))
    ]
    body = [Piece(_shortened(piece.text), piece.mark) for piece in pieces(text, hull, marks)]
    return (*far, *before, *body, *after)


AROUND = 60
"""Unchanged characters shown before and after the changed ones of a paragraph."""


def edited(edit: Edit) -> tuple[Piece, ...]:
    """A changed paragraph: the words that went and came, and a little of what stood around them."""
    last = len(edit.passages) - 1
    return tuple(
        Piece(_ends(p.text, before=i < last, after=i > 0))
        if p.kind is EditKind.KEPT
        else Piece(_shortened(p.text), p.kind.value)
        for i, p in enumerate(edit.passages)
    )


def _ends(words: str, *, before: bool, after: bool) -> str:
    """Unchanged words: their beginning where they stand after a change, their end where they stand before one."""
    if len(words) <= AROUND * (before + after) + 3:
        return words
    return (words[:AROUND] if after else "") + "…" + (words[-AROUND:] if before else "")
