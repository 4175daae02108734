"""Sitemaps, of news and others, and indexes of them, to the pages that they list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from quoth.acquire.web.listings import Listed, said
from quoth.acquire.web.urls import Url, parse_url
from quoth.acquire.web.xml import name, namespace, tree, words
from quoth.errors import BadAddress, BadListing

DEEPEST = 3
"""Indexes within indexes that are followed."""

MOST_SITEMAPS = 200
"""Of one index and all below it."""

MOST_PAGES = 50_000
"""Of one sitemap, as the protocol has it."""


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The pages of a sitemap, or of an index the sitemaps (`inner`); `broken`: addresses that are none."""

    pages: tuple[Listed, ...] = ()
    inner: tuple[Listed, ...] = ()
    broken: int = 0


def read_sitemap(data: bytes, url: Url) -> Sitemap:
    """The sitemap that came from `url`.  Raises BadListing."""
    root = tree(data, str(url))
    if name(root) not in ("urlset", "sitemapindex"):
        raise BadListing(f"this is no sitemap but <{name(root)}>", where=str(url))
    found: dict[str, Listed] = {}
    broken = 0
    for entry in root:
        if name(entry) not in ("url", "sitemap"):
            continue
        if len(found) >= MOST_PAGES:
            break
        try:
            listed = _listed(entry, url)
        except BadAddress:
            broken += 1
            continue
        found.setdefault(str(listed.url), listed)
    entries = tuple(found.values())
    return Sitemap(inner=entries, broken=broken) if name(root) == "sitemapindex" else Sitemap(entries, (), broken)


def _listed(entry: Any, url: Url) -> Listed:
    """Raises BadAddress where the entry names no page."""
    texts: dict[str, str] = {}
    for element in entry.iter():
        if not re.search("image|video", namespace(element)):
            texts.setdefault(name(element), words(element))
    if not texts.get("loc"):
        raise BadAddress("an entry without an address")
    known = said(
        outlet=texts.get("name"), title=texts.get("title"), language=texts.get("language"),
        published=texts.get("publication_date"),
    )  # fmt: skip
    changed = said(updated=texts.get("lastmod")).updated
    return Listed(parse_url(texts["loc"], url), known, changed or known.published)
