"""Compressed bodies to plain ones, piece by piece, so that no bomb goes off."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from quoth.errors import BadAnswer, TooMuch

ASKED_FOR = "gzip, deflate"
"""The encodings that can be undone a bounded piece at a time with what Python brings."""

_EITHER = 32 + zlib.MAX_WBITS  # gzip or zlib, by the beginning
_RAW = -zlib.MAX_WBITS
_PIECE = 65_536


def decoded(pieces: Iterable[bytes], encoding: str, most: int) -> bytes:
    """The body in `pieces`, its Content-Encoding undone.  Raises TooMuch beyond `most` bytes, BadAnswer on a body that
    is damaged, breaks off or has an encoding that was not asked for."""
    names = [name for part in encoding.lower().split(",") if (name := part.strip()) not in ("", "identity")]
    if not names:
        return _joined(pieces, most)
    if len(names) > 1 or names[0] not in ("gzip", "x-gzip", "deflate"):
        what = f"the body comes in an encoding that was not asked for ({encoding[:40]})"
        raise BadAnswer(what, remedy="open the page in a browser, save it, and add the file")
    return inflated(_joined(pieces, most), most, raw=names[0] == "deflate")


def inflated(data: bytes, most: int, *, raw: bool = False) -> bytes:
    """Decompressed gzip or zlib data, or with `raw` also bare deflate.  Raises as `decoded`."""
    if not data:
        return b""
    window = _RAW if raw and not _is_zlib(data) else _EITHER
    found = bytearray()
    while True:
        machine = zlib.decompressobj(window)
        try:
            while not machine.eof:
                piece = machine.decompress(data, _PIECE)
                data = machine.unconsumed_tail
                found += piece
                if len(found) > most:
                    raise too_much(most)
                if not piece and not data and not machine.eof:
                    raise BadAnswer("the compressed body breaks off", remedy="try again later")
        except zlib.error as problem:
            raise BadAnswer(f"the compressed body is damaged ({problem})", remedy="try again later") from None
        data = machine.unused_data
        if not data.startswith(b"\x1f\x8b"):  # another member of a gzip file; padding is passed over
            return bytes(found)


def _is_zlib(data: bytes) -> bool:
    return len(data) > 1 and data[0] & 0x0F == 8 and (data[0] << 8 | data[1]) % 31 == 0


def _joined(pieces: Iterable[bytes], most: int) -> bytes:
    found = bytearray()
    for piece in pieces:
        found += piece
        if len(found) > most:
            raise too_much(most)
    return bytes(found)


def too_much(most: int) -> TooMuch:
    limit = f"{most / 1_000_000:g} MB"
    return TooMuch(f"it is larger than {limit}", remedy="download what you need of it, and add the file")
