"""A mailbox (mbox) to its mails, one at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

_FROM = re.compile(rb"From \S.{0,300}\d\d:\d\d.{0,100}\d{4}")
_QUOTED = re.compile(rb">+From ")
_PIECE = 1 << 16


def is_mailbox(data: bytes) -> bool:
    """Whether bytes begin as a mailbox does."""
    return _FROM.match(data) is not None


def mails(file: BinaryIO, largest: int) -> Iterator[tuple[int, bytes | None]]:
    """The offset of each mail and its bytes; None in place of those of one that is larger than `largest`."""
    offset = position = 0
    lines: list[bytes] = []
    size = 0
    blank, fresh = True, True
    begun = False
    while line := file.readline(_PIECE):
        if fresh and blank and _FROM.match(line):
            if begun:
                yield offset, b"".join(lines) if size <= largest else None
            offset, lines, size, begun = position, [], 0, True
        elif begun:
            size += len(line)
            if size <= largest:
                lines.append(line[1:] if fresh and _QUOTED.match(line) else line)
            else:
                lines.clear()
        position += len(line)
        blank = fresh and not line.strip()
        fresh = line.endswith(b"\n")
    if begun:
        yield offset, b"".join(lines) if size <= largest else None
