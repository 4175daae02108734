"""A mail (RFC 5322) to its words, what it says of itself, and what is attached to it."""

from __future__ import annotations

import email
import email.header
import email.utils
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from pathlib import PurePath

from quoth.acquire.decoding import decode
from quoth.acquire.html import read_page
from quoth.acquire.html_blocks import read_blocks
from quoth.acquire.metadata import Given, from_mapping
from quoth.acquire.text_page import Page
from quoth.errors import UnreadableInput
from quoth.model import Note

MOST_PARTS = 500
MOST_BOUNDARIES = 5_000
"""Lines that may part a mail: one with more is refused before it is parsed."""
MOST_MULTIPARTS = 60
"""Parts that hold parts, likewise: parsing costs each line once for every one of them that is open."""
DEEPEST = 20
LONGEST_HEADER = 1_000_000
"""Bytes of a mail's own header."""
WHOLE_STORY = 0.7
"""The share of a page's letters that its article must have, for a mail to be that article and not several."""

_REMEDY = "save the mail's text as .txt or .html"
_HEADER = re.compile(rb"(?:[!-9;-~]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*)+")
_KNOWN_HEADERS = re.compile(
    rb"^(from|to|date|subject|received|return-path|message-id|mime-version|delivered-to|content-type|reply-to)\s*:",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Attachment:
    """`suffix` by its name or its type; `data` None where it cannot be unpacked."""

    name: str
    suffix: str
    data: bytes | None


@dataclass(frozen=True, slots=True)
class Mail:
    """`page` is None where the mail holds no words of its own."""

    page: Page | None
    attachments: tuple[Attachment, ...]


def looks_like_mail(data: bytes) -> bool:
    """Whether bytes begin with the header of a mail."""
    header = _HEADER.match(data[:65_536])
    if header is None:
        return False
    names = {name.lower() for name in _KNOWN_HEADERS.findall(header[0])}
    return b"from" in names and len(names) >= 3 and bool(names & {b"mime-version", b"message-id", b"received"})


def read_mail(data: bytes, where: str) -> Mail:
    """A mail.  Raises UnreadableInput on what is none, is encrypted, or has too many or too deeply nested parts."""
    if len(re.findall(rb"^--", data, re.MULTILINE)) > MOST_BOUNDARIES:
        raise UnreadableInput("the mail has too many parts", where=where, remedy=_REMEDY)
    if len(re.findall(rb"multipart/", data, re.IGNORECASE)) > MOST_MULTIPARTS:
        raise UnreadableInput("the mail is nested too deeply", where=where, remedy=_REMEDY)
    end = re.compile(rb"\r?\n\r?\n").search(data)
    if (end.start() if end else len(data)) > LONGEST_HEADER:
        raise UnreadableInput("the mail's header does not end", where=where, remedy=_REMEDY)
    try:
        message = email.message_from_bytes(data)
        parts = list(_leaves(message, 0))
        return _mail(message, parts, where)
    except UnreadableInput as problem:
        problem.where = where
        raise
    except RecursionError:
        raise UnreadableInput("the mail is nested too deeply", where=where, remedy=_REMEDY) from None
    except Exception as problem:  # a parser of others' making, on hostile mails, may raise anything
        what = f"the mail could not be parsed ({type(problem).__name__})"
        raise UnreadableInput(what, where=where, remedy=_REMEDY) from problem


def _mail(message: Message, parts: list[Message], where: str) -> Mail:
    if not message.keys():
        raise UnreadableInput("this is no mail: it has no header", remedy=_REMEDY)
    attached = [part for part in parts if _is_attached(part)]
    bodies = [part for part in parts if part.get_content_type() in _TEXTS and not _is_attached(part)]
    attachments = tuple(_attachment(part, number) for number, part in enumerate(attached, start=1))
    pages = [page for part in bodies if (page := _words(part, where)) is not None]
    if not pages and not attachments:
        encrypted = message.get_content_type() in ("multipart/encrypted", "application/pkcs7-mime")
        what = "the mail is encrypted" if encrypted else "the mail holds no words"
        raise UnreadableInput(what, remedy="decrypt it and save its text" if encrypted else _REMEDY)
    given, notes = _metadata(message)
    unread = [attachment.name for attachment in attachments if attachment.data is None or not attachment.suffix]
    if unread:
        notes += (Note(code="attachments", message=f"attachments that were not read: {', '.join(unread)[:500]}"),)
    return Mail(_joined(pages, given, notes) if pages else None, attachments)


def _leaves(part: Message, depth: int) -> Iterator[Message]:
    """The parts that are to be read, in order; of alternatives the last that is HTML, else the last."""
    if depth > DEEPEST:
        raise UnreadableInput("the mail is nested too deeply", remedy=_REMEDY)
    inner = part.get_payload()
    if not isinstance(inner, list) or part.get_content_maintype() == "message":
        yield part
        return
    if len(inner) > MOST_PARTS:
        raise UnreadableInput("the mail has too many parts", remedy=_REMEDY)
    several = [list(_leaves(child, depth + 1)) for child in inner if isinstance(child, Message)]
    if part.get_content_subtype() == "alternative":
        best = [leaves for leaves in several if any(leaf.get_content_type() == "text/html" for leaf in leaves)]
        several = (best or [leaves for leaves in several if leaves])[-1:]
    for leaves in several:
        yield from leaves


_TEXTS = ("text/plain", "text/html")


def _is_attached(part: Message) -> bool:
    """Pictures and the like that a mail shows within its text are no attachments."""
    if part.get_content_maintype() in ("message", "application"):
        return True
    if part.get_content_type() in _TEXTS or part.get("Content-ID"):
        return part.get_content_disposition() == "attachment"
    return True


_SUFFIXES = {
    "application/pdf": ".pdf", "text/html": ".html", "text/plain": ".txt", "message/rfc822": ".eml",
    "application/json": ".json",
}  # fmt: skip
_NAMED = frozenset({".pdf", ".html", ".htm", ".txt", ".md", ".eml", ".json", ".jsonl"})


def _attachment(part: Message, number: int) -> Attachment:
    kind = part.get_content_type()
    name = re.sub(r"[/\\]", "_", _plain(_decoded(part.get_filename() or "")))[:200]
    suffix = PurePath(name.lower()).suffix
    suffix = suffix if suffix in _NAMED else _SUFFIXES.get(kind, "")
    inner = part.get_payload()
    if kind == "message/rfc822" and isinstance(inner, list):
        data: object = inner[0].as_bytes() if inner and isinstance(inner[0], Message) else None
    else:
        data = part.get_payload(decode=True)
    return Attachment(name or f"part {number} ({kind[:80]})", suffix, data if isinstance(data, bytes) else None)


def _words(part: Message, where: str) -> Page | None:
    """What a text part says; None where that is nothing."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes) or not data.strip():
        return None
    charset = part.get_param("charset")
    html = part.get_content_type() == "text/html"
    text, notes = decode(data, where, html=html, charset=charset if isinstance(charset, str) else None)
    if not html:
        return Page(text.replace("\r\n", "\n").strip(), frozenset(), Given(), notes)
    page = _of_html(text, where)
    return Page(page.text, page.headings, page.metadata, (*notes, *page.notes)) if page.text else None


def _of_html(source: str, where: str) -> Page:
    """The article in a mail's HTML where it is most of what can be read there; otherwise all that can be."""
    blocks = read_blocks(source)
    try:
        article = read_page(source, where)
    except UnreadableInput:
        return blocks
    return article if len(article.text) >= WHOLE_STORY * len(blocks.text) else blocks


def _joined(pages: list[Page], given: Given, notes: tuple[Note, ...]) -> Page:
    headings: set[int] = set()
    position = 0
    for page in pages:
        headings |= {position + at for at in page.headings}
        position += len(page.text) + 2
    of_pages = tuple(note for page in pages for note in page.notes)
    known = given
    for page in pages:
        known = known.over(Given(url=page.metadata.url, language=page.metadata.language))
    return Page("\n\n".join(page.text for page in pages), frozenset(headings), known, (*of_pages, *notes))


def _metadata(message: Message) -> tuple[Given, tuple[Note, ...]]:
    """The sender's name is the outlet; the day is that of the sender's own clock."""
    name, address = email.utils.parseaddr(_decoded(message.get("From", "")))
    return from_mapping(
        {
            "title": _decoded(message.get("Subject", "")) or None,
            "outlet": name or address.rpartition("@")[2] or None,
            "published": " ".join(str(message.get("Date", "")).split()) or None,
            "url": _address(str(message.get("Archived-At", ""))),
            "language": str(message.get("Content-Language", "")).partition(",")[0] or None,
        },
        "mail header",
    )


def _address(value: str) -> str | None:
    found = re.search(r"https?://[^\s<>]+", value)
    return found[0] if found else None


def _plain(text: str) -> str:
    """One line, without control characters and surrogates."""
    return " ".join(re.sub("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]", "\ufffd", text).split())


def _decoded(value: object) -> str:
    """A header's words, with encoded words (RFC 2047) decoded; what cannot be decoded is left."""
    text = str(value)[:10_000]
    try:
        return str(email.header.make_header(email.header.decode_header(text)))
    except (LookupError, ValueError, email.errors.HeaderParseError):
        return text
