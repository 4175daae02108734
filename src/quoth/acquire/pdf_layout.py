"""Lines on pages to paragraphs: columns in their order, running heads left out, parted words joined."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

PARTED = "\xad"
"""What stands for the hyphen of a word that is parted at the end of a line."""

LARGER = 1.12
"""How many times the size of the body what is larger is a heading."""

_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_NUMBER_ALONE = re.compile(r"\W*+(?:(?:page|p\.)\s*+)?\d{1,4}\s*+(?:(?:of|/)\s*+\d{1,4})?\W*+", re.IGNORECASE)
_STOP = re.compile(r"""[.!?:…]["'”’»)\]]*$""")
_ITEM = re.compile(r"(?:[-*+•‣◦▪●·–—]|\d{1,3}[.)])\s+\S")
_MARGIN = 0.12
"""The share of a page's height, above and below, in which running heads stand."""
_AT_EDGE = 4
"""Lines, or parts of lines, that a running head may have."""


@dataclass(frozen=True, slots=True)
class Line:
    """Words on a page, with the box around them and their font size, in points from the lower left corner."""

    left: float
    bottom: float
    right: float
    top: float
    size: float
    words: str


@dataclass(frozen=True, slots=True)
class Page:
    width: float
    height: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`size` is the font size of its first line."""

    words: str
    size: float


def paragraphs(pages: Sequence[Page]) -> tuple[list[Paragraph], float]:
    """The paragraphs in reading order, and the font size in which most is written."""
    heads = _running_heads(pages)
    columns: list[list[Line]] = []
    for number, page in enumerate(pages):
        body = [line for index, line in enumerate(page.lines) if (number, index) not in heads and line.words.strip()]
        columns += _columns(body)
    lines = [line for column in columns for line in column]
    if not lines:
        return [], 0.0
    body_size = _most_written(lines)
    leading = _leading(columns, body_size)
    known = Counter(re.findall(r"[\w-]+", " ".join(line.words for line in lines).lower()))
    found: list[list[Line]] = []
    for column in columns:
        for index, line in enumerate(column):
            before = column[index - 1] if index else (found[-1][-1] if found else None)
            goes_on = before is not None and (
                _goes_on(before, line, column, leading, body_size) if index else _goes_over(before, line)
            )
            if goes_on:
                found[-1].append(line)
            else:
                found.append([line])
    return [Paragraph(_joined(group, known), group[0].size) for group in found], body_size


def _running_heads(pages: Sequence[Page]) -> set[tuple[int, int]]:
    """The (page, line) of what stands on several pages at one height at their edge, and of page numbers there."""
    several = max(2, min(4, len(pages) // 2))
    places: dict[tuple[str, int], set[int]] = {}
    edges = [_edges(page) for page in pages]
    for number, page in enumerate(pages):
        for index in {index for edge in edges[number] for index in edge}:
            places.setdefault(_place(page.lines[index]), set()).add(number)
    found: set[tuple[int, int]] = set()
    for number, page in enumerate(pages):
        for edge in edges[number]:
            for index in edge:
                line = page.lines[index]
                is_number = len(pages) > 1 and _NUMBER_ALONE.fullmatch(line.words.strip())
                if not is_number and len(places[_place(line)]) < several:
                    break
                found.add((number, index))
    return found


def _place(line: Line) -> tuple[str, int]:
    """The words of a line, whatever numbers are in them, and about where on the page they stand."""
    return re.sub(r"\d+", "#", " ".join(line.words.split())).lower(), round((line.bottom + line.top) / 12)


def _edges(page: Page) -> tuple[list[int], list[int]]:
    """The outermost lines above and below, from the edge inwards."""
    ordered = sorted(range(len(page.lines)), key=lambda index: -page.lines[index].top)
    above = [i for i in ordered[:_AT_EDGE] if page.lines[i].top > (1 - _MARGIN) * page.height]
    below = [i for i in ordered[::-1][:_AT_EDGE] if page.lines[i].bottom < _MARGIN * page.height]
    return above, below


def _columns(lines: list[Line]) -> list[list[Line]]:
    """The lines of a page in columns, in reading order: what stands across both first, then left, then right."""
    gutter = _gutter(lines)
    if gutter is None:
        return [lines] if lines else []
    across = [line for line in lines if line.left < gutter < line.right]
    edges = sorted((line.top for line in across), reverse=True)

    def band(line: Line) -> int:
        return sum(edge > line.top for edge in edges)

    found: list[list[Line]] = []
    rest = sorted((line for line in lines if line not in across), key=band)
    banded = {key: list(group) for key, group in groupby(rest, key=band)}
    ordered = sorted(across, key=lambda line: -line.top)
    for key in range(len(edges) + 1):
        inside = banded.get(key, [])
        found += _columns([line for line in inside if line.right <= gutter])
        found += _columns([line for line in inside if line.left >= gutter])
        if key < len(ordered):
            if found and not inside and key and found[-1][-1] is ordered[key - 1]:
                found[-1].append(ordered[key])
            else:
                found.append([ordered[key]])
    return found


def _gutter(lines: list[Line]) -> float | None:
    """Where a white strip runs down between two columns, each of several lines that stand beside the other's."""
    if len(lines) < 8:
        return None
    best: tuple[int, float] | None = None
    for at in sorted({round(line.left - 1.0, 1) for line in lines}):
        left = [line for line in lines if line.right <= at]
        right = [line for line in lines if line.left >= at]
        crossing = len(lines) - len(left) - len(right)
        if min(len(left), len(right)) < 4 or crossing > len(lines) // 4:
            continue
        beside = sum(any(a.bottom < b.top and b.bottom < a.top for b in right) for a in left)
        if 2 * beside < min(len(left), len(right)):
            continue
        if best is None or crossing < best[0]:
            best = crossing, at
    return best[1] if best else None


