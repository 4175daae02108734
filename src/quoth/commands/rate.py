"""`quoth rate`: how reliable an analyst holds a source."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from quoth.model import Reliability
from quoth.present import terminal
from quoth.present.shell import opened_case, takes_case, takes_format, takes_reviewer
from quoth.present.words import count

if TYPE_CHECKING:
    from quoth.case import Case

NONE = "none"
"""What takes a rating back."""


@click.command(short_help="Rate how reliable a source is; list the ratings.")
@takes_case
@click.argument("name", required=False)
@click.argument(
    "grade",
    required=False,
    metavar="[A-F|none]",
    type=click.Choice([*(grade.value for grade in Reliability), NONE], case_sensitive=False),
)
@click.option("--topic", metavar="WORDS", help="Only for questions that hold all these words.")
@takes_reviewer
@takes_format
@click.pass_context
def rate(
    context: click.Context,
    name: str | None,
    grade: str | None,
    topic: str | None,
    by: str,
    note: str | None,
    format: str,
) -> None:
    """Rate how reliable you hold a source, by the Admiralty code (NATO STANAG 2511); without a grade, list ratings.

    NAME is an outlet or an agent, by any of its names; where it is a part of one name in the case, that one is meant.
    A name that nobody in the case bears is kept, with a note, and rates whoever bears it later.

    \b
      A completely reliable   C fairly reliable        E unreliable
      B usually reliable      D not usually reliable   F reliability cannot be judged
      none takes a rating back

    A rating is your judgement and a new row with who and when; the last one on a source and topic counts, and one for a
    topic comes before a general one.  It is shown beside the answers of that source, as in B2, and decides nothing: no
    answer is sorted, weighed or left out by it.  The figure after it is derived, by rules: see docs/credibility.md.

    \b
      quoth rate "Harbour Wire" B --note "agency, corrects itself"
      quoth rate Lukashenko D --topic "missiles"
      quoth rate Lukashenko none --topic "missiles"
      quoth rate
      quoth rate Lukashenko --format jsonl
    """
    with opened_case(context) as case:
        if name is not None and grade is not None:
            from quoth.present.people import rating_told

            for line in rating_told(case.rate(name, None if grade == NONE else grade, topic=topic, by=by, note=note)):
                terminal.note(line)
            return
        if topic is not None or note is not None:
            raise click.UsageError("--topic and --note go with a grade: quoth rate NAME A-F", context)
        _list(case, name, format)


def _list(case: Case, name: str | None, format: str) -> None:
    from quoth.present.flat import rating_row
    from quoth.present.people import ratings_table
    from quoth.present.wire import rating_line

    ratings = case.ratings(name=name)
    if format != "table":
        terminal.print_lines(map(rating_line, ratings), format, lambda line: [rating_row(line)])
        return
    terminal.show(ratings_table(ratings))
    terminal.note(f"{count(len(ratings), 'rating')}, {sum(r.standing for r in ratings)} of them standing")
