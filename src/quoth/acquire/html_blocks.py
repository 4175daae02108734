"""All that can be read on an HTML page, block by block: for letters of several stories, where none is the article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import lxml.html

from quoth.acquire.metadata import Given
from quoth.acquire.text_page import Page, parseable

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _HEADINGS | {
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
_UNSEEN = frozenset({"head", "script", "style", "noscript", "template", "title", "svg", "object", "select", "textarea"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_INVISIBLE = re.compile("[\xad\u034f\u200b-\u200f\u2060\ufeff]")


def read_blocks(source: str) -> Page:
    """The blocks of a page, one empty line between them; headings are those that the markup calls so."""
    words: list[str] = []
    headings: set[int] = set()
    position = 0
    for text, is_heading in _blocks(lxml.html.document_fromstring(f"<html><body>{parseable(source)}</body></html>")):
        if is_heading:
            headings.add(position)
        words.append(text)
        position += len(text) + 2
    return Page("\n\n".join(words), frozenset(headings), Given(), ())


def _blocks(tree: Any) -> Iterator[tuple[str, bool]]:
    """Each block's words, and whether they are a heading; two line breaks in a row part blocks as well."""
    pieces: list[str] = []
    headings = breaks = 0
    for event, element in _walk(tree):
        tag, begins = element.tag, event == "start"
        breaks += tag == "br" and begins
        if tag in _BLOCKS or breaks == 2:
            text = " ".join(_INVISIBLE.sub("", "".join(pieces)).split())
            if any(map(str.isalnum, text)):
                yield text, headings > 0
            pieces.clear()
            breaks = 0
        if tag in _HEADINGS:
            headings += 1 if begins else -1
        words = (element.text if begins else element.tail) or ""
        breaks = 0 if words.strip() else breaks
        pieces.append(f" {words}" if tag == "br" and begins else words)


def _walk(element: Any) -> Iterator[tuple[str, Any]]:
    """Each element that is shown as it starts and as it ends; of one that is not, only the end."""
    waiting: list[tuple[Any, Iterator[Any]]] = []
    yield "start", element
    waiting.append((element, iter(element)))
    while waiting:
        above, children = waiting[-1]
        child = next(children, None)
        if child is None:
            waiting.pop()
            yield "end", above
        elif isinstance(child.tag, str) and child.tag not in _UNSEEN and not _HIDDEN.search(child.get("style") or ""):
            yield "start", child
            waiting.append((child, iter(child)))
        else:
            yield "end", child
