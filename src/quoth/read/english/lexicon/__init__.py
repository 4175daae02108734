"""The lexicons of English, beside this file: tab-separated rows and TOML tables, `#` opens a comment line.

Each file says in its head what its columns are and where its entries come from.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any


def rows(name: str, *, headed: bool = False) -> Iterator[tuple[str, ...]]:
    """The rows of a tab-separated lexicon, each as its columns.  Raises FileNotFoundError.

    `headed`: its first line names the columns; it is left out, and shorter rows are filled up to its width.
    """
    lines = (line for line in _text(name).splitlines() if line and not line.startswith("#"))
    width = len(next(lines).split("\t")) if headed else 0
    for line in lines:
        cells = tuple(cell.strip() for cell in line.split("\t"))
        yield cells + ("",) * (width - len(cells))


def table(name: str) -> dict[str, Any]:
    """A TOML lexicon.  Raises FileNotFoundError."""
    return tomllib.loads(_text(name))


def words(column: str) -> list[str]:
    """The entries of a comma-separated column; none for "-"."""
    return [] if column == "-" else [word.strip() for word in column.split(",")]


@cache
def word_set(name: str) -> frozenset[str]:
    """A set of `event_words.tsv`.  Raises KeyError for a name that is not there."""
    return {name: frozenset(words(column)) for name, column in rows("event_words.tsv")}[name]


def _text(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
