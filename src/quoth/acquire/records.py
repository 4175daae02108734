"""JSON and JSON lines to single articles as records."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from quoth.acquire.metadata import plain_key
from quoth.errors import UnreadableInput

TEXT_KEYS = (
    "text", "content", "body", "contentoriginal", "articlebody", "articletext", "fulltext", "maintext",
    "article", "story",
)  # fmt: skip
SUMMARY_KEYS = ("description", "summary", "abstract", "lead")
_LISTS = ("articles", "documents", "items", "results", "stories", "data", "records")
_LONGEST_NUMBER = 300


@dataclass(frozen=True, slots=True)
class Record:
    """One article as an object; `number` is its line (JSON lines) or place in the list, from 1, None if alone."""

    fields: dict[str, Any]
    number: int | None


def records(text: str, where: str) -> Iterator[Record | UnreadableInput]:
    """The articles of a JSON text: an object, a list, an object that holds a list, or JSON lines after all.

    What cannot be read is given as an error among the others.
    """
    try:
        value = parse(text)
    except UnreadableInput as problem:
        if re.match(r"\s*\{[^\n]*\}[ \t\r]*\n\s*\{", text):
            yield from of_lines(text.split("\n"), where)
        else:
            problem.where = where
            yield problem
        return
    if isinstance(value, dict) and not article_text(value):
        value = next((value[key] for key in _LISTS if isinstance(value.get(key), list)), value)
    if isinstance(value, list):
        for number, item in enumerate(value, start=1):
            yield Record(item, number) if isinstance(item, dict) else _no_object(f"{where}#{number}")
        if not value:
            yield UnreadableInput("the list is empty", where=where, remedy="give a list of articles")
    else:
        yield Record(value, None) if isinstance(value, dict) else _no_object(where)


def of_lines(lines: Iterable[str], where: str) -> Iterator[Record | UnreadableInput]:
    """The articles of JSON lines, each with the number of its line."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield of_line(line, number, where)


def of_line(line: str, number: int, where: str) -> Record | UnreadableInput:
    """The article in one of JSON lines, or why there is none."""
    try:
        value = parse(line)
    except UnreadableInput as problem:
        problem.where = f"{where}#{number}"
        return problem
    return Record(value, number) if isinstance(value, dict) else _no_object(f"{where}#{number}")


def parse(text: str) -> Any:
    """JSON to values; numbers that are too long or not finite stay strings.  Raises UnreadableInput."""
    try:
        return json.loads(text, parse_int=_whole, parse_float=_fraction, parse_constant=str)
    except json.JSONDecodeError as problem:
        raise UnreadableInput(
            f"this is no valid JSON: {problem.msg} (line {problem.lineno}, column {problem.colno})",
            remedy="check the file, or give the article as .txt",
        ) from None
    except RecursionError:
        raise UnreadableInput("the JSON is nested too deeply", remedy="give one object an article") from None


def canonical_record(fields: dict[str, Any]) -> bytes:
    """A record's canonical JSON, as `quoth.identity.canonical` writes it; lone surrogates are let through.

    Raises UnreadableInput for a record that is nested too deeply.
    """
    try:
        plain = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    except RecursionError:
        raise UnreadableInput("the JSON is nested too deeply", remedy="give one object an article") from None
    return plain.encode("utf-8", "surrogatepass")


def article_text(fields: dict[str, Any]) -> str | None:
    """The article's text under any of the names it commonly goes by."""
    return _first_text(fields, TEXT_KEYS)


def summary_text(fields: dict[str, Any]) -> str | None:
    """The article's summary, where there is one."""
    return _first_text(fields, SUMMARY_KEYS)


def _first_text(fields: dict[str, Any], keys: tuple[str, ...]) -> str | None:
    by_key = {plain_key(key): value for key, value in fields.items()}
    for key in keys:
        value = by_key.get(key)
        if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
            value = "\n\n".join(value)
        if isinstance(value, str) and value.strip():
            return value
    return None


def _no_object(where: str) -> UnreadableInput:
    return UnreadableInput("this is no article: an object was expected", where=where, remedy='write {"text": "…"}')


def _whole(digits: str) -> int | str:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else digits


def _fraction(digits: str) -> float | str:
    value = float(digits)
    return value if math.isfinite(value) else digits
