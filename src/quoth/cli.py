"""The shell's view of a case.  Results go to stdout, progress and notes to stderr; commands load when called."""

from __future__ import annotations

from typing import NoReturn

import click

from quoth.present.manners import Chosen, Shell
from quoth.version import __version__

DEFAULT_CASE = "case.db"

COMMANDS = {
    "accounts": ("accounts", "accounts", "Say who may sign in at a public desk."),
    "add": ("add", "add", "Read articles and write down who said what."),
    "agents": ("agents", "agents", "Show who is who, under which names, and why."),
    "anchor": ("anchor", "anchor", "Have the case's head stamped with the time."),
    "anchors": ("anchor", "anchors", "List the time stamps over the case."),
    "brief": ("looking", "brief", "Write the brief, as HTML or Markdown."),
    "changes": ("changes", "changes", "Show what is new since a day."),
    "copy": ("copy", "copy", "Copy a whole case into a new one."),
    "demo": ("demo", "demo", "See it work on the bundled story."),
    "documents": ("looking", "documents", "List what was read."),
    "eval": ("evaluation", "evaluation", "Measure readings against what is known."),
    "export": ("export", "export", "Hand on a case, or a part, as evidence."),
    "head": ("anchor", "head", "Print the case in one hash."),
    "original": ("original", "original", "Give back the bytes a document was made of."),
    "origins": ("looking", "origins", "Show each utterance and who passed it on."),
    "questions": ("looking", "questions", "Lay the answers side by side."),
    "rate": ("rate", "rate", "Rate how reliable a source is; list the ratings."),
    "read": ("read", "read", "Read articles to Parquet, on one machine or many."),
    "review": ("review", "review", "Correct what was read; merge, split, name questions."),
    "serve": ("serve", "serve", "Open the case as a desk in the browser."),
    "show": ("looking", "show", "Show the words behind an id."),
    "statements": ("looking", "statements", "List who said what."),
    "timeline": ("looking", "timeline", "Draw who gave which answer, when."),
    "verify": ("verify", "verify", "Check that every word still stands."),
    "versions": ("versions", "versions", "Show what an article changed after it was published."),
    "watch": ("watch", "watch", "Look at feeds again and again, and add what is new."),
    "weigh": ("weigh", "weigh", "Show what truth discovery makes of the answers."),
}
"""Of each command its module in `quoth.commands`, its name there and what the list of commands says of it: a command is
imported when it is called or its own help is asked for."""


# ---------------------------------------------------------------- commands


@click.group(
    cls=Shell, commands_in=COMMANDS, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.option(
    "--case",
    metavar="FILE",
    default=DEFAULT_CASE,
    envvar="QUOTH_CASE",
    show_default=True,
    show_envvar=True,
    help="The case: one SQLite file that holds the documents and who said what in them, or postgresql://USER@HOST/DATABASE.",
)
@click.option(
    "--agents",
    metavar="FILE",
    envvar="QUOTH_AGENTS",
    show_envvar=True,
    help="Who is who: names, kinds, sides of agents; otherwise agents.toml beside the case.",
)
@click.option(
    "--asks",
    metavar="FILE",
    envvar="QUOTH_ASKS",
    show_envvar=True,
    help="Questions of your own; otherwise case.toml beside the case.",
)
@click.option("--debug", is_flag=True, help="Show the traceback of a bug in Quoth.")
@click.version_option(__version__, "-V", "--version", message="quoth %(version)s")
@click.pass_context
def cli(context: click.Context, case: str, agents: str | None, asks: str | None, debug: bool) -> None:
    """A ledger of who said what, through whom, when and how sure, with the exact words as evidence.

    \b
    Read articles into a case, look at what they say, write it up:
      quoth add articles/
      quoth questions
      quoth brief -o brief.html

    \b
    See it work on a bundled story:
      quoth demo

    Results go to stdout, notes to stderr.  Exit status: 0 fine, 1 found something wrong (verify, eval), 2 could
    not do it.
    """
    context.obj = Chosen(case, agents, asks)


def main() -> NoReturn:
    """The `quoth` command."""
    cli.main(prog_name="quoth")
