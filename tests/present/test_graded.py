"""Grades and sides as people see them: small, told in words, and without any say in the order of things."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

import pytest
from rich.console import Console

from quoth.model import Credibility, Rated, Rating, Reliability
from quoth.present import words
from quoth.present.brief import brief_html, brief_markdown
from quoth.present.layout import build_view
from quoth.present.people import rating_told, ratings_table
from quoth.present.tables import grades_table, questions_group


@pytest.fixture(scope="module")
def view(graded):
    return build_view(graded.comparison, graded.statements, graded.documents, assessments=graded.assessments)


@pytest.fixture(scope="module")
def plain(story):
    return build_view(story.comparison, story.statements, story.documents)


def printed(*what):
    console = Console(width=160, no_color=True)
    with console.capture() as captured:
        for one in what:
            console.print(one)
    return captured.get()


def test_answers_have_marks_reasons_and_sides_in_words(view):
    _, many, when = view.questions
    asked, planned = many.answers
    assert (asked.grades.marks, asked.grades.words, asked.grades.sides) == ("6", "truth cannot be judged", "Estra")
    assert "nobody says that it is so" in asked.grades.why
    assert planned.grades.marks == "B6 F6"
    assert planned.grades.rated == (
        ("B6", "Karl Mende", "usually reliable, about ferries; rated by ana"),
        ("F6", "Harbour Wire", "reliability cannot be judged; rated by bo <b>"),
    )
    assert planned.grades.sides == "no side declared for Karl Mende"
    assert [a.standing for a in many.answers] == [
        "1 report, 1 origin, 1 voice, 1 side",
        "2 reports, 1 origin, 1 voice, no side declared",
    ]
    assert [a.standing for a in when.answers][1] == "1 report, 0 origins, lineage unknown"
    assert [u.side for a in when.answers for u in a.utterances] == ["Estra", "", ""]


def test_sides_stand_apart_from_voices_for_which_none_is_declared(graded):
    id = graded.comparison.questions[0].id
    first, second = graded.assessments[id]
    mixed = {**graded.assessments, id: (replace(first, no_side=("Karl Mende", "Tove Lind")), second)}
    view = build_view(graded.comparison, graded.statements, graded.documents, assessments=mixed)
    [answer] = [a for q in view.questions if q.id == id for a in q.answers if a.text == "10 ferries"]
    assert answer.standing == "1 report, 1 origin, 1 voice, 1 side, 2 with no side declared"
    assert answer.grades.sides == "Estra; no side declared for Karl Mende and Tove Lind"
    page = brief_html(view)  # what is long may break, so that it stays in its column
    assert '<span class="whole">1 side,</span> <span>2 with no side declared</span>' in page


def test_no_order_depends_on_grades(view, plain):
    assert [q.id for q in view.questions] == [q.id for q in plain.questions]
    assert [[a.text for a in q.answers] for q in view.questions] == [
        [a.text for a in q.answers] for q in plain.questions
    ]
    assert [q.verdict for q in view.questions] == [q.verdict for q in plain.questions]


def test_the_page_shows_grades_and_says_that_they_decide_nothing(view, plain):
    page = brief_html(view)
    assert "<small>B6 F6: truth cannot be judged</small>" in page
    text = " ".join(re.sub(r"<[^>]+>", "", page).split())
    assert "F6 Harbour Wire, reliability cannot be judged; rated by bo &lt;b&gt;" in text
    assert "side: Estra; 3 March 2031" in text
    assert "it orders and decides nothing" in text
    assert "decides nothing either" in text
    assert "A completely reliable, B usually reliable" in text
    assert "a voice for which none is declared is of no side" in text
    ungraded = brief_html(plain)
    assert "Figure, 1 to 6" not in ungraded
    assert "<dt>Side</dt>" not in ungraded


def test_markdown_says_the_same(view):
    text = brief_markdown(view)
    assert "2 reports, 1 origin, 1 voice, no side declared; B6 F6: truth cannot be judged |" in text
    assert "Ida Solberg (side: Estra), 3 March 2031" in text
    assert r"F6 Harbour Wire, reliability cannot be judged; rated by bo \<b\>" in text
    assert "- **Letter, A to F**: an analyst’s own judgement of a source" in text


def test_the_terminal_shows_each_source_s_letter_and_why(view):
    many = view.questions[1]
    table = printed(questions_group([many]))
    assert "2 reports, 1 origin, 1 voice, no side declared" in table
    assert "6 truth cannot" in table
    assert "B6 Karl Mende" in table
    assert "F6 Harbour Wire" in table
    assert "Ida Solberg (side: Estra)" in table
    because = " ".join(printed(grades_table(many.answers)).split())
    assert "usually reliable" in because
    assert "nobody says that it is so" in because


def test_every_letter_and_figure_has_its_words():
    assert set(words.RELIABILITY) == set(Reliability)
    assert set(words.CREDIBILITY) == set(Credibility)


def rated(**fields):
    rating = Rating(
        id="a0" * 16,
        name="Wire",
        topic=fields.get("topic"),
        grade=fields.get("grade"),
        by="ana\x1b[31m",
        note="why",
        recorded_at=datetime.datetime(2031, 5, 1, 12, 30, tzinfo=datetime.UTC),
        previous=None,
    )
    return Rated(rating=rating, names=fields.get("names", ()), agents=(), standing=fields.get("standing", True))


def test_what_was_rated_is_told_in_a_line_and_so_is_a_name_of_nobody():
    known = rated(grade=Reliability.FAIRLY, topic="ferries", names=("Harbour Wire",))
    assert rating_told(known) == ["Wire (Harbour Wire): C, fairly reliable, about ferries, by ana\\u001b[31m"]
    first, second = rating_told(rated(standing=False))
    assert first == "Wire: rating taken back, by ana\\u001b[31m"
    assert second.startswith("nobody in the case is called Wire yet")


def test_ratings_are_listed_with_what_became_of_them():
    last = rated(grade=Reliability.CANNOT_BE_JUDGED, topic="ferries", names=("Wire",))
    table = printed(ratings_table([rated(grade=Reliability.USUALLY, standing=False), rated(standing=False), last]))
    lines = [" ".join(line.split()) for line in table.splitlines()[2:]]
    assert lines == [
        "2031-05-01 12:30 ana\\u001b[31m Wire B usually reliable (no longer) everything nobody yet why",
        "2031-05-01 12:30 ana\\u001b[31m Wire taken back everything nobody yet why",
        "2031-05-01 12:30 ana\\u001b[31m Wire F reliability cannot be judged ferries Wire why",
    ]
