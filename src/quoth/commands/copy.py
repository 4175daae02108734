"""`quoth copy`: a whole case into a new one, from a file to a server or back."""

from __future__ import annotations

import click

from quoth.present import terminal
from quoth.present.shell import opened_case, takes_case


@click.command(short_help="Copy a whole case into a new one.")
@takes_case
@click.argument("to", metavar="TO")
@click.pass_context
def copy(context: click.Context, to: str) -> None:
    """Copy a whole case into a new one: from a file to a server, or back.

    TO is a file that is not there yet, or postgresql://USER@HOST/DATABASE, a database without a case. Documents,
    statements, readings, judgements, ratings, failures, fetches and originals keep their ids and the moments at which
    they were recorded; the log begins anew, so that the copy has another head.

    \b
      quoth --case case.db copy postgresql://ana@db.example/story
    """
    with opened_case(context) as case:
        case.ledger.copy_into(to)
        counts = case.counts()
    terminal.note(f"Copied {counts.documents} documents, {counts.readings} readings, {counts.statements} statements")
