"""`quoth serve`: the case in a browser."""

from __future__ import annotations

import contextlib
import html
import tempfile
import webbrowser
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quoth.errors import LedgerError, NotFound
from quoth.present import terminal
from quoth.present.shell import Chosen, NoCase, login, takes_case, takes_profile, takes_reading

if TYPE_CHECKING:
    from quoth.web.guard.accounts import Accounts


class NoDesk(NotFound):
    """The desk where its libraries are not installed."""

    code = "Q534"


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
    help="Who judges, at a desk that is not public.",
)
@click.option("--open/--no-open", "open_", default=False, help="Open the browser too.")
@click.option("--allow-private", is_flag=True, help="Also fetch from private addresses; not at a public desk.")
@click.option("--public", is_flag=True, help="For several people, who sign in: see quoth accounts.")
@click.option("--host", metavar="ADDRESS", default="127.0.0.1", show_default=True, help="Where a public desk listens.")
@click.option("--host-name", "names", metavar="NAME", multiple=True, help="What browsers call a public desk's host.")
@click.option("--tls-cert", "certificate", type=click.Path(exists=True, dir_okay=False), help="Its certificate (PEM).")
@click.option(
    "--tls-key", "key", type=click.Path(exists=True, dir_okay=False), help="The key of the certificate (PEM)."
)
@click.option("--proxy", is_flag=True, help="A proxy on this machine does TLS and says who asks (X-Forwarded-For).")
@click.option("--insecure", is_flag=True, help="Without TLS: whoever listens in reads passwords and all pages.")
@takes_reading
@takes_profile
@click.pass_context
def serve(
    context: click.Context,
    /,
    by: str,
    open_: bool,
    allow_private: bool,
    names: tuple[str, ...],
    profile: str,
    jobs: int,
    cache: bool,
    **how: Any,
) -> None:
    """Open the case as a desk in the browser, on this machine alone.

    It prints a link with a token; whoever has the link is at the desk, with all rights, until it ends.  Ctrl-C ends it.

    --jobs N reads what is added at the desk in N processes; two things are added at once at most.

    With --public several people work at one desk, each with an account and a role; docs/desk.md tells how.

    \b
      quoth serve
      quoth --case ferries.db serve --open
      quoth serve --public --host 0.0.0.0 --host-name desk.example.org --tls-cert cert.pem --tls-key key.pem
      quoth serve --public --host-name desk.example.org --proxy
    """
    with needing_the_desk():
        from quoth.web.ahead import AHEAD
        from quoth.web.desk import Desk
        from quoth.web.jobs import Jobs
        from quoth.web.serving import Reached
        from quoth.web.serving import serve as run
    chosen = chosen_case(context)
    accounts = accounts_of(chosen.case)
    reached = Reached(names=frozenset(names), **how)
    reached.check(accounts, allow_private=allow_private)
    with contextlib.ExitStack() as last:

        def told(link: str) -> None:
            click.echo(link)
            if reached.public:
                may = ", ".join(f"{a.name} ({a.role})" for a in accounts.all() if not a.disabled)
                terminal.note(f"Accounts: {may}")
            terminal.note("Ctrl-C ends it.")
            if open_:
                last.enter_context(opened(link))

        desk = Desk(chosen.case, agents=chosen.agents, asks=chosen.asks, ahead=AHEAD)
        adding = Jobs(
            chosen.case, profile=profile, processes=jobs, cache=cache, agents=chosen.agents, asks=chosen.asks,
            allow_private=allow_private, wake=desk.wake, tell=terminal.note,
        )  # fmt: skip
        run(desk, adding, accounts, reached, by=by or "somebody", told=told)


@contextlib.contextmanager
def needing_the_desk() -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as missing:
        if (missing.name or "").startswith("quoth"):
            raise
        raise NoDesk(f"the desk needs {missing.name}", remedy="pip install 'quoth[desk]'") from missing


def chosen_case(context: click.Context) -> Chosen:
    """Raises NoCase where there is none."""
    from quoth.ledger import is_address, there_is, without_password

    chosen: Chosen = context.find_root().obj
    if chosen.case == ":memory:":
        raise LedgerError("a desk needs a case that is kept", remedy="name a file with --case")
    if not there_is(chosen.case):
        where = without_password(chosen.case) if is_address(chosen.case) else chosen.case
        raise NoCase("there is no such case", where=where, remedy="make one with: quoth add ARTICLES…")
    return chosen


def accounts_of(case: str) -> Accounts:
    with needing_the_desk():
        from quoth.web.guard.accounts import Accounts, accounts_file
    from quoth.read.gazetteer import cache_directory

    return Accounts(accounts_file(case, cache_directory))


@contextlib.contextmanager
def opened(link: str) -> Iterator[None]:
    """The link in a browser, by a file that only its owner may read: arguments of programs are seen by everybody on the
    machine, and the link has the token in it."""
    with tempfile.TemporaryDirectory(prefix="quoth-") as folder:
        page = Path(folder) / "desk.html"
        where = html.escape(link)
        page.write_text(f'<meta http-equiv="refresh" content="0; url={where}"><a href="{where}">The desk</a>\n')
        webbrowser.open(page.as_uri())
        yield
