"""Paths, folders and standard input to documents; one bad file or record never stops the others."""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from quoth.acquire.bundles import FILE_SUFFIXES, documents_from, is_readable, suffix_of
from quoth.acquire.contents import (
    NOTHING_BESIDE,
    NOTHING_GIVEN,
    Beside,
    Failure,
    documents_in,
    encodable,
    failed,
    printable,
    whole,
)
from quoth.acquire.decoding import decode
from quoth.acquire.metadata import Given
from quoth.acquire.places import Place
from quoth.acquire.shelf import NO_SHELF, Shelf
from quoth.acquire.sidecar import SIDE_FILE, SideFile, read_side_file
from quoth.acquire.tables import TABLE_SUFFIXES, read_table
from quoth.acquire.web import Found, Web, acquire_addresses, acquire_table, looks_like_url
from quoth.errors import BadAddress, BadListing, BadMetadata, UnreadableInput

UNREADABLE_ARTICLES = frozenset(
    {".doc", ".docx", ".odt", ".rtf", ".epub", ".pages", ".zip", ".7z", ".rar", ".tar", ".tgz", ".msg", ".pst", ".mht"}
)
"""Formats of articles that are not read: in a folder they are told, other files are passed over."""
PACKED = frozenset({".zip", ".7z", ".rar", ".tar", ".tgz"})
"""Those of them that hold others."""


def acquire(
    source: str | Path | tuple[str, ...],
    *,
    given: Given = NOTHING_GIVEN,
    stdin: BinaryIO | None = None,
    shelf: Shelf = NO_SHELF,
    web: Web | None = None,
) -> Iterator[Found]:
    """The documents of a file, a folder (recursively, in order of names, hidden files left out), of an address of the
    web, or of several that are asked together, or, for "-", of standard input; a Failure for each that cannot be read.
    `given` wins over what the articles say themselves; the bytes of each article are put on the `shelf` before it is
    given.  The network is asked by `web`, and only for addresses.
    """
    if isinstance(source, tuple) or looks_like_url(str(source)):
        addresses = source if isinstance(source, tuple) else (str(source),)
        with contextlib.nullcontext(web) if web is not None else Web() as asked:
            yield from acquire_addresses(addresses, asked, given=given, shelf=shelf)
        return
    name = printable(os.fspath(source))
    if name == "-":
        yield from _standard_input(stdin if stdin is not None else sys.stdin.buffer, given, shelf)
    elif re.match(r"[a-z][a-z0-9+.-]+:/", name, re.IGNORECASE) and not Path(source).exists():
        yield Failure(name, BadAddress("such addresses are not fetched", where=name, remedy="give http:// or https://"))
    else:
        yield from acquire_at(Path(source), given=given, shelf=shelf, web=web)


def acquire_at(
    place: Place, *, given: Given = NOTHING_GIVEN, shelf: Shelf = NO_SHELF, web: Web | None = None
) -> Iterator[Found]:
    """As `acquire`, of a file or a folder at whatever place."""
    try:
        is_folder = place.is_dir()
        place.stat()
    except (OSError, ValueError) as problem:
        yield failed(printable(place), problem)
        return
    yield from _articles(place, given, shelf) if is_folder else _single(place, given, shelf, web)


def _single(path: Place, given: Given, shelf: Shelf, web: Web | None) -> Iterator[Found]:
    if path.name == SIDE_FILE:
        error = BadMetadata(
            f"{SIDE_FILE} describes the articles beside it and is none itself",
            where=printable(path), remedy="give its folder, or an article in it",
        )  # fmt: skip
        yield Failure(printable(path), error)
        return
    if path.suffix.lower() in TABLE_SUFFIXES:
        yield from _table(path, given, shelf, web)
        return
    yield from _articles(path, given, shelf)


def _table(path: Place, given: Given, shelf: Shelf, web: Web | None) -> Iterator[Found]:
    """The articles in a table, or those of the addresses in it, where they are to be fetched."""
    where = printable(path)
    try:
        data = _bytes(path)
        table = read_table(decode(data, where)[0], where)
        if not table.holds_articles and (web is None or not web.terms.fetch):
            raise BadListing(
                f"a table of {len(table.lines)} addresses and no articles", where=where,
                remedy="--fetch fetches the pages",
            )  # fmt: skip
    except (OSError, UnreadableInput) as problem:
        yield failed(where, problem)
        return
    if table.holds_articles or web is None:
        yield from documents_in(data, path.suffix.lower(), printable(path.name), where, given, NOTHING_BESIDE, shelf)
    else:
        yield from acquire_table(table, web, where, given=given, shelf=shelf)


def _articles(root: Place, given: Given, shelf: Shelf) -> Iterator[Found]:
    for article in articles_in(root):
        if isinstance(article, Failure):
            yield article
        else:
            yield from documents_of(article, given, shelf)


