"""Lists of feeds (OPML) to their addresses."""

from __future__ import annotations

from quoth.acquire.web.urls import parse_url
from quoth.acquire.web.xml import name, tree
from quoth.errors import BadAddress, BadListing

MOST_FEEDS = 5_000


def feeds_in(data: bytes, where: str) -> tuple[list[str], list[BadAddress]]:
    """The addresses of the feeds, each once, and what was wrong with others.  Raises BadListing without any."""
    root = tree(data, where)
    if name(root) != "opml":
        raise BadListing(f"this is no OPML but <{name(root)}>", where=where, remedy="give an OPML file, or feeds' URLs")
    found: dict[str, None] = {}
    wrong: list[BadAddress] = []
    for outline in root.iter():
        address = next((v for k, v in outline.attrib.items() if k.lower() == "xmlurl"), None) if name(outline) else None
        if not address:
            continue
        try:
            found[str(parse_url(address))] = None
        except BadAddress as problem:
            wrong.append(problem)
    if len(found) > MOST_FEEDS:
        raise BadListing(f"it lists {len(found)} feeds, more than {MOST_FEEDS}", where=where, remedy="split it")
    if not found and not wrong:
        raise BadListing("it lists no feed (no outline has an xmlUrl)", where=where, remedy="give feeds' URLs instead")
    return list(found), wrong
