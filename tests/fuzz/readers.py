"""Every reader of bytes as a function of bytes alone, which raises AssertionError, or anything else, where it is wrong.

What a reader may do with bytes, whatever they are: give documents whose blocks lie in their text, or errors that tell a
person what was wrong.
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable, Iterable

from quoth.acquire import Failure, pdf_pages
from quoth.acquire.bundles import documents_from
from quoth.acquire.contents import NOTHING_BESIDE, NOTHING_GIVEN
from quoth.acquire.decoding import decode, without_controls
from quoth.acquire.html_blocks import read_blocks
from quoth.acquire.http_message import http_message, without_content_codings, without_transfer_coding
from quoth.acquire.metadata import front_matter
from quoth.acquire.pdf_layout import Line, Page, paragraphs
from quoth.acquire.sidecar import read_side_file
from quoth.errors import BadMetadata, QuothError, UnreadableInput
from quoth.evidence import check_document
from quoth.ledger.rows import document_row
from quoth.model import Document

MOST_FOUND = 2_000
"""Documents and failures of one input that are looked at."""


def check(found: Iterable[object]) -> None:
    for one in itertools.islice(found, MOST_FOUND):
        if isinstance(one, Document):
            check_document(one)
            one.text.encode("utf-8")
            document_row(one, "fuzz", "2031-03-04T00:00:00+00:00")
        elif isinstance(one, Failure):
            assert isinstance(one.error, UnreadableInput | BadMetadata), one.error
            assert one.error.what
            assert one.where


def file_of(suffix: str) -> Callable[[bytes], None]:
    """A reader of files of that suffix, as `quoth add` reads them."""

    def read(data: bytes) -> None:
        check(documents_from(io.BytesIO(data), suffix, "a", "a", NOTHING_GIVEN, NOTHING_BESIDE))

    return read


def text_decoded(data: bytes) -> None:
    charset = data[:12].decode("latin-1").strip() or None
    try:
        text, _ = decode(data[12:], "a", html=bool(data[:1] < b"\x60"), charset=charset)
    except UnreadableInput:
        return
    clean, _ = without_controls(text)
    assert len(clean) == len(text)
    clean.encode("utf-8")


def front_matter_read(data: bytes) -> None:
    text = "---\n" + data.decode("utf-8", "replace") + "\n---\nWords.\n"
    _, span, _ = front_matter(text)
    assert span is None or text[span.start : span.end].startswith("---")


def side_file_read(data: bytes) -> None:
    side = read_side_file(data, "documents.json")
    assert all(isinstance(problem, BadMetadata) for problem in side.problems)


def blocks_of_html(data: bytes) -> None:
    page = read_blocks(data.decode("utf-8", "replace"))
    assert all(0 <= at < max(1, len(page.text)) for at in page.headings)


def http_read(data: bytes) -> None:
    try:
        message = http_message(data)
        without_content_codings(without_transfer_coding(message), message.headers)
    except UnreadableInput:
        pass


def pdf_parsed(data: bytes) -> None:
    """In this process: what is sought is what goes wrong here, not in the parser, which is kept apart elsewhere."""
    found = pdf_pages.read(data)
    if "problem" not in found:
        laid_out([[tuple(line) for line in page["lines"]] for page in found["pages"]])


def lines_laid_out(data: bytes) -> None:
    """Lines with places of the fuzzer's choice."""
    numbers = list(data)
    lines = []
    while len(numbers) >= 7:
        left, bottom, width, height, size, length, *numbers = numbers
        words = bytes(numbers[: length % 20]).decode("latin-1")
        del numbers[: length % 20]
        lines.append((left * 3.0, bottom * 4.0, left * 3.0 + width, bottom * 4.0 + height, size / 4, words))
    laid_out([lines[: len(lines) // 2], lines[len(lines) // 2 :]])


def laid_out(pages: list[list[tuple[float, float, float, float, float, str]]]) -> None:
    found, _ = paragraphs([Page(600, 800, tuple(Line(*line) for line in lines)) for lines in pages])
    assert all(paragraph.words for paragraph in found)


READERS: dict[str, Callable[[bytes], None]] = {
    "any": file_of(""),
    "blocks": blocks_of_html,
    "csv": file_of(".csv"),
    "decoding": text_decoded,
    "frontmatter": front_matter_read,
    "gz": file_of(".txt.gz"),
    "html": file_of(".html"),
    "http": http_read,
    "json": file_of(".json"),
    "jsonl": file_of(".jsonl"),
    "layout": lines_laid_out,
    "mail": file_of(".eml"),
    "mailbox": file_of(".mbox"),
    "pdf": pdf_parsed,
    "sidefile": side_file_read,
    "text": file_of(".txt"),
    "warc": file_of(".warc"),
}

assert issubclass(UnreadableInput, QuothError)
