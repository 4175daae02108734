"""The questions of a case, kept as documents come, change and go: those of `quoth.compare.matching`, with their values
and relations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from itertools import chain

from quoth.compare.agenda import arranged
from quoth.compare.agents import Agents
from quoth.compare.events import Group
from quoth.compare.gathering import Gathering
from quoth.compare.kept import Kept
from quoth.compare.matching import Answer, Asked, Implied, asked_of, bearing_on, implied_by
from quoth.compare.questions import Standing, question_of, question_order
from quoth.compare.relations import is_related_in_full, unordered
from quoth.compare.tables import bearings
from quoth.compare.topics import Counting, counts_of, topics_of
from quoth.compare.values import Behind
from quoth.model import Agenda, Question, Slot

SLOTS = {"groups": (Slot.PLACE, Slot.AGENT), "topics": (Slot.TIME, Slot.POLARITY), "counts": (Slot.QUANTITY,)}
_NOTHING: dict[str, tuple[tuple[Answer, ...], ...]] = {which: ((),) * len(slots) for which, slots in SLOTS.items()}


@cache
def answered_by_implication() -> frozenset[str]:
    """The families of events about which those of others tell something."""
    return frozenset(rule.target for rule in bearings())


@dataclass(slots=True)
class _Held:
    """What was asked of a group, and what that rests on beside the group itself."""

    group: Group
    bearing: tuple[tuple[Answer, ...], ...]
    asked: tuple[Asked, ...]
    statements: frozenset[str]


@dataclass(slots=True)
class _Answered:
    asked: Asked
    question: Question
    order: tuple[object, ...]
    statements: frozenset[str]


class Questions:
    """The questions, in their order."""

    def __init__(self) -> None:
        self._kept = Kept()
        self._counting = Counting()
        self._gathering = Gathering()
        self._held: dict[str, dict[int, _Held]] = {which: {} for which in SLOTS}
        self._answered: dict[int, _Answered] = {}
        self._by_id: dict[str, _Answered] = {}

    def update(
        self,
        groups: Sequence[Group],
        behind: Behind,
        other_voices: Set[str],
        others_behind: Set[str],
        agenda: Agenda,
        agents: Agents,
    ) -> tuple[Question, ...]:
        """All questions that these events raise.  `other_voices`: the statements with another voice than before;
        `others_behind`: those and the ones with another origin."""
        topics = topics_of(groups, self._kept)
        counts = counts_of(topics, self._kept, self._counting)
        self._kept.next_round()
        implied = implied_by(groups)
        by_slot: dict[Slot, list[Asked]] = {slot: [] for slot in Slot}
        for which, asked_about in (("groups", groups), ("topics", topics), ("counts", counts)):
            for one in self._asked(which, asked_about, behind.voices, implied, other_voices):
                by_slot[one.slot].append(one)
        answered: dict[int, _Answered] = {}
        raised = self._gathering.update(list(chain.from_iterable(by_slot.values())), behind.voices)
        for one in arranged(raised, groups, agenda, agents):
            held = self._answered.get(id(one))
            if held is None or not held.statements.isdisjoint(others_behind):
                held = self._answer(one, behind, others_behind)
            answered[id(one)] = held
        self._answered = answered
        self._by_id = {held.question.id: held for held in answered.values()}
        return tuple(held.question for held in sorted(answered.values(), key=lambda held: held.order))

    def _asked(
        self, which: str, groups: Sequence[Group], voices: Mapping[str, str], implied: Implied, other_voices: Set[str]
    ) -> Iterator[Asked]:
        before, now = self._held[which], {}
        for group in groups:
            held = before.get(id(group))
            bearing = (
                tuple(tuple(bearing_on(group, slot, implied)) for slot in SLOTS[which])
                if group.traits.name in answered_by_implication()
                else _NOTHING[which]
            )
            if held is None or bearing != held.bearing or not held.statements.isdisjoint(other_voices):
                asked = (
                    a for slot, on in zip(SLOTS[which], bearing, strict=True) for a in asked_of(group, slot, voices, on)
                )
                everybody = {m.claim.statement.id for m in group.members} | {a.id for on in bearing for a in on}
                held = _Held(group, bearing, tuple(asked), frozenset(everybody))
            now[id(group)] = held
            yield from held.asked
        self._held[which] = now

    def _answer(self, asked: Asked, behind: Behind, others_behind: Set[str]) -> _Answered:
        """The question anew; relations between answers that are as they were stand."""
        new = question_of(asked, behind, lambda question_id: self._standing(question_id, asked, others_behind))
        return _Answered(asked, new, question_order(new), frozenset(a.id for a in asked.answers))

    def _standing(self, question_id: str, asked: Asked, others_behind: Set[str]) -> Standing:
        held = self._by_id.get(question_id)
        if held is None or is_related_in_full(held.asked) is not is_related_in_full(asked):
            return {}
        before = {a.id: a for a in held.asked.answers}
        same = {
            a.id for a in asked.answers if a.id not in others_behind and (b := before.get(a.id)) and same_answer(a, b)
        }
        return {unordered(r.a, r.b): r for r in held.question.relations if r.a in same and r.b in same}


def same_answer(a: Answer, b: Answer) -> bool:
    return a.matched is b.matched and (a.filled, a.withheld, a.bearing) == (b.filled, b.withheld, b.bearing)
