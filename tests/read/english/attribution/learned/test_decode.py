"""Scores to cues and roles, against every way to label a short row."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from quoth.read.english.attribution.learned import decode
from quoth.read.english.attribution.learned.decode import CONTENT, NONE, SOURCE, Chain, Scores

HIGH = 4.0


def written(row: str) -> Scores:
    """Scores for which the letters are the best labels: "." none, "B" begin, "I" inside."""
    scores = np.zeros((len(row), 3), dtype=np.float32)
    for w, letter in enumerate(row):
        scores[w, ".BI".index(letter)] = HIGH
    return scores


def words(found: list[tuple[list[int], float]]) -> list[list[int]]:
    return [cue for cue, _ in found]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("....", []),
        (".B..", [[1]]),
        (".BII", [[1, 2, 3]]),
        ("BB.B", [[0], [1], [3]]),
        ("BIB.", [[0, 1], [2]]),
        ("..I.", [[2]]),  # inside what nothing began: a beginning
        ("B.I.", [[0], [2]]),
        ("III.", [[0, 1, 2]]),
    ],
)
def test_cues_begin_and_go_on(row: str, expected: list[list[int]]) -> None:
    assert words(decode.cues(written(row), 0.0)) == expected


def test_a_bias_finds_more_and_changes_no_probability() -> None:
    scores = np.array([[1.0, 0.5, 0.0], [3.0, 0.5, 0.0], [0.0, 2.0, 0.0]], dtype=np.float32)
    assert words(decode.cues(scores, 0.0)) == [[2]]
    found = decode.cues(scores, 1.0)
    assert [cue for cue, _ in found] == [[0], [2]]
    assert {cue[0]: p for cue, p in found}[2] == pytest.approx(decode.cues(scores, 0.0)[0][1])
    assert found[0][1] == pytest.approx(1 - np.e / (np.e + np.exp(0.5) + 1), rel=1e-5)


def test_the_probability_of_a_cue_is_that_of_its_first_word_being_none() -> None:
    [(_, p)] = decode.cues(written(".BI"), 0.0)
    assert p == pytest.approx(1 - 1 / (2 + np.exp(HIGH)), rel=1e-4)


def test_softmax_stands_large_scores() -> None:
    assert decode.softmax(np.array([1000.0, 1000.0, -1000.0], dtype=np.float32)).tolist() == [0.5, 0.5, 0.0]


NUMBERS = st.integers(-80, 80).map(lambda n: n / 16)


def table(*shape: int) -> st.SearchStrategy[Scores]:
    size = int(np.prod(shape))
    return st.lists(NUMBERS, min_size=size, max_size=size).map(
        lambda flat: np.array(flat, dtype=np.float32).reshape(shape)
    )


chains = st.builds(Chain, table(3, 3), table(3), table(3))


def score(labels: tuple[int, ...], scores: Scores, chain: Chain) -> float:
    inner = sum(float(chain.step[a, b]) for a, b in pairwise(labels))
    ends = float(chain.begin[labels[0]]) + float(chain.end[labels[-1]])
    return inner + ends + sum(float(scores[w, x]) for w, x in enumerate(labels))


@settings(max_examples=80, deadline=None)
@given(st.data(), st.lists(st.integers(1, 5), min_size=1, max_size=3), chains)
def test_roles_are_the_best_of_all_labellings(data: st.DataObject, lengths: list[int], chain: Chain) -> None:
    scores = data.draw(table(sum(lengths), 3))
    first = np.cumsum(lengths) - lengths
    for row, (labels, p) in enumerate(decode.roles(scores, np.array(lengths), chain)):
        every = {x: score(x, scores[first[row] :], chain) for x in product(range(3), repeat=lengths[row])}
        assert len(labels) == lengths[row]
        assert every[tuple(labels.tolist())] == pytest.approx(max(every.values()), abs=1e-4)
        top = max(every.values())
        whole = sum(np.exp(s - top) for s in every.values())
        nothing = np.exp(every[(NONE,) * lengths[row]] - top)
        assert p == pytest.approx(1 - nothing / whole, abs=1e-4)
        assert 0 <= p <= 1


def test_each_row_ends_with_its_own_last_word() -> None:
    chain = Chain(
        np.zeros((3, 3), dtype=np.float32),
        np.zeros(3, dtype=np.float32),
        np.array([0, 0, 9], dtype=np.float32),  # ends with content
    )
    scores = np.array([[1, 0, 0], [1, 0, 0], [99, 0, 0]], dtype=np.float32)
    [(labels, _), (other, _)] = decode.roles(scores, np.array([2, 1]), chain)
    assert labels.tolist() == [NONE, CONTENT]
    assert other.tolist() == [NONE]


def labelled(letters: str) -> NDArray[np.int64]:
    return np.array([".SC".index(letter) for letter in letters], dtype=np.int64)


@pytest.mark.parametrize(
    ("letters", "expected"),
    [
        ("....", []),
        ("CC..", [(0, 2)]),
        ("C.C.", [(0, 3)]),
        ("C..C", [(0, 4)]),
        ("C...C", [(0, 1), (4, 5)]),
        ("C.SC", [(0, 1), (3, 4)]),  # what another role holds is no gap
        ("CSC.", [(0, 1), (2, 3)]),
        ("C.C..C...C", [(0, 6), (9, 10)]),
        ("SSSC", [(3, 4)]),
    ],
)
def test_runs_close_small_gaps(letters: str, expected: list[tuple[int, int]]) -> None:
    assert decode.runs(labelled(letters), CONTENT) == expected


@given(st.text(alphabet=".SC", min_size=1, max_size=20))
def test_runs_hold_each_word_of_a_role_and_no_word_of_the_other(letters: str) -> None:
    labels = labelled(letters)
    for role, other in ((SOURCE, CONTENT), (CONTENT, SOURCE)):
        found = decode.runs(labels, role)
        inside = [w for first, stop in found for w in range(first, stop)]
        assert inside == sorted(set(inside))
        assert {w for w in range(len(labels)) if labels[w] == role} <= set(inside)
        assert not {w for w in inside if labels[w] == other}
        assert all(labels[first] == labels[stop - 1] == role for first, stop in found)


@pytest.mark.parametrize(
    ("letters", "expected"),
    [("CC..", []), ("S...SS", [(4, 6)]), ("SS...SS", [(0, 2)]), ("S.S...CS", [(0, 3)])],
)
def test_a_source_is_the_longest_run_the_first_of_equals(letters: str, expected: list[tuple[int, int]]) -> None:
    assert decode.source(labelled(letters)) == expected
