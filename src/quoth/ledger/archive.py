"""The originals: the bytes that documents were made of, as they came, each under its SHA-256.

In a folder they are files that `sha256sum` checks: `ab/abcdef…`.  Nothing in it is followed that leads out of it.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

from quoth.errors import LedgerError
from quoth.ledger.store import Problem, ProblemKind

SUFFIX = "-originals"
"""What the folder is called, after the case file's name."""

_HASH = re.compile(r"[0-9a-f]{64}")
_UNFINISHED = re.compile(r"\.[0-9a-f]{64}\.[0-9a-f]{16}")
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_WRITE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_PIECE = 1 << 20
"""Bytes read at a time where a file is only hashed."""


class Archive(Protocol):
    """Bytes by their SHA-256 in hex.  Every method but `problems` raises LedgerError when it cannot read or write."""

    def keep(self, data: bytes) -> str: ...

    def kept(self, sha256: str) -> bytes | None: ...

    def hashes(self) -> Iterator[str]:
        """Of all that is there, in order."""
        ...

    def problems(self) -> Iterator[Problem]: ...


class MemoryArchive:
    """The originals of a case that nobody keeps."""

    def __init__(self) -> None:
        self._by_hash: dict[str, bytes] = {}

    def keep(self, data: bytes) -> str:
        sha256 = hashlib.sha256(data).hexdigest()
        self._by_hash.setdefault(sha256, data)
        return sha256

    def kept(self, sha256: str) -> bytes | None:
        return self._by_hash.get(sha256)

    def hashes(self) -> Iterator[str]:
        return iter(sorted(self._by_hash))

    def problems(self) -> Iterator[Problem]:
        return iter(())


class FolderArchive:
    """The originals of a case in a folder beside its file, which is made with the first of them."""

    def __init__(self, case: Path) -> None:
        self._case = case
        self._folder = case.with_name(case.name + SUFFIX)

    def keep(self, data: bytes) -> str:
        """A file is written whole under a name of its own, and then takes its place: a killed run leaves no half."""
        sha256 = hashlib.sha256(data).hexdigest()
        try:
            self._make()
            with _opened(self._folder, _FOLDER) as root:
                with suppress(FileExistsError):
                    os.mkdir(sha256[:2], dir_fd=root)
                with _opened(sha256[:2], _FOLDER, root) as folder:
                    if not _is_file(sha256, folder):
                        _write(data, sha256, folder)
        except OSError as error:
            raise self._refused(sha256, "written", error) from error
        return sha256

    def _make(self) -> None:
        """The folder, open to as few as the case file is."""
        if not os.path.lexists(self._folder):
            reading = self._case.stat().st_mode & 0o077
            self._folder.mkdir(0o700 | reading | (reading & 0o044) >> 2, exist_ok=True)

    def kept(self, sha256: str) -> bytes | None:
        """None where it is not there; what is there under another name or in another place is not it.

        Raises LedgerError where the bytes there do not have that hash.
        """
        if not _HASH.fullmatch(sha256):
            return None
        try:
            with (
                _opened(self._folder, _FOLDER) as root,
                _opened(sha256[:2], _FOLDER, root) as folder,
                _opened_file(sha256, folder) as file,
            ):
                data = b"".join(_pieces(file))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._refused(sha256, "read", error) from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise LedgerError("the bytes do not have that hash", where=self._where(sha256), remedy="run verify")
        return data

    def hashes(self) -> Iterator[str]:
        if not os.path.lexists(self._folder):
            return
        try:
            with _opened(self._folder, _FOLDER) as root:
                for beginning in filter(re.compile("[0-9a-f]{2}").fullmatch, _names(root)):
                    with _opened(beginning, _FOLDER, root) as folder:
                        yield from filter(_HASH.fullmatch, _names(folder))
        except OSError as error:
            what = f"cannot be looked into: {error.strerror}"
            raise LedgerError(what, where=str(self._folder), remedy="run verify") from error

    def problems(self) -> Iterator[Problem]:
        """Files whose bytes are not what their names say, and what else is in the folder; nothing is touched."""
        if not os.path.lexists(self._folder):
            return
        try:
            with _opened(self._folder, _FOLDER) as root:
                for name in _names(root):
                    yield from self._problems_in(name, root)
        except OSError as error:
            yield self._problem("", f"cannot be looked into: {error.strerror}")

    def _problems_in(self, name: str, root: int) -> Iterator[Problem]:
        if not re.fullmatch("[0-9a-f]{2}", name):
            yield self._problem(name, "is no original: it was put there by somebody else")
            return
        try:
            with _opened(name, _FOLDER, root) as folder:
                for file_name in _names(folder):
                    what = None if _UNFINISHED.fullmatch(file_name) else _wrong(file_name, name, folder)
                    if what is not None:
                        yield self._problem(f"{name}/{file_name}", what)
        except OSError as error:
            yield self._problem(name, f"cannot be looked into: {error.strerror}")

    def _problem(self, name: str, what: str) -> Problem:
        shown = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        where = f"{self._folder.name}/{shown}".rstrip("/")
        return Problem(kind=ProblemKind.ORIGINAL, where=f"originals {where}", what=what)

    def _where(self, sha256: str) -> str:
        return str(self._folder / sha256[:2] / sha256)

    def _refused(self, sha256: str, what: str, error: OSError) -> LedgerError:
        return LedgerError(
            f"this original cannot be {what}: {error.strerror or error}",
            where=self._where(sha256),
            remedy="check the folder of originals beside the case, and the room on the disk",
        )


