"""Readings that are kept, so that no document is read twice by the same reader, in whichever case it stands."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from quoth.errors import QuothError
from quoth.model import Document, Reading, from_json, to_json
from quoth.read import Reader
from quoth.read.store import Store
from quoth.read.workers import Meanwhile, nothing, read_meanwhile
from quoth.sweeping import unswept

FILE_NAME = "readings.sqlite"
TOGETHER = 256
"""Documents that are looked up together."""


def store_of_user(wanted: bool = True) -> Store | None:
    """The file in the user's cache directory, or in the one that QUOTH_CACHE names; None where that says "off", where
    there is no such directory, or where it is not `wanted`."""
    from quoth.read.gazetteer import GazetteerError, cache_directory

    given = os.environ.get("QUOTH_CACHE", "")
    if not wanted or given == "off":
        return None
    try:
        return Store((Path(given) if given else cache_directory()) / FILE_NAME)
    except GazetteerError:  # no home directory
        return None


class KeptReader:
    """A reader that gives what it read before.

    `load` makes the reader itself, when there is a document that it has not read; `identity` is a hash of all that its
    readings depend on besides the document, so that nothing outlives a change.
    """

    def __init__(self, name: str, load: Callable[[], Reader], identity: str, store: Store) -> None:
        self._name = name
        self._load = load
        self._identity = identity
        self._store = store
        self._reader: Reader | None = None

    @property
    def name(self) -> str:
        return self._name

    def read(self, document: Document) -> Reading:
        """As the reader itself would.  Raises QuothError when it cannot be read."""
        [(_, reading)] = self.read_all([document])
        if isinstance(reading, QuothError):
            raise reading
        return reading

    def read_all(self, documents: Iterable[Document]) -> Iterator[tuple[Document, Reading | QuothError]]:
        """Each document with its reading, in order; errors are not kept."""
        return self.read_meanwhile(documents, nothing)

    def read_meanwhile(
        self, documents: Iterable[Document], meanwhile: Meanwhile
    ) -> Iterator[tuple[Document, Reading | QuothError]]:
        """As `read_all`; see `quoth.read.workers.Waiting`."""
        stream = iter(documents)
        while some := list(islice(stream, TOGETHER)):
            yield from self._read_some(some, meanwhile)

    def _read_some(
        self, documents: list[Document], meanwhile: Meanwhile
    ) -> Iterator[tuple[Document, Reading | QuothError]]:
        keys = [self._key(document) for document in documents]
        kept = self._store.get(keys)
        each = zip(documents, keys, strict=True)
        with unswept():
            known = {key: reading for document, key in each if (reading := self._kept(document, kept, key))}
        read: dict[bytes, bytes] = {}
        missing = [document for document, key in zip(documents, keys, strict=True) if key not in known]
        anew = iter(read_meanwhile(self._loaded(), missing, meanwhile) if missing else ())
        try:
            for document, key in zip(documents, keys, strict=True):
                if key in known:
                    yield document, known[key]
                    continue
                _, result = next(anew)
                if isinstance(result, Reading):
                    read[key] = to_json(result)
                yield document, result
        finally:
            self._store.put(read)

    def _kept(self, document: Document, kept: dict[bytes, bytes], key: bytes) -> Reading | None:
        try:
            reading = from_json(Reading, kept[key]) if key in kept else None
        except ValueError:  # not what this Quoth writes
            return None
        fits = reading is not None and (reading.document_id, reading.reader) == (document.id, self.name)
        return reading if fits else None

    def _key(self, document: Document) -> bytes:
        digest = hashlib.sha256(f"reading\0{self.name}\0{self._identity}\0".encode())
        digest.update(to_json(document))
        return digest.digest()

    def close(self) -> None:
        """End what the reader and the store hold, until there is something to read again."""
        self._store.close()
        if (close := getattr(self._reader, "close", None)) is not None:
            close()

    def _loaded(self) -> Reader:
        if self._reader is None:
            self._reader = self._load()
        return self._reader
