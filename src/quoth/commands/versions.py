"""`quoth versions`: what changed in an article after it was published."""

from __future__ import annotations

import click

from quoth.present import terminal
from quoth.present.shell import opened_case, takes_case, takes_format


@click.command(short_help="Show what an article changed after it was published.")
@takes_case
@click.argument("which", required=False, metavar="[URL|ID]")
@takes_format
@click.pass_context
def versions(context: click.Context, which: str | None, format: str) -> None:
    """Show what changed in an article after it was published: words taken out and put in, statements dropped and new,
    and its notes of correction.

    Documents of one address are versions of one article.  Without an address, or the id of a document, all articles
    are listed that are there in several versions.

    \b
      quoth versions
      quoth versions https://courier.example/dam-bursts
      quoth versions --format jsonl
    """
    from quoth.present.flat import article_rows
    from quoth.present.wire import article_line

    with opened_case(context) as case:
        found = [case.article(which)] if which else list(case.articles())
        if format != "table":
            terminal.print_lines(map(article_line, found), format, article_rows)
            return
        from quoth.present.edited import article_group, articles_table
        from quoth.present.words import count

        if which:
            said = {s.id: s for v in found[0].versions for s in case.statements(document=v.document)}
            documents = {v.document: case.document(v.document) for v in found[0].versions}
            terminal.show(article_group(found[0], documents, said))
        else:
            terminal.show(articles_table(found))
            terminal.note(f"{count(len(found), 'article')} in several versions")
