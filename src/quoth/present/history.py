"""What the terminal shows of what changed in a case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich import box
from rich.table import Table
from rich.text import Text

from quoth.model import Change, ChangeKind, Statement
from quoth.present.escape import one_line

HEADING = {
    ChangeKind.DISPUTE: "disputed",
    ChangeKind.MOVED: "moved",
    ChangeKind.ANSWER: "new answer",
    ChangeKind.QUESTION: "new question",
    ChangeKind.SUPPORT: "more origins",
}
SHOWN = 3
"""Ids of statements that stand in the table; JSON lines have them all."""


def changes_table(changes: Iterable[Change], statements: Mapping[str, Statement]) -> Table:
    """One line a change: what kind, of which question, what it says, and the statements that show it."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for heading in ("what", "question", "how", "statements"):
        table.add_column(heading, overflow="fold")
    for change in changes:
        style = "red" if change.kind is ChangeKind.DISPUTE else ""
        table.add_row(
            Text(HEADING[change.kind], style=style),
            Text(one_line(change.text), style="bold"),
            Text(one_line(told(change, statements))),
            Text(_ids(change), style="cyan"),
        )
    return table


def told(change: Change, statements: Mapping[str, Statement]) -> str:
    """A change in words."""
    before = " and ".join(f"“{text}”" for text in change.before)
    match change.kind:
        case ChangeKind.DISPUTE:
            return "; ".join(change.why[:SHOWN])
        case ChangeKind.MOVED:
            return f"{change.voice}: from {before} to “{change.answer}”"
        case ChangeKind.SUPPORT:
            old, new = change.origins or (0, 0)
            return f"“{change.answer}”: from {old} to {new} origins"
        case ChangeKind.QUESTION:
            return before
    who = sorted({statements[s].source.name for s in change.statements if s in statements})
    return f"“{change.answer}”" + (f", {', '.join(who)}" if who else "")


def _ids(change: Change) -> str:
    more = f" +{len(change.statements) - SHOWN}" if len(change.statements) > SHOWN else ""
    return " ".join(s[:8] for s in change.statements[:SHOWN]) + more
