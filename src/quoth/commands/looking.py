"""Commands that show what is in a case: statements, documents, questions, origins, the brief, the timeline."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import click

from quoth import __version__
from quoth.model import Act, Factuality
from quoth.present import terminal
from quoth.present.output import OutputError, write_out
from quoth.present.shell import day, opened_case, takes_as_of, takes_case, takes_format
from quoth.present.words import count


@click.command(short_help="List who said what.")
@takes_case
@click.option("--source", metavar="NAME", help="Only what this source said: words of its name.")
@click.option("--outlet", metavar="NAME", help="Only what this outlet reports.")
@click.option("--act", type=click.Choice([act.value for act in Act]), help="Only such acts.")
@click.option("--text", metavar="WORDS", help="Only statements whose words hold these.")
@click.option("--factuality", type=click.Choice([f.value for f in Factuality]), help="Only what is so sure.")
@click.option("--since", callback=day, metavar="YYYY-MM-DD", help="Only what was said on this day or later.")
@click.option("--until", callback=day, metavar="YYYY-MM-DD", help="Only what was said until this day.")
@takes_format
@click.pass_context
def statements(
    context: click.Context,
    source: str | None,
    outlet: str | None,
    act: str | None,
    text: str | None,
    factuality: str | None,
    since: datetime.date | None,
    until: datetime.date | None,
    format: str,
) -> None:
    """List who said what.

    --source finds by any name of whoever bears it, in any script: `quoth agents` lists them.  --factuality is how sure
    the source is that it is so: CT certain, PR probable, PS possible, each + (it is so) or - (it is not), U left open.
    --since and --until bound the day on which it was said, both days included; where that is an interval, a part of it
    within is enough, and what was said on an unknown day is left out.

    \b
      quoth statements --source Lukashenko
      quoth statements --factuality CT- --since 2024-03-01 --until 2024-03-31
      quoth statements --act deny --format csv > denials.csv
      quoth statements --text '"by the end of"' --format jsonl | jq .source.name
    """
    from quoth.present.flat import statement_row
    from quoth.present.wire import statement_line

    wanted: dict[str, Any] = {
        "source": source,
        "outlet": outlet,
        "act": Act(act) if act else None,
        "text": text,
        "factuality": Factuality(factuality) if factuality else None,
        "since": since,
        "until": until,
    }
    with opened_case(context) as case:
        found = list(case.statements(**{name: value for name, value in wanted.items() if value}))
        documents = {d.id: d for d in case.documents()}
        comparison = case.comparison()
        if format == "table":
            from quoth.present.layout import statement_views
            from quoth.present.tables import statements_table

            terminal.show(statements_table(statement_views(found, documents.values(), comparison)))
            terminal.note(count(len(found), "statement"))
            return
        lines = (statement_line(s, documents[s.document_id], comparison) for s in found)
        terminal.print_lines(lines, format, lambda line: [statement_row(line)])


@click.command(short_help="List what was read.")
@takes_case
@takes_format
@click.pass_context
def documents(context: click.Context, format: str) -> None:
    """List what was read, with its notes."""
    from quoth.present.flat import document_row
    from quoth.present.gather import brief_view, unread
    from quoth.present.wire import document_line

    with opened_case(context) as case:
        if format == "table":
            from quoth.present.tables import documents_table

            terminal.show(documents_table(brief_view(case).documents))
            for where, why in unread(case):
                terminal.note(f"not read: {where}: {why}")
            return
        lines = (document_line(d, list(case.statements(document=d.id))) for d in case.documents())
        terminal.print_lines(lines, format, lambda line: [document_row(line)])


@click.command(short_help="Lay the answers side by side.")
@takes_case
@takes_as_of
@click.option("--list", "only_list", is_flag=True, help="Only the questions, a line each, with counts of what is said.")
@takes_format
@click.pass_context
def questions(context: click.Context, as_of: datetime.date | None, clock: str, only_list: bool, format: str) -> None:
    """Lay the answers side by side: every question with its values, origins and contradictions, the most contested
    first.

    "5 reports, 1 origin" is one utterance that five documents report.  A report of unknown lineage counts as no
    origin.  Nothing here says which answer is right: the grade, 1 to 6, is derived by rules from who says it and what
    contradicts it; the letter before it is an analyst's of a source (`quoth rate`).  Neither sorts or decides anything.

    \b
      quoth questions
      quoth questions --format jsonl > questions.jsonl
      quoth questions --as-of 2024-03-01
      quoth questions --list
    """
    if only_list:
        _list_questions(context, as_of, clock, format)
        return
    from quoth.present.flat import question_rows
    from quoth.present.standing import by_contest
    from quoth.present.wire import question_line

    with opened_case(context) as case:
        if format == "table":
            from quoth.present.gather import brief_view
            from quoth.present.tables import questions_group

            view = brief_view(case, as_of=as_of, clock=clock)
            terminal.show(questions_group(view.questions))
            terminal.note(count(len(view.questions), "question"))
            return
        comparison = case.comparison(as_of=as_of, clock=clock)
        assessed = case.assessments(comparison, as_of=as_of, clock=clock)
        lines = (question_line(q, assessed[q.id]) for q in by_contest(comparison.questions))
        terminal.print_lines(lines, format, question_rows)


def _list_questions(context: click.Context, as_of: datetime.date | None, clock: str, format: str) -> None:
    from quoth.present.flat import heading_row
    from quoth.present.wire import heading_line

    with opened_case(context) as case:
        found = case.headings(as_of=as_of, clock=clock)
        if format != "table":
            terminal.print_lines(map(heading_line, found), format, lambda line: [heading_row(line)])
            return
        from quoth.present.headings import headings_text

        click.echo(headings_text(found), nl=False)
        terminal.note(count(len(found), "question"))


@click.command(short_help="Show the words behind an id.")
@takes_case
@click.argument("id")
@click.pass_context
def show(context: click.Context, id: str) -> None:
    """Show the words behind an ID, in their context.

    ID is a statement, question, origin or document, or the beginning of its id, as the other commands and the brief
    print it.

    \b
      quoth show 3f2a91c0
    """
    from quoth.present.lookup import find, shown

    with opened_case(context) as case:
        terminal.show(*shown(case, find(case, id)))


@click.command(short_help="Show each utterance and who passed it on.")
@takes_case
@click.argument("id", required=False)
@takes_format
@click.pass_context
def origins(context: click.Context, id: str | None, format: str) -> None:
    """Show each utterance with everybody who passed it on, as a tree.

    ID is an origin or a statement (or the beginning of its id); without it, all are shown.

    \b
      quoth origins
      quoth origins 3f2a91c0
    """
    from quoth.present.flat import origin_row
    from quoth.present.wire import origin_line

    with opened_case(context) as case:
        found = [case.origin(id)] if id else list(case.origins())
        if format == "table":
            from quoth.present.layout import shortener
            from quoth.present.tables import origins_group

            said = {s.id: s for s in case.statements()}
            known = {d.id: d for d in case.documents()}
            short = shortener([*said, *known, *(o.id for o in case.origins())])
            terminal.show(origins_group(found, said, known, short))
            if not id:
                unknown = sum(s not in case.comparison().origin_of for s in said)
                terminal.note(f"{count(len(found), 'origin')}; {unknown} statements of unknown lineage belong to none")
            return
        terminal.print_lines(map(origin_line, found), format, lambda line: [origin_row(line)])


@click.command(short_help="Write the brief, as HTML or Markdown.")
@takes_case
@click.option("-o", "--output", metavar="FILE", default="-", help="Where to write it; - is stdout.")
@click.option("--format", "format", type=click.Choice(["html", "md"]), help="html, unless FILE ends in .md.")
@click.option("--title", default="Who said what", show_default=True)
@takes_as_of
@click.pass_context
def brief(
    context: click.Context, output: str, format: str | None, title: str, as_of: datetime.date | None, clock: str
) -> None:
    """Write the brief: every question with its answers, origins and contradictions, and the words behind each.

    One file that fetches nothing, to read on a screen or a phone or to print.

    \b
      quoth brief -o brief.html --title "The ferries"
      quoth brief --format md | less
      quoth brief --as-of 2024-03-01 -o then.html
    """
    from quoth.present.gather import brief_view, case_timeline

    with opened_case(context) as case:
        made = datetime.datetime.now().astimezone().date()
        view = brief_view(case, title=title, made=made, version=__version__, as_of=as_of, clock=clock)
        kind = format or ("md" if output.lower().endswith((".md", ".markdown")) else "html")
        write_out(output, brief_file(view, case_timeline(case, as_of=as_of, clock=clock), kind).encode())


def brief_file(view: Any, timeline: Any, kind: str) -> str:
    """The brief as "html" or "md"."""
    from quoth.present.brief import brief_html, brief_markdown

    return brief_html(view, timeline) if kind == "html" else brief_markdown(view)


@click.command(short_help="Draw who gave which answer, when.")
@takes_case
@click.option("-o", "--output", metavar="FILE.svg|.png", help="Where to draw it; - is SVG on stdout.")
@click.option("--title", default="Who gave which answer, when", show_default=True)
@takes_as_of
@click.pass_context
def timeline(context: click.Context, output: str | None, title: str, as_of: datetime.date | None, clock: str) -> None:
    """Draw who gave which answer, when.  Without -o it is told in lines of text.

    \b
      quoth timeline
      quoth timeline -o timeline.svg
    """
    from quoth.present.gather import case_timeline
    from quoth.present.timeline import timeline_png, timeline_svg, timeline_text

    with opened_case(context) as case:
        moments = case_timeline(case, as_of=as_of, clock=clock)
    if output is None:
        from quoth.present.escape import visible

        click.echo(visible(timeline_text(moments)), nl=False)
        return
    kind = "svg" if output == "-" else Path(output).suffix.lower().removeprefix(".")
    if kind not in {"svg", "png"}:
        raise OutputError("a timeline is drawn as .svg or .png", where=output, remedy="end the file's name in .svg")
    if moments.days is None:
        raise OutputError("there is nothing to draw", remedy="`quoth timeline` without -o says why")
    drawn = timeline_svg(moments, title=title).encode() if kind == "svg" else timeline_png(moments, title=title)
    write_out(output, drawn)
