"""A WARC file to its records (ISO 28500), one at a time; a broken one is told, and the others go on.

Read here and not by a library, for those that there are end at the first broken record, or pass over what follows it in
silence.  Of a compressed file every record is a gzip member of its own; where it is not, that is read too.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

LARGEST_RECORD = 50_000_000
"""Bytes of a record that is wanted."""
LONGEST_HEADER = 65_536
MOST_BROKEN = 1_000
"""Broken records after which the rest of a file is not read."""

ZIPPED = b"\x1f\x8b\x08"
_VERSION = re.compile(rb"WARC/\d\.\d+\s*$")
_PIECE = 1 << 16
_SCANNED = 1 << 20

Headers = Mapping[str, str]
"""By name, in lower case."""


@dataclass(frozen=True, slots=True)
class WarcRecord:
    """`place` is the offset in the file at which it begins; in a gzip member of several records, that of the member and
    the offset within it ("120+512").  `block` is None of a record that was not wanted."""

    place: str
    headers: Headers
    block: bytes | None


@dataclass(frozen=True, slots=True)
class BrokenRecord:
    """Where something could not be read as a record, and why."""

    place: str
    what: str


class _Broken(Exception):
    """What is read here is no record, or not whole."""


class _BrokenMember(Exception):
    """What is read here does not unpack."""


def warc_records(
    file: BinaryIO, wanted: Callable[[Headers], bool], begin: int = 0, end: int | None = None
) -> Iterator[WarcRecord | BrokenRecord]:
    """The records of a file that can be sought in; the blocks only of those `wanted`.  Memory: one record's.

    Only those from `begin` up to `end`, if these are given: offsets at which a whole reading found a record.
    """
    file.seek(begin)
    zipped = file.read(len(ZIPPED)) == ZIPPED
    file.seek(begin)
    broken = 0
    for found in _zipped(file, wanted, begin, end) if zipped else _records_in(file, "", wanted, end):
        yield found
        broken += isinstance(found, BrokenRecord)
        if broken >= MOST_BROKEN:
            yield BrokenRecord(found.place, f"{broken} records are broken: the rest of the file was not read")
            return


def digest_fits(record: WarcRecord, payload: bytes, decoded: bytes) -> bool:
    """Whether the digests that were recorded fit: that of the block, and that of the payload as it was transferred or
    with its transfer coding undone, for programs differ in that.  Algorithms that are not known here pass."""
    assert record.block is not None
    of_block = _fits(record.headers.get("warc-block-digest"), record.block)
    of_payload = _fits(record.headers.get("warc-payload-digest"), payload, decoded)
    return of_block and of_payload


def _fits(digest: str | None, *several: bytes) -> bool:
    algorithm, _, value = (digest or "").partition(":")
    algorithm = algorithm.strip().lower().replace("-", "")
    if algorithm not in ("sha1", "sha256", "md5"):
        return True
    found = [hashlib.new(algorithm, data, usedforsecurity=False).digest() for data in several]
    value = value.strip()
    return any(value.lower() == raw.hex() or value.upper() == base64.b32encode(raw).decode() for raw in found)


def _zipped(
    file: BinaryIO, wanted: Callable[[Headers], bool], begin: int, end: int | None
) -> Iterator[WarcRecord | BrokenRecord]:
    offset: int | None = begin
    while offset is not None and (end is None or offset < end):
        member = _Member(file, offset)
        try:
            with io.BufferedReader(member, _PIECE) as stream:
                yield from _records_in(stream, f"{offset}", wanted)
        except _BrokenMember as problem:
            yield BrokenRecord(f"{offset}", str(problem))
            offset = _next_member(file, offset + 1)
            continue
        offset = _following(file, member.end)
        within = offset is not None and (end is None or offset < end)
        if offset is not None and within and not _is_member(file, offset):
            yield BrokenRecord(f"{offset}", "no record begins here")
            offset = _next_member(file, offset + 1)


class _Member(io.RawIOBase):
    """One gzip member, unpacked; raises _BrokenMember where it cannot be.  `end` is the offset after it."""

    def __init__(self, file: BinaryIO, offset: int) -> None:
        self._file = file
        self._file.seek(offset)
        self._inflating = zlib.decompressobj(31)
        self._position = 0
        self.end = offset

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._inflating.eof:
            data = self._inflating.unconsumed_tail or self._file.read(_PIECE)
            if not data:
                raise _BrokenMember("the file breaks off within this record")
            try:
                piece = self._inflating.decompress(data, len(buffer))
            except zlib.error:
                raise _BrokenMember("its compressed bytes are damaged") from None
            self.end = self._file.tell() - len(self._inflating.unused_data)
            if piece:
                buffer[: len(piece)] = piece
                self._position += len(piece)
                return len(piece)
        return 0


def _following(file: BinaryIO, offset: int) -> int | None:
    """Where the bytes after a member begin, zeros that pad it left out; None at the end of the file."""
    file.seek(offset)
    while piece := file.read(_PIECE):
        rest = piece.lstrip(b"\0")
        if rest:
            return offset + len(piece) - len(rest)
        offset += len(piece)
    return None


def _is_member(file: BinaryIO, offset: int) -> bool:
    file.seek(offset)
    return _unpacks_to_record(file.read(_PIECE))


def _unpacks_to_record(data: bytes) -> bool:
    try:
        return zlib.decompressobj(31).decompress(data, 64).lstrip(b"\r\n").startswith(b"WARC/")
    except zlib.error:
        return False


def _next_member(file: BinaryIO, offset: int) -> int | None:
    """Where the next record's gzip member begins; None if there is none."""
    overlap = 1_024
    while True:
        file.seek(offset)
        data = file.read(_SCANNED)
        at = data.find(ZIPPED)
        while at >= 0:
            if at > len(data) - overlap and len(data) == _SCANNED:
                break  # the next piece has more of it
            if _unpacks_to_record(data[at : at + overlap]):
                return offset + at
            at = data.find(ZIPPED, at + 1)
        if len(data) < _SCANNED:
            return None
        offset += _SCANNED - overlap


