"""Figures of sums, with bootstrap intervals: sentences or documents are drawn with replacement, their counts added."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from quoth.measure.figures import DRAWS, ENOUGH_ARTICLES, SEED, Figure

Sums = NDArray[np.float64]
"""One row a draw, one column a count."""
Values = Mapping[str, NDArray[np.float64]]
"""By figure one value a draw."""


def with_intervals(
    groups: Sequence[ArrayLike], of: Callable[[Sums], Values], *, n: Mapping[str, int], unit: str
) -> tuple[Figure, ...]:
    """The figures that `of` makes of the groups' added counts, each with its 95 % interval; `n` counts their cases.

    `unit` says what a group is ("sentences").  Fewer than `ENOUGH_ARTICLES` groups give no interval.
    """
    counts = np.asarray(groups, dtype=np.float64)
    values = of(counts.sum(axis=0, keepdims=True))
    drawn: Values = {}
    if len(counts) >= ENOUGH_ARTICLES:
        chance = np.random.default_rng(SEED)
        drawn = of(chance.multinomial(len(counts), [1 / len(counts)] * len(counts), size=DRAWS) @ counts)
    figures = []
    for name, value in values.items():
        low = high = method = None
        if name in drawn and n.get(name, 1):
            low, high = (float(end) for end in np.nanpercentile(drawn[name], (2.5, 97.5)))
            method = f"bootstrap over {unit}"
        figures.append(
            Figure(name=name, value=float(np.nan_to_num(value[0])), n=n.get(name), low=low, high=high, method=method)
        )
    return tuple(figures)
