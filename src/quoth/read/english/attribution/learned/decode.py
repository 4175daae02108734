"""Network scores to cues, roles and their probabilities; numpy alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NONE, SOURCE, CONTENT = range(3)
GAP = 2
"""Words between two runs of a role that still count as one run."""

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Chain:
    """The scores of a linear chain over roles: from one to the next, of the first and of the last."""

    step: Scores
    begin: Scores
    end: Scores


def cues(scores: Scores, bias: float) -> list[tuple[list[int], float]]:
    """The cues of a paragraph: their words and the probability that a cue begins there.

    `scores` (words, 3) are of NONE, BEGIN, INSIDE; `bias` is added to the latter two: more finds more.
    """
    labels = (scores + np.array([0.0, bias, bias], dtype=np.float32)).argmax(-1)
    found: list[tuple[list[int], float]] = []
    for w in np.flatnonzero(labels).tolist():
        if labels[w] == 2 and found and found[-1][0][-1] == w - 1:
            found[-1][0].append(w)
        else:
            found.append(([w], float(1 - softmax(scores[w])[0])))
    return found


def softmax(scores: Scores) -> Scores:
    """Along the last axis."""
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    total: Scores = raised / raised.sum(-1, keepdims=True)
    return total


def roles(scores: Scores, lengths: NDArray[np.int64], chain: Chain) -> list[tuple[NDArray[np.int64], float]]:
    """For each row (a cue) the best roles of its words, and the probability that any word has one.

    `scores` (words, 3) are those of the rows one after another, `lengths` their words.
    """
    order = np.argsort(-lengths, kind="stable")
    sizes, first = lengths[order], (np.cumsum(lengths) - lengths)[order]
    live = (sizes[:, None] > np.arange(sizes[0])).sum(0).tolist()
    shares = np.exp(scores - scores.max(-1, keepdims=True), dtype=np.float64)
    step, end = np.exp(chain.step, dtype=np.float64), np.exp(chain.end, dtype=np.float64)
    best = np.empty((len(live), len(order), 3), dtype=np.float32)
    best[0] = chain.begin + scores[first]
    every = np.exp(chain.begin, dtype=np.float64) * shares[first]
    nothing = every[:, NONE].copy()
    for i in range(1, len(live)):
        n = live[i]
        at = first[:n] + i
        moves = best[i - 1, :n, :, None] + chain.step
        np.maximum(np.maximum(moves[:, 0], moves[:, 1]), moves[:, 2], out=best[i, :n])
        best[i, :n] += scores[at]
        here = shares[at]
        reached = (every[:n] @ step) * here
        whole = reached.sum(-1)
        nothing[:n] *= here[:, NONE] * step[NONE, NONE] / whole
        every[:n] = reached / whole[:, None]
    real = 1 - np.minimum(nothing * end[NONE] / (every * end).sum(-1), 1)
    labels = np.zeros((len(order), len(live)), dtype=np.int64)
    label = (best[sizes - 1, np.arange(len(order))] + chain.end).argmax(-1)
    came = np.ascontiguousarray(chain.step.T)
    for i in range(len(live) - 1, 0, -1):
        n = live[i]
        labels[:n, i] = label[:n]
        label[:n] = (best[i - 1, :n] + came[label[:n]]).argmax(-1)
    labels[:, 0] = label
    found = dict(zip(order.tolist(), zip(labels, sizes.tolist(), real.tolist(), strict=True), strict=True))
    return [(row[:size], chance) for row, size, chance in (found[k] for k in range(len(order)))]


def runs(labels: NDArray[np.int64], role: int) -> list[tuple[int, int]]:
    """The unbroken runs [first, stop) of a role; gaps of up to GAP words are closed."""
    found: list[tuple[int, int]] = []
    for w in np.flatnonzero(labels == role).tolist():
        if found and w - found[-1][1] <= GAP and (w == found[-1][1] or not labels[found[-1][1] : w].any()):
            found[-1] = (found[-1][0], w + 1)
        else:
            found.append((w, w + 1))
    return found


def source(labels: NDArray[np.int64]) -> list[tuple[int, int]]:
    """The longest run of a source, as a list of one; empty where none is named."""
    found = runs(labels, SOURCE)
    return [max(found, key=lambda r: r[1] - r[0])] if found else []
