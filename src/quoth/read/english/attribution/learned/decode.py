"""Network scores to cues, roles and their probabilities; numpy alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NONE, SOURCE, CONTENT = range(3)
GAP = 2
"""Words between two runs of a role that still count as one run."""

Scores = NDArray[np.float32]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Chain:
    """The scores of a linear chain over roles: from one to the next, of the first and of the last."""

    step: Scores
    begin: Scores
    end: Scores


def cues(scores: Scores, mask: Mask, bias: float) -> list[list[tuple[list[int], float]]]:
    """For each paragraph its cues: their words and the probability that a cue begins there.

    `scores` (paragraphs, words, 3) are of NONE, BEGIN, INSIDE; `bias` is added to the latter two: more finds more.
    """
    raised = scores + np.array([0.0, bias, bias], dtype=np.float32)
    labels = np.where(mask, raised.argmax(-1), 0)
    found: list[list[tuple[list[int], float]]] = []
    for row in range(len(labels)):
        here: list[tuple[list[int], float]] = []
        for w in np.flatnonzero(labels[row]):
            if labels[row, w] == 2 and here and here[-1][0][-1] == w - 1:
                here[-1][0].append(int(w))
            else:
                here.append(([int(w)], float(1 - softmax(scores[row, w])[0])))
        found.append(here)
    return found


def softmax(scores: Scores) -> Scores:
    """Along the last axis."""
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    total: Scores = raised / raised.sum(-1, keepdims=True)
    return total


def roles(scores: Scores, mask: Mask, chain: Chain) -> list[tuple[NDArray[np.int64], float]]:
    """For each row (a cue) the best roles of its words, and the probability that any word has one.

    `scores` (cues, words, 3); the words of a row come first, its padding last.
    """
    k, n, _ = scores.shape
    best = chain.begin + scores[:, 0]
    total = best.copy()
    nothing = best[:, NONE].copy()
    back = np.zeros((k, n, 3), dtype=np.int64)
    for i in range(1, n):
        on = mask[:, i]
        moves = best[:, :, None] + chain.step
        back[:, i] = np.where(on[:, None], moves.argmax(1), np.arange(3))
        best = np.where(on[:, None], moves.max(1) + scores[:, i], best)
        total = np.where(on[:, None], _logsumexp(total[:, :, None] + chain.step) + scores[:, i], total)
        nothing = np.where(on, nothing + chain.step[NONE, NONE] + scores[:, i, NONE], nothing)
    best, total, nothing = best + chain.end, total + chain.end, nothing + chain.end[NONE]
    top = total.max(-1)
    whole = top + np.log(np.exp(total - top[:, None]).sum(-1))
    labels = np.zeros((k, n), dtype=np.int64)
    labels[:, n - 1] = best.argmax(-1)
    rows = np.arange(k)
    for i in range(n - 1, 0, -1):
        labels[:, i - 1] = back[rows, i, labels[:, i]]
    real = 1 - np.exp(np.minimum(nothing - whole, 0))
    return [(np.where(mask[r], labels[r], NONE)[: mask[r].sum()], float(real[r])) for r in range(k)]


def _logsumexp(scores: Scores) -> Scores:
    top = scores.max(1)
    total: Scores = top + np.log(np.exp(scores - top[:, None, :]).sum(1))
    return total


def runs(labels: NDArray[np.int64], role: int) -> list[tuple[int, int]]:
    """The unbroken runs [first, stop) of a role; gaps of up to GAP words are closed."""
    found: list[tuple[int, int]] = []
    for w in np.flatnonzero(labels == role):
        if found and w - found[-1][1] <= GAP and not np.any(labels[found[-1][1] : w] != NONE):
            found[-1] = (found[-1][0], int(w) + 1)
        else:
            found.append((int(w), int(w) + 1))
    return found


def source(labels: NDArray[np.int64]) -> list[tuple[int, int]]:
    """The longest run of a source, as a list of one; empty where none is named."""
    found = runs(labels, SOURCE)
    return [max(found, key=lambda r: r[1] - r[0])] if found else []
