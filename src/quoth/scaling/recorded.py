"""A dataset as a source of documents with their readings, for a case to take in as it takes in all that it reads."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from quoth.acquire import Failure
from quoth.errors import NoReader, QuothError
from quoth.identity import content_id
from quoth.ledger.rows import sha256_of
from quoth.model import Document, Fetch, Reading, Remark
from quoth.read import one_by_one
from quoth.scaling.faults import BadDataset
from quoth.scaling.reading import file_of
from quoth.scaling.run import manifest_at
from quoth.scaling.store import Store
from quoth.scaling.tables import SCHEMAS, document_from, fetch_from, reading_from

REMEMBERED = 1_024
"""Documents whose readings are at hand when they are asked for: more than a case reads together."""

Rows = list[dict[str, Any]]


class RecordedFailure(QuothError):
    """What went wrong when the dataset was made, with the code that it had there."""

    code = "Q744"

    def __init__(self, code: str, what: str, where: str) -> None:
        super().__init__(what, where=where)
        self.code = code


class Recorded:
    """The shards of a dataset that one set of readers read; `sources` are their keys, in the manifest's order.

    Given to `quoth.adding.Adding`: `acquire` as what acquires, `reader_for` as what finds readers.
    """

    def __init__(self, store: Store, shards: Iterable[Mapping[str, Any]]) -> None:
        self._store = store
        self._shards = {shard["key"]: shard for shard in shards}
        self._unread: dict[str, QuothError] = {}
        self._held: dict[str, tuple[dict[str, Any], Rows, QuothError | None]] = {}

    @property
    def sources(self) -> tuple[str, ...]:
        return tuple(self._shards)

    def acquire(self, source: str, **_: object) -> Iterator[Document | Failure | Fetch | Remark]:
        """What a shard was made of, in the order in which that came.  Raises BadDataset."""
        shard = self._shards[source]
        tables = {name: self._table(name, shard) for name in shard["files"]}
        others = sorted(
            (row["place"], name, row)
            for name in ("failures", "fetches")
            if name in tables
            for row in tables[name].read().to_pylist()
        )
        errors = {row["document_id"]: row for _, name, row in others if name == "failures" and row["document_id"]}
        told = iter([one for one in others if one[1] == "fetches" or not one[2]["document_id"]])
        waiting = next(told, None)
        for row, statements in _rows(tables["documents"], tables["statements"]):
            while waiting is not None and waiting[0] < row["place"]:
                yield _told(waiting[1], waiting[2])
                waiting = next(told, None)
            yield self._document(row, statements, errors.get(row["id"]), shard["readers"])
        while waiting is not None:
            yield _told(waiting[1], waiting[2])
            waiting = next(told, None)

    def reader_for(self, language: str) -> RecordedReader:
        """What gives the readings that are written down, under the name of the reader that made them.

        Raises the error that there was where a language had none.
        """
        readers = next(iter(self._shards.values()))["readers"]
        name = readers.get(language.split("-")[0].lower())
        if name is None:
            raise self._unread.get(language) or NoReader(f"the dataset has no reader for the language {language!r}")
        return RecordedReader(name, self)

    def reading(self, document: Document) -> Reading:
        """As it is written down.  Raises the error that there was instead, or BadDataset where there is neither."""
        where = document.file or document.id
        if document.id not in self._held:
            raise BadDataset("the dataset holds no reading of this document as the case has it", where=where)
        row, statements, error = self._held.pop(document.id)
        if error is not None:
            raise error
        try:
            return reading_from(row, statements)
        except ValueError as problem:
            raise BadDataset(f"its statements do not fit ({_first_line(problem)})", where=where) from None

    def _document(
        self, row: dict[str, Any], statements: Rows, failed: Mapping[str, Any] | None, readers: Mapping[str, str]
    ) -> Document | Failure:
        where = row["file"] or row["url"] or row["id"]
        try:
            document = document_from(row)
        except ValueError as problem:
            return Failure(where, BadDataset(f"a document does not fit ({_first_line(problem)})", where=where))
        right = content_id("document", document.sha256, document.outlet, document.url)
        if (document.id, row["id"], row["text_sha256"]) != (right, right, sha256_of(document.text)):
            return Failure(where, BadDataset("a document's id or hash is not that of what it says", where=where))
        error: QuothError | None = None
        if failed is not None:
            error = RecordedFailure(failed["code"], failed["message"], failed["where"])
            self._unread[document.language] = error
        elif row["reader"] not in readers.values() or row["statements"] != len(statements):
            error = BadDataset("a reading is not whole, or of another reader than its shard says", where=where)
        self._held[document.id] = {name: row[name] for name in ("id", "reader", "reading_notes")}, statements, error
        while len(self._held) > REMEMBERED:
            del self._held[next(iter(self._held))]
        return document

    def _table(self, name: str, shard: Mapping[str, Any]) -> pq.ParquetFile:
        """A shard's table, its bytes being those that were written.  Raises BadDataset."""
        file = file_of(name, shard["key"])
        where = f"{self._store.where}/{file}"
        if not self._store.sizes(file):
            raise BadDataset("there is no such file", where=where, remedy="run the same `quoth read` again")
        data = self._store.read(file)
        if hashlib.sha256(data).hexdigest() != shard["files"][name]["sha256"]:
            raise BadDataset("it does not have the hash that was recorded", where=where, remedy="remove and read again")
        try:
            opened = pq.ParquetFile(pa.BufferReader(data))
        except pa.ArrowException as problem:
            raise BadDataset(f"this is no Parquet file ({_first_line(problem)})", where=where) from None
        if opened.schema_arrow.names != SCHEMAS[name].names:
            raise BadDataset("its columns are not those of this version", where=where, remedy="read it again")
        return opened


class RecordedReader:
    """See `quoth.read.Reader`."""

    def __init__(self, name: str, recorded: Recorded) -> None:
        self.name = name
        self._recorded = recorded

    def read(self, document: Document) -> Reading:
        return self._recorded.reading(document)

    def read_all(self, documents: Iterable[Document]) -> Iterator[tuple[Document, Reading | QuothError]]:
        return one_by_one(self.read, documents)


def recordings(folder: str) -> tuple[Recorded, ...]:
    """The dataset in a folder or at an address, the shards of one set of readers together.  Raises QuothError."""
    store = Store(folder)
    groups: dict[tuple[tuple[str, str], ...], list[Mapping[str, Any]]] = {}
    for shard in manifest_at(store)["shards"]:
        groups.setdefault(tuple(sorted(shard["readers"].items())), []).append(shard)
    return tuple(Recorded(store, shards) for shards in groups.values())


def _rows(documents: pq.ParquetFile, statements: pq.ParquetFile) -> Iterator[tuple[dict[str, Any], Rows]]:
    """Each document with its statements, a row group at a time."""
    for number in range(documents.num_row_groups):
        of_place: dict[int, Rows] = {}
        for row in statements.read_row_group(number, columns=["place", "payload"]).to_pylist():
            of_place.setdefault(row["place"], []).append(row)
        for row in documents.read_row_group(number).to_pylist():
            yield row, of_place.get(row["place"], [])


def _told(table: str, row: Mapping[str, Any]) -> Failure | Fetch:
    if table == "fetches":
        return fetch_from(row)
    return Failure(row["where"], RecordedFailure(row["code"], row["message"], row["where"]))


def _first_line(problem: Exception) -> str:
    return (str(problem).splitlines() or [type(problem).__name__])[0]
