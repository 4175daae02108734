"""`quoth add`: articles, pages, feeds and tables into a case."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from quoth.present import terminal
from quoth.present.shell import (
    COULD_NOT,
    FINE,
    day,
    opened_case,
    takes_case,
    takes_network,
    takes_profile,
    takes_reading,
)

if TYPE_CHECKING:
    from quoth.case import Case
    from quoth.outcomes import Added, Item

WITH_DATASET = frozenset({"case", "sources", "dataset", "topics"})
"""The parameters that may be given with --from-parquet."""

NOTES_TOLD = 12
"""Notes on new documents that `add` prints before it points to `quoth documents`."""


@click.command(short_help="Read articles and write down who said what.")
@takes_case
@click.argument("sources", metavar="SOURCE…", nargs=-1)
@click.option("--from-parquet", "dataset", metavar="FOLDER", help="Take in what `quoth read` has read.")
@click.option("--outlet", help="Who published the articles, where they do not say it themselves.")
@click.option("--published", callback=day, metavar="YYYY-MM-DD", help="The day they were published.")
@click.option("--url", help="Where an article was published; nothing is fetched.")
@click.option("--language", metavar="CODE", help="The articles' language, as in: en.")
@click.option("--title", help="The title of an article.")
@click.option("--originals/--no-originals", default=True, show_default=True, help="Keep the bytes too, as they came.")
@click.option("--fetch", is_flag=True, help="Fetch the pages whose addresses a table (.csv, .tsv) holds.")
@click.option("--topics/--all", default=True, show_default=True, help="Leave unread what names no topic of case.toml.")
@takes_reading
@takes_network
@takes_profile
@click.pass_context
def add(
    context: click.Context,
    sources: tuple[str, ...],
    dataset: str | None,
    outlet: str | None,
    published: datetime.date | None,
    url: str | None,
    language: str | None,
    title: str | None,
    originals: bool,
    fetch: bool,
    since: datetime.date | None,
    limit: int | None,
    allow_private: bool,
    profile: str,
    jobs: int,
    cache: bool,
    topics: bool,
) -> None:
    """Read articles and write down who said what in them.

    SOURCE is a file (.txt, .md, .html, .pdf, .eml, .mbox, .json, .jsonl, .warc, a .csv with a column of texts; any of
    them also as .gz), a folder of them, - for standard input, or an address: of a page, or of a feed or sitemap, whose
    pages are added.  What the articles say of themselves (front matter, HTML metadata, a documents.json beside them) is
    used; options win over it.  What cannot be read is told and recorded, and stops nothing; the exit status is 2 only
    when nothing could be read.  A new case is made when there is a document to keep: where there is none, no file is
    left behind.

    The network is asked only for an address that you give, or with --fetch: politely, as robots.txt allows, and never
    an address of a private network (docs/sources.md).

    --from-parquet takes in the documents and statements that `quoth read` wrote to a folder or an address, each
    checked as all that is added.

    The bytes of each article are kept beside the case (case.db-originals); `quoth original` gives them back.

    What names no topic of case.toml, where that has [topics], is kept unread; --all reads it, now or later.  What the
    same reader read before, in whichever case, is taken from the user's cache directory (QUOTH_CACHE).

    Nothing that is recorded is rewritten.  Adding the same bytes twice changes nothing; where the second time says
    otherwise (--published, --title …) a note tells.  The same bytes under another --outlet or --url are a second
    document, whose statements count as a copy.

    \b
      quoth add articles/
      quoth add story.txt --outlet "The Courier" --published 2024-03-04
      quoth add https://example.org/story.html
      quoth add https://example.org/news-sitemap.xml --since 2024-03-01 --limit 50
      quoth add gdelt.csv --fetch
      quoth add --from-parquet read/
    """
    if bool(sources) == (dataset is not None):
        raise click.UsageError("Give either SOURCE… or --from-parquet FOLDER.", context)
    if dataset is not None:
        context.exit(_add_dataset(context, dataset, all=not topics))
    from quoth.acquire import Given, Terms, Web

    given = Given(outlet=outlet, published=published, url=url, language=language, title=title)
    terms = Terms(allow_private=allow_private, since=since, limit=limit, fetch=fetch)
    with opened_case(context, new=True, profile=profile) as case, Web(terms, tell=terminal.note) as web:
        how = {"jobs": jobs, "cache": cache, "all": not topics}
        status = add_and_tell(case, sources, given=given, originals=originals, web=web, **how)
    context.exit(status)


def _add_dataset(context: click.Context, dataset: str, *, all: bool) -> int:
    for option in context.command.params:
        given = context.get_parameter_source(option.name or "") is ParameterSource.COMMANDLINE
        if given and option.name not in WITH_DATASET:
            raise click.UsageError(f"{option.opts[0]} says how to read; with --from-parquet nothing is read.", context)
    from quoth.scaling.faults import need

    need("pyarrow", "parquet", "--from-parquet")
    from quoth.scaling.recorded import recordings

    recorded = recordings(dataset)
    with opened_case(context, new=True) as case:
        return _told(case, partial(case.add_recorded, *recorded, all=all))


def add_and_tell(case: Case, sources: Iterable[str | Path], **options: Any) -> int:
    """Add with progress; print what became of it.  `options` as of `Case.add`.  Returns the exit status."""
    prepare_gazetteer()
    stdin = sys.stdin.buffer if "-" in map(str, sources) else None
    return _told(case, partial(case.add, *sources, stdin=stdin, **options))


def _told(case: Case, add: Callable[..., Added]) -> int:
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn

    from quoth.present.escape import one_line
    from quoth.present.tables import added_group

    errors = Console(stderr=True, markup=False, highlight=False, emoji=False)
    with Progress(
        SpinnerColumn(), TextColumn("{task.description}", markup=False), console=errors, transient=True
    ) as progress:
        task = progress.add_task("Reading …", total=None)
        done = 0

        def tell(item: Item) -> None:
            nonlocal done
            done += 1
            progress.update(task, description=f"{done} read, the last: {one_line(item.where)[-60:]}")

        added = add(progress=tell if errors.is_terminal else None)
    if not added.items:
        terminal.note("Nothing to read there.")
        return COULD_NOT
    errors.print(added_group(added, case.path if case.is_made else None))
    for item in added.items:
        for remark in item.remarks:
            terminal.note(one_line(f"{item.where}: {remark}"))
    _tell_notes(case, added)
    return COULD_NOT if added.is_in_vain else FINE


def prepare_gazetteer() -> None:
    """Compile the gazetteer where that was not yet done, and say so: it takes some seconds, once."""
    from quoth.read.gazetteer import gazetteer_path, open_gazetteer

    if not gazetteer_path().exists():
        open_gazetteer(terminal.note)


def _tell_notes(case: Case, added: Added) -> None:
    """What a person should know of the documents just added, as far as `NOTES_TOLD` goes."""
    from quoth.present.escape import one_line

    new = [item for item in added.items if item.outcome.value == "new" and item.document_id is not None]
    notes = [(item.where, note) for item in new for note in case.document(str(item.document_id)).notes]
    for where, note in notes[:NOTES_TOLD]:
        terminal.note(one_line(f"{where}: {note.message}"))
    if len(notes) > NOTES_TOLD:
        terminal.note(f"… and {len(notes) - NOTES_TOLD} more notes; all of them: quoth documents")
