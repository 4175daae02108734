"""The shell's manners, common to all commands: they load when called, errors become one line and an exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, NoReturn

import click

from quoth.errors import QuothError
from quoth.present import terminal

FINE, WRONG, COULD_NOT = 0, 1, 2
"""Exit statuses."""


@dataclass(slots=True)
class Chosen:
    """The case and the files that declare its agents and ask its questions, as the options before and after the
    command give them."""

    case: str
    agents: str | None = None
    asks: str | None = None


class Commands(MutableMapping[str, click.Command]):
    """Commands by name, each imported when it is asked for."""

    def __init__(self, places: Mapping[str, tuple[str, str, str]]) -> None:
        self._places = places
        self._loaded: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        if name not in self._loaded:
            module, attribute, _ = self._places[name]
            self._loaded[name] = getattr(import_module(f"quoth.commands.{module}"), attribute)
        return self._loaded[name]

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._loaded[name] = command

    def __delitem__(self, name: str) -> None:
        del self._loaded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*self._places, *self._loaded)))

    def __len__(self) -> int:
        return len({*self._places, *self._loaded})


class Shell(click.Group):
    """Turns every error into one line on stderr and an exit status.

    `commands_in`: of each command its module in `quoth.commands`, its name there and its short help, so that the list
    of commands can be shown without importing them.
    """

    def __init__(
        self, name: str | None = None, *, commands_in: Mapping[str, tuple[str, str, str]], **extra: Any
    ) -> None:
        super().__init__(name, Commands(commands_in), **extra)
        self.short_helps = {name: short_help for name, (_, _, short_help) in commands_in.items()}

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, self.short_helps[name]) for name in self.list_commands(context)])

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
