"""Paths, folders and standard input to documents; one bad file or record never stops the others."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from quoth.acquire.decoding import decode
from quoth.acquire.document import from_html, from_record, from_text
from quoth.acquire.html import looks_like_html
from quoth.acquire.metadata import Given
from quoth.acquire.records import Record, records
from quoth.acquire.sidecar import SIDE_FILE, SideFile, read_side_file
from quoth.errors import BadMetadata, QuothError, UnreadableInput
from quoth.model import Document, Note

LARGEST_FILE = 50_000_000
"""Bytes."""

TEXT_SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown"})
HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
RECORD_SUFFIXES = frozenset({".json", ".jsonl", ".ndjson"})
READABLE_SUFFIXES = TEXT_SUFFIXES | HTML_SUFFIXES | RECORD_SUFFIXES
UNREADABLE_ARTICLES = frozenset({".pdf", ".doc", ".docx", ".odt", ".rtf", ".epub", ".pages", ".warc", ".eml"})
"""Formats of articles that this version does not read: in a folder they are told, other files are passed over."""

NOTHING_GIVEN = Given()

_Beside = tuple[Given, tuple[Note, ...]]
_NOTHING_BESIDE: _Beside = (NOTHING_GIVEN, ())


@dataclass(frozen=True, slots=True)
class Failure:
    """A file or record (`where`) that could not become a document, and why."""

    where: str
    error: QuothError


def acquire(
    source: str | Path, *, given: Given = NOTHING_GIVEN, stdin: BinaryIO | None = None
) -> Iterator[Document | Failure]:
    """The documents of a file, a folder (recursively, in order of names, hidden files left out) or, for "-", of
    standard input; a Failure for each that cannot be read.  `given` wins over what the articles say themselves.
    """
    name = _printable(os.fspath(source))
    if name == "-":
        yield from _standard_input(stdin if stdin is not None else sys.stdin.buffer, given)
    elif re.match(r"[a-z][a-z0-9+.-]+:/", name, re.IGNORECASE) and not Path(source).exists():
        error = UnreadableInput(
            "URLs are not supported by this version", where=name, remedy="save the page as .html and give its path"
        )
        yield Failure(name, error)
    else:
        path = Path(source)
        try:
            is_folder = path.is_dir()
            path.stat()
        except (OSError, ValueError) as problem:
            yield _failed(name, problem)
            return
        yield from _folder(path, given) if is_folder else _single(path, given)


def _single(path: Path, given: Given) -> Iterator[Document | Failure]:
    if path.name == SIDE_FILE:
        error = BadMetadata(
            f"{SIDE_FILE} describes the articles beside it and is none itself",
            where=_printable(path), remedy="give its folder, or an article in it",
        )  # fmt: skip
        yield Failure(_printable(path), error)
        return
    side, failures = _side_file(path.parent)
    yield from failures
    yield from _file(path, _printable(path.name), given, side.entries.get(path.name, _NOTHING_BESIDE))


def _folder(root: Path, given: Given) -> Iterator[Document | Failure]:
    sides: dict[Path, SideFile] = {}
    any_article = False
    for folder, files, problems in _walk(root, set()):
        yield from problems
        sides[folder], failures = _side_file(folder)
        yield from failures
        where = _printable(folder / SIDE_FILE)
        for name in _missing(sides[folder], folder):
            yield Failure(where, BadMetadata(f"it names {_printable(name)!r}, which is not there", where=where))
        for path in files:
            any_article = True
            file = _printable(path.relative_to(root).as_posix())
            yield from _file(path, file, given, _beside(path, root, sides))
    if not any_article:
        suffixes = ", ".join(sorted(READABLE_SUFFIXES))
        error = UnreadableInput("no article in this folder", where=_printable(root), remedy=f"articles are {suffixes}")
        yield Failure(_printable(root), error)


def _missing(side: SideFile, folder: Path) -> list[str]:
    """The names in a side file that name no file."""
    return [name for name in side.entries if "\x00" in name or not os.path.lexists(folder / _encodable(name))]


def _beside(path: Path, root: Path, sides: dict[Path, SideFile]) -> _Beside:
    """What the side file in the article's folder, else in one above it up to `root`, says about the article."""
    for folder in path.parents:
        found = sides[folder].entries.get(path.relative_to(folder).as_posix())
        if found is not None:
            return found
        if folder == root:
            break
    return _NOTHING_BESIDE


