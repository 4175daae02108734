"""The history of a question as geometry: to the right when an answer was given, upwards what it is.

Answers that are times or numbers stand at their height in a chart, as bars where they are stretches; all others, and
those that give no time or number, stand in a lane of their own.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from quoth.model import Slot
from quoth.present import words
from quoth.present.drawing import Scale, Ticks, scale, ticks, widened
from quoth.present.escape import one_line
from quoth.present.figure import SMALL, TEXT, Box, fitted, text_width, wrapped
from quoth.web.drawn.crowd import Room, Spot, gathered, rows
from quoth.web.drawn.curves import curves
from quoth.web.drawn.picture import CELL, Glyph, Picture, Stroke, Words
from quoth.web.drawn.points import History, Point, Told
from quoth.web.drawn.scales import Days, Extent, Numbers, days_in, numbers_in

DESK, PHONE = 920, 350
NARROW = 500
"""Below this width, what a lane is stands above it."""
CHART = 310.0
"""Height of the chart."""
LANES = 40
"""Lanes at most; further answers share the last one."""
FULL = 0.22
"""How much of the chart marks may take, where gathering can bring that about."""
MOST = 160
"""Marks at most in a lane, likewise."""
CHARTED = {Slot.TIME: days_in, Slot.QUANTITY: numbers_in}
LANE_OF = {"yes": "yes", "no": "no", "unknown": "left open"}

Link = Callable[[Sequence[Point]], str]
"""Where a mark leads that stands for these points."""


@dataclass(frozen=True, slots=True)
class _Lane:
    """A track for answers without a height, and what stands beside it."""

    text: str
    answers: frozenset[int]


def draw(history: History, width: float, link: Link) -> Picture | None:
    """The history, `width` pixels wide and as high as it needs; None where nothing in it is dated."""
    dated = [point.days for point in history.points if point.days]
    if not dated:
        return None
    charted = _charted(history)
    lanes = _lanes(history, charted)
    narrow = width < NARROW
    undated = any(point.days is None for point in history.points)
    left = 8.0 if narrow else 112.0 if charted else 196.0
    right = width - 8.0 - (56.0 if undated else 0.0)
    first, last = widened(min(d for d, _ in dated), max(d for _, d in dated))
    across = scale(first, last, left + CELL, right - CELL)

    def x_of(point: Point) -> float:
        return (across(point.days[0]) + across(point.days[1])) / 2 if point.days else right + 28

    picture = Picture(width, height=6.0)
    placed: list[tuple[Spot, float, float]] = []
    extents: dict[int, Extent] = {}
    if charted:
        frame = Box(left, picture.height + 18, width - 8, picture.height + 18 + CHART)
        axis = (Days if history.slot is Slot.TIME else Numbers)(
            [history.answers[n].value for n in charted], frame.top + CELL, frame.bottom - CELL
        )
        extents = {n: extent for n in charted if (extent := axis.extent(history.answers[n].value))}
        _frame(picture, history, axis, frame, narrow)
        if isinstance(axis, Days):
            _diagonal(picture, axis, across, (first, last))
        spots = [
            Spot(x_of(p), extents[p.answer].middle, -1, (n,))
            for n, p in enumerate(history.points)
            if p.answer in extents
        ]
        room = Room(frame)
        most = int(FULL * (frame.right - frame.left) * CHART / CELL**2)
        placed += [(spot, *room.place(spot.x, spot.y)) for spot in gathered(spots, most)]
        picture.height = frame.bottom + 6
    for track, lane in enumerate(lanes):
        spots = [Spot(x_of(p), 0, track, (n,)) for n, p in enumerate(history.points) if p.answer in lane.answers]
        placed += _lane(picture, lane, gathered(spots, MOST), (left, width - 8), narrow)
    picture.frame = Box(left, 6, width - 8, picture.height)
    _axis(picture, ticks(first, last, most=max(2, int((right - left) / 88))), across, undated, right)
    _marks(picture, history, placed, extents, across, link)
    _answers(picture, history, placed, extents, narrow)
    return picture


def _charted(history: History) -> list[int]:
    """The numbers of the answers that have a height."""
    reads = CHARTED.get(history.slot)
    return [n for n, told in enumerate(history.answers) if reads and reads(told.value) is not None]


def _lanes(history: History, charted: Sequence[int]) -> list[_Lane]:
    """The lanes for the other answers: for yes and no one each, else one an answer."""
    found: dict[str, list[int]] = {}
    for n, told in enumerate(history.answers):
        if n not in charted:
            found.setdefault(_lane_text(history.slot, n, told), []).append(n)
    if history.slot is Slot.POLARITY:
        order = list(LANE_OF.values())
        found = dict(sorted(found.items(), key=lambda item: order.index(item[0]) if item[0] in order else len(order)))
    lanes = [_Lane(text.partition("\0")[0], frozenset(answers)) for text, answers in found.items()]
    if len(lanes) > LANES:
        rest = lanes[LANES - 1 :]
        more = frozenset(n for lane in rest for n in lane.answers)
        lanes = [*lanes[: LANES - 1], _Lane(words.count(len(more), "further answer"), more)]
    return lanes


def _lane_text(slot: Slot, number: int, told: Told) -> str:
    """What lanes are told apart by; what follows the NUL is not shown."""
    if slot is Slot.POLARITY and isinstance(told.value, str):
        return LANE_OF.get(told.value, told.value)
    if slot in CHARTED:
        return told.label or ("no time given" if slot is Slot.TIME else "no number given")
    return f"{told.whole}\0{number}"


def _frame(picture: Picture, history: History, axis: Days | Numbers, frame: Box, narrow: bool) -> None:
    """The chart's grid and what is written along it."""
    if isinstance(axis, Days):
        title = "what time is stated ↑"
    else:
        title = (history.unit or "how many") + (", by orders of magnitude ↑" if axis.wide else " ↑")
    title = fitted(one_line(title), SMALL, picture.width - 16)
    picture.words.append(Words(8, picture.height + 10, title, "faint"))
    for text, y in axis.ticks(4 if narrow else 7):
        picture.strokes.append(Stroke(frame.left, y, frame.right, y, "grid"))
        if narrow:
            picture.words.append(Words(frame.left, y - 3, text, "faint"))
        else:
            picture.words.append(Words(frame.left - 8, y + 4, text, "faint", "end"))


