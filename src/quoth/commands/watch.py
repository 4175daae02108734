"""`quoth watch`: feeds looked at again and again, and what is new in them added."""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quoth.commands.add import prepare_gazetteer
from quoth.errors import UnreadableInput
from quoth.present import terminal
from quoth.present.shell import COULD_NOT, FINE, opened_case, takes_case, takes_network, takes_profile, takes_reading

if TYPE_CHECKING:
    from quoth.outcomes import Added


@click.command(short_help="Look at feeds again and again, and add what is new.")
@takes_case
@click.argument("sources", metavar="SOURCE…", nargs=-1, required=True)
@click.option(
    "--every",
    metavar="MINUTES",
    type=click.FloatRange(min=1),
    default=15.0,
    show_default=True,
    help="How often each feed is looked at, at most; one that asks for longer or fails is looked at later.",
)
@click.option("--once", is_flag=True, help="Look at each feed once, and end.")
@click.option("--originals/--no-originals", default=True, show_default=True, help="Keep the bytes too, as they came.")
@takes_reading
@takes_network
@takes_profile
@click.pass_context
def watch(
    context: click.Context,
    sources: tuple[str, ...],
    every: float,
    once: bool,
    originals: bool,
    since: datetime.date | None,
    limit: int | None,
    allow_private: bool,
    profile: str,
    jobs: int,
    cache: bool,
) -> None:
    """Look at feeds again and again, and add the pages that are new in them.

    SOURCE is an OPML file, as feed readers export it, or the address of a feed, a sitemap or a page.  What was added
    before is not fetched again, also after a restart: the case knows it.  A feed or page that fails is told, stops no
    other, and is tried again later each time.  Ctrl-C ends it; what was written down stays, and a run that is killed
    loses nothing: what it had not written down is fetched by the next.

    \b
      quoth watch feeds.opml
      quoth watch https://example.org/rss.xml --every 30
      quoth watch feeds.opml --once --since 2024-03-01
    """
    from quoth.acquire import Terms, Web
    from quoth.acquire.web.patience import Patience
    from quoth.acquire.web.schedule import Schedule

    feeds = list(dict.fromkeys(feed for source in sources for feed in _feeds(source)))
    terms = Terms(allow_private=allow_private, since=since, limit=limit)
    patience = Patience()
    with (
        opened_case(context, new=True, profile=profile) as case,
        Web(terms, tell=terminal.note, patience=patience) as web,
    ):
        prepare_gazetteer()
        schedule = Schedule(feeds, every * 60, web)
        while True:
            failed = 0
            for feed in schedule.due():
                added = case.add(feed, web=web, originals=originals, jobs=jobs, cache=cache)
                schedule.looked(feed)
                failed += patience.until(feed) is not None
                _tell(feed, added, quietly=not once)
            if once:
                context.exit(COULD_NOT if failed == len(feeds) else FINE)
            time.sleep(schedule.pause())


def _feeds(source: str) -> Iterator[str]:
    """The addresses that a source names; what is wrong with some of them is told."""
    from quoth.acquire.web import looks_like_url
    from quoth.acquire.web.opml import feeds_in

    if looks_like_url(source):
        yield source
        return
    try:
        data = Path(source).read_bytes()
    except OSError as problem:
        what = problem.strerror or "it cannot be read"
        raise UnreadableInput(what, where=source, remedy="give an OPML file, or feeds' URLs") from problem
    feeds, wrong = feeds_in(data, source)
    for error in wrong:
        terminal.fail(str(error))
    yield from feeds


def _tell(feed: str, added: Added, *, quietly: bool) -> None:
    """A line on each feed, with what failed; with `quietly` only where something is new or failed."""
    from quoth.present.escape import one_line
    from quoth.present.words import count

    if added.new or added.failed or not quietly:
        parts = [f"{count(added.new, 'document')} added" if added.new else "nothing new"]
        parts += [f"{added.known} already there"] if added.known else []
        parts += [f"{len(added.failed)} could not be read"] if added.failed else []
        terminal.note(one_line(f"{feed}: {', '.join(parts)}"))
    for item in added.failed:
        why = str(item.error)
        terminal.note(one_line(f"  {why}" if why.startswith(item.where) else f"  {item.where}: {why}"))
