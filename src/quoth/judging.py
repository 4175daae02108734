"""What follows from people's judgements: which names are one agent's, and which judgement stands on what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from quoth.errors import NotFound
from quoth.model import DeclaredAgent, JudgedPair, JudgementKind, Roster, Statement
from quoth.names import fold

if TYPE_CHECKING:
    from quoth.ledger import JudgementRecord

OF_NAMES = frozenset({JudgementKind.SAME, JudgementKind.APART})


def roster_of(declared: tuple[DeclaredAgent, ...], judgements: Iterable[JudgementRecord]) -> Roster:
    """What people say of the agents; of several judgements on two names, the last that stands counts."""
    latest = {_pair(j): j for j in judgements if j.standing and j.kind in OF_NAMES}
    same, apart = (
        tuple(JudgedPair(a=j.subject, b=j.object or "", by=j.by) for j in latest.values() if j.kind is kind)
        for kind in (JudgementKind.SAME, JudgementKind.APART)
    )
    return Roster(declared=declared, same=same, apart=apart)


def standing(
    judgements: Iterable[JudgementRecord], subjects: Sequence[str], statement: Callable[[str], Statement]
) -> JudgementRecord:
    """The judgement with the id that begins as the one subject, or the latest that stands on that statement, or on the
    two names.  `statement`: a statement by its id.  Raises NotFound."""
    stand = [j for j in judgements if j.standing]
    if len(subjects) == 2:
        pair = frozenset(map(fold, subjects))
        of_names = [j for j in stand if j.kind in OF_NAMES and _pair(j) == pair]
        if of_names:
            return of_names[-1]
        raise NotFound(f"no judgement stands on {subjects[0]!r} and {subjects[1]!r}")
    [subject] = subjects
    wanted = subject.strip().lower()
    by_id = [j for j in stand if wanted and j.id.startswith(wanted)]
    if len(by_id) == 1:
        return by_id[0]
    try:
        on = statement(subject)
    except NotFound as error:
        raise NotFound(f"no judgement stands, and no statement is there, whose id begins with {subject!r}") from error
    for judgement in reversed(stand):
        if judgement.kind not in OF_NAMES and _same_words(statement(judgement.subject), on):
            return judgement
    raise NotFound(f"no judgement stands on statement {on.id}")


def _pair(judgement: JudgementRecord) -> frozenset[str]:
    return frozenset((fold(judgement.subject), fold(judgement.object or "")))


def _same_words(a: Statement, b: Statement) -> bool:
    """Whether both are readings of one document's same source, cue and content."""
    cues = [s.cue.spans if s.cue else None for s in (a, b)]
    same = a.document_id == b.document_id and cues[0] == cues[1]
    return same and (a.source.spans, a.content.spans) == (b.source.spans, b.content.spans)
