"""spaCy's recogniser of names, run on numpy.

It goes from left to right, and outside of a name its choice depends on the word alone: these are made for all words at
once, and only the inside of a name is gone through word by word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Span

from quoth.read.english.annotation.vectors import Array, Encoder, Lexicon, by_text

OUTSIDE = "O"


class Recogniser:
    """`ner` is the EntityRecognizer of en_core_web_sm: it looks at the word and, where a name is open, at the first
    word of the name and the word before."""

    def __init__(self, ner: Any) -> None:
        words, features, scores = ner.model.layers
        encoder, _, linear = words.layers
        self.encoder = Encoder(encoder)
        self.lexicon = Lexicon(self.encoder)
        self.linear: Array = np.ascontiguousarray(linear.get_param("W").T)
        self.linear_bias: Array = linear.get_param("b")
        weights = features.get_param("W")  # (features, out, pieces, in)
        _, self.hidden, self.pieces, width = weights.shape
        flat = weights.transpose(0, 2, 1, 3).reshape(3, self.pieces * self.hidden, width)
        self.features: Array = np.ascontiguousarray(flat.reshape(-1, width).T)
        self.bias: Array = np.ascontiguousarray(features.get_param("b").T.reshape(-1))
        padding = features.get_param("pad")[0].transpose(0, 2, 1).reshape(3, -1)
        self.scores: Array = np.ascontiguousarray(scores.get_param("W").T)
        self.scores_bias: Array = scores.get_param("b")
        self.outside: Array = padding[1] + padding[2]
        moves = [ner.moves.get_class_name(k) for k in range(scores.get_dim("nO"))]
        self.labels = [name[2:] for name in moves]
        numbers = {name: k for k, name in enumerate(moves)}
        names = [name for name in moves if name[:2] in {"B-", "U-"} and name[2:]]
        self.begins = np.array([name[:2] == "B-" for name in moves])
        self.out = numbers[OUTSIDE]
        self.opening = np.array(sorted([self.out, *(numbers[name] for name in names)]))
        self.unbroken = np.array([k for k in self.opening if not self.begins[k]])
        self.within = {
            numbers[name]: (numbers[f"I-{name[2:]}"], numbers[f"L-{name[2:]}"]) for name in names if name[0] == "B"
        }

    def assign(self, docs: Sequence[Doc]) -> None:
        """Mark the names of parsed Docs."""
        lengths = [len(doc) for doc in docs]
        seen = by_text(np.concatenate(self.encoder.encode(self.lexicon.rows(docs))), self.linear, lengths)
        seen += self.linear_bias
        seen = by_text(seen, self.features, lengths)
        seen[:, : len(self.bias)] += self.bias
        ends = np.concatenate([np.append(doc.to_array("SENT_START")[1:] == 1, True) for doc in docs])
        opened = self._opened(seen[:, : len(self.bias)] + self.outside, ends, lengths)
        stop = 0
        for doc, length in zip(docs, lengths, strict=True):
            text = slice(stop, stop := stop + length)
            names = self._names(doc, seen[text], opened[text].tolist(), ends[text].tolist())
            doc.set_ents(list(names), default="outside")

    def _names(self, doc: Doc, seen: Array, opened: list[int], ends: list[bool]) -> Iterator[Span]:
        """The names of a Doc: what each word adds as itself, as a name's first and as the word before, side by side in
        `seen`; the best move at each if none is open, and whether a sentence ends there."""
        word, first, before = np.split(seen, 3, axis=1)
        i = 0
        while i < len(doc):
            move, start = opened[i], i
            i += 1
            if move == self.out or doc[start].is_space:
                continue
            if self.begins[move]:
                inside, last = self.within[move]
                while not ends[i] and self._goes_on(word[i] + (first[start] + before[i - 1]), inside, last):
                    i += 1
                i += 1
            yield Span(doc, start, i, label=self.labels[move])

    def _opened(self, sums: Array, ends: NDArray[np.bool_], lengths: Sequence[int]) -> NDArray[np.int64]:
        """The best move at each word if no name is open there; none begins at the end of a sentence."""
        scores = by_text(self._best(sums), self.scores, lengths)
        scores += self.scores_bias
        best = self.opening[scores[:, self.opening].argmax(1)]
        closed = self.unbroken[scores[:, self.unbroken].argmax(1)]
        moves: NDArray[np.int64] = np.where(ends, closed, best)
        return moves

    def _goes_on(self, sums: Array, inside: int, last: int) -> bool:
        """Whether a name that is open goes on behind this word."""
        hidden = self._best(sums[None])[0]
        on, end = (float(hidden @ self.scores[:, k]) + float(self.scores_bias[k]) for k in (inside, last))
        return on > end or (on == end and inside < last)

    def _best(self, sums: Array) -> Array:
        best: Array = sums.reshape(len(sums), self.pieces, self.hidden).max(1)
        return best
