"""Texts whose time expressions are marked in place: TIMEX2 (ACE, WikiWars) and TIMEX3 (TimeML, TempEval-3)."""

from __future__ import annotations

import datetime
import html
import re
from dataclasses import dataclass
from pathlib import Path

from quoth.errors import QuothError
from quoth.model import Span

_TAG = re.compile(
    r"<(/?)([A-Za-z][\w.-]*)((?:\s+[\w:.-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)\s*/?>|<!--.*?-->|<[?!][^>]*>", re.S
)
_ATTRIBUTE = re.compile(r"([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)")
_TIMES = {"timex2", "timex3"}
_DATED = {"dct", "datetime", "date_time", "date"}


class MarkedTimesError(QuothError):
    """A file of marked times that cannot be measured."""

    code = "Q514"


@dataclass(frozen=True, slots=True)
class MarkedTime:
    """A marked expression; `value` as TIMEX has it ("1939-09", "P3D"), `modified`: START, MID …; None where absent."""

    span: Span
    value: str | None
    modified: str | None


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text without its marks; spans are code points of it.  `written` is the day that the document gives itself."""

    name: str
    text: str
    times: tuple[MarkedTime, ...]
    written: datetime.date | None


def load_marked(path: Path) -> MarkedText:
    """The text inside <TEXT>, with the outermost times marked in it.

    Raises MarkedTimesError on a file that cannot be read, has no <TEXT>, or has a mark that does not close.
    """
    try:
        content = path.read_text(encoding="utf-8-sig")
    except OSError as problem:
        raise MarkedTimesError(problem.strerror or "it cannot be read", where=str(path)) from problem
    except UnicodeDecodeError as problem:
        raise MarkedTimesError("it is not UTF-8", where=str(path)) from problem
    begin, end = re.search(r"<TEXT[^>]*>", content, re.I), re.search(r"</TEXT>", content, re.I)
    if begin is None or end is None or end.start() < begin.end():
        raise MarkedTimesError(
            "it has no <TEXT> … </TEXT>", where=str(path), remedy="give TIMEX2 or TimeML files with their marks inline"
        )
    first_line = content.count("\n", 0, begin.end()) + 1
    text, times = _without_marks(content[begin.end() : end.start()], first_line, str(path))
    return MarkedText(path.name, text, times, _written(content[: begin.start()]))


def _without_marks(marked: str, line: int, where: str) -> tuple[str, tuple[MarkedTime, ...]]:
    parts: list[str] = []
    times: list[MarkedTime] = []
    opened: list[tuple[int, dict[str, str], int]] = []
    at = length = 0
    for tag in _TAG.finditer(marked):
        plain = html.unescape(marked[at : tag.start()])
        parts.append(plain)
        length += len(plain)
        at = tag.end()
        if (tag[2] or "").lower() not in _TIMES or tag[0].endswith("/>"):
            continue
        here = line + marked.count("\n", 0, tag.start())
        if not tag[1]:
            named = {name.lower(): double or single for name, double, single in _ATTRIBUTE.findall(tag[3])}
            opened.append((length, named, here))
            continue
        if not opened:
            raise MarkedTimesError("a time ends that did not begin", where=f"{where}, line {here}")
        start, named, _ = opened.pop()
        if not opened and start < length:
            value = named.get("value") or named.get("val")
            times.append(MarkedTime(Span(start, length), value, named.get("mod")))
    if opened:
        raise MarkedTimesError("a time begins that does not end", where=f"{where}, line {opened[-1][2]}")
    parts.append(html.unescape(marked[at:]))
    return "".join(parts), tuple(times)


def _written(head: str) -> datetime.date | None:
    for tag in re.finditer(r"<(\w+)[^>]*>(.*?)</\1>", head, re.S):
        day = _DAY.search(tag[0]) if tag[1].lower() in _DATED else None
        if day is not None:
            try:
                return datetime.date(*map(int, day.groups()))
            except ValueError:
                continue
    return None
