"""Document → Statements.  One reader a language, behind one interface."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from quoth.errors import NoReader, QuothError
from quoth.model import DEFAULT_PROFILE, Document, Profile, Reading

LANGUAGES = ("en",)


class Reader(Protocol):
    """Reads documents of one language.  `name` is the reader's name and version, as kept in `Reading.reader`."""

    @property
    def name(self) -> str: ...

    def read(self, document: Document) -> Reading:
        """All statements of a document.  Raises QuothError when it cannot be read."""
        ...

    def read_all(self, documents: Iterable[Document]) -> Iterator[tuple[Document, Reading | QuothError]]:
        """Each document with its reading, in order; one that cannot be read comes with its error."""
        ...


def one_by_one(
    read: Callable[[Document], Reading], documents: Iterable[Document]
) -> Iterator[tuple[Document, Reading | QuothError]]:
    """`Reader.read_all` for a reader that gains nothing from several documents at once."""
    for document in documents:
        try:
            yield document, read(document)
        except QuothError as error:
            yield document, error


def profile_of(name: str) -> Profile:
    """The profile of a name.  Raises NoReader where there is none."""
    try:
        return Profile(name)
    except ValueError:
        names = ", ".join(profile.value for profile in Profile)
        raise NoReader(f"no profile is called {name!r}", remedy=f"one of: {names}") from None


def reader_for(language: str, profile: Profile = DEFAULT_PROFILE) -> Reader:
    """The reader of a language, by its ISO 639-1 code.  Raises NoReader where there is none, or where what the
    profile needs is not installed."""
    check_language(language)
    from quoth.read.english.reader import english_reader

    return english_reader(profile)


def check_language(language: str) -> None:
    """Raises NoReader where there is no reader of a language."""
    if language.split("-")[0].lower() in LANGUAGES:
        return
    raise NoReader(
        f"no reader for the language {language!r}",
        remedy=f"languages read so far: {', '.join(LANGUAGES)}; give --language if this one was mistaken",
    )
