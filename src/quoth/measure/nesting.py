"""How well nested sources are read: who said it in the end, and the chain through which it came.

A TOML file holds the cases, `[[case]]` with `id`, `part`, `construction`, `text`, perhaps `outlet`, and `says`: for
each expected statement its `source`, its `via` (nearest to the source first) and the key `words` of its content.
Where a name is a list, any of its names is right.  Every statement that covers at least half of the key words has to
be right, so that rival readings count as wrong.
"""

from __future__ import annotations

import io
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quoth.acquire import Failure, Given, acquire
from quoth.errors import QuothError
from quoth.measure.figures import Kind, Measure, Measured, Miss, Score
from quoth.measure.names import same_name
from quoth.measure.reading import HALF, covered
from quoth.measure.story import Anchor
from quoth.model import Document, Reading, Statement
from quoth.read import reader_for

MEASURES = (
    Measure("found", Kind.PROPORTION),
    Measure("source", Kind.PROPORTION),
    Measure("via", Kind.PROPORTION),
    Measure("both", Kind.PROPORTION),
    Measure("cases", Kind.PROPORTION),
)
"""`found` to `both` over expected statements, one that is not found being wrong; `cases`: all statements of a case
right."""

Names = tuple[str, ...]


class CasesError(QuothError):
    """A file of cases that cannot be measured against."""

    code = "Q517"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An expected statement; any of `source` is right, and any of each step of `via`."""

    source: Names
    via: tuple[Names, ...]
    words: str

    @property
    def shown(self) -> str:
        return _chain("|".join(self.source), ["|".join(step) for step in self.via])


@dataclass(frozen=True, slots=True, kw_only=True)
class NestingCase:
    id: str
    part: str
    construction: str
    text: str
    says: tuple[Said, ...]
    outlet: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One expected statement with what was read at its words."""

    case: NestingCase
    said: Said
    got: str
    found: bool
    source: bool
    via: bool

    @property
    def both(self) -> bool:
        return self.source and self.via


def load_cases(path: Path) -> tuple[NestingCase, ...]:
    """The cases of a file.  Raises CasesError where it cannot be read, or a case does not fit."""
    try:
        with path.open("rb") as file:
            listed = tomllib.load(file)["case"]
        cases = tuple(_case(fields) for fields in listed)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise CasesError(
            f"it holds no cases of nested sources ({problem})", where=str(path), remedy="see docs/accuracy.md"
        ) from problem
    if len({case.id for case in cases}) < len(cases):
        raise CasesError("two cases have one id", where=str(path))
    return cases


def _case(fields: dict[str, Any]) -> NestingCase:
    said = tuple(
        Said(source=_names(s["source"]), via=tuple(map(_names, s["via"])), words=s["words"]) for s in fields["says"]
    )
    for one in said:
        if fields["text"].count(one.words) != 1:
            raise ValueError(f"{fields['id']}: {one.words!r} does not stand once in its text")
    return NestingCase(
        id=fields["id"],
        part=fields["part"],
        construction=fields["construction"],
        text=fields["text"],
        says=said,
        outlet=fields.get("outlet"),
    )


def _names(value: str | list[str]) -> Names:
    return (value,) if isinstance(value, str) else tuple(value)


def judge_cases(cases: Sequence[NestingCase]) -> list[Judged]:
    """Read each case and judge its expected statements, in their order."""
    documents = [_document(case) for case in cases]
    readings = [reading for _, reading in reader_for("en").read_all(documents)]
    return [
        _judged(case, said, _statements(reading))
        for case, reading in zip(cases, readings, strict=True)
        for said in case.says
    ]


def _document(case: NestingCase) -> Document:
    [document] = acquire("-", given=Given(outlet=case.outlet, language="en"), stdin=io.BytesIO(case.text.encode()))
    if isinstance(document, Failure):
        raise CasesError(f"its text cannot be read: {document.error}", where=case.id)
    assert isinstance(document, Document)
    return document


def _statements(reading: Reading | QuothError) -> Iterable[Statement]:
    if isinstance(reading, QuothError):
        raise reading
    return reading.statements


def _judged(case: NestingCase, said: Said, statements: Iterable[Statement]) -> Judged:
    start = case.text.index(said.words)
    anchor = Anchor(file="", start=start, end=start + len(said.words), words=said.words)
    near = [s for s in statements if covered(anchor, s) >= HALF]
    return Judged(
        case=case,
        said=said,
        got="; ".join(_chain(s.source.name, [relay.name for relay in s.via]) for s in near),
        found=bool(near),
        source=bool(near) and all(_any_same(said.source, s.source.name) for s in near),
        via=bool(near) and all(_same_chain(said.via, s) for s in near),
    )


def _same_chain(wanted: Sequence[Names], got: Statement) -> bool:
    return len(wanted) == len(got.via) and all(
        _any_same(names, relay.name) for names, relay in zip(wanted, got.via, strict=True)
    )


def _any_same(wanted: Names, got: str) -> bool:
    return any(same_name(name, got) for name in wanted)


def _chain(source: str, via: Sequence[str]) -> str:
    return " ← ".join((source, *via))


def measure_nesting(judged: Sequence[Judged]) -> list[Measured]:
    """The figures of each part, named for it, in the order in which the parts come."""
    parts = dict.fromkeys(one.case.part for one in judged)
    return [_measured(part, [one for one in judged if one.case.part == part]) for part in parts]


def _measured(name: str, judged: Sequence[Judged]) -> Measured:
    scores = [Score(measure, getattr(one, measure)) for one in judged for measure in ("found", "source", "via", "both")]
    whole: dict[str, bool] = {}
    for one in judged:
        whole[one.case.id] = whole.get(one.case.id, True) and one.both
    scores += [Score("cases", right) for right in whole.values()]
    misses = tuple(
        Miss(
            what="not found" if not one.found else "source" if not one.source else "via",
            ids=one.case.id,
            wanted=one.said.shown,
            got=one.got,
            words=one.case.text,
        )
        for one in judged
        if not one.both
    )
    return Measured(name=name, measures=MEASURES, scores=tuple(scores), misses=misses)
