"""Addresses to documents: of a page, of the pages that a feed or a sitemap lists, of those in a table."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Self

from quoth.acquire.contents import NOTHING_GIVEN, Failure, failed
from quoth.acquire.encodings import inflated
from quoth.acquire.metadata import Given, from_mapping
from quoth.acquire.shelf import NO_SHELF, Shelf
from quoth.acquire.tables import Table
from quoth.acquire.web.exchange import Wire
from quoth.acquire.web.feeds import read_feed
from quoth.acquire.web.fetching import Fetched, Fetching, status_error
from quoth.acquire.web.listings import Listed
from quoth.acquire.web.pages import Known, documents_of
from quoth.acquire.web.patience import Patience
from quoth.acquire.web.several import Wanted, fetched
from quoth.acquire.web.sitemaps import DEEPEST, MOST_SITEMAPS, read_sitemap
from quoth.acquire.web.terms import USUAL_TERMS, Terms
from quoth.acquire.web.urls import Url, parse_url, without_credentials
from quoth.acquire.web.xml import kind_of
from quoth.errors import BadAddress, LedgerError, QuothError
from quoth.model import Document, Fetch, Remark

SITEMAP_LIMIT = 200
"""New pages of a sitemap where no limit is given."""


Found = Document | Failure | Fetch | Known | Remark


@dataclass(slots=True)
class Web:
    """The network for one run: on which terms, by which wire, and what was learned of sites and failures so far.

    `tell` is told what a person should know that is no failure.  Close it to end what is on its way.
    """

    terms: Terms = USUAL_TERMS
    wire: Wire | None = None
    tell: Callable[[str], None] = field(default=lambda _: None)
    patience: Patience | None = None  # only who watches has some: whoever adds wants it tried now
    hints: dict[str, timedelta] = field(default_factory=dict)  # feed → how long it asks to be left alone
    fetching: Fetching = field(init=False)

    def __post_init__(self) -> None:
        self.fetching = Fetching(self.wire or Wire(self.terms))

    def close(self) -> None:
        self.fetching.wire.stop.set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


def acquire_addresses(
    addresses: Iterable[str], web: Web, *, given: Given = NOTHING_GIVEN, shelf: Shelf = NO_SHELF
) -> Iterator[Found]:
    """What is at each address: a page's documents, or those of the pages that a feed or sitemap there lists."""
    wanted: dict[str, Wanted] = {}
    for address in addresses:
        try:
            url = parse_url(address)
        except QuothError as problem:
            yield failed(without_credentials(address), problem)
        else:
            wanted.setdefault(str(url), _wanted(url, NOTHING_GIVEN, shelf))
    for page, answer in fetched(web.fetching, wanted.values()):
        yield from _of_answer(page, answer, web, given, shelf)


def acquire_listed(
    pages: Iterable[Listed], web: Web, where: str, *, given: Given = NOTHING_GIVEN, shelf: Shelf = NO_SHELF,
    limit: int | None = None,
) -> Generator[Found, None, bool]:  # fmt: skip
    """The documents of the pages that a list (`where`) names, but for those that are known.  Gives back whether it is
    done with: no page failed, rests or is left for another time."""
    wanted: list[Wanted] = []
    done, beyond = True, 0
    for listed in pages:
        address = str(listed.url)
        latest = shelf.latest(address)
        if latest is not None and (listed.changed is None or listed.changed <= latest.retrieved.date()):
            yield Known(address)
        elif web.patience is not None and web.patience.rests(address):
            done = False
        elif limit is not None and len(wanted) >= limit:
            beyond += 1
        else:
            wanted.append(_wanted(listed.url, listed.said, shelf))
    if beyond:
        done = False
        web.tell(f"{where}: {beyond} more are left for another time (--limit {limit})")
    for page, answer in fetched(web.fetching, wanted):
        for found in _documents(page, answer, given, shelf):
            done = done and not isinstance(found, Failure)
            _learn(found, str(page.url), web)
            yield found
    return done


def acquire_table(
    table: Table, web: Web, where: str, *, given: Given = NOTHING_GIVEN, shelf: Shelf = NO_SHELF
) -> Iterator[Found]:
    """The documents of the pages whose addresses a table holds, but for those that are known."""
    pages: dict[str, Listed] = {}
    for row in table.rows():
        said, _ = from_mapping(row.fields, where)
        place = f"{where}#{row.number}"
        try:
            if said.url is None:
                raise BadAddress("the row holds no address", where=place)
            url = parse_url(said.url)
        except QuothError as problem:
            yield failed(place, problem)
        else:
            pages.setdefault(str(url), Listed(url, replace(said, url=None)))
    yield from acquire_listed(pages.values(), web, where, given=given, shelf=shelf, limit=web.terms.limit)