@dataclass(frozen=True, slots=True)
class Article:
    """A file that holds one article or several, the name that its documents get, and what a side file says of it."""

    path: Place
    file: str
    beside: Beside = NOTHING_BESIDE


def holds_articles(path: Place) -> bool:
    """Whether there is a folder, or a file that is neither a table nor a side file: what `articles_in` is for."""
    return path.is_dir() or (path.is_file() and path.suffix.lower() not in TABLE_SUFFIXES and path.name != SIDE_FILE)


def articles_in(root: Place) -> Iterator[Article | Failure]:
    """The files of a folder in the order in which they are read, or the one file, with what is wrong around them."""
    if not root.is_dir():
        side, failures = _side_file(root.parent)
        yield from failures
        yield Article(root, printable(root.name), side.entries.get(root.name, NOTHING_BESIDE))
        return
    sides: dict[Place, SideFile] = {}
    any_article = False
    for folder, files, problems in _walk(root, set()):
        yield from problems
        sides[folder], failures = _side_file(folder)
        yield from failures
        where = printable(folder / SIDE_FILE)
        for name in _missing(sides[folder], folder):
            yield Failure(where, BadMetadata(f"it names {printable(name)!r}, which is not there", where=where))
        for path in files:
            any_article = True
            yield Article(path, printable(path.relative_to(root).as_posix()), _beside(path, root, sides))
    if not any_article:
        suffixes = ", ".join(sorted(FILE_SUFFIXES))
        error = UnreadableInput("no article in this folder", where=printable(root), remedy=f"articles are {suffixes}")
        yield Failure(printable(root), error)


def _missing(side: SideFile, folder: Place) -> list[str]:
    """The names in a side file that name no file."""
    return [name for name in side.entries if "\x00" in name or not _lies(folder / encodable(name))]


def _lies(path: Place) -> bool:
    """Whether something bears that name, be it a link that leads nowhere."""
    return path.is_symlink() or path.exists()


def _beside(path: Place, root: Place, sides: dict[Place, SideFile]) -> Beside:
    """What the side file in the article's folder, else in one above it up to `root`, says about the article."""
    for folder in path.parents:
        found = sides[folder].entries.get(path.relative_to(folder).as_posix())
        if found is not None:
            return found
        if folder == root:
            break
    return NOTHING_BESIDE


def _walk(folder: Place, above: set[Place]) -> Iterator[tuple[Place, list[Place], list[Failure]]]:
    """Each folder with its articles and with what went wrong; links that lead back to a folder above are left out."""
    problems: list[Failure] = []
    files: list[Place] = []
    folders: list[Place] = []
    try:
        real = folder.resolve()
        entries = sorted(folder.iterdir())
    except (OSError, RuntimeError) as problem:
        yield folder, [], [failed(printable(folder), problem)]
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        try:
            if entry.is_dir():
                if entry.resolve() not in above | {real}:
                    folders.append(entry)
            elif entry.name != SIDE_FILE and _is_article(entry.name):
                entry.stat()
                files.append(entry)
        except (OSError, RuntimeError) as problem:
            problems.append(failed(printable(entry), problem))
    yield folder, files, problems
    for inner in folders:
        yield from _walk(inner, above | {real})


def _side_file(folder: Place) -> tuple[SideFile, list[Failure]]:
    path = folder / SIDE_FILE
    where = printable(path)
    try:
        if not path.is_file():
            return SideFile(), []
        side = read_side_file(_bytes(path), where)
    except (OSError, UnreadableInput) as problem:
        return SideFile(), [failed(where, problem)]
    return side, [Failure(where, problem) for problem in side.problems]


def _is_article(name: str) -> bool:
    suffix = suffix_of(name)
    return is_readable(suffix) or suffix in UNREADABLE_ARTICLES


def documents_of(article: Article, given: Given, shelf: Shelf = NO_SHELF) -> Iterator[Found]:
    """The documents of a file, or why it cannot be read."""
    path = article.path
    where = printable(path)
    suffix = suffix_of(path.name)
    try:
        if suffix in UNREADABLE_ARTICLES:
            packed = suffix in PACKED
            raise UnreadableInput(
                f"{suffix} files are not read", where=where,
                remedy="unpack it and give the folder" if packed else "save the article as .txt, .html or .pdf",
            )  # fmt: skip
        with path.open("rb") as opened:
            yield from documents_from(opened, suffix, article.file, where, given, article.beside, shelf)
    except (OSError, UnreadableInput) as problem:
        yield failed(where, problem)


def _standard_input(stdin: BinaryIO, given: Given, shelf: Shelf) -> Iterator[Found]:
    where = "standard input"
    try:
        yield from documents_from(stdin, "", "-", where, given, NOTHING_BESIDE, shelf)
    except OSError as problem:
        yield failed(where, problem)


def _bytes(path: Place) -> bytes:
    with path.open("rb") as file:
        return whole(file, printable(path))
