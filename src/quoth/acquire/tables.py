"""Tables (CSV, TSV) to rows by the names of their columns: of articles themselves, or of where articles are.

Those of GDELT, which have no header, are known by their shape.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from quoth.acquire.metadata import plain_key
from quoth.acquire.records import TEXT_KEYS, Record
from quoth.errors import BadListing

TABLE_SUFFIXES = frozenset({".csv", ".tsv"})
LONGEST_CELL = 10_000_000
"""Characters."""

_GDELT = {
    # columns of GDELT 2's files: what tells them, and where the columns of interest stand
    27: (r"\d{14}-\S+", {1: "date", 3: "sourcecommonname", 4: "documentidentifier"}),  # the knowledge graph
    61: (r"\d{6,12}", {59: "dateadded", 60: "sourceurl"}),  # the events
}
_URL_KEYS = frozenset({"url", "link", "canonicalurl", "sourceurl", "permalink", "documentidentifier", "storyurl"})


@dataclass(frozen=True, slots=True)
class Table:
    """`names` of its columns as they stand; `lines` of cells, without the header."""

    names: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]

    @property
    def holds_articles(self) -> bool:
        """Whether the text of the articles is in it."""
        return any(plain_key(name) in TEXT_KEYS for name in self.names)

    def rows(self) -> Iterator[Record]:
        """Each row with its number, from 1, under its columns' names; empty cells are left out."""
        for number, line in enumerate(self.lines, start=1):
            fields = {name: cell for name, cell in zip(self.names, line, strict=False) if name and cell.strip()}
            if fields:
                yield Record(fields, number)


def read_table(text: str, where: str) -> Table:
    """Raises BadListing where there is no table, or none of articles or addresses."""
    first = text.partition("\n")[0]
    tabs = first.count("\t")
    delimiter = "\t" if tabs else max(",;|", key=first.count)
    unquoted = tabs + 1 in _GDELT and not _is_header(first.split("\t"))
    csv.field_size_limit(LONGEST_CELL)
    try:
        read = csv.reader(
            io.StringIO(text), delimiter=delimiter, quoting=csv.QUOTE_NONE if unquoted else csv.QUOTE_MINIMAL
        )
        lines = [tuple(line) for line in read if line]
    except csv.Error as problem:
        raise BadListing(f"this is no table that could be read ({problem})", where=where) from None
    if not lines:
        raise BadListing("the table is empty", where=where)
    if _is_header(lines[0]):
        return Table(lines[0], tuple(lines[1:]))
    names = _names_without_header(lines[0])
    if names is None:
        told = ", ".join(repr(name[:30]) for name in lines[0][:6])
        raise BadListing(
            f"no column holds an article's text or address (the first row is {told})", where=where,
            remedy='name the columns "text", or "url", "title", "publish_date", "media_name", "language"',
        )  # fmt: skip
    return Table(names, tuple(lines))


def _is_header(cells: tuple[str, ...] | list[str]) -> bool:
    return any(plain_key(cell) in (*TEXT_KEYS, *_URL_KEYS) for cell in cells)


def _names_without_header(cells: tuple[str, ...]) -> tuple[str, ...] | None:
    """The columns of a table of GDELT's, or of any whose first row holds an address; None for others."""
    known = _GDELT.get(len(cells))
    if known is not None and re.fullmatch(known[0], cells[0]):
        return tuple(known[1].get(i, "") for i in range(len(cells)))
    addresses = [i for i, cell in enumerate(cells) if re.match(r"https?://", cell.strip(), re.I)]
    return tuple("url" if i == addresses[0] else "" for i in range(len(cells))) if addresses else None
