"""A parse as plain objects: spaCy's attributes under spaCy's names, read off a Doc once.

The rules ask each token the same things many times over.  spaCy answers from C each time, with a new object for every
token and a new string for every label, and looks for a word's children among all words of its subtree; here an answer
is an attribute.  Nothing here changes after it is made: `Doc` is for a spaCy Doc that is parsed and mended.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, pairwise, repeat

import numpy as np
import spacy.tokens
from spacy import attrs
from spacy.vocab import Vocab

_NAMES = (attrs.ORTH, attrs.LOWER, attrs.LEMMA, attrs.POS, attrs.TAG, attrs.DEP, attrs.ENT_TYPE)
_FLAGS = (attrs.IS_ALPHA, attrs.IS_PUNCT, attrs.IS_SPACE, attrs.IS_QUOTE, attrs.LIKE_NUM, attrs.SPACY)
_FIGURES = (attrs.IDX, attrs.ENT_IOB, attrs.HEAD, attrs.SENT_START)
_ASKED = [*_NAMES, *_FLAGS, *_FIGURES]
_IOB = ("", "I", "O", "B")
STRINGS_KEPT = 100_000
"""Strings that are kept by spaCy's numbers for them; beyond that they are forgotten, and kept anew."""
_strings: dict[int, str] = {}


class Token:
    """A word of a parse; `i` is its place in `doc`, `idx` where it begins in the Doc's text."""

    __slots__ = (
        "_subtree",
        "children",
        "dep_",
        "doc",
        "ent_iob_",
        "ent_type_",
        "head",
        "i",
        "idx",
        "is_alpha",
        "is_punct",
        "is_quote",
        "is_space",
        "left_edge",
        "lefts",
        "lemma_",
        "like_num",
        "lower_",
        "pos_",
        "right_edge",
        "rights",
        "sent",
        "tag_",
        "text",
        "whitespace_",
    )

    head: Token
    left_edge: Token
    right_edge: Token
    sent: Span

    def __init__(
        self,
        doc: Doc,
        i: int,
        text: str,
        lower: str,
        lemma: str,
        pos: str,
        tag: str,
        dep: str,
        ent_type: str,
        is_alpha: bool,
        is_punct: bool,
        is_space: bool,
        is_quote: bool,
        like_num: bool,
        spaced: bool,
        idx: int,
        iob: int,
    ) -> None:
        self.doc = doc
        self.i = i
        self.text = text
        self.lower_ = lower
        self.lemma_ = lemma
        self.pos_ = pos
        self.tag_ = tag
        self.dep_ = dep
        self.ent_type_ = ent_type
        self.is_alpha = is_alpha
        self.is_punct = is_punct
        self.is_space = is_space
        self.is_quote = is_quote
        self.like_num = like_num
        self.whitespace_ = " " if spaced else ""
        self.idx = idx
        self.ent_iob_ = _IOB[iob]
        self.lefts: tuple[Token, ...] = ()
        self.rights: tuple[Token, ...] = ()
        self.children: tuple[Token, ...] = ()
        self._subtree: tuple[Token, ...] | None = None

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        return self.text

    @property
    def is_upper(self) -> bool:
        return self.text.isupper()

    @property
    def is_title(self) -> bool:
        return self.text.istitle()

    @property
    def is_sent_start(self) -> bool:
        return self.sent.start == self.i

    @property
    def subtree(self) -> tuple[Token, ...]:
        """The token and all that hangs on it, each word between those on its left and those on its right."""
        if self._subtree is None:
            found: list[Token] = []
            waiting = [(self, False)]
            while waiting:
                token, opened = waiting.pop()
                if opened or not token.children:
                    found.append(token)
                else:
                    waiting += [(c, False) for c in reversed(token.rights)]
                    waiting.append((token, True))
                    waiting += [(c, False) for c in reversed(token.lefts)]
            self._subtree = tuple(found)
        return self._subtree

    @property
    def ancestors(self) -> Iterator[Token]:
        """What the token hangs on, the nearest first."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    @property
    def conjuncts(self) -> tuple[Token, ...]:
        """The words that the token is coordinated with, without itself."""
        first = self
        while first.dep_ == "conj" and first.head is not first:
            first = first.head
        found = [first]
        for token in found:
            found += [c for c in token.rights if c.dep_ == "conj"]
        return tuple(t for t in found if t is not self)

    def is_ancestor(self, descendant: Token) -> bool:
        """Whether `descendant` hangs on the token, directly or not."""
        while descendant.head is not descendant:
            descendant = descendant.head
            if descendant is self:
                return True
        return False

    def nbor(self, offset: int = 1) -> Token:
        """The token so many places on.  Raises IndexError where there is none."""
        if self.i + offset < 0:
            raise IndexError(f"no token {offset} places from token {self.i}")
        return self.doc[self.i + offset]


class Span(list[Token]):
    """Tokens [start, end) of a parse."""

    __slots__ = ("_root", "doc", "end", "label_", "start")

    def __init__(self, doc: Doc, start: int, end: int, label: str = "") -> None:
        super().__init__(doc[start:end])
        self.doc = doc
        self.start = start
        self.end = end
        self.label_ = label
        self._root: Token | None = None

    @property
    def text(self) -> str:
        return self.doc.text[self[0].idx : self[-1].idx + len(self[-1].text)] if self else ""

    @property
    def root(self) -> Token:
        """The token that the others hang on: a sentence's head, else the first with the shortest way up to one."""
        if self._root is None:
            outer = (t for t in self if not self.start <= t.head.i < self.end)
            top = next((t for t in self if t.head is t), None) or min(outer, key=self._height, default=None)
            self._root = top or self.doc[self.start]
        return self._root

    def _height(self, token: Token) -> int:
        """How many words the token is away from its sentence's head; marks and blanks alone come last."""
        if (token.is_space or token.is_punct) and not token.children:
            return len(self.doc) - 1
        return sum(1 for _ in token.ancestors)


