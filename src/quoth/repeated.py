"""What a case already holds of an article that is added: the same bytes, or another version of it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from quoth.model import Document
from quoth.versions import is_one_address, is_version, path, same_words

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


class Held:
    """Finds the documents of a case that a new one repeats; `documents` are those there before."""

    def __init__(self, documents: Callable[[], Iterable[Document]], document: Callable[[str], Document | None]) -> None:
        self._documents = documents
        self._document = document
        self._by_hash: dict[str, list[tuple[str, str]]] = {}
        self._at: dict[str, list[tuple[str, str]]] = {}
        self._is_ready = False

    def unchanged(self, found: Document) -> Document | None:
        """The latest version of the same article, where only its page has changed: no word, date or outlet.

        A date or outlet that is not stated now is no change: a feed may have named it then.
        """
        latest = self._latest(found)
        if latest is None or (found.outlet or latest.outlet) != latest.outlet or not same_words(latest, found):
            return None
        days = (found.published or latest.published, found.updated or latest.updated)
        return latest if days == (latest.published, latest.updated) else None

    def remarks(self, found: Document) -> tuple[str, ...]:
        """What a person should know of a new document: that its bytes are also there under another outlet or URL, or
        that it is another version of an article that is there."""
        earlier = self._latest(found)
        others = list(self._by_hash.get(found.sha256, ()))
        self._note(found)
        if others:
            return (_same_bytes(found, others),)
        if earlier is not None:
            shows = f"`quoth versions {found.id[:SHOWN]}` shows what changed"
            return (f"another version of document {earlier.id[:SHOWN]}: {shows}",)
        return ()

    def _latest(self, found: Document) -> Document | None:
        """The document that came last of those of which `found` is another version."""
        if not self._is_ready:
            self._is_ready = True
            for document in self._documents():
                self._note(document)
        near = [id for id, url in self._at.get(path(found.url), ()) if is_one_address(url, found.url)]
        held = map(self._document, reversed(near))
        return next((document for document in held if document and is_version(document, found)), None)

    def _note(self, document: Document) -> None:
        self._by_hash.setdefault(document.sha256, []).append((document.id, _where(document)))
        if document.url:
            self._at.setdefault(path(document.url), []).append((document.id, document.url))


def _same_bytes(found: Document, others: Sequence[tuple[str, str]]) -> str:
    also = "; ".join(f"document {id[:SHOWN]} of {where}" for id, where in others[:3])
    more = f" and {len(others) - 3} more" if len(others) > 3 else ""
    return (
        f"the same bytes are also there as {also}{more}: this becomes a further document, of {_where(found)}, and "
        "its statements count as a copy. If it is the same publication, add it to a fresh case with the right "
        "--outlet and --url"
    )


def _where(document: Document) -> str:
    return (document.outlet or "an outlet not named") + (f" ({document.url})" if document.url else "")


def _told(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "unknown"
    return value.isoformat() if isinstance(value, datetime.date) else str(value) if value else "unknown"
