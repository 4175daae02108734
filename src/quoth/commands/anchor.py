"""`quoth head`, `quoth anchor`, `quoth anchors`: a case in one hash, and that it was so by a certain time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from quoth.errors import UnreadableInput
from quoth.present import terminal
from quoth.present.output import write_out
from quoth.present.shell import opened_case, takes_case, takes_format
from quoth.present.words import count

if TYPE_CHECKING:
    from quoth.ledger import AnchorRecord

LARGEST = 1_000_000
"""Bytes of a file of certificates, or of an answer."""


def read_file(path: str) -> bytes:
    """The whole of a small file.  Raises UnreadableInput."""
    try:
        with Path(path).open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise UnreadableInput(error.strerror or "it cannot be read", where=path) from error
    if len(data) > LARGEST:
        raise UnreadableInput(f"it has more than {LARGEST} bytes", where=path, remedy="is it the right file?")
    return data


def trusted_in(paths: tuple[str, ...]) -> bytes | None:
    """The certificates in all of these files; None for none."""
    return b"\n".join(map(read_file, paths)) if paths else None


takes_ca = click.option(
    "--ca",
    metavar="FILE",
    multiple=True,
    help="Certificates (PEM) under which a time stamp has to be signed: the authority's CA. May be given repeatedly.",
)


@click.command(short_help="Print the case in one hash.")
@takes_case
@click.pass_context
def head(context: click.Context) -> None:
    """Print the head of the case: how many entries its log has, and the one hash that covers them all.

    Note it down where nobody can change it together with the case: on paper, in a mail, in print. `quoth verify
    --expect-head` finds later whether anything that was there by then was changed, taken away, put in between or
    put in another order, even by somebody who made all hashes fit. Adding to the case leaves earlier heads good.

    \b
      quoth head
      quoth head > head.txt
    """
    with opened_case(context) as case:
        click.echo(str(case.head()))


@click.command(short_help="Have the case's head stamped with the time.")
@takes_case
@click.option(
    "--tsa", metavar="URL", envvar="QUOTH_TSA", show_envvar=True, help="The time-stamping authority to ask (RFC 3161)."
)
@click.option("--request", metavar="FILE.tsq", help="Only write a request, for a machine with a network.")
@click.option("--response", metavar="FILE.tsr", help="Take what an authority answered to a request.")
@takes_ca
@click.option("--allow-private", is_flag=True, help="The authority may be in a private network, or at any port.")
@click.pass_context
def anchor(
    context: click.Context,
    tsa: str | None,
    request: str | None,
    response: str | None,
    ca: tuple[str, ...],
    allow_private: bool,
) -> None:
    """Have an authority stamp the head of the case with the time (RFC 3161), and write its answer down in the case.

    Only the hash of the head is sent, nothing of what the case holds.  The stamp proves later, to whoever trusts the
    authority, that all that the head covers was there by then.  Its answer is checked before it is written down:
    that it is over this head and to this request, and, with --ca, that it is signed under a certificate of yours.
    Where no good answer comes, the case is as it was, and the exit status is 2.

    Without a network here, --request writes what to send, and --response takes the answer back; meanwhile the case
    may go on growing.

    \b
      quoth anchor --tsa https://tsa.example/ --ca tsa-ca.pem
      quoth anchor --request head.tsq
      curl -s -H 'Content-Type: application/timestamp-query' --data-binary @head.tsq https://tsa.example/ > head.tsr
      quoth anchor --response head.tsr --ca tsa-ca.pem
    """
    chosen = [name for name, value in (("--request", request), ("--response", response)) if value]
    if len(chosen) == 2:
        raise click.UsageError("--request comes before, --response after the authority was asked: give one", context)
    if not chosen and not tsa:
        raise click.UsageError("name the authority to ask with --tsa URL, or use --request and --response", context)
    trusted = trusted_in(ca)
    with opened_case(context) as case:
        if request:
            covered, der = case.anchor_request()
            write_out(request, der)
            terminal.note(f"It is over the head {covered}.")
            return
        if response:
            record = case.anchor_response(read_file(response), trusted=trusted)
        else:
            record = case.anchor(str(tsa), allow_private=allow_private, trusted=trusted)
    _tell(record, trusted is not None)


def _tell(record: AnchorRecord, trusted: bool) -> None:
    click.echo(f"Stamped {record.stamped_at:%Y-%m-%d %H:%M:%S} UTC by {record.authority}: {record.head}")
    if not trusted:
        terminal.note(UNTRUSTED)


UNTRUSTED = "Who signed was not checked: give the authority's CA with --ca FILE."


@click.command(short_help="List the time stamps over the case.")
@takes_case
@takes_format
@click.pass_context
def anchors(context: click.Context, format: str) -> None:
    """List the time stamps over heads of the case: when, by whom, and over what.

    `quoth verify --ca FILE` checks who signed them.  `quoth export --evidence` hands them on as files that OpenSSL
    checks.
    """
    from quoth.present.stamped import anchor_line, anchor_row, anchors_table

    with opened_case(context) as case:
        found = list(case.anchors())
    if format != "table":
        terminal.print_lines(map(anchor_line, found), format, lambda line: [anchor_row(line)])
        return
    terminal.show(anchors_table(found))
    terminal.note(count(len(found), "time stamp"))
