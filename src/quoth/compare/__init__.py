"""Statements side by side: which questions they answer, how they relate, and how many utterances stand behind them.

Nothing here picks a winner, and nothing depends on the order in which statements or documents come.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from quoth.compare.agenda import arranged
from quoth.compare.agents import Agents
from quoth.compare.changes import changes
from quoth.compare.claims import Claim, claims_of, pointing_claims
from quoth.compare.copies import copied
from quoth.compare.ellipsis import elided_nouns
from quoth.compare.events import group_claims
from quoth.compare.gathering import gathered
from quoth.compare.matching import Asked, questions_of
from quoth.compare.names import fold
from quoth.compare.opposites import denying
from quoth.compare.origins import origins_of
from quoth.compare.places import with_places_that_match
from quoth.compare.rebuttals import pointed_at
from quoth.compare.relations import relations_of
from quoth.compare.values import Behind, values_of
from quoth.compare.voices import voices_of
from quoth.compare.wording import question_text
from quoth.model import Agenda, Comparison, Document, Question, RelationType, Roster, Slot, Statement

__all__ = ["changes", "compare", "who_is_who"]

_LOWER = re.compile(r"\b[a-z][\w'’-]*")


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
    held = {d.id: d for d in sorted(documents, key=lambda d: d.id)}
    ordered = [with_places_that_match(s) for s in {s.id: s for s in sorted(statements, key=lambda s: s.id)}.values()]
    agents = Agents(ordered, roster)
    ordered = [agents.renamed(s) for s in ordered]
    lower = {i: frozenset(fold(w) for w in _LOWER.findall(d.text)) for i, d in held.items()}
    elided, opposites = elided_nouns(ordered), denying(ordered)
    claims: list[Claim] = []
    for s in ordered:
        claims += claims_of(s, held.get(s.document_id), lower.get(s.document_id, frozenset()), elided, opposites)
    claims = pointing_claims(claims, pointed_at(ordered))
    groups = group_claims(claims, list(held.values()))
    copy_of = copied(held.values())
    voices = voices_of(ordered, held, copy_of, agents.speakers)
    origins = origins_of(ordered, held, copy_of, voices, groups)
    origin_of = {s: o.id for o in origins for s in o.statements}
    behind = Behind(origin_of, voices, {o.id: o for o in origins})
    raised = arranged(gathered(questions_of(groups, voices), voices), groups, agenda or Agenda(), agents)
    questions = sorted((_question(asked, behind) for asked in raised), key=_question_order)
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


def _question(asked: Asked, behind: Behind) -> Question:
    wording = None if asked.written else question_text(asked)
    return Question(
        id=asked.id,
        text=asked.text or wording or "",
        event=asked.group.frame,
        slot=asked.slot,
        values=values_of(asked, behind),
        relations=relations_of(asked, behind),
        wording=wording,
        judgements=asked.judgements,
        asked=asked.written,
    )


def _question_order(question: Question) -> tuple[bool, bool, int, str, str]:
    """Those in dispute first, who and where after the others, then those that most statements answer."""
    disputed = any(r.type in (RelationType.CONTRADICT, RelationType.DENY) for r in question.relations)
    aside = question.slot in (Slot.AGENT, Slot.PLACE)
    return not disputed, aside, -sum(len(v.statements) for v in question.values), question.text, question.id