def _walk(folder: Path, above: set[Path]) -> Iterator[tuple[Path, list[Path], list[Failure]]]:
    """Each folder with its articles and with what went wrong; links that lead back to a folder above are left out."""
    problems: list[Failure] = []
    files: list[Path] = []
    folders: list[Path] = []
    try:
        real = folder.resolve()
        entries = sorted(folder.iterdir())
    except (OSError, RuntimeError) as problem:
        yield folder, [], [_failed(_printable(folder), problem)]
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        try:
            if entry.is_dir():
                if entry.resolve() not in above | {real}:
                    folders.append(entry)
            elif entry.name != SIDE_FILE and entry.suffix.lower() in READABLE_SUFFIXES | UNREADABLE_ARTICLES:
                entry.stat()
                files.append(entry)
        except (OSError, RuntimeError) as problem:
            problems.append(_failed(_printable(entry), problem))
    yield folder, files, problems
    for inner in folders:
        yield from _walk(inner, above | {real})


def _side_file(folder: Path) -> tuple[SideFile, list[Failure]]:
    path = folder / SIDE_FILE
    where = _printable(path)
    try:
        if not path.is_file():
            return SideFile(), []
        side = read_side_file(_bytes(path), where)
    except (OSError, QuothError) as problem:
        return SideFile(), [_failed(where, problem)]
    return side, [Failure(where, problem) for problem in side.problems]


def _file(path: Path, file: str, given: Given, beside: _Beside) -> Iterator[Document | Failure]:
    where = _printable(path)
    try:
        if path.suffix.lower() in UNREADABLE_ARTICLES:
            raise UnreadableInput(
                f"{path.suffix.lower()} files are not supported by this version", where=where,
                remedy="save the article as .txt or .html",
            )  # fmt: skip
        data = _bytes(path)
    except (OSError, QuothError) as problem:
        yield _failed(where, problem)
        return
    yield from _documents(data, path.suffix.lower(), file, where, given, beside)


def _standard_input(stdin: BinaryIO, given: Given) -> Iterator[Document | Failure]:
    try:
        data = _limited(stdin.read(LARGEST_FILE + 1), "standard input")
    except (OSError, QuothError) as problem:
        yield _failed("standard input", problem)
        return
    yield from _documents(data, "", "-", "standard input", given, _NOTHING_BESIDE)


def _documents(
    data: bytes, suffix: str, file: str, where: str, given: Given, beside: _Beside
) -> Iterator[Document | Failure]:
    """The documents in a file's bytes; without a known suffix, its beginning shows what it is."""
    try:
        if suffix not in READABLE_SUFFIXES:
            suffix = _suffix_by_content(data, where)
        if suffix in TEXT_SUFFIXES:
            yield from_text(data, file, where, given=given, beside=beside)
        elif suffix in HTML_SUFFIXES:
            yield from_html(data, file, where, given=given, beside=beside)
        else:
            yield from _from_records(data, suffix, file, where, given, beside)
    except QuothError as problem:
        yield _failed(where, problem)


def _from_records(
    data: bytes, suffix: str, file: str, where: str, given: Given, beside: _Beside
) -> Iterator[Document | Failure]:
    text, notes = decode(data, where)
    for record in records(text, where, lines=suffix in (".jsonl", ".ndjson")):
        if not isinstance(record, Record):
            yield Failure(record.where or where, record)
            continue
        alone = record.number is None
        number = "" if alone else f"#{record.number}"
        try:
            yield from_record(
                record.fields, file + number, where + number, given=given, beside=beside,
                data=data if alone else None, notes=notes,
            )  # fmt: skip
        except QuothError as problem:
            yield _failed(where + number, problem)


def _suffix_by_content(data: bytes, where: str) -> str:
    text, _ = decode(data[:20_000], where)
    if looks_like_html(text):
        return ".html"
    first = text.lstrip()[:200]
    if re.match(r'\[\s*\{\s*"|\{\s*"', first):
        return ".json"
    return ".txt"


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return _limited(file.read(LARGEST_FILE + 1), _printable(path))


def _limited(data: bytes, where: str) -> bytes:
    if len(data) > LARGEST_FILE:
        limit = f"{LARGEST_FILE // 1_000_000} MB"
        raise UnreadableInput(f"it is larger than {limit}", where=where, remedy="split it into single articles")
    return data


def _failed(where: str, problem: Exception) -> Failure:
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


def _printable(path: str | Path) -> str:
    """A path's name, with bytes that are no UTF-8 shown as U+FFFD."""
    return _encodable(os.fspath(path)).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _encodable(name: str) -> str:
    """A name without the surrogates that no file name can hold."""
    return re.sub("[\ud800-\udc7f\udd00-\udfff]", "\ufffd", name)
