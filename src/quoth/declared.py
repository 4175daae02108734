"""The TOML files that a user writes beside a case, read so that whatever is wrong is told with its place."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from quoth.errors import QuothError
from quoth.names import fold


def tables(
    path: Path, name: str, fields: tuple[str, ...], error: type[QuothError], *, beside: tuple[str, ...] = ()
) -> Iterator[tuple[dict[str, Any], str]]:
    """The tables [[name]] of a file, which holds nothing else (but what is named `beside` them) and has these fields,
    each with where it stands.

    Raises `error` with the file, the table and the field.
    """
    where = str(path)
    plain = toml(path, error)
    unknown = sorted(plain.keys() - {name, *beside})
    an = f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
    if unknown:
        raise error(f"has no use for {unknown[0]!r}", where=where, remedy=f"{an} begins with [[{name}]]")
    found = plain.get(name, [])
    if not isinstance(found, list) or not all(isinstance(table, dict) for table in found):
        raise error(f"holds {an} in another form", where=where, remedy=f"begin each with [[{name}]]")
    for number, table in enumerate(found, 1):
        check_fields(table, fields, f"{where}, {name} {number}", error)
        yield table, f"{where}, {name} {number}"


def toml(path: Path, error: type[QuothError]) -> dict[str, Any]:
    """What the file holds.  Raises `error` with the file and what is wrong."""
    where = str(path)
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as problem:
        raise error(problem.strerror or "it cannot be read", where=where) from problem
    except UnicodeDecodeError as problem:
        raise error(f"is not UTF-8 at byte {problem.start}", where=where) from problem
    except tomllib.TOMLDecodeError as problem:
        raise error(f"is not TOML: {problem}", where=where) from problem


def check_fields(table: dict[str, Any], fields: tuple[str, ...], where: str, error: type[QuothError]) -> None:
    """Raises `error` on a field that a table may not have."""
    unknown = sorted(table.keys() - set(fields))
    if unknown:
        raise error(f"has no field {unknown[0]!r}", where=where, remedy=f"it may have {', '.join(fields)}")


def words(value: Any, field: str, where: str, error: type[QuothError]) -> str:
    """The words of a field, on one line.  Raises `error` when there are none."""
    found = " ".join(value.split()) if isinstance(value, str) else ""
    if not fold(found):
        raise error(f"{field} has no words: {value!r}", where=where)
    return found
