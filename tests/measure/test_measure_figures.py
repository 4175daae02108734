from __future__ import annotations

import pytest

from quoth.measure.figures import Figure, Kind, Measure, Measured, Score, f1, pooled, wilson

SHARE = Measure("share", Kind.PROPORTION)
MEAN = Measure("mean", Kind.MEAN)


def measured(*scores: Score, measures: tuple[Measure, ...] = (SHARE,)) -> Measured:
    return Measured(name="ferry", measures=measures, scores=scores)


def only(of: Measured) -> Figure:
    (figure,) = of.figures
    return figure


def test_wilson_is_the_textbooks() -> None:
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert wilson(0, 10) == pytest.approx((0.0, 0.2775), abs=1e-4)
    assert wilson(10, 10) == pytest.approx((0.7225, 1.0), abs=1e-4)


def test_few_articles_have_wilsons_interval() -> None:
    figure = only(measured(*(Score("share", n < 3, ("a", "b")[n % 2 : n % 2 + 1]) for n in range(4))))
    assert (figure.value, figure.n, figure.method) == (0.75, 4, "Wilson")
    assert (figure.low, figure.high) == wilson(3, 4)


def test_five_articles_are_drawn_anew() -> None:
    figure = only(measured(*(Score("share", article in "abc", (article,)) for article in "abcde" for _ in range(9))))
    assert (figure.value, figure.n, figure.method) == (0.6, 45, "bootstrap over articles")
    assert (figure.low, figure.high) == (0.2, 1.0)


def test_the_same_scores_have_the_same_interval() -> None:
    scores = [Score("share", number % 3 > 0, (article,)) for number, article in enumerate("abcdefgh" * 3)]
    assert only(measured(*scores)) == only(measured(*reversed(scores)))


def test_all_right_in_many_articles_still_leaves_doubt() -> None:
    figure = only(measured(*(Score("share", 1, (article,)) for article in "abcdefghij")))
    assert (figure.value, figure.method) == (1.0, "Wilson")
    assert figure.low == pytest.approx(0.7225, abs=1e-4)


def test_a_pair_of_articles_counts_as_often_as_both_are_drawn() -> None:
    pairs = [Score("share", number % 2, (a, b)) for number, (a, b) in enumerate(zip("abcdef", "bcdefa", strict=True))]
    figure = only(measured(*pairs))
    assert figure.low is not None
    assert figure.high is not None
    assert 0 <= figure.low < figure.value < figure.high <= 1


def test_a_mean_of_few_articles_has_no_interval() -> None:
    figure = only(measured(Score("mean", 1, ("a",)), Score("mean", 2, ("b",)), measures=(MEAN,)))
    assert figure == Figure(name="mean", value=1.5, n=2)


def test_what_has_no_cases_is_zero_or_left_out() -> None:
    measures = (SHARE, Measure("stated", Kind.PROPORTION, optional=True), Measure("count", Kind.COUNT))
    assert measured(measures=measures).figures == (
        Figure(name="share", value=0.0, n=0),
        Figure(name="count", value=0),
    )


def test_f1_of_two_figures() -> None:
    measures = (Measure("p", Kind.PROPORTION), Measure("r", Kind.PROPORTION), Measure("f", Kind.F1, of=("p", "r")))
    scores = [Score("p", 1), Score("p", 0), Score("r", 1)]
    assert measured(*scores, measures=measures).figures[2] == Figure(name="f", value=f1(0.5, 1))
    assert measured(Score("p", 0), measures=measures).figures[2].value == 0.0
    assert measured(measures=measures).figures[2].value == 0.0


def test_f1_is_drawn_with_what_it_is_made_of() -> None:
    measures = (Measure("p", Kind.PROPORTION), Measure("r", Kind.PROPORTION), Measure("f", Kind.F1, of=("p", "r")))
    scores = [Score(name, article in "abc", (article,)) for article in "abcde" for name in "pr"]
    p, _, f = measured(*scores, measures=measures).figures
    assert (f.low, f.high) == pytest.approx((p.low, p.high))
    assert f.method == "bootstrap over articles"


def test_stories_together_keep_their_articles_apart() -> None:
    one = measured(*(Score("share", article == "a", (article,)) for article in "abc"))
    both = only(pooled("both", [one, one]))
    assert (both.value, both.n, both.method) == (pytest.approx(1 / 3), 6, "bootstrap over articles")
