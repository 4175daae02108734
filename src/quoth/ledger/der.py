"""The certificates in a time stamp, put into the order that DER asks for.

A set in DER is sorted by its elements' bytes.  OpenSSL and authorities built on it put the signer's certificate and its
chain as they come, which a strict parser refuses; no signature covers their order.
"""

from __future__ import annotations

from collections.abc import Sequence

_CERTIFICATES = 0xA0
_PATH = (1, 1, 0)
"""From a TimeStampResp to its token (RFC 3161, 2.4.2), that one's content (RFC 5652, 3), and the SignedData in it."""

Part = tuple[int, int, int]
"""Where an element begins, where its content begins, and where both end."""


def in_order(answer: bytes) -> bytes:
    """The answer with its certificates sorted; what is no such answer comes back as it is."""
    try:
        [place] = _parts(answer, 0, len(answer))
        for step in _PATH:
            place = _parts(answer, place[1], place[2])[step]
        found = [part for part in _parts(answer, place[1], place[2]) if answer[part[0]] == _CERTIFICATES]
        [(_, begin, end)] = found
        held = sorted(answer[start:stop] for start, _, stop in _parts(answer, begin, end))
    except (ValueError, IndexError):
        return answer
    return answer[:begin] + b"".join(held) + answer[end:]


def _parts(der: bytes, begin: int, end: int) -> Sequence[Part]:
    """The elements that make up a stretch.  Raises ValueError or IndexError where they do not."""
    found: list[Part] = []
    while begin < end:
        length, content = der[begin + 1], begin + 2
        if length & 0x80:
            digits = length & 0x7F
            length, content = int.from_bytes(der[content : content + digits], "big"), content + digits
        if content + length > end:
            raise ValueError("an element is longer than what holds it")
        found.append((begin, content, content + length))
        begin = content + length
    return found
