"""Numbers written in English words."""

from __future__ import annotations

from collections.abc import Sequence

from quoth.read.english.lexicon import table

_LEXICON = table("numbers.toml")
ONES: dict[str, int] = _LEXICON["ones"]
TENS: dict[str, int] = _LEXICON["tens"]
SCALES: dict[str, int] = _LEXICON["scales"]
ABBREVIATED_SCALES: dict[str, int] = _LEXICON["abbreviated_scales"]
ORDINALS: dict[str, int] = _LEXICON["ordinals"]
FRACTIONS: dict[str, int] = _LEXICON["fractions"]
NUMBER_WORDS = frozenset({*ONES, *TENS, *SCALES, "hundred"})
_MULTIPLIERS = frozenset({"hundred", *SCALES})


def cardinal(words: Sequence[str], i: int) -> tuple[int, int] | None:
    """The whole number whose lower-case words (hyphens stand as words) begin at `i`, and where they stop.

    "a hundred" counts, a lone "a" does not; None where no number begins.
    """
    total, group, scale, stop, j = 0, -1, 10**18, i, i
    after_hundred = False
    n = len(words)
    if i + 1 < n and words[i] in ("a", "an") and words[i + 1] in _MULTIPLIERS:
        group, j = 1, i + 1
    while j < n:
        word = words[j]
        if word in ONES or word in TENS:
            value = ONES[word] if word in ONES else TENS[word]
            follows = after_hundred and group % 100 == 0
            if group >= 0 and not follows and not (group % 100 >= 20 and group % 10 == 0 and 0 < value < 10):
                break
            group, after_hundred = max(group, 0) + value, False
        elif word == "hundred" and 0 < group < 100:
            group, after_hundred = group * 100, True
        elif word in SCALES and group > 0 and SCALES[word] < scale:
            scale = SCALES[word]
            total, group, after_hundred = total + group * scale, -1, False
        elif j + 1 < n and _joins(words, j, stop, after_hundred or (group < 0 and total > 0)):
            j += 1
            continue
        else:
            break
        j += 1
        stop = j
    if stop == i:
        return None
    return total + max(group, 0), stop


def _joins(words: Sequence[str], j: int, stop: int, open_below: bool) -> bool:
    """Whether word j is the hyphen of "twenty-one" or, where something below 100 may follow, the "and" before it."""
    if words[j] == "-":
        return j == stop and j > 0 and words[j - 1] in TENS and words[j + 1] in ONES
    return words[j] == "and" and open_below and (words[j + 1] in ONES or words[j + 1] in TENS)


def ordinal(words: Sequence[str], i: int) -> tuple[int, int] | None:
    """The ordinal in words, up to the ninety-ninth, that begins at `i`, and where it stops."""
    if i >= len(words):
        return None
    if words[i] in ORDINALS:
        return ORDINALS[words[i]], i + 1
    if words[i] in TENS and i + 2 < len(words) and words[i + 1] == "-" and words[i + 2] in ORDINALS:
        unit = ORDINALS[words[i + 2]]
        return (TENS[words[i]] + unit, i + 3) if unit < 10 else None
    return None
