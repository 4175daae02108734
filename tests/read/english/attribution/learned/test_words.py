"""A paragraph as the networks see it: its words in text order, each knowing what governs it and where it stands."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from articles import article  # type: ignore[import-not-found]
from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.model import Document
from quoth.read.english.attribution.learned.words import (
    MOST_WORDS,
    OUTSIDE,
    PHRASE,
    QUOTED,
    SENTENCE,
    Stretch,
    stretches,
)
from quoth.read.english.pipeline import Passage, parse_all

SAID = "“We will not sell the port,” Orlova said."
CALLED = "He called it “a farce” and left."
SENTENCES = "The mayor said that the bridge over the river would reopen in May. "


def parsed(text: str, *, headline: bool = False) -> tuple[Document, tuple[Passage, ...]]:
    [found] = parse_all([article(text, headline=headline)])
    return found


def read(text: str, *, headline: bool = False) -> list[Stretch]:
    _, passages = parsed(text, headline=headline)
    return [s for number, passage in enumerate(passages) for s in stretches(passage, number)]


def governors(stretch: Stretch) -> dict[str, tuple[str, str]]:
    """Each word's dependency and the word that governs it; the last one of several equal words."""
    return {
        t: (d, stretch.texts[h]) for t, d, h in zip(stretch.texts, stretch.deps, stretch.heads.tolist(), strict=True)
    }


def test_the_words_of_frame_and_quotation_stand_in_text_order() -> None:
    [found] = read(SAID)
    assert [t for t in found.texts if t.isalnum()] == ["We", "will", "not", "sell", "the", "port", "Orlova", "said"]
    assert list(found.starts) == sorted(found.starts)
    assert found.passage == 0
    assert len(found) == len(found.texts) == len(found.places) == len(found.tags) == len(found.vectors)


def test_no_placeholder_is_a_word() -> None:
    [found] = read(SAID + " “It belongs to the town.”")
    assert "This" not in found.texts


def test_a_place_is_the_parse_and_the_token_of_a_word() -> None:
    _, [passage] = parsed(SAID)
    [found] = stretches(passage, 7)
    assert found.passage == 7
    for (parse, i), text, tag, row in zip(found.places, found.texts, found.tags, found.vectors, strict=True):
        assert any(parse is one for one in passage.parses)
        assert (parse.doc[i].text, parse.doc[i].tag_) == (text, tag)
        assert np.array_equal(parse.doc.tensor[i], row)


def test_a_quoted_sentence_hangs_on_what_governs_its_quotation() -> None:
    [found] = read(SAID)
    assert governors(found)["sell"] == (QUOTED, "said")
    assert governors(found)["said"] == ("ROOT", "said")
    assert governors(found)["We"] == ("nsubj", "sell")


def test_each_sentence_of_a_quotation_hangs_on_what_governs_it() -> None:
    [found] = read("“The port is closed. The town is angry,” Orlova said.")
    roots = [found.texts[h] for d, h in zip(found.deps, found.heads, strict=True) if d == QUOTED]
    assert roots == ["said", "said"]


def test_a_quotation_that_nothing_governs_is_its_own_root() -> None:
    [found] = read("“We will not sell the port.”")
    [root] = [w for w, d in enumerate(found.deps) if d == QUOTED]
    assert (found.texts[root], int(found.heads[root])) == ("sell", root)


def test_a_word_knows_whether_it_stands_in_a_quotation() -> None:
    [found] = read(f"{SAID} {CALLED}")
    quoted = {t: int(q) for t, q in zip(found.texts, found.quoted, strict=True)}
    assert {quoted[w] for w in ("We", "will", "not", "sell", "port")} == {SENTENCE}
    assert {quoted[w] for w in ("a", "farce")} == {PHRASE}
    assert {quoted[w] for w in ("Orlova", "said", "He", "called", "left", "“", "”")} == {OUTSIDE}


def test_only_the_words_of_a_headline_are_a_headlines() -> None:
    assert [s.headline for s in read("Port to close in May\nMore follows here.", headline=True)] == [True, False]
    assert [s.headline for s in read("Port to close in May\nMore follows here.")] == [False, False]


def test_a_long_paragraph_is_cut_where_a_sentence_begins() -> None:
    found = read(SENTENCES * 40)
    assert len(found) > 2
    assert all(len(s) <= MOST_WORDS for s in found)
    assert all(s.texts[0] == "The" and s.texts[-1] == "." for s in found)
    assert all(s.passage == 0 for s in found)


def test_a_sentence_that_is_too_long_is_cut_between_words() -> None:
    found = read("He saw " + "ships and " * 180 + "boats")
    assert [len(s) for s in found][:-1] == [MOST_WORDS] * (len(found) - 1)
    assert [t for s in found for t in s.texts] == ["He", "saw", *["ships", "and"] * 180, "boats"]


def test_every_head_is_a_word_of_the_same_stretch() -> None:
    for found in read("He saw " + "ships and " * 180 + "boats\n" + SENTENCES * 40):
        assert found.heads.min() >= 0
        assert found.heads.max() < len(found)
        assert any(int(h) == w for w, h in enumerate(found.heads))


def test_an_empty_article_has_no_stretch() -> None:
    assert read("") == []
    assert read(" \n\t\n") == []


SPOKEN = ["The mayor", "said", "that the port", "is closed", "“We will not sell it,”", "“a farce”", "‘never’"]
STRANGE = ["  ", "\n", "\u00a0", "🎉", "e\u0301", "**bold**", "can't", "U.S.", "on X.", " -minister"]
PIECES = st.sampled_from([*SPOKEN, *STRANGE, *'“”",.?…—'])
TEXTS = st.lists(PIECES, max_size=14).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_every_word_is_the_texts_at_its_place_and_none_is_lost(text: str) -> None:
    document, passages = parsed(text)
    for number, passage in enumerate(passages):
        found = list(stretches(passage, number))
        words = [(a, b, t) for s in found for a, b, t in zip(s.starts, s.ends, s.texts, strict=True)]
        assert all(document.text[a:b] == t for a, b, t in words)
        covered = {k for a, b, _ in words for k in range(a, b)}
        span = passage.block.span
        left = "".join(c for k, c in enumerate(document.text[span.start : span.end], span.start) if k not in covered)
        assert set(left) <= set("*_ \t\u00a0"), left
        for before, after in pairwise(words):
            assert before[1] <= after[0]


@pytest.mark.parametrize("text", [SAID, "“We will not sell the port.”", "Orlova said: “Nobody will sell the port!”"])
def test_the_mark_that_ends_a_quotation_is_one_word(text: str) -> None:
    [found] = read(text)
    assert all(before <= after for before, after in zip(found.ends, found.starts[1:], strict=False))
