"""How each word of a sentence hangs in the parse, seen from a cue."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

CLIMBS = 4
"""Steps up from the cue that are told apart; further ones count as the last."""

Numbers = NDArray[np.int64]


def count(labels: int) -> int:
    """How many different paths there are with `labels` dependency labels (numbered from 0)."""
    return CLIMBS * (labels + 1) + 1


def paths(heads: Numbers, deps: Numbers, cues: Numbers, labels: int) -> Numbers:
    """For each row's cue (its head word) and each word the number of the path between them.

    From the cue one climbs u steps and then goes down by an edge labelled d: u * (labels + 1) + d + 1.  A word on the
    way up itself: u * (labels + 1).  A word of another sentence: the last number.  `heads` and `deps` are
    (rows, words), `cues` is (rows,).
    """
    rows, words = heads.shape
    every = np.arange(rows)
    rung = np.full((rows, words), -1, dtype=np.int64)
    at = cues.copy()
    for step in range(words):
        fresh = rung[every, at] < 0
        if not fresh.any():
            break
        rung[every[fresh], at[fresh]] = min(step, CLIMBS - 1)
        at = heads[every, at]
    here = np.broadcast_to(np.arange(words), (rows, words)).copy()
    found = np.full((rows, words), CLIMBS * (labels + 1), dtype=np.int64)
    on_way = rung >= 0
    found[on_way] = rung[on_way] * (labels + 1)
    open_ = ~on_way
    for _ in range(words):
        r, w = np.nonzero(open_)
        if not len(r):
            break
        child = here[r, w]
        parent = heads[r, child]
        reached = rung[r, parent] >= 0
        stuck = parent == child
        found[r[reached], w[reached]] = (
            rung[r[reached], parent[reached]] * (labels + 1) + deps[r[reached], child[reached]] + 1
        )
        here[r, w] = parent
        done = reached | stuck
        open_[r[done], w[done]] = False
    return found


def head_of(cue: list[int], heads: NDArray[np.int32] | Numbers) -> int:
    """The word of a cue that hangs on no other word of it."""
    inside = set(cue)
    return next((w for w in cue if int(heads[w]) not in inside or int(heads[w]) == w), cue[0])