def strings(vocab: Vocab, numbers: list[int]) -> list[str]:
    """What spaCy's numbers of strings stand for."""
    try:
        return [_strings[number] for number in numbers]
    except KeyError:
        if len(_strings) > STRINGS_KEPT:
            _strings.clear()
        for number in numbers:
            _strings[number] = vocab.strings[number] if number else ""
        return strings(vocab, numbers)


class Doc(list[Token]):
    """The tokens of a parse, with its sentences and names."""

    __slots__ = ("ents", "sents", "text")

    def __init__(self, doc: spacy.tokens.Doc) -> None:
        asked = doc.to_array(_ASKED).T
        names = [strings(doc.vocab, column) for column in asked[: len(_NAMES)].tolist()]
        flags = asked[len(_NAMES) : -len(_FIGURES)].astype(bool).tolist()
        idx, iob, heads, begins = asked[-len(_FIGURES) :].astype(np.int64).tolist()
        self.extend(map(Token, repeat(self), count(), *names, *flags, idx, iob))
        self.text = "".join([t.text + t.whitespace_ for t in self])
        self._connect([i + head for i, head in enumerate(heads)], [(t.left_edge.i, t.right_edge.i) for t in doc])
        starts = [i for i, begin in enumerate(begins) if begin == 1 or not i]
        self.sents = tuple([Span(self, a, b) for a, b in pairwise([*starts, len(self)])])
        for sentence in self.sents:
            for token in sentence:
                token.sent = sentence
        self.ents = tuple([Span(self, e.start, e.end, e.label_) for e in doc.ents])

    def span(self, start: int, end: int) -> Span:
        return Span(self, start, end)

    def _connect(self, heads: list[int], edges: list[tuple[int, int]]) -> None:
        """Hang each token on its head; children are, as spaCy has them, within the edges of their head's subtree."""
        lefts: dict[int, list[Token]] = {}
        rights: dict[int, list[Token]] = {}
        for i, (token, at, (left, right)) in enumerate(zip(self, heads, edges, strict=True)):
            token.head = self[at]
            token.left_edge = self[left]
            token.right_edge = self[right]
            first, last = edges[at]
            if first <= i < at:
                lefts.setdefault(at, []).append(token)
            elif at < i <= last:
                rights.setdefault(at, []).append(token)
        for at, tokens in lefts.items():
            self[at].lefts = self[at].children = tuple(tokens)
        for at, tokens in rights.items():
            self[at].rights = tuple(tokens)
            self[at].children += self[at].rights
