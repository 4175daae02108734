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

KEYED: list[int | str] = ["ORTH", "SPACY"]

WORDS_KEPT = 40_000
"""Words whose rows are kept, 15 MB for each encoder; beyond that they are forgotten, and kept anew.  Only the words of
Docs that are asked for together may be more."""

AROUND = np.arange(-1, 2)
"""Where a convolution looks, from a word."""

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

        Beyond a text's ends are zeros, and no more of them are gone through than the layers that follow look at.
        """
        depth = len(self.convolutions)
        edge = np.zeros((depth, self.width), dtype=np.float32)
        lengths = [len(rows) + 2 * depth for rows in texts]
        x = np.concatenate([part for rows in texts for part in (edge, rows, edge)])
        for layer in self.convolutions:
            inner = _inner(lengths)
            lengths = [length - 2 for length in lengths]
            seen = x[inner[:, None] + AROUND].reshape(len(inner), -1)
            x = x[inner] + layer.normal(by_text(seen, layer.weights, lengths))
        return np.split(x, np.cumsum(lengths)[:-1])


def _inner(lengths: Sequence[int]) -> NDArray[np.int64]:
    """The rows of texts that have a row of the same text on either side; the texts stand end to end."""
    ends = np.cumsum(lengths)
    return np.delete(np.arange(ends[-1]), np.concatenate([ends - lengths, ends - 1]))


def by_text(x: Array, weights: Array, lengths: Sequence[int], out: Array | None = None) -> Array:
    """x times the weights; the rows of each text, of which there are so many, as a product of their own."""
    products: Array = np.empty((len(x), weights.shape[1]), dtype=np.float32) if out is None else out
    end = 0
    for length in lengths:
        start, end = end, end + length
        np.matmul(x[start:end], weights, out=products[start:end])
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
    """The rows of words before they are seen in context, for one encoder."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self.places: dict[Key, int] = {}
        self.table = self._empty(WORDS_KEPT)

    def rows(self, docs: Sequence[Doc]) -> list[Array]:
        """The rows of each Doc, one a token."""
        keys = [key for doc in docs for key in zip(*doc.to_array(KEYED).T.tolist(), strict=True)]
        new = set(keys).difference(self.places)
        if len(self.places) + len(new) > len(self.table):
            self.places.clear()
            new = set(keys)
            self.table = self._empty(max(WORDS_KEPT, len(new)))
        if new:
            self._learn(docs, {key: i for i, key in enumerate(keys) if key in new})
        found: Array = self.table[[self.places[key] for key in keys]]
        return np.split(found, np.cumsum([len(doc) for doc in docs])[:-1])

    def _empty(self, words: int) -> Array:
        return np.empty((words, self.encoder.width), dtype=np.float32)

    def _learn(self, docs: Sequence[Doc], new: dict[Key, int]) -> None:
        """Words that are not kept, each with a token of the Docs' that is one."""
        first = len(self.places)
        values = np.concatenate([doc.to_array(self.encoder.columns) for doc in docs])
        self.table[first : first + len(new)] = self.encoder.embed(values[list(new.values())])
        self.places.update({key: first + n for n, key in enumerate(new)})
