"""An article's bytes or record, and what is known about it, to a Document."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from quoth.acquire.decoding import decode, without_controls
from quoth.acquire.furniture import blocks
from quoth.acquire.html import looks_like_html, read_page
from quoth.acquire.metadata import NO_ENVELOPE, Envelope, Given, date_notes, from_mapping, front_matter
from quoth.acquire.pdf import read_pdf
from quoth.acquire.records import article_text, summary_text
from quoth.acquire.relays import relays
from quoth.acquire.shapes import core
from quoth.acquire.text_page import Page
from quoth.errors import UnreadableInput
from quoth.identity import content_id
from quoth.model import BlockKind, Document, Note, Span

LONGEST_TEXT = 6_000_000
"""Characters.  Reading takes time and memory with the length: five million take minutes, and two gigabytes."""

_MARKUP_IN_FIELD = re.compile(r"<(p|div|br|h[1-6]|ul|blockquote)\b[^<>]{0,200}>", re.I)


def from_text(
    data: bytes, file: str, where: str, *, given: Given, beside: tuple[Given, tuple[Note, ...]],
    envelope: Envelope = NO_ENVELOPE,
) -> Document:  # fmt: skip
    """A plain text or Markdown article: its text is the decoded file, character for character."""
    decoded, notes = decode(data, where, charset=envelope.charset)
    text, replaced = without_controls(decoded)
    _require_article(text, where)
    own, front, front_notes = front_matter(text)
    if front and not any(map(str.isalpha, text[front.end :])):
        raise UnreadableInput("there is nothing after the front matter", where=where, remedy="add the article's text")
    return _document(
        data, text, file, given=given.over(beside[0]).over(own).over(envelope.given), front=front,
        notes=(*notes, *replaced, *beside[1], *front_notes),
    )  # fmt: skip


def from_html(
    data: bytes, file: str, where: str, *, given: Given, beside: tuple[Given, tuple[Note, ...]],
    envelope: Envelope = NO_ENVELOPE,
) -> Document:  # fmt: skip
    """An HTML page: its text is the article that is extracted from it."""
    decoded, notes = decode(data, where, html=True, charset=envelope.charset)
    page = read_page(decoded, where)
    return from_page(page, data, file, where, given=given, beside=beside, notes=notes, envelope=envelope)


def from_pdf(
    data: bytes, file: str, where: str, *, given: Given, beside: tuple[Given, tuple[Note, ...]],
    envelope: Envelope = NO_ENVELOPE,
) -> Document:  # fmt: skip
    """A PDF: its text is put together from the lines on its pages."""
    return from_page(read_pdf(data, where), data, file, where, given=given, beside=beside, envelope=envelope)


def from_page(
    page: Page, data: bytes, file: str, where: str, *, given: Given, beside: tuple[Given, tuple[Note, ...]],
    notes: tuple[Note, ...] = (), envelope: Envelope = NO_ENVELOPE,
) -> Document:  # fmt: skip
    """An article whose text was taken out of the bytes `data`."""
    text, replaced = without_controls(page.text)
    _require_article(text, where)
    return _document(
        data, text, file, given=given.over(beside[0]).over(page.metadata).over(envelope.given), headings=page.headings,
        notes=(*notes, *replaced, *beside[1], *page.notes),
    )  # fmt: skip


def from_record(
    data: bytes, fields: dict[str, Any], file: str, where: str, *, given: Given, beside: tuple[Given, tuple[Note, ...]],
    notes: tuple[Note, ...] = (), envelope: Envelope = NO_ENVELOPE,
) -> Document:  # fmt: skip
    """An article as a JSON object: its text is the field; `data` are the bytes that the object stands for."""
    metadata, own_notes = from_mapping(fields, "record")
    known = given.over(beside[0]).over(metadata).over(envelope.given)
    raw = article_text(fields)
    headings: Collection[int] = frozenset()
    if raw is None:
        raw = "\n\n".join(part for part in (known.title, summary_text(fields)) if part)
        if not raw:
            raise UnreadableInput(
                "this record holds no text", where=where, remedy='name it "text", "content" or "body"'
            )
        own_notes += (Note(code="no-text", message="the record has no text: its title and summary were read instead"),)
    elif len(_MARKUP_IN_FIELD.findall(raw[:20_000])) >= 2 or looks_like_html(raw):
        page = read_page(raw, where)
        raw, headings = page.text, page.headings
        own_notes += (Note(code="html-text", message="the record's text is HTML: its article was extracted"),)
    text, replaced = without_controls(raw)
    _require_article(text, where)
    return _document(
        data, text, file, given=known, headings=headings, notes=(*notes, *replaced, *beside[1], *own_notes)
    )


def _document(
    data: bytes, text: str, file: str, *, given: Given, notes: tuple[Note, ...],
    front: Span | None = None, headings: Collection[int] = frozenset(),
) -> Document:  # fmt: skip
    sha256 = hashlib.sha256(data).hexdigest()
    found = blocks(text, title=given.title, front=front, headings=headings)
    language, language_notes = (given.language, ()) if given.language else _language_by_script(text)
    document = Document(
        id=content_id("document", sha256, given.outlet, given.url), sha256=sha256, text=text, blocks=found,
        file=file, url=given.url, outlet=given.outlet, title=given.title, authors=given.authors, language=language,
        published=given.published, updated=given.updated,
        relays=relays(text, found, outlet=given.outlet, stated=given.relays),
        notes=(*notes, *language_notes, *date_notes(given.published, datetime.date.today())),
    )  # fmt: skip
    headline = next((block for block in found if block.kind is BlockKind.HEADLINE), None)
    if document.title is None and headline is not None:
        return replace(document, title=core(headline.span.words(text)).words)
    return document


def _require_article(text: str, where: str) -> None:
    """Raises UnreadableInput for a text without a letter, and for one too long to be read within bounded memory."""
    if len(text) > LONGEST_TEXT:
        what = f"the text is {len(text):,} characters long; an article may have {LONGEST_TEXT:,}"
        raise UnreadableInput(what, where=where, remedy="split it into single articles")
    if not any(map(str.isalpha, text)):
        raise UnreadableInput("the text has no letters in it", where=where, remedy="give a file that holds an article")


def _language_by_script(text: str) -> tuple[str, tuple[Note, ...]]:
    """English, unless most letters are of another script; then Russian or Ukrainian by their letters, else "und"."""
    letters = [character for character in text[:20_000].lower() if character.isalpha()]
    latin = sum(character < "\u0250" for character in letters)
    if 2 * latin >= len(letters):
        return "en", ()
    counts = {character: letters.count(character) for character in "ыэъіїє"}
    if 2 * sum("\u0400" <= character <= "\u04ff" for character in letters) < len(letters):
        language = "und"
    else:
        language = "uk" if sum(counts[c] for c in "іїє") > sum(counts[c] for c in "ыэъ") else "ru"
    note = Note(code="language-guessed", message=f"no language stated: taken for {language!r} by its script")
    return language, (note,)
