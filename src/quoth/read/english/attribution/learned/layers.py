"""The layers that the networks are made of, in numpy; weights as torch names and lays them out."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
Weights = Mapping[str, Array]
Mask = NDArray[np.bool_]

EPSILON = 1e-5
FAR = np.float32(-1e4)


def linear(weights: Weights, name: str, x: Array) -> Array:
    """x W' + b, over the last axis."""
    flat = x.reshape(-1, x.shape[-1]) @ weights[f"{name}.weight"].T
    flat += weights[f"{name}.bias"]
    return flat.reshape(*x.shape[:-1], -1)


def norm(weights: Weights, name: str, x: Array) -> Array:
    """Layer normalisation of the last axis."""
    centred = x - x.mean(-1, keepdims=True)
    centred /= np.sqrt((centred * centred).mean(-1, keepdims=True) + EPSILON)
    scaled: Array = centred * weights[f"{name}.weight"] + weights[f"{name}.bias"]
    return scaled


def attention(weights: Weights, name: str, x: Array, mask: Mask, heads: int) -> Array:
    """A transformer layer, normalised before: (rows, words, width) to the same."""
    k, n, w = x.shape
    qkv = linear(weights, f"{name}.qkv", norm(weights, f"{name}.norm1", x))
    q, key, value = qkv.reshape(k, n, 3, heads, w // heads).transpose(2, 0, 3, 1, 4)
    near = q @ key.transpose(0, 1, 3, 2)
    near *= np.float32((w // heads) ** -0.5)
    near += np.where(mask, np.float32(0), FAR)[:, None, None, :]
    near -= near.max(-1, keepdims=True)
    np.exp(near, out=near)
    near /= near.sum(-1, keepdims=True)
    x = x + linear(weights, f"{name}.out", (near @ value).transpose(0, 2, 1, 3).reshape(k, n, w))
    up = linear(weights, f"{name}.up", norm(weights, f"{name}.norm2", x))
    np.maximum(up, 0, out=up)
    result: Array = x + linear(weights, f"{name}.down", up)
    return result


def lstm(weights: Weights, name: str, x: Array, lengths: NDArray[np.int64], layers: int) -> Array:
    """A bidirectional LSTM over rows (rows, words, width), the longest row first; (rows, words, 2 * hidden)."""
    rows, words, _ = x.shape
    at = np.arange(words)[None, :]
    mirrored = np.where(at < lengths[:, None], lengths[:, None] - 1 - at, at)
    every = np.arange(rows)[:, None]
    live = (lengths[:, None] > at).sum(0)
    for layer in range(layers):
        both = np.stack([_gates(weights, f"{name}.%s_l{layer}", x), _gates(weights, f"{name}.%s_l{layer}_reverse", x)])
        both[1] = both[1][every, mirrored]
        recurrent = np.stack([_scaled(weights[f"{name}.weight_hh_l{layer}{way}"]).T for way in ("", "_reverse")])
        out = _run(both, recurrent, live)
        x = np.concatenate([out[0], out[1][every, mirrored]], -1)
    return x


def _gates(weights: Weights, name: str, x: Array) -> Array:
    """What the input adds to the four gates."""
    flat = x.reshape(-1, x.shape[-1]) @ _scaled(weights[name % "weight_ih"]).T
    flat += _scaled(weights[name % "bias_ih"] + weights[name % "bias_hh"])
    return flat.reshape(*x.shape[:-1], -1)


def _scaled(gates: Array) -> Array:
    """Input, forget and output gates halved: a sigmoid is (tanh(x / 2) + 1) / 2."""
    quarter = len(gates) // 4
    factor = np.full((len(gates), *[1] * (gates.ndim - 1)), 0.5, dtype=np.float32)
    factor[2 * quarter : 3 * quarter] = 1
    result: Array = gates * factor
    return result


def _run(gates: Array, recurrent: Array, live: NDArray[np.int64]) -> Array:
    """Both directions, one word after another; `live[t]` rows have a word t."""
    ways, rows, words, four = gates.shape
    hidden = four // 4
    h = np.zeros((ways, rows, hidden), dtype=np.float32)
    c = np.zeros((ways, rows, hidden), dtype=np.float32)
    out = np.zeros((ways, rows, words, hidden), dtype=np.float32)
    for t in range(words):
        n = live[t]
        if not n:
            break
        g = h[:, :n] @ recurrent
        g += gates[:, :n, t]
        np.tanh(g, out=g)
        g[..., : 2 * hidden] *= 0.5
        g[..., : 2 * hidden] += 0.5
        g[..., 3 * hidden :] *= 0.5
        g[..., 3 * hidden :] += 0.5
        c[:, :n] *= g[..., hidden : 2 * hidden]
        c[:, :n] += g[..., :hidden] * g[..., 2 * hidden : 3 * hidden]
        h[:, :n] = g[..., 3 * hidden :] * np.tanh(c[:, :n])
        out[:, :n, t] = h[:, :n]
    return out
