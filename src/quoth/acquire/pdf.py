"""A PDF to its article's text and metadata.  It is parsed by a program of its own, within bounds (`pdf_pages.py`)."""

from __future__ import annotations

import datetime
import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from quoth.acquire.metadata import Given, from_mapping
from quoth.acquire.pdf_layout import LARGER, Line, paragraphs
from quoth.acquire.pdf_layout import Page as PrintedPage
from quoth.acquire.text_page import Page
from quoth.errors import UnreadableInput
from quoth.model import Note

SECONDS = 60
MEMORY = 2_000_000_000
"""Bytes."""
LONGEST_HEADING = 200

_PROGRAM = Path(__file__).with_name("pdf_pages.py")
_CONVERTED = "save it as .txt, or print it to a new PDF and give that"
_MADE = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
_NO_TITLE = re.compile(
    r"microsoft word\b|untitled|\(?unspecified|about:blank|\S+\.(?:docx?|indd|pdf|html?|odt|qxd|tex)$", re.I
)


def read_pdf(data: bytes, where: str) -> Page:
    """The article in a PDF.  Raises UnreadableInput where there is none, or none that can be had within the bounds."""
    found = _parsed(data, where)
    pages = [
        PrintedPage(page["width"], page["height"], tuple(Line(*line) for line in page["lines"]))
        for page in found["pages"]
    ]
    pieces, body_size = paragraphs(pages)
    words = [piece.words for piece in pieces]
    _require_words(words, pages, where)
    headings, position = set(), 0
    for piece in pieces:
        if piece.size > LARGER * body_size and len(piece.words) <= LONGEST_HEADING:
            headings.add(position)
        position += len(piece.words) + 2
    metadata, notes = _metadata(found["metadata"], "\n".join(words[:40]))
    return Page("\n\n".join(words), frozenset(headings), metadata, (*notes, *_left_out(pages, found["left_out"])))


def _parsed(data: bytes, where: str) -> dict[str, Any]:
    command = [sys.executable, "-P", str(_PROGRAM), str(SECONDS), str(MEMORY)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=2 * SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise _too_much("time", where) from None
    if done.returncode:
        killed = done.returncode < 0
        if killed or b"MemoryError" in done.stderr:
            raise _too_much("time or memory" if killed else "memory", where)
        last = (done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no reason given"])[-1]
        raise UnreadableInput(f"the PDF could not be parsed ({last[:200]})", where=where, remedy=_CONVERTED)
    found = json.loads(done.stdout)
    if "problem" in found:
        raise _problem(found["problem"], where)
    assert isinstance(found, dict)
    return found


def _too_much(what: str, where: str) -> UnreadableInput:
    return UnreadableInput(f"the PDF takes too much {what} to parse", where=where, remedy=_CONVERTED)


def _problem(told: str, where: str) -> UnreadableInput:
    if "password" in told.lower():
        return UnreadableInput("the PDF is locked with a password", where=where, remedy="unlock it and give it again")
    if "security" in told.lower():
        return UnreadableInput("the PDF is encrypted in a way that is not read", where=where, remedy=_CONVERTED)
    return UnreadableInput(f"this is no whole PDF ({told})", where=where, remedy="fetch or copy the file again")


def _require_words(words: list[str], pages: list[PrintedPage], where: str) -> None:
    text = "".join(words)
    letters = sum(map(str.isalpha, text))
    if not letters:
        what = (
            "there is no text in this PDF: its pages are pictures, as of a scan" if pages else "this PDF has no pages"
        )
        raise UnreadableInput(what, where=where, remedy="give it a text layer first, for instance with ocrmypdf")
    unknown = sum(letter == "\ufffd" or "\ue000" <= letter <= "\uf8ff" or letter < "\x09" for letter in text)
    if unknown > letters // 2:
        what = "the fonts of this PDF do not say which letters they draw"
        raise UnreadableInput(
            what, where=where, remedy="give it a text layer first, for instance with ocrmypdf --force-ocr"
        )


def _left_out(pages: list[PrintedPage], too_many: int) -> tuple[Note, ...]:
    notes = []
    blank = sum(not page.lines for page in pages)
    if blank:
        message = f"{blank} of {len(pages)} pages have no text: they are blank, or pictures"
        notes.append(Note(code="pages-without-text", message=message))
    if too_many > 0:
        notes.append(
            Note(code="pages-left-out", message=f"the PDF is too long: its last {too_many} pages were left out")
        )
    return tuple(notes)


def _metadata(stated: Mapping[str, str], beginning: str) -> tuple[Given, tuple[Note, ...]]:
    """Title and authors where they look like some.  The day on which the file was made is the day of publication only
    where the article's beginning has that day too."""
    title = " ".join(stated.get("Title", "").split())
    author = " ".join(stated.get("Author", "").split())
    given, notes = from_mapping(
        {
            "title": title if any(map(str.isalpha, title)) and not _NO_TITLE.match(title) else None,
            "authors": author if any(map(str.isupper, author)) and " " in author and len(author) < 200 else None,
        },
        "PDF metadata",
    )
    made = _day(stated.get("CreationDate", ""))
    if made is None:
        return given, notes
    if any(spelled in beginning for spelled in _spellings(made)):
        return given.over(Given(published=made)), notes
    message = f"the PDF was made on {made}, which need not be the day of publication; --published gives that"
    return given, (*notes, Note(code="pdf-made", message=message))


def _day(stamp: str) -> datetime.date | None:
    found = _MADE.match(stamp)
    try:
        return datetime.date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _spellings(day: datetime.date) -> list[str]:
    number, month, short = day.day, day.strftime("%B"), day.strftime("%b")
    return [
        day.isoformat(), f"{day:%d.%m.%Y}", f"{number}.{day.month}.{day.year}", f"{day:%d/%m/%Y}", f"{day:%m/%d/%Y}",
        *(f"{n} {m} {day.year}" for n in (number, f"{number:02}") for m in (month, short, f"{short}.")),
        *(f"{m} {n}, {day.year}" for n in (number, f"{number:02}") for m in (month, short, f"{short}.")),
        *(f"{m} {number} {day.year}" for m in (month, short)),
    ]  # fmt: skip
