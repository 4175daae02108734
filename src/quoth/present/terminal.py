"""What goes to stdout and stderr, and how; only results go to stdout."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import click

from quoth.present.escape import visible

if TYPE_CHECKING:
    from rich.console import Console, RenderableType


def note(text: str) -> None:
    """A line on stderr."""
    click.echo(visible(text), err=True)


def fail(text: str) -> None:
    """An error on stderr."""
    note(f"Error: {text}")


def console() -> Console:
    """Stdout for tables; wide enough for them when it is no terminal."""
    from rich.console import Console

    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else 140
    return Console(file=sys.stdout, width=width, markup=False, highlight=False, emoji=False)


def show(*what: RenderableType) -> None:
    """Tables, trees and text on stdout."""
    out = console()
    for renderable in what:
        out.print(renderable)


def print_lines(lines: Iterable[dict[str, Any]], format: str, rows: Callable[[dict[str, Any]], Iterable[Any]]) -> None:
    """JSON objects as jsonl, json or csv (by `rows`) on stdout."""
    from quoth.present.flat import csv_text
    from quoth.present.wire import json_text

    if format == "jsonl":
        for line in lines:
            click.echo(json_text(line))
    elif format == "json":
        click.echo("[" + ",\n ".join(json_text(line) for line in lines) + "]")
    else:
        for text in csv_text(row for line in lines for row in rows(line)):
            click.echo(text, nl=False)
