"""What the signs of a history mean, as far as one drawing uses them."""

from __future__ import annotations

from dataclasses import dataclass

from quoth.present.drawing import COLOUR
from quoth.present.figure import OUTLINE
from quoth.web.drawn.history import colour_of, letters_of
from quoth.web.drawn.picture import Picture
from quoth.web.drawn.points import History

MEANS = {
    "hollow": "lineage unknown: counted as no origin",
    "until": "by that day: the day of publication, nobody says when",
    "during": "said on one of these days",
    "counted": "so many utterances close together",
    "faded": "superseded",
    "bar": "from … to; an end that fades is open",
    "itself": "the stated time is the day itself: what lies above was still to come, what lies below was past",
    "dim": "outside the filters",
    "contradict": "exclude each other",
    "deny": "denies",
    "tension": "pull apart",
    "supersede": "takes the place of",
}


@dataclass(frozen=True, slots=True)
class Key:
    """`colours`: class, letter and meaning; `shapes`: outline and meaning; `signs`: one of `MEANS` and what it says."""

    by: str
    colours: tuple[tuple[str, str, str], ...]
    shapes: tuple[tuple[str, str], ...]
    signs: tuple[tuple[str, str], ...]


def key_of(history: History, picture: Picture) -> Key:
    """The key to one drawing."""
    letters = letters_of(history)
    used = {colour_of(history, point) for point in history.points}
    if history.sides:
        named = [(f"side-{n % 8}", side) for n, side in enumerate(history.sides)]
        named.append(("side-none", "no side declared"))
    else:
        named = [("act-" + act.partition(" ")[0], act) for act in COLOUR]
    certainties = {point.certainty for point in history.points}
    drawn = {css for stroke in picture.strokes for css in stroke.css.split()[:1]}
    drawn |= {curve.css for curve in picture.curves}
    drawn |= {name for glyph in picture.glyphs for name in ("hollow", "faded", "dim") if getattr(glyph, name)}
    drawn |= {"counted"} if any(glyph.count > 1 for glyph in picture.glyphs) else set()
    return Key(
        by="side" if history.sides else "act",
        colours=tuple((css, letters.get(css, ""), text) for css, text in named if css in used),
        shapes=tuple((OUTLINE[name], name) for name in OUTLINE if name in certainties),
        signs=tuple((name, text) for name, text in MEANS.items() if name in drawn),
    )
