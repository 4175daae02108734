"""The layers that the networks are made of, in numpy; weights as torch names and lays them out.

A layer lays its weights out once, when it is made.  Rows are words, one stretch after another without padding; a layer
that must know which words stand together is given Rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
Weights = Mapping[str, Array]
Numbers = NDArray[np.int64]

EPSILON = np.float32(1e-5)


@dataclass(frozen=True, slots=True)
class Linear:
    """x W + b; `weight` is (in, out)."""

    weight: Array
    bias: Array

    @classmethod
    def of(cls, weights: Weights, name: str) -> Linear:
        return cls(np.ascontiguousarray(weights[f"{name}.weight"].T), weights[f"{name}.bias"])

    def __call__(self, x: Array) -> Array:
        out: Array = x @ self.weight
        out += self.bias
        return out

    def centred(self) -> Linear:
        """The same, less the mean of what comes out: all that a normalisation sees of it."""
        return Linear(centred(self.weight), centred(self.bias))

    def after_norm(self, weights: Weights, norm: str) -> Linear:
        """The same of a row scaled and shifted as the normalisation `norm` would."""
        bias = self.bias + weights[f"{norm}.bias"] @ self.weight
        return Linear(weights[f"{norm}.weight"][:, None] * self.weight, bias)


def centred(rows: Array) -> Array:
    """Rows less their mean."""
    result: Array = rows - rows.mean(-1, keepdims=True)
    return result


def unit(x: Array) -> Array:
    """Centred rows to variance 1."""
    spread = np.einsum("ij,ij->i", x, x)
    spread /= np.float32(x.shape[-1])
    spread += EPSILON
    np.sqrt(spread, out=spread)
    result: Array = x / spread[:, None]
    return result


@dataclass(frozen=True)
class Rows:
    """Which words stand together: rows of such `lengths`, one after another; `heads` the word that governs each, by its
    number among all, where the layers look at it."""

    lengths: Numbers
    heads: Numbers | None = None

    def shapes(self) -> list[tuple[int, int]]:
        """How many rows of how many words each follow each other."""
        return [(len(list(same)), words) for words, same in groupby(self.lengths.tolist())]

    @cached_property
    def edges(self) -> tuple[Numbers, Numbers]:
        """For each word the number of the first of its row, and that behind the last."""
        stops = np.cumsum(self.lengths)
        return np.repeat(stops - self.lengths, self.lengths), np.repeat(stops, self.lengths)

    def near(self, reach: int) -> Numbers:
        """For each word the one `reach` before, itself, the one `reach` after, and the one that governs it; the number
        of all words where its row has none."""
        first, stop = self.edges
        words = len(first)
        at = np.arange(words)
        before, after = at - reach, at + reach
        seen = [np.where(before < first, words, before), at, np.where(after < stop, after, words)]
        return np.stack([*seen, self.heads] if self.heads is not None else seen, 1)


class Attention:
    """A transformer layer, normalised before, among words of the same row.  Rows come in and go out centred: whatever
    follows normalises them first, and so sees no difference."""

    def __init__(self, weights: Weights, name: str, heads: int) -> None:
        self.heads = heads
        near = Linear.of(weights, f"{name}.qkv").after_norm(weights, f"{name}.norm1")
        width = near.weight.shape[0]
        scale = np.ones(3 * width, dtype=np.float32)
        scale[:width] = (width // heads) ** -0.5
        self.near = Linear(near.weight * scale, near.bias * scale)
        self.out = Linear.of(weights, f"{name}.out").centred()
        self.up = Linear.of(weights, f"{name}.up").after_norm(weights, f"{name}.norm2")
        self.down = Linear.of(weights, f"{name}.down").centred()

    def __call__(self, x: Array, rows: Rows) -> Array:
        """`x` is (words, width)."""
        width = x.shape[1]
        qkv = self.near(unit(x))
        seen = np.empty_like(x)
        first = 0
        for same, words in rows.shapes():
            stop = first + same * words
            parts = qkv[first:stop].reshape(same, words, 3, self.heads, width // self.heads)
            query, key, value = parts.transpose(2, 0, 3, 1, 4)
            near = query @ key.transpose(0, 1, 3, 2)
            near -= near.max(-1, keepdims=True)
            np.exp(near, out=near)
            here = near @ value
            here /= near.sum(-1, keepdims=True)
            seen[first:stop] = here.transpose(0, 2, 1, 3).reshape(-1, width)
            first = stop
        result = self.out(seen)
        result += x
        up = self.up(unit(result))
        np.maximum(up, 0, out=up)
        result += self.down(up)
        return result


class Near:
    """Each word's row with those of the words `reach` before and after it and of the word that governs it (where heads
    are known), added to what it was; normalised before.  Rows come in and go out centred, as with Attention."""

    def __init__(self, weights: Weights, name: str, reach: int) -> None:
        self.reach = reach
        self.up = Linear.of(weights, f"{name}.up")
        self.down = Linear.of(weights, f"{name}.down").centred()

    def __call__(self, x: Array, rows: Rows) -> Array:
        seen = np.zeros((len(x) + 1, x.shape[1]), dtype=np.float32)
        seen[:-1] = unit(x)
        up = self.up(seen[rows.near(self.reach)].reshape(len(x), -1))
        np.maximum(up, 0, out=up)
        result = self.down(up)
        result += x
        return result


def of_reach(weights: Weights, name: str, reach: Sequence[int], heads: int) -> list[Near | Attention]:
    """The layers `name`.0, `name`.1, …: how far each looks to either side, 0: at all words, with so many heads."""
    named = [(r, f"{name}.{k}") for k, r in enumerate(reach)]
    return [Near(weights, layer, r) if r else Attention(weights, layer, heads) for r, layer in named]
