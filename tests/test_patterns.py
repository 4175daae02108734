"""No regular expression of Quoth's takes exponential time on a text that was made to be slow.

Where an attempt to match fails, a pattern that can take the same words in several ways tries them all: 30 repetitions
are then a thousand million attempts, and this test does not end.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import signal
from collections.abc import Iterator
from types import FrameType

import pytest

import quoth

REPEATED = 30
SECONDS = 5
"""An alarm, no measure: what is not exponential takes less than a thousandth of it."""
PIECES = (
    " ", "a", "A", "1", "-", ".", ",", "\n", "\t", "(", ")", '"', "“", "'", "a ", "A ", "1 ", "A.", "1.", "1,", "- ",
    "a-", "Ab ", "the ", "of ", "Ab, ", "“a” ", "$1 ", "é", "\u0301", "1st ", ": ", "<!-- -->", "<a>", "<p ",
)  # fmt: skip


class TooSlow(Exception):
    pass


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """All that the modules of Quoth hold compiled, alone or in a tuple, list or mapping."""
    seen = set()
    for module in pkgutil.walk_packages(quoth.__path__, "quoth."):
        if module.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            for pattern in _in(value):
                if isinstance(pattern.pattern, str) and pattern not in seen:
                    seen.add(pattern)
                    yield f"{module.name}.{name}", pattern


def _in(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple | list | dict):
        for inner in value.values() if isinstance(value, dict) else value:
            if isinstance(inner, re.Pattern):
                yield inner


def hostile(pattern: re.Pattern[str]) -> Iterator[str]:
    """The pattern's own words and common pieces, again and again, with an end that fits and one that does not."""
    plain = re.sub(r"\\[a-zA-Z]|\(\?[a-zA-Z<>!=:]*", "", pattern.pattern)
    own = sorted(set(re.findall(r"[A-Za-z<>!/&;:-]{2,}", plain)))
    for piece in (*PIECES, *own, *(f"{word} " for word in own)):
        yield from (piece * REPEATED + end for end in ("", "\0", "x!"))


FOUND = list(patterns())


def test_there_are_patterns_to_look_at() -> None:
    assert len(FOUND) > 100


@pytest.mark.parametrize(("name", "pattern"), FOUND, ids=[f"{name}-{n}" for n, (name, _) in enumerate(FOUND)])
def test_no_pattern_is_exponential(name: str, pattern: re.Pattern[str]) -> None:
    def alarm(_: int, __: FrameType | None) -> None:
        raise TooSlow(name)

    before = signal.signal(signal.SIGALRM, alarm)
    try:
        for text in hostile(pattern):
            signal.alarm(SECONDS)
            for how in (pattern.match, pattern.fullmatch, pattern.search):
                how(text)
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
