"""The things of a snapshot that a selection takes, in the order in which they are listed everywhere."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from quoth.model import Article, Document, Entity, Heading, Origin, Question, Statement
from quoth.web.selection import Dispute, Selection, selected_statements

if TYPE_CHECKING:
    from quoth.web.desk import Desk
    from quoth.web.snapshot import Snapshot


def statements_in(desk: Desk, snapshot: Snapshot, selection: Selection) -> list[Statement]:
    """By document and place in it; of disputed questions, if only these are asked for."""
    taken = _taken(desk, snapshot, selection)
    return [s for s in snapshot.statements.values() if taken is None or s.id in taken]


def questions_in(desk: Desk, snapshot: Snapshot, selection: Selection, fresh: Collection[str] = ()) -> list[Question]:
    """Those that a selected statement answers, the most contested first.  `fresh`: the ids of those that have changed
    since the reader last looked."""
    return [snapshot.questions[heading.id] for heading in headings_in(desk, snapshot, selection, fresh)]


def headings_in(desk: Desk, snapshot: Snapshot, selection: Selection, fresh: Collection[str] = ()) -> list[Heading]:
    """Of the same questions."""
    return headings_taking(snapshot, selection, selected_statements(desk, snapshot, selection), fresh)


def headings_taking(
    snapshot: Snapshot, selection: Selection, taken: frozenset[str] | None, fresh: Collection[str]
) -> list[Heading]:
    """Of the questions that a statement of those `taken` answers; words alone are also looked for in the question."""
    answered = None if taken is None else {q for s in taken for q in snapshot.answering.get(s, ())}
    worded = selection.text.casefold() if selection.is_only_text else None
    return [
        heading
        for id, heading in snapshot.headings.items()
        if (answered is None or id in answered or (worded and worded in heading.text.casefold()))
        and _fits(heading, selection.dispute)
        and (not selection.changed or id in fresh)
    ]


def origins_in(desk: Desk, snapshot: Snapshot, selection: Selection) -> list[Origin]:
    """The utterances that a selected statement reports."""
    taken = _taken(desk, snapshot, selection)
    return [o for o in snapshot.origins.values() if taken is None or not taken.isdisjoint(o.statements)]


def documents_in(desk: Desk, snapshot: Snapshot, selection: Selection) -> list[Document]:
    """Those that hold a selected statement, in the order in which they were added."""
    of = _documents(snapshot, _taken(desk, snapshot, selection))
    return [d for d in snapshot.documents.values() if of is None or d.id in of]


def articles_in(desk: Desk, snapshot: Snapshot, selection: Selection) -> list[Article]:
    """Those of which a version holds a selected statement."""
    of = _documents(snapshot, _taken(desk, snapshot, selection))
    return [a for a in snapshot.articles if of is None or any(v.document in of for v in a.versions)]


def entities_in(desk: Desk, snapshot: Snapshot, selection: Selection) -> list[Entity]:
    """Those who make a selected statement."""
    taken = _taken(desk, snapshot, selection)
    speaker_of = snapshot.comparison.speaker_of
    speaking = None if taken is None else {speaker_of[s] for s in taken if s in speaker_of}
    return [e for e in snapshot.entities.values() if speaking is None or e.id in speaking]


def _taken(desk: Desk, snapshot: Snapshot, selection: Selection) -> frozenset[str] | None:
    """The ids of the statements selected, of which those that answer a question of the kind asked for; None for all."""
    taken = selected_statements(desk, snapshot, selection)
    if selection.dispute is None:
        return taken
    of_kind = (q for id, q in snapshot.questions.items() if _fits(snapshot.headings[id], selection.dispute))
    answering = frozenset(s for question in of_kind for value in question.values for s in value.statements)
    return answering if taken is None else answering & taken


def _documents(snapshot: Snapshot, statements: frozenset[str] | None) -> set[str] | None:
    return None if statements is None else {snapshot.statements[s].document_id for s in statements}


def _fits(heading: Heading, dispute: Dispute | None) -> bool:
    match dispute:
        case Dispute.DISPUTED:
            return heading.disputes > 0
        case Dispute.TENSION:
            return heading.tensions > 0
        case Dispute.MOVED:
            return heading.replaced > 0
    return True
