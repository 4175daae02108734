"""Where everything on the timeline stands, in pixels from the upper left corner; nothing here draws.

Each answer has a line of words above its own track, so that no label can run into another.  A question about a
time is a chart instead: the day it was said to the right, the stated time upwards; its labels are placed one by
one, where they touch neither a bar nor another label.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator

from quoth.present import words
from quoth.present.escape import one_line
from quoth.present.figure import (
    HEADING,
    INK,
    MARGIN,
    OUTLINE,
    SMALL,
    TEXT,
    TITLE,
    Bar,
    Box,
    Drawing,
    Label,
    Mark,
    Rule,
    fitted,
    text_width,
    wrapped,
)
from quoth.present.moments import Moment, Row, Timeline

COLOUR = {
    "says": "#2b6ca3",
    "estimates": "#6a5fb0",
    "plans or promises": "#35845a",
    "asks or proposes": "#b8760c",
    "denies": "#b93a32",
    "declines to say": "#84807a",
}
HOLLOW = "hollow: day of publication; when it was said is not stated"
GUTTER = 72
"""Room at the left for the stated times' scale, in pixels."""
CHART = 170
"""Height in pixels of the chart of a question about a time."""

BAR = 13
"""Least distance between two bars of it."""

Scale = Callable[[datetime.date], float]
Ticks = list[tuple[str, datetime.date]]


def draw(timeline: Timeline, width: float, title: str) -> Drawing:
    """The whole timeline, `width` pixels wide and as high as it needs.  Raises ValueError when nothing is dated."""
    days = timeline.days
    if days is None:
        raise ValueError("nothing in the timeline is dated")
    drawing = Drawing(width)
    charted = any(sum(bool(row.time) for row in strip.rows) > 1 for strip in timeline.strips)
    across = scale(*widened(*days), MARGIN + (GUTTER if charted else 10), width - MARGIN - 34)
    if title:
        _write(drawing, title, TITLE, bold=True)
    for line in _remarks(timeline):
        _write(drawing, line, SMALL, faint=True)
    drawing.height += 6
    marked = ticks(*widened(*days), most=max(2, int((width - 60) / 84)))
    _axis(drawing, marked, across)
    for strip in timeline.strips:
        drawing.height += 14
        _write(drawing, strip.question, HEADING, bold=True)
        timed = [row for row in strip.rows if row.time and row.moments]
        if len(timed) < 2:
            timed = []
        if timed:
            _chart(drawing, timed, marked, across)
        for row in strip.rows:
            if row not in timed:
                _track(drawing, row, marked, across)
    drawing.height += 8
    _axis(drawing, marked, across)
    drawing.height += 10
    _legend(drawing, timeline)
    drawing.height += MARGIN
    return drawing


def _remarks(timeline: Timeline) -> Iterator[str]:
    yield "Each mark is one utterance, on the day it was said. ×3: three reports of it."
    if timeline.further:
        yield f"Not drawn: {words.count(timeline.further, 'question')} less contested than these."
    if timeline.undrawn:
        yield f"Not drawn: {words.count(timeline.undrawn, 'question')} with one dated utterance, or none."


