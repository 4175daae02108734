"""`quoth eval factuality`: whether events came about, and how sure it is, against annotated texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import click

from quoth.commands.evaluation.stories import Bounds, figures_line, figures_tables, takes_bounds, unmet_lines
from quoth.measure.figures import Miss, Scored
from quoth.present import terminal
from quoth.present.shell import FINE, WRONG

if TYPE_CHECKING:
    from rich.table import Table

    from quoth.measure.factuality.classes import Class

Confusion: TypeAlias = "dict[Class, dict[Class | None, int]]"


@click.command(short_help="Did it happen, and how sure: single events.")
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--errors",
    metavar="N",
    type=click.IntRange(min=1),
    help="Also list N wrong events, the furthest off first.",
)
@click.option("--format", "format", type=click.Choice(["table", "json"]), default="table", show_default=True)
@takes_bounds("file")
@click.pass_context
def factuality(
    context: click.Context, files: tuple[Path, ...], errors: int | None, format: str, at_least: Bounds, at_most: Bounds
) -> None:
    """Measure the reader's factuality of single events, as the text's writer has it.

    FILE.jsonl holds sentences with rated events, in the form of It-Happened: {"text": "Berg did not leave .",
    "targets": [{"span1": [3, 4], "label": -2.25}]}, tokens and half-open ranges of them, ratings from -3 to 3.

    \b
      pearson_r             of the graded reading and the ratings
      mean_absolute_error   between the two
      pearson_r_of_values   of the seven values alone, each at the mean rating of its events in training

    FILE.xml, or a folder of such files, is CAT XML, as of MEANTIME: events with certainty, polarity, time,
    special_cases.  Their classes are PR/PS (PROBABLE, POSSIBLE), else U/future (UNDERSPECIFIED, FUTURE,
    COND_IF_CLAUSE), else CT- (NEG), else CT+.  Figures are of those that the reader takes for events:

    \b
      f1 …, macro_f1        of each class, and their mean
      accuracy              classes that are right
      found                 annotated events that the reader takes for events

    Intervals are 95 %: sentences or documents are drawn with replacement.

    \b
      quoth eval factuality uds_ih2_dev.jsonl --errors 20
      quoth eval factuality corpus_airbus corpus_apple --at-least macro_f1=0.7
    """
    rated = [path for path in files if path.suffix == ".jsonl"]
    marked = [path for path in files if path.suffix != ".jsonl"]
    parts: list[tuple[Scored, Confusion | None]] = [_rated(path, errors or 0) for path in rated]
    parts += [_classed(marked, errors or 0)] if marked else []
    for part, table in parts:
        if format == "json":
            shown = figures_line(part, errors=errors is not None)
            if table is not None:
                shown["confusion"] = {gold: {got or "none": n for got, n in row.items()} for gold, row in table.items()}
            terminal.print_lines([shown], format, lambda line: ())
        else:
            terminal.show(*figures_tables(part, errors=errors is not None))
            if table is not None:
                terminal.show(_confusion(table))
    wrong = [line for part, _ in parts for line in unmet_lines(part, *_of(part, parts, at_least, at_most))]
    for line in wrong:
        terminal.fail(line)
    context.exit(WRONG if wrong else FINE)


def _of(
    part: Scored, parts: Sequence[tuple[Scored, Confusion | None]], *bounds: Bounds
) -> Iterator[list[tuple[str, float]]]:
    """The bounds that are this part's to hold: not those on figures that only files of the other form have."""
    own = {figure.name for figure in part.figures}
    others = {figure.name for other, _ in parts for figure in other.figures} - own
    for some in bounds:
        yield [(name, value) for name, value in some if name not in others]


def _rated(path: Path, errors: int) -> tuple[Scored, None]:
    from quoth.measure.factuality.graded import graded_figures, read_rated
    from quoth.measure.factuality.happened import load_happened

    read = list(read_rated(load_happened(path)))
    worst = sorted(read, key=lambda one: -abs(one.graded - one.rating))[:errors]
    misses = tuple(
        Miss(
            what=one.judged.factuality,
            ids=f"{one.sentence}: {one.words}",
            wanted=f"{one.rating:.2f}",
            got=f"{one.graded:.2f}",
            words=one.text,
        )
        for one in worst
    )
    return Scored(name=str(path), figures=graded_figures(read), misses=misses), None


def _classed(paths: Sequence[Path], errors: int) -> tuple[Scored, Confusion]:
    from quoth.measure.cat import load_cat
    from quoth.measure.factuality.classes import class_figures, confusion, read_classes

    read = list(read_classes(load_cat(paths)))
    wrong = [one for one in read if one.read is not None and one.read is not one.gold][:errors]
    misses = tuple(
        Miss(what="class", ids=one.words, wanted=one.gold, got=str(one.read), words=one.sentence) for one in wrong
    )
    name = ", ".join(map(str, paths))
    return Scored(name=name, figures=class_figures(read), misses=misses), confusion(read)


def _confusion(table: Confusion) -> Table:
    from rich import box
    from rich.table import Table

    shown = Table("annotated as", box=box.SIMPLE, title="read as", title_justify="left")
    for got in next(iter(table.values())):
        shown.add_column(got or "no event", justify="right")
    for gold, row in table.items():
        shown.add_row(gold, *map(str, row.values()))
    return shown
