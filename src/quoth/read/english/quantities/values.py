"""The numbers of English quantity phrases, on words alone: values, ranges, vague words, and what bounds them.

Words are lower-case tokens; hyphens, signs and currency symbols are words of their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from quoth.model import Number
from quoth.read.english.lexicon import rows, table
from quoth.read.english.quantities.numerals import ABBREVIATED_SCALES, FRACTIONS, ORDINALS, cardinal

LEXICON: dict[str, Any] = table("quantities.toml")
CURRENCIES: dict[str, str] = {row[0]: row[1] for row in rows("currencies.tsv")}
MEASURES = frozenset(LEXICON["measures"]["words"])
PERCENT = frozenset({"%", "percent", "pct"})
_DASHES = frozenset("-–—‐‑−")


def _phrases(table: dict[str, Any]) -> dict[str, list[tuple[tuple[str, ...], Any]]]:
    """By first word, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], Any]]] = {}
    for phrase, value in table.items():
        key = tuple(phrase.split())
        found.setdefault(key[0], []).append((key, value))
    for options in found.values():
        options.sort(key=lambda option: -len(option[0]))
    return found


BEFORE = _phrases(LEXICON["before"])
_AFTER = _phrases(LEXICON["after"])
_VAGUE = _phrases(LEXICON["vague"])
_EXACT = _phrases(LEXICON["exact"])
_GROUPS: dict[str, int] = LEXICON["groups"]
_SCALED = frozenset(LEXICON["scaled"]["words"])

