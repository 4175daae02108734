"""The layers that the networks are made of, in numpy; weights as torch names and lays them out.

A layer lays its weights out once, when it is made.  Rows are words, one stretch after another without padding; where a
layer must know which words stand together it is given the stretches' lengths.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
Weights = Mapping[str, Array]
Mask = NDArray[np.bool_]
Numbers = NDArray[np.int64]

EPSILON = np.float32(1e-5)
HALF = np.float32(0.5)
ROWS = 4
"""Rows that a product of matrices takes at once; any that are left over cost more than as many again."""


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

    def __call__(self, x: Array, shapes: Sequence[tuple[int, int]]) -> Array:
        """`x` is (words, width); `shapes` tells, in order, how many rows of how many words each it holds."""
        width = x.shape[1]
        qkv = self.near(unit(x))
        seen = np.empty_like(x)
        first = 0
        for rows, words in shapes:
            stop = first + rows * words
            parts = qkv[first:stop].reshape(rows, words, 3, self.heads, width // self.heads)
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


@dataclass(frozen=True, slots=True)
class Steps:
    """The words of rows in the order in which an LSTM comes to them: `there` those of the first step (the first word of
    each row), then of the second; `back` likewise from each row's last word.  Step t holds `live[t]` words."""

    there: Numbers
    back: Numbers
    live: tuple[int, ...]

    @classmethod
    def of(cls, lengths: Numbers) -> Steps:
        """`lengths` of the rows, the longest first."""
        live = (lengths[:, None] > np.arange(lengths[0])).sum(0)
        step = np.repeat(np.arange(lengths[0]), live)
        row = np.arange(len(step)) - np.repeat(np.cumsum(live) - live, live)
        first = np.cumsum(lengths) - lengths
        return cls(first[row] + step, first[row] + lengths[row] - 1 - step, tuple(live.tolist()))


@dataclass(frozen=True, slots=True)
class Bidirectional:
    """One layer of an LSTM in both directions.

    Inside, its gates stand in the order input, forget, output, cell; the first three are halved, for a sigmoid is
    (tanh(x / 2) + 1) / 2.  What comes out of the steps is doubled, and what reads it there halves it.
    """

    into: Array
    bias: Array
    recurrent: Array

    @classmethod
    def of(cls, weights: Weights, name: str, layer: int) -> Bidirectional:
        ways = [f"_l{layer}", f"_l{layer}_reverse"]
        into = [_gates(weights[f"{name}.weight_ih{way}"]).T for way in ways]
        bias = [_gates(weights[f"{name}.bias_ih{way}"] + weights[f"{name}.bias_hh{way}"]) for way in ways]
        recurrent = [_gates(weights[f"{name}.weight_hh{way}"]).T * HALF for way in ways]
        return cls(np.stack(into), np.stack(bias), np.stack(recurrent))

    def __call__(self, x: Array, steps: Steps) -> Array:
        """(words, width) to (words, 2 * hidden)."""
        hidden = self.recurrent.shape[1]
        gates = np.empty((2, len(x), 4 * hidden), dtype=np.float32)
        for way, order in enumerate((steps.there, steps.back)):
            np.matmul(x[order], self.into[way], out=gates[way])
            gates[way] += self.bias[way]
        doubled = self._run(gates, steps.live)
        doubled *= HALF
        out = np.empty((len(x), 2 * hidden), dtype=np.float32)
        out[steps.there, :hidden] = doubled[0]
        out[steps.back, hidden:] = doubled[1]
        return out

    def _run(self, gates: Array, live: Sequence[int]) -> Array:
        """Both directions, one step after another; `gates` is (2, words, 4 * hidden) and is used up."""
        hidden = self.recurrent.shape[1]
        out = np.zeros((2, gates.shape[1] + ROWS, hidden), dtype=np.float32)
        state = np.zeros((2, live[0], hidden), dtype=np.float32)
        room = np.empty(2 * (live[0] + ROWS) * 4 * hidden, dtype=np.float32)
        more = np.empty(2 * live[0] * hidden, dtype=np.float32)
        before = first = 0
        for step, n in enumerate(live):
            gate = gates[:, first : first + n]
            if step:
                rows = n + -n % ROWS if n > 1 else 1
                sums = room[: 8 * rows * hidden].reshape(2, rows, 4 * hidden)
                np.matmul(out[:, before : before + rows], self.recurrent, out=sums)
                sums[:, :n] += gate
                gate = sums[:, :n]
            np.tanh(gate, out=gate)
            sigmoids = gate[..., : 3 * hidden]
            sigmoids += 1
            cell, new = state[:, :n], more[: 2 * n * hidden].reshape(2, n, hidden)
            cell *= gate[..., hidden : 2 * hidden]
            np.multiply(gate[..., :hidden], gate[..., 3 * hidden :], out=new)
            cell += new
            cell *= HALF
            np.tanh(cell, out=new)
            np.multiply(gate[..., 2 * hidden : 3 * hidden], new, out=out[:, first : first + n])
            before, first = first, first + n
        return out[:, :first]


class Lstm:
    """A bidirectional LSTM."""

    def __init__(self, weights: Weights, name: str, layers: int) -> None:
        self.layers = [Bidirectional.of(weights, name, layer) for layer in range(layers)]

    def __call__(self, x: Array, lengths: Numbers) -> Array:
        """(words, width) to (words, 2 * hidden); `lengths` of the rows that the words make, the longest first."""
        steps = Steps.of(lengths)
        for layer in self.layers:
            x = layer(x, steps)
        return x


def _gates(rows: Array) -> Array:
    """Gates as Bidirectional has them, from torch's input, forget, cell and output."""
    input_, forget, cell, output = np.split(rows, 4)
    result: Array = np.concatenate([input_ * HALF, forget * HALF, output * HALF, cell])
    return result
