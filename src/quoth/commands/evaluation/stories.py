"""`quoth eval statements`, `quoth eval questions`: what Quoth makes of stories that are known, as figures."""

from __future__ import annotations

import operator
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from quoth.present import terminal
from quoth.present.shell import FINE, WRONG, takes_profile

if TYPE_CHECKING:
    from rich.console import RenderableType

    from quoth.measure import Measured
    from quoth.measure.figures import Scored
    from quoth.outcomes import Item

F = TypeVar("F", bound=Callable[..., Any])


def bound(text: str) -> tuple[str, float]:
    """FIGURE=VALUE."""
    figure, _, number = text.partition("=")
    try:
        return figure.strip(), float(number)
    except ValueError:
        raise click.BadParameter(f"{text!r} is not FIGURE=VALUE, as in end_to_end=0.6") from None


def takes_bounds(of: str) -> Callable[[F], F]:
    """`--at-least` and `--at-most`, that a figure is to hold in every one of what is measured."""
    at: dict[str, Any] = {"type": bound, "multiple": True, "metavar": "FIGURE=VALUE"}

    def wrap(command: F) -> F:
        most = click.option("--at-most", help=f"Exit with 1 unless the figure is as low in every {of}.", **at)
        return click.option("--at-least", help=f"Exit with 1 unless the figure is as high in every {of}.", **at)(
            most(command)
        )

    return wrap


def _takes_stories(command: F) -> F:
    """What both commands take, after their own options."""
    options = (
        click.argument("stories", metavar="STORY…", nargs=-1, required=True, type=click.Path(path_type=Path)),
        click.option("--format", "format", type=click.Choice(["table", "json"]), default="table", show_default=True),
        click.option(
            "--errors", is_flag=True, help="Also list each wrong case: what was wanted, what came, the words."
        ),
        takes_bounds("story"),
        takes_profile,
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.command(short_help="Who said what: found, and each field right.")
@_takes_stories
@click.pass_context
def statements(context: click.Context, /, **options: Any) -> None:
    """Measure who said what: the statements found, each field right, all of it right, traps sprung.

    \b
      quoth eval statements examples --errors
    """
    from quoth.measure import measure_statements

    context.exit(_evaluate(measure_statements, compare=False, **options))


@click.command(short_help="Side by side: questions, relations, origins.")
@_takes_stories
@click.pass_context
def questions(context: click.Context, /, **options: Any) -> None:
    """Measure how statements are laid side by side: links, relations, contradictions, origins.

    \b
      quoth eval questions examples --at-least contradict_p=0.9
    """
    from quoth.measure import measure_questions

    context.exit(_evaluate(measure_questions, compare=True, **options))


Bounds = Sequence[tuple[str, float]]


def _evaluate(
    measure: Callable[..., Measured],
    *,
    compare: bool,
    stories: Sequence[Path],
    format: str,
    errors: bool,
    at_least: Bounds,
    at_most: Bounds,
    profile: str,
) -> int:
    """Read, measure and print; returns the exit status."""
    from quoth.measure import load_story, read
    from quoth.present.standing import by_contest

    loaded = [load_story(folder) for folder in stories]
    measured = []
    for story in loaded:
        readings = read(story, compare=compare, progress=_teller(story.name), profile=profile)
        for note in readings.notes:
            terminal.note(f"{story.name}: {note}")
        if readings.comparison is not None:  # in the order of `quoth questions`: the first relation of a pair counts
            questions = tuple(by_contest(readings.comparison.questions))
            readings = replace(readings, comparison=replace(readings.comparison, questions=questions))
        measured.append(measure(story, readings))
    return report(measured, "all stories", format=format, errors=errors, at_least=at_least, at_most=at_most)


def _teller(story: str) -> Callable[[Item], None] | None:
    if not sys.stderr.isatty():
        terminal.note(f"{story}: reading …")
        return None
    return lambda item: terminal.note(f"{story}: {item.where}")


def report(
    measured: Sequence[Measured | Scored],
    together: str | None = None,
    *,
    format: str,
    errors: bool,
    at_least: Bounds,
    at_most: Bounds,
) -> int:
    """Print figures, several measurements also as one by the name `together`, and what is not as wanted.

    Returns the exit status.
    """
    from quoth.measure import Measured, pooled

    failed = [line for one in measured for line in unmet_lines(one, at_least, at_most)]
    shown = list(measured)
    if together is not None and len(measured) > 1:
        shown.append(pooled(together, [one for one in measured if isinstance(one, Measured)]))
    if format == "json":
        terminal.print_lines((figures_line(one, errors=errors) for one in shown), format, lambda line: ())
    else:
        for one in shown:
            terminal.show(*figures_tables(one, errors=errors))
    for line in failed:
        terminal.fail(line)
    return WRONG if failed else FINE


def unmet_lines(measured: Measured | Scored, at_least: Bounds, at_most: Bounds) -> Iterator[str]:
    """What is not as wanted.  Raises UsageError on a figure that the story does not have."""
    story, values = measured.name, {figure.name: figure.value for figure in measured.figures}
    for bounds, holds, words in ((at_least, operator.ge, "at least"), (at_most, operator.le, "at most")):
        for name, bound in bounds:
            if name not in values:
                raise click.UsageError(f"{story} has no figure {name!r}; it has: {', '.join(values)}")
            if not holds(values[name], bound):
                yield f"{story}: {name} is {values[name]:.4f}, wanted {words} {bound:g}"


def figures_line(measured: Measured | Scored, *, errors: bool) -> dict[str, Any]:
    """The figures, and with `errors` what was wrong, as a JSON object."""
    figures = {
        figure.name: {
            "value": _rounded(figure.value),
            "n": figure.n,
            "low": _rounded(figure.low),
            "high": _rounded(figure.high),
            "interval": figure.method,
        }
        for figure in measured.figures
    }
    line: dict[str, Any] = {"story": measured.name, "figures": figures}
    if errors:
        line["errors"] = [
            {"what": miss.what, "ids": miss.ids, "wanted": miss.wanted, "got": miss.got, "words": miss.words}
            for miss in measured.misses
        ]
    return line


def _rounded(value: float | None) -> float | None:
    return round(value, 4) if isinstance(value, float) else value


def figures_tables(measured: Measured | Scored, *, errors: bool) -> Iterator[RenderableType]:
    """The figures, and with `errors` what was wrong, as tables."""
    from rich import box
    from rich.table import Table

    from quoth.present.escape import visible

    table = Table("figure", box=box.SIMPLE, title=visible(measured.name), title_justify="left")
    for heading in ("value", "cases", "95 %"):
        table.add_column(heading, justify="right")
    table.add_column("interval")
    for figure in measured.figures:
        value = f"{figure.value:.3f}" if isinstance(figure.value, float) else str(figure.value)
        between = f"{figure.low:.3f} to {figure.high:.3f}" if figure.low is not None else ""
        cases = "" if figure.n is None else str(figure.n)
        table.add_row(figure.name, "–" if figure.n == 0 else value, cases, between, figure.method or "")
    yield table
    if errors and measured.misses:
        wrong = Table("wrong", "which", "wanted", "got", "words", box=box.SIMPLE)
        for miss in measured.misses:
            wrong.add_row(*map(visible, (miss.what, miss.ids, miss.wanted, miss.got, miss.words)))
        yield wrong