def widened(first: datetime.date, last: datetime.date) -> tuple[datetime.date, datetime.date]:
    """The same days with some room around them, so that one single day has an axis as well."""
    room = datetime.timedelta(days=max(3, (last - first).days // 25))
    low = max(datetime.date.min + room, first) - room
    high = min(datetime.date.max - room, last) + room
    return low, high


def scale(first: datetime.date, last: datetime.date, start: float, end: float) -> Scale:
    """Where a day stands between `start`, at the first, and `end`, at the last."""
    length = max(1, (last - first).days)
    return lambda day: start + (end - start) * (day - first).days / length


def ticks(first: datetime.date, last: datetime.date, most: int) -> Ticks:
    """Labelled first days of days, weeks, months, quarters, years or decades: the finest that has at most `most`."""
    length = (last - first).days
    for step in (1, 2, 7, 14):
        if length / step <= most:
            days = [first + datetime.timedelta(days=n) for n in range(0, length + 1, step)]
            return [(f"{d.day} {words.MONTHS[d.month][:3]} {d.year}", d) for d in days]
    for months in (1, 3, 6, 12, 24, 60, 120, 600, 1200):
        firsts = [
            datetime.date(month // 12, month % 12 + 1, 1)
            for month in range(first.year * 12 // months * months, last.year * 12 + 12, months)
            if month >= 12
        ]
        inside = [d for d in firsts if first <= d <= last]
        if 0 < len(inside) <= most:
            return [(f"{words.MONTHS[d.month][:3]} {d.year}" if months < 12 else str(d.year), d) for d in inside]
    return [(words.day(first), first)]


def _write(drawing: Drawing, text: str, size: float, *, bold: bool = False, faint: bool = False) -> None:
    for line in wrapped(text, size, drawing.width - 2 * MARGIN):
        drawing.labels.append(Label(MARGIN, drawing.height + size * 0.65, line, size, bold, faint))
        drawing.height += size * 1.4


def _axis(drawing: Drawing, marked: Ticks, across: Scale) -> None:
    """The days' labels in one line; one that would run into the label before it is left out."""
    free = float(MARGIN)
    for text, day in marked:
        width = text_width(text, SMALL)
        x = min(max(MARGIN, across(day) - width / 2), drawing.width - MARGIN - width)
        if x >= free:
            drawing.labels.append(Label(x, drawing.height + 8, text, SMALL, faint=True))
            free = x + width + 6
    drawing.height += 17


def _free(x: float, used: list[float], left: float, right: float) -> float:
    """The place nearest to `x` that is `BAR` away from all `used` ones; `x` itself where there is none."""
    steps = [n * BAR * sign for n in range(int((right - left) / BAR) + 1) for sign in (1, -1)]
    places = (min(max(left, x), right) + step for step in steps)
    fitting = (p for p in places if left <= p <= right and all(abs(p - other) >= BAR for other in used))
    return next(fitting, x)


def _tip(row: Row, moment: Moment) -> str:
    when = words.interval(moment.first, moment.last)
    return one_line(f"{row.text}: {moment.voice}, {when}; {moment.side}, {moment.certainty}")


def _mark(row: Row, moment: Moment, x: float, y: float) -> Mark:
    return Mark(x, y, moment.certainty, COLOUR[moment.side], filled=not moment.by_publication, tip=_tip(row, moment))


def _middle(moment: Moment, across: Scale) -> float:
    return (across(moment.first) + across(moment.last)) / 2


def _track(drawing: Drawing, row: Row, marked: Ticks, across: Scale) -> None:
    drawing.height += 4
    standing = fitted(row.standing, SMALL, drawing.width * 0.62)
    text = fitted(one_line(row.text), TEXT, drawing.width - 2 * MARGIN - text_width(standing, SMALL) - 10)
    y = drawing.height + 8
    drawing.labels.append(Label(MARGIN, y, text, TEXT))
    drawing.labels.append(Label(MARGIN + text_width(text, TEXT) + 8, y, standing, SMALL, faint=True))
    drawing.height += 18
    lanes: list[float] = []
    placed: list[tuple[Moment, float, int]] = []
    for moment in row.moments:
        x = _middle(moment, across)
        lane = next((n for n, end in enumerate(lanes) if end <= min(x - 8, across(moment.first))), len(lanes))
        lanes[lane : lane + 1] = [max(x + 4, across(moment.last)) + (28 if moment.reports > 1 else 4)]
        placed.append((moment, x, lane))
    for moment, x, lane in placed:
        y = drawing.height + 9 + 15 * lane
        if moment.first != moment.last:
            drawing.rules.append(Rule(across(moment.first), y, across(moment.last), y, COLOUR[moment.side], 2, 0.5))
        drawing.marks.append(_mark(row, moment, x, y))
        if moment.reports > 1:
            drawing.labels.append(
                Label(max(x + 9, across(moment.last) + 4), y, f"×{moment.reports}", SMALL, faint=True)
            )
    top = drawing.height
    drawing.height += 5 + 15 * len(lanes)
    if lanes:
        _grid(drawing, marked, across, top, drawing.height)
    drawing.rules.insert(0, Rule(MARGIN, drawing.height, drawing.width - MARGIN, drawing.height, opacity=0.3))


def _grid(drawing: Drawing, marked: Ticks, across: Scale, top: float, bottom: float) -> None:
    drawing.rules[:0] = [Rule(across(day), top, across(day), bottom, opacity=0.22) for _, day in marked]


def _chart(drawing: Drawing, rows: list[Row], marked: Ticks, across: Scale) -> None:
    """Bars of the stated time (upwards) over the day it was said; an open end runs to the frame and fades."""
    ends = [end for row in rows if row.time for end in row.time if end]
    first, last = widened(min(ends), max(ends))
    top, bottom = drawing.height + 26, drawing.height + CHART
    upwards = scale(first, last, bottom - 6, top + 6)
    drawing.labels.append(Label(MARGIN, drawing.height + 7, "stated time ↑   said →", SMALL, faint=True))
    taken: list[Box] = []
    for text, day in ticks(first, last, most=5):
        y = upwards(day)
        label = Label(MARGIN, y - 7, text, SMALL, faint=True)
        drawing.rules.insert(0, Rule(MARGIN, y, drawing.width - MARGIN, y, opacity=0.3))
        drawing.labels.append(label)
        taken.append(label.box)
    bars: list[Bar] = []
    used: list[float] = []
    for row in rows:
        assert row.time is not None
        earliest, latest = row.time
        low, high = upwards(earliest) if earliest else bottom, upwards(latest) if latest else top
        for moment in row.moments:
            x = _free(_middle(moment, across), used, MARGIN + GUTTER, drawing.width - MARGIN - 8)
            used.append(x)
            colour = COLOUR[moment.side]
            drawing.rules.append(Rule(x, high, x, low, colour, 3, 0.85 if earliest and latest else 0.4))
            centre = (low + high) / 2 if earliest and latest else high if latest else low
            drawing.marks.append(_mark(row, moment, x, centre))
            taken.append(Box(x - 6, min(low, high) - 6, x + 6, max(low, high) + 6))
            if moment is row.moments[0]:
                bars.append(Bar(x, high, low, _bar_text(row, drawing.width - 2 * MARGIN - GUTTER)))
    drawing.height = bottom + 4
    _grid(drawing, marked, across, top, bottom)
    frame = Box(MARGIN + GUTTER - 14, top - 4, drawing.width - MARGIN, bottom)
    below = [bar for bar in bars if not _placed(drawing, bar, taken, frame)]
    for bar in sorted(below, key=lambda bar: -bar.x):  # from the right, so that no tie crosses a label
        label = Label(max(frame.left, min(bar.x, frame.right - bar.width)), drawing.height + 9, bar.text)
        drawing.rules.append(Rule(bar.x, bar.low, bar.x, drawing.height + 2, opacity=0.5))
        drawing.labels.append(label)
        drawing.height += 18


def _bar_text(row: Row, room: float) -> str:
    reports = sum(m.reports for m in row.moments)
    return fitted(one_line(row.text) + (f" ×{reports}" if reports > 1 else ""), TEXT, room)


def _placed(drawing: Drawing, bar: Bar, taken: list[Box], frame: Box) -> bool:
    """Put a bar's label beside it if there is room."""
    middle = (bar.high + bar.low) / 2
    for y in (middle, *(bar.high + 4 + 16 * n for n in range(max(1, int((bar.low - bar.high) / 16)))), bar.low - 4):
        for left in (bar.x + 9, bar.x - 9 - bar.width):
            label = Label(left, y, bar.text)
            box = label.box
            inside = frame.left <= box.left and box.right <= frame.right and frame.top <= box.top
            if inside and box.bottom <= frame.bottom and not any(box.touches(other) for other in taken):
                drawing.labels.append(label)
                taken.append(box)
                return True
    return False


def _legend(drawing: Drawing, timeline: Timeline) -> None:
    moments = [m for strip in timeline.strips for row in strip.rows for m in row.moments]
    sides = {m.side for m in moments}
    certainties = {m.certainty for m in moments}
    entries = [(Mark(0, 0, "swatch", COLOUR[side]), side) for side in COLOUR if side in sides]
    _entries(drawing, "Colour", entries)
    _entries(drawing, "Shape", [(Mark(0, 0, c, INK), c) for c in OUTLINE if c in certainties])
    if any(m.by_publication for m in moments):
        _entries(drawing, "Fill", [(Mark(0, 0, "certain", INK, filled=False), HOLLOW)])


def _entries(drawing: Drawing, heading: str, entries: list[tuple[Mark, str]]) -> None:
    drawing.labels.append(Label(MARGIN, drawing.height + 8, heading, SMALL, faint=True))
    indent = MARGIN + 50.0
    x = indent
    for mark, text in entries:
        lines = wrapped(text, SMALL, drawing.width - MARGIN - indent - 16)
        width = 16 + max(text_width(line, SMALL) for line in lines) + 18
        if x > indent and x + width > drawing.width - MARGIN:
            x = indent
            drawing.height += 18
        drawing.marks.append(Mark(x + 5, drawing.height + 8, mark.shape, mark.colour, mark.filled))
        for n, line in enumerate(lines):
            drawing.labels.append(Label(x + 16, drawing.height + 8 + 15 * n, line, SMALL))
        drawing.height += 15 * (len(lines) - 1)
        x += width
    drawing.height += 18
