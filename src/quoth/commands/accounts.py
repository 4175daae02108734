"""`quoth accounts`: who may sign in at a public desk."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from quoth.commands.serve import accounts_of, chosen_case
from quoth.present import terminal
from quoth.present.escape import visible
from quoth.present.shell import takes_case

if TYPE_CHECKING:
    from quoth.web.guard.accounts import Accounts

ROLES = ("reader", "reviewer", "admin")


@click.group(short_help="Say who may sign in at a public desk.")
def accounts() -> None:
    """Say who may sign in at a public desk (quoth serve --public), and as what.

    A reader sees; a reviewer judges, rates and adds as well; an admin also keeps the accounts, at the desk's own page.
    Accounts are kept beside the case, in case.db-accounts, which its owner alone can read; of passwords it holds
    argon2id hashes.  A password is asked for, or read from standard input; it is never an argument.

    \b
      quoth accounts add ana --role admin
      quoth accounts list
      quoth accounts role ben reviewer
      quoth accounts password ben < password.txt
      quoth accounts disable ben
      quoth accounts token ana --days 30
    """


@contextlib.contextmanager
def _opened(context: click.Context) -> Iterator[Accounts]:
    held = accounts_of(chosen_case(context).case)
    try:
        yield held
    finally:
        held.close()


def _password() -> str:
    """From the terminal, twice; otherwise the first line of standard input."""
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt="Once more", err=True))
    return sys.stdin.readline().rstrip("\r\n")


@accounts.command(short_help="Add an account.")
@takes_case
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), default="reader", show_default=True)
@click.pass_context
def add(context: click.Context, name: str, role: str) -> None:
    """Add an account.  NAME goes with everything that is judged with it."""
    with _opened(context) as held:
        from quoth.web.guard import Role

        made = held.add(name, Role(role), _password())
        terminal.note(f"{made.name} may sign in, as {made.role}.")


@accounts.command(name="list", short_help="List all accounts.")
@takes_case
@click.pass_context
def list_(context: click.Context) -> None:
    """List all accounts, with role, state and the day they were made."""
    with _opened(context) as held:
        found = held.all()
        width = max((len(account.name) for account in found), default=0)
        for account in found:
            state = "disabled" if account.disabled else "in use"
            click.echo(visible(f"{account.name:<{width}}  {account.role!s:<8}  {state:<8}  {account.created}"))
        if not found:
            terminal.note("There are no accounts; add one with: quoth accounts add NAME --role admin")


@accounts.command(short_help="Give an account another role.")
@takes_case
@click.argument("name")
@click.argument("role", type=click.Choice(ROLES))
@click.pass_context
def role(context: click.Context, name: str, role: str) -> None:
    """Give an account another role, from the next page on."""
    with _opened(context) as held:
        from quoth.web.guard import Role

        held.set_role(name, Role(role))


@accounts.command(short_help="Set a password anew.")
@takes_case
@click.argument("name")
@click.pass_context
def password(context: click.Context, name: str) -> None:
    """Set the password of an account anew; all its sessions and tokens end."""
    with _opened(context) as held:
        held.account(name)
        held.set_password(name, _password())


@accounts.command(short_help="Keep an account from signing in.")
@takes_case
@click.argument("name")
@click.pass_context
def disable(context: click.Context, name: str) -> None:
    """Keep an account from signing in; all its sessions and tokens end.  What was judged with it stays."""
    with _opened(context) as held:
        held.set_disabled(name, True)


@accounts.command(short_help="Let an account sign in again.")
@takes_case
@click.argument("name")
@click.pass_context
def enable(context: click.Context, name: str) -> None:
    """Let a disabled account sign in again."""
    with _opened(context) as held:
        held.set_disabled(name, False)


@accounts.command(short_help="Remove an account.")
@takes_case
@click.argument("name")
@click.pass_context
def remove(context: click.Context, name: str) -> None:
    """Remove an account; what was judged with it stays.  Another may have its name later: disabling says more."""
    with _opened(context) as held:
        held.remove(name)


@accounts.command(short_help="Make a token for a program.")
@takes_case
@click.argument("name")
@click.option("--days", type=click.IntRange(1, 366), default=30, show_default=True, help="How long it is good for.")
@click.pass_context
def token(context: click.Context, name: str, days: int) -> None:
    """Print a token with which a program asks the desk's JSON interface in an account's name (Authorization: Bearer).

    It is shown once, and only its hash is kept.  A new password ends all tokens of the account.
    """
    with _opened(context) as held:
        click.echo(held.issue(name, days))
        terminal.note(f"Good for {days} days, or until the password changes.")
