"""An analyst's own hand on the questions: judgements of them are replayed, and questions that the analyst writes join.

A question is worked out anew each time: its id goes with the names of its event, and those change with the articles.
So a judgement is tied to the question as it stood, by its slot and by the words of the statements that answered it;
`_found` has the rule by which that question is known again.  Judgements are replayed in the order in which they were
made, each on what those before it left, so that of two that conflict the later one counts.  One whose question is
not found, or whose work is done already, has no effect.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from quoth.compare.agents import Agents
from quoth.compare.asks import asked_by
from quoth.compare.events import Group, frame_of
from quoth.compare.matching import Answer, Asked, one_a_statement
from quoth.compare.names import fold
from quoth.compare.tables import family_of, process_of
from quoth.identity import content_id
from quoth.model import Agenda, EventFrame, Footing, JudgedQuestion, JudgementKind, QuestionJudgement

Footings = Mapping[str, Footing]


def arranged(raised: Iterable[Asked], groups: Sequence[Group], agenda: Agenda, known: Agents) -> list[Asked]:
    """The questions worth asking, as the analyst has them, and those that the analyst asks.

    What was judged is asked, though one alone answers it by now.  A question that nobody judged gives way to one that
    is asked and holds all its answers; what it holds by implication goes there too.
    """
    questions = list(raised)
    for judgement in agenda.judged:
        questions = _JUDGED[judgement.kind](questions, judgement, agenda.footings)
    asks = [asked_by(ask, groups, known) for ask in agenda.asks]
    kept = []
    implied: dict[str, list[Answer]] = {ask.id: [] for ask in asks}
    for question in (q for q in questions if q.worth or q.judgements):
        taking = [ask.id for ask in asks if not question.judgements and _holds(ask, question)]
        for ask_id in taking:
            implied[ask_id] += [a for a in question.answers if a.bearing is not None]
        if not taking:
            kept.append(question)
    return kept + [replace(ask, answers=one_a_statement([*ask.answers, *implied[ask.id]])) for ask in asks]


def part_id(judgement_id: str) -> str:
    """The id of the question that a judgement splits off: it stays, whatever the articles to come."""
    return content_id("question", "split", judgement_id)


# ---------------------------------------------------------------- which question was meant


def _found(questions: Sequence[Asked], judged: JudgedQuestion, footings: Footings) -> int | None:
    """Where the question that was judged now stands.

    It is about that slot and, if such a question still has any of its statements, about that kind of event.  Of those
    that have any, it is the one that has most, if that is at least half of what they have together; statements are
    known by their words.  Of two that have as many, it is the one whose event has more of the names it had.
    """
    meant = {footings[s] for s in judged.statements if s in footings}
    held = {i: some for i, q in enumerate(questions) if q.slot is judged.slot and (some := meant & _footings(q))}
    of_kind = [i for i in held if _kind(questions[i].group.frame) == _kind(judged.event)] or list(held)
    there = {footing for i in of_kind for footing in held[i]}
    fit = [i for i in of_kind if 2 * len(held[i]) >= len(there)]
    return max(fit, key=lambda i: (len(held[i]), *_likeness(questions[i], judged)), default=None)


def _likeness(question: Asked, judged: JudgedQuestion) -> tuple[bool, int, str]:
    then, now = map(_names, (judged.event, question.group.frame))
    alike = sum(fold(x) == fold(y) for x, y in zip(then, now, strict=True) if x and y)
    return question.id == judged.id, alike, question.id


def _kind(frame: EventFrame) -> str:
    family = family_of(frame.predicate)
    return process_of(family.name) if family else fold(frame.predicate)


def _names(frame: EventFrame) -> tuple[str | None, ...]:
    return frame.predicate, frame.theme, frame.place, frame.agent


def _footings(question: Asked) -> set[Footing]:
    return {a.matched.claim.statement.footing for a in question.answers}


# ---------------------------------------------------------------- what a judgement does


def _merged(questions: list[Asked], judgement: QuestionJudgement, footings: Footings) -> list[Asked]:
    """The second question joins the first, which keeps its id, its event and its name; where it has none, it gets the
    second's."""
    first = _found(questions, judgement.question, footings)
    second = _found(questions, judgement.other, footings) if judgement.other else None
    if first is None or second is None or first == second:
        return questions
    one, other = questions[first], questions[second]
    both = replace(
        one,
        group=_joined(one.group, other.group),
        answers=one_a_statement([*one.answers, *other.answers]),
        text=one.text or other.text,
        judgements=(*one.judgements, *other.judgements, judgement.id),
    )
    return [both if i == first else q for i, q in enumerate(questions) if i != second]


def _joined(one: Group, other: Group) -> Group:
    return one if one is other else Group(one.frame, (*one.members, *other.members), one.family)


def _split(questions: list[Asked], judgement: QuestionJudgement, footings: Footings) -> list[Asked]:
    """The answers of the statements named, taken out of the question; it keeps what comes later."""
    at = _found(questions, judgement.question, footings)
    if at is None:
        return questions
    whole = questions[at]
    taken = {footings[s] for s in judgement.parted if s in footings}
    out = [a for a in whole.answers if a.matched.claim.statement.footing in taken]
    left = [a for a in whole.answers if a.matched.claim.statement.footing not in taken]
    if not out or not left:
        return questions
    judgements = (*whole.judgements, judgement.id)
    part = Asked(_part(whole.group, out), whole.slot, tuple(out), whole.facet, judgements=judgements,
                 key=part_id(judgement.id))  # fmt: skip
    questions[at : at + 1] = [replace(whole, answers=tuple(left), judgements=judgements), part]
    return questions


def _part(group: Group, answers: Sequence[Answer]) -> Group:
    """The event of a question, as the answers that were taken out of it name it."""
    members = [a.matched for a in answers]
    own = frame_of(members, {members[0].theme: group.frame.theme} if group.frame.theme else None)
    frame = replace(own, predicate=group.frame.predicate) if group.family else own
    return Group(frame, tuple(members), group.family)


def _named(questions: list[Asked], judgement: QuestionJudgement, footings: Footings) -> list[Asked]:
    at = _found(questions, judgement.question, footings)
    if at is not None:
        named = questions[at]
        questions[at] = replace(named, text=judgement.words, judgements=(*named.judgements, judgement.id))
    return questions


_JUDGED: dict[JudgementKind, Callable[[list[Asked], QuestionJudgement, Footings], list[Asked]]] = {
    JudgementKind.MERGE: _merged,
    JudgementKind.SPLIT: _split,
    JudgementKind.NAME: _named,
}


# ---------------------------------------------------------------- what gives way to a question that is asked


def _holds(ask: Asked, question: Asked) -> bool:
    """Whether every claim that answers a question fits one that is asked, but for what only bears on that one."""
    fitting = {id(m) for m in ask.group.members}
    return ask.slot is question.slot and all(id(a.matched) in fitting for a in question.answers if a.bearing is None)
