"""Large files of many articles in parts, which give together exactly what the whole file gives."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from quoth.acquire.bundles import CRAWL_SUFFIXES, suffix_of
from quoth.acquire.contents import LARGEST_FILE, LINE_SUFFIXES, each_line, failed, is_read_by_line, printable
from quoth.acquire.crawls import holds_page, is_page, pages_in
from quoth.acquire.decoding import SAMPLE
from quoth.acquire.files import Article, documents_of
from quoth.acquire.metadata import Given
from quoth.acquire.shelf import NO_SHELF
from quoth.acquire.streams import PIECE, Hashed, lines, unzipped
from quoth.acquire.warc import MOST_BROKEN, BrokenRecord, warc_records
from quoth.acquire.web import Found
from quoth.errors import UnreadableInput


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a file, or all of it.

    Of an archive: the records from the offset `begin` up to `end`, None at the end of the file.  Of JSON lines: `count`
    lines, None for all that follow, from the `first` one, which begins at the offset `begin`; in a packed file the
    lines before it are passed over, and `begin` is 0.  `articles` is how many pages or lines were counted there.
    """

    articles: int
    begin: int = 0
    end: int | None = None
    first: int = 1
    count: int | None = None

    @property
    def is_whole(self) -> bool:
        return not self.begin and self.end is None and self.first == 1 and self.count is None


@dataclass(frozen=True, slots=True)
class Cut:
    """The parts of a file, and the SHA-256 of its bytes, in hex."""

    sha256: str
    parts: tuple[Part, ...]


def cut(article: Article, most: int) -> Cut:
    """A file cut into parts of at most `most` articles: archives at their records, JSON lines between two lines, other
    files not at all.  Each of its bytes is read once.  Raises OSError."""
    with article.path.open("rb") as file:
        hashed = Hashed(file)
        try:
            parts = tuple(_parts_of(io.BufferedReader(hashed, PIECE), article, most))
        except UnreadableInput:  # what is wrong with it is told when it is read
            parts = (Part(articles=1),)
        return Cut(hashed.sha256(), parts)


def _parts_of(file: BinaryIO, article: Article, most: int) -> Iterator[Part]:
    suffix = suffix_of(article.path.name)
    kind, packed = suffix.removesuffix(".gz"), suffix.endswith(".gz")
    if kind in CRAWL_SUFFIXES:
        yield from _of_records(file, most)
    elif kind in LINE_SUFFIXES:
        yield from _of_lines(file, packed, str(article.path), most)
    else:
        yield Part(articles=1)


def documents_of_part(article: Article, part: Part, given: Given) -> Iterator[Found]:
    """What `documents_of` gives of that part of the file."""
    if part.is_whole:
        yield from documents_of(article, given)
        return
    where = printable(article.path)
    suffix = suffix_of(article.path.name)
    try:
        with article.path.open("rb") as file:
            if suffix.removesuffix(".gz") in CRAWL_SUFFIXES:
                reach = part.begin, part.end
                yield from pages_in(file, article.file, where, given, article.beside, NO_SHELF, *reach)
                return
            skipped = part.first - 1 if suffix.endswith(".gz") else 0
            file.seek(part.begin)
            lined = lines(unzipped(file, where) if suffix.endswith(".gz") else file, LARGEST_FILE)
            last = None if part.count is None else skipped + part.count
            yield from each_line(
                islice(lined, skipped, last), part.first, article.file, where, given, article.beside
            )  # fmt: skip
    except (OSError, UnreadableInput) as problem:
        yield failed(where, problem)


def _of_records(file: BinaryIO, most: int) -> Iterator[Part]:
    """Cut where a part has its pages and a record begins that is no part of a gzip member of several."""
    begin = pages = broken = 0
    cuts: list[tuple[int, int]] = []
    for found in warc_records(file, is_page):
        if isinstance(found, BrokenRecord):
            broken += 1
            pages += 1
            continue
        if pages >= most and found.place.isdecimal():
            cuts.append((int(found.place), pages))
            pages = 0
        pages += holds_page(found)
    if broken >= MOST_BROKEN:  # the rest of such a file is not read, which only a whole reading can know
        yield Part(articles=sum(n for _, n in cuts) + pages)
        return
    for end, articles in cuts:
        yield Part(articles=articles, begin=begin, end=end)
        begin = end
    yield Part(articles=pages, begin=begin)


def _of_lines(file: BinaryIO, packed: bool, where: str, most: int) -> Iterator[Part]:
    if packed:
        file = unzipped(file, where)
    head = file.read(SAMPLE)
    if not is_read_by_line(head, where):
        yield Part(articles=1)
        return
    position = ends = 0
    cuts = [0]
    piece = head
    while piece:
        at = piece.find(b"\n")
        while at >= 0:
            ends += 1
            if ends % most == 0:
                cuts.append(position + at + 1)
            at = piece.find(b"\n", at + 1)
        position += len(piece)
        piece = file.read(PIECE)
    if len(cuts) > 1 and cuts[-1] == position:
        cuts.pop()
    for number, begin in enumerate(cuts):
        first = number * most + 1
        is_last = number == len(cuts) - 1
        yield Part(
            articles=max(1, ends - first + 1) if is_last else most,
            begin=0 if packed else begin,
            first=first,
            count=None if is_last else most,
        )
