from __future__ import annotations

import datetime
import struct
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.model import Act, Factuality
from quoth.present.drawing import draw
from quoth.present.figure import MARGIN, OUTLINE, text_width, wrapped
from quoth.present.moments import MOST, SIDES, Moment, Row, Strip, Timeline, timeline
from quoth.present.timeline import timeline_inline_svg, timeline_png, timeline_svg, timeline_text
from quoth.present.words import CERTAINTY

DAYS = st.dates(datetime.date(2019, 1, 1), datetime.date(2040, 1, 1))
SOME_TEXT = st.sampled_from(
    ["6 ferries", "by the end of 2032", "yes", "in the second half of the year after next", "П" * 30, "船" * 9]
)
MOMENTS = st.builds(
    lambda first, length, **more: Moment(first=first, last=first + datetime.timedelta(length), **more),
    DAYS,
    st.sampled_from([0, 0, 30]),
    by_publication=st.booleans(),
    voice=SOME_TEXT,
    reports=st.integers(1, 12),
    side=st.sampled_from(sorted(set(SIDES.values()))),
    certainty=st.sampled_from(sorted(CERTAINTY.values())),
)
TIMES = st.one_of(
    st.none(),
    st.tuples(DAYS, st.none()),
    st.tuples(st.none(), DAYS),
    st.tuples(DAYS, DAYS).map(lambda d: (min(d), max(d))),
)
ROWS = st.builds(
    Row,
    text=SOME_TEXT,
    standing=st.just("planned; 3 reports, 1 origin"),
    time=TIMES,
    moments=st.lists(MOMENTS, min_size=1, max_size=4).map(tuple),
    undated=st.just(0),
)
TIMELINES = st.builds(
    Timeline,
    strips=st.lists(
        st.builds(Strip, question=SOME_TEXT, rows=st.lists(ROWS, min_size=1, max_size=5).map(tuple)),
        min_size=1,
        max_size=3,
    ).map(tuple),
    undrawn=st.integers(0, 3),
)


@pytest.fixture(scope="module")
def told(story):
    return timeline(story.comparison, story.statements, story.documents)


def test_moments_stand_on_the_day_of_saying_or_are_marked_as_publication(told):
    whether, many, when = told.strips
    assert [row.text for row in many.rows] == ["10 ferries", "6 ferries"]
    [mende] = many.rows[1].moments
    assert (mende.first, mende.reports, mende.side, mende.certainty) == (
        datetime.date(2031, 3, 4),
        2,
        "plans or promises",
        "probable",
    )
    [narrated] = when.rows[1].moments
    assert narrated.by_publication
    assert not mende.by_publication
    assert when.rows[2].time == (None, datetime.date(2032, 12, 31))
    [denied] = whether.rows[0].moments
    assert denied.side == "denies"
    assert (told.undated, whether.rows[1].moments) == (1, ())


@settings(max_examples=25, deadline=None)
@given(TIMELINES, st.sampled_from([350, 920]))
def test_no_label_runs_into_another_or_off_the_page(told, width):
    drawing = draw(told, width, "A title")
    for n, label in enumerate(drawing.labels):
        assert label.box.left >= 0
        assert label.box.right <= width
        assert label.box.bottom <= drawing.height
        for other in drawing.labels[n + 1 :]:
            assert not label.box.touches(other.box), (label, other)


@settings(max_examples=20, deadline=None)
@given(TIMELINES)
def test_every_utterance_has_its_mark_inside_the_page(told):
    drawing = draw(told, 920, "")
    marks = [mark for mark in drawing.marks if mark.tip]
    assert len(marks) == sum(len(row.moments) for strip in told.strips for row in strip.rows)
    assert all(0 < m.x < 920 and 0 < m.y < drawing.height for m in marks)


