"""The layers against loops over single words and numbers reckoned by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from quoth.read.english.attribution.learned.layers import Array, Attention, Linear, Lstm, Steps, centred, unit


def assert_like(found: np.ndarray, wanted: np.ndarray) -> None:
    """Equal in single precision: small sums of large terms are off by what the largest terms are off by."""
    np.testing.assert_allclose(found, wanted, rtol=1e-4, atol=1e-5 * max(1.0, float(np.abs(wanted).max())))


def drawn(seed: int, *shape: int) -> Array:
    return np.random.default_rng(seed).normal(size=shape).astype(np.float32)


def transformer(seed: int, width: int, wide: int) -> dict[str, Array]:
    shapes = {
        "norm1.weight": (width,),
        "norm1.bias": (width,),
        "norm2.weight": (width,),
        "norm2.bias": (width,),
        "qkv.weight": (3 * width, width),
        "qkv.bias": (3 * width,),
        "out.weight": (width, width),
        "out.bias": (width,),
        "up.weight": (wide, width),
        "up.bias": (wide,),
        "down.weight": (width, wide),
        "down.bias": (width,),
    }
    return {f"t.{name}": drawn(seed + k, *shape) for k, (name, shape) in enumerate(shapes.items())}


def recurrent(seed: int, width: int, hidden: int, layers: int) -> dict[str, Array]:
    weights = {}
    for layer in range(layers):
        for k, way in enumerate(("", "_reverse")):
            at = f"_l{layer}{way}"
            start = seed + 10 * layer + 5 * k
            weights[f"r.weight_ih{at}"] = drawn(start, 4 * hidden, width if not layer else 2 * hidden)
            weights[f"r.weight_hh{at}"] = drawn(start + 1, 4 * hidden, hidden)
            weights[f"r.bias_ih{at}"] = drawn(start + 2, 4 * hidden)
            weights[f"r.bias_hh{at}"] = drawn(start + 3, 4 * hidden)
    return weights


def test_linear_by_hand() -> None:
    weights = {
        "w.weight": np.array([[1, 2], [3, 4], [0, -1]], dtype=np.float32),
        "w.bias": np.array([10, 20, 30], dtype=np.float32),
    }
    x = np.array([[1, 1], [2, 0]], dtype=np.float32)
    layer = Linear.of(weights, "w")
    assert layer(x).tolist() == [[13, 27, 29], [12, 26, 30]]
    assert_like(layer.centred()(x), centred(layer(x)))
    assert x.tolist() == [[1, 1], [2, 0]]


def test_rows_of_unit_variance_by_hand() -> None:
    x = centred(np.array([[1, 3], [4, 4]], dtype=np.float32))
    assert x.tolist() == [[-1, 1], [0, 0]]
    np.testing.assert_allclose(unit(x), [[-1, 1], [0, 0]], rtol=1e-4)
    assert x.tolist() == [[-1, 1], [0, 0]]


def test_a_linear_layer_after_a_norm_is_the_norm_and_then_the_layer() -> None:
    weights = transformer(3, 8, 12)
    x = drawn(5, 4, 8)
    found = Linear.of(weights, "t.qkv").after_norm(weights, "t.norm1")(unit(centred(x)))
    scaled = np.array([normed(weights, "t.norm1", list(row)) for row in x])
    assert_like(found, scaled @ weights["t.qkv.weight"].T.astype(np.float64) + weights["t.qkv.bias"])


def normed(weights: dict[str, Array], name: str, x: list[float]) -> NDArray[np.float64]:
    mean = sum(x) / len(x)
    spread = math.sqrt(sum((v - mean) ** 2 for v in x) / len(x) + 1e-5)
    scaled = zip(x, weights[f"{name}.weight"], weights[f"{name}.bias"], strict=True)
    return np.array([(v - mean) / spread * float(w) + float(b) for v, w, b in scaled])


def attended(weights: dict[str, Array], row: NDArray[np.float64], heads: int) -> NDArray[np.float64]:
    """A transformer layer over one row without padding, word by word."""
    n, width = row.shape
    size = width // heads
    wide = {name: value.astype(np.float64) for name, value in weights.items()}
    qkv = [wide["t.qkv.weight"] @ normed(weights, "t.norm1", list(x)) + wide["t.qkv.bias"] for x in row]
    result = []
    for i in range(n):
        seen: list[float] = []
        for h in range(heads):
            q = qkv[i][h * size : (h + 1) * size]
            near = [math.exp(q @ k[width + h * size : width + (h + 1) * size] / math.sqrt(size)) for k in qkv]
            values = [v[2 * width + h * size : 2 * width + (h + 1) * size] for v in qkv]
            seen += list(sum(a / sum(near) * v for a, v in zip(near, values, strict=True)))
        x = row[i] + wide["t.out.weight"] @ np.array(seen) + wide["t.out.bias"]
        up = np.maximum(wide["t.up.weight"] @ normed(weights, "t.norm2", list(x)) + wide["t.up.bias"], 0)
        result.append(x + wide["t.down.weight"] @ up + wide["t.down.bias"])
    return np.array(result)


@pytest.mark.parametrize("heads", [1, 2, 4])
def test_attention_is_what_a_loop_over_words_gives(heads: int) -> None:
    weights = transformer(1, 8, 12)
    x = centred(drawn(99, 10, 8))
    found = Attention(weights, "t", heads)(x, [(2, 5)])
    for row in (slice(0, 5), slice(5, 10)):
        assert_like(found[row], centred_64(attended(weights, x[row].astype(np.float64), heads)))


def centred_64(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    return rows - rows.mean(-1, keepdims=True)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 6)), min_size=1, max_size=4), st.integers(0, 1000))
def test_attention_looks_at_the_words_of_its_own_row_alone(shapes: list[tuple[int, int]], seed: int) -> None:
    layer = Attention(transformer(seed, 8, 12), "t", 2)
    x = centred(drawn(seed + 50, sum(rows * words for rows, words in shapes), 8))
    found = layer(x, shapes)
    first = 0
    for rows, words in shapes:
        for _ in range(rows):
            assert_like(found[first : first + words], layer(x[first : first + words], [(1, words)]))
            first += words


def sigmoid(x: NDArray[np.float64]) -> NDArray[np.float64]:
    return 1 / (1 + np.exp(-x))


def one_way(weights: dict[str, Array], at: str, row: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """An LSTM over one row, as the textbooks have it: input, forget, cell and output gate."""
    hidden = weights[f"r.weight_hh{at}"].shape[1]
    h, c, out = np.zeros(hidden), np.zeros(hidden), []
    for x in row:
        gates = weights[f"r.weight_ih{at}"].astype(np.float64) @ x + weights[f"r.bias_ih{at}"]
        gates = gates + weights[f"r.weight_hh{at}"].astype(np.float64) @ h + weights[f"r.bias_hh{at}"]
        i, f, g, o = np.split(gates, 4)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
        out.append(h)
    return out


def both_ways(weights: dict[str, Array], row: NDArray[np.float64], layers: int) -> NDArray[np.float64]:
    for layer in range(layers):
        there = one_way(weights, f"_l{layer}", row)
        back = one_way(weights, f"_l{layer}_reverse", row[::-1])[::-1]
        row = np.concatenate([np.array(there), np.array(back)], -1)
    return row


def test_an_lstm_of_one_number_by_hand() -> None:
    weights = {}
    for way in ("", "_reverse"):
        weights[f"r.weight_ih_l0{way}"] = np.array([[0], [0], [1], [0]], dtype=np.float32)
        weights[f"r.weight_hh_l0{way}"] = np.zeros((4, 1), dtype=np.float32)
        weights[f"r.bias_ih_l0{way}"] = np.zeros(4, dtype=np.float32)
        weights[f"r.bias_hh_l0{way}"] = np.zeros(4, dtype=np.float32)
    found = Lstm(weights, "r", 1)(np.array([[1.0], [0.0]], dtype=np.float32), np.array([2]))
    cell = 0.5 * math.tanh(1)  # every gate stands half open
    np.testing.assert_allclose(found[:, 0], [0.5 * math.tanh(cell), 0.5 * math.tanh(cell / 2)], rtol=1e-5)
    np.testing.assert_allclose(found[:, 1], [0.5 * math.tanh(cell), 0], rtol=1e-5, atol=1e-7)


def test_steps_go_from_word_to_word_of_all_rows_at_once() -> None:
    steps = Steps.of(np.array([3, 2, 1]))
    assert steps.there.tolist() == [0, 3, 5, 1, 4, 2]
    assert steps.back.tolist() == [2, 4, 5, 1, 3, 0]
    assert steps.live == (3, 2, 1)


@pytest.mark.parametrize("layers", [1, 2])
def test_an_lstm_is_what_a_loop_over_words_gives(layers: int) -> None:
    weights = recurrent(7, 5, 3, layers)
    x = drawn(8, 12, 5)
    found = Lstm(weights, "r", layers)(x, np.array([6, 6]))
    assert found.shape == (12, 6)
    for row in (slice(0, 6), slice(6, 12)):
        assert_like(found[row], both_ways(weights, x[row].astype(np.float64), layers))


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(1, 7), min_size=1, max_size=5), st.integers(0, 1000))
def test_rows_of_several_lengths_are_each_as_if_alone(lengths: list[int], seed: int) -> None:
    lengths = sorted(lengths, reverse=True)
    weights = recurrent(seed, 4, 3, 2)
    x = drawn(seed + 90, sum(lengths), 4)
    found = Lstm(weights, "r", 2)(x, np.array(lengths))
    first = 0
    for m in lengths:
        here = slice(first, first + m)
        assert_like(found[here], Lstm(weights, "r", 2)(x[here], np.array([m])))
        assert_like(found[here], both_ways(weights, x[here].astype(np.float64), 2))
        first += m
