from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.model import Number
from quoth.read.english.quantities.values import Amount, amount, widened


def read(text: str) -> Amount:
    found = amount(text.split(), 0)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "low", "high", "words"),
    [
        ("10 men", 10, 10, 1),
        ("1,500 men", 1500, 1500, 1),
        ("twenty - one men", 21, 21, 3),
        ("4.2 million men", 4200000, 4200000, 2),
        ("1.047 trillion men", 1047000000000, 1047000000000, 2),
        ("two and a half million men", 2500000, 2500000, 5),
        ("half a million men", 500000, 500000, 3),
        ("half a dozen men", 6, 6, 3),
        ("two dozen men", 24, 24, 2),
        ("two to three dozen men", 24, 36, 4),
        ("5 - 6 million men", 5000000, 6000000, 4),
        ("10–15 men", 10, 15, 1),
        ("between 10 and 20 men", 10, 20, 4),
        ("at least 10 men", 10, None, 3),
        ("no fewer than 10 men", 10, None, 4),
        ("10 or more men", 10, None, 3),
        ("more than 10 men", 11, None, 3),
        ("more than 10 km", 10, None, 3),
        ("more than 2 million men", 2000000, None, 4),
        ("fewer than 10 men", None, 9, 3),
        ("up to 800,000 men", None, 800000, 3),
        ("as many as 20 men", None, 20, 4),
        ("about 300 men", 300, 300, 2),
        ("some 300 men", 300, 300, 2),
        ("multiple systems", 2, None, 1),
        ("several hundred men", 200, None, 2),
        ("a handful of men", 2, 12, 2),
        ("dozens of men", 24, None, 1),
        ("scores of men", 40, None, 1),
        ("hundreds of thousands of men", 200000, None, 3),
        ("a few men", 3, None, 2),
        ("a couple of men", 2, 2, 2),
        ("both men", 2, 2, 1),
        ("none of", 0, 0, 1),
    ],
)
def test_values(text: str, low: Number | None, high: Number | None, words: int) -> None:
    found = read(text)
    assert (found.low, found.high, found.stop) == (low, high, words)


@pytest.mark.parametrize(
    ("text", "low", "unit"),
    [
        ("$ 4.2 billion", 4200000000, "USD"),
        ("$ 4.2bn", 4200000000, "USD"),
        ("€ 5 m", 5000000, "EUR"),
        ("£ 20 m.", 20000000, "GBP"),
        ("1.5 million rubles", 1500000, "RUB"),
        ("12 %", 12, "percent"),
        ("12.5 per cent", 12.5, "percent"),
        ("3 percentage points", 3, None),
        ("two - thirds of the army", 66.67, "percent"),
        ("half of the army", 50, "percent"),
        ("one in five men", 20, "percent"),
        ("nine out of ten men", 90, "percent"),
    ],
)
def test_money_and_shares(text: str, low: Number, unit: str | None) -> None:
    found = read(text)
    assert (found.low, found.unit) == (low, unit)


@pytest.mark.parametrize(
    "text", ["about 300 men", "nearly 10", "some 20", "roughly half of the", "a handful", "20 or so"]
)
def test_approximations(text: str) -> None:
    assert read(text).approximate


@pytest.mark.parametrize("text", ["another 1,500 men", "an additional 500", "a further 12"])
def test_increments(text: str) -> None:
    assert read(text).more


@pytest.mark.parametrize("text", ["3 - 1", "F-16", "S-300", "2.0.1", "about men", "men", "1st", "a man"])
def test_no_amount(text: str) -> None:
    assert amount(text.split(), 0) is None


@pytest.mark.parametrize("text", ["3 to 2 men", "12 to 10"])
def test_a_range_turned_round_is_no_range(text: str) -> None:
    assert read(text).stop == 1


NUMBERS = st.one_of(st.integers(0, 10**12), st.floats(0, 10**9, allow_nan=False))


@given(NUMBERS, NUMBERS, st.sampled_from(["min", "max"]), st.booleans())
def test_a_bound_only_ever_widens(a: Number, b: Number, bound: str, counts: bool) -> None:
    low, high = min(a, b), max(a, b)
    new_low, new_high = widened(low, high, bound, counts)
    assert new_low is None or new_low <= low
    assert new_high is None or new_high >= high
    assert (new_low, new_high) != (low, high)


@given(st.integers(1, 10**9), st.sampled_from(["above", "below"]), st.booleans())
def test_more_and_fewer_leave_out_at_most_the_number_itself(n: int, bound: str, counts: bool) -> None:
    low, high = widened(n, n, bound, counts)
    assert (low, high) == ((n + counts, None) if bound == "above" else (None, n - counts))


WORDS = (
    "at least most more than up to about some nearly another no fewer 10 1,500 4.2 million bn dozen two hundred and "
    "thousand half a few handful several between - – % $ € or so plus one in five thirds of the men km both none"
)


@given(st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=10))
def test_any_words_give_a_sound_range(words: list[str]) -> None:
    found = amount(words, 0)
    if found is not None:
        assert 0 < found.stop <= len(words)
        assert found.low is None or found.high is None or found.low <= found.high


@pytest.mark.parametrize("text", ["only", "all", "just", "only only"])
def test_a_bound_at_the_end_of_the_words_bounds_nothing(text: str) -> None:
    assert amount(text.split(), 0) is None
