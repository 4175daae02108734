"""Feeds (RSS 0.9 to 2.0, RDF, Atom) to the pages that they announce."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Any

from quoth.acquire.web.listings import Listed, said
from quoth.acquire.web.urls import Url, parse_url
from quoth.acquire.web.xml import name, namespace, tree, without_markup, words
from quoth.errors import BadAddress, BadListing

MOST_ITEMS = 2_000
"""Of one feed; those after it are told and left out."""

LONGEST_HINT = datetime.timedelta(days=1)
_PERIODS = {"hourly": 1, "daily": 24, "weekly": 168, "monthly": 720, "yearly": 8760}
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_FOREIGN = re.compile("mrss|itunes|georss|yahoo", re.I)
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Feed:
    """`beyond`: items that are more than MOST_ITEMS; `broken`: items whose address is none, in words; `hint`: how long
    it asks to be left alone."""

    title: str | None
    items: tuple[Listed, ...]
    beyond: int = 0
    broken: tuple[str, ...] = ()
    hint: datetime.timedelta | None = None


def read_feed(data: bytes, url: Url) -> Feed:
    """The feed that came from `url`.  An item announced twice is given once.  Raises BadListing."""
    root = tree(data, str(url))
    if name(root) not in ("rss", "rdf", "feed"):
        raise BadListing(f"this is no feed but <{name(root)}>", where=str(url))
    base = _base(root, url)
    channel = next((child for child in root if name(child) == "channel"), root)
    title = without_markup(_first(channel, "title") or "") or None
    language = _first(channel, "language") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    found: dict[str, Listed] = {}
    broken: list[str] = []
    beyond = 0
    for item in root.iter("{*}item", "{*}entry"):
        if len(found) >= MOST_ITEMS:
            beyond += 1
            continue
        try:
            listed = _listed(item, _base(item, base), title, language)
        except BadAddress as problem:
            broken.append(f"{problem.where or 'an item'}: {problem.what}")
            continue
        found.setdefault(str(listed.url), listed)
    told = broken[:_SHOWN] + ([f"and {len(broken) - _SHOWN} more"] if len(broken) > _SHOWN else [])
    return Feed(title, tuple(found.values()), beyond, tuple(told), _hint(channel))


def _listed(item: Any, base: Url, title: str | None, language: str | None) -> Listed:
    """Raises BadAddress where the item has no page."""
    address = _address(item)
    if not address:
        raise BadAddress("an item without a link")
    published = _first(item, "pubdate", "published", "issued", "date", "created")
    updated = _first(item, "updated", "modified")
    known = said(
        outlet=title, title=without_markup(_first(item, "title") or "") or None, language=language,
        published=published or updated, updated=updated,
    )  # fmt: skip
    return Listed(parse_url(address, base), known, known.updated or known.published)


def _address(item: Any) -> str | None:
    """The link of RSS, the alternate one of Atom, or a GUID that is a link."""
    links = [child for child in item if name(child) == "link"]
    for link in links:
        if link.get("href") and link.get("rel", "alternate") == "alternate":
            return str(link.get("href"))
    for link in links:
        if not link.get("href") and (text := words(link)):
            return text
    for child in item:
        if name(child) == "guid" and child.get("ispermalink", child.get("isPermaLink", "true")).lower() != "false":
            text = words(child)
            return text if re.match(r"https?://", text, re.I) else None
    return None


def _first(element: Any, *wanted: str) -> str | None:
    """The text of the first child of any of these names; those of Media RSS and iTunes do not count."""
    for child_name in wanted:
        for child in element:
            if name(child) == child_name and not _FOREIGN.search(namespace(child)) and (text := words(child)):
                return text
    return None


def _base(element: Any, base: Url) -> Url:
    try:
        return parse_url(element.get(_BASE), base) if element.get(_BASE) else base
    except BadAddress:
        return base


def _hint(channel: Any) -> datetime.timedelta | None:
    """RSS's ttl (minutes), or the period of the syndication module."""
    ttl = _first(channel, "ttl") or ""
    if re.fullmatch(r"\d{1,6}", ttl):
        return min(datetime.timedelta(minutes=int(ttl)), LONGEST_HINT)
    hours = _PERIODS.get((_first(channel, "updateperiod") or "").lower())
    if hours is None:
        return None
    frequency = _first(channel, "updatefrequency") or "1"
    times = int(frequency) if re.fullmatch(r"[1-9]\d{0,3}", frequency) else 1
    return min(datetime.timedelta(hours=hours) / times, LONGEST_HINT)
