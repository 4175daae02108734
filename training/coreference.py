"""Fit the model that brings answers to one question together: src/quoth/compare/coreference.toml.

    python training/coreference.py --fit training/stories/* bench/stories/ferry … --hold bench/stories/quake …

A story says which statements answer one question.  Every two statements that give a value for one slot and answer some
question are a pair.  Stories weigh the same, however many pairs they have.  Prints how well each story is done by a
model fitted to the others, and the held ones by the model of all: average precision of the pairs' order, precision,
recall and F1 of the pairs that end in one question at each threshold.  `-o FILE` writes the model.
"""

from __future__ import annotations

import argparse
import itertools
import textwrap
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import numpy as np

from quoth import compare
from quoth.compare.coreference import described, features
from quoth.compare.gathering import gathered
from quoth.compare.matching import Answer, Asked, closeness
from quoth.measure.questions import side_by_side
from quoth.measure.reading import read
from quoth.measure.story import load_story
from quoth.model import Slot

PENALTY = 1.0
"""Of the squared weights."""
STEPS = 12


@dataclass
class Pairs:
    """A story's pairs: their features, and whether both answer one question."""

    name: str
    rows: list[Mapping[str, float]]
    one: list[bool]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--fit", type=Path, nargs="+", required=True, metavar="STORY")
    options.add_argument("--hold", type=Path, nargs="*", default=[], metavar="STORY")
    options.add_argument("--threshold", type=float, default=0.3)
    options.add_argument("-o", "--output", type=Path)
    given = options.parse_args()
    fitted, held = ([pairs_of(story) for story in stories] for stories in (given.fit, given.hold))
    names = sorted({name for story in fitted for row in story.rows for name in row})
    for story in fitted:
        rest = [other for other in fitted if other is not story]
        print(f"{story.name:12} {len(story.rows):6} pairs, {sum(story.one):4} of one question, "
              f"average precision {_ranked(story, fit(rest, names), names):.2f} (fitted to the others)")  # fmt: skip
    weights = fit(fitted, names)
    for story in held:
        print(f"{story.name:12} {len(story.rows):6} pairs, {sum(story.one):4} of one question, "
              f"average precision {_ranked(story, weights, names):.2f} (held out)")  # fmt: skip
    if given.output:
        given.output.write_text(
            _toml(dict(zip(names, weights, strict=True)), given.threshold, fitted), encoding="utf-8"
        )


def pairs_of(folder: Path) -> Pairs:
    """The pairs of a story, of what Quoth reads in its articles."""
    asked: list[Asked] = []
    voices: dict[str, str] = {}

    def overheard(questions: Sequence[Asked], whose: Mapping[str, str]) -> list[Asked]:
        asked.extend(questions)
        voices.update(whose)
        return list(gathered(asked, whose))

    story = load_story(folder)
    with mock.patch.object(compare, "gathered", overheard):
        side = side_by_side(story, read(story, compare=True))
    answers: dict[tuple[str, Slot], Answer] = {}
    for question in asked:
        for answer in (a for a in question.answers if a.filled):
            key = (answer.id, question.slot)
            if key not in answers or closeness(answer) > closeness(answers[key]):
                answers[key] = answer
    held = {key: described(a.matched, voices.get(a.id)) for key, a in answers.items()}
    about: dict[str, set[tuple[str, str | None]]] = defaultdict(set)
    for question in side.questions:
        for value in question.values:
            for statement in value.statements:
                if statement in side.found:
                    about[side.found[statement]].add((question.id, question.slot))
    rows, one = [], []
    for a, b in itertools.combinations(sorted(about), 2):
        shared = {slot for _, slot in about[a] & about[b]}
        for slot in Slot:
            if (a, slot) in held and (b, slot) in held:
                rows.append(features(held[a, slot], held[b, slot], slot))
                one.append(slot.value in shared or None in shared)
    return Pairs(folder.name, rows, one)


def _matrix(story: Pairs, names: Sequence[str]) -> np.ndarray:
    return np.array([[float(row.get(name, 0.0)) for name in names] for row in story.rows]).reshape(-1, len(names))


def fit(stories: Sequence[Pairs], names: Sequence[str]) -> np.ndarray:
    """Weights of a logistic regression, by Newton's method."""
    x = np.vstack([_matrix(story, names) for story in stories])
    y = np.concatenate([np.array(story.one, float) for story in stories])
    share = np.concatenate([np.full(len(story.one), 1 / max(1, len(story.one))) for story in stories])
    share *= len(y) / share.sum()
    weights = np.zeros(len(names))
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (share * (p - y)) + PENALTY * weights
        bend = (x * (share * p * (1 - p))[:, None]).T @ x + PENALTY * np.eye(len(names))
        weights -= np.linalg.solve(bend, slope)
    return weights


def _ranked(story: Pairs, weights: np.ndarray, names: Sequence[str]) -> float:
    """Average precision of the pairs, the most likely first."""
    order = np.argsort(-(_matrix(story, names) @ weights), kind="stable")
    hits = np.array(story.one)[order]
    found = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    return float(found[hits].mean()) if hits.any() else float("nan")


def _toml(weights: Mapping[str, float], threshold: float, stories: Sequence[Pairs]) -> str:
    listed = "\n".join(f'"{name}" = {weight:.2f}' for name, weight in sorted(weights.items()))
    return (
        "# The model of coreference.py: how likely two answers are to one question.  Made by training/coreference.py\n"
        + "\n".join(
            textwrap.wrap(
                f"from the stories {', '.join(story.name for story in stories)}.",
                110,
                initial_indent="# ",
                subsequent_indent="# ",
            )
        )
        + "\n"
        "# threshold: the mean probability over all pairs of answers above which two questions are one.\n\n"
        f"threshold = {threshold}\n\n[weights]\n{listed}\n"
    )


if __name__ == "__main__":
    main()
