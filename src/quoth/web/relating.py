"""What the page of a question needs of all its statements: how its answers stand to each other, its history, its
grades.  Each is worked out once for a question of a snapshot, of the largest ones before anybody asks."""

from __future__ import annotations

from quoth.model import Assessment, Question
from quoth.present.standing import Standing, standings
from quoth.web.drawn.points import History, history_of
from quoth.web.once import once_each
from quoth.web.snapshot import Snapshot

LARGEST = 40
"""Questions, those with the most relations, of which it is worked out ahead."""


@once_each
def related(snapshot: Snapshot, question: Question) -> tuple[Standing, ...]:
    """As `quoth.present.standing.standings`."""
    return standings(question)


@once_each
def assessed(snapshot: Snapshot, question: Question) -> tuple[Assessment, ...]:
    """An assessment for each value, in their order."""
    return snapshot.assess(question)


@once_each
def history(snapshot: Snapshot, question: Question) -> History:
    """Its history, all of it to be looked at."""
    return history_for(snapshot, question, None)


def history_for(snapshot: Snapshot, question: Question, taken: frozenset[str] | None) -> History:
    """Its history, of which a reader looks at the statements `taken`; None for all."""
    documents = {snapshot.statements[id].document_id for value in question.values for id in value.statements}
    return history_of(
        question,
        snapshot.statements,
        {id: snapshot.documents[id].published for id in documents},
        snapshot.comparison.origin_of,
        snapshot.side_of,
        sides=snapshot.sides,
        seen=taken,
    )


def largest(snapshot: Snapshot) -> None:
    """Work it out of the questions that take longest."""
    by_relations = sorted(snapshot.questions.values(), key=lambda question: -len(question.relations))
    for question in by_relations[:LARGEST]:
        related(snapshot, question), assessed(snapshot, question), history(snapshot, question)
