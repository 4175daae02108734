"""`quoth changes`: what is new since a day."""

from __future__ import annotations

import datetime

import click

from quoth.model import Clock
from quoth.present import terminal
from quoth.present.shell import day, opened_case, takes_case, takes_clock, takes_format


@click.command(short_help="Show what is new since a day.")
@takes_case
@click.option("--since", callback=day, metavar="YYYY-MM-DD", required=True, help="The first day that is new.")
@click.option("--until", callback=day, metavar="YYYY-MM-DD", help="The last day that counts; otherwise all.")
@takes_clock
@takes_format
@click.pass_context
def changes(context: click.Context, since: datetime.date, until: datetime.date | None, clock: str, format: str) -> None:
    """Show what is new since a day: disputes, who gives another answer than before, new answers, new questions, and
    more origins behind known answers; each with the statements that show it.

    What was known on a day is what had been published by then, or with --clock recorded what had been added to this
    case by then (UTC).  Documents without that day are left out.

    \b
      quoth changes --since 2024-03-01
      quoth changes --since 2024-03-01 --until 2024-03-07 --format jsonl
      quoth questions --as-of 2024-03-01
    """
    from quoth.present.flat import change_row
    from quoth.present.wire import change_line

    with opened_case(context) as case:
        found = case.changes(since, until, clock=clock)
        undated = sum(d.published is None for d in case.documents()) if clock == Clock.PUBLISHED else 0
        if format != "table":
            terminal.print_lines(map(change_line, found), format, lambda line: [change_row(line)])
        else:
            from quoth.present.history import changes_table

            terminal.show(changes_table(found, {s.id: s for s in case.statements()}))
            terminal.note(f"{len(found)} changes since {since}")
        if undated:
            terminal.note(f"{undated} documents without a date of publication are left out")
