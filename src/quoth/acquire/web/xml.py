"""Hostile XML to a tree: no entity is expanded, nothing is loaded, and what is broken is read as far as it goes."""

from __future__ import annotations

import html
import re
from html.entities import html5
from typing import Any

from lxml import etree

from quoth.errors import BadListing

_DOCTYPE = re.compile(rb"<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.S)
_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_XML_NAMES = (b"amp", b"lt", b"gt", b"quot", b"apos")

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
        root = etree.fromstring(_plain(data.strip()), parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise BadListing(f"this is no XML that could be read ({problem})"[:200], where=where) from None
    if root is None:
        raise BadListing("this is no XML that could be read", where=where)
    etree.strip_tags(root, etree.Entity)  # those that nobody declared
    return root


def name(element: Any) -> str:
    """The element's name without its namespace, in lower case; empty for what is no element."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def namespace(element: Any) -> str:
    return element.tag[1:].partition("}")[0] if isinstance(element.tag, str) and element.tag.startswith("{") else ""


def words(element: Any) -> str:
    """All text of an element on one line."""
    return " ".join("".join(element.itertext()).split())


def _plain(data: bytes) -> bytes:
    """Without a document type, so that no entity is declared; those of HTML, which feeds use undeclared, as numbers."""
    start = data.find(b"<!DOCTYPE", 0, 10_000)
    declared = _DOCTYPE.match(data, start) if start >= 0 else None
    if declared is not None:
        data = data[:start] + data[declared.end() :]
    return _NAMED.sub(_as_number, data)


def _as_number(found: re.Match[bytes]) -> bytes:
    characters = "" if found[1] in _XML_NAMES else html5.get(found[1].decode() + ";", "")
    return b"".join(b"&#%d;" % ord(character) for character in characters) or found[0]


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
