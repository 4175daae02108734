"""Where paragraphs begin and end in a text, whether they are lines or hard-wrapped blocks of lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from quoth.model import Span

WIDEST_WRAP = 130
"""Characters: a text with lines longer than this is not hard-wrapped."""

_STOP = re.compile(r"""[.!?…:。؟।۔]["'”’»)\]*_]*$""")
_ITEM = re.compile(r"https?://|www\.|(?:[-*+•‣◦▪●·]|\d{1,3}[.)])\s+|#{1,6}\s")


@dataclass(frozen=True, slots=True)
class Line:
    """A line's words without the white space around them; `group` counts the blank lines before it."""

    span: Span
    group: int
    text: str


def paragraphs(text: str, start: int = 0) -> list[Span]:
    """The paragraphs of `text[start:]`, trimmed, in text order."""
    lines = list(_lines(text, start))
    width = _wrap_width(lines)
    found: list[Span] = []
    for i, line in enumerate(lines):
        if i and width is not None and _continues(lines[i - 1], line, width):
            found[-1] = found[-1].hull(line.span)
        else:
            found.append(line.span)
    return found


def ends_with_stop(words: str) -> bool:
    """Whether the words end as a sentence does, closing quotes and brackets aside."""
    return _STOP.search(words[-12:]) is not None


def _lines(text: str, start: int) -> Iterator[Line]:
    group = 0
    position = start
    for raw in text[start:].splitlines(keepends=True):
        words = raw.strip()
        if words:
            left = position + len(raw) - len(raw.lstrip())
            yield Line(Span(left, left + len(words)), group, words)
        else:
            group += 1
        position += len(raw)


def _wrap_width(lines: list[Line]) -> int | None:
    """The width at which the text was wrapped by hand or by a mailer; None where lines are paragraphs.

    A wrapped text shows lines that go on in lower case, and that end where the next word would not have fitted.
    """
    pairs = [(a, b) for a, b in pairwise(lines) if a.group == b.group]
    if not pairs:
        return None
    lengths = sorted(len(a.text) for a, _ in pairs)
    width = lengths[min(len(lengths) - 1, len(lengths) * 9 // 10)]
    if not 30 <= width <= WIDEST_WRAP or max(len(b.text) for _, b in pairs) > 2 * width:
        return None
    cased = any(b.text[0].lower() != b.text[0].upper() for _, b in pairs)
    going_on = sum(not ends_with_stop(a.text) and (b.text[0].islower() or not cased) for a, b in pairs) / len(pairs)
    full = sum(_is_full(a, b, width) for a, b in pairs) / len(pairs)
    return width if going_on >= 0.35 and full >= 0.5 else None


def _is_full(line: Line, following: Line, width: int) -> bool:
    """Whether the following line's first word would not have fitted."""
    first = following.text.split(maxsplit=1)[0]
    return len(line.text) + 1 + len(first) > width - 3


def _continues(line: Line, following: Line, width: int) -> bool:
    if line.group != following.group or _ITEM.match(following.text):
        return False
    return _is_full(line, following, width) or (following.text[0].islower() and not ends_with_stop(line.text))
