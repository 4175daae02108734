"""Evidence and its words: a statement's id is the hash of all it says, and its spans hold the words it quotes.

Used where statements are made, where they are written down and where they are read again.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from typing import Any

from quoth.errors import LedgerError, SpanMismatch
from quoth.identity import content_id
from quoth.model import Block, Document, Span, Statement, to_dict, words_of

SHOWN = 60
"""How many code points of differing words an error shows."""


class BadEvidence(LedgerError):
    """A document, statement or reading that does not say what it claims to say; it is not written down."""

    code = "Q302"


def statement_id(fields: dict[str, Any]) -> str:
    """The id of a statement given by `to_dict`; an `id` among the fields does not count."""
    return content_id("statement", {name: value for name, value in fields.items() if name != "id"})


def identified(statement: Statement) -> Statement:
    """The same statement with its id filled in."""
    return dataclasses.replace(statement, id=statement_id(to_dict(statement)))


def check_spans(document: Document, statement: Statement) -> None:
    """Every field of the statement that has spans holds the words under them.

    Raises SpanMismatch with the document, the field and the span; BadEvidence when the statement names
    another document.
    """
    if statement.document_id != document.id:
        raise BadEvidence(
            f"statement {statement.id} belongs to document {statement.document_id}, not to this one",
            where=name_of(document),
        )
    for path, what in _mismatches(statement, document.text):
        raise SpanMismatch(f"statement {statement.id}, {path}: {what}", where=name_of(document))


def check_document(document: Document) -> None:
    """Every block, note and relay of the document lies in its text, and relays hold the words under their spans.

    Raises SpanMismatch with the document, the field and the span.
    """
    for path, what in _mismatches(document, document.text):
        raise SpanMismatch(f"{path}: {what}", where=name_of(document))


def mismatches(document: Document, statement: Statement) -> Iterator[str]:
    """All that `check_spans` would object to, one sentence each."""
    for path, what in _mismatches(statement, document.text):
        yield f"{path}: {what}"


def name_of(document: Document) -> str:
    """What a person would call the document: its file, its address, or else its id."""
    return document.file or document.url or f"document {document.id}"


def _mismatches(value: Any, text: str, path: str = "") -> Iterator[tuple[str, str]]:
    """(field, what is wrong) for every span below `value` that lies outside `text` or holds other words."""
    names = [field.name for field in dataclasses.fields(value)]
    if "spans" in names:
        yield from _wrong_words(value.spans, value.text, text, path)
    for name in names:
        if name == "spans":
            continue
        below = getattr(value, name)
        inner = f"{path}.{name}" if path else name
        if isinstance(below, Span):
            yield from _outside([below], text, inner)
        elif isinstance(below, tuple):
            for i, item in enumerate(below):
                if isinstance(item, Block):
                    yield from _outside([item.span], text, f"{inner}[{i}]")
                elif dataclasses.is_dataclass(item):
                    yield from _mismatches(item, text, f"{inner}[{i}]")
        elif dataclasses.is_dataclass(below):
            yield from _mismatches(below, text, inner)


def _outside(spans: Iterable[Span], text: str, path: str) -> Iterator[tuple[str, str]]:
    for span in spans:
        if span.end > len(text):
            yield path, f"span {shown([span])} ends beyond the text, which has {len(text)} code points"


def _wrong_words(spans: tuple[Span, ...], words: str | None, text: str, path: str) -> Iterator[tuple[str, str]]:
    beyond = list(_outside(spans, text, path))
    if beyond:
        yield from beyond
        return
    if not spans:
        if words:
            yield path, f"has the words {_short(words)} and no span to show for them"
        return
    found = words_of(text, spans)
    if found != words:
        yield path, f"the words under {shown(spans)} are {_short(found)}, and {_short(words or '')} was stored"


def shown(spans: Iterable[Span]) -> str:
    return ", ".join(f"[{span.start}, {span.end})" for span in spans)


def _short(words: str) -> str:
    return repr(words if len(words) <= SHOWN else words[: SHOWN - 1] + "…")
