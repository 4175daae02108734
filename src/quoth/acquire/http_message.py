"""An HTTP response as it is archived: status, headers, and its body with transfer and content codings undone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import brotli

from quoth.acquire.encodings import inflated
from quoth.errors import BadAnswer, TooMuch, UnreadableInput

LARGEST_BODY = 50_000_000
"""Bytes, unpacked."""
LONGEST_HEADER = 65_536
MOST_CODINGS = 3

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})\b")
_CHUNK = re.compile(rb"\s*([0-9a-fA-F]{1,8})[ \t]*(?:;[^\n]{0,200})?\r?\n")
_SMALLER = "give the page as a file of its own"


@dataclass(frozen=True, slots=True)
class Message:
    """`headers` by name in lower case; `body` as it was transferred."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def http_message(block: bytes) -> Message:
    """Raises UnreadableInput on what is no HTTP response."""
    end = re.compile(rb"\r?\n\r?\n").search(block, 0, LONGEST_HEADER)
    status = _STATUS.match(block)
    if end is None or status is None:
        raise UnreadableInput("this is no HTTP response", remedy="give the page as a file of its own")
    headers: dict[str, str] = {}
    for line in block[: end.start()].split(b"\n")[1:]:
        name, _, value = line.decode("latin-1").partition(":")
        headers.setdefault(name.strip().lower(), value.strip())
    return Message(int(status[1]), headers, block[end.end() :])


def content_type(value: str | None) -> tuple[str, str | None]:
    """The media type in lower case ("" where none is stated), and the charset."""
    kind, _, parameters = (value or "").partition(";")
    charset = re.search(r"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", parameters, re.IGNORECASE)
    return kind.strip().lower(), charset[1] if charset else None


def without_transfer_coding(message: Message) -> bytes:
    """The body with its chunks joined; archives also hold bodies that were joined before and still say otherwise."""
    if "chunked" not in message.headers.get("transfer-encoding", "").lower():
        return message.body
    pieces: list[bytes] = []
    position = 0
    while chunk := _CHUNK.match(message.body, position):
        size = int(chunk[1], 16)
        if size == 0:
            break
        pieces.append(message.body[chunk.end() : chunk.end() + size])
        position = chunk.end() + size
    return b"".join(pieces) if pieces or _CHUNK.match(message.body) else message.body


def without_content_codings(body: bytes, headers: Mapping[str, str]) -> bytes:
    """The body unpacked; one that is not packed as it says is left.  Raises UnreadableInput where it unpacks to more
    than LARGEST_BODY, breaks off, or by a coding that is not known."""
    codings = [part.strip().lower() for part in headers.get("content-encoding", "").split(",")]
    codings = [coding for coding in codings if coding not in ("", "identity", "none", "utf-8")]
    if len(codings) > MOST_CODINGS:
        raise UnreadableInput("the page is packed too many times over", remedy=_SMALLER)
    for coding in reversed(codings):
        if coding in ("gzip", "x-gzip"):
            body = _inflated(body) if body.startswith(b"\x1f\x8b") else body
        elif coding == "deflate":
            body = _inflated(body, raw=True)
        elif coding == "br":
            body = _unbrotlied(body)
        else:
            raise UnreadableInput(f"the page is packed as {coding[:20]!r}, which is not read", remedy=_SMALLER)
    return body


def _inflated(data: bytes, *, raw: bool = False) -> bytes:
    try:
        return inflated(data, LARGEST_BODY, raw=raw)
    except TooMuch:
        raise _too_large() from None
    except BadAnswer as problem:
        raise UnreadableInput(problem.what, remedy=_SMALLER) from None


def _unbrotlied(data: bytes) -> bytes:
    unpacking = brotli.Decompressor()
    pieces: list[bytes] = []
    size = 0
    try:
        piece = unpacking.process(data, output_buffer_limit=LARGEST_BODY + 1)
        while piece:
            pieces.append(piece)
            size += len(piece)
            if size > LARGEST_BODY:
                raise _too_large()
            piece = b"" if unpacking.can_accept_more_data() else unpacking.process(b"", output_buffer_limit=1 << 20)
    except brotli.error:
        raise UnreadableInput("the compressed body is damaged", remedy=_SMALLER) from None
    if not unpacking.is_finished():
        raise UnreadableInput("the compressed body breaks off", remedy=_SMALLER)
    return b"".join(pieces)


def _too_large() -> UnreadableInput:
    return UnreadableInput(f"the page unpacks to more than {LARGEST_BODY // 1_000_000} MB", remedy=_SMALLER)
