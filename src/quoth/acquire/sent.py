"""Files that somebody sent, each under the name that it had there; that name is told, and is no path here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quoth.acquire.bundles import documents_from, suffix_of
from quoth.acquire.contents import NOTHING_BESIDE, NOTHING_GIVEN, Failure, documents_in, failed, whole
from quoth.acquire.decoding import decode
from quoth.acquire.files import PACKED, UNREADABLE_ARTICLES, acquire
from quoth.acquire.metadata import Given
from quoth.acquire.shelf import NO_SHELF, Shelf
from quoth.acquire.sidecar import SIDE_FILE, SideFile, read_side_file
from quoth.acquire.tables import TABLE_SUFFIXES, read_table
from quoth.acquire.web import Found, Web
from quoth.errors import BadListing, QuothError, UnreadableInput


@dataclass(frozen=True, slots=True)
class Sent:
    """Where the bytes lie, and what the sender calls them."""

    path: Path
    name: str


def acquiring(sent: Sequence[Sent]) -> Callable[..., Iterator[Found]]:
    """As `quoth.acquire.acquire` for addresses; of paths, those of files that were `sent`, and no others.

    A `documents.json` among them says what is known of the others.
    """
    side = next((one for one in sent if one.name == SIDE_FILE), None)
    names = {str(one.path): one.name for one in sent}
    beside = _Beside(side)

    def one(source: Any, *, web: Web | None = None, **options: Any) -> Iterator[Found]:
        if isinstance(source, tuple):
            yield from acquire(source, web=web, **options)
        elif str(source) not in names:
            raise UnreadableInput("no file of that name was sent", where=Path(source).name)
        else:
            yield from _of_file(Path(source), names[str(source)], beside, web=web, **options)

    return one


class _Beside:
    """The side file, read when it is first asked for; what is wrong with it is told where it stands among the files."""

    def __init__(self, sent: Sent | None) -> None:
        self._sent = sent
        self._read: tuple[SideFile, list[Failure]] | None = None

    def read(self) -> tuple[SideFile, list[Failure]]:
        if self._read is None:
            self._read = self._of(self._sent) if self._sent is not None else (SideFile(), [])
        return self._read

    def _of(self, sent: Sent) -> tuple[SideFile, list[Failure]]:
        try:
            with sent.path.open("rb") as file:
                side = read_side_file(whole(file, sent.name), sent.name)
        except (OSError, QuothError) as problem:
            return SideFile(), [failed(sent.name, problem)]
        return side, [Failure(sent.name, problem) for problem in side.problems]


def _of_file(
    path: Path, name: str, beside: _Beside, *, given: Given = NOTHING_GIVEN, shelf: Shelf = NO_SHELF,
    web: Web | None = None, stdin: object = None,
) -> Iterator[Found]:  # fmt: skip
    side, failures = beside.read()
    if name == SIDE_FILE:
        yield from failures
        return
    suffix = suffix_of(name)
    try:
        if suffix in UNREADABLE_ARTICLES:
            packed = suffix in PACKED
            remedy = "unpack it, and send what is in it" if packed else "save the article as .txt, .html or .pdf"
            raise UnreadableInput(f"{suffix} files are not read", where=name, remedy=remedy)
        with path.open("rb") as file:
            if suffix in TABLE_SUFFIXES:
                yield from _of_table(whole(file, name), suffix, name, given, shelf)
            else:
                known = side.entries.get(name, NOTHING_BESIDE)
                yield from documents_from(file, suffix, name, name, given, known, shelf)
    except (OSError, QuothError) as problem:
        yield failed(name, problem)


def _of_table(data: bytes, suffix: str, name: str, given: Given, shelf: Shelf) -> Iterator[Found]:
    table = read_table(decode(data, name)[0], name)
    if not table.holds_articles:
        what = f"a table of {len(table.lines)} addresses and no articles"
        raise BadListing(what, where=name, remedy="paste the addresses themselves, or use quoth add --fetch")
    yield from documents_in(data, suffix, name, name, given, NOTHING_BESIDE, shelf)
