"""Truth discovery against conflicting claims whose truth is known: CSV claims and truths → figures by method.

    claims/*.csv: "ObjectID","PropertyID","PropertyValue","SourceID","TimeStamp"
    ground_truth/*.csv: "ObjectID","PropertyID","PropertyValue"

The format of the DAFNA collection (Waguih and Berti-Équille 2014).  Times are written "fri jan 29 08:45:00 2010".
"""

from __future__ import annotations

import csv
import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from quoth.compare.truth import METHODS, Vote, Votes, favourites, latest
from quoth.errors import QuothError
from quoth.measure.figures import Kind, Measure, Measured, Miss, Score

MEASURES = tuple(Measure(method, Kind.MEAN) for method in METHODS)
_TIME = "%a %b %d %H:%M:%S %Y"
_ITEM = ("ObjectID", "PropertyID")


class TruthFileError(QuothError):
    """A folder of claims that cannot be measured against."""

    code = "Q515"


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputed:
    """Conflicting claims, and the values that are known to be true, both by item."""

    votes: Votes
    truth: dict[str, str]
    claims: int


def load_claims(folder: Path) -> Disputed:
    """Raises TruthFileError: a folder without claims or truths, a line that lacks a field or whose time is none."""
    truth = {_item(row): _value(row["PropertyValue"]) for _, row in _rows(folder / "ground_truth", ())}
    votes = [
        Vote(_item(row), row["SourceID"], _time(row["TimeStamp"], where), _value(row["PropertyValue"]))
        for where, row in _rows(folder / "claims", ("SourceID", "TimeStamp"))
    ]
    return Disputed(votes=latest(votes), truth=truth, claims=len(votes))


def measure_truth(name: str, disputed: Disputed, progress: Callable[[str], None] | None = None) -> Measured:
    """The share of items whose true value each method believes; a tie of n values is 1/n right, none is wrong."""
    scores, misses = [], []
    for method, weigh in METHODS.items():
        if progress is not None:
            progress(method)
        weights = weigh(disputed.votes)
        for item, true in disputed.truth.items():
            best = favourites(weights.get(item, {}))
            scores.append(Score(method, 1 / len(best) if true in best else 0.0))
            if best != (true,):
                misses.append(Miss(what=method, ids=item, wanted=true, got=", ".join(best), words=""))
    return Measured(name=name, measures=MEASURES, scores=tuple(scores), misses=tuple(misses))


def _rows(folder: Path, more: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    """Lines of all CSV files in order of name, each with its file and line."""
    files = sorted(folder.glob("*.csv"))
    if not files:
        raise TruthFileError(f"{folder}: no CSV files there; claims/ and ground_truth/ are to have one at least")
    for path in files:
        with path.open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines)
            for row in reader:
                where = f"{path}:{reader.line_num}"
                for field in (*_ITEM, "PropertyValue", *more):
                    if not row.get(field):
                        raise TruthFileError(f"{where}: no {field}")
                yield where, row


def _item(row: dict[str, str]) -> str:
    return " ".join(row[field] for field in _ITEM)


def _value(text: str) -> str:
    """Numbers as numbers to six digits ("29.90" is 29.9), words in lower case."""
    try:
        return f"{float(text):.6g}"
    except ValueError:
        return " ".join(text.casefold().split())


def _time(text: str, where: str) -> datetime.datetime:
    try:
        return datetime.datetime.strptime(text, _TIME)
    except ValueError:
        raise TruthFileError(f"{where}: TimeStamp {text!r} is not like 'fri jan 29 08:45:00 2010'") from None