def _of_answer(page: Wanted, answer: Fetched | QuothError, web: Web, given: Given, shelf: Shelf) -> Iterator[Found]:
    kind = None
    if isinstance(answer, Fetched) and status_error(answer) is None and not answer.unchanged:
        try:
            body = _unzipped(answer.answer.body, web.terms)
            kind = kind_of(body)
            if kind is not None:
                of_list = _of_feed if kind == "feed" else _of_sitemap
                done = yield from of_list(body, page.url, answer.answer.url, web, given, shelf)
        except LedgerError:
            raise
        except QuothError as problem:
            answer = problem
    if kind is None or isinstance(answer, QuothError):
        for found in _documents(page, answer, given, shelf):
            _learn(found, str(page.url), web)
            yield found
    else:
        _learn(answer, str(page.url), web)
        if done:  # otherwise it is asked for as if for the first time, so that what is missing is found again
            yield answer.record(hashlib.sha256(answer.answer.body).hexdigest())


def _of_feed(body: bytes, asked: Url, url: Url, web: Web, given: Given, shelf: Shelf) -> Generator[Found, None, bool]:
    feed = read_feed(body, url)
    if feed.hint is not None:
        web.hints[str(asked)] = feed.hint
    for told in feed.broken:
        web.tell(f"{asked}: {told}")
    if feed.beyond:
        web.tell(f"{asked}: {feed.beyond} items beyond the first {len(feed.items)} are left out")
    since = web.terms.since
    items = [item for item in feed.items if since is None or item.changed is None or item.changed >= since]
    whole = len(items) == len(feed.items) and not feed.beyond
    listed = acquire_listed(items, web, str(asked), given=given, shelf=shelf, limit=web.terms.limit)
    return (yield from listed) and whole


def _of_sitemap(
    body: bytes, asked: Url, url: Url, web: Web, given: Given, shelf: Shelf
) -> Generator[Found, None, bool]:
    pages: dict[str, Listed] = {}
    whole = True
    for found in _below(body, url, web, set(), 0):
        if isinstance(found, Failure):
            whole = False
            yield found
        else:
            pages.setdefault(str(found.url), found)
    dated = sorted((p for p in pages.values() if p.changed is not None), key=_changed, reverse=True)
    undated = [p for p in pages.values() if p.changed is None]
    since = web.terms.since
    if since is not None:
        whole = False
        dated = [page for page in dated if page.changed is not None and page.changed >= since]
        if undated:
            web.tell(f"{asked}: {len(undated)} pages without a date are left out (--since)")
        undated = []
    limit = web.terms.limit if web.terms.limit is not None else SITEMAP_LIMIT
    listed = acquire_listed([*dated, *undated], web, str(asked), given=given, shelf=shelf, limit=limit)
    return (yield from listed) and whole


def _changed(listed: Listed) -> str:
    return str(listed.changed)


def _below(body: bytes, url: Url, web: Web, seen: set[str], depth: int) -> Iterator[Listed | Failure]:
    """The pages of a sitemap and of all that an index names."""
    seen.add(str(url))
    sitemap = read_sitemap(body, url)
    if sitemap.broken:
        web.tell(f"{url}: {sitemap.broken} entries hold no address and are left out")
    yield from sitemap.pages
    since = web.terms.since
    for inner in sitemap.inner:
        old = since is not None and inner.changed is not None and inner.changed < since
        if old or str(inner.url) in seen:
            continue
        if depth >= DEEPEST or len(seen) >= MOST_SITEMAPS:
            web.tell(f"{url}: what lies deeper than {DEEPEST} indexes or beyond {MOST_SITEMAPS} sitemaps is left out")
            return
        try:
            answer = web.fetching.fetch(inner.url)
            error = status_error(answer)
            if error is not None:
                raise error
            seen.add(str(inner.url))
            yield from _below(_unzipped(answer.answer.body, web.terms), answer.answer.url, web, seen, depth + 1)
        except QuothError as problem:
            seen.add(str(inner.url))
            yield failed(str(inner.url), problem)


def _unzipped(body: bytes, terms: Terms) -> bytes:
    """A sitemap or feed that is itself a .gz file, opened; bounded as an answer is."""
    return inflated(body, terms.decoded) if body.startswith(b"\x1f\x8b") else body


def _wanted(url: Url, said: Given, shelf: Shelf) -> Wanted:
    """A page with its last fetch and what came then, where that is kept."""
    known = shelf.latest(str(url))
    earlier = shelf.kept(known.sha256) if known is not None and known.sha256 is not None else None
    return Wanted(url, said, known, earlier)


def _documents(page: Wanted, answer: Fetched | QuothError, given: Given, shelf: Shelf) -> Iterator[Found]:
    if isinstance(answer, QuothError):
        yield failed(str(page.url), answer)
        return
    yield from documents_of(answer, page.earlier, page.known, page.said, given, shelf)


def _learn(found: Found | Fetched | None, address: str, web: Web) -> None:
    if web.patience is None:
        return
    if found is None or isinstance(found, Failure):
        web.patience.failed(address)
    elif isinstance(found, Document | Known | Fetched):
        web.patience.worked(address)
