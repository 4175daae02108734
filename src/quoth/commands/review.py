"""`quoth review`: what a person judges of what was read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from quoth.corrections import NONE, BadCorrection, days_from, numbers_from
from quoth.judging import OF_STATEMENTS
from quoth.model import Act, AgentKind, Factuality, JudgementKind
from quoth.present import terminal
from quoth.present.shell import opened_case, takes_case, takes_format, takes_reviewer
from quoth.present.words import count

Read = TypeVar("Read")


def _review(context: click.Context, kind: JudgementKind, *subjects: str, **fields: Any) -> None:
    from quoth.present.people import told

    with opened_case(context) as case:
        terminal.note(told(case.review(kind, *subjects, **fields)))


@click.group(short_help="Correct what was read; merge, split, name questions.")
def review() -> None:
    """Accept, reject or correct what was read; say which names are one agent's; merge, split and name questions; undo
    any of it.

    \b
      quoth review reject 3f2a91c0 --note "a caption"
      quoth review correct 3f2a91c0 --act deny --factuality CT-
      quoth review correct 3f2a91c0 --source "Ana Dorn" --time 2024-05-01..2024-05-31
      quoth review same "Coast Watch" "the watch"
      quoth review apart "Ana Dorn" "A. Dorn"
      quoth review merge 51d20c77 e04b9a13
      quoth review split 51d20c77 3f2a91c0
      quoth review name 51d20c77 "When is the ferry due?"
      quoth review undo 3f2a91c0
      quoth review list

    Nothing that was read is rewritten.  A judgement is a new row with who and when, and decides what is shown; it goes
    with the words, so that it also holds when a newer Quoth reads the article again.  The last one counts.  A question
    is known again, whatever articles are added, by the statements that answered it.
    """


@review.command(short_help="Say that statements were read right.")
@takes_case
@takes_reviewer
@click.argument("ids", metavar="ID…", nargs=-1, required=True)
@click.pass_context
def accept(context: click.Context, ids: tuple[str, ...], by: str, note: str | None) -> None:
    """Say that statements were read right.  ID is a statement's, or its beginning."""
    _review(context, JudgementKind.ACCEPT, *ids, by=by, note=note)


@review.command(short_help="Say that these are no statements.")
@takes_case
@takes_reviewer
@click.argument("ids", metavar="ID…", nargs=-1, required=True)
@click.pass_context
def reject(context: click.Context, ids: tuple[str, ...], by: str, note: str | None) -> None:
    """Say that these are no statements, so that they are shown nowhere.  ID is a statement's, or its beginning."""
    _review(context, JudgementKind.REJECT, *ids, by=by, note=note)


def _as_written(read: Callable[[str], Read]) -> Callable[[click.Context, click.Parameter, str | None], Read | None]:
    def callback(context: click.Context, option: click.Parameter, value: str | None) -> Read | None:
        try:
            return None if value is None else read(value)
        except BadCorrection as error:
            raise click.BadParameter(f"{error.what}; {error.remedy}", context, option) from error

    return callback


@review.command(short_help="Say what a statement should read.")
@takes_case
@takes_reviewer
@click.argument("id")
@click.option("--source", metavar="NAME", help="Who said it.")
@click.option("--source-kind", type=click.Choice([kind.value for kind in AgentKind]), help="What the source is.")
@click.option("--source-country", metavar="CODE", help="The source's country, as in: BY.")
@click.option("--act", type=click.Choice([act.value for act in Act]))
@click.option("--factuality", type=click.Choice([f.value for f in Factuality]), help="How sure the source is.")
@click.option(
    "--said", metavar="DAYS", callback=_as_written(days_from), help="When it was said: a day, or FIRST..LAST."
)
@click.option("--event", metavar="N", type=int, default=1, show_default=True, help="The event that the rest is about.")
@click.option(
    "--time",
    metavar="DAYS",
    callback=_as_written(days_from),
    help="When the event is, was or will be; none for no time.",
)
@click.option(
    "--quantity", metavar="NUMBERS", callback=_as_written(numbers_from), help="How many: 12, 10..15, 10.. or none."
)
@click.option("--unit", metavar="WORDS", help="What the number is of.")
@click.option("--place", metavar="NAME", help="Where, by name and without coordinates; none for nowhere.")
@click.pass_context
def correct(context: click.Context, /, id: str, by: str, note: str | None, **should_be: Any) -> None:
    """Say what a statement should read; what is not named stays.  ID is a statement's, or its beginning.

    A correction is another reading of the same words: where the words themselves are wrong, reject the statement.

    \b
      quoth review correct 3f2a91c0 --act plan --time ..2024-05-31
    """
    if should_be["place"] == NONE:
        should_be["place"] = ""
    for field, enumeration in (("source_kind", AgentKind), ("act", Act), ("factuality", Factuality)):
        should_be[field] = enumeration(should_be[field]) if should_be[field] else None
    _review(context, JudgementKind.CORRECT, id, by=by, note=note, **should_be)


