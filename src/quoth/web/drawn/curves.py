"""The lines between marks: what excludes, denies or pulls apart from what, and what took whose place."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from quoth.model import RelationType
from quoth.present import words
from quoth.present.escape import one_line
from quoth.present.figure import Box
from quoth.web.drawn.picture import Curve, Glyph
from quoth.web.drawn.points import History, Tie

MOST = 12
"""Lines of one kind; where there are more, one for each two answers is drawn, between their nearest marks."""
CLEAR = 9.0
"""How far from a mark's middle its lines end."""


def curves(history: History, glyphs: Sequence[Glyph], stand: Mapping[int, int], frame: Box) -> list[Curve]:
    """One for each two marks (`stand`: point → mark) with something between them; of those that took the place of a
    mark, only the nearest."""
    found: dict[tuple[RelationType, int, int], list[Tie]] = {}
    for tie in history.ties:
        a, b = stand.get(tie.a), stand.get(tie.b)
        if a is not None and b is not None and a != b:
            found.setdefault((tie.type, a, b), []).append(tie)

    def far(key: tuple[RelationType, int, int]) -> float:
        a, b = glyphs[key[1]], glyphs[key[2]]
        return math.hypot(a.x - b.x, a.y - b.y)

    nearest = {
        a: key for key in sorted(found, key=far, reverse=True) if key[0] is RelationType.SUPERSEDE for a in [key[1]]
    }
    kept = [key for key in found if key[0] is not RelationType.SUPERSEDE or nearest[key[1]] == key]
    of = {stand[n]: point.answer for n, point in enumerate(history.points) if n in stand}
    for type in dict.fromkeys(key[0] for key in kept):
        alike = [key for key in kept if key[0] is type]
        if len(alike) > MOST:
            between = {(of[a], of[b]): (t, a, b) for t, a, b in sorted(alike, key=far, reverse=True)}
            kept = [key for key in kept if key[0] is not type] + sorted(between.values(), key=far)[: 3 * MOST]
    return [_curve(key[0], found[key], glyphs[key[1]], glyphs[key[2]], frame) for key in kept]


def _curve(type: RelationType, ties: Sequence[Tie], a: Glyph, b: Glyph, frame: Box) -> Curve:
    if type is RelationType.DENY:
        a, b = b, a
    length = math.hypot(b.x - a.x, b.y - a.y) or 1.0
    bow = min(46.0, 8 + length * 0.16)
    middle = (a.x + b.x) / 2 + (b.y - a.y) / length * bow, (a.y + b.y) / 2 - (b.x - a.x) / length * bow
    bend = min(max(middle[0], frame.left), frame.right), min(max(middle[1], frame.top + 2), frame.bottom - 2)
    start, end = _off((a.x, a.y), bend), _off((b.x, b.y), bend)
    more = len(ties) + sum(tie.more for tie in ties) - 1
    tip = words.RELATION_HEADING[type] + ": " + ties[0].why + (f"; and {more} more" if more else "")
    return Curve(
        path=f"M{_p(start)}Q{_p(bend)} {_p(end)}",
        css=type.value,
        tip=one_line(tip),
        head=_head(bend, end) if type in {RelationType.SUPERSEDE, RelationType.DENY} else "",
    )


def _off(mark: tuple[float, float], bend: tuple[float, float]) -> tuple[float, float]:
    """The point `CLEAR` away from a mark on the way to the bend."""
    length = math.hypot(bend[0] - mark[0], bend[1] - mark[1]) or 1.0
    return mark[0] + (bend[0] - mark[0]) / length * CLEAR, mark[1] + (bend[1] - mark[1]) / length * CLEAR


def _head(bend: tuple[float, float], end: tuple[float, float]) -> str:
    length = math.hypot(end[0] - bend[0], end[1] - bend[1]) or 1.0
    x, y = (end[0] - bend[0]) / length, (end[1] - bend[1]) / length
    left = end[0] - 7 * x - 3.2 * y, end[1] - 7 * y + 3.2 * x
    right = end[0] - 7 * x + 3.2 * y, end[1] - 7 * y - 3.2 * x
    return f"M{_p(end)}L{_p(left)}L{_p(right)}Z"


def _p(point: tuple[float, float]) -> str:
    return f"{point[0]:.1f},{point[1]:.1f}"
