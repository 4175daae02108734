"""The shell's manners, common to all commands: errors become one line and an exit status; shared options."""

from __future__ import annotations

import contextlib
import datetime
import getpass
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from quoth.errors import NotFound, QuothError
from quoth.model import DEFAULT_PROFILE, Clock, Profile
from quoth.present import terminal

if TYPE_CHECKING:
    from quoth.case import Case

FINE, WRONG, COULD_NOT = 0, 1, 2
"""Exit statuses."""


@dataclass(slots=True)
class Chosen:
    """The case and the files that declare its agents and ask its questions, as the options before and after the
    command give them."""

    case: str
    agents: str | None = None
    asks: str | None = None


class NoCase(NotFound):
    """A command that reads a case where there is none."""

    code = "Q501"


F = TypeVar("F", bound=Callable[..., Any])


class Shell(click.Group):
    """Turns every error into one line on stderr and an exit status."""

    def main(self, *args: Any, **extra: Any) -> NoReturn:
        given = extra.get("args") or (args[0] if args else sys.argv[1:])
        extra["standalone_mode"] = False
        try:
            status = super().main(*args, **extra)
            sys.stdout.flush()
        except click.exceptions.Exit as leaving:
            status = leaving.exit_code
        except click.ClickException as error:
            error.show()
            status = COULD_NOT
        except click.Abort:
            terminal.note("Stopped. What was written down before that stays.")
            status = 130
        except QuothError as error:
            terminal.fail(str(error))
            status = COULD_NOT
        except BrokenPipeError:
            status = _unread()
        except Exception as error:  # the boundary: a person gets one line, not a traceback
            if "--debug" in given:
                raise
            what = f"{type(error).__name__}: {error}".rstrip(": ")
            terminal.fail(f"this is a bug in Quoth, please report it ({what}). With `quoth --debug …` it says where.")
            status = COULD_NOT
        sys.exit(status if isinstance(status, int) else FINE)

    def invoke(self, context: click.Context) -> Any:
        """Here, not in `main`: click takes a broken pipe for a failure before `main` sees it."""
        try:
            return super().invoke(context)
        except BrokenPipeError:
            return _unread()


def _unread() -> int:
    """Whoever read stdout has gone, as `head` does: nothing more is written, and nothing is wrong."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return FINE


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
