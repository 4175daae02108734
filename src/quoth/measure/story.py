"""A story with what a careful reader finds in it: `articles/`, `statements.json`, `questions.json`, `traps.json`.

The three files stand beside `articles/` or in `expected/`, each as one JSON list or as JSON lines (`.jsonl`).
Offsets are code points of the document's text, half open.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from quoth.errors import QuothError
from quoth.model import Number

P = TypeVar("P")
Days = tuple[str | None, str | None]
"""Earliest and latest day, ISO 8601, either end open."""
Numbers = tuple[Number | None, Number | None]

NARRATOR, UNATTRIBUTED = "@narrator", "@unattributed"
"""Sources that have no name."""


class StoryError(QuothError):
    """A story folder that cannot be measured against: a file is missing, or a field does not fit."""

    code = "Q510"


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A stretch of an article; `words` may be "" where the file does not give them."""

    file: str
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """A statement that a reader finds at `anchor`.

    Of several names or readings any is right; what is None or empty is not judged.  `origin` names the utterance,
    None where its lineage is unknown.
    """

    id: str
    anchor: Anchor
    source: tuple[str, ...]
    anonymous: bool
    act: tuple[str, ...]
    factuality: tuple[str, ...]
    quote: tuple[str, ...]
    via: tuple[str, ...] = ()
    said: Days | None = None
    predicate: tuple[str, ...] = ()
    time: Days | None = None
    quantity: Numbers | None = None
    place: tuple[str, ...] = ()
    origin: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trap:
    """Words that are no statement of their article; `why` says what they are."""

    anchor: Anchor
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedValue:
    """The statements (ids) that give one answer, and how many independent origins stand behind it."""

    statements: tuple[str, ...]
    origins: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedRelation:
    a: str
    b: str
    type: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedQuestion:
    """`slot` is None where the file does not say it."""

    id: str
    text: str
    values: tuple[ExpectedValue, ...]
    relations: tuple[ExpectedRelation, ...]
    slot: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """`questions` is None where the story states none."""

    name: str
    articles: Path
    statements: tuple[Expected, ...]
    traps: tuple[Trap, ...] = ()
    questions: tuple[ExpectedQuestion, ...] | None = None

    def statement(self, id: str) -> Expected:
        return next(expected for expected in self.statements if expected.id == id)


def load_story(folder: Path) -> Story:
    """Load what is expected of a story.  Raises StoryError naming the file and the field that does not fit."""
    articles = folder / "articles"
    if not articles.is_dir():
        raise StoryError("a story has its articles in the folder articles/, and there is none", where=str(folder))
    found = _file(folder, "statements")
    if found is None:
        raise StoryError("there is no statements.json, neither here nor in expected/", where=str(folder))
    statements = tuple(_statement(row) for row in _rows(found))
    known = [expected.id for expected in statements]
    twice = next((id for id in known if known.count(id) > 1), None)
    if twice is not None:
        raise StoryError(f"two statements have the id {twice!r}", where=str(found))
    traps, questions = _file(folder, "traps"), _file(folder, "questions")
    return Story(
        name=folder.resolve().name,
        articles=articles,
        statements=statements,
        traps=tuple(_trap(row) for row in _rows(traps)) if traps else (),
        questions=tuple(_question(row, frozenset(known)) for row in _rows(questions)) if questions else None,
    )


def _file(folder: Path, name: str) -> Path | None:
    for place in (folder, folder / "expected"):
        for suffix in (".json", ".jsonl"):
            if (path := place / f"{name}{suffix}").is_file():
                return path
    return None


# ---------------------------------------------------------------- rows and their fields


