"""`quoth serve`: the case in a browser."""

from __future__ import annotations

import webbrowser

import click

from quoth.errors import NotFound
from quoth.present import terminal
from quoth.present.shell import Chosen, NoCase, login, takes_case


class NoDesk(NotFound):
    """The desk where its libraries are not installed."""

    code = "Q512"


@click.command(short_help="Open the case as a desk in the browser.")
@takes_case
@click.option("--port", type=click.IntRange(0, 65535), metavar="N", help="Otherwise 8000, or the next that is free.")
@click.option(
    "--by",
    metavar="NAME",
    envvar="QUOTH_REVIEWER",
    show_envvar=True,
    default=login,
    show_default="your login",
    help="Who judges.",
)
@click.option("--open/--no-open", "open_", default=False, help="Open the browser too.")
@click.pass_context
def serve(context: click.Context, port: int | None, by: str, open_: bool) -> None:
    """Open the case as a desk in the browser, on this machine alone.

    It prints a link; whoever has the link is at the desk.  Ctrl-C ends it.

    \b
      quoth serve
      quoth --case ferries.db serve --open
    """
    try:
        from quoth.web.desk import Desk
        from quoth.web.serving import serve as run
    except ModuleNotFoundError as missing:
        raise NoDesk(f"the desk needs {missing.name}", remedy="pip install 'quoth[desk]'") from missing
    from quoth.ledger import is_address, there_is, without_password

    chosen: Chosen = context.find_root().obj
    if not there_is(chosen.case):
        where = without_password(chosen.case) if is_address(chosen.case) else chosen.case
        raise NoCase("there is no such case", where=where, remedy="make one with: quoth add ARTICLES…")

    def told(link: str) -> None:
        click.echo(link)
        terminal.note("Ctrl-C ends it.")
        if open_:
            webbrowser.open(link)

    run(Desk(chosen.case, agents=chosen.agents, asks=chosen.asks), port=port, by=by or "somebody", told=told)
