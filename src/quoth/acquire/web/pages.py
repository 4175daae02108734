"""What a fetched page becomes: its documents, and the record that it was fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from lxml import etree, html

from quoth.acquire.contents import NOTHING_BESIDE, READABLE_SUFFIXES, Failure, documents_in
from quoth.acquire.http_message import content_type
from quoth.acquire.metadata import Envelope, Given
from quoth.acquire.shelf import Shelf
from quoth.acquire.web.exchange import Answer
from quoth.acquire.web.fetching import Fetched, status_error
from quoth.acquire.web.urls import Url, parse_url, same_site
from quoth.acquire.web.walls import cut, wall
from quoth.acquire.web.xml import kind_of
from quoth.errors import BadAddress, NoArticle, UnreadableInput
from quoth.model import Document, Fetch

_SUFFIXES = {
    "text/html": ".html", "application/xhtml+xml": ".html", "text/markdown": ".md", "application/json": ".json",
    "application/ld+json": ".json", "application/x-ndjson": ".jsonl", "application/jsonl": ".jsonl",
    "application/pdf": ".pdf", "message/rfc822": ".eml", "application/warc": ".warc",
}  # fmt: skip
_BEGINNING = 500_000
"""Bytes of a page that are looked through for its address, and for why it holds no article."""

_NO_TEXT = re.compile(r"(image|audio|video|font)/|application/(zip|x-tar|vnd\.|wasm|x-bittorrent)")
_CANONICAL = "//link[translate(@rel, 'CANOIL', 'canoil') = 'canonical']/@href | //meta[@property = 'og:url']/@content"


@dataclass(frozen=True, slots=True)
class Known:
    """An address that brings nothing new, so that it is not asked or not read again."""

    where: str


def documents_of(
    fetched: Fetched, earlier: bytes | None, known: Fetch | None, said: Given, given: Given, shelf: Shelf
) -> Iterator[Document | Failure | Fetch | Known]:
    """The documents of a page, then its record.  `known` and `earlier`: when it was fetched before, and what came then,
    which counts where nothing changed; `said`: what the list that names the page says of it."""
    error = status_error(fetched)
    if error is not None:
        yield Failure(str(fetched.asked), error)
        yield fetched.record(None)
        return
    if fetched.unchanged and (known is None or earlier is None):
        yield Known(str(fetched.asked))
        return
    if fetched.unchanged and known is not None and earlier is not None:
        before = replace(
            fetched, retrieved=known.retrieved,
            answer=Answer(fetched.answer.url, 200, (("content-type", known.content_type or ""),), earlier),
        )  # fmt: skip
        yield from read(before, said, given, shelf)
        yield fetched.record(None)
        return
    sha256 = shelf.keep(fetched.answer.body)
    yield from read(fetched, said, given, shelf)
    yield fetched.record(sha256)


def read(fetched: Fetched, said: Given, given: Given, shelf: Shelf) -> Iterator[Document | Failure]:
    """The documents in the body of an answer."""
    answer = fetched.answer
    where = str(fetched.asked)
    kind, charset = content_type(answer.header("content-type"))
    if _NO_TEXT.match(kind) or kind_of(answer.body) is not None:
        what = kind if _NO_TEXT.match(kind) else "a feed or sitemap"
        yield Failure(
            where, NoArticle(f"this is {what} and no article", where=where, remedy="give the address of an article")
        )
        return
    suffix = _suffix(answer, kind)
    address = given.url or str(_canonical(answer, kind) or answer.url)
    envelope = Envelope(charset=charset, given=said)
    own = replace(given, url=address)
    for found in documents_in(answer.body, suffix, where, where, own, NOTHING_BESIDE, shelf, envelope):
        if isinstance(found, Failure):
            yield _explained(found, answer.body)
            continue
        instead = wall(found.text, where)
        if instead is not None:
            yield Failure(where, instead)
        else:
            yield replace(found, retrieved=fetched.retrieved, notes=(*found.notes, *cut(found.text)))


def _suffix(answer: Answer, kind: str) -> str:
    """How the body is to be read; empty where its beginning must show that."""
    if answer.body.startswith(b"%PDF-"):
        return ".pdf"
    if kind in _SUFFIXES:
        return _SUFFIXES[kind]
    named = re.search(r"\.\w{2,8}$", urlsplit(answer.url.target).path)
    return named[0].lower() if named and named[0].lower() in READABLE_SUFFIXES and kind != "text/plain" else ""


def _canonical(answer: Answer, kind: str) -> Url | None:
    """The address that a page says is its own, where that is of the same site and not merely its front page."""
    tree = _tree(answer.body) if "html" in kind or not kind else None
    for stated in tree.xpath(_CANONICAL) if tree is not None else ():
        try:
            url = parse_url(str(stated), answer.url)
        except BadAddress:
            continue
        if same_site(url.host, answer.url.host) and (url.target != "/" or answer.url.target == "/"):
            return url
    return None


def _explained(failure: Failure, body: bytes) -> Failure:
    """A page in which no article was found may say itself why."""
    tree = _tree(body) if isinstance(failure.error, UnreadableInput) else None
    if tree is None:
        return failure
    etree.strip_elements(tree, "script", "style", with_tail=False)
    problem = wall(" ".join(tree.text_content().split()), failure.where)
    return Failure(failure.where, problem) if problem else failure


def _tree(body: bytes) -> Any:
    """The beginning of a page as a tree; None where there is none."""
    try:
        return html.document_fromstring(body[:_BEGINNING])
    except (etree.LxmlError, ValueError, AssertionError):
        return None