def _diagonal(picture: Picture, axis: Days, across: Scale, days: tuple[datetime.date, datetime.date]) -> None:
    """The line on which a stated time is the day on which it was said: above it lies what was still to come."""
    first, last = max(days[0], axis.first), min(days[1], axis.last)
    if first < last:
        picture.strokes.append(Stroke(across(first), axis.at(first), across(last), axis.at(last), "itself"))


def _lane(
    picture: Picture, lane: _Lane, spots: list[Spot], ends: tuple[float, float], narrow: bool
) -> list[tuple[Spot, float, float]]:
    """One lane: its words, its line, its marks in as many rows as they need."""
    left, right = ends
    if narrow:
        picture.words.append(
            Words(left, picture.height + 14, fitted(one_line(lane.text), TEXT, right - left), size=TEXT)
        )
        picture.height += 18
    top = picture.height
    found = [
        (spot, min(max(spot.x, left + CELL / 2), right - CELL / 2), top + 2 + CELL * (row + 0.5))
        for spot, row in zip(spots, rows(spots), strict=True)
    ]
    height = max([CELL, *(y - top + CELL / 2 for _, _, y in found)]) + 4
    if not narrow:
        lines = wrapped(lane.text, TEXT, left - 20, most=3)
        height = max(height, 16.0 * len(lines) + 6)
        for n, line in enumerate(lines):
            picture.words.append(Words(8, top + 16 + 16 * n, line, size=TEXT))
    picture.height += height
    picture.strokes.append(Stroke(8, picture.height, right, picture.height, "grid"))
    return found


