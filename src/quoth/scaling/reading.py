"""One shard, read and written: its tables under temporary names, renamed when they are whole, its record last."""

from __future__ import annotations

import hashlib
import os
import platform
import resource
import time
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from quoth.acquire import Failure
from quoth.errors import QuothError, SpanMismatch
from quoth.evidence import BadEvidence, check_document, name_of
from quoth.ledger.readings import checked
from quoth.model import Document, Fetch, Profile, Reading
from quoth.outcomes import fault
from quoth.read import reader_for
from quoth.scaling.shards import FORMAT, Shard, Work, acquired, said
from quoth.scaling.store import UNFINISHED, Store
from quoth.scaling.tables import SCHEMAS, Row, document_row, failure_row, fetch_row, statement_row
from quoth.version import __version__

TOGETHER = 32
"""Documents read together: a parser is faster on many."""

GROUP = 256
"""Documents of a row group, at least; the statements of these are one row group of theirs."""

ALWAYS = ("documents", "statements")
"""The tables that every shard has; the others only where there is something in them."""


def read_shard(shard: Shard, out: str, work: Work) -> dict[str, Any]:
    """Read a shard and write it to the dataset at `out`; its record.  Raises QuothError where it cannot be written."""
    store = Store(out)
    by = f"{shard.key}-{platform.node()}-{os.getpid()}"
    store.write(f"{UNFINISHED}/{by}", b"")
    began = time.process_time()
    tables = _Tables()
    remarks: list[str] = []
    _fill(tables, remarks, shard, work)
    files: dict[str, dict[str, Any]] = {}
    for table, data in tables.closed().items():
        store.write(f"{UNFINISHED}/{by}.{table}", data)
        files[table] = {"rows": tables.rows[table], "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    for table in files:
        store.move(f"{UNFINISHED}/{by}.{table}", file_of(table, shard.key))
    record = {
        "format": FORMAT,
        "quoth": __version__,
        "key": shard.key,
        "source": str(shard.source),
        "number": shard.number,
        "readers": work.readers,
        "given": said(work.given),
        "pieces": [piece.plain for piece in shard.pieces],
        "files": files,
        "remarks": remarks,
        "measured": {
            "words": tables.words,
            "cpu_seconds": round(time.process_time() - began, 2),
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        },
    }
    store.write_json(record_of(shard.key), record, by)
    store.remove(f"{UNFINISHED}/{by}")
    return record


def file_of(table: str, key: str) -> str:
    return f"{table}/{key}.parquet"


def record_of(key: str) -> str:
    return f"shards/{key}.json"


class _Tables:
    """Rows as they come, written to memory in row groups; a compressed shard is some megabytes."""

    def __init__(self) -> None:
        self.rows = dict.fromkeys(SCHEMAS, 0)
        self.words = 0
        self._waiting: dict[str, list[Row]] = {table: [] for table in SCHEMAS}
        self._sinks = {table: pa.BufferOutputStream() for table in SCHEMAS}
        self._writers = {
            table: pq.ParquetWriter(self._sinks[table], schema, compression="zstd") for table, schema in SCHEMAS.items()
        }

    def add(self, table: str, *rows: Row) -> None:
        self._waiting[table] += rows
        self.rows[table] += len(rows)

    def flush(self, least: int) -> None:
        """Write what waits, where that is as much as `least` documents or anything else beside them."""
        if max(map(len, self._waiting.values())) and len(self._waiting["documents"]) >= least:
            for table, rows in self._waiting.items():
                if rows or table in ALWAYS:
                    made = pa.Table.from_pylist(rows, schema=SCHEMAS[table])
                    self._writers[table].write_table(made, row_group_size=max(1, len(rows)))
                    rows.clear()

    def closed(self) -> dict[str, bytes]:
        """The files: of every table that has rows, and of those that every shard has."""
        self.flush(0)
        for writer in self._writers.values():
            writer.close()
        wanted = [table for table in SCHEMAS if self.rows[table] or table in ALWAYS]
        return {table: self._sinks[table].getvalue().to_pybytes() for table in wanted}


def _fill(tables: _Tables, remarks: list[str], shard: Shard, work: Work) -> None:
    """All that a shard holds, as rows.  A document that it gives a second time is left out."""
    place = 0
    seen: set[str] = set()
    found_all = acquired(shard, work.given)
    while some := list(islice(found_all, TOGETHER)):
        fresh: dict[str, tuple[int, Document]] = {}
        for found in some:
            place += 1
            if isinstance(found, Document):
                if found.id not in seen:
                    seen.add(found.id)
                    fresh[found.id] = place, found
            elif isinstance(found, Failure):
                tables.add("failures", failure_row(place, found))
            elif isinstance(found, Fetch):
                tables.add("fetches", fetch_row(place, found))
            else:
                remarks.append(f"{found.where}: {found.message}")
        read = dict(_readings([document for _, document in fresh.values()], work.profile))
        for where_in_shard, document in fresh.values():
            _put(tables, where_in_shard, document, read[document.id])
        tables.flush(GROUP)


def _put(tables: _Tables, place: int, document: Document, result: Reading | QuothError) -> None:
    """A document's rows; without its reading where that has come apart from it, none where it cannot be kept."""
    where = name_of(document)
    try:
        check_document(document)
        unread = document_row(place, document, None, where)
    except (BadEvidence, SpanMismatch) as error:
        tables.add("failures", failure_row(place, Failure(where, error)))
        return
    tables.words += unread["words"]
    if isinstance(result, Reading):
        try:
            statements = checked(document, result)
            rows = [statement_row(place, n, document, s, where) for n, s in enumerate(statements, start=1)]
            tables.add("documents", document_row(place, document, result, where))
            tables.add("statements", *rows)
            return
        except (BadEvidence, SpanMismatch) as error:
            result = error
    tables.add("documents", unread)
    tables.add("failures", failure_row(place, Failure(where, result), document.id))


def _readings(documents: list[Document], profile: Profile) -> Iterator[tuple[str, Reading | QuothError]]:
    """Each document's reading or error by its id, those of one language together."""
    for language in dict.fromkeys(document.language for document in documents):
        waiting = {document.id: document for document in documents if document.language == language}
        try:
            reader = reader_for(language, profile)
        except Exception as error:
            problem = fault(error, f"loading the reader of {language!r}")
            yield from ((id, problem) for id in waiting)
            continue
        try:
            for document, result in reader.read_all(list(waiting.values())):
                del waiting[document.id]
                yield document.id, result
        except Exception:  # the reader broke off: on which document shows below, where the rest go one by one
            pass
        for document in waiting.values():
            try:
                yield document.id, reader.read(document)
            except Exception as error:
                yield document.id, fault(error, f"reading it ({reader.name})")
