"""Files as they lie there to documents: packed by gzip or not, of one article or of many that are read in pieces."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import PurePath
from typing import BinaryIO

from quoth.acquire.contents import (
    LARGEST_FILE,
    LINE_SUFFIXES,
    READABLE_SUFFIXES,
    Beside,
    Failure,
    documents_in,
    documents_in_lines,
    failed,
    kind_of,
    too_large,
    whole,
)
from quoth.acquire.crawls import pages_in
from quoth.acquire.decoding import SAMPLE
from quoth.acquire.mailbox import is_mailbox, mails
from quoth.acquire.metadata import Given
from quoth.acquire.shelf import NO_SHELF, Shelf
from quoth.acquire.streams import looked_at, seekable, unzipped
from quoth.acquire.warc import ZIPPED
from quoth.errors import UnreadableInput
from quoth.model import Document, Fetch, Remark

CRAWL_SUFFIXES = frozenset({".warc", ".wet"})
MAILBOX_SUFFIX = ".mbox"
BUNDLE_SUFFIXES = CRAWL_SUFFIXES | LINE_SUFFIXES | {MAILBOX_SUFFIX}
"""Files of many articles, of any size: what is bounded is each article in them."""
FILE_SUFFIXES = READABLE_SUFFIXES | BUNDLE_SUFFIXES
"""What a file's name may end in, before ".gz" if it is packed."""


def suffix_of(name: str) -> str:
    """What a file's name says it holds, in lower case, with ".gz" where that follows; "" where it does not say."""
    path = PurePath(name.lower())
    if path.suffix != ".gz":
        return path.suffix
    inner = PurePath(path.stem).suffix
    return inner + ".gz" if inner in FILE_SUFFIXES else ".gz"


def is_readable(suffix: str) -> bool:
    """Whether files of that suffix, as `suffix_of` gives it, are read."""
    return suffix.removesuffix(".gz") in FILE_SUFFIXES


def documents_from(
    file: BinaryIO, suffix: str, name: str, where: str, given: Given, beside: Beside, shelf: Shelf = NO_SHELF
) -> Iterator[Document | Failure | Fetch | Remark]:
    """The documents of an open file, which is read in pieces where it may hold many.

    `suffix` as `suffix_of` gives it; without one that is known, the file's beginning shows what it is.
    """
    try:
        kind, packed = suffix.removesuffix(".gz"), suffix.endswith(".gz")
        if kind not in FILE_SUFFIXES:
            kind, packed, file = _looked_into(file, where)
        if kind in CRAWL_SUFFIXES:
            with seekable(file) as archive:
                yield from pages_in(archive, name, where, given, beside, shelf)
            return
        if packed:
            file = unzipped(file, where)
        if kind in LINE_SUFFIXES:
            yield from documents_in_lines(file, name, where, given, beside, shelf)
        elif kind == MAILBOX_SUFFIX:
            yield from _mails_in(file, name, where, given, beside, shelf)
        else:
            yield from documents_in(whole(file, where), kind, name, where, given, beside, shelf)
    except UnreadableInput as problem:
        yield failed(where, problem)


def _mails_in(
    file: BinaryIO, name: str, where: str, given: Given, beside: Beside, shelf: Shelf
) -> Iterator[Document | Failure]:
    empty = True
    for offset, data in mails(file, LARGEST_FILE):
        empty = False
        place = f"{where}@{offset}"
        if data is None:
            yield failed(place, too_large(place))
        else:
            yield from documents_in(data, ".eml", f"{name}@{offset}", place, given, beside, shelf)
    if empty:
        raise UnreadableInput("no mail begins in this file", remedy="a mailbox is of mails that follow a line: From …")


def _looked_into(file: BinaryIO, where: str) -> tuple[str, bool, BinaryIO]:
    """What a file's beginning says it is, whether that is packed, and the file once more from its beginning."""
    head, again = looked_at(file, SAMPLE)
    packed = head.startswith(ZIPPED)
    try:
        if packed:
            head = zlib.decompressobj(31).decompress(head, SAMPLE)
        kind = ".warc" if head.startswith(b"WARC/") else MAILBOX_SUFFIX if is_mailbox(head) else kind_of(head, where)
        return kind, packed, again
    except (zlib.error, UnreadableInput):
        return ".txt", packed, again  # what is wrong with it shows when it is read
