"""Sentences whose events people rated as having happened or not, in the form in which It-Happened is passed round.

    {"text": "Berg did not leave .", "targets": [{"span1": [3, 4], "label": -2.25}]}

One sentence a line: its tokens with one space between them; a target is a half-open range of tokens with its rating
from -3 to 3 (Rudinger, White & Van Durme 2018).  Other keys are passed over.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quoth.errors import QuothError

LOWEST, HIGHEST = -3, 3
_REMEDY = 'one sentence a line: {"text": "…", "targets": [{"span1": [3, 4], "label": -2.25}]}'


class HappenedFileError(QuothError):
    """A file of rated events that cannot be measured: a line or a field does not fit."""

    code = "Q513"


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedEvent:
    """The tokens [first, stop) of an event, and its rating."""

    first: int
    stop: int
    rating: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedSentence:
    """`id` is the line's number in its file."""

    id: str
    words: tuple[str, ...]
    events: tuple[RatedEvent, ...]


def load_happened(path: Path) -> tuple[RatedSentence, ...]:
    """The sentences of a file that have rated events, in its order.  Raises HappenedFileError naming line and field."""
    sentences = tuple(sentence for sentence in _sentences(path) if sentence.events)
    if not sentences:
        raise HappenedFileError("there is no rated event in it", where=str(path), remedy=_REMEDY)
    return sentences


def _sentences(path: Path) -> Iterator[RatedSentence]:
    try:
        with path.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _sentence(line, number, f"{path}, line {number}")
    except OSError as problem:
        raise HappenedFileError(problem.strerror or "it cannot be read", where=str(path)) from problem
    except UnicodeDecodeError as problem:
        raise HappenedFileError("it is not UTF-8", where=str(path)) from problem


def _sentence(line: str, number: int, where: str) -> RatedSentence:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as problem:
        raise HappenedFileError(f"it is no JSON: {problem}", where=where, remedy=_REMEDY) from problem
    if not isinstance(fields, dict) or not isinstance(fields.get("text"), str) or not fields["text"].split():
        raise HappenedFileError("it is to be the sentence's tokens", where=f"{where}, text", remedy=_REMEDY)
    if not isinstance(fields.get("targets"), list):
        raise HappenedFileError("it is to be a list of events", where=f"{where}, targets", remedy=_REMEDY)
    words = tuple(fields["text"].split())
    events = tuple(
        _event(target, len(words), f"{where}, target {at}") for at, target in enumerate(fields["targets"], 1)
    )
    return RatedSentence(id=str(number), words=words, events=events)


def _event(target: Any, length: int, where: str) -> RatedEvent:
    span = target.get("span1") if isinstance(target, dict) else None
    if not isinstance(span, list) or [type(end) for end in span] != [int, int] or not 0 <= span[0] < span[1] <= length:
        raise HappenedFileError(
            f"it is to be a range of the {length} tokens, [first, stop)", where=f"{where}, span1", remedy=_REMEDY
        )
    rating = target.get("label")
    if type(rating) not in {int, float} or not LOWEST <= rating <= HIGHEST:
        raise HappenedFileError(
            f"it is to be a number from {LOWEST} to {HIGHEST}", where=f"{where}, label", remedy=_REMEDY
        )
    return RatedEvent(first=span[0], stop=span[1], rating=float(rating))
