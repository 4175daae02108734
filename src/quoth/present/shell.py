"""What commands have in common: the case that they open, shared options."""

from __future__ import annotations

import contextlib
import datetime
import getpass
import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

import click

from quoth.errors import NotFound
from quoth.model import DEFAULT_PROFILE, Clock, Profile
from quoth.present.manners import COULD_NOT, FINE, WRONG, Chosen

if TYPE_CHECKING:
    from quoth.case import Case

__all__ = ["COULD_NOT", "FINE", "WRONG", "Chosen"]


class NoCase(NotFound):
    """A command that reads a case where there is none."""

    code = "Q501"


F = TypeVar("F", bound=Callable[..., Any])


def _set_case(context: click.Context, _: click.Parameter, value: str | None) -> None:
    if value is not None:
        context.find_root().obj.case = value


@contextlib.contextmanager
def opened_case(context: click.Context, *, new: bool = False, profile: str = DEFAULT_PROFILE) -> Iterator[Case]:
    """The case that the options name.  `new`: it may be made; otherwise it has to be there."""
    import quoth.case
    from quoth.ledger import is_address, there_is, without_password

    chosen: Chosen = context.find_root().obj
    if not new and chosen.case != ":memory:" and not there_is(chosen.case):
        where = without_password(chosen.case) if is_address(chosen.case) else chosen.case
        raise NoCase("there is no such case", where=where, remedy="make one with: quoth add ARTICLES…")
    with quoth.case.open(chosen.case, profile=profile, agents=chosen.agents, asks=chosen.asks) as case:
        yield case


def day(context: click.Context, option: click.Parameter, value: str | None) -> datetime.date | None:
    """A callback of options that take a day."""
    try:
        return datetime.date.fromisoformat(value) if value else None
    except ValueError:
        raise click.BadParameter(f"{value!r} is not a day; write it as 2024-03-04", context, option) from None


def takes_case(command: F) -> F:
    """`--case`, which may stand before or after the command's name."""
    option = click.option(
        "--case", metavar="FILE", expose_value=False, callback=_set_case, help="The case, if not given before."
    )
    return option(command)


def takes_profile(command: F) -> F:
    """`--profile`: how attributions are read, in every command that reads."""
    option = click.option(
        "--profile",
        type=click.Choice([profile.value for profile in Profile]),
        default=DEFAULT_PROFILE.value,
        envvar="QUOTH_PROFILE",
        show_default=True,
        show_envvar=True,
        help="How who said what is read: by rules alone, with a small network, with a larger one (quoth[accurate]).",
    )
    return option(command)


def takes_reading(command: F) -> F:
    """`--jobs` and `--no-cache`, in every command that may read much."""
    jobs = click.option(
        "--jobs",
        metavar="N",
        type=click.IntRange(min=0),
        default=1,
        envvar="QUOTH_JOBS",
        show_default=True,
        show_envvar=True,
        callback=lambda _context, _option, value: value or os.cpu_count() or 1,
        help="How many processes read; 0: as many as there are cores.",
    )
    cache = click.option("--cache/--no-cache", default=True, help="Take what was read before from the cache directory.")
    return jobs(cache(command))


def takes_network(command: F) -> F:
    """`--since`, `--limit` and `--allow-private`, in every command that fetches pages."""
    since = click.option(
        "--since", callback=day, metavar="YYYY-MM-DD", help="Of feeds and sitemaps: only pages of this day or later."
    )
    limit = click.option(
        "--limit",
        metavar="N",
        type=click.IntRange(min=1),
        help="Of feeds, sitemaps and tables: so many new pages of each; otherwise all, of a sitemap 200.",
    )
    private = click.option(
        "--allow-private", is_flag=True, help="Also ask private addresses and any port: for servers of your own."
    )
    return since(limit(private(command)))


def login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no such user on this machine
        return ""


def takes_reviewer(command: F) -> F:
    """`--by` and `--note`, in every command that writes down what a person judges."""
    by = click.option(
        "--by", metavar="NAME", envvar="QUOTH_REVIEWER", show_envvar=True, default=login,
        show_default="your login", help="Who judges.",
    )  # fmt: skip
    note = click.option("--note", metavar="WORDS", help="Why.")
    return by(note(command))


def takes_clock(command: F) -> F:
    """`--clock`: which day of a document counts, in every command that looks back."""
    option = click.option(
        "--clock",
        type=click.Choice([clock.value for clock in Clock]),
        default=Clock.PUBLISHED.value,
        show_default=True,
        help="Which day of a document counts: of publication, or of being added to this case (UTC).",
    )
    return option(command)


def takes_as_of(command: F) -> F:
    """`--as-of` and `--clock`, in every command that can show a case as it stood."""
    option = click.option("--as-of", callback=day, metavar="YYYY-MM-DD", help="As it stood at the end of this day.")
    return option(takes_clock(command))


def takes_format(command: F) -> F:
    """`--format`, one meaning in all commands."""
    option = click.option(
        "--format",
        "format",
        type=click.Choice(["table", "json", "jsonl", "csv"]),
        default="table",
        show_default=True,
        help="jsonl: one object a line, keys in a fixed order.",
    )
    return option(command)
