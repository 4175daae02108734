"""What numpy makes of spaCy's weights is what spaCy makes of them."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from quoth.errors import NoReader
from quoth.read.english.annotation import Annotator, vectors
from quoth.read.english.pipeline import load

STORIES = Path(__file__).parents[4] / "bench" / "stories"
TEXTS = [
    "",
    " ",
    "The mayor of New Quay, Ana Ruiz, said on Monday 5 May that Orlin Works Ltd. had paid $3.5 million.",
    "There is no deal, there's none, and there were none. Let's wait: y'all ain't gonna see it, gotta go, c'mon.",
    "“It got worse,” he gets told.  It did.\tDo they have all? They have had it, and \n it is theirs.",
    "United Nations Security Council Resolution 1701 of 11 August 2006",
    "In the",
    "New York",
]
FIELDS = ("tag_", "pos_", "dep_", "lemma_", "ent_type_", "ent_iob_", "sent_start")
WORDS = ["The", "New", "York", "Council", "said", "that", "Ms", "Ruiz", "of", "on", "Monday", "5", "%", ".", " ", "is"]


@cache
def made() -> Annotator:
    return Annotator(load())


@pytest.fixture
def annotator() -> Annotator:
    return made()


def docs_of(texts: Sequence[str]) -> list[Doc]:
    """Docs made of words alone, as the reader makes them."""
    tokens = (load().tokenizer(text) for text in texts)
    return [Doc(load().vocab, [t.text for t in doc], [bool(t.whitespace_) for t in doc]) for doc in tokens]


def said_of(doc: Doc) -> list[tuple[object, ...]]:
    return [(token.text, token.head.i, str(token.morph), *(getattr(token, f) for f in FIELDS)) for token in doc]


def by_spacy(docs: Sequence[Doc]) -> list[Doc]:
    return list(load().pipe(docs))


def articles() -> list[str]:
    paths = sorted(STORIES.glob("*/articles/*"))
    assert len(paths) > 30
    return [line for path in paths[::4] for line in path.read_text("utf8").splitlines() if line.strip()]


@pytest.mark.parametrize("texts", [TEXTS, articles()], ids=["by hand", "stories"])
def test_every_annotation_is_that_of_spacy(annotator: Annotator, texts: list[str]) -> None:
    expected, found = by_spacy(docs_of(texts)), docs_of(texts)
    annotator.annotate(found)
    for mine, its in zip(found, expected, strict=True):
        assert said_of(mine) == said_of(its)
        assert not len(mine) or np.allclose(mine.tensor, its.tensor, atol=1e-4)


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=30))
def test_names_of_any_words_are_those_of_spacy(words: list[str]) -> None:
    [expected] = by_spacy([Doc(load().vocab, words)])
    found = Doc(load().vocab, words)
    made().annotate([found])
    assert said_of(found) == said_of(expected)


def test_a_doc_is_the_same_whatever_stands_beside_it(annotator: Annotator) -> None:
    together, alone = docs_of(articles()[:90]), docs_of(articles()[:90])
    annotator.annotate(together)
    for doc in reversed(alone):
        annotator.annotate([doc])
    for one, other in zip(together, alone, strict=True):
        assert said_of(one) == said_of(other)
        assert np.array_equal(one.tensor, other.tensor)


def test_threads_do_not_disturb_each_other(annotator: Annotator) -> None:
    expected = by_spacy(docs_of(articles()[:60]))
    several = [docs_of(articles()[:60]) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(annotator.annotate, several))
    for docs in several:
        assert [said_of(doc) for doc in docs] == [said_of(doc) for doc in expected]


def test_without_entities_there_are_none(annotator: Annotator) -> None:
    [doc] = docs_of(TEXTS[2:3])
    annotator.annotate([doc], entities=False)
    assert not doc.ents
    assert doc[-1].pos_ == "PUNCT"


def test_words_that_are_forgotten_are_learnt_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "WORDS_KEPT", 40)
    annotator = Annotator(load())
    found, expected = docs_of(TEXTS), by_spacy(docs_of(TEXTS))
    for doc in found:
        annotator.annotate([doc])
        assert len(annotator.lexicon.places) <= 40
    assert [said_of(doc) for doc in found] == [said_of(doc) for doc in expected]


def test_more_words_at_once_than_are_kept_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "WORDS_KEPT", 5)
    annotator = Annotator(load())
    found, expected = docs_of(TEXTS), by_spacy(docs_of(TEXTS))
    annotator.annotate(found)
    assert [said_of(doc) for doc in found] == [said_of(doc) for doc in expected]


def test_another_pipeline_is_refused() -> None:
    with pytest.raises(NoReader, match=r"is en_pipeline 0\.0\.0, and not en_core_web_sm 3\.8\.0"):
        Annotator(spacy.blank("en"))
