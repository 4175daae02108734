"""A person's search words: nothing that a person types is read as a database's syntax."""

from __future__ import annotations

import re
from dataclasses import dataclass

from quoth.errors import LedgerError

_PARTS = re.compile(r'["“”„«»]([^"“”„«»]*)["“”„«»]|([^\s"“”„«»]+)')


class BadSearch(LedgerError):
    """A search without a word in it."""

    code = "Q303"


@dataclass(frozen=True, slots=True)
class Words:
    """Words that stand one after another; `beginning`: the last of them may go on."""

    text: str
    beginning: bool = False


def words_in(text: str) -> tuple[Words, ...]:
    """All of the words, in any order; words in quotation marks together; `deploy*` by its beginning.

    Raises BadSearch when there is no letter or digit to search for.
    """
    found = []
    for quoted, word in _PARTS.findall(text):
        if _searchable(quoted or word):
            found.append(Words(word.rstrip("*"), beginning=True) if word.endswith("*") else Words(quoted or word))
    if not found:
        raise BadSearch(f"nothing to search for in {text!r}", remedy="give at least one word")
    return tuple(found)


def phrase_in(text: str) -> Words:
    """The words one after another.  Raises BadSearch when there is no letter or digit to search for."""
    if not _searchable(text):
        raise BadSearch(f"nothing to search for in {text!r}", remedy="give at least one word")
    return Words(text)


def _searchable(text: str) -> bool:
    return any(character.isalnum() for character in text)