@dataclass(frozen=True, slots=True)
class _Row:
    """A JSON object of a file, whose fields are asked for by kind; `where` names it to people."""

    fields: dict[str, Any]
    where: str

    def wrong(self, key: str, wanted: str) -> StoryError:
        if key not in self.fields:
            return StoryError(f"the field {key!r} is missing; it is to be {wanted}", where=self.where)
        shown = json.dumps(self.fields[key], ensure_ascii=False)
        return StoryError(f"the field {key!r} is to be {wanted}, not {shown[:60]}", where=self.where)

    def text(self, *keys: str, default: str | None = None) -> str:
        """The first of the fields that is there; `default` where none is, without one it has to be."""
        key = next((k for k in keys if self.fields.get(k) is not None), None)
        if key is None and default is not None:
            return default
        value = self.fields.get(key or keys[0])
        if not isinstance(value, str):
            raise self.wrong(key or keys[0], "text")
        return value

    def whole(self, key: str) -> int:
        value = self.fields.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self.wrong(key, "a whole number, 0 or more")
        return value

    def texts(self, key: str, *, needed: bool = False) -> tuple[str, ...]:
        """Text or a list of texts."""
        value = self.fields.get(key)
        listed = [] if value is None else value if isinstance(value, list) else [value]
        if not all(isinstance(text, str) for text in listed) or (needed and not listed):
            raise self.wrong(key, "text or a list of texts")
        return tuple(listed)

    def row(self, key: str, *, needed: bool = False) -> _Row:
        value = self.fields.get(key)
        if value is None and not needed:
            value = {}
        if not isinstance(value, dict):
            raise self.wrong(key, "an object")
        return _Row(value, f"{self.where}, {key}")

    def rows(self, key: str) -> Iterator[_Row]:
        value = self.fields.get(key)
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.wrong(key, "a list of objects")
        for number, item in enumerate(value, 1):
            yield _Row(item, f"{self.where}, {key} {number}")

    def days(self, key: str) -> Days | None:
        """A pair, an object with `earliest` and `latest`, a day, a month, or "day/day"."""
        value = self.fields.get(key)
        if isinstance(value, str):
            first, _, last = value.partition("/")
            if len(value) == len("2031-03"):
                return (f"{value}-01", f"{value}-31")
            return (first, last or first)
        return self._pair(key, ("earliest", "latest"), str, "days")

    def numbers(self, key: str) -> Numbers | None:
        """A pair, or an object with `min` and `max`."""
        return self._pair(key, ("min", "max"), (int, float), "numbers")

    def _pair(
        self, key: str, ends: tuple[str, str], kinds: type[P] | tuple[type[P], ...], what: str
    ) -> tuple[P | None, P | None] | None:
        value = self.fields.get(key)
        if value is None or value == []:
            return None
        pair = [value.get(end) for end in ends] if isinstance(value, dict) else value
        if not isinstance(pair, list) or len(pair) != 2 or not all(e is None or isinstance(e, kinds) for e in pair):
            raise self.wrong(key, f"a pair of {what}, either null where open")
        low, high = pair
        return None if low is None and high is None else (low, high)


def _rows(path: Path) -> Iterator[_Row]:
    try:
        text = path.read_text(encoding="utf-8")
        lines = text.splitlines()
        items = json.loads(text) if path.suffix == ".json" else [json.loads(line) for line in lines if line.strip()]
    except OSError as problem:
        raise StoryError(problem.strerror or "it cannot be read", where=str(path)) from problem
    except UnicodeDecodeError as problem:
        raise StoryError("it is not UTF-8", where=str(path)) from problem
    except json.JSONDecodeError as problem:
        raise StoryError(f"it is no JSON: {problem}", where=str(path)) from problem
    if not isinstance(items, list):
        raise StoryError("it is to hold a list", where=str(path))
    for number, item in enumerate(items, 1):
        name = f" ({item['id']})" if isinstance(item, dict) and "id" in item else ""
        where = f"{path}, item {number}{name}"
        if not isinstance(item, dict):
            raise StoryError("it is to be an object", where=where)
        yield _Row(item, where)


def _anchor(row: _Row) -> Anchor:
    start, end = row.whole("start"), row.whole("end")
    if end <= start:
        raise row.wrong("end", f"beyond the start, {start}")
    return Anchor(file=row.text("file"), start=start, end=end, words=row.text("anchor", "content_anchor", default=""))


def _statement(row: _Row) -> Expected:
    event = row.row("event", needed=True)
    source = (NARRATOR,) if row.fields.get("narrator") else row.texts("source", needed=True)
    return Expected(
        id=row.text("id"),
        anchor=_anchor(row),
        source=source,
        anonymous=bool(row.fields.get("anonymous") or row.fields.get("source_anonymous")),
        act=row.texts("act", needed=True),
        factuality=row.texts("factuality", needed=True),
        quote=row.texts("quote", needed=True),
        via=row.texts("via"),
        said=row.days("said"),
        predicate=event.texts("predicate"),
        time=event.days("time"),
        quantity=event.numbers("quantity"),
        place=event.row("arguments").texts("place") or event.texts("place"),
        origin=row.text("origin", default="") or None,
    )


def _trap(row: _Row) -> Trap:
    return Trap(anchor=_anchor(row), why=row.text("why", default=""))


def _question(row: _Row, known: frozenset[str]) -> ExpectedQuestion:
    values = []
    for value in row.rows("values"):
        statements = value.texts("statements")
        unknown = next((id for id in statements if id not in known), None)
        if unknown is not None:
            raise StoryError(f"there is no statement {unknown!r}", where=value.where)
        values.append(ExpectedValue(statements=statements, origins=value.whole("independent_origins")))
    relations = []
    for relation in row.rows("relations"):
        a, b = relation.text("a"), relation.text("b")
        unknown = next((id for id in (a, b) if id not in known), None)
        if unknown is not None:
            raise StoryError(f"there is no statement {unknown!r}", where=relation.where)
        why = relation.text("why", default="")
        relations.append(ExpectedRelation(a=a, b=b, type=relation.text("type"), why=why))
    return ExpectedQuestion(
        id=row.text("id"),
        text=row.text("question", default=""),
        slot=row.text("slot", default="") or None,
        values=tuple(values),
        relations=tuple(relations),
    )
