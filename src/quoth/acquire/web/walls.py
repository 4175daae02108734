"""Pages that show a consent, a login or a subscription where their article should be."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from quoth.acquire.lexicon import fold, walls
from quoth.errors import NoArticle
from quoth.model import Note

SHORT = 60
"""Words: so short a page with one phrase of a wall is a wall …"""

LONG = 250
"""… and up to here one with SEVERAL of them."""

SEVERAL = 2
_CUTTING = frozenset({"login", "subscription"})

_TOLD = {
    "consent": ("a request for consent", "open it in a browser, save it, and add the file"),
    "login": ("a login", "log in with a browser, save the page, and add the file"),
    "subscription": ("a subscription", "if you subscribe: open it in a browser, save it, and add the file"),
    "script": ("a demand for JavaScript", "open it in a browser, save it, and add the file"),
    "robot": ("a check for robots", "open it in a browser, save it, and add the file"),
}


def wall(text: str, where: str) -> NoArticle | None:
    """The error of a page whose text is a wall's; None for an article."""
    count = len(text.split())
    found = _phrases(text) if count <= LONG else Counter[str]()
    if not found or (count > SHORT and found.total() < SEVERAL):
        return None
    what, remedy = _TOLD[found.most_common(1)[0][0]]
    return NoArticle(f"the page shows {what} and no article", where=where, remedy=remedy)


def cut(text: str) -> tuple[Note, ...]:
    """A note on an article that ends in a login or a subscription: the rest of it may be missing."""
    end = text[-600:]
    kinds = _CUTTING & _phrases(end).keys()
    if not kinds:
        return ()
    what, _ = _TOLD[min(kinds)]
    return (Note(code="cut", message=f"the page ends in {what}: the rest of the article may be missing"),)


def _phrases(text: str) -> Counter[str]:
    """How many different phrases of each kind stand in a text, none within another."""
    kinds, pattern = _pattern()
    return Counter(kinds[phrase] for phrase in {found[0] for found in pattern.finditer(fold(text))})


@cache
def _pattern() -> tuple[dict[str, str], re.Pattern[str]]:
    kinds = {phrase: kind for kind, phrase in walls()}
    longest_first = sorted(kinds, key=len, reverse=True)
    return kinds, re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")
