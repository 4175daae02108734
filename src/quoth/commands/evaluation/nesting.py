"""`quoth eval nesting`: who said it in the end and through whom, against cases made for it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quoth.commands.evaluation.stories import figures_line, figures_tables
from quoth.present import terminal

if TYPE_CHECKING:
    from rich.table import Table

    from quoth.measure.nesting import Judged


@click.command(short_help="Nested sources: who in the end, through whom.")
@click.argument("file", metavar="FILE.toml", type=click.Path(path_type=Path))
@click.option("--part", metavar="NAME", help="Only the cases of this part.")
@click.option("--errors", is_flag=True, help="Also list each wrong case: what was wanted, what came, the text.")
@click.option("--format", "format", type=click.Choice(["table", "json"]), default="table", show_default=True)
def nesting(file: Path, part: str | None, errors: bool, format: str) -> None:
    """Measure relay chains: each case of FILE with its verdict, then the figures of each part.

    FILE.toml holds short texts with what a careful reader finds in them: [[case]] with id, part, construction, text,
    perhaps outlet, and says = [{source, via, words}].  Of a list of names any is right; via stands nearest to the
    source first.  Every statement that covers half of the words has to be right.

    \b
      found    a statement covers half of the key words
      source   and it is of the right source
      via      and its chain of relays is right, none too many
      both     source and chain
      cases    texts of which every statement has both

    Intervals are Wilson's, 95 %.

    \b
      quoth eval nesting tests/read/english/nesting_cases.toml --part tune --errors
    """
    from quoth.measure.nesting import judge_cases, load_cases, measure_nesting

    cases = [case for case in load_cases(file) if part in (None, case.part)]
    if not cases:
        raise click.UsageError(f"no case is of the part {part!r}")
    judged = judge_cases(cases)
    measured = measure_nesting(judged)
    if format == "json":
        lines = ({**figures_line(one, errors=errors), "cases": _verdicts(judged, one.name)} for one in measured)
        terminal.print_lines(lines, format, lambda line: ())
        return
    terminal.show(_table(judged))
    for one in measured:
        terminal.show(*figures_tables(one, errors=errors))


def _verdicts(judged: Sequence[Judged], name: str) -> list[dict[str, Any]]:
    return [
        {"id": one.case.id, "construction": one.case.construction, "source": one.source, "via": one.via}
        for one in judged
        if one.case.part == name
    ]


def _table(judged: Sequence[Judged]) -> Table:
    from rich import box
    from rich.table import Table

    from quoth.present.escape import visible

    table = Table("case", "construction", "source", "via", "wanted", box=box.SIMPLE)
    for one in judged:
        marks = ("right" if right else "wrong" for right in (one.source, one.via))
        table.add_row(visible(one.case.id), visible(one.case.construction), *marks, visible(one.said.shown))
    return table
