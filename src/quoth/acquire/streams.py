"""Bytes in pieces: what lies packed by gzip, what has been looked at already, what cannot be sought in."""

from __future__ import annotations

import gzip
import hashlib
import io
import shutil
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from quoth.errors import UnreadableInput

PIECE = 1 << 16


def unzipped(file: BinaryIO, where: str) -> BinaryIO:
    """What a gzip file unpacks to, in pieces.  Reading raises UnreadableInput where it is damaged or breaks off."""
    return io.BufferedReader(_Unzipped(file, where), PIECE)


class _Unzipped(io.RawIOBase):
    def __init__(self, file: BinaryIO, where: str) -> None:
        self._gzip = gzip.GzipFile(fileobj=file, mode="rb")
        self._where = where

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            piece = self._gzip.read1(len(buffer))
        except EOFError:
            raise self._problem("its compressed bytes break off") from None
        except (gzip.BadGzipFile, zlib.error):
            raise self._problem("its compressed bytes are damaged") from None
        buffer[: len(piece)] = piece
        return len(piece)

    def _problem(self, what: str) -> UnreadableInput:
        return UnreadableInput(what, where=self._where, remedy="fetch or copy the file again")


def looked_at(file: BinaryIO, length: int) -> tuple[bytes, BinaryIO]:
    """The first `length` bytes, or all that there are, and the whole file once more from its beginning."""
    head = file.read(length)
    return head, io.BufferedReader(_Joined(head, file), PIECE)


class _Joined(io.RawIOBase):
    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = memoryview(head)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self._head:
            size = min(len(buffer), len(self._head))
            buffer[:size] = self._head[:size]
            self._head = self._head[size:]
            return size
        piece = self._rest.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)


class Hashed(io.RawIOBase):
    """A file that can be sought in, each of whose bytes is hashed when it is first read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._hash = hashlib.sha256()
        self._end = 0
        """How far it is hashed."""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        position = self._file.tell()
        if position > self._end:
            self._file.seek(self._end)
            while self._end < position and self._take(min(PIECE, position - self._end)):
                pass
            self._file.seek(position)
        piece = self._take(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)

    def sha256(self) -> str:
        """Of the whole file, in hex; what was not read yet is read for it."""
        self._file.seek(self._end)
        while self._take(PIECE):
            pass
        return self._hash.hexdigest()

    def _take(self, length: int) -> bytes:
        position = self._file.tell()
        piece = self._file.read(length)
        if (fresh := position + len(piece) - self._end) > 0:
            self._hash.update(piece[-fresh:])
            self._end += fresh
        return piece


@contextmanager
def seekable(file: BinaryIO) -> Iterator[BinaryIO]:
    """A file that can be sought in: itself, or a copy of it on the disk that is gone afterwards."""
    if file.seekable():
        yield file
        return
    with tempfile.TemporaryFile() as copy:
        shutil.copyfileobj(file, copy)
        copy.seek(0)
        yield copy


def lines(file: BinaryIO, longest: int) -> Iterator[bytes | None]:
    """The lines of a file without their ends; None for one of more than `longest` bytes."""
    while line := file.readline(longest + 1):
        if len(line) > longest and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = file.readline(PIECE)
            yield None
        else:
            yield line.removesuffix(b"\n").removesuffix(b"\r")
