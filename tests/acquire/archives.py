"""Web archives made by hand, byte by byte."""

from __future__ import annotations

import gzip

PROSE = "The harbour board voted on Tuesday to close the northern quay, its chairman Odo Brann said. {}"


def page(title: str, more: str = "") -> bytes:
    words = PROSE.format(more)
    return (
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{words}</p></article></body></html>"
    ).encode()


def http(body: bytes, *headers: str, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def record(block: bytes, *headers: str, kind: str = "response", length: int | str | None = None) -> bytes:
    lines = [
        "WARC/1.1",
        f"WARC-Type: {kind}",
        "WARC-Target-URI: https://quay.example/a",
        "WARC-Date: 2031-03-04T12:30:00Z",
        "WARC-Record-ID: <urn:uuid:0>",
        "Content-Type: application/http; msgtype=response",
        f"Content-Length: {len(block) if length is None else length}",
    ]
    lines = [line for line in lines if not any(h.startswith(line.partition(":")[0] + ":") for h in headers)]
    return "\r\n".join([*lines, *headers]).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def good(title: str = "Quay to close", more: str = "") -> bytes:
    return record(http(page(title, more)))


def chunked(body: bytes, size: int = 100) -> bytes:
    pieces = [body[i : i + size] for i in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def zipped(*records: bytes) -> bytes:
    return b"".join(gzip.compress(one, mtime=0) for one in records)
