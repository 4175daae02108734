from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from quoth.model import Mention, Span
from quoth.present.snippet import LONGEST, MARGIN, Piece, pieces, snippet

TEXT = "Norland will deliver, the director said on Monday, and then some more words."
SPANS = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 20)).map(lambda p: Span(p[0], min(len(TEXT), sum(p))))


@given(SPANS, st.lists(st.tuples(SPANS, st.sampled_from(["source", "cue", "content"])), max_size=6))
def test_pieces_joined_are_the_words_of_the_hull(hull, marks):
    cut = pieces(TEXT, hull, marks)
    assert "".join(piece.text for piece in cut) == hull.words(TEXT)
    told = [piece.mark for piece in cut for _ in piece.text]
    for offset, mark in enumerate(told, hull.start):
        inside = [name for span, name in marks if span.start <= offset < span.end]
        assert mark == (inside[0] if inside else "")


def test_snippet_tells_source_cue_and_content_apart(story):
    statement, document = story.statements[4], story.documents[1]
    assert snippet(statement, document.text) == (
        Piece("Norland plans to deliver six Heron ferries to Estra", "content"),
        Piece(", "),
        Piece("yard director Karl Mende", "source"),
        Piece(" "),
        Piece("announced", "cue"),
        Piece(" on March 4."),
    )


def test_a_source_beyond_the_context_stands_in_front(story):
    statement, document = story.statements[6], story.documents[1]
    assert snippet(statement, document.text)[:2] == (Piece("Mende", "source"), Piece(" … "))


def test_a_line_without_end_is_shown_by_its_ends(story):
    text = "x" * 10_000 + "WORDS" + "y" * 10_000
    statement = replace(
        story.statements[0],
        source=replace(story.statements[0].source, text="", spans=()),
        cue=None,
        content=Mention.of(text, Span(10_000, 10_005)),
        context=Span(0, len(text)),
    )
    shown = snippet(statement, text)
    assert [p.text for p in shown] == ["…", "x" * MARGIN, "WORDS", "y" * MARGIN, "…"]
    whole = snippet(replace(statement, content=Mention.of(text, Span(0, len(text)))), text)
    assert len(whole) == 1
    assert f"[… {len(text) - LONGEST:,} characters …]" in whole[0].text