@contextmanager
def _opened(name: str | Path, flags: int, within: int | None = None) -> Iterator[int]:
    opened = os.open(name, flags, dir_fd=within)
    try:
        yield opened
    finally:
        os.close(opened)


def _names(folder: int) -> list[str]:
    with os.scandir(folder) as entries:
        return sorted(entry.name for entry in entries)


@contextmanager
def _opened_file(name: str, folder: int) -> Iterator[int]:
    """A regular file; OSError on a link, a folder, a pipe or a device."""
    with _opened(name, _READ, folder) as file:
        if not stat.S_ISREG(os.fstat(file).st_mode):
            raise OSError(0, "it is not a regular file")
        yield file


def _pieces(file: int) -> Iterator[bytes]:
    while piece := os.read(file, _PIECE):
        yield piece


def _is_file(name: str, folder: int) -> bool:
    """False where there is nothing, or a link, in whose place a file may be put."""
    try:
        there = os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode
    except FileNotFoundError:
        return False
    return stat.S_ISREG(there)


def _write(data: bytes, name: str, folder: int) -> None:
    unfinished = f".{name}.{secrets.token_hex(8)}"
    with _opened_new(unfinished, folder) as file:
        left = memoryview(data)
        while left:
            left = left[os.write(file, left) :]
        os.fsync(file)
        os.rename(unfinished, name, src_dir_fd=folder, dst_dir_fd=folder)


@contextmanager
def _opened_new(name: str, folder: int) -> Iterator[int]:
    """A new file to write, which is taken away again when that fails."""
    file = os.open(name, _WRITE, 0o666, dir_fd=folder)
    try:
        yield file
    except BaseException:
        os.unlink(name, dir_fd=folder)
        raise
    finally:
        os.close(file)


def _wrong(name: str, beginning: str, folder: int) -> str | None:
    """What is wrong with an entry of the folder of hashes that begin so; None where it is an original."""
    if not _HASH.fullmatch(name):
        return "is no original: its name is no hash"
    if not name.startswith(beginning):
        return "is in the wrong folder: its name begins otherwise"
    found = hashlib.sha256()
    try:
        with _opened_file(name, folder) as file:
            for piece in _pieces(file):
                found.update(piece)
    except OSError as error:
        return f"cannot be read as a file: {error.strerror}"
    return None if found.hexdigest() == name else f"its bytes have another hash: {found.hexdigest()}"
