"""How the answers to one question stand to each other: relations between statements, gathered by answer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from quoth.model import DIRECTED, Heading, Question, RelationType
from quoth.present import words

WEIGHT = {
    RelationType.CONTRADICT: 0,
    RelationType.DENY: 1,
    RelationType.TENSION: 2,
    RelationType.SUPERSEDE: 3,
    RelationType.SCOPE: 4,
    RelationType.REFINE: 5,
    RelationType.AGREE: 6,
    RelationType.SAME: 7,
}
"""The order in which relations are told: what divides first, what merely repeats last."""

_SIDES = re.compile(r"^(.+?) (against|and) (.+)(: [^:]+)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for a relation between two answers, and the pairs of statements that it holds for."""

    why: str
    pairs: tuple[tuple[str, str], ...]

    @property
    def a(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(a for a, _ in self.pairs))

    @property
    def b(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(b for _, b in self.pairs))


Pair = tuple[str, str, str]
"""Two statements and why they stand so."""


@dataclass(frozen=True)
class Standing:
    """All relations of one type between the statements of two answers (`a` and `b`, numbered from 0; one answer
    twice for what is said inside it; None for a statement that gives no answer)."""

    type: RelationType
    a: int | None
    b: int | None
    told: tuple[Pair, ...]

    @property
    def pairs(self) -> int:
        return len(self.told)

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """Why, each reason once: gathered when somebody asks, for a question may have thousands that nobody sees."""
        return _reasons(self.told)


def standings(question: Question) -> tuple[Standing, ...]:
    """Relations gathered by type and pair of answers, what divides first."""
    answer_of: dict[str, int] = {}
    for n, value in enumerate(question.values):
        for statement in value.statements:
            answer_of.setdefault(statement, n)
    gathered: dict[tuple[RelationType, int | None, int | None], list[Pair]] = {}
    for relation in question.relations:
        type, a, b = relation.type, answer_of.get(relation.a), answer_of.get(relation.b)
        if type not in DIRECTED and (type, b, a) in gathered:
            gathered[type, b, a].append((relation.b, relation.a, relation.why))
        else:
            gathered.setdefault((type, a, b), []).append((relation.a, relation.b, relation.why))
    found = [Standing(type, a, b, tuple(group)) for (type, a, b), group in gathered.items()]
    return tuple(sorted(found, key=lambda s: (WEIGHT[s.type], _order(s.a), _order(s.b))))


def _order(answer: int | None) -> int:
    return -1 if answer is None else answer


def _mirrored(why: str) -> str:
    """`B against A: …` for `A against B: …`; one reason, whichever side it was told from."""
    return _SIDES.sub(r"\3 \2 \1\4", why)


def _reasons(told: Iterable[Pair]) -> tuple[Reason, ...]:
    by_why: dict[str, list[tuple[str, str]]] = {}
    for a, b, why in told:
        mirrored = _mirrored(why)
        by_why.setdefault(mirrored if mirrored in by_why else why, []).append((a, b))
    return tuple(Reason(why, tuple(dict.fromkeys(pairs))) for why, pairs in by_why.items())


def by_contest(questions: Iterable[Question]) -> list[Question]:
    """The one order of questions in everything that lists them: most contested first."""
    return sorted(questions, key=lambda q: Heading.of(q).contest)


def verdict(heading: Heading) -> str:
    """The state of a question in a few words; it says how the answers stand, never which is right."""
    if not heading.answers:
        return "no answer yet"
    answers = words.count(heading.answers, "answer")
    if heading.disputes:
        two = heading.answers == 2
        return f"contested: {answers}{' that' if two else ', some of which'} exclude each other"
    if heading.tensions:
        return f"in tension: {answers} that pull apart"
    if heading.replaced:
        return f"moved on: {answers}, a later one takes the place of an earlier one"
    if heading.answers > 1:
        return f"{answers}, none excludes another"
    return f"{answers}, {words.count(heading.reports, 'report')}, {words.count(heading.origins, 'origin')}"
