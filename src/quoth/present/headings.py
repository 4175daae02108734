"""The list of questions: one line each, quickly, however many there are."""

from __future__ import annotations

from collections.abc import Sequence

from quoth.model import Heading
from quoth.present.escape import one_line
from quoth.present.words import count

SHORTEST = 8
"""Digits of an id that are shown, where no two begin alike."""


def headings_text(headings: Sequence[Heading]) -> str:
    """The beginning of each question's id, the question, and how many answers, reports and origins it has."""
    width = _telling({heading.id for heading in headings})
    return "".join(f"{heading.id[:width]}  {one_line(heading.text)}  {_counts(heading)}\n" for heading in headings)


def _counts(heading: Heading) -> str:
    counts = [(heading.answers, "answer"), (heading.reports, "report"), (heading.origins, "origin")]
    told = [count(number, what) for number, what in counts]
    if heading.disputes:
        told.append(f"{count(heading.disputes, 'pair')} exclude each other" if heading.disputes > 1 else "contested")
    return ", ".join(told)


def _telling(ids: set[str]) -> int:
    """The fewest digits by which the ids can be told apart."""
    width = SHORTEST
    while len({id[:width] for id in ids}) < len(ids):
        width += 1
    return width
