"""What a drawing of the desk is made of.  Colours are names of CSS classes; every place is in pixels."""

from __future__ import annotations

from dataclasses import dataclass, field

from quoth.present.figure import OUTLINE, SMALL, Box

CELL = 24.0
"""The room that a mark has to itself, so that a finger can hit it."""
COUNTED = "M-9,-8.5H9Q11.5,-8.5 11.5,-6V6Q11.5,8.5 9,8.5H-9Q-11.5,8.5 -11.5,6V-6Q-11.5,-8.5 -9,-8.5Z"
"""The outline of several marks in one, which holds their number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyph:
    """A mark that leads somewhere.  `name` is what it says to those who do not see it; `count` is 1, or how many it
    stands for; `letter` stands beside it.  `hollow`: drawn as a dashed outline."""

    x: float
    y: float
    shape: str
    colour: str
    name: str
    href: str
    hollow: bool = False
    faded: bool = False
    dim: bool = False
    letter: str = ""
    count: int = 1

    @property
    def path(self) -> str:
        return COUNTED if self.count > 1 else OUTLINE[self.shape]

    @property
    def shown(self) -> str:
        """What is written in it."""
        if self.count == 1:
            return ""
        return str(self.count) if self.count < 1000 else f"{self.count // 1000}k"


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line."""

    x: float
    y: float
    x2: float
    y2: float
    css: str
    opacity: float = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """A bent line between two marks; `head` is the path of its arrow's head, "" without one."""

    path: str
    css: str
    tip: str
    href: str = ""
    head: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Words at a place: `anchor` is start, middle or end."""

    x: float
    y: float
    text: str
    css: str = ""
    anchor: str = "start"
    size: float = SMALL


@dataclass(slots=True)
class Picture:
    """Everything drawn, and the frame that holds all marks."""

    width: float
    height: float = 0
    frame: Box = field(default_factory=lambda: Box(0, 0, 0, 0))
    strokes: list[Stroke] = field(default_factory=list)
    curves: list[Curve] = field(default_factory=list)
    glyphs: list[Glyph] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)
