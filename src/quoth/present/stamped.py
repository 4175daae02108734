"""Time stamps over heads, as JSON lines, rows and a table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich import box
from rich.table import Table
from rich.text import Text

from quoth.ledger import AnchorRecord
from quoth.present.escape import one_line

SHOWN = 16
"""Digits of a root that stand in the table; JSON lines have them all."""


def anchor_line(anchor: AnchorRecord) -> dict[str, Any]:
    """A time stamp; `response` is the authority's whole answer, DER in hexadecimal digits."""
    return {
        "id": anchor.id,
        "head": str(anchor.head),
        "stamped_at": anchor.stamped_at.isoformat(),
        "authority": anchor.authority,
        "url": anchor.url,
        "recorded_at": anchor.recorded_at.isoformat(),
        "response": anchor.response.hex(),
    }


def anchor_row(line: dict[str, Any]) -> dict[str, Any]:
    """A time stamp's line in columns, which are those of the line."""
    return line


def anchors_table(anchors: Iterable[AnchorRecord]) -> Table:
    """One line a time stamp, in the order they were recorded."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for heading in ("stamped (UTC)", "by", "entries", "head", "asked at"):
        table.add_column(heading, overflow="fold")
    for anchor in anchors:
        table.add_row(
            Text(anchor.stamped_at.strftime("%Y-%m-%d %H:%M:%S")),
            Text(one_line(anchor.authority)),
            Text(str(anchor.head.size)),
            Text(f"{anchor.head.size}-{anchor.head.root[:SHOWN]}…", style="cyan"),
            Text(one_line(anchor.url or "by file"), style="dim"),
        )
    return table
