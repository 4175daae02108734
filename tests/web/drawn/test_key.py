"""The key to a drawing."""

import datetime

from quoth.model import RelationType, Slot
from quoth.present.figure import OUTLINE
from quoth.web.drawn.history import DESK, draw
from quoth.web.drawn.key import MEANS, Key, key_of
from quoth.web.drawn.points import History, Point, Tie, Told

DAY = datetime.date(2031, 3, 4)


def point(answer: int, **more: object) -> Point:
    given: dict[str, object] = {
        "statements": ("s1",), "origin": "o1", "days": (DAY, DAY), "by_publication": False, "voice": "Mende",
        "reports": 1, "act": "plans", "colour": "plans or promises", "certainty": "probable", "side": "",
    }  # fmt: skip
    return Point(answer=answer, **{**given, **more})  # type: ignore[arg-type]


def key(*points: Point, ties: tuple[Tie, ...] = (), sides: tuple[str, ...] = ()) -> Key:
    answers = tuple(Told(text=text, spelled="", label="", value=text) for text in ("yes", "no"))
    history = History(slot=Slot.POLARITY, answers=answers, points=points, ties=ties, sides=sides)
    picture = draw(history, DESK, lambda _: "#")
    assert picture is not None
    return key_of(history, picture)


def test_the_key_has_what_is_drawn_and_nothing_else() -> None:
    found = key(point(0), point(1, colour="denies", certainty="certainly not", origin=None))

    assert found == Key(
        by="act",
        colours=(("act-plans", "P", "plans or promises"), ("act-denies", "D", "denies")),
        shapes=((OUTLINE["probable"], "probable"), (OUTLINE["certainly not"], "certainly not")),
        signs=(("hollow", MEANS["hollow"]),),
    )


def test_with_sides_colours_are_sides() -> None:
    found = key(point(0, side="Estra"), point(1), sides=("Estra", "Norland"))

    assert (found.by, found.colours) == ("side", (("side-0", "E", "Estra"), ("side-none", "", "no side declared")))


def test_lines_between_marks_and_what_is_superseded_are_explained() -> None:
    tie = Tie(type=RelationType.SUPERSEDE, a=0, b=1, why="later")

    assert [name for name, _ in key(point(0), point(1), ties=(tie,)).signs] == ["faded", "supersede"]
