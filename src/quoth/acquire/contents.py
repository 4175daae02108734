"""Bytes of any kind that Quoth reads to documents, and what could not become one."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from quoth.acquire.decoding import decode
from quoth.acquire.document import from_html, from_record, from_text
from quoth.acquire.html import looks_like_html
from quoth.acquire.metadata import NO_ENVELOPE, Envelope, Given
from quoth.acquire.records import Record, canonical_record, records
from quoth.acquire.shelf import NO_SHELF, Shelf
from quoth.acquire.tables import TABLE_SUFFIXES, read_table
from quoth.errors import QuothError, UnreadableInput
from quoth.model import Document, Note

LARGEST_FILE = 50_000_000
"""Bytes."""

TEXT_SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown"})
HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
RECORD_SUFFIXES = frozenset({".json", ".jsonl", ".ndjson"})
READABLE_SUFFIXES = TEXT_SUFFIXES | HTML_SUFFIXES | RECORD_SUFFIXES

NOTHING_GIVEN = Given()

Beside = tuple[Given, tuple[Note, ...]]
"""What a file beside an article says about it."""
NOTHING_BESIDE: Beside = (NOTHING_GIVEN, ())


@dataclass(frozen=True, slots=True)
class Failure:
    """A file or record (`where`) that could not become a document, and why."""

    where: str
    error: QuothError


def documents_in(
    data: bytes,
    suffix: str,
    file: str,
    where: str,
    given: Given,
    beside: Beside,
    shelf: Shelf = NO_SHELF,
    envelope: Envelope = NO_ENVELOPE,
) -> Iterator[Document | Failure]:
    """The documents in a file's bytes; without a known suffix, its beginning shows what it is.

    The bytes of each are put on the shelf first: those given, or each record's own where there are several.
    """
    try:
        if suffix not in READABLE_SUFFIXES | TABLE_SUFFIXES:
            suffix = _suffix_by_content(data, where, envelope.charset)
        if suffix in RECORD_SUFFIXES | TABLE_SUFFIXES:
            yield from _from_records(data, suffix, file, where, given, beside, shelf, envelope)
            return
        shelf.keep(data)
        make = from_text if suffix in TEXT_SUFFIXES else from_html
        yield make(data, file, where, given=given, beside=beside, envelope=envelope)
    except UnreadableInput as problem:
        shelf.keep(data)
        yield failed(where, problem)


def _from_records(
    data: bytes, suffix: str, file: str, where: str, given: Given, beside: Beside, shelf: Shelf, envelope: Envelope
) -> Iterator[Document | Failure]:
    text, notes = decode(data, where, charset=envelope.charset)
    if suffix in TABLE_SUFFIXES:
        found: Iterable[Record | UnreadableInput] = read_table(text, where).rows()
    else:
        found = records(text, where, lines=suffix in (".jsonl", ".ndjson"))
    for record in found:
        if not isinstance(record, Record):
            shelf.keep(data)
            yield Failure(record.where or where, record)
            continue
        number = "" if record.number is None else f"#{record.number}"
        try:
            own = data if record.number is None else canonical_record(record.fields)
            shelf.keep(own)
            yield from_record(
                own, record.fields, file + number, where + number, given=given, beside=beside, notes=notes,
                envelope=envelope,
            )  # fmt: skip
        except UnreadableInput as problem:
            yield failed(where + number, problem)


def _suffix_by_content(data: bytes, where: str, charset: str | None) -> str:
    text, _ = decode(data[:20_000], where, charset=charset)
    if looks_like_html(text):
        return ".html"
    first = text.lstrip()[:200]
    if re.match(r'\[\s*\{\s*"|\{\s*"', first):
        return ".json"
    return ".txt"


def whole(file: BinaryIO, where: str) -> bytes:
    """All bytes of a file.  Raises UnreadableInput when they are more than LARGEST_FILE."""
    data = file.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        limit = f"{LARGEST_FILE // 1_000_000} MB"
        raise UnreadableInput(f"it is larger than {limit}", where=where, remedy="split it into single articles")
    return data


def failed(where: str, problem: Exception) -> Failure:
    """A failure with an error that a person can read, for one that the operating system gave."""
    if isinstance(problem, QuothError):
        if problem.where is None:
            problem.where = where
        return Failure(where, problem)
    what, remedy = f"it cannot be read ({getattr(problem, 'strerror', None) or problem})", "check the path"
    if isinstance(problem, FileNotFoundError):
        what = "there is no such file"
    elif isinstance(problem, PermissionError):
        what, remedy = "it may not be read", "check its permissions"
    return Failure(where, UnreadableInput(what, where=where, remedy=remedy))


def printable(path: str | Path) -> str:
    """A path's name, with bytes that are no UTF-8 shown as U+FFFD."""
    return encodable(os.fspath(path)).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def encodable(name: str) -> str:
    """A name without the surrogates that no file name can hold."""
    return re.sub("[\ud800-\udc7f\udd00-\udfff]", "\ufffd", name)
