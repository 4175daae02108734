"""One-to-one matching of gold and predicted attributions."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from quoth.measure.attribution.marked import Attribution, Marked
from quoth.measure.attribution.matching import assignment, matched, overlap
from quoth.measure.attribution.words import Text
from quoth.model import Span

TEXT = "a b c d e f g h i j k l"


def marked(content: str, source: str = "", cue: str = "") -> Marked:
    """Words of `TEXT` by their letters."""

    def spans(letters: str) -> tuple[Span, ...]:
        return tuple(Span(TEXT.index(letter), TEXT.index(letter) + 1) for letter in letters)

    attribution = Attribution(source=spans(source), cue=spans(cue), content=spans(content))
    return Marked.of(Text(TEXT), attribution)


def pairs(gold: list[Marked], predicted: list[Marked]) -> list[tuple[int, int, float]]:
    return [(m.gold, m.predicted, m.overlap) for m in matched(gold, predicted)]


def test_overlap_is_words_in_both_of_words_in_either() -> None:
    assert overlap(frozenset({1, 2, 3}), frozenset({2, 3, 4})) == 0.5
    assert overlap(frozenset(), frozenset()) == 0.0


def test_more_pairs_of_half_or_more_go_before_a_greater_sum() -> None:
    # straight on: 1 and 0.25, crosswise: 0.5 and 0.5
    gold = [marked("abcd"), marked("abcdefgh")]
    predicted = [marked("abcd"), marked("ab")]
    assert pairs(gold, predicted) == [(0, 1, 0.5), (1, 0, 0.5)]


def test_a_second_prediction_of_the_same_is_left_over() -> None:
    assert pairs([marked("abc")], [marked("ab"), marked("abc"), marked("abc")]) == [(0, 1, 1.0)]
    assert pairs([marked("abc"), marked("abc")], [marked("abc")]) == [(0, 0, 1.0)]


def test_ties_go_to_the_source_then_to_the_cue() -> None:
    gold = [marked("abc", source="j", cue="k")]
    assert pairs(gold, [marked("abc", source="l"), marked("abc", source="j")]) == [(0, 1, 1.0)]
    assert pairs(gold, [marked("abc", cue="l"), marked("abc", cue="k")]) == [(0, 1, 1.0)]
    assert pairs(gold, [marked("abc", cue="k"), marked("abc", source="j")]) == [(0, 1, 1.0)]


def test_nothing_shared_is_no_pair() -> None:
    assert pairs([marked("ab")], [marked("cd"), marked("")]) == []
    assert pairs([], [marked("cd")]) == pairs([marked("ab")], []) == []


WEIGHTS = st.integers(1, 5).flatmap(
    lambda rows: st.integers(rows, 6).flatmap(
        lambda columns: st.lists(
            st.lists(st.integers(0, 6).map(float), min_size=columns, max_size=columns), min_size=rows, max_size=rows
        )
    )
)


@given(WEIGHTS)
def test_no_assignment_is_better(weights: list[list[float]]) -> None:
    chosen = assignment(weights)
    assert len(set(chosen)) == len(weights)
    total = sum(row[column] for row, column in zip(weights, chosen, strict=True))
    every = itertools.permutations(range(len(weights[0])), len(weights))
    assert total == max(sum(row[c] for row, c in zip(weights, order, strict=True)) for order in every)
