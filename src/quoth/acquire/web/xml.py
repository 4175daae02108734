"""Hostile XML to a tree: no entity is expanded, nothing is loaded, and what is broken is read as far as it goes."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from quoth.errors import BadListing

LARGEST = 20_000_000
"""Bytes of a feed, sitemap or OPML file."""


def tree(data: bytes, where: str) -> Any:
    """The root element.  Raises BadListing where there is none."""
    if len(data) > LARGEST:
        raise BadListing(f"it is larger than {LARGEST // 1_000_000} MB", where=where)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        recover=True, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data.strip(), parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise BadListing(f"this is no XML that could be read ({problem})"[:200], where=where) from None
    if root is None:
        raise BadListing("this is no XML that could be read", where=where)
    return root


def name(element: Any) -> str:
    """The element's name without its namespace, in lower case; empty for what is no element."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def namespace(element: Any) -> str:
    return element.tag[1:].partition("}")[0] if isinstance(element.tag, str) and element.tag.startswith("{") else ""


def words(element: Any) -> str:
    """All text of an element on one line.  Entities that HTML knows are read, those of the file's own are left out."""
    return " ".join("".join(_text(element)).split())


def _text(element: Any) -> Iterator[str]:
    yield element.text or "" if isinstance(element.tag, str) else _entity(element)
    if isinstance(element.tag, str):
        for child in element:
            yield from _text(child)
            yield child.tail or ""


def _entity(element: Any) -> str:
    source = f"&{getattr(element, 'name', '')};"
    read = html.unescape(source)
    return "" if read == source else read


def without_markup(text: str) -> str:
    """A title that is escaped HTML, as words."""
    return " ".join(html.unescape(re.sub(r"</?[a-zA-Z][^<>]{0,300}>", " ", text)).split())


def kind_of(data: bytes) -> str | None:
    """ "feed" or "sitemap", by the first element; None for anything else."""
    beginning = data[:4_096].replace(b"\0", b"")
    found = re.search(rb"<(?:\w{1,20}:)?([A-Za-z]+)[\s>]", re.sub(rb"(?s)<!--.*?-->|<[?!][^>]*>", b"", beginning))
    first = found[1].lower() if found is not None else b""
    if first in (b"rss", b"rdf", b"feed"):
        return "feed"
    return "sitemap" if first in (b"urlset", b"sitemapindex") else None
