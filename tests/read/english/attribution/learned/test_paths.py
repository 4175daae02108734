"""How words hang in the parse, seen from a cue, on trees made by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.read.english.attribution.learned.paths import CLIMBS, count, head_of, paths

LABELS = 10
STEP = LABELS + 1
#        0      1     2    3      4      5     6      7
#       mayor  said  that bridge reopen soon  Then   silence
HEADS = [1, 1, 4, 4, 1, 4, 7, 7]
DEPS = [3, 0, 5, 3, 7, 8, 2, 0]
ELSEWHERE = CLIMBS * STEP


def seen_from(cue: int, heads: list[int] = HEADS, deps: list[int] = DEPS) -> list[int]:
    [row] = paths(np.array([heads]), np.array([deps]), np.array([cue]), LABELS)
    return row.tolist()


def test_the_cue_itself_is_the_first_path() -> None:
    assert seen_from(1)[1] == 0
    assert seen_from(4)[4] == 0


def test_a_child_is_told_by_its_edge() -> None:
    assert seen_from(1)[0] == DEPS[0] + 1
    assert seen_from(1)[4] == DEPS[4] + 1


def test_a_grandchild_is_told_by_the_edge_nearest_to_the_cue() -> None:
    assert [seen_from(1)[w] for w in (2, 3, 5)] == [DEPS[4] + 1] * 3


def test_a_word_on_the_way_up_is_told_by_the_climbs() -> None:
    assert seen_from(4)[1] == STEP
    assert seen_from(3)[4] == STEP
    assert seen_from(3)[1] == 2 * STEP


def test_a_word_beside_the_way_up_is_told_by_climbs_and_edge() -> None:
    assert seen_from(4)[0] == STEP + DEPS[0] + 1
    assert seen_from(3)[5] == STEP + DEPS[5] + 1
    assert seen_from(3)[0] == 2 * STEP + DEPS[0] + 1


def test_a_word_of_another_sentence_has_the_last_number() -> None:
    assert seen_from(1)[6:] == [ELSEWHERE] * 2
    assert seen_from(6)[:6] == [ELSEWHERE] * 6
    assert count(LABELS) == ELSEWHERE + 1


def test_climbs_beyond_the_last_count_as_the_last() -> None:
    heads = [max(0, w - 1) for w in range(8)]
    assert seen_from(7, heads, [1] * 8) == [(CLIMBS - 1) * STEP] * 5 + [2 * STEP, STEP, 0]


def test_rows_do_not_touch_each_other() -> None:
    heads, deps = np.array([HEADS, [0] * 8]), np.array([DEPS, DEPS])
    both = paths(heads, deps, np.array([1, 3]), LABELS)
    assert both[0].tolist() == seen_from(1)
    assert both[1].tolist() == seen_from(3, [0] * 8)


@st.composite
def forests(draw: st.DrawFn) -> tuple[list[int], list[int], int]:
    """Heads in any order without circles, edges and a cue."""
    words = draw(st.integers(1, 12))
    order = draw(st.permutations(range(words)))
    heads = [0] * words
    for k, w in enumerate(order):
        heads[w] = order[draw(st.integers(0, k))]
    deps = draw(st.lists(st.integers(0, LABELS - 1), min_size=words, max_size=words))
    return heads, deps, draw(st.integers(0, words - 1))


def up(w: int, heads: list[int]) -> list[int]:
    way = [w]
    while heads[way[-1]] != way[-1]:
        way.append(heads[way[-1]])
    return way


@given(forests())
def test_paths_are_those_of_a_walk_through_the_tree(made: tuple[list[int], list[int], int]) -> None:
    heads, deps, cue = made
    ladder = up(cue, heads)
    wanted = []
    for w in range(len(heads)):
        way = up(w, heads)
        meeting = next((k for k, x in enumerate(way) if x in ladder), None)
        if meeting is None:
            wanted.append(ELSEWHERE)
            continue
        climbs = min(ladder.index(way[meeting]), CLIMBS - 1)
        wanted.append(climbs * STEP + (deps[way[meeting - 1]] + 1 if meeting else 0))
    found = seen_from(cue, heads, deps)
    assert found == wanted
    assert all(0 <= path < count(LABELS) for path in found)


@given(st.lists(st.integers(0, 7), min_size=8, max_size=8), st.integers(0, 7))
def test_heads_that_run_in_a_circle_still_end(heads: list[int], cue: int) -> None:
    assert all(0 <= path < count(LABELS) for path in seen_from(cue, heads))


@pytest.mark.parametrize(
    ("cue", "head"),
    [([1], 1), ([0, 1], 1), ([4, 5], 4), ([2, 3], 2), ([5, 6, 7], 5)],
)
def test_the_head_of_a_cue_hangs_on_none_of_its_words(cue: list[int], head: int) -> None:
    assert head_of(cue, np.array(HEADS)) == head


def test_a_cue_that_is_a_circle_is_headed_by_its_first_word() -> None:
    assert head_of([0, 1], np.array([1, 0])) == 0
