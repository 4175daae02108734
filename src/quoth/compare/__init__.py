"""Statements side by side: which questions they answer, how they relate, and how many utterances stand behind them.

Nothing here picks a winner, and nothing depends on the order in which statements or documents come.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from quoth.compare.agenda import arranged
from quoth.compare.agents import Agents, by_document
from quoth.compare.changes import changes
from quoth.compare.claims import Claim, claims_in
from quoth.compare.collecting import uncollected
from quoth.compare.copies import Copies
from quoth.compare.events import group_claims
from quoth.compare.gathering import gathered
from quoth.compare.incremental import Comparer
from quoth.compare.matching import questions_of
from quoth.compare.names import lower_words
from quoth.compare.opposites import denying, predicates
from quoth.compare.origins import origins_of
from quoth.compare.places import with_places_that_match
from quoth.compare.questions import question_of, question_order
from quoth.compare.values import Behind
from quoth.compare.voices import voices_of
from quoth.model import Agenda, Comparison, Document, Roster, Statement

__all__ = ["Comparer", "changes", "compare", "who_is_who"]


def compare(
    statements: Sequence[Statement],
    documents: Sequence[Document],
    roster: Roster | None = None,
    agenda: Agenda | None = None,
) -> Comparison:
    """All statements of a case side by side.  `roster`: what people declared and judged of the agents' names; `agenda`:
    what they ask, and judged of the questions.

    Statements and documents are told apart by their ids; of two with one id, one is kept.  A statement whose
    document is not given is compared all the same, without its date of publication and outlet.
    """
    with uncollected():
        return _compared(statements, documents, roster, agenda or Agenda())


def _compared(
    statements: Sequence[Statement], documents: Sequence[Document], roster: Roster | None, agenda: Agenda
) -> Comparison:
    held = {d.id: d for d in sorted(documents, key=lambda d: d.id)}
    ordered = [with_places_that_match(s) for s in {s.id: s for s in sorted(statements, key=lambda s: s.id)}.values()]
    agents = Agents(ordered, roster)
    ordered = [agents.renamed(s) for s in ordered]
    opposites = denying(Counter(predicates(ordered)))
    claims: list[Claim] = []
    for document_id, those in sorted(by_document(ordered).items()):
        document = held.get(document_id)
        lower = lower_words(document.text) if document else frozenset()
        claims += claims_in(those, document, lower, opposites)
    groups = group_claims(claims, list(held.values()))
    copy_of = Copies(held.values()).copy_of
    voices = voices_of(ordered, held, copy_of, agents.speakers)
    origins = origins_of(ordered, held, copy_of, voices, groups)
    origin_of = {s: o.id for o in origins for s in o.statements}
    behind = Behind(origin_of, voices, {o.id: o for o in origins})
    raised = arranged(gathered(questions_of(groups, voices), voices), groups, agenda, agents)
    questions = sorted((question_of(asked, behind) for asked in raised), key=question_order)
    return Comparison(
        questions=tuple(questions),
        origins=origins,
        origin_of=dict(sorted(origin_of.items())),
        entities=agents.entities,
        speaker_of={s: e.id for s, e in sorted(agents.speakers.items())},
    )


def who_is_who(statements: Sequence[Statement], roster: Roster | None = None) -> Comparison:
    """Only who is who, without questions and origins: quick."""
    agents = Agents(sorted({s.id: s for s in statements}.values(), key=lambda s: s.id), roster)
    speaker_of = {s: e.id for s, e in sorted(agents.speakers.items())}
    return Comparison(questions=(), origins=(), entities=agents.entities, speaker_of=speaker_of)
