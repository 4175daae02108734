"""Which case files this program has open.

By POSIX a program lets go of all its locks on a file when it closes any handle of it, also of those that SQLite relies
on.  So a file that is open here is not looked into past SQLite.
"""

from __future__ import annotations

import threading
from collections import Counter
from pathlib import Path

OPENING = threading.RLock()
"""Held while a file is looked into and opened, so that no other thread opens it in between."""

_Key = tuple[int, int]
_OPEN: Counter[_Key] = Counter()


def _key(path: Path) -> _Key | None:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino


def is_held(path: Path) -> bool:
    return _OPEN[_key(path) or (0, 0)] > 0


def hold(path: Path) -> _Key | None:
    """Give back by `let_go`."""
    key = _key(path)
    if key is not None:
        _OPEN[key] += 1
    return key


def let_go(key: _Key | None) -> None:
    with OPENING:
        if key is not None and _OPEN[key] > 0:
            _OPEN[key] -= 1
