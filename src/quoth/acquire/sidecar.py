"""The side file `documents.json`: what is known about the articles beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from quoth.acquire.decoding import decode
from quoth.acquire.metadata import Given, from_mapping
from quoth.acquire.records import parse
from quoth.errors import BadMetadata, UnreadableInput
from quoth.model import Note

SIDE_FILE = "documents.json"
_REMEDY = (
    f'{SIDE_FILE} is a list of {{"file": "…", "outlet": "…", "published": "2025-05-28", …}}; '
    "the articles were read without it"
)


@dataclass(frozen=True, slots=True)
class SideFile:
    """Metadata and notes by file name, relative to the side file's folder; `problems` are what was wrong with it."""

    entries: dict[str, tuple[Given, tuple[Note, ...]]] = field(default_factory=dict)
    problems: tuple[BadMetadata, ...] = ()


def read_side_file(data: bytes, where: str) -> SideFile:
    """Read a side file; whatever does not fit is told in `problems`, and the rest is used."""
    try:
        value = parse(decode(data, where)[0])
    except UnreadableInput as problem:
        return SideFile(problems=(BadMetadata(problem.what, where=where, remedy=_REMEDY),))
    if not isinstance(value, list):
        return SideFile(problems=(BadMetadata("a list was expected", where=where, remedy=_REMEDY),))
    entries: dict[str, tuple[Given, tuple[Note, ...]]] = {}
    wrong: list[str] = []
    for number, item in enumerate(value, start=1):
        name = item.get("file") if isinstance(item, dict) else None
        if not isinstance(name, str) or not name:
            wrong.append(f"entry {number} names no file")
        elif name in entries:
            wrong.append(f"entry {number} names {name!r} again")
        else:
            entries[name] = from_mapping({key: item[key] for key in item if key != "file"}, Path(where).name)
    problems = (BadMetadata("; ".join(wrong[:10]), where=where, remedy="give each article one entry"),) if wrong else ()
    return SideFile(entries, problems)