def test_svg_is_well_formed_safe_and_fetches_nothing(told):
    svg = timeline_svg(told, title="A <b>title</b> \x1b")
    root = ET.fromstring(svg)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert not [e for e in root.iter() if e.tag.endswith(("script", "image", "foreignObject", "use"))]
    assert "href" not in svg
    texts = "".join(root.itertext())
    assert "A <b>title</b> \\u001b" in texts
    assert "How many Heron ferries" in texts
    assert "\u202e" not in texts
    tips = [e.text for e in root.iter("{http://www.w3.org/2000/svg}title")]
    assert "6 ferries: Karl Mende, 4 March 2031; plans or promises, probable" in tips


def test_inline_svg_takes_the_page_s_colours(told):
    svg = timeline_inline_svg(told, width=350)
    assert "currentColor" in svg
    assert "var(--plans, #35845a)" in svg
    assert "<rect" not in svg


def test_png_has_the_size_asked_for(told):
    png = timeline_png(told, width=400, scale=2)
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">I", png[16:20]) == (800,)


def test_nothing_dated_is_told_in_text(story):
    documents = [replace(d, published=None) for d in story.documents]
    statements = [replace(s, said=None) for s in story.statements]
    nothing = timeline(story.comparison, statements, documents)
    assert nothing.days is None
    assert timeline_text(nothing).startswith("Nothing to draw")
    with pytest.raises(ValueError, match="dated"):
        timeline_svg(nothing)


def test_text_tells_every_moment(told):
    lines = timeline_text(told).splitlines()
    assert "    4 March 2031: Karl Mende plans or promises, probable, 2 reports" in lines
    assert "    4 March 2031 (published): Harbour Wire plans or promises, probable" in lines
    assert lines[-1] == "1 utterance without any date."
    assert "\x1b" not in timeline_text(told)


def test_questions_with_one_utterance_are_counted_not_drawn_unless_there_is_nothing_else(story):
    many, when, _ = story.comparison.questions
    alone = replace(when, values=when.values[:1])
    told = timeline(replace(story.comparison, questions=(many, alone)), story.statements, story.documents)
    assert ([strip.question for strip in told.strips], told.undrawn) == ([many.text], 1)
    told = timeline(replace(story.comparison, questions=(alone,)), story.statements, story.documents)
    assert ([strip.question for strip in told.strips], told.undrawn) == ([when.text], 0)


def test_how_sure_is_told_as_the_brief_tells_it(story):
    """A denial of an event that was to come is certainly not, however likely its words have it."""
    whether = story.comparison.questions[2]
    denied = next(s for s in story.statements if s.id in whether.values[0].statements)
    probable = replace(denied.events[0], factuality=Factuality.PROBABLE)
    turned = replace(denied, act=Act.DENY, events=(probable,))
    statements = [turned if s.id == denied.id else s for s in story.statements]
    told = timeline(story.comparison, statements, story.documents)
    [moment] = told.strips[0].rows[0].moments
    assert (moment.side, moment.certainty) == ("denies", "certainly not")


def test_a_long_case_says_what_its_timeline_leaves_out(story):
    many = story.comparison.questions[0]
    questions = tuple(replace(many, id=f"{n:032x}") for n in range(MOST + 7))
    told = timeline(replace(story.comparison, questions=questions), story.statements, story.documents)
    assert (len(told.strips), told.further) == (MOST, 7)
    assert "Not told: 7 questions less contested than these." in timeline_text(told)
    assert "Not drawn: 7 questions less contested than these." in timeline_svg(told)


def test_every_certainty_has_an_outline():
    assert set(CERTAINTY.values()) | {"swatch"} == set(OUTLINE)


@given(st.text(max_size=200), st.integers(60, 400))
def test_wrapped_lines_fit(text, width):
    assert all(text_width(line, 12) <= width or len(line) <= 2 for line in wrapped(text, 12, width))
    assert len(wrapped(text, 12, width)) <= 3


def test_margin_is_kept(told):
    assert min(label.x for label in draw(told, 350, "T").labels) >= MARGIN
