"""The plain form of a parse says what spaCy's Doc says."""

from __future__ import annotations

import pytest
import spacy.tokens
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from quoth.model import BlockKind
from quoth.read.english.parse import Parse
from quoth.read.english.pipeline import load
from quoth.read.english.tokens import Doc

SENTENCES = (
    "The minister, Ana Ruiz, said on Monday that 12 boats had sunk off Minsk, and that no one was hurt.",
    "“We will not leave,” he told the Herald. It was not clear how many would.",
    "Nagy's office denied it  -  the BBC reported 3.5 percent, not $4m!",
    "Troops crossed the river, burned the bridge and seized Oslo, Bergen and Tromsø.",
    "Letters seen by the Herald show that the king's warning was conveyed to him?",
    "",
)
NAMES = ("text", "lower_", "lemma_", "pos_", "tag_", "dep_", "ent_type_", "ent_iob_", "whitespace_")
FLAGS = ("is_alpha", "is_punct", "is_space", "is_quote", "like_num", "is_upper", "is_title", "is_sent_start")
ATTRIBUTES = ("i", "idx", *NAMES, *FLAGS)
RELATIONS = ["children", "lefts", "rights", "subtree", "ancestors", "conjuncts"]


@pytest.fixture(scope="module")
def english() -> Language:
    return load()


def check(doc: spacy.tokens.Doc) -> None:
    plain = Doc(doc)
    assert plain.text == doc.text
    assert len(plain) == len(doc)
    for own, token in zip(plain, doc, strict=True):
        assert [getattr(own, a) for a in ATTRIBUTES] == [getattr(token, a) for a in ATTRIBUTES]
        for name in RELATIONS:
            assert [t.i for t in getattr(own, name)] == [t.i for t in getattr(token, name)], name
        assert (own.head.i, own.left_edge.i, own.right_edge.i) == (
            token.head.i,
            token.left_edge.i,
            token.right_edge.i,
        )
        assert (own.sent.start, own.sent.end, own.sent.root.i) == (
            token.sent.start,
            token.sent.end,
            token.sent.root.i,
        )
        assert [own.is_ancestor(other) for other in plain] == [token.is_ancestor(other) for other in doc]
        assert len(own) == len(token)
    sents = doc.sents if len(doc) else ()
    assert [(s.start, s.end, s.text) for s in plain.sents] == [(s.start, s.end, s.text) for s in sents]
    assert [(e.start, e.end, e.label_, e.text) for e in plain.ents] == [
        (e.start, e.end, e.label_, e.text) for e in doc.ents
    ]
    for start in range(len(doc)):
        for end in range(start + 1, len(doc) + 1):
            own, span = plain.span(start, end), doc[start:end]
            assert (own.text, own.root.i, [t.i for t in own]) == (span.text, span.root.i, [t.i for t in span])


@pytest.mark.parametrize("sentence", SENTENCES)
def test_plain_tokens_are_those_of_spacy(english: Language, sentence: str) -> None:
    check(english(sentence))


WORDS = ("the", "minister", "said", ",", "that", "boats", "sank", "“", "”", "and", "Oslo", "12", ".", " ", "who", "by")


@given(st.data())
def test_any_tree_is_read_as_spacy_reads_it(english: Language, data: st.DataObject) -> None:
    words = data.draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=9))
    heads = [0] + [data.draw(st.integers(0, n - 1)) for n in range(1, len(words))]
    shuffled = data.draw(st.permutations(range(len(words))))
    place = {old: new for new, old in enumerate(shuffled)}
    hung = [place[heads[shuffled[i]]] for i in range(len(words))]
    labels = ["ROOT" if hung[i] == i else data.draw(st.sampled_from(["conj", "nsubj", "punct"])) for i in hung]
    check(spacy.tokens.Doc(english.vocab, words=words, heads=hung, deps=labels))


def test_a_parse_keeps_its_plain_form(english: Language) -> None:
    doc = english(SENTENCES[0])
    parse = Parse(doc, tuple(t.idx for t in doc), tuple(t.idx + len(t) for t in doc), BlockKind.PARAGRAPH)
    assert parse.tokens is parse.tokens


def test_there_is_no_token_before_the_first(english: Language) -> None:
    doc = Doc(english(SENTENCES[0]))
    with pytest.raises(IndexError):
        doc[0].nbor(-1)
    with pytest.raises(IndexError):
        doc[-1].nbor()
