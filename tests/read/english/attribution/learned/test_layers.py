"""The layers against loops over single words and numbers reckoned by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from quoth.read.english.attribution.learned.layers import Array, Attention, Linear, Near, Rows, centred, unit


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


def near(seed: int, width: int, words: int) -> dict[str, Array]:
    """Of a layer that looks at so many words."""
    shapes = {
        "up.weight": (width, words * width),
        "up.bias": (width,),
        "down.weight": (width, width),
        "down.bias": (width,),
    }
    return {f"n.{name}": drawn(seed + k, *shape) for k, (name, shape) in enumerate(shapes.items())}


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
    found = Attention(weights, "t", heads)(x, Rows(np.array([5, 5])))
    for row in (slice(0, 5), slice(5, 10)):
        assert_like(found[row], centred_64(attended(weights, x[row].astype(np.float64), heads)))


def centred_64(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    return rows - rows.mean(-1, keepdims=True)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 6)), min_size=1, max_size=4), st.integers(0, 1000))
def test_attention_looks_at_the_words_of_its_own_row_alone(shapes: list[tuple[int, int]], seed: int) -> None:
    layer = Attention(transformer(seed, 8, 12), "t", 2)
    lengths = [words for rows, words in shapes for _ in range(rows)]
    x = centred(drawn(seed + 50, sum(lengths), 8))
    found = layer(x, Rows(np.array(lengths)))
    first = 0
    for words in lengths:
        here = slice(first, first + words)
        assert_like(found[here], layer(x[here], Rows(np.array([words]))))
        first += words


def looked(weights: dict[str, Array], rows: NDArray[np.float64], others: list[list[int | None]]) -> NDArray[np.float64]:
    """A layer that looks at some words, word by word; None where there is none."""
    width = rows.shape[1]
    plain = {"u.weight": np.ones(width, dtype=np.float32), "u.bias": np.zeros(width, dtype=np.float32)}
    unit_rows = [normed(plain, "u", list(row)) for row in rows]
    wide = {name: value.astype(np.float64) for name, value in weights.items()}
    result = []
    for row, seen in zip(rows, others, strict=True):
        beside = np.concatenate([np.zeros(width) if other is None else unit_rows[other] for other in seen])
        up = np.maximum(wide["n.up.weight"] @ beside + wide["n.up.bias"], 0)
        result.append(row + wide["n.down.weight"] @ up + wide["n.down.bias"])
    return np.array(result)


def test_words_beside_by_hand() -> None:
    rows = Rows(np.array([3, 2]))
    assert rows.near(1).tolist() == [[5, 0, 1], [0, 1, 2], [1, 2, 5], [5, 3, 4], [3, 4, 5]]
    assert rows.near(2).tolist() == [[5, 0, 2], [5, 1, 5], [0, 2, 5], [5, 3, 5], [5, 4, 5]]
    assert Rows(np.array([1, 2]), np.array([0, 2, 2])).near(1).tolist() == [[3, 0, 3, 0], [3, 1, 2, 2], [1, 2, 3, 2]]


def test_rows_of_one_length_are_told_together() -> None:
    assert Rows(np.array([5, 5, 3, 5])).shapes() == [(2, 5), (1, 3), (1, 5)]


def test_near_words_are_what_a_loop_over_words_gives() -> None:
    weights, x = near(11, 8, 4), centred(drawn(12, 5, 8))
    heads = np.array([1, 1, 1, 4, 4])
    found = Near(weights, "n", 1)(x, Rows(np.array([3, 2]), heads))
    wanted: list[list[int | None]] = [[None, 0, 1, 1], [0, 1, 2, 1], [1, 2, None, 1], [None, 3, 4, 4], [3, 4, None, 4]]
    assert_like(found, centred_64(looked(weights, x.astype(np.float64), wanted)))


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(1, 7), min_size=1, max_size=5), st.integers(1, 4), st.integers(0, 1000))
def test_rows_of_several_lengths_are_each_as_if_alone(lengths: list[int], reach: int, seed: int) -> None:
    layer, x = Near(near(seed, 4, 3), "n", reach), centred(drawn(seed + 90, sum(lengths), 4))
    found = layer(x, Rows(np.array(lengths)))
    first = 0
    for m in lengths:
        here = slice(first, first + m)
        assert_like(found[here], layer(x[here], Rows(np.array([m]))))
        first += m
