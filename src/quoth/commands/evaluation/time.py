"""`quoth eval time`: time expressions found and their days right, in texts with their times marked in place."""

from __future__ import annotations

from pathlib import Path

import click

from quoth.commands.evaluation.stories import Bounds, report, takes_bounds


@click.command(short_help="Time expressions and their days.")
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--errors", is_flag=True, help="Also list what was missed, extra or has other days.")
@click.option("--format", "format", type=click.Choice(["table", "json"]), default="table", show_default=True)
@takes_bounds("measurement")
@click.pass_context
def time(
    context: click.Context, files: tuple[Path, ...], errors: bool, format: str, at_least: Bounds, at_most: Bounds
) -> None:
    """Measure time expressions in texts that mark them in place, TIMEX2 (WikiWars, ACE) or TIMEX3 (TimeML), or in
    single phrases (.jsonl).

    FILE has its text in <TEXT>, and the day it was written in <DCT>, <DATETIME> or <DATE>, from which "last Monday" is
    counted.  An expression is found where its words overlap a marked one, one to one; "from May 5 to 7" is read as one
    expression where TIMEX marks two, and finds both.  A line of FILE.jsonl has a phrase (text), the day it is said on
    (reference), and its days: value and grain, or from and to, the moment after; other lines are left out.

    \b
      times_p, times_r, times_f1   expressions found
      value                        of those found whose value is a stretch of the calendar: first and last day right;
                                   durations, sets and "PRESENT_REF" have no days and are only to be found

    Intervals are 95 %: documents are drawn with replacement.

    \b
      quoth eval time keyinline/*.xml --errors
      quoth eval time te3-platinum/*.tml --at-least times_f1=0.9
      quoth eval time phrases.jsonl --errors
    """
    from quoth.measure.figures import Miss, Scored
    from quoth.measure.inline_times import load_times
    from quoth.measure.times import paired, read_times, time_figures

    texts = [text for path in files for text in load_times(path)]
    pairs = [paired(text, read) for text, read in read_times(texts)]
    misses = []
    for one in (pair for group in pairs for pair in group if pair.right is False or None in (pair.gold, pair.read)):
        span = one.gold.span if one.gold is not None else one.read.span if one.read is not None else None
        when = one.read.when if one.read is not None else None
        misses.append(
            Miss(
                what="missed" if one.read is None else "extra" if one.gold is None else "days",
                ids=one.text.name,
                wanted=str(one.gold.value) if one.gold is not None else "",
                got=f"{when.earliest} … {when.latest}" if when is not None else "",
                words=span.words(one.text.text) if span is not None else "",
            )
        )
    measured = Scored(
        name=f"{len(texts)} documents", figures=time_figures(pairs), misses=tuple(misses) if errors else ()
    )
    context.exit(report([measured], format=format, errors=errors, at_least=at_least, at_most=at_most))
