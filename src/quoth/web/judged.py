"""What was read in one document, and what people judged of it: asked of the case, so that it is never behind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quoth.case import Case
from quoth.errors import NotFound
from quoth.judging import OF_STATEMENTS
from quoth.ledger import JudgementRecord, ReadingRecord
from quoth.model import Footing, JudgementKind, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class OnRecord:
    """A document's statements as they stand after all judgements (`standing`, also those that a later version repeats),
    those that were rejected, its readings, and all judgements by the words that they are of, the earliest first;
    `undone`: by the id of a judgement the one that withdrew it."""

    standing: tuple[Statement, ...]
    rejected: tuple[Statement, ...]
    readings: tuple[ReadingRecord, ...]
    judgements: Mapping[Footing, tuple[JudgementRecord, ...]]
    undone: Mapping[str, JudgementRecord]
    ids: Mapping[str, Footing]

    def history(self, statement: Statement) -> tuple[JudgementRecord, ...]:
        """What was judged of a statement's words, undone or not."""
        return self.judgements.get(statement.footing, ())

    def decides(self, statement: Statement) -> JudgementRecord | None:
        """The judgement that counts for these words."""
        return next((j for j in reversed(self.history(statement)) if j.standing), None)

    def statement(self, id_prefix: str) -> Statement:
        """The one that stands, or was rejected, with the words of the one whose id begins so.  Raises NotFound."""
        wanted = id_prefix.strip().lower()
        shown = (*self.standing, *self.rejected)
        found = [s for s in shown if wanted and s.id.startswith(wanted)]
        if not found:
            footings = {footing for id, footing in self.ids.items() if wanted and id.startswith(wanted)}
            found = [s for s in shown if s.footing in footings][:1] if len(footings) == 1 else []
        if len(found) == 1:
            return found[0]
        what = "several statements of it have ids that begin" if found else "no statement of it has an id that begins"
        raise NotFound(f"{what} with {id_prefix!r}")

    @property
    def latest(self) -> ReadingRecord | None:
        return next((r for r in reversed(self.readings) if r.current), None)


def on_record(case: Case, document: str) -> OnRecord:
    """What the case has of the document with this id."""
    readings = tuple(case.readings(document=document))
    standing = tuple(case.statements(document=document))
    judged = tuple(case.judgements())
    of_statements = [j for j in judged if j.kind in OF_STATEMENTS]
    known = {s.id: s for s in standing}
    read = {id for reading in readings for id in reading.statement_ids} | known.keys()
    here = _closed(read, of_statements)
    subjects = {j.subject: known.get(j.subject) or case.statement(j.subject) for j in here}
    by_footing: defaultdict[Footing, list[JudgementRecord]] = defaultdict(list)
    for judgement in here:
        by_footing[subjects[judgement.subject].footing].append(judgement)
    latest = next((set(r.statement_ids) for r in readings if r.current), set())
    gone: dict[Footing, Statement] = {}
    for statement in subjects.values():
        decided = [j for j in by_footing[statement.footing] if j.standing]
        rejected = bool(decided) and decided[-1].kind is JudgementKind.REJECT
        if rejected and (statement.footing not in gone or statement.id in latest):
            gone[statement.footing] = statement
    everything = {**subjects, **known}
    footings = {id: statement.footing for id, statement in everything.items()}
    footings |= {j.object: subjects[j.subject].footing for j in here if j.object}
    return OnRecord(
        standing=tuple(sorted(standing, key=_place)),
        rejected=tuple(sorted(gone.values(), key=_place)),
        readings=readings,
        judgements={footing: tuple(found) for footing, found in by_footing.items()},
        undone={j.subject: j for j in judged if j.kind is JudgementKind.WITHDRAW},
        ids=footings,
    )


def _closed(read: set[str], judgements: Sequence[JudgementRecord]) -> list[JudgementRecord]:
    """Those of statements that were read, or made by a correction of one that was."""
    known, found = set(read), []
    for judgement in judgements:  # a correction comes before what is judged of its result
        if judgement.subject in known:
            found.append(judgement)
            if judgement.object:
                known.add(judgement.object)
    return found


def _place(statement: Statement) -> tuple[int, int, str]:
    hull = statement.content.hull
    return hull.start, -hull.end, statement.id
