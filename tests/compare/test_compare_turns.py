"""What is said in one turn to speak is one utterance; what is not is not."""

from __future__ import annotations

from typing import Any

import pytest

from quoth.model import AgentKind, QuoteType

TEXT = (
    "Berg said the dam was whole. “Nobody needs to leave,” she said. Holm said it had cracked. "
    "Berg spoke of the budget later."
)


@pytest.fixture
def dam(new_story: Any) -> Any:
    story = new_story()
    story.article("a", TEXT, outlet="Daily", published="2031-01-02")
    story.says("whole", "a", "the dam was whole", "Ida Berg", predicate="be")
    story.says("quote", "a", "Nobody needs to leave", "Ida Berg", predicate="need", quote=QuoteType.DIRECT)
    story.says("cracked", "a", "it had cracked", "Ada Holm", predicate="crack")
    story.says("budget", "a", "the budget later", "Ida Berg", predicate="spend")
    return story


def test_turns_a_quote_after_what_it_is_quoted_for_is_the_same_utterance(dam: Any) -> None:
    assert ["quote", "whole"] in dam.origins(dam.compare())


def test_turns_another_voice_between_ends_the_turn(dam: Any) -> None:
    assert ["budget"] in dam.origins(dam.compare())


def test_turns_an_unnamed_article_leaves_no_id_in_a_voice(new_story: Any) -> None:
    story = new_story()
    for name in ("a", "b"):
        story.article(name, f"A statement said in {name} that all was well.", outlet="", published="2031-01-02")
        story.says(name, name, "all was well", "statement", kind=AgentKind.DOCUMENT, predicate="be")
    voices = {o.voice for o in story.compare().origins}
    assert voices == {"statement", "statement (2)"}


def test_turns_a_bare_official_is_the_described_one_of_the_article(new_story: Any) -> None:
    story = new_story()
    story.article("a", "Few boats, official says. A defence official said there are few boats.", outlet="Daily",
                  published="2031-01-02")  # fmt: skip
    story.says("head", "a", "Few boats", "official", kind=AgentKind.ANONYMOUS, predicate="be")
    story.says("body", "a", "there are few boats", "defence official", kind=AgentKind.ANONYMOUS, predicate="be")
    assert len({o.voice for o in story.compare().origins}) == 1
