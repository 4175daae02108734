"""Sources cut into shards: what one worker reads at a time, under a key that covers all that its tables depend on."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from quoth.acquire import (
    Article,
    Failure,
    Given,
    Part,
    Place,
    acquire_at,
    articles_in,
    cut,
    documents_of_part,
    holds_articles,
)
from quoth.errors import QuothError
from quoth.identity import content_id
from quoth.model import Document, Fetch, Profile, Remark
from quoth.outcomes import fault
from quoth.read import LANGUAGES, reader_for
from quoth.scaling.faults import BadPlace
from quoth.version import __version__

FORMAT = 1
"""Of the tables; another one makes other keys."""

ARTICLES = 500
"""In a shard, unless it is told otherwise: some minutes of one core."""


WHOLE = Part(articles=1)


@dataclass(frozen=True, slots=True)
class Piece:
    """What is read in one go: a part of a file (its bytes by their hash), a whole source of another kind, where there
    is no `article`, or what is wrong around the files."""

    article: Article | None = None
    part: Part = WHOLE
    sha256: str | None = None
    failure: Failure | None = None

    @property
    def plain(self) -> dict[str, Any]:
        """JSON-ready, with all that what is read there depends on."""
        if self.failure is not None:
            error = self.failure.error
            return {"failure": [self.failure.where, error.code, error.what]}
        if self.article is None:
            return {"sha256": self.sha256}
        known, notes = self.article.beside
        return {
            "file": self.article.file,
            "sha256": self.sha256,
            "part": dataclasses.asdict(self.part),
            "beside": [said(known), [dataclasses.asdict(note) for note in notes]],
        }


@dataclass(frozen=True)
class Work:
    """How all shards of a run are read."""

    profile: Profile
    given: Given = dataclasses.field(default_factory=Given)

    @cached_property
    def readers(self) -> dict[str, str]:
        """The name and version of the reader of each language.  Raises NoReader."""
        return {language: reader_for(language, self.profile).name for language in LANGUAGES}


@dataclass(frozen=True, slots=True)
class Shard:
    """Pieces of one source in their order; `number` is its place among the source's shards, from 1."""

    key: str
    source: Place
    number: int
    pieces: tuple[Piece, ...]

    @property
    def articles(self) -> int:
        return sum(piece.part.articles for piece in self.pieces)


def pieces_of(source: Place, most: int) -> tuple[Piece, ...]:
    """A source's pieces, none of more than `most` articles where its files can be cut.  Raises BadPlace."""
    if not holds_articles(source):
        return (Piece(sha256=_hash(Article(source, source.name))),)
    found: list[Piece] = []
    for article in articles_in(source):
        if isinstance(article, Failure):
            found.append(Piece(failure=article))
            continue
        try:
            whole = cut(article, most)
            found += [Piece(article, part, whole.sha256) for part in whole.parts]
        except OSError:  # it is told when the file is read
            found.append(Piece(article))
    return tuple(found)


def shards_of(source: Place, pieces: Iterable[Piece], most: int, work: Work) -> Iterator[Shard]:
    """Pieces put together to shards, in their order, until another one would make them too large."""
    some: list[Piece] = []
    articles = number = 0
    for piece in pieces:
        if some and articles + piece.part.articles > most:
            number += 1
            yield _shard(source, number, some, work)
            some, articles = [], 0
        some.append(piece)
        articles += piece.part.articles
    if some:
        yield _shard(source, number + 1, some, work)


def acquired(shard: Shard, given: Given) -> Iterator[Document | Failure | Fetch | Remark]:
    """What the pieces of a shard hold, in order; a piece that breaks off stops no other.

    Raises BadPlace where what was there when the shard was made can no longer be had: no matter of the articles.
    """
    for piece in shard.pieces:
        try:
            for found in _found(shard.source, piece, given):
                if isinstance(found, Document | Failure | Fetch | Remark):
                    yield found
        except BadPlace:
            raise
        except Exception as error:
            where = str(shard.source) if piece.article is None else str(piece.article.path)
            yield Failure(where, fault(error, "acquiring it"))


def said(given: Given) -> dict[str, Any]:
    """What is given, JSON-ready: only what there is."""
    plain = {field.name: getattr(given, field.name) for field in dataclasses.fields(given)}
    return {name: value if isinstance(value, tuple) else str(value) for name, value in plain.items() if value}


def _found(source: Place, piece: Piece, given: Given) -> Iterator[Any]:
    if piece.failure is not None:
        yield piece.failure
    elif piece.article is None:
        yield from acquire_at(source, given=given)
    else:
        if piece.sha256 is not None:
            _must_be_there(piece.article.path)
        yield from documents_of_part(piece.article, piece.part, given)


def _must_be_there(place: Place) -> None:
    try:
        place.stat()
    except OSError:
        what = "it was there when its shards were made, and is no longer"
        raise BadPlace(what, where=str(place), remedy="run the same command again") from None


def _shard(source: Place, number: int, pieces: list[Piece], work: Work) -> Shard:
    plain = [piece.plain for piece in pieces]
    key = content_id("shard", FORMAT, __version__, work.readers, said(work.given), str(source), plain)
    return Shard(key, source, number, tuple(pieces))


def _hash(article: Article) -> str | None:
    try:
        return cut(article, 1).sha256
    except BadPlace:
        raise
    except (OSError, ValueError, QuothError):
        return None