_DIGITS = r"(?:\d{1,3}(?:[,\u2009\u202f]\d{3})+|\d+)(?:\.\d+)?"
_NUMBER = re.compile(rf"({_DIGITS})({'|'.join(sorted(ABBREVIATED_SCALES, key=len, reverse=True))})?(\+)?")
_RANGE = re.compile(rf"({_DIGITS})[-–—]({_DIGITS})")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number or range `[low, high]` (None: open) that the words [first, stop) state.

    `counts`: whole and not rounded to millions, as one counts things one by one; `vague`: without any numeral;
    `unit`: an ISO 4217 code or "percent" where the phrase itself says so; `fraction`: a share of a whole, in percent;
    `more`: comes on top of what was counted before.
    """

    first: int
    stop: int
    low: Number | None
    high: Number | None
    approximate: bool = False
    counts: bool = True
    vague: bool = False
    fraction: bool = False
    unit: str | None = None
    more: bool = False


def _plain(value: float | Decimal) -> Number:
    return int(value) if value == int(value) else round(float(value), 6)


def _digits(word: str) -> Decimal:
    return Decimal(re.sub(r"[^\d.]", "", word))


def widened(low: Number | None, high: Number | None, bound: str, counts: bool) -> tuple[Number | None, Number | None]:
    """The range after a bound word of the lexicon: "min" and "above" open it upward, "max" and "below" downward.

    "More than 10" leaves 10 out of what is counted one by one, and in for measures; so does "fewer than".
    """
    match bound:
        case "min":
            return low, None
        case "max":
            return None, high
        case "above":
            return (low + 1 if counts and low is not None else low), None
        case "below":
            return None, (high - 1 if counts and high is not None and high > 0 else high)
    return low, high


def _option(
    table: dict[str, list[tuple[tuple[str, ...], Any]]], words: Sequence[str], i: int
) -> tuple[Any, int] | None:
    for key, value in table.get(words[i], ()) if i < len(words) else ():
        if tuple(words[i : i + len(key)]) == key:
            return value, i + len(key)
    return None


def _word(words: Sequence[str], i: int) -> str:
    return words[i] if 0 <= i < len(words) else ""


def _scaled(words: Sequence[str], i: int) -> tuple[int, int, bool]:
    """The product of the group words ("million", "dozen") at `i`, where they stop, and whether they round."""
    factor, rounds = 1, False
    if _word(words, i) in _DASHES and _GROUPS.get(_word(words, i + 1), 0) >= 1000:  # "$18-million"
        i += 1
    while (group := _GROUPS.get(_word(words, i))) is not None:
        factor, i, rounds = factor * group, i + 1, rounds or group >= 1000
    return factor, i, rounds


def _single(words: Sequence[str], i: int) -> Amount | None:
    """One value: digits, words, a vague word, a fraction; no bounds, units or ranges."""
    word = _word(words, i)
    if (match := _RANGE.fullmatch(word)) is not None:
        low, high = (_plain(_digits(g)) for g in match.groups())
        factor, stop, rounds = _scaled(words, i + 1)
        return Amount(i, stop, low * factor, high * factor, counts=not rounds) if low < high else None
    if share := _fraction(words, i):
        return share
    if (match := _NUMBER.fullmatch(word)) is not None:
        written = _digits(match[1])
        if match[2] in ("m", "b") and not _is_scaled(words, i, i + 1):
            return None
        scale = ABBREVIATED_SCALES[match[2]] if match[2] else 1
        stop = i + 1
        suffix = "" if match[2] else _word(words, stop).rstrip(".")
        if suffix in ABBREVIATED_SCALES and (suffix not in ("m", "b", "k") or _is_scaled(words, i, stop + 1)):
            scale, stop = ABBREVIATED_SCALES[suffix], stop + 1
        factor, stop, rounds = _scaled(words, stop)
        number = _plain(written * scale * factor)
        whole = isinstance(number, int) and scale == 1 and not rounds
        return Amount(i, stop, number, None if match[3] else number, counts=whole)
    if exact := _option(_EXACT, words, i):
        (low, high), stop = exact
        return Amount(i, stop, low, high)
    if read := cardinal(words, i):
        value, stop = read
        if words[stop : stop + 3] == ["and", "a", "half"] and _word(words, stop + 3) in _GROUPS:
            factor, stop, _ = _scaled(words, stop + 3)
            return Amount(i, stop, _plain((value + 0.5) * factor), _plain((value + 0.5) * factor), counts=False)
        factor, stop, rounds = _scaled(words, stop)
        rounds = rounds or any(w in _GROUPS and _GROUPS[w] >= 10**6 for w in words[i:stop])
        return Amount(i, stop, value * factor, value * factor, counts=not rounds)
    if vague := _option(_VAGUE, words, i):
        (low, high), stop = vague
        factor, scaled, _ = _scaled(words, stop)
        if word in ("some", "many", "various", "numerous") and factor > 1:
            return None
        top = None if high == "" else high * factor
        return Amount(i, scaled, low * factor, top, approximate=True, counts=False, vague=True)
    return None


def _is_scaled(words: Sequence[str], i: int, after: int) -> bool:
    """Whether a short "m", "b" or "k" at a number multiplies it: after a currency, or before what is no measure."""
    return _word(words, i - 1) in CURRENCIES or _word(words, after) in _SCALED


def _fraction(words: Sequence[str], i: int) -> Amount | None:
    """A half, two-thirds, one in five, nine out of ten: in percent."""
    word = _word(words, i)
    if word == "half" and _word(words, i + 1) in ("a", "an") and _word(words, i + 2) in _GROUPS:
        factor, stop, _ = _scaled(words, i + 2)
        return Amount(i, stop, _plain(factor / 2), _plain(factor / 2), counts=factor < 1000)
    start = i
    if word == "half" and _word(words, i + 1) in ("of", "the", "its", "their", "his", "her", "our", "all"):
        return Amount(start, i + 1, 50, 50, counts=False, fraction=True, unit="percent")
    read = (1, i + 1) if word == "a" else cardinal(words, i)
    if read is None and (match := _NUMBER.fullmatch(word)) is not None and match[2] is None and "." not in word:
        read = int(re.sub(r"\D", "", word)), i + 1
    if read is None:
        return None
    number, j = read
    if _word(words, j) == "in" or words[j : j + 2] == ["out", "of"]:
        k = j + (1 if words[j] == "in" else 2)
        whole = cardinal(words, k)
        if whole is None and _word(words, k).isdecimal() and len(words[k]) <= 7:
            whole = int(words[k]), k + 1
        if whole and number < whole[0] <= 10**6 and word != "a" and (words[j] != "in" or number == 1 or whole[0] <= 10):
            share = _plain(round(100 * number / whole[0], 2))
            return Amount(start, whole[1], share, share, counts=False, fraction=True, unit="percent")
        return None
    j += _word(words, j) in _DASHES
    over = FRACTIONS.get(_word(words, j))
    if (
        over is None
        or number > over
        or (number == 1 and over in ORDINALS.values() and _word(words, j + 1) != "of" and _word(words, i - 1) != "by")
    ):
        return None
    hyphenated = words[j - 1] in _DASHES and words[j].endswith("s")
    if _word(words, j + 1) not in ("of", "the") and not hyphenated and _word(words, i - 1) != "by":
        return None
    share = _plain(round(100 * number / over, 2))
    return Amount(start, j + 1, share, share, counts=False, fraction=True, unit="percent")


def _with_range(words: Sequence[str], i: int) -> Amount | None:
    """A single value, or "N to M", "N-M", "N or M", "between N and M"."""
    joints: tuple[str, ...] = ("to", "or")
    start = i
    if _word(words, i) == "between":
        joints, i = ("and",), i + 1
    elif _word(words, i) == "from":
        joints, i = ("to",), i + 1
    money = _word(words, i) in CURRENCIES and not words[i].isalpha()
    first = _single(words, i + money)
    if first is None:
        return None
    j = first.stop
    if _word(words, j) in joints or (_word(words, j) in _DASHES and joints != ("and",)):
        k = j + 1 + (_word(words, j + 1) in CURRENCIES and not _word(words, j + 1).isalpha())
        second = _single(words, k)
        if second and not (first.fraction or second.fraction) and first.high is not None and second.low is not None:
            low, high = first.low or 0, second.high
            factor, _, _ = _scaled(words, k + 1)
            if factor > 1 and first.stop == i + money + 1 and low < (second.low / factor) <= 10**4:
                low = low * factor  # "two to three dozen", "5-6 million"
            dashed = words[j] in _DASHES
            if high is None or low < high or (low == high and not dashed):
                unit = second.unit or (CURRENCIES[words[i]] if money else None)
                return replace(second, first=start, low=_plain(low), counts=first.counts and second.counts, unit=unit)
            if dashed:
                return None
    if start != i:
        return None
    return replace(first, first=start)


def amount(words: Sequence[str], i: int) -> Amount | None:
    """The quantity phrase that begins at word `i`, with the words that bound it; None where there is none."""
    bounds: list[str] = []
    j = i
    while option := _option(BEFORE, words, j):
        if len(bounds) == 3:
            return None
        bounds.append(option[0])
        j = option[1]
        i = j if set(bounds) == {"none"} else i  # "only", "all" and the like stay out of the phrase
    named = CURRENCIES.get(_word(words, j))
    symbol = named if not _word(words, j).isalpha() or (named or "").lower() == _word(words, j) else None
    found = _with_range(words, j + (symbol is not None) if _word(words, j + 1) not in ("between", "from") else j)
    if found is None and bounds and _word(words, i) in _VAGUE:  # "some people": what may bound may also be the number
        bounds, found = [], _single(words, i)
    if found is None:
        return None
    if found.vague and (bounds == ["about"] or not set(bounds) <= {"more", "none", "about", "min", "above"}):
        return None
    stop = found.stop
    if _word(words, stop) in PERCENT:
        found, stop = replace(found, unit="percent", counts=False), stop + 1
    elif words[stop : stop + 2] == ["per", "cent"]:
        found, stop = replace(found, unit="percent", counts=False), stop + 2
    if found.unit == "percent" and _word(words, stop) in ("point", "points"):
        found, stop = replace(found, unit="percentage points"), stop + 1
    if symbol:
        found = replace(found, unit=symbol, counts=False)
    elif found.unit is None and (code := CURRENCIES.get(_word(words, stop))) and words[stop] != "won":
        found, stop = replace(found, unit=code, counts=False), stop + 1
    elif found.unit is None and _word(words, stop) in ("us", "u.s.") and CURRENCIES.get(_word(words, stop + 1)):
        found, stop = replace(found, unit=CURRENCIES[words[stop + 1]], counts=False), stop + 2
    after = _option(_AFTER, words, stop)
    if after and not (words[stop] == "at" and _single(words, after[1])):
        bounds.append(after[0])
        stop = after[1]
    low, high, rough = found.low, found.high, found.approximate
    counts = found.counts and _word(words, stop) not in MEASURES
    for bound in bounds:
        low, high = widened(low, high, bound, counts)
        rough = rough or bound == "about"
    return replace(
        found,
        first=i,
        stop=stop,
        low=low,
        high=high,
        approximate=rough,
        counts=counts,
        more=found.more or "more" in bounds,
    )
