"""Parts of speech, morphology and lemmas, as spaCy's tables and rules give them.

What the attribute ruler says of a word depends on its tag, its dependency and, for the few words that it names, the
word: its answer is kept by these.  Where one of its rules of several words holds, it is asked anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np
from spacy.matcher import Matcher
from spacy.tokens import Doc, Span

LEMMAS_KEPT = 100_000
"""Lemmas that are kept; beyond that they are forgotten, and kept anew."""

FIELDS = ["TAG", "DEP", "POS", "MORPH", "LEMMA"]


class Answer(NamedTuple):
    """What the ruler makes of a word, as spaCy's numbers; `lemma` is 0 where it leaves that to the lemmatizer."""

    tag: int
    dep: int
    pos: int
    morph: int
    lemma: int


class Attributes:
    """Stands in for spaCy's AttributeRuler and Lemmatizer of one pipeline."""

    def __init__(self, ruler: Any, lemmatizer: Any) -> None:
        self.ruler, self.lemmatizer = ruler, lemmatizer
        index = lemmatizer.lookups.get_table("lemma_index")
        for kind, lemmas in list(index.items()):
            index[kind] = frozenset(lemmas)  # a list of a hundred thousand words is searched at every lemma
        strings = ruler.vocab.strings
        patterns = [words for rule in ruler.patterns for words in rule["patterns"]]
        longer = [words for words in patterns if len(words) > 1]
        self.named = {strings.add(word) for words in patterns for word in _lower(words)}
        self.signs = {strings.add(_sign(words)) for words in longer}
        self.spanning = Matcher(ruler.vocab)
        self.spanning.add("spanning", longer)
        self.answers: dict[tuple[int, int, int, int], Answer] = {}
        self.lemmas: dict[tuple[int, int, int], int] = {}

    def assign(self, doc: Doc) -> None:
        """Fill in what the ruler and the lemmatizer would of a Doc that is tagged and parsed."""
        read = doc.to_array(["LOWER", "TAG", "DEP", "IS_SPACE", "ORTH"]).tolist()
        said = []
        for i, (lower, tag, dep, space, _) in enumerate(read):
            key = (lower if lower in self.named else 0, tag, dep, space)
            answer = self.answers.get(key)
            if answer is None:
                [answer] = self._asked(doc[i : i + 1])
                self.answers[key] = answer
            said.append(answer)
        if any(lower in self.signs or dep in self.signs for lower, _, dep, _, _ in read):
            for span in _joined(doc, self.spanning(doc, allow_missing=True)):
                said[span.start : span.end] = self._asked(span)
        words = enumerate(zip(said, read, strict=True))
        rows = [(*answer[:4], answer.lemma or self._lemma(doc, i, orth, answer)) for i, (answer, (*_, orth)) in words]
        filled: Any = doc
        filled.from_array(FIELDS, np.array(rows, dtype=np.uint64))

    def _asked(self, span: Span) -> list[Answer]:
        """What the ruler makes of words by themselves."""
        alone = Doc(
            span.vocab,
            words=[t.text for t in span],
            tags=[t.tag_ for t in span],
            deps=[t.dep_ for t in span],
            heads=[0] * len(span),
        )
        return [Answer(*row) for row in self.ruler(alone).to_array(FIELDS).tolist()]

    def _lemma(self, doc: Doc, i: int, orth: int, answer: Answer) -> int:
        key = (orth, answer.pos, answer.morph)
        lemma = self.lemmas.get(key)
        if lemma is None:
            token: Any = doc[i]
            if len(self.lemmas) >= LEMMAS_KEPT:
                self.lemmas.clear()
            token.pos = answer.pos
            token.set_morph(token.vocab.strings[answer.morph])
            lemma = self.lemmas[key] = token.vocab.strings.add(self.lemmatizer.lemmatize(token)[0])
        return lemma


def _joined(doc: Doc, matches: Iterable[tuple[int, int, int]]) -> Iterator[Span]:
    """The spans of matches; those that share a word as one."""
    held: Span | None = None
    for _, start, end in sorted(matches, key=lambda match: match[1:]):
        if held is not None and start >= held.end:
            yield held
            held = None
        held = doc[start if held is None else held.start : end if held is None else max(end, held.end)]
    if held is not None:
        yield held


def _lower(words: Iterable[dict[str, Any]]) -> Iterator[str]:
    """The words that a pattern names."""
    for word in words:
        named = word.get("LOWER", {})
        yield from [named] if isinstance(named, str) else named.get("IN", ())


def _sign(words: Iterable[dict[str, Any]]) -> str:
    """A word or a dependency without which a pattern of several words cannot hold."""
    return next(value for word in words for value in (word.get("LOWER"), word.get("DEP")) if isinstance(value, str))
