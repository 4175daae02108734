"""`quoth demo`: the bundled story, read and written up."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from quoth import __version__
from quoth.commands.add import add_and_tell
from quoth.commands.looking import brief_file
from quoth.errors import NotFound
from quoth.present import terminal
from quoth.present.output import write_out
from quoth.present.shell import takes_profile, takes_reading

DEMO_FOLDER = Path("demo")


@click.command(short_help="See it work on the bundled story.")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@takes_reading
@takes_profile
@click.pass_context
def demo(context: click.Context, folder: Path | None, profile: str, jobs: int, cache: bool) -> None:
    """See it work: read the bundled story (or the articles in FOLDER) and write it up in ./demo/.

    It makes a new case, prints its most contested questions with their answers, and writes a brief (HTML and
    Markdown) and a timeline.
    """
    import quoth.case
    from quoth.present.gather import brief_view, case_timeline
    from quoth.present.tables import summary_group
    from quoth.present.timeline import timeline_png, timeline_svg

    articles = folder or _bundled()
    DEMO_FOLDER.mkdir(exist_ok=True)
    path = DEMO_FOLDER / "demo.db"
    for stale in (path, path.with_name("demo.db-wal"), path.with_name("demo.db-shm")):
        stale.unlink(missing_ok=True)
    with quoth.case.open(path, profile=profile) as case:
        status = add_and_tell(case, [articles], jobs=jobs, cache=cache)
        made = datetime.datetime.now().astimezone().date()
        view = brief_view(case, title="Who said what: a demonstration", made=made, version=__version__)
        moments = case_timeline(case)
        terminal.show(summary_group(view, str(path)))
    written = {
        "brief.html": brief_file(view, moments, "html").encode(),
        "brief.md": brief_file(view, moments, "md").encode(),
    }
    if moments.days:
        written |= {"timeline.svg": timeline_svg(moments).encode(), "timeline.png": timeline_png(moments)}
    for name, what in written.items():
        write_out(str(DEMO_FOLDER / name), what)
    terminal.note(f"The case is {path}; look into it with, for instance: quoth --case {path} questions")
    context.exit(status)


def _bundled() -> Path:
    """The story that comes with Quoth: inside the package, or beside the source tree."""
    here = Path(__file__).parent.parent
    for folder in (here / "examples", here.parent.parent / "examples"):
        if folder.is_dir():
            return folder / "articles" if (folder / "articles").is_dir() else folder
    raise NotFound("the bundled story is not installed", remedy="give a folder of articles: quoth demo FOLDER")
