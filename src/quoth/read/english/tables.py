"""The lexicons of English, as rows: tab-separated text, one entry a line, `#` opens a comment line."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files


def rows(name: str) -> Iterator[tuple[str, ...]]:
    """The rows of `lexicon/NAME`, each as its columns.  Raises FileNotFoundError."""
    text = files(__package__).joinpath("lexicon", name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield tuple(column.strip() for column in line.split("\t"))


def words(column: str) -> list[str]:
    """The entries of a comma-separated column; none for "-"."""
    return [] if column == "-" else [word.strip() for word in column.split(",")]


@cache
def word_set(name: str) -> frozenset[str]:
    """A set of `lexicon/event_words.tsv`.  Raises KeyError for a name that is not there."""
    return {name: frozenset(words(column)) for name, column in rows("event_words.tsv")}[name]
