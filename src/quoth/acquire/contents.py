"""Bytes of any kind that Quoth reads to documents, and what could not become one."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from quoth.acquire.decoding import SAMPLE, decode, is_wide
from quoth.acquire.document import from_html, from_page, from_pdf, from_record, from_text
from quoth.acquire.html import looks_like_html
from quoth.acquire.mail import looks_like_mail, read_mail
from quoth.acquire.metadata import NO_ENVELOPE, Envelope, Given
from quoth.acquire.places import Place
from quoth.acquire.records import Record, canonical_record, of_line, of_lines, records
from quoth.acquire.shelf import NO_SHELF, Shelf
from quoth.acquire.streams import lines, looked_at
from quoth.acquire.tables import TABLE_SUFFIXES, read_table
from quoth.errors import QuothError, UnreadableInput
from quoth.model import Document, Note

LARGEST_FILE = 50_000_000
"""Bytes of one article, unpacked: a file, or a record or line of a file that holds many."""

TEXT_SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown"})
HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
LINE_SUFFIXES = frozenset({".jsonl", ".ndjson"})
RECORD_SUFFIXES = frozenset({".json"}) | LINE_SUFFIXES
PDF_SUFFIX = ".pdf"
MAIL_SUFFIXES = frozenset({".eml"})
READABLE_SUFFIXES = TEXT_SUFFIXES | HTML_SUFFIXES | RECORD_SUFFIXES | MAIL_SUFFIXES | {PDF_SUFFIX}

MOST_FORWARDED = 5
"""Mails within mails."""

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
    data: bytes, suffix: str, file: str, where: str, given: Given, beside: Beside, shelf: Shelf = NO_SHELF,
    envelope: Envelope = NO_ENVELOPE, *, depth: int = 0,
) -> Iterator[Document | Failure]:  # fmt: skip
    """The documents in a file's bytes; without a known suffix, its beginning shows what it is.

    The bytes of each are put on the shelf first: those given, or each record's own where there are several.  `depth`
    is how many mails they are attached within.
    """
    try:
        if suffix not in READABLE_SUFFIXES | TABLE_SUFFIXES:
            suffix = kind_of(data, where, envelope.charset)
        if suffix in LINE_SUFFIXES:
            yield from documents_in_lines(io.BytesIO(data), file, where, given, beside, shelf, envelope)
            return
        if suffix in RECORD_SUFFIXES | TABLE_SUFFIXES:
            text, notes = decode(data, where, charset=envelope.charset)
            found = read_table(text, where).rows() if suffix in TABLE_SUFFIXES else records(text, where)
            yield from _from_records(found, notes, data, file, where, given, beside, shelf, envelope)
            return
        shelf.keep(data)
        if suffix in MAIL_SUFFIXES:
            yield from _from_mail(data, file, where, given, beside, shelf, depth)
            return
        make = _MAKERS.get(suffix, from_html)
        yield make(data, file, where, given=given, beside=beside, envelope=envelope)
    except UnreadableInput as problem:
        shelf.keep(data)
        yield failed(where, problem)


_MAKERS = {**dict.fromkeys(TEXT_SUFFIXES, from_text), **dict.fromkeys(HTML_SUFFIXES, from_html), PDF_SUFFIX: from_pdf}


def _from_mail(
    data: bytes, file: str, where: str, given: Given, beside: Beside, shelf: Shelf, depth: int
) -> Iterator[Document | Failure]:
    """A mail's own words, and then what is attached to it; that is known by what it says itself alone."""
    mail = read_mail(data, where)
    if mail.page is not None:
        yield from_page(mail.page, data, file, where, given=given, beside=beside)
    for attachment in mail.attachments:
        if attachment.data is None or not attachment.suffix:
            continue
        place = f"{where}/{attachment.name}"
        if depth >= MOST_FORWARDED:
            what = f"it is attached to a mail within {depth} others"
            yield Failure(place, UnreadableInput(what, where=place, remedy="save it, and give it as a file"))
            continue
        name = f"{file}/{attachment.name}"
        own = Given(language=given.language)
        yield from documents_in(
            attachment.data, attachment.suffix, name, place, own, NOTHING_BESIDE, shelf, depth=depth + 1
        )


