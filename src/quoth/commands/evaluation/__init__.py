"""`quoth eval`: what Quoth makes of what is known, as figures."""

from __future__ import annotations

import click

from quoth.commands.evaluation.attribution import attribution
from quoth.commands.evaluation.cat import events, quantities
from quoth.commands.evaluation.factuality import factuality
from quoth.commands.evaluation.nesting import nesting
from quoth.commands.evaluation.places import places
from quoth.commands.evaluation.stories import questions, statements
from quoth.commands.evaluation.time import time
from quoth.commands.evaluation.truth import truth


@click.group("eval", short_help="Measure readings against what is known.")
def evaluation() -> None:
    """Measure what Quoth reads in a story or in annotated texts against what a careful reader finds there.

    \b
      quoth eval statements examples
      quoth eval questions examples --errors
      quoth eval statements STORY… --format json --at-least end_to_end=0.6 --at-most traps_sprung=0
      quoth eval attribution FILE.jsonl --errors 3
      quoth eval nesting FILE.toml --errors
      quoth eval places FILE.xml --at-least accuracy_161km=0.85
      quoth eval events FOLDER --at-least events_f1=0.75
      quoth eval quantities FILE.xml --errors
      quoth eval factuality FILE… --errors 20
      quoth eval time FILE… --errors
      quoth eval truth FOLDER

    STORY is a folder with its articles in articles/, and statements.json, questions.json and traps.json beside them
    or in expected/.  examples/ of Quoth's repository is one; its files show the format.  Several stories are also
    measured as one.  The articles are read anew into a case that is not kept.  FILE.jsonl holds annotated texts, one a
    line, FILE.toml short texts with relay chains, FILE.xml articles with their toponyms;
    FOLDER annotated texts, or claims and what is true.

    Intervals are 95 %: a bootstrap over articles where there are five or more, otherwise Wilson's for simple
    proportions.  Exit status: 0 fine, 1 a figure is not as wanted, 2 could not do it.
    """


for _command in (statements, questions, attribution, nesting, events, quantities, factuality, places, time, truth):
    evaluation.add_command(_command)
