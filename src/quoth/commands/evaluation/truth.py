"""`quoth eval truth`: which value of conflicting claims is true, by method, as figures."""

from __future__ import annotations

from pathlib import Path

import click

from quoth.commands.evaluation.stories import Bounds, report, takes_bounds
from quoth.present import terminal


@click.command(short_help="Truth discovery on claims whose truth is known.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--errors", is_flag=True, help="Also list each wrong case: what was wanted, what came.")
@click.option("--format", "format", type=click.Choice(["table", "json"]), default="table", show_default=True)
@takes_bounds("folder")
@click.pass_context
def truth(context: click.Context, folder: Path, errors: bool, format: str, at_least: Bounds, at_most: Bounds) -> None:
    """Measure the methods of `quoth weigh` on conflicting claims whose truth is known: the share of items that each
    gets right.

    FOLDER has claims/*.csv (ObjectID, PropertyID, PropertyValue, SourceID, TimeStamp) and ground_truth/*.csv
    (ObjectID, PropertyID, PropertyValue).  Of a source's claims for one item the last counts.

    \b
      quoth eval truth FOLDER --at-least copies_and_time=0.6
    """
    from quoth.measure.truth import load_claims, measure_truth

    disputed = load_claims(folder)
    terminal.note(
        f"{folder.name}: {disputed.claims} claims about {len(disputed.votes)} items, {len(disputed.truth)} known"
    )
    measured = measure_truth(folder.name, disputed, lambda method: terminal.note(f"{folder.name}: {method} …"))
    context.exit(report([measured], format=format, errors=errors, at_least=at_least, at_most=at_most))
