"""The pages of a web archive (WARC) to documents; what is no article is passed over and counted."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from quoth.acquire.contents import Beside, Failure, documents_in
from quoth.acquire.http_message import (
    Message,
    content_type,
    http_message,
    without_content_codings,
    without_transfer_coding,
)
from quoth.acquire.metadata import LONGEST_VALUE, Envelope, Given
from quoth.acquire.shelf import Shelf
from quoth.acquire.warc import BrokenRecord, Headers, WarcRecord, digest_fits, warc_records
from quoth.errors import UnreadableInput
from quoth.model import Document, Fetch, Note, Remark

_KINDS = {
    "text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "text/markdown": ".md",
    "application/json": ".json", "application/ld+json": ".json", "application/x-ndjson": ".jsonl",
    "application/pdf": ".pdf",
}  # fmt: skip
"""The suffixes of media types that may be articles."""

_PAGES = ("response", "resource", "conversion")
_ABOUT = ("warcinfo", "request", "metadata")
"""Records that describe others."""
_REMEDY = "fetch the page again, or take the archive from a copy"


@dataclass(frozen=True, slots=True)
class _Page:
    """What a record holds of a page: its bytes as they were served, what kind they are, and what came with them."""

    body: bytes
    suffix: str
    charset: str | None
    headers: Headers


class _PassedOver(Exception):
    """A record that is no article; its message says what it is."""


def pages_in(
    file: BinaryIO, name: str, where: str, given: Given, beside: Beside, shelf: Shelf,
    begin: int = 0, end: int | None = None,
) -> Iterator[Document | Failure | Fetch | Remark]:  # fmt: skip
    """The documents of a web archive, with the record that each page was fetched, a failure for each that is broken,
    and last a remark on what was passed over.  `file` can be sought in; one record at a time is in memory.

    Only of the records from `begin` up to `end`, if these are given: a part without any page is no failure.
    """
    passed: Counter[str] = Counter()
    pages = 0
    for record in warc_records(file, is_page, begin, end):
        place = f"{where}@{record.place}"
        try:
            if isinstance(record, BrokenRecord):
                pages += 1
                raise UnreadableInput(record.what, where=place, remedy=_REMEDY)
            page = _page(record)
        except _PassedOver as reason:
            passed[str(reason)] += 1
            continue
        except UnreadableInput as problem:
            pages += 1
            problem.where = place
            yield Failure(place, problem)
            continue
        for found in _documents(record, page, f"{name}@{record.place}", place, given, beside, shelf):
            if page.suffix == ".json" and isinstance(found, Failure):
                passed["JSON without an article"] += 1
                continue
            pages += not isinstance(found, Fetch)
            yield found
    told = ", ".join(f"{number} × {what}" for what, number in passed.most_common() if what not in _ABOUT)
    if not pages and not begin and end is None:
        error = UnreadableInput(
            f"no article in this archive{f' (passed over: {told})' if told else ''}", where=where,
            remedy="articles are pages of HTML, text, JSON or PDF that were served whole",
        )  # fmt: skip
        yield Failure(where, error)
    elif told:
        yield Remark(where=where, message=f"passed over in this archive: {told}")


def is_page(headers: Headers) -> bool:
    return headers.get("warc-type", "").lower() in _PAGES


def holds_page(record: WarcRecord) -> bool:
    """Whether a record is of a page that was served and may be an article, as far as its headers tell."""
    if not record.block:
        return False
    if content_type(record.headers.get("content-type"))[0] != "application/http":
        return True
    try:
        message = http_message(record.block)
    except UnreadableInput:
        return True
    return message.status == 200 and content_type(message.headers.get("content-type"))[0] in _KINDS


def _page(record: WarcRecord) -> _Page:
    kind = record.headers.get("warc-type", "").lower() or "record without a type"
    if record.block is None:
        raise _PassedOver(kind if kind not in ("revisit", "continuation") else f"{kind} (its page is elsewhere)")
    if not record.block:
        raise _PassedOver("empty record")
    of_http = content_type(record.headers.get("content-type"))[0] == "application/http"
    if kind == "response" and not of_http:
        raise _PassedOver("response that is not of HTTP")
    message = http_message(record.block) if of_http else Message(200, record.headers, record.block)
    if message.status != 200:
        raise _PassedOver(_status(message.status))
    media, charset = content_type(message.headers.get("content-type"))
    suffix = _KINDS.get(media, "")
    if not suffix:
        raise _PassedOver(media.partition("/")[0] or "page without a type")
    if re.search(r"/(?:robots|ads|security|humans)\.txt$", record.headers.get("warc-target-uri", "")):
        raise _PassedOver("robots.txt and the like")
    joined = without_transfer_coding(message) if of_http else message.body
    if not digest_fits(record, message.body, joined):
        raise UnreadableInput("its bytes do not have the digest that was recorded", remedy=_REMEDY)
    return _Page(
        without_content_codings(joined, message.headers) if of_http else joined, suffix, charset, message.headers
    )


def _status(status: int) -> str:
    kinds = {3: "redirection", 4: "page that was refused or not found", 5: "server error"}
    return kinds.get(status // 100, f"response of status {status}")


def _documents(
    record: WarcRecord, page: _Page, name: str, where: str, given: Given, beside: Beside, shelf: Shelf
) -> Iterator[Document | Failure | Fetch]:
    """The documents of a page, then the record that it was fetched.  The url is the one that was asked for, whatever
    the page says of itself."""
    stated = record.headers.get("warc-target-uri", "").strip("<> ")
    address = stated if re.match(r"https?://", stated) else None
    known = given.over(beside[0]).over(Given(url=address))
    moment = _moment(record)
    cut = record.headers.get("warc-truncated")
    notes = (Note(code="truncated", message="the crawler cut this page off"),) if cut else ()
    envelope = Envelope(charset=page.charset)
    sha256 = shelf.keep(page.body)
    for found in documents_in(page.body, page.suffix, name, where, known, beside, shelf, envelope):
        if isinstance(found, Document):
            found = replace(found, retrieved=moment, notes=(*found.notes, *notes))
        yield found
    if address is not None and moment is not None:
        yield Fetch(
            url=address, answered=address, status=200, retrieved=moment, sha256=sha256,
            etag=_line(page.headers.get("etag")), last_modified=_line(page.headers.get("last-modified")),
            content_type=_line(page.headers.get("content-type")),
        )  # fmt: skip


def _line(header: str | None) -> str | None:
    """A header's value, where it is one that could be sent back."""
    return header if header and header.isprintable() and len(header) <= LONGEST_VALUE else None


def _moment(record: WarcRecord) -> datetime.datetime | None:
    """When the page was fetched (UTC); None where that is not a moment."""
    try:
        moment = datetime.datetime.fromisoformat(record.headers.get("warc-date", ""))
    except ValueError:
        return None
    return moment.replace(tzinfo=datetime.UTC) if moment.tzinfo is None else moment.astimezone(datetime.UTC)
