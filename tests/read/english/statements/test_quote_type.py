"""Whether a statement's words are quoted, told by its spans and the quotation marks of its paragraph."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from quoth.model import Block, BlockKind, QuoteType, Span
from quoth.read.english.parse import Parse
from quoth.read.english.pipeline import Passage
from quoth.read.english.statements.contents import quote_type
from quoth.read.quotes import scan

VOCAB = spacy.blank("en").vocab


def told(text: str, *spans: Span) -> QuoteType:
    block = Block(Span(0, len(text)), BlockKind.PARAGRAPH)
    frame = Parse(Doc(VOCAB), (), (), BlockKind.PARAGRAPH)
    return quote_type([Passage(block, tuple(scan(text, [block.span])), frame)], spans, text)


def spans_of(text: str, *parts: str) -> list[Span]:
    return [Span(text.index(part), text.index(part) + len(part)) for part in parts]


@pytest.mark.parametrize(
    ("text", "parts", "expected"),
    [
        ("He said the boats had sunk.", ["the boats had sunk"], QuoteType.INDIRECT),
        ("“The boats sank,” he said.", ["The boats sank"], QuoteType.DIRECT),
        ("“The boats sank,” he said, “and nobody came.”", ["The boats sank", "and nobody came"], QuoteType.DIRECT),
        ("He said they “sank like stones” at night.", ["they “sank like stones” at night"], QuoteType.MIXED),
        ("He said “the boats sank” twice.", ["“the boats sank”"], QuoteType.DIRECT),
        ("He praised the “Bear” class.", ["the “Bear” class"], QuoteType.INDIRECT),
        ("“The boats sank,” he said, and nobody came.", ["The boats sank", "nobody came"], QuoteType.MIXED),
    ],
)
def test_words_are_quoted_in_whole_in_part_or_not(text: str, parts: list[str], expected: QuoteType) -> None:
    assert told(text, *spans_of(text, *parts)) is expected


@given(st.lists(st.sampled_from(["“the boats sank”", "he", "said", ",", ".", "“that nobody came”"])), st.data())
def test_each_word_counts_by_itself(parts: list[str], data: st.DataObject) -> None:
    text = " ".join([*parts, "end"])
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    quoted = [q.inner for q in scan(text, [Span(0, len(text))])]
    words = [any(q.start <= k < q.end for q in quoted) for k in range(span.start, span.end) if text[k].isalnum()]
    kind = told(text, span)
    if words and all(words):
        assert kind is QuoteType.DIRECT
    elif any(words):
        assert kind is QuoteType.MIXED
    else:
        assert kind is QuoteType.INDIRECT
