"""Tokens become a running text again, and each keeps its span."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.measure.printed import printed


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["It", "sank", "."], "It sank."),
        (["They", "did", "n't", "go", ",", "he", "said", "."], "They didn't go, he said."),
        (["He", "can", "not", "go"], "He cannot go"),
        (['"', "It", "sank", '"', ",", "he", "said"], '"It sank", he said'),
        (["(", "May", ")", "$", "5", "and", "5", "%"], "(May) $5 and 5%"),
        ([], ""),
    ],
)
def test_printed_text(words: list[str], text: str) -> None:
    assert printed(words)[0] == text


@given(st.lists(st.text(st.characters(min_codepoint=33, max_codepoint=0x2FFF), min_size=1, max_size=5), max_size=12))
def test_printed_spans_hold_the_words(words: list[str]) -> None:
    text, spans = printed(words)
    assert [span.words(text) for span in spans] == words
