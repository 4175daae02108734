"""A selection as a file: the wire's lines, or rows for a spreadsheet, in blocks, however many they are."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quoth.present import flat
from quoth.present.flat import csv_text
from quoth.present.wire import json_text
from quoth.web import lines
from quoth.web.selecting import Selected
from quoth.web.selection import Selection

if TYPE_CHECKING:
    from quoth.web.snapshot import Snapshot

BLOCK = 1 << 16
"""Characters that are sent at once."""


class Kind(enum.StrEnum):
    """What can be written to a file."""

    STATEMENTS = "statements"
    QUESTIONS = "questions"
    HEADINGS = "headings"
    ORIGINS = "origins"
    SOURCES = "sources"
    DOCUMENTS = "documents"
    ARTICLES = "articles"


class Format(enum.StrEnum):
    CSV = "csv"
    JSONL = "jsonl"
    JSON = "json"

    @property
    def media_type(self) -> str:
        return _MEDIA[self]


_MEDIA = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.JSONL: "application/x-ndjson",
    Format.JSON: "application/json",
}


@dataclass(frozen=True, slots=True)
class _How:
    line: Callable[[Snapshot, Any], lines.Line]
    rows: Callable[[lines.Line], Iterable[flat.Row]]


_HOW = {
    Kind.STATEMENTS: _How(lines.statement_line, lambda line: [flat.statement_row(line)]),
    Kind.QUESTIONS: _How(lines.question_line, flat.question_rows),
    Kind.HEADINGS: _How(lines.heading_line, lambda line: [flat.heading_row(line)]),
    Kind.ORIGINS: _How(lines.origin_line, lambda line: [flat.origin_row(line)]),
    Kind.SOURCES: _How(lines.entity_line, flat.entity_rows),
    Kind.DOCUMENTS: _How(lines.document_line, lambda line: [flat.document_row(line)]),
    Kind.ARTICLES: _How(lines.article_line, flat.article_rows),
}


def file_name(kind: Kind, format: Format, selection: Selection) -> str:
    """`quoth-statements-2024-03-04.csv`; nothing that anybody typed is in it."""
    part = "" if selection.is_all else "-selected"
    day = f"-{selection.as_of.isoformat()}" if selection.as_of else ""
    return f"quoth-{kind}{part}{day}.{format}"


def things(selected: Selected, kind: Kind) -> Sequence[Any]:
    """What of that kind is selected."""
    found: Sequence[Any] = getattr(selected, kind.value)
    return found


def exported(selected: Selected, kind: Kind, format: Format) -> Iterator[str]:
    """The text of the file, in blocks, however many things it has."""
    how = _HOW[kind]
    written = (how.line(selected.snapshot, thing) for thing in things(selected, kind))
    return _blocks(_pieces(written, format, how.rows))


def _pieces(
    written: Iterator[lines.Line], format: Format, rows: Callable[[lines.Line], Iterable[flat.Row]]
) -> Iterator[str]:
    if format is Format.CSV:
        yield from csv_text(row for line in written for row in rows(line))
    elif format is Format.JSONL:
        yield from (json_text(line) + "\n" for line in written)
    else:
        yield "["
        for number, line in enumerate(written):
            yield (",\n " if number else "") + json_text(line)
        yield "]\n"


def _blocks(pieces: Iterator[str]) -> Iterator[str]:
    held: list[str] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= BLOCK:
            yield "".join(held)
            held, size = [], 0
    yield "".join(held)
