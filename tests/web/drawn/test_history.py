"""The history of a question as geometry."""

import datetime
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.model import RelationType, Slot
from quoth.present.figure import OUTLINE
from quoth.web.drawn.history import DESK, LANES, PHONE, draw
from quoth.web.drawn.picture import CELL, COUNTED, Glyph, Picture
from quoth.web.drawn.points import History, Point, Tie, Told

MARCH = datetime.date(2031, 3, 4)
APRIL = datetime.date(2031, 4, 10)
END = datetime.date(2031, 12, 31)


def told(text: str, value: object = None, label: str = "") -> Told:
    return Told(text=text, spelled="", label=label, value=value)


def point(answer: int, day: datetime.date | None, **more: object) -> Point:
    given: dict[str, object] = {
        "statements": ("s1",),
        "origin": "o1",
        "days": day and (day, day),
        "by_publication": False,
        "voice": "Karl Mende",
        "reports": 1,
        "act": "plans",
        "colour": "plans or promises",
        "certainty": "probable",
        "side": "",
    }
    return Point(answer=answer, **{**given, **more})  # type: ignore[arg-type]


def history(slot: Slot, answers: Sequence[Told], points: Sequence[Point], *ties: Tie, **more: object) -> History:
    return History(slot=slot, answers=tuple(answers), points=tuple(points), ties=ties, **more)  # type: ignore[arg-type]


def drawn(of: History, width: float = DESK) -> Picture:
    picture = draw(of, width, lambda points: f"#s-{points[0].statements[0]}")
    assert picture is not None
    return picture


def named(picture: Picture, beginning: str) -> Glyph:
    [found] = [g for g in picture.glyphs if g.name.startswith(beginning)]
    return found


FERRIES = history(
    Slot.QUANTITY,
    [told("ten", (10, 10)), told("six", (6, 6)), told("at least two", (2, None)), told("withheld", None, "withheld")],
    [
        point(0, MARCH, voice="Ida Solberg", side="Estra", act="asks for", colour="asks or proposes"),
        point(1, APRIL, side="Norland", reports=3),
        point(2, APRIL, voice="a fisherman", origin=None, by_publication=True),
        point(3, None, voice="Harbour Wire"),
    ],
    Tie(type=RelationType.SUPERSEDE, a=0, b=1, why="said later"),
    Tie(type=RelationType.TENSION, a=1, b=2, why="perhaps not of one event", more=2),
    unit="ferries",
    sides=("Estra", "Norland"),
)


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_a_mark_stands_the_farther_right_the_later_and_the_higher_the_more(width: float) -> None:
    picture = drawn(FERRIES, width)
    ten, six = named(picture, "Ida Solberg"), named(picture, "Karl Mende")

    assert ten.x < six.x
    assert ten.y < six.y
    assert picture.width == width


def test_a_mark_says_all_that_its_shape_and_place_say() -> None:
    picture = drawn(FERRIES)

    assert [glyph.name for glyph in picture.glyphs] == [
        "Ida Solberg, 4 March 2031: ten; asks for; probable; side Estra; superseded",
        "Karl Mende, 10 April 2031: six; plans; probable; side Norland; 3 reports",
        "a fisherman, by 10 April 2031: at least two; plans; probable; lineage unknown",
        "Harbour Wire, day not known: withheld (withheld); plans; probable",
    ]


def test_colour_is_the_side_with_a_letter_and_lineage_the_outline() -> None:
    ten, six, two, withheld = drawn(FERRIES).glyphs

    assert [(g.colour, g.letter, g.hollow, g.faded) for g in (ten, six, two, withheld)] == [
        ("side-0", "E", False, True),
        ("side-1", "N", False, False),
        ("side-none", "", True, False),
        ("side-none", "", False, False),
    ]


