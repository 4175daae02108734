"""spaCy's parser, its scores made by numpy.

The states and what may be done in each are spaCy's.  Its own loop over them gives up Python's lock, and takes it again
several times at every step of every Doc; that is half of what it costs.  This one keeps the lock.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from spacy.tokens import Doc

from quoth.read.english.annotation.vectors import Array, ByText


class Parser:
    """`parser` is the DependencyParser of en_core_web_sm, and what its Docs' tensors are made for."""

    def __init__(self, parser: Any) -> None:
        self.parser = parser
        self.products = ByText()
        *words, scores = parser.model.layers
        for node in parser.model.walk():
            node.ops = self.products
        for node in (node for layer in words for node in layer.walk() if node.has_param("W")):
            node.set_param("W", _transposed(node.get_param("W")))
        self.scores: Array = np.ascontiguousarray(scores.get_param("W").T)
        self.bias: Array = scores.get_param("b")

    def assign(self, docs: Sequence[Doc]) -> None:
        """Fill in heads, dependencies and sentences; each state's scores a product of its own."""
        model = self._model(docs)
        states = left = self.parser.moves.init_batch(docs)
        while left:
            seen: Array = model.state2vec.predict(model.get_token_ids(left))
            left = self.parser.transition_states(left, (seen[:, None] @ self.scores)[:, 0] + self.bias)
        self.parser.set_annotations(docs, states)

    def _model(self, docs: Sequence[Doc]) -> Any:
        """What each word adds to the states that it is looked at in."""
        self.products.lengths = [len(doc) for doc in docs]
        try:
            return self.parser.model.predict(docs)
        finally:
            self.products.lengths = ()


def _transposed(weights: Array) -> Array:
    """The same weights; but in memory they lie as a product takes them that multiplies by each output's."""
    return np.asfortranarray(weights.reshape(-1, weights.shape[-1])).reshape(weights.shape)
