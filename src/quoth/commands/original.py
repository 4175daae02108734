"""`quoth original`: the bytes behind a document."""

from __future__ import annotations

import sys

import click

from quoth.present.output import OutputError, write_out
from quoth.present.shell import opened_case, takes_case


@click.command(short_help="Give back the bytes a document was made of.")
@takes_case
@click.argument("id")
@click.option("-o", "--output", metavar="FILE", default="-", help="Where to write them; - is stdout.")
@click.pass_context
def original(context: click.Context, id: str, output: str) -> None:
    """Give back the bytes that a document was made of, as they came: the page, the file, the record.

    ID is a document's, or the beginning of it, as `quoth documents` prints it.  The bytes are kept beside the case, in
    a folder named after it (case.db-originals), unless the document was added with --no-originals.

    \b
      quoth original 3f2a91c0 -o page.html
      quoth original 3f2a91c0 | sha256sum
    """
    with opened_case(context) as case:
        data = case.original(id)
    if output == "-" and sys.stdout.isatty():
        raise OutputError("a terminal is no place for bytes that others wrote", remedy="give -o FILE")
    write_out(output, data)
