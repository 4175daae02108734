"""`quoth export`: a case, or a part of it, for others."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from quoth import __version__
from quoth.commands.anchor import takes_ca, trusted_in
from quoth.present import terminal
from quoth.present.output import OutputError
from quoth.present.shell import WRONG, opened_case, takes_case
from quoth.present.words import count


@click.command(short_help="Hand on a case, or a part, as evidence.")
@takes_case
@click.option("--evidence", metavar="FILE.zip", help="Write an archive that can be checked without Quoth.")
@click.option("--question", metavar="ID", multiple=True, help="Only what answers this question. May be repeated.")
@click.option("--statement", metavar="ID", multiple=True, help="Only this statement. May be repeated.")
@takes_ca
@click.option("--title", default="Who said what", show_default=True, help="Of the brief in it.")
@click.pass_context
def export(
    context: click.Context,
    evidence: str | None,
    question: tuple[str, ...],
    statement: tuple[str, ...],
    ca: tuple[str, ...],
    title: str,
) -> None:
    """Hand on a case, or a part of it, to somebody who trusts nobody: a court, an editor.

    The archive holds the brief, the case, the texts, the original bytes, the head, the time stamps, a proof for every
    statement, a check in plain Python, and a README.txt that tells how to check it all with Python, sha256sum and
    OpenSSL, and what that proves and what not. With --question or --statement it holds only what these rest on, with
    proofs that it is in the case, and nothing of the rest.

    The case is verified first; where something is wrong with it nothing is written, and the exit status is 1. --ca puts
    the certificates of the time-stamping authority into the archive.

    \b
      quoth export --evidence bridge.zip --ca tsa-ca.pem
      quoth export --evidence signed.zip --question cc01a585
    """
    if evidence is None:
        raise click.UsageError("say what to write: --evidence FILE.zip", context)
    from quoth.present.evidence import write_evidence

    trusted = trusted_in(ca)
    with opened_case(context) as case:
        problems = list(case.verify(trusted=trusted))
        if problems:
            terminal.fail(
                f"{len(problems)} things are wrong with this case; nothing was written. `quoth verify` names them."
            )
            context.exit(WRONG)
        questions = [case.question(id) for id in question]
        statements = [case.statement(id) for id in statement]
        made = datetime.datetime.now().astimezone().date()
        try:
            told = write_evidence(
                case, Path(evidence), questions=questions, statements=statements, authorities=trusted, title=title,
                made=made, version=__version__,
            )  # fmt: skip
        except OSError as error:
            raise OutputError(error.strerror or "it cannot be written", where=evidence) from error
    terminal.note(
        f"Wrote {evidence}: {count(told.statements, 'statement')} of {count(told.documents, 'document')}, "
        f"{count(told.originals, 'original')}, {count(told.anchors, 'time stamp')}."
    )
    terminal.note(f"The head is {told.head}: let it reach the reader in another way, too.")
