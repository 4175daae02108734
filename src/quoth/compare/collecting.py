"""Keeps Python from looking for cycles among the objects of a large case, again and again."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

MANY_OBJECTS = 1_000_000
"""New objects from which on they are set apart from what is searched for cycles."""


@contextmanager
def uncollected() -> Iterator[None]:
    """A comparison makes no cycles; looking for them among the millions of objects of a large case takes seconds.

    What is there after many statements were taken in is not searched for cycles later on, either (`gc.freeze`).
    """
    collects = gc.isenabled()
    gc.disable()
    before = gc.get_count()[0]
    try:
        yield
    finally:
        if collects:
            if gc.get_count()[0] - before > MANY_OBJECTS:
                gc.freeze()
            gc.enable()
