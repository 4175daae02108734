"""A person's search words as an FTS5 query: nothing that a person types is read as FTS5 syntax."""

from __future__ import annotations

import re

from quoth.errors import LedgerError

_PARTS = re.compile(r'["“”„«»]([^"“”„«»]*)["“”„«»]|([^\s"“”„«»]+)')


class BadSearch(LedgerError):
    """A search without a word in it."""

    code = "Q303"


def words_query(text: str) -> str:
    """All of the words, in any order; words in quotation marks together; `deploy*` by its beginning.

    Raises BadSearch when there is no letter or digit to search for.
    """
    terms = []
    for quoted, word in _PARTS.findall(text):
        if _searchable(quoted or word):
            terms.append(_phrase(word.rstrip("*")) + " *" if word.endswith("*") else _phrase(quoted or word))
    if not terms:
        raise BadSearch(f"nothing to search for in {text!r}", remedy="give at least one word")
    return " AND ".join(terms)


def phrase_query(text: str) -> str:
    """The words one after another.  Raises BadSearch when there is no letter or digit to search for."""
    if not _searchable(text):
        raise BadSearch(f"nothing to search for in {text!r}", remedy="give at least one word")
    return _phrase(text)


def _searchable(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _phrase(text: str) -> str:
    return '"' + text.replace("\0", " ").replace('"', '""') + '"'
