"""When each answer was given: what the timeline draws, before any drawing."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quoth.model import Act, Basis, Comparison, DateRange, Document, Factuality, Question, Slot, Statement, Value, When
from quoth.present import words
from quoth.present.standing import by_contest

MOST = 60
"""Questions on one timeline; it tells how many there are beyond."""

SIDES = {
    Act.ASSERT: "says",
    Act.CONFIRM: "says",
    Act.ESTIMATE: "estimates",
    Act.PLAN: "plans or promises",
    Act.PROMISE: "plans or promises",
    Act.THREATEN: "plans or promises",
    Act.REQUEST: "asks or proposes",
    Act.PROPOSE: "asks or proposes",
    Act.DENY: "denies",
    Act.DECLINE: "declines to say",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One utterance that gives an answer, on the day (or between the days) it was made.

    `by_publication`: nobody says when; it stands at the day its report came out.
    """

    first: datetime.date
    last: datetime.date
    by_publication: bool
    voice: str
    reports: int
    side: str
    certainty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One answer with its moments in order of time.  `time`: that of the event, where the question is when.
    `undated` counts the utterances that cannot be placed."""

    text: str
    standing: str
    time: DateRange | None
    moments: tuple[Moment, ...]
    undated: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """One question, its answers in the order in which they were first given."""

    question: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Strips, most contested first.  `undrawn` counts the questions with nothing to compare in time, `further` those
    that come after the first `MOST`."""

    strips: tuple[Strip, ...]
    undrawn: int
    further: int = 0

    @property
    def undated(self) -> int:
        """Utterances without any date, which have no mark."""
        return sum(row.undated for strip in self.strips for row in strip.rows)

    @property
    def days(self) -> tuple[datetime.date, datetime.date] | None:
        """The first and the last day on which anything was said; None where nothing is dated."""
        moments = [m for strip in self.strips for row in strip.rows for m in row.moments]
        return (min(m.first for m in moments), max(m.last for m in moments)) if moments else None


def timeline(comparison: Comparison, statements: Sequence[Statement], documents: Sequence[Document]) -> Timeline:
    """What was answered when, for every question with several answers or several dated utterances; where a case
    has none, for every question with any."""
    by_id = {s.id: s for s in statements}
    published = {d.id: d.published for d in documents}
    ordered = by_contest(comparison.questions)
    strips = [_strip(question, by_id, published, comparison.origin_of) for question in ordered]
    dated = [strip for strip in strips if any(row.moments for row in strip.rows)]
    several = [s for s in dated if len(s.rows) > 1 or sum(len(row.moments) for row in s.rows) > 1]
    drawn = several or dated
    return Timeline(strips=tuple(drawn[:MOST]), undrawn=len(strips) - len(drawn), further=len(drawn[MOST:]))


def _strip(
    question: Question,
    statements: Mapping[str, Statement],
    published: Mapping[str, datetime.date | None],
    origin_of: Mapping[str, str],
) -> Strip:
    rows = []
    for value in question.values:
        groups = utterances(value, statements, origin_of)
        moments = [_moment(question, value, group, published) for group in groups]
        placed = sorted((m for m in moments if m), key=lambda m: (m.first, m.last, m.voice))
        rows.append(
            Row(
                text=value.text + (f" ({told})" if (told := words.spelled(value.value, value.text)) else ""),
                standing=_standing(value, len(moments) - len(placed)),
                time=_time(question, value),
                moments=tuple(placed),
                undated=len(moments) - len(placed),
            )
        )
    rows.sort(key=lambda r: r.moments[0].first if r.moments else datetime.date.max)
    return Strip(question=question.text, rows=tuple(rows))


def utterances(
    value: Value, statements: Mapping[str, Statement], origin_of: Mapping[str, str]
) -> list[list[Statement]]:
    """The statements behind an answer, those of one utterance together; one of unknown lineage stands alone."""
    groups: dict[str, list[Statement]] = {}
    for id in value.statements:
        groups.setdefault(origin_of.get(id, id), []).append(statements[id])
    return list(groups.values())


def _standing(value: Value, undated: int) -> str:
    told = [value.label] if value.label else []
    told.append(f"{words.count(len(value.documents), 'report')}, {words.count(len(value.origins), 'origin')}")
    if undated:
        told.append(f"{undated} without any date")
    return "; ".join(told)


def _time(question: Question, value: Value) -> DateRange | None:
    if question.slot is not Slot.TIME or not isinstance(value.value, tuple):
        return None
    earliest, latest = value.value
    if isinstance(earliest, int | float) or isinstance(latest, int | float) or (earliest is None and latest is None):
        return None
    return (earliest, latest)


def _moment(
    question: Question, value: Value, group: list[Statement], published: Mapping[str, datetime.date | None]
) -> Moment | None:
    """The best-dated statement of an utterance speaks for its day; without one, the first publication does."""
    known = days_said(group, published)
    if known is None:
        return None
    side, certainty = manner(question, value, group[0])
    return Moment(
        first=known[0],
        last=known[1],
        by_publication=known[2],
        voice=group[0].source.name,
        reports=len({s.document_id for s in group}),
        side=side,
        certainty=certainty,
    )


def days_said(
    group: Sequence[Statement], published: Mapping[str, datetime.date | None]
) -> tuple[datetime.date, datetime.date, bool] | None:
    """The first and the last day on which the utterance behind these statements can have been made, and whether that
    rests on publication alone; None where nothing dates it."""
    stated = [
        s.said for s in group if s.said and s.said.basis is not Basis.PUBLICATION and (s.said.earliest or s.said.latest)
    ]
    if stated:
        when = min(stated, key=_length)
        first = when.earliest or when.latest
        last = when.latest or when.earliest
    else:
        days = [day for s in group if (day := published[s.document_id])]
        days += [day for s in group if s.said and (day := s.said.earliest or s.said.latest)]
        first = last = min(days, default=None)
    return None if first is None or last is None else (first, last, not stated)


def manner(question: Question, value: Value, lead: Statement) -> tuple[str, str]:
    """How a statement gives an answer: as which of `SIDES`, and how sure."""
    sure = _factuality(question, value, lead)
    negative = sure in {Factuality.CERTAINLY_NOT, Factuality.PROBABLY_NOT}
    says = Act.ASSERT if lead.act is Act.DENY and sure is not Factuality.UNKNOWN else lead.act
    return "denies" if negative else SIDES[says], words.CERTAINTY[sure]


def _factuality(question: Question, value: Value, statement: Statement) -> Factuality:
    """How sure the source is of this answer: as the answer has it where the statement's words can mean that, else by
    the event that the question asks for, else by the statement's main event."""
    asked = question.event.predicate
    events = [e for e in statement.events if asked in {e.predicate, e.predicate_class}]
    may_be = {statement.factuality, *(e.factuality for e in events)}
    if value.factuality in may_be:
        return value.factuality
    main = not events or events[0] is statement.events[0]
    return statement.factuality if main else events[0].factuality


def _length(when: When) -> datetime.timedelta:
    earliest, latest = when.earliest, when.latest
    return latest - earliest if earliest and latest else datetime.timedelta.max