def _axis(picture: Picture, marked: Ticks, across: Scale, undated: bool, right: float) -> None:
    """The days on which something was said, under everything, and a line upwards for each."""
    frame = picture.frame
    free = 0.0
    for text, day in marked:
        x = across(day)
        picture.strokes.append(Stroke(x, frame.top, x, frame.bottom, "grid"))
        start = min(max(4.0, x - text_width(text, SMALL) / 2), right - text_width(text, SMALL))
        if start >= free:
            picture.words.append(Words(start, frame.bottom + 16, text, "faint"))
            free = start + text_width(text, SMALL) + 8
    if undated:
        picture.strokes.append(Stroke(right + 2, frame.top, right + 2, frame.bottom, "edge"))
        picture.words.append(Words(right + 28, frame.bottom + 16, "no date", "faint", "middle"))
    picture.words.append(Words(8, frame.bottom + 34, "when it was said →", "faint"))
    picture.height = frame.bottom + 42


def _marks(
    picture: Picture,
    history: History,
    placed: Sequence[tuple[Spot, float, float]],
    extents: dict[int, Extent],
    across: Scale,
    link: Link,
) -> None:
    superseded = history.superseded
    letters = letters_of(history)
    stand: dict[int, int] = {}
    for spot, x, y in placed:
        points = [history.points[n] for n in spot.points]
        colours = {colour_of(history, p) for p in points}
        colour = colours.pop() if len(colours) == 1 else "mixed"
        faded = all(n in superseded for n in spot.points)
        dim = not any(p.seen for p in points)
        stand |= dict.fromkeys(spot.points, len(picture.glyphs))
        answers = {p.answer for p in points}
        if len(answers) == 1 and (extent := extents.get(points[0].answer)):
            _bar(picture, extent, x, colour, 0.15 if dim else 0.35 if faded else 0.85)
            if abs(x - spot.x) + abs(y - spot.y) > 10:
                picture.strokes.append(Stroke(spot.x, spot.y, x, y, "leader"))
        if len(points) == 1:
            _stretch(picture, points[0], across, x, y, colour)
        picture.glyphs.append(
            Glyph(
                x=x,
                y=y,
                shape=points[0].certainty,
                colour=colour,
                name=one_line(name_of(history, [history.points[n] for n in spot.points], faded)),
                href=link(points),
                hollow=all(p.origin is None for p in points),
                faded=faded,
                dim=dim,
                letter=letters.get(colour, "") if len(points) == 1 else "",
                count=len(points),
            )
        )
    picture.curves += curves(history, picture.glyphs, stand, picture.frame)


def _bar(picture: Picture, extent: Extent, x: float, colour: str, strong: float) -> None:
    """A stretch of time or a range; an open end fades out on its way to the frame."""
    if extent.low - extent.high < 4:
        return
    if not (extent.open_low or extent.open_high):
        picture.strokes.append(Stroke(x, extent.high, x, extent.low, f"bar {colour}", strong))
    else:
        start, end = (extent.high, extent.low) if extent.open_low else (extent.low, extent.high)
        step = (end - start) / 5
        picture.strokes += [
            Stroke(x, start + n * step, x, start + (n + 1) * step, f"bar {colour}", round(strong * (5 - n) / 5.5, 3))
            for n in range(5)
        ]
    for y, is_open in ((extent.low, extent.open_low), (extent.high, extent.open_high)):
        if not is_open:
            picture.strokes.append(Stroke(x - 5, y, x + 5, y, f"bar {colour}", strong))