def test_letters_of_sides_that_begin_alike_are_told_apart() -> None:
    sides = ("Norland", "Norvale", "Nor")
    points = [point(0, MARCH, side=side, voice=side) for side in sides]

    picture = drawn(history(Slot.POLARITY, [told("yes", "yes")], points, sides=sides))

    assert sorted(g.letter for g in picture.glyphs) == ["1", "2", "3"]


def test_without_sides_colour_is_the_act() -> None:
    picture = drawn(history(Slot.POLARITY, [told("yes", "yes")], [point(0, MARCH)]))

    assert [(g.colour, g.letter, g.path) for g in picture.glyphs] == [("act-plans", "P", OUTLINE["probable"])]


def test_what_has_no_day_stands_beyond_the_edge_and_what_has_no_number_below_the_chart() -> None:
    picture = drawn(FERRIES)
    withheld = named(picture, "Harbour Wire")
    [edge] = [s for s in picture.strokes if s.css == "edge"]

    assert withheld.x > edge.x > max(g.x for g in picture.glyphs if g is not withheld)
    assert withheld.y > max(g.y for g in picture.glyphs if g is not withheld)
    assert "no date" in [w.text for w in picture.words]
    assert "withheld" in [w.text for w in picture.words]


def test_an_open_range_fades_upwards_from_its_end() -> None:
    two = history(Slot.QUANTITY, [told("at least two", (2, None)), told("ten", (10, 10))], [point(0, MARCH)])
    picture = drawn(two)
    [mark] = picture.glyphs
    bar = [s for s in picture.strokes if s.css.startswith("bar") and s.x == s.x2]

    assert bar[0].y == mark.y
    assert [s.opacity for s in bar] == sorted((s.opacity for s in bar), reverse=True)
    assert all(s.y2 < s.y for s in bar)
    assert [(s.y, s.x2 - s.x) for s in picture.strokes if s.css.startswith("bar") and s.x != s.x2] == [(mark.y, 10)]


def test_a_stretch_of_time_is_a_bar_with_two_ends_and_its_mark_in_the_middle() -> None:
    half = (datetime.date(2031, 7, 1), END)
    picture = drawn(history(Slot.TIME, [told("in the second half of 2031", half)], [point(0, MARCH)]))
    [mark] = picture.glyphs
    upright, low, high = [s for s in picture.strokes if s.css.startswith("bar")]

    assert upright.x == upright.x2 == mark.x
    assert mark.y == (upright.y + upright.y2) / 2
    assert (low.y, high.y) == (upright.y2, upright.y)


def test_yes_no_and_open_have_a_lane_each_in_that_order() -> None:
    answers = [told("unclear", "unknown"), told("no", "no"), told("it has", "yes"), told("yes", "yes")]
    picture = drawn(history(Slot.POLARITY, answers, [point(n, MARCH, voice=f"V{n}") for n in range(4)]))

    assert [w.text for w in picture.words if not w.css] == ["yes", "no", "left open"]
    open_, no, yes, also = (named(picture, f"V{n}").y for n in range(4))
    assert yes < also < no < open_


def test_each_place_has_a_lane_and_very_many_share_the_last() -> None:
    answers = [told(f"Port {n}", f"Port {n}") for n in range(50)]
    picture = drawn(history(Slot.PLACE, answers, [point(n, MARCH) for n in range(50)]))

    texts = [w.text for w in picture.words if not w.css]

    assert texts == [*(f"Port {n}" for n in range(LANES - 1)), f"{50 - LANES + 1} further answers"]


def test_lines_say_why_and_arrows_lead_to_what_took_the_place() -> None:
    picture = drawn(FERRIES)
    superseded, tension = picture.curves

    assert (superseded.css, superseded.tip) == ("supersede", "Superseded: said later")
    assert superseded.head
    assert (tension.css, tension.tip) == ("tension", "Tension: perhaps not of one event; and 2 more")
    assert not tension.head


