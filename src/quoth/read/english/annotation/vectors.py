"""spaCy's encoders of words (Tok2Vec: hashed features, then convolutions of maxout), run on numpy.

The rows before the convolutions depend on a word alone, and are kept by word.  One Doc is one product of matrices, so
that its rows do not depend on others: to the last bit, products of several sizes differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc
from thinc.api import NumpyOps

Array = NDArray[np.float32]

Key = tuple[int, int]
"""A word, as spaCy's number, and whether a space follows it."""

WORDS_KEPT = 40_000
"""Words whose rows are kept, 31 MB for two encoders; beyond that they are forgotten, and kept anew.  Only the words of
Docs that are asked for together may be more."""

EPSILON = np.float32(1e-8)
"""What spaCy adds to a variance before it divides by its root (thinc's layer normalisation)."""


class Maxout:
    """A maxout layer of thinc and its layer normalisation.  `weights` has the pieces side by side."""

    def __init__(self, maxout: Any, norm: Any) -> None:
        weights = maxout.get_param("W")  # (out, pieces, in)
        self.width, self.pieces, _ = weights.shape
        self.weights: Array = np.ascontiguousarray(weights.transpose(2, 1, 0).reshape(-1, self.pieces * self.width))
        self.bias: Array = np.ascontiguousarray(maxout.get_param("b").T.reshape(-1))
        self.scale: Array = norm.get_param("G")
        self.shift: Array = norm.get_param("b")

    def normal(self, products: Array) -> Array:
        """What rows multiplied by the weights come to; `products` are written over."""
        products += self.bias
        best = products[:, : self.width]
        for k in range(1, self.pieces):
            np.maximum(best, products[:, k * self.width : (k + 1) * self.width], out=best)
        part = np.float32(1 / self.width)
        best -= np.add.reduce(best, 1, keepdims=True) * part
        variance = np.add.reduce(np.square(best), 1, keepdims=True) * part
        result: Array = best / np.sqrt(variance + EPSILON)
        result *= self.scale
        result += self.shift
        return result


class Encoder:
    """`model` is the model of a Tok2Vec of hashed features and of convolutions that see a word on either side."""

    def __init__(self, model: Any) -> None:
        nodes = list(model.walk())
        features = next(node for node in nodes if node.name == "extract_features")
        self.columns: list[Any] = features.attrs["columns"]
        self.tables = sorted((n for n in nodes if n.name == "hashembed"), key=lambda node: int(node.attrs["column"]))
        layers = [
            Maxout(maxout, norm)
            for maxout, norm in zip(_named(nodes, "maxout"), _named(nodes, "layernorm"), strict=True)
        ]
        layers.sort(key=lambda layer: len(layer.weights), reverse=True)
        self.mix, *self.convolutions = layers
        self.width = self.mix.width

    def embed(self, values: NDArray[np.uint64]) -> Array:
        """The rows of words out of context, given what they are in each of `columns`; each a product of its own."""
        parts = [t.predict(values[:, k]) for k, t in enumerate(self.tables)]
        joined = np.concatenate(parts, 1)[:, None]
        return self.mix.normal((joined @ self.mix.weights)[:, 0])

    def encode(self, texts: Sequence[Array]) -> list[Array]:
        """The rows of the words of texts, each with the words around it; each text a product of its own.

        Blanks stand at both ends of a text, as many as there are layers; behind each layer the words see one fewer.
        (The last keeps one, so that a word alone is multiplied as others are.)
        """
        depth = len(self.convolutions)
        edge = np.zeros((depth, self.width), dtype=np.float32)
        lengths = [len(rows) + 2 * depth for rows in texts]
        x = np.concatenate([part for rows in texts for part in (edge, rows, edge)])
        seen = np.zeros((len(x), 3 * self.width), dtype=np.float32)
        products: Array = np.zeros((len(x), self.convolutions[0].weights.shape[1]), dtype=np.float32)
        for k, layer in enumerate(self.convolutions, 1):
            seen[1:, : self.width] = x[:-1]
            seen[:, self.width : 2 * self.width] = x
            seen[:-1, 2 * self.width :] = x[1:]
            x += layer.normal(by_text(seen, layer.weights, lengths, products, min(k, depth - 1)))
        ends = np.cumsum(lengths)
        return [x[end - length + depth : end - depth] for end, length in zip(ends, lengths, strict=True)]


def by_text(x: Array, weights: Array, lengths: Sequence[int], out: Array | None = None, margin: int = 0) -> Array:
    """x times the weights; the rows of each text, of which there are so many, as a product of their own.

    So many rows at either end of a text as `margin` are left out: `out` keeps what it has there.
    """
    products: Array = np.empty((len(x), weights.shape[1]), dtype=np.float32) if out is None else out
    end = 0
    for length in lengths:
        start, end = end, end + length
        rows = slice(start + margin, end - margin)
        np.matmul(x[rows], weights, out=products[rows])
    return products


def _named(nodes: Sequence[Any], name: str) -> list[Any]:
    return sorted((node for node in nodes if node.name == name), key=lambda node: node.id)


class ByText(NumpyOps):  # type: ignore[misc]
    """Thinc's operations; while `lengths` are set, those of texts, its products are made `by_text`."""

    lengths: Sequence[int] = ()

    def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
        """x y, x' y with `trans1`, x y' with `trans2`."""
        if not self.lengths or trans1:
            return super().gemm(x, y, out=out, trans1=trans1, trans2=trans2)
        return by_text(x, y.T if trans2 else y, self.lengths, out)


class Lexicon:
    """The rows of words before they are seen in context, for several encoders."""

    def __init__(self, encoders: Sequence[Encoder]) -> None:
        self.encoders = encoders
        self.places: dict[Key, int] = {}
        self.tables = self._empty(WORDS_KEPT)

    def rows(self, docs: Sequence[Doc]) -> list[list[Array]]:
        """For each encoder the rows of each Doc, one a token."""
        keys = [[(orth, space) for orth, space in doc.to_array(["ORTH", "SPACY"]).tolist()] for doc in docs]
        new = self._new(keys)
        if len(self.places) + len(new) > len(self.tables[0]):
            self.places.clear()
            new = self._new(keys)
            self.tables = self._empty(max(WORDS_KEPT, len(new)))
        if new:
            self._learn(docs, new)
        at = [[self.places[key] for key in words] for words in keys]
        return [[table[places] for places in at] for table in self.tables]

    def _empty(self, words: int) -> list[Array]:
        return [np.empty((words, encoder.width), dtype=np.float32) for encoder in self.encoders]

    def _new(self, keys: Sequence[Sequence[Key]]) -> dict[Key, tuple[int, int]]:
        """Words that are not kept, each with a Doc and a token of it."""
        places = self.places
        return {key: (d, i) for d, words in enumerate(keys) for i, key in enumerate(words) if key not in places}

    def _learn(self, docs: Sequence[Doc], new: dict[Key, tuple[int, int]]) -> None:
        first = len(self.places)
        for encoder, table in zip(self.encoders, self.tables, strict=True):
            values = [doc.to_array(encoder.columns) for doc in docs]
            table[first : first + len(new)] = encoder.embed(np.array([values[d][i] for d, i in new.values()]))
        self.places.update({key: first + n for n, key in enumerate(new)})
