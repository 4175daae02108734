"""What follows from people's judgements: which names are one agent's, what is made of questions, and which judgement
stands on what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quoth.errors import NotFound, QuothError
from quoth.model import (
    Agenda,
    Ask,
    DeclaredAgent,
    JudgedPair,
    JudgedQuestion,
    JudgementKind,
    Question,
    QuestionJudgement,
    Roster,
    Statement,
)
from quoth.names import fold

if TYPE_CHECKING:
    from quoth.ledger import JudgementRecord

OF_NAMES = frozenset({JudgementKind.SAME, JudgementKind.APART})
OF_QUESTIONS = frozenset({JudgementKind.MERGE, JudgementKind.SPLIT, JudgementKind.NAME})
OF_STATEMENTS = frozenset({JudgementKind.ACCEPT, JudgementKind.REJECT, JudgementKind.CORRECT})


class BadQuestion(QuothError):
    """Questions that cannot be merged, split or named in that way."""

    code = "Q403"


def roster_of(declared: tuple[DeclaredAgent, ...], judgements: Iterable[JudgementRecord]) -> Roster:
    """What people say of the agents; of several judgements on two names, the last that stands counts."""
    latest = {_pair(j): j for j in judgements if j.standing and j.kind in OF_NAMES}
    same, apart = (
        tuple(JudgedPair(a=j.subject, b=j.object or "", by=j.by) for j in latest.values() if j.kind is kind)
        for kind in (JudgementKind.SAME, JudgementKind.APART)
    )
    return Roster(declared=declared, same=same, apart=apart)


# ---------------------------------------------------------------- questions


def agenda_of(
    asks: tuple[Ask, ...], judgements: Iterable[JudgementRecord], statement: Callable[[str], Statement]
) -> Agenda:
    """What people ask, and what they judged of questions.  `statement`: one of any reading, by its id.

    A judgement of a question that was split off goes with the split: once that is undone, it has no effect.
    """
    from quoth.compare.agenda import part_id

    of_questions = [j for j in judgements if j.kind in OF_QUESTIONS]
    gone = {part_id(j.id) for j in of_questions if j.kind is JudgementKind.SPLIT and not j.standing}
    standing = [j for j in of_questions if j.standing and not gone & {q.id for q in j.questions}]
    return Agenda(
        asks=asks,
        judged=tuple(_judgement(j) for j in standing),
        footings={i: statement(i).footing for i in sorted({i for j in standing for q in j.questions
                                                           for i in q.statements})},
    )  # fmt: skip


def _judgement(j: JudgementRecord) -> QuestionJudgement:
    question, *others = j.questions
    words = j.object if j.kind is JudgementKind.NAME else None
    other = others[0] if others else None
    return QuestionJudgement(id=j.id, kind=j.kind, question=question, other=other, parted=j.parted, words=words)


@dataclass(frozen=True, slots=True, kw_only=True)
class OnQuestions:
    """A judgement of questions before it is written down: which, the statements to be split off, the name."""

    questions: tuple[JudgedQuestion, ...]
    parted: tuple[str, ...] = ()
    words: str | None = None


def on_questions(kind: JudgementKind, subjects: Sequence[str], question: Callable[[str], Question]) -> OnQuestions:
    """What is judged, by the beginnings of ids and (NAME) words.  `question`: one that stands now, by such a beginning.

    Raises NotFound, and BadQuestion on what cannot be merged or split; judgements are of questions that articles raise,
    not of those that `case.toml` asks.
    """
    first, *more = subjects
    one = _raised(question(first))
    match kind:
        case JudgementKind.MERGE:
            return OnQuestions(
                questions=(_as_it_stands(one), _as_it_stands(_mergeable(one, _raised(question(more[0])))))
            )
        case JudgementKind.SPLIT:
            return OnQuestions(questions=(_as_it_stands(one),), parted=_parted(one, more))
    return OnQuestions(questions=(_as_it_stands(one),), words=more[0])


def _raised(question: Question) -> Question:
    if question.asked:
        raise BadQuestion(f"“{question.text}” is asked in case.toml", remedy="change there what it asks, or its words")
    return question


def _mergeable(one: Question, other: Question) -> Question:
    if one.id == other.id:
        raise BadQuestion(f"“{one.text}” cannot be merged with itself", remedy="give the ids of two questions")
    if one.slot is not other.slot:
        differ = f"“{one.text}” asks for {_WHAT[one.slot]}, “{other.text}” for {_WHAT[other.slot]}"
        raise BadQuestion(f"{differ}: their answers cannot be laid side by side")
    return other


_WHAT = {
    "time": "a time",
    "quantity": "a quantity",
    "place": "a place",
    "agent": "who does it",
    "polarity": "yes or no",
}


def _parted(question: Question, beginnings: Sequence[str]) -> tuple[str, ...]:
    own = _as_it_stands(question).statements
    found = []
    for beginning in beginnings:
        wanted = beginning.strip().lower()
        fit = [i for i in own if wanted and i.startswith(wanted)]
        if not fit:
            what = f"no statement whose id begins with {beginning!r} answers “{question.text}”"
            raise NotFound(what, remedy=f"`quoth show {question.id[:8]}` lists those that do")
        if len(fit) > 1:
            raise NotFound(f"several statements have ids that begin with {beginning!r}", remedy="give more of the id")
        found += fit
    if set(found) == set(own):
        raise BadQuestion(f"that would leave “{question.text}” without answers", remedy="leave it at least one")
    return tuple(dict.fromkeys(found))


def _as_it_stands(question: Question) -> JudgedQuestion:
    statements = sorted({s for value in question.values for s in value.statements})
    return JudgedQuestion(id=question.id, text=question.text, slot=question.slot, event=question.event,
                          statements=tuple(statements))  # fmt: skip


# ---------------------------------------------------------------- what is judged, and which judgement is meant


def check_number(kind: JudgementKind, subjects: Sequence[str]) -> None:
    """Raises ValueError when a judgement of that kind does not take so many ids, names or words."""
    if kind is JudgementKind.SPLIT and len(subjects) < 2:
        raise ValueError("split takes a question and statements that answer it")
    if not subjects or (kind in _TAKES and len(subjects) not in _TAKES[kind]):
        raise ValueError(f"{kind} does not take {len(subjects)} ids or names")


_TAKES = {
    JudgementKind.CORRECT: (1,),
    JudgementKind.WITHDRAW: (1, 2),
    **dict.fromkeys((*OF_NAMES, JudgementKind.MERGE, JudgementKind.NAME), (2,)),
}


def standing(
    judgements: Iterable[JudgementRecord],
    subjects: Sequence[str],
    statement: Callable[[str], Statement],
    question: Callable[[str], Question],
) -> JudgementRecord:
    """The judgement with the id that begins as the one subject, or the latest that stands on that statement, or that
    made that question what it is, or on the two names.  `statement`, `question`: one by the beginning of its id.

    Raises NotFound.
    """
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
    except NotFound:
        return _on_question(stand, subject, question)
    for judgement in reversed(stand):
        if judgement.kind in OF_STATEMENTS and statement(judgement.subject).footing == on.footing:
            return judgement
    raise NotFound(f"no judgement stands on statement {on.id}")


def _on_question(
    stand: Sequence[JudgementRecord], subject: str, question: Callable[[str], Question]
) -> JudgementRecord:
    try:
        on = question(subject)
    except NotFound as error:
        what = f"no judgement stands, and no statement or question is there, whose id begins with {subject!r}"
        raise NotFound(what) from error
    for judgement in reversed(stand):
        if judgement.id in on.judgements:
            return judgement
    raise NotFound(f"no judgement stands on question {on.id}")


# ---------------------------------------------------------------- which judgements change nothing


def resting(
    judgements: Sequence[JudgementRecord],
    questions: Iterable[Question],
    statement: Callable[[str], Statement],
    read: Callable[[str], Sequence[str]],
) -> frozenset[str]:
    """The ids of those that stand, but change nothing at present: a later one on the same words, names or question
    counts instead, the words are no statement of their document's latest reading, or no question is found by them.

    `questions`: all that there are now; `statement`: one of any reading, by its id; `read`: the ids of the statements
    of a document's latest reading, by its id.
    """
    stand = [j for j in judgements if j.standing]
    counts: dict[object, str] = {}
    for judgement in stand:
        if judgement.kind in OF_NAMES:
            counts[_pair(judgement)] = judgement.id
        elif judgement.kind in OF_STATEMENTS:
            on = statement(judgement.subject)
            if _is_read(on, read(on.document_id), statement):
                counts[on.footing] = judgement.id
    names = {j.id: j.object for j in stand if j.kind is JudgementKind.NAME}
    made = {i for q in questions for i in q.judgements if names.get(i, q.text) == q.text}
    return frozenset(j.id for j in stand) - made - set(counts.values())


def _is_read(judged: Statement, ids: Sequence[str], statement: Callable[[str], Statement]) -> bool:
    return judged.id in ids or any(statement(i).footing == judged.footing for i in ids)


def _pair(judgement: JudgementRecord) -> frozenset[str]:
    return frozenset((fold(judgement.subject), fold(judgement.object or "")))
