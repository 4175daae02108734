from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.read.english.quantities.numerals import cardinal, ordinal

ONES = [
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def spelled(number: int) -> str:
    """British style: one million two hundred thousand and five."""
    if number < 20:
        return ONES[number]
    if number < 100:
        return TENS[number // 10 - 2] + (f"-{ONES[number % 10]}" if number % 10 else "")
    if number < 1000:
        rest = number % 100
        return f"{ONES[number // 100]} hundred" + (f" and {spelled(rest)}" if rest else "")
    for scale, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand")):
        if number >= scale:
            rest = number % scale
            joint = " and " if 0 < rest < 100 else " "
            return f"{spelled(number // scale)} {name}" + (joint + spelled(rest) if rest else "")
    raise AssertionError(number)


def tokens(text: str) -> list[str]:
    return re.findall(r"\w+|-", text.lower())


@given(st.integers(0, 10**9))
def test_any_whole_number_reads_back(number: int) -> None:
    words = tokens(spelled(number))
    assert cardinal(words, 0) == (number, len(words))


@given(st.integers(0, 10**6), st.sampled_from(["men", "and women", "to", "- strong"]))
def test_what_follows_stays_out(number: int, rest: str) -> None:
    words = tokens(spelled(number))
    assert cardinal([*words, *rest.split()], 0) == (number, len(words))


@pytest.mark.parametrize(
    ("text", "value", "count"),
    [("a hundred men", 100, 2), ("twelve hundred", 1200, 2), ("two and three", 2, 1), ("a thousand and one", 1001, 4)],
)
def test_turns_of_phrase(text: str, value: int, count: int) -> None:
    assert cardinal(text.split(), 0) == (value, count)


@pytest.mark.parametrize("text", ["a man", "hundred", "men", "", "and five"])
def test_no_number(text: str) -> None:
    assert cardinal(text.split(), 0) is None


def test_ordinals() -> None:
    assert ordinal(["third"], 0) == (3, 1)
    assert ordinal(["twenty", "-", "first"], 0) == (21, 3)
    assert ordinal(["twenty", "-", "one"], 0) is None
