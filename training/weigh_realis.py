"""How much each signal says of whether an event has come about: rewrites lexicon/realis.tsv from rated events.

    python training/weigh_realis.py GOLD.jsonl [--out realis.tsv]

GOLD is in the form of It-Happened, as `quoth eval factuality` reads it; the shipped table is of its training part.  The
weights are those of a ridge regression of the ratings on the signals, 1 or 0 each.
"""

from __future__ import annotations

import argparse
import datetime
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from quoth.measure.factuality.graded import read_rated
from quoth.measure.factuality.happened import load_happened
from quoth.read.english.events.realis import BASE

TABLE = Path(__file__).parents[1] / "src/quoth/read/english/lexicon/realis.tsv"
LEAST = 40
"""A signal has a row from so many events on."""

RIDGE = 20.0
"""What is added to the diagonal: weights of rare signals are drawn towards none.  With `LEAST` chosen on every fifth
sentence of the training part, held out; between 5 and 50 nothing changes in the second place of r."""

HEAD = """\
# How much each signal says of whether an event has come about, on a scale from -3, not at all, to 3, it has.
# Source: training/weigh_realis.py on {gold}, {events} events, {day}: Universal Decompositional Semantics, It-Happened 2
# (Rudinger, White and Van Durme 2018, "Neural models of factuality"; MIT licence).  Ridge {ridge:g}.
# signal <TAB> weight <TAB> events that have it
"""


def main(arguments: list[str] | None = None) -> int:
    options = _options(arguments)
    gold = load_happened(options.gold)
    rated = [(one.judged.signals, one.rating) for one in read_rated(gold)]
    weights = weigh([signals for signals, _ in rated], [rating for _, rating in rated])
    seen = Counter(signal for signals, _ in rated for signal in signals)
    seen[BASE] = len(rated)
    day = datetime.datetime.now(datetime.UTC).date()
    head = HEAD.format(gold=options.gold.name, events=len(rated), day=day, ridge=RIDGE)
    rows = "".join(f"{signal}\t{weight:.2f}\t{seen[signal]}\n" for signal, weight in weights.items())
    options.out.write_text(head + rows, encoding="utf-8")
    return 0


def weigh(signals: Sequence[Sequence[str]], ratings: Sequence[float]) -> dict[str, float]:
    """The weight of each signal that stands often enough, the base first, the others by name."""
    seen = Counter(signal for row in signals for signal in row)
    columns = {signal: at for at, signal in enumerate(sorted(s for s, n in seen.items() if n >= LEAST))}
    table = np.zeros((len(signals), len(columns) + 1))
    table[:, -1] = 1.0
    for at, row in enumerate(signals):
        table[at, [columns[signal] for signal in row if signal in columns]] = 1.0
    ridge = np.diag([RIDGE] * len(columns) + [0.0])
    weights = np.linalg.solve(table.T @ table + ridge, table.T @ np.asarray(ratings))
    return {BASE: float(weights[-1]), **{signal: float(weights[at]) for signal, at in columns.items()}}


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("gold", type=Path, help="rated events, one sentence a line")
    parser.add_argument("--out", type=Path, default=TABLE, help="the table to write (default: the lexicon's own)")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
