"""The words of English time expressions, and a text as a row of tokens to look for them in.

Tokens are runs of letters, runs of digits, and single other characters: "Dec. 6th" is Dec . 6 th.
"""

from __future__ import annotations

import re
from typing import Any

from quoth.read.calendar import Part, Unit
from quoth.read.dates import Which
from quoth.read.english.lexicon import table
from quoth.read.english.quantities.numerals import ONES, ORDINALS, TENS, cardinal, ordinal

_LEXICON: dict[str, Any] = table("times.toml")
MONTHS: dict[str, int] = _LEXICON["months"]
WEEKDAYS: dict[str, int] = _LEXICON["weekdays"]
AMBIGUOUS = frozenset(_LEXICON["ambiguous"]["words"])
SEASONS: dict[str, int] = _LEXICON["seasons"]
UNITS: dict[str, tuple[int, Unit]] = {
    word: (2, Unit.WEEK) if unit == "fortnight" else (1, Unit(unit)) for word, unit in _LEXICON["units"].items()
}
DAY_PARTS = frozenset(_LEXICON["day_parts"]["words"])
WHICH = {word: Which(which) for word, which in _LEXICON["which"].items()}
PARTS = {word: Part(part) for word, part in _LEXICON["parts"].items()}
DAYS: dict[str, int] = _LEXICON["days"]
VAGUE: dict[str, int] = _LEXICON["vague"]
SETS = frozenset(_LEXICON["sets"]["words"])
COUNTED = frozenset(_LEXICON["counted"]["words"])
ZONES = frozenset(_LEXICON["zones"]["words"])

_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]|_")
DASHES = frozenset("-–—‐‑−")


def phrases(table: str) -> dict[tuple[str, ...], Any]:
    """A table of the lexicon whose keys are phrases, by their tokens; longest first."""
    rows = {tuple(_TOKEN.findall(phrase)): value for phrase, value in _LEXICON[table].items()}
    return dict(sorted(rows.items(), key=lambda row: -len(row[0])))


class Tokens:
    """`words[i]` is token i in lower case, at [starts[i], ends[i]) of `text`."""

    __slots__ = ("ends", "starts", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        spans = [m.span() for m in _TOKEN.finditer(text)]
        self.starts = [s for s, _ in spans]
        self.ends = [e for _, e in spans]
        self.words = [text[s:e].lower() for s, e in spans]
        self.words += [""] * 4  # so that looking a little ahead needs no bounds

    def __len__(self) -> int:
        return len(self.starts)

    def glued(self, i: int) -> bool:
        """Whether token i follows the one before it without a space."""
        return 0 < i < len(self.starts) and self.starts[i] == self.ends[i - 1]

    def capital(self, i: int) -> bool:
        return i < len(self.starts) and self.text[self.starts[i]].isupper()

    def is_digits(self, i: int) -> bool:
        return self.words[i][:1].isdecimal()

    def dot(self, i: int) -> int:
        """`i`, or past the full stop of an abbreviation that stands there."""
        return i + 1 if self.words[i] == "." and self.glued(i) else i

    def dash(self, i: int) -> bool:
        return self.words[i] in DASHES

    def whole_number(self, i: int) -> int | None:
        """The value of free-standing digits: no decimals, thousands, money or longer code around them."""
        if not self.is_digits(i) or len(self.words[i]) > 4:
            return None
        if i and self.glued(i) and (self.words[i - 1] in "$€£#.,:/" or self.words[i - 1].isalpha()):
            return None
        if self.glued(i + 1) and self.words[i + 1] in ".,:" and self.glued(i + 2) and self.is_digits(i + 2):
            return None
        if self.words[i + 1] in ("%", "°") or (self.glued(i + 1) and self.words[i + 1] in "$€£_"):
            return None
        return int(self.words[i])

    def amount(self, i: int) -> tuple[float, int, bool] | None:
        """A number of units at `i`: its value, where it stops, and whether it is only approximate."""
        word = self.words[i]
        if word in ("a", "an") and self.words[i + 1] == "couple":
            return 2, i + (3 if self.words[i + 2] == "of" else 2), True
        if word == "a" and self.words[i + 1] == "few":
            return 3, i + 2, True
        if word == "half" and self.words[i + 1] in ("a", "an"):
            return 0.5, i + 2, False
        if (word in ONES or word in TENS or word in ("a", "an")) and (read := cardinal(self.words, i)):
            return read[0], read[1], False
        if word in ("a", "an"):
            return 1, i + 1, False
        if word == "several":
            return 3, i + 1, True
        value = self.whole_number(i)
        return None if value is None else (value, i + 1, False)

    def ordinal(self, i: int) -> tuple[int, int] | None:
        """The ordinal at `i`, in digits or words, and where it stops."""
        if self.is_digits(i):
            value = int(self.words[i]) if len(self.words[i]) < 4 else 0
            return (
                (value, i + 2)
                if value and self.words[i + 1] in ("st", "nd", "rd", "th") and self.glued(i + 1)
                else None
            )
        return ordinal(self.words, i) if self.words[i] in ORDINALS or self.words[i] in TENS else None

    def year(self, i: int) -> tuple[int, int] | None:
        """A year in four digits (or "'98", "’24") and where it stops."""
        if (
            self.words[i] in ("'", "’", "‘")
            and self.glued(i + 1)
            and self.is_digits(i + 1)
            and len(self.words[i + 1]) == 2
        ):
            short = int(self.words[i + 1])
            return 2000 + short if short < 50 else 1900 + short, i + 2
        value = self.whole_number(i)
        if value is None or len(self.words[i]) != 4 or not 1000 <= value <= 2199:
            return None
        if self.glued(i + 1) and self.words[i + 1].isalpha() and self.words[i + 1] != "q":
            return None
        if self.glued(i + 1) and self.dash(i + 1) and self.glued(i + 2) and self.words[i + 2].isalpha():
            return (value, i + 1) if self.words[i + 2] in MONTHS else None
        return value, i + 1

    def month(self, i: int) -> tuple[int, int] | None:
        """A month's name and where it stops; ordinary words ("may") only with a capital."""
        number = MONTHS.get(self.words[i])
        if number is None or (self.words[i] in AMBIGUOUS and not self.capital(i)):
            return None
        return number, (
            self.dot(i + 1) if len(self.words[i]) <= 4 and self.words[i] not in ("may", "june", "july") else i + 1
        )

    def weekday(self, i: int) -> tuple[int, int] | None:
        number = WEEKDAYS.get(self.words[i])
        if number is None or (self.words[i] in AMBIGUOUS and not self.capital(i)):
            return None
        return number, (self.dot(i + 1) if len(self.words[i]) <= 5 else i + 1)
