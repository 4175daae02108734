"""A case of articles that mean harm, read by a reader of the tests' own that finds whatever is said in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from quoth.case import Case
from quoth.evidence import identified
from quoth.ledger import open_ledger
from quoth.model import Agent, AgentKind, Document, Mention, Reading, Relay, Span, Statement

SCRIPTS = """---
outlet: "<img src=x onerror=alert(1)>"
title: "</title><script>alert(2)</script>\u202egnihton"
url: "javascript:alert(3)"
published: 2031-03-04
---
<script>alert(4)</script> Arden said that the \u202ebridge\u202c would be "closed" & <b>shut</b>.

The council said that Arden denied that the bridge was unsafe.

" onmouseover="alert(5) said that <svg onload=alert(6)> is \u2066words\u2069 and \u200bnothing else.
"""
LINE = "".join(f"Member{n:05d} said that thing {n:05d} is so; " for n in range(23_000))
"""A megabyte without a line break."""

_SAID = re.compile(r"(?P<source>[^\s.;]+) (?P<cue>said|denied) (?P<content>that [^.;]+)")


class Planted:
    """Finds `X said that Y`, and `Z denied that …` within Y; the first two thousand of a document."""

    name = "planted/1"
    most = 2000

    def read(self, document: Document) -> Reading:
        found: dict[str, Statement] = {}
        for block in document.blocks:
            for statement in self._in(document, block.span):
                if len(found) < self.most:
                    found[statement.id] = statement
        return Reading(document_id=document.id, reader=self.name, statements=tuple(found.values()))

    def read_all(self, documents: Iterable[Document]) -> Iterator[tuple[Document, Reading]]:
        for document in documents:
            yield document, self.read(document)

    def _in(self, document: Document, where: Span) -> Iterator[Statement]:
        text = document.text
        for match in _SAID.finditer(text, where.start, where.end):
            source, cue, content = (Span(*match.span(name)) for name in ("source", "cue", "content"))
            yield identified(
                Statement(
                    id="",
                    document_id=document.id,
                    source=Agent.of(text, source, name=match["source"], kind=AgentKind.PERSON, why="<i>planted</i>"),
                    cue=Mention.of(text, cue),
                    content=Mention.of(text, content),
                    via=(Relay(name="<u>relay</u>"),),
                    context=Span(source.start, content.end),
                    pattern="network",
                    confidence=0.25,
                )
            )
            yield from self._in(document, content)


def hostile_case(folder: Path) -> Path:
    """The case, and beside it the articles."""
    articles = folder / "articles"
    articles.mkdir()
    (articles / "a.txt").write_text(SCRIPTS, encoding="utf-8")
    (articles / "b.txt").write_text(
        f"---\noutlet: X\ntitle: A line\npublished: 2031-03-05\n---\n{LINE}", encoding="utf-8"
    )
    (articles / "c.txt").write_bytes(
        b"---\ntitle: Bytes\npublished: 2031-03-06\n---\nNobody\x00 said that \x00 it is.\n"
    )
    path = folder / "hostile.db"
    with Case(open_ledger(path), reader_for=lambda _: Planted()) as case:
        case.add(articles)
    return path
