"""The acquire room's word lists, read once from their files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from quoth.model import BlockKind

_FOLD = str.maketrans("’‘", "''")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase that marks a line; `where` is label, start or whole (see furniture.tsv)."""

    text: str
    where: str
    kind: BlockKind


def fold(words: str) -> str:
    """Lower case with straight apostrophes and single spaces: how phrases and names are looked up."""
    return " ".join(words.translate(_FOLD).lower().split())


@cache
def phrases() -> dict[str, tuple[Phrase, ...]]:
    """Furniture phrases by their first word, the longest first, label before start before whole, then in the file's
    order: of two kinds that have one phrase the first counts."""
    order = ("label", "start", "whole")
    by_word: dict[str, dict[Phrase, None]] = {}
    for kind, where, text in _rows("furniture.tsv"):
        phrase = Phrase(fold(text), where, BlockKind(kind))
        by_word.setdefault(first_word(phrase.text), {})[phrase] = None
    return {
        word: tuple(sorted(some, key=lambda phrase: (-len(phrase.text), order.index(phrase.where))))
        for word, some in by_word.items()
    }


def first_word(folded: str) -> str:
    """The first word of folded text, or its first character where it begins with none."""
    found = re.match(r"\w+", folded)
    return found[0] if found else folded[:1]


@cache
def agencies(trade: str | None = None) -> dict[str, str]:
    """An agency's name by every name, alias and domain it goes by, folded; of one trade or of all."""
    return {
        fold(alias): name
        for name, aliases, domains, its_trade in _rows("agencies.tsv")
        if trade in (None, its_trade)
        for alias in (name, *aliases.split("|"), *domains.split("|"))
    }


def is_agency(words: str) -> bool:
    """Whether all of `words` are one agency's name."""
    return fold(words).removeprefix("the ") in agencies()


@cache
def words(name: str) -> frozenset[str]:
    """One of the word lists of words.tsv."""
    return frozenset(word for its_list, word in _rows("words.tsv") if its_list == name)


@cache
def walls() -> tuple[tuple[str, str], ...]:
    """(kind, phrase folded) of what pages say that stand in an article's place."""
    return tuple((kind, fold(phrase)) for kind, phrase in _rows("walls.tsv"))


def _rows(name: str) -> Iterator[list[str]]:
    text = files("quoth.acquire").joinpath("lexicon", name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    for line in lines[1:]:
        yield line.split("\t")
