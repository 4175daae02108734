"""What the terminal shows of an article's versions: words that went and came, statements dropped and new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich import box
from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from quoth.model import Article, Document, Edit, Statement, Version
from quoth.present.escape import one_line
from quoth.present.snippet import edited
from quoth.present.words import day

SHORT = 8
"""Digits of an id that are shown."""
MARKS = {"": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
"""As `git diff --word-diff` marks them: colours alone tell nothing on paper or to the colour-blind."""

_STYLES = {"": "dim", "removed": "red strike", "added": "green underline"}


def articles_table(articles: Sequence[Article]) -> Table:
    """One line an article: how many versions, since when the last one, and what changed in all of them."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for heading in ("id", "article", "versions", "last changed", "paragraphs", "statements", "corrections"):
        table.add_column(heading, overflow="fold")
    for article in articles:
        last = article.versions[-1]
        dropped = sum(len(v.removed) for v in article.versions)
        new = sum(len(v.added) for v in article.versions)
        table.add_row(
            Text(last.document[:SHORT], style="cyan"),
            Text(one_line(article.title or article.url)),
            str(len(article.versions)),
            since(last),
            str(sum(len(v.edits) for v in article.versions)),
            f"{dropped} dropped, {new} new",
            str(len(last.corrections)),
        )
    return table


def article_group(article: Article, documents: Mapping[str, Document], said: Mapping[str, Statement]) -> Group:
    """All versions of an article, each with what it changed; `documents` and `said` by their ids."""
    parts: list[Text | Padding] = [Text(one_line(article.title or ""), style="bold"), Text(one_line(article.url))]
    for number, version in enumerate(article.versions, start=1):
        parts.append(Text())
        head = f"version {number}, {since(version)}"
        parts.append(Text.assemble((head, "bold"), "  ", (version.document[:SHORT], "cyan")))
        parts += [Padding(line, (0, 0, 0, 2)) for line in _changed(number, version, documents, said)]
    return Group(*parts)


def _changed(
    number: int, version: Version, documents: Mapping[str, Document], said: Mapping[str, Statement]
) -> Iterator[Text]:
    text = documents[version.document].text
    for span in version.corrections:
        yield Text(f"its note: {one_line(span.words(text))}", style="yellow")
    if number == 1:
        return
    if not version.edits:
        yield Text("the same words", style="dim")
    for edit in version.edits:
        yield _edit(edit)
    for ids, what, style in ((version.removed, "dropped", "red"), (version.added, "new", "green")):
        for statement in (said[id] for id in ids):
            words = one_line(f"{statement.source.name}: {statement.content.text}")
            yield Text.assemble((f"{what} statement ", style), (statement.id[:SHORT], "cyan"), f" {words}")


def _edit(edit: Edit) -> Text:
    line = Text("new paragraph: " if edit.old is None else "paragraph gone: " if edit.new is None else "")
    for piece in edited(edit):
        before, after = MARKS[piece.mark]
        line.append(f"{before}{one_line(piece.text)}{after}", style=_STYLES[piece.mark])
    return line


def since(version: Version) -> str:
    """The day from which a version stands, in words."""
    if version.updated:
        return f"updated {day(version.updated)}"
    if version.published:
        return f"published {day(version.published)}"
    return f"retrieved {day(version.retrieved.date())}" if version.retrieved else "date not known"