def _stretch(picture: Picture, point: Point, across: Scale, x: float, y: float, colour: str) -> None:
    """The days between which it was said; dots to the left where only publication says by when."""
    if not point.days:
        return
    first, last = across(point.days[0]), across(point.days[1])
    if last - first > 8:
        picture.strokes.append(Stroke(first, y, last, y, f"during {colour}"))
    elif point.by_publication:
        picture.strokes.append(Stroke(x - 21, y, x - 9, y, f"until {colour}"))


def _answers(
    picture: Picture,
    history: History,
    placed: Sequence[tuple[Spot, float, float]],
    extents: dict[int, Extent],
    narrow: bool,
) -> None:
    """In the chart, each answer's words beside its first mark, where there is room for them."""
    taken = [Box(g.x - 10, g.y - 9, g.x + 9 + text_width(g.letter, 9), g.y + 9) for g in picture.glyphs]
    taken += [Box(s.x - 2, min(s.y, s.y2), s.x + 2, max(s.y, s.y2)) for s in picture.strokes if s.css.startswith("bar")]
    done: set[int] = set()
    for spot, x, y in sorted(placed, key=lambda one: one[1]):
        answers = {history.points[n].answer for n in spot.points}
        number = next(iter(answers))
        if len(answers) > 1 or number not in extents or number in done:
            continue
        text = fitted(one_line(history.answers[number].text), SMALL, 130 if narrow else 210)
        wide = text_width(text, SMALL)
        for left, at in (
            (x + 24, y),
            (x - 14 - wide, y),
            (x + 17, y + 13),
            (x - wide / 2, y - 17),
            (x - wide / 2, y + 19),
        ):
            box = Box(left, at - 7, left + wide, at + 7)
            inside = picture.frame.left <= left and box.right <= picture.frame.right and at > 24
            if inside and not any(box.touches(other) for other in taken):
                picture.words.append(Words(left, at + 4, text, "answer"))
                taken.append(box)
                done.add(number)
                break


# ---------------------------------------------------------------- what marks say


def colour_of(history: History, point: Point) -> str:
    """The class of its colour: by the side declared, or by act in a case that declares none."""
    if not history.sides:
        return "act-" + point.colour.partition(" ")[0]
    return f"side-{history.sides.index(point.side) % 8}" if point.side in history.sides else "side-none"


def letters_of(history: History) -> dict[str, str]:
    """Colour → the letter beside marks of it, so that nobody needs to tell colours apart."""
    if not history.sides:
        return {"act-estimates": "E", "act-plans": "P", "act-asks": "A", "act-denies": "D", "act-declines": "–"}
    found: dict[str, str] = {}
    for n, side in enumerate(history.sides[:8]):
        beginnings = (side[:1], side[:2], side[:3], str(n + 1))
        others = [other.casefold() for other in history.sides if other != side]
        apart = (b for b in beginnings if not any(other.startswith(b.casefold()) for other in others))
        found[f"side-{n}"] = next(apart, str(n + 1))
    return found


def name_of(history: History, points: Sequence[Point], faded: bool) -> str:
    """A mark in words."""
    days = [day for p in points if p.days for day in p.days]
    when = words.interval(min(days), max(days)) if days else "day not known"
    answers = list(dict.fromkeys(history.answers[p.answer].whole for p in points))
    if len(points) > 1:
        sides = sorted({p.side for p in points if p.side})
        of = f"; {words.listed(sides)}" if sides else ""
        shown = "; ".join(answers[:3]) + (f" and {len(answers) - 3} more answers" if len(answers) > 3 else "")
        return f"{len(points)} utterances, {when}: {shown}{of}"
    [point] = points
    by = "by " if point.by_publication else ""
    told = [f"{point.voice}, {by}{when}: {answers[0]}", point.act, point.certainty]
    told += [f"side {point.side}"] if point.side else []
    told += [words.count(point.reports, "report")] if point.reports > 1 else []
    told += ["lineage unknown"] if point.origin is None else []
    told += ["superseded"] if faded else []
    return "; ".join(told)
