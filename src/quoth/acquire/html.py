"""An HTML page to its article's text and metadata (trafilatura, fast mode; htmldate inside it)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import trafilatura
from trafilatura.settings import DEFAULT_CONFIG

from quoth.acquire.metadata import from_mapping
from quoth.acquire.text_page import Page, parseable
from quoth.errors import UnreadableInput

_FURTHEST_DAY = "2100-01-01"
"""A date in the future is kept, with a note, and not taken for another one on the page."""


_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?>.*?-->)\s*)*+<(?:!doctype html|html|head|body)\b", re.I | re.S)

LARGEST_PAGE = 5_000_000
"""Characters of HTML without what is embedded in it.  Looking for the article takes longer than in proportion: up to a
minute for so many."""
_EMBEDDED = re.compile(r"data:[\w/+.;=-]{0,100}+,[\w+/=%.~-]{100,}+")
"""Pictures and fonts as addresses, by which a page that was saved as one file grows to many times its size."""

_BLOCKS = frozenset({"body", "p", "head", "list", "item", "quote", "table", "row", "cell", "code", "lb", "ab", "div"})

_MODIFIED = (
    "//meta[@property='article:modified_time' or @itemprop='dateModified']/@content"
    "|//time[@itemprop='dateModified']/@datetime"
)


def looks_like_html(text: str) -> bool:
    """Whether a text begins as an HTML page does."""
    return _HTML.match(text[:5000]) is not None


def read_page(source: str, where: str) -> Page:
    """The article on a page.  Raises UnreadableInput where none is found, and for a page that is too large."""
    source = _EMBEDDED.sub("data:,", source)
    if len(source) > LARGEST_PAGE:
        limit = f"{LARGEST_PAGE // 1_000_000} MB, pictures in it aside"
        raise UnreadableInput(f"the page is larger than {limit}", where=where, remedy="save the article as .txt")
    tree = _tree(source)
    if tree is None:
        raise UnreadableInput("no HTML could be read", where=where, remedy="save the article as .txt")
    try:
        found = trafilatura.extract_metadata(tree, date_config=_date_config(), extensive=False)
        own_heading = _only_heading(tree)
        extracted: Any = trafilatura.bare_extraction(
            tree, fast=True, include_comments=False, include_formatting=True, include_images=False, config=_config()
        )
    except Exception as problem:  # a parser of others' making, on hostile pages, may raise anything
        raise UnreadableInput(
            f"the page could not be parsed ({type(problem).__name__})", where=where, remedy="save the article as .txt"
        ) from problem
    paragraphs = list(_paragraphs(extracted.body)) if extracted is not None else []
    if not paragraphs:
        raise UnreadableInput("no article was found on this page", where=where, remedy="save the article as .txt")
    if own_heading and own_heading not in (words for words, _ in paragraphs[:5]):
        paragraphs.insert(0, (own_heading, True))
    headings, position = set(), 0
    for words, is_heading in paragraphs:
        if is_heading:
            headings.add(position)
        position += len(words) + 2
    metadata, notes = from_mapping(
        {
            "outlet": found.sitename,
            "published": found.date,
            "updated": next(iter(tree.xpath(_MODIFIED)), None),
            "url": found.url if found.url and re.match(r"https?://", found.url) else None,
            "title": found.title or own_heading,
            "authors": (found.author or "").split("; "),
            "language": tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang"),
        },
        "HTML metadata",
    )
    return Page("\n\n".join(words for words, _ in paragraphs), frozenset(headings), metadata, notes)


def _tree(source: str) -> Any:
    """The page's tree; comments are left out, and NUL and the like, which the parser does not take."""
    clean = parseable(source)
    if not looks_like_html(clean):
        clean = f"<html><body>{clean}</body></html>"
    return trafilatura.load_html(clean)


def _paragraphs(body: Any) -> Iterator[tuple[str, bool]]:
    """The paragraphs of trafilatura's tree in order: their words, and whether they are a heading (or all bold)."""
    pieces: list[tuple[str, bool]] = []
    headings = bold = 0

    def paragraph() -> Iterator[tuple[str, bool]]:
        words = " ".join("".join(piece for piece, _ in pieces).split())
        strong = all(is_strong for piece, is_strong in pieces if piece.strip())
        pieces.clear()
        if words:
            yield words, headings > 0 or (strong and not words.endswith((".", ":")))

    for event, element in _walk(body):
        is_block = element.tag in _BLOCKS
        if is_block:
            yield from paragraph()
        step = 1 if event == "start" else -1
        headings += step * (element.tag == "head")
        bold += step * (element.tag == "hi" and element.get("rend") == "#b")
        pieces.append(((element.text if event == "start" else element.tail) or "", bold > 0))
    yield from paragraph()


def _walk(element: Any) -> Iterator[tuple[str, Any]]:
    """Each element as it starts and as it ends; the parser bounds the depth."""
    yield "start", element
    for child in element:
        yield from _walk(child)
    yield "end", element


def _only_heading(tree: Any) -> str | None:
    """The page's `h1`, where there is just one."""
    headings = [" ".join(h1.text_content().split()) for h1 in tree.iter("h1")]
    headings = [words for words in headings if any(map(str.isalnum, words)) and len(words) <= 300]
    return headings[0] if len(headings) == 1 else None


def _config() -> Any:
    """trafilatura's settings, but for short pages: news in brief is read as well."""
    config = deepcopy(DEFAULT_CONFIG)
    for setting in ("MIN_EXTRACTED_SIZE", "MIN_OUTPUT_SIZE"):
        config.set("DEFAULT", setting, "1")
    return config


def _date_config() -> dict[str, Any]:
    """htmldate's settings: the original date, from metadata and markup, and none guessed from the running text."""
    return {"original_date": True, "extensive_search": False, "max_date": _FURTHEST_DAY}
