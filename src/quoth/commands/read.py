"""`quoth read`: articles to Parquet, by one process or by many on many machines."""

from __future__ import annotations

import datetime
import sys
from typing import TYPE_CHECKING

import click

from quoth.commands.add import prepare_gazetteer
from quoth.present import terminal
from quoth.present.shell import COULD_NOT, FINE, day, takes_profile

if TYPE_CHECKING:
    from quoth.scaling.engines import Engine
    from quoth.scaling.run import Told

ARTICLES = 500
TOLD = 12
"""Shards that are missing, and remarks, that are printed one by one."""


@click.command(short_help="Read articles to Parquet, on one machine or many.")
@click.argument("sources", metavar="SOURCE…", nargs=-1, required=True)
@click.option(
    "--out", required=True, metavar="FOLDER", help="Where to write: a folder, or s3://BUCKET/FOLDER and the like."
)
@click.option(
    "--engine",
    type=click.Choice(["auto", "local", "ray"]),
    default="auto",
    show_default=True,
    help="local: this process; ray: many; auto: ray where it is installed.",
)
@click.option("--jobs", metavar="N", type=click.IntRange(min=1), help="Workers of ray here; otherwise one a core.")
@click.option("--address", metavar="ADDRESS", envvar="RAY_ADDRESS", show_envvar=True, help="Of a cluster of ray.")
@click.option(
    "--shard", "most", metavar="N", type=click.IntRange(min=1), default=ARTICLES, show_default=True,
    help="Articles that a worker reads at a time.",
)  # fmt: skip
@click.option("--outlet", help="Who published the articles, where they do not say it themselves.")
@click.option("--published", callback=day, metavar="YYYY-MM-DD", help="The day they were published.")
@click.option("--language", metavar="CODE", help="The articles' language, as in: en.")
@takes_profile
@click.pass_context
def read(
    context: click.Context,
    sources: tuple[str, ...],
    out: str,
    engine: str,
    jobs: int | None,
    address: str | None,
    most: int,
    outlet: str | None,
    published: datetime.date | None,
    language: str | None,
    profile: str,
) -> None:
    """Read articles to Parquet, on one machine or many, without a case.

    SOURCE is a file or folder as for `quoth add`, at a path that every worker can read, or at an address of a store
    (s3://BUCKET/NAME, gs://, hdfs://, abfs://), in which * and [ ] may stand for names and ** for folders.  In FOLDER
    are then documents/ and statements/, a file each a shard, failures/ for what could not be read, and manifest.json.
    All engines write the same.  Needs quoth[parquet], and quoth[ray] for --engine ray.

    Large web archives and JSON lines are cut, small files put together, so that a shard has N articles.  A shard is
    there when it is whole: run the command again after it was stopped, and it reads what is missing; where a source
    or the reader has changed, its shards are read anew and the old ones put aside in superseded/.  What cannot be read
    is recorded, and stops nothing; a shard whose worker is lost is begun again.

    `quoth add --from-parquet FOLDER` makes a case of it.  docs/scale.md tells what it costs.

    \b
      quoth read crawl.warc.gz --out read/
      quoth read news/*.warc.gz --engine ray --address auto --out s3://bucket/read
      quoth read "s3://crawls/2024/03/*.warc.gz" --engine ray --address auto --out s3://bucket/read
    """
    from quoth.scaling.faults import need

    need("pyarrow", "parquet", "quoth read")
    from quoth.acquire import Given
    from quoth.acquire.web import looks_like_url
    from quoth.model import Profile
    from quoth.scaling.run import read as run
    from quoth.scaling.shards import Work
    from quoth.scaling.store import Store

    for source in sources:
        if source == "-" or looks_like_url(source):
            raise click.BadParameter(f"{source}: only files and folders are read here, and no pages", context)
    work = Work(Profile(profile), Given(outlet=outlet, published=published, language=language))
    shown = Store(out).where
    chosen = _engine(engine, jobs, address)
    prepare_gazetteer()
    with chosen as working:
        told = run(sources, out, work, working, most=most, progress=_progress if sys.stderr.isatty() else None)
    _tell(told, shown)
    context.exit(COULD_NOT if told.missing or not told.rows["documents"] else FINE)


def _engine(name: str, jobs: int | None, address: str | None) -> Engine:
    from quoth.scaling.engines import Local, OnRay
    from quoth.scaling.faults import there_is

    if name == "ray" or (name == "auto" and there_is("ray")):
        return OnRay(jobs, address)
    return Local()


def _progress(done: int, all_there_are: int) -> None:
    click.echo(f"\r{done} of {all_there_are} shards", nl=done == all_there_are, err=True)


def _tell(told: Told, out: str) -> None:
    from quoth.present import words
    from quoth.present.escape import one_line

    parts = [f"{words.count(told.read, 'shard')} read", f"{told.there} already there" if told.there else ""]
    parts.append(f"{told.superseded} put aside" if told.superseded else "")
    terminal.note(f"{', '.join(filter(None, parts))}: {out}")
    rows = told.rows
    told_of = (("documents", "document"), ("statements", "statement"), ("failures", "failure"))
    terminal.note(", ".join(words.count(rows[many], one) for many, one in told_of))
    for remark in told.remarks[:TOLD]:
        terminal.note(one_line(remark))
    for where, error in told.missing[:TOLD]:
        terminal.fail(one_line(f"{where}: {error.what}{f' ({error.remedy})' if error.remedy else ''}"))
    if len(told.missing) > TOLD:
        terminal.note(f"… and {len(told.missing) - TOLD} more; all of them are in manifest.json")
