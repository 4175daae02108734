"""Files that commands write."""

from __future__ import annotations

import sys
from pathlib import Path

from quoth.errors import QuothError
from quoth.present import terminal


class OutputError(QuothError):
    """An output file that cannot be written, or whose name does not say what it is to be."""

    code = "Q500"


def write_out(output: str, what: bytes) -> None:
    """Write a file and say so; "-" is stdout.  Raises OutputError."""
    if output == "-":
        sys.stdout.buffer.write(what)
        return
    try:
        Path(output).write_bytes(what)
    except OSError as problem:
        raise OutputError(problem.strerror or "it cannot be written", where=output) from problem
    terminal.note(f"Wrote {output}")
