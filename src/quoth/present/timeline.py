"""The timeline as a picture (SVG; PNG by way of vl-convert, with neither network nor browser) or as text."""

from __future__ import annotations

from markupsafe import Markup

from quoth.present import words
from quoth.present.drawing import COLOUR, draw
from quoth.present.escape import one_line
from quoth.present.figure import FAINT, INK
from quoth.present.moments import Timeline
from quoth.present.templating import markup_environment

FONT = "Helvetica Neue, Arial, Liberation Sans, sans-serif"
TITLE = "Who gave which answer, when"
WIDE = 920
NARROW = 350
"""Widths in pixels for a desk or a page, and for a phone."""
PAPER = "#ffffff"


def timeline_svg(timeline: Timeline, *, width: int = WIDE, title: str = TITLE) -> str:
    """A picture of its own, on white.  Raises ValueError when nothing is dated (see `timeline_text`)."""
    return _svg(timeline, width, title, ground=PAPER, inks={})


def timeline_inline_svg(timeline: Timeline, *, width: int) -> Markup:
    """For the inside of a page: no heading, no ground, colours that the page's style sheet may set anew."""
    inks = {colour: f"var(--{side.split()[0]}, {colour})" for side, colour in COLOUR.items()}
    inks |= {INK: "currentColor", FAINT: "var(--faint, #6b6761)"}
    return Markup(_svg(timeline, width, "", ground=None, inks=inks))  # the template has escaped it


def timeline_png(timeline: Timeline, *, width: int = WIDE, title: str = TITLE, scale: float = 2) -> bytes:
    """As `timeline_svg`, in pixels: `scale` of them for each of `width`."""
    import vl_convert

    png: bytes = vl_convert.svg_to_png(timeline_svg(timeline, width=width, title=title), scale=scale)
    return png


def _svg(timeline: Timeline, width: int, title: str, *, ground: str | None, inks: dict[str, str]) -> str:
    environment = markup_environment()
    environment.filters["px"] = lambda pixels: f"{pixels:.1f}".removesuffix(".0")
    environment.filters["ink"] = lambda colour: inks.get(colour, colour)
    drawing = draw(timeline, width, title)
    template = environment.get_template("timeline.svg.j2")
    return template.render(drawing=drawing, title=title or TITLE, font=FONT, ground=ground, ink=INK, faint=FAINT)


def timeline_text(timeline: Timeline) -> str:
    """The timeline in lines of text; it also says why there may be nothing to draw."""
    lines = []
    for strip in timeline.strips:
        lines.append(one_line(strip.question))
        for row in strip.rows:
            lines.append(f"  {one_line(row.text)} ({row.standing})")
            for m in row.moments:
                when = words.interval(m.first, m.last) + (" (published)" if m.by_publication else "")
                reports = f", {words.count(m.reports, 'report')}" if m.reports > 1 else ""
                lines.append(f"    {when}: {one_line(m.voice)} {m.side}, {m.certainty}{reports}")
    if not lines:
        lines.append("Nothing to draw: no question has an utterance with a date.")
    if timeline.further:
        lines.append(f"Not told: {words.count(timeline.further, 'question')} less contested than these.")
    if timeline.strips and timeline.undrawn:
        lines.append(f"Not told: {words.count(timeline.undrawn, 'question')} with one dated utterance, or none.")
    if timeline.undated:
        lines.append(f"{words.count(timeline.undated, 'utterance')} without any date.")
    return "\n".join(lines) + "\n"
