from __future__ import annotations

from dataclasses import replace

from quoth.model import Act, Factuality, Phase
from quoth.present.event import event_line
from quoth.present.snippet import in_place


def by_letter(story, letter):
    return next(s for s in story.statements if s.id == letter * 32)


def test_an_event_is_told_with_its_roles(story):
    asked = by_letter(story, "1")
    line = event_line(asked.events[0], asked)
    assert line == "deliver (“deliver”): what Heron ferries · where Estra · how many 10 ferries (“ten Heron ferries”)"
    late = by_letter(story, "7")
    assert "when by 31 December 2032 (“by the end of 2032”)" in event_line(late.events[0], late)


def test_how_sure_is_told_where_it_differs_and_the_source_takes_a_stand(story):
    late = by_letter(story, "7")
    possible = replace(late.events[0], factuality=Factuality.POSSIBLE, phase=Phase.COMPLETE)
    assert event_line(possible, late).endswith(" · stage complete · possible")
    assert "possible" not in event_line(possible, replace(late, act=Act.DENY))
    none = by_letter(story, "8")
    assert event_line(none.events[0], none).endswith("said not to be so")


def test_words_stand_in_their_paragraph_once(story):
    mende = by_letter(story, "5")
    document = next(d for d in story.documents if d.id == mende.document_id)
    shown = in_place(mende, document)
    assert "".join(piece.text for piece in shown) == document.text.splitlines()[1]
    assert [piece.mark for piece in shown if piece.mark] == ["content", "source", "cue"]
