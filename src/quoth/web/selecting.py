"""The things of a snapshot that a selection takes, in the order in which they are listed everywhere."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from quoth.model import Article, Document, Entity, Heading, Origin, Question, Statement
from quoth.web.selection import Dispute, Selection, selected_statements

if TYPE_CHECKING:
    from quoth.web.desk import Desk
    from quoth.web.snapshot import Snapshot


def selected(desk: Desk, snapshot: Snapshot, selection: Selection, fresh: Collection[str] = ()) -> Selected:
    """`fresh`: the ids of the questions that have changed since the reader last looked.  Raises BadSearch."""
    return Selected(snapshot, selection, selected_statements(desk, snapshot, selection), fresh)


@dataclass(frozen=True)
class Selected:
    """What a selection takes of a snapshot.  `fitting`: the ids of the statements that its filters of statements take,
    None for all."""

    snapshot: Snapshot
    selection: Selection
    fitting: frozenset[str] | None
    fresh: Collection[str] = ()

    @cached_property
    def headings(self) -> Sequence[Heading]:
        """Of the questions that a fitting statement answers, the most contested first; where words are the only filter
        these are also looked for in the question."""
        of = self.snapshot.answering
        answered = None if self.fitting is None else {q for s in self.fitting for q in of.get(s, ())}
        worded = self.selection.text.casefold() if self.selection.is_only_text else None
        return [
            heading
            for id, heading in self.snapshot.headings.items()
            if (answered is None or id in answered or (worded and worded in heading.text.casefold()))
            and (self.selection.dispute is None or DISPUTES[self.selection.dispute](heading))
            and (not self.selection.changed or id in self.fresh)
        ]

    @property
    def questions(self) -> Sequence[Question]:
        """Of these headings, each with all its answers."""
        return [self.snapshot.questions[heading.id] for heading in self.headings]

    @cached_property
    def statement_ids(self) -> frozenset[str] | None:
        """The fitting ones, of which those that answer a question of the kind asked for; None for all."""
        if self.selection.dispute is None and not self.selection.changed:
            return self.fitting
        answering = frozenset(s for question in self.questions for value in question.values for s in value.statements)
        return answering if self.fitting is None else answering & self.fitting

    @property
    def statements(self) -> Sequence[Statement]:
        """By document and place in it."""
        taken = self.statement_ids
        return [s for s in self.snapshot.statements.values() if taken is None or s.id in taken]

    @property
    def origins(self) -> Sequence[Origin]:
        """The utterances that a selected statement reports."""
        taken = self.statement_ids
        return [o for o in self.snapshot.origins.values() if taken is None or not taken.isdisjoint(o.statements)]

    @property
    def documents(self) -> Sequence[Document]:
        """Those that hold a selected statement, in the order in which they were added."""
        of = self._document_ids
        return [d for d in self.snapshot.documents.values() if of is None or d.id in of]

    @property
    def articles(self) -> Sequence[Article]:
        """Those of which a version holds a selected statement."""
        of = self._document_ids
        return [a for a in self.snapshot.articles if of is None or any(v.document in of for v in a.versions)]

    @property
    def sources(self) -> Sequence[Entity]:
        """Those who make a selected statement; all that have a name, where all statements are selected."""
        speaker_of = self.snapshot.comparison.speaker_of
        taken = self.statement_ids
        speaking = None if taken is None else {speaker_of[s] for s in taken if s in speaker_of}
        return [e for e in self.snapshot.entities.values() if speaking is None or e.id in speaking]

    @property
    def _document_ids(self) -> set[str] | None:
        taken = self.statement_ids
        return None if taken is None else {self.snapshot.statements[s].document_id for s in taken}


DISPUTES: Mapping[Dispute, Callable[[Heading], bool]] = {
    Dispute.DISPUTED: lambda heading: heading.disputes > 0,
    Dispute.TENSION: lambda heading: heading.tensions > 0,
    Dispute.MOVED: lambda heading: heading.replaced > 0,
}
