"""A dataset as bytes and rows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from quoth.model import Profile
from quoth.scaling.engines import Engine, Local
from quoth.scaling.run import Told, read
from quoth.scaling.shards import Work

WORK = Work(Profile.RULES)


def run(sources: Sequence[Path | str], out: Path | str, *, most: int = 3, engine: Engine | None = None) -> Told:
    return read([str(source) for source in sources], str(out), WORK, engine or Local(), most=most)


def manifest(out: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    return found


def keys(out: Path) -> list[str]:
    """Of the shards, in the manifest's order."""
    return [shard["key"] for shard in manifest(out)["shards"]]


def rows(out: Path, table: str) -> list[dict[str, Any]]:
    """Of all shards, in the manifest's order."""
    files = [out / table / f"{key}.parquet" for key in keys(out)]
    return [row for file in files if file.exists() for row in pq.read_table(file).to_pylist()]


def tables(out: Path) -> dict[str, bytes]:
    """Every table's bytes, and the manifest's."""
    found = [*out.glob("*/*.parquet"), out / "manifest.json"]
    return {file.relative_to(out).as_posix(): file.read_bytes() for file in found}
