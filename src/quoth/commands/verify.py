"""`quoth verify`: whether every word still stands, and whether the case is the one that somebody noted down."""

from __future__ import annotations

import click

from quoth.commands.anchor import UNTRUSTED, takes_ca, trusted_in
from quoth.ledger.stamps import is_installed
from quoth.present import terminal
from quoth.present.shell import WRONG, opened_case, takes_case


@click.command(short_help="Check that every word still stands.")
@takes_case
@click.option("--expect-head", metavar="SIZE-HEX", help="A head of this case, noted down earlier (`quoth head`).")
@takes_ca
@click.pass_context
def verify(context: click.Context, expect_head: str | None, ca: tuple[str, ...]) -> None:
    """Walk the whole case and check that every word still stands where the ledger says.

    Without --expect-head it finds what does not fit together; with it, also what was changed, taken away, put in or
    reordered since that head was noted down, even where all hashes were made to fit. Originals beside the case are
    checked; where they are not there, nothing is amiss.

    Exit status 0 when all is well, 1 when something is wrong; it names what.

    \b
      quoth verify
      quoth verify --expect-head "$(cat head.txt)"
      quoth verify --ca tsa-ca.pem
    """
    trusted = trusted_in(ca)
    with opened_case(context) as case:
        problems = list(case.verify(head=expect_head, trusted=trusted))
        if problems:
            from quoth.present.tables import problems_table

            terminal.show(problems_table(problems))
            terminal.fail(f"{len(problems)} things are wrong with this case")
            context.exit(WRONG)
        counts = case.counts()
        click.echo(
            f"Nothing wrong: {counts.documents} documents, {counts.readings} readings, {counts.statements} statements."
        )
        stamps = sum(1 for _ in case.anchors())
        if stamps and not is_installed():
            terminal.note(f"{stamps} time stamps were not looked into; that needs: pip install 'quoth[anchor]'")
        elif stamps and trusted is None:
            terminal.note(f"{stamps} time stamps are over heads of this case. {UNTRUSTED}")
        if expect_head is None:
            terminal.note(f"The head is {case.head()}")
