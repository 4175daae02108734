"""`quoth weigh`: what methods of truth discovery make of the answers."""

from __future__ import annotations

import datetime

import click

from quoth.present import terminal
from quoth.present.shell import opened_case, takes_as_of, takes_case, takes_format
from quoth.present.words import count


@click.command(short_help="Show what truth discovery makes of the answers.")
@takes_case
@takes_as_of
@takes_format
@click.pass_context
def weigh(context: click.Context, as_of: datetime.date | None, clock: str, format: str) -> None:
    """Show which answer four methods of truth discovery lean to, for every question that voices answer differently.

    An aid, and no verdict: each method sees only who gave which answer, and trusts voices the more, the more they
    agree with what is believed anyway.  `majority` counts voices; `truthfinder` and `crh` weigh them;
    `copies_and_time` also counts voices less that seem to repeat each other.  A voice's last answer is its vote.  All
    of them can be wrong together; `quoth eval truth` measures how often.

    \b
      quoth weigh
      quoth weigh --format jsonl
    """
    from quoth.present.flat import weighing_rows
    from quoth.present.wire import weighing_line

    with opened_case(context) as case:
        found = case.weighed(as_of=as_of, clock=clock)
        if format != "table":
            terminal.print_lines(map(weighing_line, found), format, weighing_rows)
            return
        from quoth.present.tables import weighings_table

        terminal.show(weighings_table(found))
        terminal.note(f"{count(len(found), 'question')} that voices answer differently; an aid, no verdict")
