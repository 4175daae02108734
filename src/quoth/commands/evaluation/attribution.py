"""`quoth eval attribution`: who is said to say what, against annotated texts, as figures."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quoth.present import terminal
from quoth.present.shell import takes_profile

if TYPE_CHECKING:
    from quoth.measure.attribution import Annotated, Predictions


def _number_or_file(context: click.Context, option: click.Parameter, value: str | None) -> int | Path | None:
    if value is None:
        return None
    try:
        number = int(value)
    except ValueError:
        return Path(value)
    if number < 1:
        raise click.BadParameter("it is to be a number above 0 or a file", context, option)
    return number


@click.command(short_help="Who said what in annotated texts, by quotation and cue.")
@click.argument("file", metavar="FILE.jsonl", type=click.Path(path_type=Path))
@click.option(
    "--predicted",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Measure these predictions; the texts are not read.",
)
@click.option(
    "--against",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Predictions to compare with: the differences, on the same draws.",
)
@click.option("--write", metavar="FILE", type=click.Path(path_type=Path), help="Keep what was read as predictions.")
@click.option(
    "--errors",
    metavar="N|FILE",
    callback=_number_or_file,
    help="Also show N mistakes of each kind, or write all of them to FILE, one a line.",
)
@click.option(
    "--bootstrap",
    metavar="DRAWS",
    type=click.IntRange(min=0),
    default=1000,
    show_default=True,
    help="Draws of documents for the intervals; 0: none.",
)
@click.option("--format", "format", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@takes_profile
def attribution(
    file: Path,
    predicted: Path | None,
    against: Path | None,
    write: Path | None,
    errors: int | Path | None,
    bootstrap: int,
    format: str,
    as_json: bool,
    profile: str,
) -> None:
    """Measure who is said to say what in annotated texts: contents found, source and cue right.

    FILE.jsonl holds one document a line, {"doc_id", "text", "attributions": [{"source", "cue", "content", "type"}]}:
    spans [start, end] in code points, several or none to a role; "type" (direct, indirect, mixed) may be left out.
    The first line of a text is its headline, every other one a paragraph.  Predictions have the same format and may
    leave the text out.

    \b
      content.relaxed   the overlap of the contents' words (Jaccard) is a half or more, one-to-one
      content.exact     the same words; strict: the same punctuation too; soft: in proportion
      pair              content.relaxed, and the sources share a word (head: the source's head word)
      triple            pair, and the cues share a word
      token, span       single words, and unbroken stretches, in whichever attribution
      source, cue       of the contents found: how many have the role right

    Marks at the edges never matter, but to strict.  By type of quotation and by kind of cue, precision counts the
    predictions of that kind and recall the gold ones.  Kinds of cue are told by their words and the lexicon of cues.
    Intervals are 95 %: documents are drawn with replacement.

    \b
      quoth eval attribution polnear_dev.jsonl --errors 3
      quoth eval attribution polnear_dev.jsonl --write mine.jsonl --json > figures.json
      quoth eval attribution polnear_dev.jsonl --predicted mine.jsonl --against theirs.jsonl
    """
    if write is not None and predicted is not None:
        raise click.UsageError("--write keeps what Quoth reads, and with --predicted it reads nothing")
    outputs = [path for path in (write, errors) if isinstance(path, Path)]
    _check_outputs(outputs, [path for path in (file, predicted, against) if path is not None])

    from quoth.commands.evaluation.attribution_shown import figures_line, mistake_line, mistake_table, tables
    from quoth.measure.attribution import (
        compare,
        differ,
        load_gold,
        load_predictions,
        measure,
        mistakes,
        sample,
        write_lines,
        write_predictions,
    )
    from quoth.present.wire import json_text

    gold = load_gold(file)
    other = None if against is None else load_predictions(against, gold)
    found = _read(gold, profile) if predicted is None else load_predictions(predicted, gold)
    if write is not None:
        write_predictions(write, found)
        terminal.note(f"Wrote {write}")
    with _progress("Drawing documents for intervals:", bootstrap) as done:
        measured = measure([compare(d, found[d.id]) for d in gold], draws=bootstrap, progress=done)
    difference = None
    if other is not None:
        with _progress("Drawing documents for intervals:", bootstrap) as done:
            compared = [compare(d, other[d.id]) for d in gold]
            difference = differ(measured, measure(compared, draws=0), draws=bootstrap, progress=done)
    wrong = list(mistakes(measured.compared)) if errors is not None else []
    if isinstance(errors, Path):
        write_lines(errors, map(mistake_line, wrong))
        terminal.note(f"Wrote {errors}: {len(wrong)} mistakes")
    shown = sample(wrong, errors) if isinstance(errors, int) else None

    if as_json or format == "json":
        files = {"gold": file, "predicted": predicted, "against": against}
        names = {name: None if path is None else str(path) for name, path in files.items()}
        line = figures_line(names, measured, difference)
        if shown is not None:
            line["errors"] = [mistake_line(mistake) for mistake in shown]
        click.echo(json_text(line))
        return
    terminal.show(*tables(measured, difference))
    if shown is not None:
        terminal.show(*map(mistake_table, shown))
        terminal.note(f"{len(shown)} of {len(wrong)} mistakes")


def _check_outputs(outputs: Sequence[Path], inputs: Sequence[Path]) -> None:
    """Before the work: none of the files to be written is one that is read, and each has a folder."""
    from quoth.measure.attribution import check_writable

    for path in outputs:
        if path.resolve() in {given.resolve() for given in inputs} or outputs.count(path) > 1:
            raise click.UsageError(f"{path} would be written over; name another file")
        check_writable(path)


def _read(gold: Sequence[Annotated], profile: str) -> Predictions:
    from quoth.measure.attribution import read_attributions

    found: dict[str, Any] = {}
    with _progress("Reading documents:", len(gold)) as done:
        for id, attributions in read_attributions(gold, profile):
            found[id] = attributions
            done(len(found))
    return found


@contextlib.contextmanager
def _progress(what: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar on stderr that is told how much is done; one line where stderr is no terminal, none for nothing."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    errors = Console(stderr=True, markup=False, highlight=False, emoji=False)
    if not errors.is_terminal or not total:
        if total:
            terminal.note(f"{what} {total} …")
        yield lambda done: None
        return
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=errors, transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done: bar.update(task, completed=done)