def test_of_many_lines_the_nearest_between_two_answers_is_drawn() -> None:
    points = [point(n % 2, MARCH + datetime.timedelta(40 * n), voice=f"V{n}") for n in range(14)]
    ties = [Tie(type=RelationType.CONTRADICT, a=a, b=b, why="no") for a in range(0, 14, 2) for b in range(1, 14, 2)]

    few = drawn(history(Slot.POLARITY, [told("yes", "yes"), told("no", "no")], points, *ties[:5]))
    many = drawn(history(Slot.POLARITY, [told("yes", "yes"), told("no", "no")], points, *ties))

    assert len(few.curves) == 5
    assert len(many.curves) == 1


def test_many_of_one_day_and_answer_are_one_mark_with_their_number() -> None:
    points = [point(0, MARCH, statements=(f"s{n}",)) for n in range(300)] + [point(1, APRIL)]
    picture = drawn(history(Slot.POLARITY, [told("yes", "yes"), told("no", "no")], points))
    many, one = picture.glyphs

    assert (many.count, many.shown, many.path) == (300, "300", COUNTED)
    assert many.name == "300 utterances, 4 March 2031: yes"
    assert one.count == 1


def test_a_mark_that_is_not_looked_at_is_dim() -> None:
    picture = drawn(history(Slot.POLARITY, [told("yes", "yes")], [point(0, MARCH, seen=False)]))

    assert [g.dim for g in picture.glyphs] == [True]


def test_the_bar_of_a_mark_that_is_not_looked_at_is_pale_too() -> None:
    span = (datetime.date(2031, 7, 1), END)
    points = [point(0, MARCH, seen=seen, voice=f"{seen}") for seen in (True, False)]

    picture = drawn(history(Slot.TIME, [told("in the second half of 2031", span)], points))

    assert [s.opacity for s in picture.strokes if s.css.startswith("bar") and s.x == s.x2] == [0.85, 0.15]


def test_nothing_dated_is_no_picture() -> None:
    assert draw(history(Slot.POLARITY, [told("yes", "yes")], [point(0, None)]), DESK, lambda _: "#") is None
    assert draw(history(Slot.POLARITY, [], []), DESK, lambda _: "#") is None


def test_hostile_words_are_shown_as_escapes() -> None:
    picture = drawn(history(Slot.PLACE, [told("Estra\u202e\x1b", "Estra")], [point(0, MARCH, voice="a\nb\u202e")]))

    assert picture.glyphs[0].name == "a b\\u202e, 4 March 2031: Estra\\u202e\\u001b; plans; probable"
    assert "Estra\\u202e\\u001b" in [w.text for w in picture.words]


ANSWERS = st.one_of(
    st.tuples(st.none() | st.dates(), st.none() | st.dates()).filter(
        lambda p: p[0] is None or p[1] is None or p[0] <= p[1]
    ),
    st.none(),
)


@given(
    st.lists(ANSWERS, min_size=1, max_size=8),
    st.lists(st.tuples(st.integers(0, 7), st.none() | st.dates()), min_size=1, max_size=120),
    st.sampled_from([DESK, PHONE]),
)
def test_every_point_is_in_a_mark_inside_the_frame(
    answers: list[object], said: list[tuple[int, datetime.date | None]], width: float
) -> None:
    points = [point(a % len(answers), d, statements=(f"s{n}",)) for n, (a, d) in enumerate(said)]
    picture = draw(history(Slot.TIME, [told(str(n), v) for n, v in enumerate(answers)], points), width, lambda _: "#")
    if picture is None:
        assert all(d is None for _, d in said)
        return

    assert sum(g.count for g in picture.glyphs) == len(points)
    for glyph in picture.glyphs:
        assert picture.frame.left + CELL / 2 <= glyph.x <= picture.frame.right - CELL / 2 + 1e-6
        assert picture.frame.top + CELL / 2 <= glyph.y <= picture.frame.bottom - CELL / 2 + 1e-6
    assert picture.frame.bottom < picture.height
