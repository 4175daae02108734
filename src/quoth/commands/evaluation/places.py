"""`quoth eval places`: where the places of annotated articles lie, as figures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from quoth.commands.evaluation.stories import Bounds, report, takes_bounds
from quoth.present import terminal


@click.command(short_help="Where named places lie, and which are found.")
@click.argument("files", metavar="FILE.xml…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--given", is_flag=True, help="Only places of given names: nothing is read.")
@click.option("--errors", is_flag=True, help="Also list each wrong case: what was wanted, what came, the words.")
@click.option("--format", "format", type=click.Choice(["table", "json"]), default="table", show_default=True)
@takes_bounds("file")
@click.pass_context
def places(
    context: click.Context,
    files: Sequence[Path],
    given: bool,
    errors: bool,
    format: str,
    at_least: Bounds,
    at_most: Bounds,
) -> None:
    """Measure where named places lie, and which names are found, against articles with their toponyms.

    FILE.xml is in the format of LGL and TR-News, or in that of GeoWebNews.  First the names are given: what lies
    within 161 km of the gold place, the country, how far off.  Then the reader finds them by itself; of toponyms
    with types, those that stand for the place itself count apart, as Quoth means to find only these.

    \b
      quoth eval places TR-News.xml --at-least accuracy_161km=0.85 --at-least country=0.95
    """
    from quoth.measure.places import load_places, measure_places

    loaded = [(path.name, load_places(path)) for path in files]
    measured = []
    for name, articles in loaded:
        if not given:
            terminal.note(f"{name}: reading …")
        measured.append(measure_places(name, articles, found=not given))
    context.exit(report(measured, "all files", format=format, errors=errors, at_least=at_least, at_most=at_most))
