"""A question from what is asked: its wording, its values, and how its answers relate."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from quoth.compare.matching import Asked
from quoth.compare.relations import relations_of
from quoth.compare.values import Behind, values_of
from quoth.compare.wording import question_text
from quoth.model import Question, Relation, RelationType, Slot

Standing = Mapping[tuple[str, str], Relation]


def question_of(asked: Asked, behind: Behind, standing: Callable[[str], Standing] = lambda question_id: {}) -> Question:
    """`standing`: the relations known to stand in the question of an id, as `relations_of` takes them."""
    wording = None if asked.written else question_text(asked)
    return Question(
        id=asked.id,
        text=asked.text or wording or "",
        event=asked.group.frame,
        slot=asked.slot,
        values=values_of(asked, behind),
        relations=relations_of(asked, behind, standing(asked.id)),
        wording=wording,
        judgements=asked.judgements,
        asked=asked.written,
    )


def question_order(question: Question) -> tuple[bool, bool, int, str, str]:
    """Those in dispute first, who and where after the others, then those that most statements answer."""
    disputed = any(r.type in (RelationType.CONTRADICT, RelationType.DENY) for r in question.relations)
    aside = question.slot in (Slot.AGENT, Slot.PLACE)
    return not disputed, aside, -sum(len(v.statements) for v in question.values), question.text, question.id
