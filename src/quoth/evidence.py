"""Evidence and its words: a statement's id is the hash of all it says, and its spans hold the words it quotes.

Used where statements are made, where they are written down and where they are read again.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from typing import Any, Literal, get_args, get_origin, get_type_hints

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


Trail = tuple[Any, ...]
"""How a field is come to: (the trail of what it is in, its name, its place in a tuple or None); () for the whole."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Walk:
    """What is looked at in values of a class: whether they have words, and which other fields may hold spans."""

    has_words: bool
    names: tuple[str, ...]
    get: Callable[[Any], tuple[Any, ...]]


class _Walks(dict[type, _Walk | None]):
    """How to walk through the values of each class; None for one that is no dataclass."""

    def __missing__(self, cls: type) -> _Walk | None:
        self[cls] = made = _walk(cls) if dataclasses.is_dataclass(cls) else None
        return made


def _walk(cls: type) -> _Walk:
    hints = get_type_hints(cls)
    names = tuple(name for name, hint in hints.items() if name != "spans" and _may_hold_spans(hint))
    several = attrgetter(*names) if len(names) > 1 else None
    return _Walk("spans" in hints, names, several or (lambda value: tuple(getattr(value, name) for name in names)))


def _may_hold_spans(hint: Any) -> bool:
    """Whether values so typed may be dataclasses, or hold some."""
    if hint is None or hint is Ellipsis or get_origin(hint) is Literal:
        return False
    if within := get_args(hint):
        return any(map(_may_hold_spans, within))
    return not isinstance(hint, type) or dataclasses.is_dataclass(hint) or hint in (object, tuple, list, dict)


_WALKS = _Walks()


def _mismatches(value: Any, text: str) -> list[tuple[str, str]]:
    """(field, what is wrong) for every span below `value` that lies outside `text` or holds other words."""
    found: list[tuple[Trail, str]] = []
    _look(value, text, (), found)
    return [(_path(trail), what) for trail, what in found]


def _look(value: Any, text: str, trail: Trail, found: list[tuple[Trail, str]]) -> None:
    walk = _WALKS[type(value)]
    assert walk is not None, "only dataclasses are looked into"
    if walk.has_words and not _stands(value.spans, value.text, text):
        found += [(trail, what) for what in _wrong_words(value.spans, value.text, text)]
    if not walk.names:
        return
    for name, below in zip(walk.names, walk.get(value), strict=True):
        cls = type(below)
        if isinstance(below, tuple):
            for i, item in enumerate(below):
                if type(item) is Block:
                    found += [((trail, name, i), what) for what in _outside((item.span,), text)]
                elif _WALKS[type(item)] is not None:
                    _look(item, text, (trail, name, i), found)
        elif cls is Span:
            found += [((trail, name, None), what) for what in _outside((below,), text)]
        elif _WALKS[cls] is not None:
            _look(below, text, (trail, name, None), found)


def _stands(spans: tuple[Span, ...], words: str | None, text: str) -> bool:
    """Whether the words are surely those under one span; what is not so simple is looked at closely."""
    return len(spans) == 1 and spans[0].end <= len(text) and text[spans[0].start : spans[0].end] == words


def _path(trail: Trail) -> str:
    if not trail:
        return ""
    above, name, place = trail
    own = name if place is None else f"{name}[{place}]"
    return f"{_path(above)}.{own}" if above else own


def _outside(spans: Iterable[Span], text: str) -> list[str]:
    length = len(text)
    return [
        f"span {shown([span])} ends beyond the text, which has {length} code points"
        for span in spans
        if span.end > length
    ]


def _wrong_words(spans: tuple[Span, ...], words: str | None, text: str) -> list[str]:
    if beyond := _outside(spans, text):
        return beyond
    if not spans:
        return [f"has the words {_short(words)} and no span to show for them"] if words else []
    found = words_of(text, spans)
    if found != words:
        return [f"the words under {shown(spans)} are {_short(found)}, and {_short(words or '')} was stored"]
    return []


def shown(spans: Iterable[Span]) -> str:
    return ", ".join(f"[{span.start}, {span.end})" for span in spans)


def _short(words: str) -> str:
    return repr(words if len(words) <= SHOWN else words[: SHOWN - 1] + "…")
