"""Annotated documents as JSON lines, in the format in which PolNeAR is passed round: one document a line.

    {"doc_id": "…", "text": "…", "attributions": [
        {"source": [[0, 5]], "cue": [[6, 10]], "content": [[11, 30]], "type": "direct"}]}

Spans are pairs of code points, half open.  A role may have several, and none: an empty list, null or no key.
`type` is optional, and read in gold files only.  A file of predictions may leave `text` out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from quoth.errors import QuothError
from quoth.measure.attribution.marked import ROLES, Attribution, Spans
from quoth.model import QuoteType, Span

TYPES = (QuoteType.DIRECT, QuoteType.INDIRECT, QuoteType.MIXED)
SHOWN = 60
"""Characters of a value that an error shows."""


class AttributionFileError(QuothError):
    """A file of attributions that cannot be measured: a line or a field does not fit, or a document is amiss."""

    code = "Q511"


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotated:
    """A document with its attributions."""

    id: str
    text: str
    attributions: tuple[Attribution, ...]


Predictions = Mapping[str, tuple[Attribution, ...]]
"""Attributions by the document's id."""


def load_gold(path: Path) -> tuple[Annotated, ...]:
    """The documents of a gold file, in its order.  Raises AttributionFileError naming line and field."""
    documents = {}
    for line in _lines(path):
        text = line.fields.get("text")
        if not isinstance(text, str):
            line.wrong("text", "the document's text")
        attributions = tuple(line.attributions(len(text), typed=True))
        documents[line.id] = Annotated(id=line.id, text=text, attributions=attributions)
    if not documents:
        raise AttributionFileError("there is no document in it", where=str(path), remedy="one JSON object a line")
    return tuple(documents.values())


def load_predictions(path: Path, gold: Iterable[Annotated]) -> Predictions:
    """What a file says of the gold documents.  Raises AttributionFileError where it does not answer to them."""
    texts = {document.id: document.text for document in gold}
    found: dict[str, tuple[Attribution, ...]] = {}
    for line in _lines(path):
        text = texts.get(line.id)
        if text is None:
            raise AttributionFileError(
                "the gold file has no such document", where=line.where, remedy="predictions are of the gold documents"
            )
        own = line.fields.get("text")
        if own is not None and own != text:
            raise AttributionFileError(
                "the text is not that of the gold file, so that its offsets mean nothing there",
                where=f"{line.where}, text",
                remedy="read the gold file's own texts",
            )
        found[line.id] = tuple(line.attributions(len(text), typed=False))
    missing = [id for id in texts if id not in found]
    if missing:
        raise AttributionFileError(
            f"{len(missing)} of {len(texts)} documents are missing, the first is {missing[0]!r}",
            where=str(path),
            remedy='a document in which nothing was found has "attributions": []',
        )
    return found


def write_predictions(path: Path, predictions: Predictions) -> None:
    """One document a line, without its text.  Raises AttributionFileError."""
    lines = (
        {"doc_id": id, "attributions": [{role: pairs(a.role(role)) for role in ROLES} for a in attributions]}
        for id, attributions in predictions.items()
    )
    write_lines(path, lines)


def write_lines(path: Path, lines: Iterable[dict[str, Any]]) -> None:
    """JSON objects, one a line.  Raises AttributionFileError."""
    try:
        with path.open("w", encoding="utf-8") as out:
            out.writelines(json.dumps(line) + "\n" for line in lines)
    except OSError as problem:
        raise AttributionFileError(problem.strerror or "it cannot be written", where=str(path)) from problem


def check_writable(path: Path) -> None:
    """Raises AttributionFileError where a file of that name cannot be: before long work, not after it."""
    if path.is_dir() or not path.parent.is_dir():
        what = "it is a folder" if path.is_dir() else f"there is no folder {path.parent}"
        raise AttributionFileError(what, where=str(path), remedy="name a file in a folder that is there")


def pairs(spans: Spans) -> list[list[int]]:
    """Spans as JSON has them."""
    return [[span.start, span.end] for span in spans]


# ---------------------------------------------------------------- lines and their fields


@dataclass(frozen=True, slots=True)
class _Line:
    """The JSON object of one line; `where` names file, line and document to people."""

    id: str
    fields: dict[str, Any]
    where: str

    def wrong(self, field: str, wanted: str, value: object = ...) -> NoReturn:
        """Raise for a field; `value` is what stands there instead, `...` where that is not to be shown."""
        shown = "" if value is ... else f", not {json.dumps(value)[:SHOWN]}"
        raise AttributionFileError(f"it is to be {wanted}{shown}", where=f"{self.where}, {field}")

    def attributions(self, length: int, *, typed: bool) -> Iterator[Attribution]:
        """Its attributions, for a text of `length` characters."""
        rows = self.fields.get("attributions")
        if not isinstance(rows, list):
            self.wrong("attributions", "a list, empty where there is none")
        for number, row in enumerate(rows, 1):
            field = f"attribution {number}"
            if not isinstance(row, dict):
                self.wrong(field, "an object", row)
            spans = {role: self._spans(row.get(role), f"{field}, {role}", length) for role in ROLES}
            yield Attribution(**spans, type=self._type(row.get("type"), field) if typed else None)

    def _spans(self, value: object, field: str, length: int) -> Spans:
        if value is None:
            return ()
        if not isinstance(value, list):
            self.wrong(field, "a list of spans [start, end]", value)
        return tuple(self._span(pair, field, length) for pair in value)

    def _span(self, pair: object, field: str, length: int) -> Span:
        if not isinstance(pair, list) or [type(end) for end in pair] != [int, int]:
            self.wrong(field, "a list of spans [start, end]", pair)
        start, end = pair
        if not 0 <= start < end <= length:
            self.wrong(field, f"spans of a text of {length} characters", pair)
        return Span(start, end)

    def _type(self, value: object, field: str) -> QuoteType | None:
        if value is None:
            return None
        if value not in TYPES:
            self.wrong(f"{field}, type", " or ".join(f'"{type}"' for type in TYPES), value)
        return QuoteType(str(value))


def _lines(path: Path) -> Iterator[_Line]:
    first: dict[str, int] = {}
    for number, fields in _objects(path):
        id = fields.get("doc_id")
        where = f"{path}, line {number}"
        if not isinstance(id, str):
            _Line("", fields, where).wrong("doc_id", "text that names the document")
        line = _Line(id, fields, f"{where} ({id})")
        if id in first:
            raise AttributionFileError(
                f"the document was there before, on line {first[id]}", where=line.where, remedy="leave one of them out"
            )
        first[id] = number
        yield line


def _objects(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a file's lines with their numbers; blank lines are passed over."""
    try:
        with path.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield number, _object(line, f"{path}, line {number}")
    except OSError as problem:
        raise AttributionFileError(problem.strerror or "it cannot be read", where=str(path)) from problem
    except UnicodeDecodeError as problem:
        raise AttributionFileError("it is not UTF-8", where=str(path)) from problem


def _object(line: str, where: str) -> dict[str, Any]:
    remedy = 'one document a line: {"doc_id": …, "text": …, "attributions": […]}'
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as problem:
        raise AttributionFileError(f"it is no JSON: {problem}", where=where, remedy=remedy) from problem
    if not isinstance(fields, dict):
        raise AttributionFileError("it is to be a JSON object", where=where, remedy=remedy)
    return fields