def documents_in_lines(
    lined: BinaryIO, file: str, where: str, given: Given, beside: Beside, shelf: Shelf = NO_SHELF,
    envelope: Envelope = NO_ENVELOPE,
) -> Iterator[Document | Failure]:  # fmt: skip
    """The documents of JSON lines, of any number: a line is read at a time, unless the encoding is not UTF-8."""
    head, lined = looked_at(lined, SAMPLE)
    try:
        if not is_read_by_line(head, where, envelope.charset):
            data = whole(lined, where)
            text, notes = decode(data, where, charset=envelope.charset)
            found = of_lines(text.split("\n"), where)
            yield from _from_records(found, notes, data, file, where, given, beside, shelf, envelope)
            return
        yield from each_line(lines(lined, LARGEST_FILE), 1, file, where, given, beside, shelf, envelope)
    except UnreadableInput as problem:
        yield failed(where, problem)


def is_read_by_line(head: bytes, where: str, charset: str | None = None) -> bool:
    """Whether JSON lines that begin so can be read a line at a time.  Raises UnreadableInput."""
    beginning = head.rstrip(bytes(range(0x80, 0x100))) if len(head) == SAMPLE else head
    _, notes = decode(beginning or head, where, charset=charset)
    return not notes and not is_wide(head)


def each_line(
    lined: Iterable[bytes | None], first: int, file: str, where: str, given: Given, beside: Beside,
    shelf: Shelf = NO_SHELF, envelope: Envelope = NO_ENVELOPE,
) -> Iterator[Document | Failure]:  # fmt: skip
    """The documents of single JSON lines, None for one that is too long; `first` is the number of the first."""
    for number, line in enumerate(lined, start=first):
        place = f"{where}#{number}"
        try:
            if line is None:
                raise too_large(place)
            if line.strip():
                text, notes = decode(line, place)
                found = iter([of_line(text, number, where)])
                yield from _from_records(found, notes, line, file, where, given, beside, shelf, envelope)
        except UnreadableInput as problem:
            shelf.keep(line or b"")
            yield failed(place, problem)


def _from_records(
    found: Iterable[Record | UnreadableInput], notes: tuple[Note, ...], data: bytes,
    file: str, where: str, given: Given, beside: Beside, shelf: Shelf, envelope: Envelope,
) -> Iterator[Document | Failure]:  # fmt: skip
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


def kind_of(data: bytes, where: str, charset: str | None = None) -> str:
    """The suffix that fits the beginning of a file; what is none of the others is text."""
    if b"%PDF-" in data[:1024]:
        return PDF_SUFFIX
    if data.startswith(b"WARC/"):
        remedy = "save it as a file that is called .warc, and give that"
        raise UnreadableInput("this is a web archive", where=where, remedy=remedy)
    if looks_like_mail(data):
        return ".eml"
    text, _ = decode(data[:20_000], where, charset=charset)
    if looks_like_html(text):
        return ".html"
    first = text.lstrip()[:200]
    if re.match(r'\[\s*\{\s*"|\{\s*"', first):
        return ".jsonl" if re.match(r"\s*\{[^\n]*\}[ \t\r]*\n\s*\{", text) else ".json"
    return ".txt"


def whole(file: BinaryIO, where: str) -> bytes:
    """All bytes of a file.  Raises UnreadableInput when they are more than LARGEST_FILE."""
    data = file.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise too_large(where)
    return data


def too_large(where: str) -> UnreadableInput:
    limit = f"{LARGEST_FILE // 1_000_000} MB"
    remedy = "split it into single articles; .jsonl, .warc and .mbox files may be of any size"
    return UnreadableInput(f"it is larger than {limit}", where=where, remedy=remedy)


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


def printable(path: str | Place) -> str:
    """A path's name, with bytes that are no UTF-8 shown as U+FFFD."""
    return encodable(str(path)).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def encodable(name: str) -> str:
    """A name without the surrogates that no file name can hold."""
    return re.sub("[\ud800-\udc7f\udd00-\udfff]", "\ufffd", name)
