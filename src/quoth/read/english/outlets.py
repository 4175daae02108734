"""News outlets and agencies, known by name or by a word that marks one."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from quoth.read.english.lexicon import rows

STATION_LETTERS = 5
COMPOUND_LETTERS = 8
"""A name of one word with fewer letters is no compound: "Cypress"."""


@cache
def _listed(kind: str) -> frozenset[str]:
    """The entries of `lexicon/outlets.tsv` of one kind, case-folded."""
    return frozenset(name for row_kind, name in rows("outlets.tsv", headed=True) if row_kind == kind)


def outlet_names() -> tuple[frozenset[str], frozenset[str]]:
    """Whole names of outlets, and first or last words that mark one; case-folded, without "the"."""
    return _listed("name"), _listed("word")


def is_outlet(name: str) -> bool:
    """Whether a name looks like a news outlet's or agency's: known, or with a word that marks one at an end."""
    names, marking = outlet_names()
    folded = _bare(name)
    if " " not in folded:
        return folded in names or (len(folded) >= COMPOUND_LETTERS and folded.endswith(tuple(_listed("ending"))))
    return folded in names or not marking.isdisjoint((folded.split()[0], folded.split()[-1]))


def is_called_outlet(words: str) -> bool:
    """Whether a phrase says that somebody is an outlet: "state broadcaster EBC", "the weekly", "the news agency X"."""
    single = words.casefold().split()
    return not _listed("noun").isdisjoint([*single, *map(" ".join, pairwise(single))])


def may_be_station(name: str) -> bool:
    """Whether a bare acronym may be a broadcaster's or an agency's: capitals that name no body in the lexicon."""
    acronym = name.isupper() and name.isalpha() and 2 <= len(name) <= STATION_LETTERS
    return acronym and name.casefold() not in _listed("body")


def is_relay(name: str, own: str | None) -> bool:
    """Whether somebody who was told something is an outlet that passes it on, and not `own`, the document's."""
    bare, mine = _bare(name), _bare(own or "")
    short = name.removeprefix("the ").istitle() and bare in outlet_names()[1]  # "told the Courier"
    return (is_outlet(name) or short) and bare != mine and not mine.endswith(f" {bare}")


def _bare(name: str) -> str:
    return name.casefold().removeprefix("the ").strip()
