"""What a drawing is made of: words, lines and marks, each with its place in pixels; how wide words are."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from quoth.present.escape import one_line

INK, FAINT = "#22211f", "#6b6761"
TEXT, SMALL, HEADING, TITLE = 12.5, 11.5, 14, 19
MARGIN = 12
OUTLINE = {
    "certain": "M-5,0A5,5 0 1 1 5,0A5,5 0 1 1 -5,0Z",
    "probable": "M0,-5.6L5.8,4.6H-5.8Z",
    "possible": "M0,-6.2L5.4,0L0,6.2L-5.4,0Z",
    "certainly not": "M-2,-5.6H2V-2H5.6V2H2V5.6H-2V2H-5.6V-2H-2Z",
    "probably not": "M0,5.6L5.8,-4.6H-5.8Z",
    "possibly not": "M-3,-5.6H3L5.6,0L3,5.6H-3L-5.6,0Z",
    "left open": "M-6,-1.8H6V1.8H-6Z",
    "swatch": "M-5,-5H5V5H-5Z",
}
"""How each degree of certainty is drawn (and, for the key, a colour), about ten pixels wide."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: Box) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


@dataclass(frozen=True, slots=True)
class Label:
    """Words whose left end stands at `x`, their middle line at `y`."""

    x: float
    y: float
    text: str
    size: float = TEXT
    bold: bool = False
    faint: bool = False

    @property
    def box(self) -> Box:
        return Box(
            self.x, self.y - self.size * 0.6, self.x + text_width(self.text, self.size), self.y + self.size * 0.6
        )


@dataclass(frozen=True, slots=True)
class Rule:
    x: float
    y: float
    x2: float
    y2: float
    colour: str = FAINT
    width: float = 1
    opacity: float = 0.35


@dataclass(frozen=True, slots=True)
class Mark:
    x: float
    y: float
    shape: str
    colour: str
    filled: bool = True
    tip: str = ""

    @property
    def path(self) -> str:
        """The outline as SVG path data, round the mark's place."""
        return OUTLINE[self.shape]


@dataclass(frozen=True, slots=True)
class Bar:
    """A stated time on a chart, from `high` down to `low`, with the words to put beside it."""

    x: float
    high: float
    low: float
    text: str

    @property
    def width(self) -> float:
        return text_width(self.text, TEXT)


@dataclass(slots=True)
class Drawing:
    width: float
    height: float = MARGIN
    labels: list[Label] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)


def text_width(text: str, size: float) -> float:
    """A generous estimate of the width of `text` in a sans-serif face, in pixels."""
    ems = 0.0
    for character in text:
        if unicodedata.east_asian_width(character) in "WF":
            ems += 1.05
        elif character in "iljtf.,:;'|!()[] ":
            ems += 0.34
        elif character.isupper() or character in "mwMW%@":
            ems += 0.76
        else:
            ems += 0.57
    return ems * size


def wrapped(text: str, size: float, width: float, most: int = 3) -> list[str]:
    """`text` in at most `most` lines no wider than `width`; what does not fit ends in `…`."""
    lines: list[str] = []
    line = ""
    for word in one_line(text).split():
        longer = f"{line} {word}" if line else word
        if line and text_width(longer, size) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    lines.append(line)
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1]} …"]
    return [fitted(line, size, width) for line in lines]


def fitted(text: str, size: float, width: float) -> str:
    """`text`, cut to `width` with `…` where it is wider."""
    if text_width(text, size) <= width:
        return text
    keep = len(text)
    while keep > 1 and text_width(text[:keep] + "…", size) > width:
        keep -= 1
    return text[:keep].rstrip() + "…"
