"""Quotations, found by scanning the marks: curly, straight, low-high, angled, single; over several paragraphs.

A directed opener opens, a directed closer closes, a straight mark does whichever is due.  An opener that nothing
closes runs to its paragraph's end; where the next paragraph opens anew, the quotation goes on there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from quoth.model import Span

OPENERS = {"“": "”", "„": "“”", "«": "»", "‟": "”"}
STRAIGHT = '"＂'
CLOSERS = "”»"
MAX_SINGLE = 500
"""Single marks farther apart than this are apostrophes, not a quotation."""


_OPENING = re.compile(f"[{''.join(OPENERS)}{STRAIGHT}‘']")
"""What may open a quotation."""

_DOUBLED = re.compile(r"(?<![\w.,;:!?…'’)\]])(?:''|``)(?=\S)|(?<=\S)('')")
"""Two apostrophes for one mark, as wire services and archives write it: opening, or (group 1) closing."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quoted stretch of one paragraph: `span` with its marks, `inner` without.

    `open_end`: nothing closes it in its paragraph.  `continues`: it goes on from the paragraph before.
    """

    span: Span
    inner: Span
    open_end: bool = False
    continues: bool = False


def scan(text: str, paragraphs: Iterable[Span]) -> tuple[Quotation, ...]:
    """The quotations of each paragraph, in text order; none overlap, those with no word inside are left out."""
    text = _DOUBLED.sub(lambda m: " “" if m[1] is None else "” ", text)
    found: list[Quotation] = []
    running = False
    for paragraph in paragraphs:
        here = list(_paragraph(text, paragraph))
        starts_quoted = bool(here) and here[0].span.start == paragraph.start
        if running and starts_quoted:
            first = here[0]
            here[0] = Quotation(first.span, first.inner, first.open_end, continues=True)
        running = bool(here) and here[-1].open_end and here[-1].span.end == paragraph.end
        found.extend(here)
    return tuple(found)


def inside(text: str, quotation: Quotation) -> tuple[Quotation, ...]:
    """The quotations within a quotation."""
    return tuple(_paragraph(text, quotation.inner))


def _paragraph(text: str, paragraph: Span) -> Iterable[Quotation]:
    position = paragraph.start
    while found := _OPENING.search(text, position, paragraph.end):
        position, mark = found.start(), found[0]
        closing: int | None = None
        if mark in OPENERS or (mark in STRAIGHT and _may_open(text, position, paragraph)):
            closing = _closing(text, position, paragraph)
        elif mark in "‘'" and _single_opens(text, position, paragraph):
            closing = _single_closing(text, position, paragraph)
            if closing is None:
                position += 1
                continue
        else:
            position += 1
            continue
        end = paragraph.end if closing is None else closing + 1
        inner_end = paragraph.end if closing is None else closing
        inner = _trimmed(text, position + 1, inner_end)
        if inner is not None:
            yield Quotation(Span(position, end), inner, open_end=closing is None)
        position = end


def _may_open(text: str, position: int, paragraph: Span) -> bool:
    """A straight mark after a digit is inches or seconds unless white space stands before the digit's mark."""
    before = text[position - 1] if position > paragraph.start else " "
    after = text[position + 1] if position + 1 < paragraph.end else " "
    return not before.isdigit() and not after.isspace()


def _closing(text: str, opener: int, paragraph: Span) -> int | None:
    mark = text[opener]
    closers = OPENERS.get(mark, STRAIGHT + "”")
    depth = 0
    for i in range(opener + 1, paragraph.end):
        c = text[i]
        if c == mark and mark in OPENERS and mark not in closers:
            depth += 1
        elif c in closers or (c in STRAIGHT and mark in OPENERS and _looks_closing(text, i, paragraph)):
            if depth == 0:
                return i
            depth -= 1
    return None


def _looks_closing(text: str, position: int, paragraph: Span) -> bool:
    after = text[position + 1] if position + 1 < paragraph.end else " "
    return not text[position - 1].isspace() and not after.isalnum()


def _single_opens(text: str, position: int, paragraph: Span) -> bool:
    before = text[position - 1] if position > paragraph.start else " "
    after = text[position + 1] if position + 1 < paragraph.end else " "
    return (before.isspace() or before in "([—–-:") and (after.isalnum() or after in "[…")


def _single_closing(text: str, opener: int, paragraph: Span) -> int | None:
    """The last single mark that ends a word before another one opens, so that inner apostrophes do not close."""
    found = None
    for i in range(opener + 1, min(paragraph.end, opener + MAX_SINGLE)):
        c = text[i]
        if c in "“„«”»" or c in STRAIGHT:
            break
        if found is not None and c in "‘'" and _single_opens(text, i, paragraph):
            break
        if c in "’'":
            after = text[i + 1] if i + 1 < paragraph.end else " "
            if (text[i - 1].isalnum() or text[i - 1] in ",.!?…]") and not after.isalnum():
                plural_possessive = (
                    text[i - 1] == "s" and after == " " and i + 2 < paragraph.end and text[i + 2].islower()
                )
                if not plural_possessive:
                    return i
                found = i if found is None else found
    return found


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if any(c.isalnum() for c in text[start:end]) else None
