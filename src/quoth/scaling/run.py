"""A whole run: sources planned, shards that are there passed over, the others read, and the manifest of all."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from functools import partial
from typing import Any

from quoth.acquire import Place
from quoth.errors import QuothError
from quoth.scaling.engines import Engine
from quoth.scaling.faults import BadDataset, BadPlace
from quoth.scaling.places import from_anywhere, places_of
from quoth.scaling.reading import file_of, read_shard, record_of
from quoth.scaling.shards import ARTICLES, FORMAT, Shard, Work, pieces_of, shards_of
from quoth.scaling.store import UNFINISHED, Store
from quoth.scaling.tables import SCHEMAS
from quoth.version import __version__

MANIFEST = "manifest.json"
ABOUT = b"What is being written. When nobody reads into this dataset, it may be removed.\n"
SUPERSEDED = "superseded"
"""The folder of shards that others have taken the place of: their source or their reader is another one now."""


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a run: shards by what became of them, rows of all that it was about, and what is missing."""

    read: int
    there: int
    superseded: int
    rows: dict[str, int]
    missing: tuple[tuple[str, QuothError], ...]
    remarks: tuple[str, ...]


def read(
    sources: Sequence[str],
    out: str,
    work: Work,
    engine: Engine,
    *,
    most: int = ARTICLES,
    progress: Callable[[int, int], None] | None = None,
) -> Told:
    """Read sources, paths or addresses, to the dataset at `out`.  `progress`: how many of how many shards are done.

    What another run finished there is not read again.  Shards of the same sources that this run does not have are put
    aside.  Raises QuothError where the dataset cannot be written.
    """
    out, sources = from_anywhere(out), [from_anywhere(source) for source in sources]
    store = Store(out)
    store.write(f"{UNFINISHED}/about", ABOUT)
    work.readers  # noqa: B018 - raises NoReader here, and not in a worker
    places, missing = _named(sources)
    shards, unplanned = _planned(places, engine, most, work)
    missing += unplanned
    records = _finished(store, shards)
    there = len(records)
    left = [shard for shard in shards if shard.key not in records]
    for shard, result in engine.each(partial(read_shard, out=out, work=work), left):
        if isinstance(result, QuothError):
            missing.append((f"{shard.source}, shard {shard.number}", result))
        else:
            records[shard.key] = result
        if progress is not None:
            progress(len(records) + len(missing), len(shards))
    ordered = [records[shard.key] for shard in shards if shard.key in records]
    superseded = _written(store, {str(place) for place in places}, ordered, missing)
    rows = {table: sum(r["files"].get(table, {}).get("rows", 0) for r in ordered) for table in SCHEMAS}
    remarks = tuple(remark for record in ordered for remark in record["remarks"])
    return Told(len(records) - there, there, superseded, rows, tuple(missing), remarks)


def manifest_at(store: Store) -> dict[str, Any]:
    """The manifest of a dataset.  Raises BadDataset where there is none, or one of another time."""
    where = f"{store.where}/{MANIFEST}"
    if not store.sizes(MANIFEST):
        raise BadDataset("there is no such file: it is written when a reading ends", where=where, remedy="quoth read")
    found = store.read_json(MANIFEST)
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise BadDataset("this is not a manifest that this version of Quoth reads", where=where)
    return found


def _named(sources: Sequence[str]) -> tuple[list[Place], list[tuple[str, QuothError]]]:
    """What the sources name, each place once, and those that name none."""
    places: dict[str, Place] = {}
    missing: list[tuple[str, QuothError]] = []
    for source in sources:
        try:
            places.update((str(place), place) for place in places_of(source) if str(place) not in places)
        except BadPlace as error:
            missing.append((error.where or "", error))
    return list(places.values()), missing


def _planned(
    places: Sequence[Place], engine: Engine, most: int, work: Work
) -> tuple[list[Shard], list[tuple[str, QuothError]]]:
    """The shards of all places in their order, and what could not be planned."""
    planned = dict(engine.each(partial(pieces_of, most=most), places))
    shards: list[Shard] = []
    missing: list[tuple[str, QuothError]] = []
    for place in places:
        pieces = planned[place]
        if isinstance(pieces, QuothError):
            missing.append((str(place), pieces))
        else:
            shards += shards_of(place, pieces, most, work)
    return shards, missing


def _finished(store: Store, shards: Sequence[Shard]) -> dict[str, dict[str, Any]]:
    """The records of those that lie there whole, by their keys.  Asks for each folder once, however many there are."""
    sizes = {name: size for folder in ("shards", *SCHEMAS) for name, size in store.listed(folder).items()}
    told = {record["key"]: record for record in manifest_at(store)["shards"]} if store.sizes(MANIFEST) else {}
    found: dict[str, dict[str, Any]] = {}
    for key in (shard.key for shard in shards if record_of(shard.key) in sizes):
        record = told.get(key) or store.read_json(record_of(key))
        if all(sizes.get(file_of(table, key)) == file["bytes"] for table, file in record["files"].items()):
            found[key] = record
    return found


def _written(
    store: Store, sources: Set[str], records: list[dict[str, Any]], missing: Sequence[tuple[str, QuothError]]
) -> int:
    """Write the manifest, and put aside what it no longer lists; how many shards these are.

    Shards of sources that this run is not about stay listed as they were.
    """
    before = manifest_at(store)["shards"] if store.sizes(MANIFEST) else []
    own = ("pieces", "measured")
    kept = [record for record in before if record["source"] not in sources]
    listed = [{name: value for name, value in record.items() if name not in own} for record in records]
    shards = [*kept, *listed]
    manifest = {
        "format": FORMAT,
        "quoth": __version__,
        "shards": shards,
        "missing": [{"where": where, "code": error.code, "message": error.what} for where, error in missing],
    }
    store.write_json(MANIFEST, manifest, "manifest")
    keys = {record["key"] for record in shards}
    old = _old(store, keys, sources)
    for record in old:
        for table in record["files"]:
            name = file_of(table, record["key"])
            if store.sizes(name):
                store.move(name, f"{SUPERSEDED}/{name}")
        store.move(record_of(record["key"]), f"{SUPERSEDED}/{record_of(record['key'])}")
    if not missing:
        for name in store.listed(UNFINISHED):
            if any(record["key"] in name for record in records):
                store.remove(name)
    return len(old)


def _old(store: Store, keys: set[str], sources: Set[str]) -> list[dict[str, Any]]:
    """The records of shards of these sources that are not among the keys."""
    names = {record_of(key) for key in keys}
    records = [store.read_json(name) for name in store.listed("shards") if name not in names]
    return [record for record in records if record["source"] in sources]