def _most_written(lines: list[Line]) -> float:
    written: Counter[float] = Counter()
    for line in lines:
        written[round(line.size, 1)] += len(line.words)
    return written.most_common(1)[0][0]


def _leading(columns: list[list[Line]], size: float) -> float:
    """The usual distance from line to line in the body."""
    steps = [
        a.top - b.top
        for column in columns
        for a, b in pairwise(column)
        if abs(a.size - size) < 0.5 and abs(b.size - size) < 0.5 and 0 < a.top - b.top < 3 * size
    ]
    return statistics.median_low(sorted(steps)) if steps else 1.2 * size


def _goes_on(before: Line, line: Line, column: list[Line], leading: float, body_size: float) -> bool:
    """Whether a line belongs to the paragraph of the one before it in its column."""
    if before.words.endswith(PARTED):
        return True
    step = before.top - line.top
    if step < -0.5 * line.size or abs(before.size - line.size) > 0.08 * before.size or _ITEM.match(line.words):
        return False
    if step > 1.3 * max(leading, 1.25 * line.size):
        return False
    if line.size > LARGER * body_size:
        return True
    edge = min((other.left for other in column if abs(other.size - line.size) < 0.5), default=line.left)
    is_broken = _has_room(before, line, max(other.right for other in column))
    if line.left - edge > 0.7 * line.size and (before.left - edge < 0.5 * line.size or is_broken):
        return False
    return not is_broken or line.words.lstrip()[:1].islower()


def _has_room(before: Line, line: Line, far: float) -> bool:
    """Whether the line's first word would have fitted at the end of the one before it: then that ended on purpose."""
    words = line.words.split(maxsplit=1)[:1] or [""]
    letter = (before.right - before.left) / max(1, len(before.words))
    return far - before.right > (len(words[0]) + 2) * letter


def _goes_over(before: Line, line: Line) -> bool:
    """Whether a paragraph goes on at the top of the next column or page."""
    if before.words.endswith(PARTED):
        return True
    first = line.words.lstrip()[:1]
    same = abs(before.size - line.size) <= 0.08 * before.size
    return same and not _STOP.search(before.words.rstrip()) and (first.islower() or first.isdigit())


def _joined(lines: list[Line], known: Counter[str]) -> str:
    text = ""
    for line in lines:
        words = " ".join(line.words.translate(_LIGATURES).split())
        if text.endswith((PARTED, "-")) and words[:1].islower():
            text = _together(text, words, known)
        else:
            text = f"{text.removesuffix(PARTED)}{'-' if text.endswith(PARTED) else ''} {words}" if text else words
    return text.removesuffix(PARTED) + ("-" if text.endswith(PARTED) else "")


def _together(text: str, words: str, known: Counter[str]) -> str:
    """A word parted by a hyphen in one, unless the article has it with the hyphen elsewhere, or never without it."""
    start, end = re.search(r"[\w-]*$", text[:-1]), re.match(r"\w+", words)
    first, second = (start[0] if start else ""), (end[0] if end else "")
    hyphened, whole = f"{first}-{second}".lower(), f"{first}{second}".lower()
    keeps = text.endswith("-") if known[hyphened] == known[whole] else known[hyphened] > known[whole]
    return text[:-1] + ("-" if keeps else "") + words
