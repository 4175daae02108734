"""`quoth eval events`, `quoth eval quantities`: what is read in texts that were annotated in CAT XML."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from quoth.commands.evaluation.stories import Bounds, report, takes_bounds
from quoth.present import terminal

if TYPE_CHECKING:
    from quoth.measure import Measured

F = TypeVar("F", bound=Callable[..., Any])


def _takes_texts(command: F) -> F:
    options = (
        click.argument("paths", metavar="PATH…", nargs=-1, required=True, type=click.Path(path_type=Path)),
        click.option("--format", "format", type=click.Choice(["table", "json"]), default="table", show_default=True),
        click.option("--errors", is_flag=True, help="Also list what was missed, extra or wrong, with its words."),
        takes_bounds("measurement"),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.command(short_help="Events, roles and times in CAT XML.")
@_takes_texts
@click.pass_context
def events(context: click.Context, /, **options: Any) -> None:
    """Measure events, the heads of their roles, and times in texts of CAT XML (MEANTIME): files, or folders of them.

    An event is found where its words overlap, one to one.  Roles are those of events found: Arg0 is the agent, Arg1
    the theme, Arg2 the recipient, Argm-LOC the place; one is right if its head word heads any that the text has for it.
    """
    from quoth.measure.events import measure_events

    context.exit(_evaluate(measure_events, **options))


@click.command(short_help="Quantities in CAT XML.")
@_takes_texts
@click.pass_context
def quantities(context: click.Context, /, **options: Any) -> None:
    """Measure quantities in texts of CAT XML against their VALUE elements, one to one by overlap, and their types."""
    from quoth.measure.values import measure_quantities

    context.exit(_evaluate(measure_quantities, **options))


def _evaluate(
    measure: Callable[..., Measured],
    *,
    paths: Sequence[Path],
    format: str,
    errors: bool,
    at_least: Bounds,
    at_most: Bounds,
) -> int:
    from quoth.measure.cat import load_cat
    from quoth.measure.sentences import read_sentences

    documents = load_cat(paths)
    for document in documents:
        for note in document.notes:
            terminal.note(f"{document.where}: {note}")
    measured = measure(", ".join(path.name for path in paths), read_sentences(documents))
    return report([measured], format=format, errors=errors, at_least=at_least, at_most=at_most)