@review.command(short_help="Say that two names are one agent's.")
@takes_case
@takes_reviewer
@click.argument("name")
@click.argument("other")
@click.pass_context
def same(context: click.Context, name: str, other: str, by: str, note: str | None) -> None:
    """Say that two names are one agent's, all over the case."""
    _review(context, JudgementKind.SAME, name, other, by=by, note=note)


@review.command(short_help="Say that two names are two agents'.")
@takes_case
@takes_reviewer
@click.argument("name")
@click.argument("other")
@click.pass_context
def apart(context: click.Context, name: str, other: str, by: str, note: str | None) -> None:
    """Say that two names are two agents', all over the case: this undoes a merge that `quoth agents` shows."""
    _review(context, JudgementKind.APART, name, other, by=by, note=note)


@review.command(short_help="Say that two questions are one.")
@takes_case
@takes_reviewer
@click.argument("question")
@click.argument("other")
@click.pass_context
def merge(context: click.Context, question: str, other: str, by: str, note: str | None) -> None:
    """Say that two questions are one: the answers to OTHER join those to QUESTION, which keeps its words.

    Both are ids of questions, or their beginnings, and both ask for the same: a time, a number, a place …
    """
    _review(context, JudgementKind.MERGE, question, other, by=by, note=note)


@review.command(short_help="Say that some answers are to another question.")
@takes_case
@takes_reviewer
@click.argument("question")
@click.argument("statements", metavar="STATEMENT…", nargs=-1, required=True)
@click.pass_context
def split(context: click.Context, question: str, statements: tuple[str, ...], by: str, note: str | None) -> None:
    """Say that the answers of these statements are to another question: they become one of their own.

    QUESTION and STATEMENT are ids, or their beginnings.  Answers from articles to come stay with QUESTION.
    """
    _review(context, JudgementKind.SPLIT, question, *statements, by=by, note=note)


@review.command(short_help="Say what a question is called.")
@takes_case
@takes_reviewer
@click.argument("question")
@click.argument("words")
@click.pass_context
def name(context: click.Context, question: str, words: str, by: str, note: str | None) -> None:
    """Say what a question is called, wherever it is shown.  QUESTION is its id, or the beginning of it.

    
      quoth review name 51d20c77 "When is the ferry due?"
    """
    _review(context, JudgementKind.NAME, question, words, by=by, note=note)


@review.command(short_help="Undo a judgement.")
@takes_case
@takes_reviewer
@click.argument("what", metavar="ID|NAME OTHER", nargs=-1, required=True)
@click.pass_context
def undo(context: click.Context, what: tuple[str, ...], by: str, note: str | None) -> None:
    """Undo a judgement: the one of this ID, the latest on the statement or question of this ID, or on two names."""
    if len(what) > 2:
        raise click.BadParameter("give one id, or two names", context)
    _review(context, JudgementKind.WITHDRAW, *what, by=by, note=note)


@review.command("list", short_help="List what was judged.")
@takes_case
@takes_format
@click.pass_context
def list_(context: click.Context, format: str) -> None:
    """List what was judged, by whom and when.

    A judgement that rests stands, but changes nothing at present: a later one on the same words, names or question
    counts instead, or these words or this question are not there.  It counts again when they come back.
    """
    from quoth.present.flat import judgement_row
    from quoth.present.people import judgements_table
    from quoth.present.wire import judgement_line

    with opened_case(context) as case:
        judgements = list(case.judgements())
        resting = case.resting()
        if format != "table":
            lines = (judgement_line(judgement, judgement.id in resting) for judgement in judgements)
            terminal.print_lines(lines, format, lambda line: [judgement_row(line)])
            return
        of = {j.subject: case.statement(j.subject) for j in judgements if j.kind in OF_STATEMENTS}
        terminal.show(judgements_table(judgements, of, resting))
        terminal.note(count(len(judgements), "judgement") + (f", {len(resting)} of them resting" if resting else ""))
