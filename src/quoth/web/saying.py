"""What somebody said, as lists of sayings show it: once, with all that report it in the same words."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from quoth.model import AgentKind, Statement
from quoth.present import words
from quoth.present.snippet import Piece, snippet
from quoth.web.snapshot import Snapshot
from quoth.web.tallies.press import UNNAMED


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One article that reports it: short ids of the statement and the article."""

    statement: str
    document: str
    outlet: str
    published: datetime.date | None
    via: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """`act` names its colour, `origin` is a short id (None: lineage unknown), `questions` are short ids and words."""

    id: str
    speaker: str
    entity: str | None
    day: datetime.date | None
    said: str
    act: str
    acts: str
    certainty: str
    code: str
    distance: str
    pieces: tuple[Piece, ...]
    reports: tuple[Report, ...]
    origin: str | None
    side: str
    questions: tuple[tuple[str, str], ...]


def alike(snapshot: Snapshot, statements: Iterable[Statement]) -> list[tuple[Statement, ...]]:
    """Statements gathered where they are one utterance's, read alike and in the same words; in the order given."""
    origin_of = snapshot.comparison.origin_of
    together: dict[object, list[Statement]] = {}
    for s in statements:
        origin = origin_of.get(s.id)
        plain = " ".join(s.content.text.casefold().split())
        together.setdefault((origin, s.act, s.factuality, plain) if origin else s.id, []).append(s)
    return [tuple(group) for group in together.values()]


def saying(snapshot: Snapshot, group: tuple[Statement, ...]) -> Saying:
    """Statements that are alike, as one."""
    first = group[0]
    origin = snapshot.comparison.origin_of.get(first.id)
    entity = snapshot.comparison.speaker_of.get(first.id)
    named = first.source.kind is not AgentKind.UNATTRIBUTED and first.source.name
    asked = dict.fromkeys(q for s in group for q in snapshot.answering.get(s.id, ()))
    return Saying(
        id=snapshot.short(first.id),
        speaker=snapshot.entities[entity].name if entity else first.source.name if named else "No source named",
        entity=snapshot.short(entity) if entity else None,
        day=snapshot.said_on(first),
        said=words.said(first.said) if first.said else "day not known",
        act=first.act.value,
        acts=words.ACT[first.act],
        certainty=words.CERTAINTY[first.factuality],
        code=first.factuality.value,
        distance=words.DISTANCE[first.distance.kind] if first.distance else "",
        pieces=snippet(first, snapshot.documents[first.document_id].text),
        reports=tuple(_report(snapshot, s) for s in group),
        origin=snapshot.short(origin) if origin else None,
        side=snapshot.side_of.get(first.id, ""),
        questions=tuple((snapshot.short(q), snapshot.headings[q].text) for q in asked),
    )


def _report(snapshot: Snapshot, statement: Statement) -> Report:
    document = snapshot.documents[statement.document_id]
    return Report(
        statement=snapshot.short(statement.id),
        document=snapshot.short(document.id),
        outlet=document.outlet or UNNAMED,
        published=document.published,
        via=tuple(dict.fromkeys(relay.name for relay in (*statement.via, *document.relays))),
    )
