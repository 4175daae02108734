"""Texts whose time expressions are known: marked in place (TIMEX2 of ACE and WikiWars, TIMEX3 of TimeML and
TempEval-3), or single phrases with their days (JSON lines)."""

from __future__ import annotations

import datetime
import html
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quoth.errors import QuothError
from quoth.measure.timex import Days, days_of
from quoth.model import Span
from quoth.read import calendar
from quoth.read.calendar import Unit

_TAG = re.compile(
    r"<(/?)([A-Za-z][\w.-]*)((?:\s+[\w:.-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)\s*/?>|<!--.*?-->|<[?!][^>]*>", re.S
)
_ATTRIBUTE = re.compile(r"([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)")
GRAINS = {unit.value: unit for unit in (Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.YEAR)}
_TIMES = {"timex2", "timex3"}
_DATED = {"dct", "datetime", "date_time", "date"}


class MarkedTimesError(QuothError):
    """A file of marked times that cannot be measured."""

    code = "Q514"


@dataclass(frozen=True, slots=True)
class MarkedTime:
    """A marked expression; `value` as TIMEX has it ("1939-09", "P3D"), `modified`: START, MID …; None where absent.

    `days`: the first and last day of the value, None where it has none.
    """

    span: Span
    value: str | None
    modified: str | None
    days: Days | None


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text without its marks; spans are code points of it.  `written` is the day that the document gives itself.

    `phrase`: it is no sentence, but one expression without a verb, meant for what is to come.
    """

    name: str
    text: str
    times: tuple[MarkedTime, ...]
    written: datetime.date | None
    phrase: bool = False


def load_times(path: Path) -> list[MarkedText]:
    """The phrases of a file of JSON lines, or the one text of a file with marks.  Raises MarkedTimesError."""
    return load_phrases(path) if path.suffix.lower() == ".jsonl" else [load_marked(path)]


def load_phrases(path: Path) -> list[MarkedText]:
    """Phrases with their days, one a line: `text`, `reference` (the day they are said on) and either `value` with
    its `grain`, or `from` and `to` (the moment after).

    Lines of another `dim` than Time, without days, or of a grain below a day are left out; a line with `negative` is
    text without a time.  Raises MarkedTimesError on a file that cannot be read and on a line that does not fit.
    """
    found: list[MarkedText] = []
    for number, line in enumerate(_content(path).splitlines(), 1):
        where = f"{path}, line {number}"
        try:
            plain = json.loads(line) if line.strip() else {}
            phrase = _phrase(plain, f"{path.name}, line {number}") if plain.get("dim") == "Time" else None
        except (ValueError, KeyError, TypeError, AttributeError) as problem:
            raise MarkedTimesError(f"it holds no phrase with its days ({problem})", where=where) from problem
        if phrase is not None:
            found.append(phrase)
    if not found:
        raise MarkedTimesError("it holds no time of a day or longer", where=str(path))
    return found


def _phrase(plain: dict[str, Any], name: str) -> MarkedText | None:
    text = plain["text"]
    written = datetime.date.fromisoformat(plain["reference"][:10]) if "reference" in plain else None
    if plain.get("negative"):
        return MarkedText(name, text, (), written, phrase=True)
    if plain.get("grain") not in GRAINS:
        return None
    if "value" in plain:
        first = datetime.date.fromisoformat(plain["value"][:10])
        interval = calendar.containing(first, GRAINS[plain["grain"]])
        days: Days = (first, interval.latest)
    else:
        days = (
            datetime.date.fromisoformat(plain["from"][:10]),
            datetime.date.fromisoformat(plain["to"][:10]) - datetime.timedelta(1),
        )
    value = " … ".join(str(day) for day in days)
    return MarkedText(name, text, (MarkedTime(Span(0, len(text)), value, None, days),), written, phrase=True)


def load_marked(path: Path) -> MarkedText:
    """The text inside <TEXT>, with the outermost times marked in it.

    Raises MarkedTimesError on a file that cannot be read, has no <TEXT>, or has a mark that does not close.
    """
    content = _content(path)
    begin, end = re.search(r"<TEXT[^>]*>", content, re.I), re.search(r"</TEXT>", content, re.I)
    if begin is None or end is None or end.start() < begin.end():
        raise MarkedTimesError(
            "it has no <TEXT> … </TEXT>", where=str(path), remedy="give TIMEX2 or TimeML files with their marks inline"
        )
    first_line = content.count("\n", 0, begin.end()) + 1
    text, times = _without_marks(content[begin.end() : end.start()], first_line, str(path))
    return MarkedText(path.name, text, times, _written(content[: begin.start()]))


def _content(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as problem:
        raise MarkedTimesError(problem.strerror or "it cannot be read", where=str(path)) from problem
    except UnicodeDecodeError as problem:
        raise MarkedTimesError("it is not UTF-8", where=str(path)) from problem


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
            times.append(MarkedTime(Span(start, length), value, named.get("mod"), days_of(value)))
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
