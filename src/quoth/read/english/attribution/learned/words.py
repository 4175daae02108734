"""A paragraph as the networks see it: its words in text order, with what the parser knows of each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quoth.model import BlockKind
from quoth.read.english.parse import Parse
from quoth.read.english.pipeline import Passage

MOST_WORDS = 220
"""Words of one stretch; a longer paragraph is cut between sentences (else between words)."""

OUTSIDE, PHRASE, SENTENCE = range(3)
"""Where a word stands: in no quotation, in a quoted phrase, in a quotation of whole sentences."""

QUOTED = "QUOTED"
"""The dependency of a quoted sentence's root on what governs its quotation."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The words of a paragraph (or a piece of one).

    `places[w]` is the parse and the token of word w; `heads[w]` the word that governs it, itself for a root;
    `vectors` spaCy's own tok2vec rows, one a word; `quoted[w]` one of OUTSIDE, PHRASE, SENTENCE.
    """

    passage: int
    places: tuple[tuple[Parse, int], ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    texts: tuple[str, ...]
    tags: tuple[str, ...]
    deps: tuple[str, ...]
    heads: NDArray[np.int32]
    quoted: NDArray[np.int32]
    vectors: NDArray[np.float32]
    headline: bool

    def __len__(self) -> int:
        return len(self.texts)


def stretches(passage: Passage, number: int) -> Iterator[Stretch]:
    """The words of a passage whose parses are done; `number` is its place among the article's passages.

    A quotation's words are those of its inside: in the frame, its placeholder and the mark that ends it are none.
    """
    insides = [(parse.starts[0], parse.ends[-1]) for parse in passage.parses[1:]]
    order: list[tuple[int, int, int]] = []
    for p, parse in enumerate(passage.parses):
        order += [
            (start, p, token.i)
            for token, start in zip(parse.tokens, parse.starts, strict=True)
            if not token.is_space and not (p == 0 and any(a <= start < b for a, b in insides))
        ]
    order.sort()
    for piece in _pieces(order, passage):
        yield _stretch(piece, passage, number)


def _pieces(order: list[tuple[int, int, int]], passage: Passage) -> Iterator[list[tuple[int, int, int]]]:
    if len(order) > MOST_WORDS:
        begins = {parse.starts[sent.start] for parse in passage.parses for sent in parse.tokens.sents}
    while len(order) > MOST_WORDS:
        cut = next((w for w in range(MOST_WORDS, MOST_WORDS // 3, -1) if order[w][0] in begins), MOST_WORDS)
        yield order[:cut]
        order = order[cut:]
    if order:
        yield order


def _stretch(order: list[tuple[int, int, int]], passage: Passage, number: int) -> Stretch:
    parses = passage.parses
    at = {(p, i): w for w, (_, p, i) in enumerate(order)}
    free = sorted(passage.insides)
    docs = [parse.tokens for parse in parses]
    tokens = [docs[p][i] for _, p, i in order]
    deps: list[str] = []
    heads: list[int] = []
    for w, ((_, p, i), token) in enumerate(zip(order, tokens, strict=True)):
        dep, head, inside = token.dep_, token.head.i, p
        if head == i and p:  # a quoted sentence hangs on what governs its quotation
            holder = docs[0][passage.placeholders[free[p - 1]]]
            dep, head, inside = QUOTED, holder.head.i, 0
        deps.append(dep)
        heads.append(_place(at, passage, inside, head, w))
    spans = [q.inner for q in passage.quotations]
    begins = [s.start for s in spans]
    quoted = []
    for start, p, _ in order:
        k = bisect_right(begins, start) - 1
        inside_quotes = k >= 0 and start < spans[k].end
        quoted.append(SENTENCE if p else PHRASE if inside_quotes else OUTSIDE)
    before = np.cumsum([0, *(len(doc) for doc in docs)])
    rows = np.concatenate([parse.doc.tensor for parse in parses if len(parse.doc)])
    return Stretch(
        number,
        tuple((parses[p], i) for _, p, i in order),
        tuple(parses[p].starts[i] for _, p, i in order),
        tuple(parses[p].ends[i] for _, p, i in order),
        tuple(t.text for t in tokens),
        tuple(t.tag_ for t in tokens),
        tuple(deps),
        np.array(heads, dtype=np.int32),
        np.array(quoted, dtype=np.int32),
        rows[[before[p] + i for _, p, i in order]].astype(np.float32),
        passage.block.kind is BlockKind.HEADLINE,
    )


def _place(at: dict[tuple[int, int], int], passage: Passage, p: int, i: int, itself: int) -> int:
    """The word of token i of parse p; a placeholder's is the root of its quotation, one outside the stretch none."""
    if (p, i) in at:
        return at[p, i]
    if p == 0:
        for number, k in enumerate(sorted(passage.insides), 1):
            if passage.placeholders[k] == i:
                roots = [t.i for t in passage.insides[k].tokens if t.head is t]
                return at.get((number, roots[0]), itself) if roots else itself
    return itself
