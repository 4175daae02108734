"""What a case already holds of an article that is added: the same bytes, known otherwise or published elsewhere."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from typing import Any

from quoth.identity import content_id
from quoth.model import Document

SHOWN = 8
"""Digits of an id in a remark."""


def differences(stored: Document, found: Document, given: Any = None) -> tuple[str, ...]:
    """How a document in the ledger differs from the same one as it is given now.

    Titles and languages are compared only where `given` has them: otherwise Quoth may have guessed them.
    """
    said = {name: getattr(given, name, None) for name in ("title", "language")}
    now = {"published": found.published, "updated": found.updated, **said, "authors": found.authors}
    kept = {name: getattr(stored, name) for name in now}
    differ = [name for name, value in now.items() if value and value != kept[name]]
    if not differ:
        return ()
    told = "; ".join(f"{name} stays {_told(kept[name])}, {_told(now[name])} was given now" for name in differ)
    return (
        f"already there as document {stored.id[:SHOWN]}, and what is recorded is not rewritten: {told}. "
        "To have it otherwise, add it to a fresh case: quoth --case NEW.db add …",
    )


class SameBytes:
    """Finds the documents that were made of the same bytes; `documents` are those there before."""

    def __init__(self, documents: Callable[[], Iterable[Document]]) -> None:
        self._documents = documents
        self._by_hash: dict[str, list[tuple[str, str]]] | None = None

    def of(self, found: Document) -> tuple[str, ...]:
        """A remark on a new document if its bytes are also there under another outlet or URL."""
        if self._by_hash is None:
            self._by_hash = {}
            for document in self._documents():
                self._note(document)
        others = list(self._by_hash.get(found.sha256, ()))
        self._note(found)
        if not others:
            return ()
        also = "; ".join(f"document {id[:SHOWN]} of {where}" for id, where in others[:3])
        more = f" and {len(others) - 3} more" if len(others) > 3 else ""
        return (
            f"the same bytes are also there as {also}{more}: this becomes a further document, of {_where(found)}, and "
            "its statements count as a copy. If it is the same publication, add it to a fresh case with the right "
            "--outlet and --url",
        )

    def _note(self, document: Document) -> None:
        assert self._by_hash is not None
        self._by_hash.setdefault(document.sha256, []).append((document.id, _where(document)))


class SamePage:
    """Finds the page that was fetched before and says the same, whatever else its bytes hold; `documents` are those
    there before."""

    def __init__(self, documents: Callable[[], Iterable[Document]]) -> None:
        self._documents = documents
        self._by_url: dict[str, list[tuple[str, str, tuple[object, ...]]]] | None = None

    def of(self, found: Document) -> str | None:
        """The id of an earlier document with the same address and text; what the page states now must not differ."""
        if found.retrieved is None or found.url is None:
            return None
        if self._by_url is None:
            self._by_url = {}
            for document in self._documents():
                self._note(document)
        text, stated = _text_hash(found), _stated(found)
        for id, its_text, its_stated in self._by_url.get(found.url, ()):
            if its_text == text and all(a is None or a == b for a, b in zip(stated, its_stated, strict=True)):
                return id
        self._note(found)
        return None

    def _note(self, document: Document) -> None:
        assert self._by_url is not None
        if document.retrieved is not None and document.url is not None:
            entry = (document.id, _text_hash(document), _stated(document))
            self._by_url.setdefault(document.url, []).append(entry)


def _text_hash(document: Document) -> str:
    return content_id("text", document.text)


def _stated(document: Document) -> tuple[object, ...]:
    return (document.outlet, document.title, document.published, document.updated)


def _where(document: Document) -> str:
    return (document.outlet or "an outlet not named") + (f" ({document.url})" if document.url else "")


def _told(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "unknown"
    return value.isoformat() if isinstance(value, datetime.date) else str(value) if value else "unknown"