def _records_in(
    stream: BinaryIO, base: str, wanted: Callable[[Headers], bool], end: int | None = None
) -> Iterator[WarcRecord | BrokenRecord]:
    """The records of plain bytes; `base` is the place at which these begin, where that is not the file's beginning."""
    line = _after_blank_lines(stream)
    while line:
        start = stream.tell() - len(line)
        if end is not None and start >= end:
            return
        place = f"{base}+{start}" if base and start else base or f"{start}"
        try:
            headers, block = _record(stream, line, wanted)
            line = stream.readline(_PIECE)
            if line.strip() and not _VERSION.match(line):
                raise _Broken("it is not as long as it says")
            line = line if line.strip() else _after_blank_lines(stream)
        except _Broken as problem:
            yield BrokenRecord(place, str(problem))
            line = _next_version_line(stream, start + 1)
        else:
            yield WarcRecord(place, headers, block)


def _after_blank_lines(stream: BinaryIO) -> bytes:
    line = stream.readline(_PIECE)
    while line and not line.strip():
        line = stream.readline(_PIECE)
    return line


def _next_version_line(stream: BinaryIO, start: int) -> bytes:
    """The next line that begins a record, from `start` on, or from here on where nothing can be read twice."""
    fresh = not stream.seekable()
    if not fresh:
        stream.seek(start)
    while line := stream.readline(_PIECE):
        if fresh and _VERSION.match(line):
            break
        fresh = line.endswith(b"\n")
    return line


def _record(stream: BinaryIO, line: bytes, wanted: Callable[[Headers], bool]) -> tuple[Headers, bytes | None]:
    if not _VERSION.match(line):
        raise _Broken("no record begins here")
    headers = _headers(stream)
    digits = headers.get("content-length", "")
    if not re.fullmatch(r"\d{1,15}", digits):
        raise _Broken("it does not say how long it is")
    length = int(digits)
    if not wanted(headers):
        _pass_over(stream, length)
        return headers, None
    if length > LARGEST_RECORD:
        raise _Broken(f"it says it is {length:,} bytes long; at most {LARGEST_RECORD // 1_000_000} MB are read")
    block = stream.read(length)
    if len(block) < length:
        raise _Broken("the file breaks off within this record, or it is not as long as it says")
    return headers, block


def _headers(stream: BinaryIO) -> Headers:
    found: dict[str, str] = {}
    last = ""
    room = LONGEST_HEADER
    while True:
        line = stream.readline(room)
        room -= len(line)
        if not line.endswith(b"\n"):
            raise _Broken("its header does not end")
        if not line.strip():
            return found
        text = line.decode("utf-8", "replace").strip()
        if line[:1] in b" \t" and last:
            found[last] += f" {text}"
            continue
        name, colon, value = text.partition(":")
        if not colon:
            raise _Broken("its header is broken")
        last = name.strip().lower()
        found.setdefault(last, value.strip())


def _pass_over(stream: BinaryIO, length: int) -> None:
    if stream.seekable():
        here = stream.tell()
        if stream.seek(0, io.SEEK_END) < here + length:
            raise _Broken("it says it is longer than the file")
        stream.seek(here + length)
        return
    while length:
        piece = stream.read(min(length, _PIECE))
        if not piece:
            raise _Broken("it says it is longer than it is")
        length -= len(piece)
