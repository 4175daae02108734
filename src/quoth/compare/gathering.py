"""Questions that the rules leave apart, brought together where their answers are likely to be to one question.

Average-linkage clustering over the model of coreference.py: two questions for one slot become one while the mean over
all pairs of their answers is high enough.  Facets of one event, which the rules tell apart, are never brought together.
A `Gathering` is kept up to date as questions come and go: what is near to none that changed stays as it was.
"""

from __future__ import annotations

import heapq
import itertools
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from quoth.compare.coreference import Described, described, probability
from quoth.compare.events import Group, Matched
from quoth.compare.matching import Asked, one_a_statement, worth_asking
from quoth.compare.tables import threshold
from quoth.model import Slot

SPOKESMEN = 9
"""Answers that stand for all of a question that has more."""
COMMON = 30
"""What more questions than this have in common tells none of them apart."""
ALIKE = 2
"""So many things two questions have in common that are worth a closer look."""

Pair = tuple[int, int]
Told = dict[tuple[int, str | None], Described]
"""What is described already, for any slot, by the ids of the claims' objects and their voices."""


def gathered(asked: Iterable[Asked], voices: Mapping[str, str]) -> Iterator[Asked]:
    """The questions, those that are likely one made one; in the order of the first of each."""
    return iter(Gathering().update(list(asked), voices))


class Gathering:
    """Which questions are one, for all slots."""

    def __init__(self) -> None:
        self._slots = {slot: _Slot(slot) for slot in Slot}
        self._made: dict[tuple[int, ...], tuple[tuple[Asked, ...], Asked]] = {}

    def update(self, asked: Sequence[Asked], voices: Mapping[str, str]) -> list[Asked]:
        """The questions that there are now, those that are likely one made one; in the order of the first of each.

        A question that is the same object as before is taken to have the same answers and voices.
        """
        by_slot: dict[Slot, list[Asked]] = {slot: [] for slot in Slot}
        rank = {id(question): number for number, question in enumerate(asked)}
        for question in asked:
            by_slot[question.slot].append(question)
        joined: dict[int, tuple[Asked, ...]] = {}
        inner: set[int] = set()
        told: Told = {}
        for slot, those in by_slot.items():
            for cluster in self._slots[slot].update(those, rank, voices, told):
                joined[id(cluster[0])] = cluster
                inner.update(id(question) for question in cluster[1:])
        made: dict[tuple[int, ...], tuple[tuple[Asked, ...], Asked]] = {}
        found: list[Asked] = []
        for question in asked:
            parts = joined.get(id(question))
            if parts is not None:
                key = tuple(map(id, parts))
                made[key] = self._made.get(key) or (parts, _one(parts, voices))
                found.append(made[key][1])
            elif id(question) not in inner:
                found.append(question)
        self._made = made
        return found


def _one(parts: Sequence[Asked], voices: Mapping[str, str]) -> Asked:
    """One question of several, called after the one that most statements answer."""
    main = max(parts, key=lambda q: (q.worth, len(q.answers)))
    ordered = [main, *(q for q in parts if q is not main)]
    members = [m for q in ordered for m in q.group.members]
    group = Group(main.group.frame, tuple(dict.fromkeys(members)), main.group.family)
    answers = one_a_statement([a for q in ordered for a in q.answers])
    worth = any(q.worth for q in parts) or worth_asking(group, main.slot, answers, voices)
    return Asked(group, main.slot, answers, main.facet, worth=worth)


@dataclass(frozen=True, slots=True)
class _Node:
    """A question, the answers that stand for it, what it may have in common with others, and whether one says no."""

    question: Asked
    told: tuple[Described, ...]
    keys: frozenset[tuple[str, str]]
    denied: bool


class _Slot:
    """The questions for one slot, by numbers of their own.

    Two are near when they have `ALIKE` keys in common that at most `COMMON` questions have.  Near ones have a likeness:
    the probabilities over all pairs of their answers, summed.
    """

    def __init__(self, slot: Slot) -> None:
        self._slot = slot
        self._least = threshold()
        self._numbers: dict[int, int] = {}
        """By the ids of the questions' objects."""
        self._following = 0
        self._nodes: dict[int, _Node] = {}
        self._blocks: dict[tuple[str, str], set[int]] = defaultdict(set)
        self._likeness: dict[int, dict[int, float]] = defaultdict(dict)
        self._part: dict[int, frozenset[int]] = {}
        """All that strong likeness leads to from a question of several: clusters lie within."""
        self._cluster: dict[int, tuple[int, ...]] = {}

    def update(
        self, asked: Sequence[Asked], rank_of: Mapping[int, int], voices: Mapping[str, str], told: Told
    ) -> Iterator[tuple[Asked, ...]]:
        """The clusters of several questions, each in the order of the questions; `told` grows by this slot's."""
        now = {id(question) for question in asked}
        gone = {self._numbers.pop(question) for question in self._numbers.keys() - now}
        told.update(((id(d.matched), d.voice), d) for number in gone for d in self._nodes[number].told)
        as_before = {tuple(map(id, self._nodes[number].told)): number for number in sorted(gone)}
        added: dict[int, _Node] = {}
        affected: set[int] = set()
        for question in asked:
            if id(question) not in self._numbers:
                node = _node(question, voices, told)
                number = as_before.pop(tuple(map(id, node.told)), None)
                if number is None:
                    number, self._following = self._following, self._following + 1
                    added[number] = node
                else:  # asked in other words, or answered by more: what stands for it is the same
                    gone.discard(number)
                    self._nodes[number] = node
                    affected.add(number)
                self._numbers[id(question)] = number
        rank = {self._numbers[id(question)]: rank_of[id(question)] for question in asked}
        touched = {n for number in sorted(gone) for n in self._remove(number)}
        touched |= {n for number, node in added.items() for n in self._add(number, node)}
        affected |= self._compare(touched & self._nodes.keys(), rank)
        self._cluster_anew(affected, gone, rank)
        for members in {id(members): members for members in self._cluster.values()}.values():
            yield tuple(self._nodes[number].question for number in sorted(members, key=rank.__getitem__))

    def _add(self, number: int, node: _Node) -> set[int]:
        """Returns the questions whose nearness to others may have changed."""
        self._nodes[number] = node
        touched = {number}
        for key in node.keys:
            block = self._blocks[key]
            block.add(number)
            if len(block) == COMMON + 1:
                touched |= block
        return touched

    def _remove(self, number: int) -> set[int]:
        touched: set[int] = set()
        for key in self._nodes.pop(number).keys:
            block = self._blocks[key]
            block.discard(number)
            if len(block) == COMMON:
                touched |= block
            if not block:
                del self._blocks[key]
        for other in self._likeness.pop(number, {}):
            del self._likeness[other][number]
            touched.add(other)
        return touched - {number}

    def _near(self, number: int) -> set[int]:
        blocks = (self._blocks[key] for key in self._nodes[number].keys)
        shared = Counter(other for block in blocks if len(block) <= COMMON for other in block)
        return {other for other, times in shared.items() if times >= ALIKE and other != number}

    def _compare(self, touched: Iterable[int], rank: Mapping[int, int]) -> set[int]:
        """Work out likenesses anew around these questions; returns those of which one came or went, and these."""
        near = {a: self._near(a) for a in touched}
        affected = set(near)
        for a, others in near.items():
            affected |= self._drop(a, self._likeness[a].keys() - others)
            affected |= self._liken(a, (b for b in others if self._is_always_asked(a, b)), rank)
        if self._slot is Slot.POLARITY:
            for a in list(affected):
                others = {b for b in (near[a] if a in near else self._near(a)) if not self._is_always_asked(a, b)}
                asked = {b for b in others if self._is_open(a) and self._is_open(b)}
                affected |= self._drop(a, (self._likeness[a].keys() & others) - asked)
                affected |= self._liken(a, asked, rank)
        return affected

    def _is_always_asked(self, a: int, b: int) -> bool:
        """Whether something happened is asked where somebody says no."""
        return self._slot is not Slot.POLARITY or self._nodes[a].denied or self._nodes[b].denied

    def _is_open(self, number: int) -> bool:
        """Whether a question is likely enough the one that somebody answers with no."""
        denied = (b for b in self._likeness[number] if self._nodes[b].denied)
        return self._nodes[number].denied or any(self._mean(number, b) > self._least / 2 for b in denied)

    def _mean(self, a: int, b: int) -> float:
        return self._likeness[a][b] / (len(self._nodes[a].told) * len(self._nodes[b].told))

    def _drop(self, a: int, others: Iterable[int]) -> set[int]:
        dropped = set(others)
        for b in dropped:
            del self._likeness[a][b], self._likeness[b][a]
        return dropped

    def _liken(self, a: int, others: Iterable[int], rank: Mapping[int, int]) -> set[int]:
        new = {b for b in others if b not in self._likeness[a]}
        for b in new:
            first, second = sorted((a, b), key=rank.__getitem__)
            pairs = itertools.product(self._nodes[first].told, self._nodes[second].told)
            self._likeness[a][b] = self._likeness[b][a] = sum(probability(x, y, self._slot) for x, y in pairs)
        return new

    def _cluster_anew(self, affected: set[int], gone: Iterable[int], rank: Mapping[int, int]) -> None:
        """Only questions of one mean above the least can come to be joined: what these lead to from those affected."""
        waiting = {b for a in (*affected, *gone) for b in self._part.get(a, ())} | affected
        for number in gone:
            self._part.pop(number, None)
            self._cluster.pop(number, None)
        waiting &= self._nodes.keys()
        while waiting:
            part, following = set[int](), [next(iter(waiting))]
            while following:
                a = following.pop()
                if a not in part:
                    part.add(a)
                    following += [b for b in self._likeness[a] if b not in part and self._mean(a, b) > self._least]
            waiting -= part
            for a in part:
                self._part.pop(a, None)
                self._cluster.pop(a, None)
            if len(part) > 1:
                self._join(sorted(part, key=rank.__getitem__))

    def _join(self, part: Sequence[int]) -> None:
        place = {number: i for i, number in enumerate(part)}
        sums = {
            (place[a], place[b]): total
            for a in part
            for b, total in self._likeness[a].items()
            if b in place and place[a] < place[b]
        }
        nodes = [self._nodes[number] for number in part]
        kinds = [id(node.question.group) for node in nodes]  # facets of one event
        whole = frozenset(part)
        for cluster in average_linkage([len(node.told) for node in nodes], sums, self._least, kinds):
            members = tuple(part[i] for i in cluster)
            for number in members:
                self._part[number] = whole
                if len(members) > 1:
                    self._cluster[number] = members


def _node(question: Asked, voices: Mapping[str, str], told: Told) -> _Node:
    """A question by some answers that give a value: those with the least ids, which are as good as drawn by lot."""
    filled = sorted((a for a in question.answers if a.filled), key=lambda a: a.id)[:SPOKESMEN]
    spokesmen = tuple(_told(a.matched, voices.get(a.id), told) for a in filled)
    keys = frozenset(key for answer in spokesmen for key in _keys(answer))
    return _Node(question, spokesmen, keys, any(answer.negative for answer in spokesmen))


def _told(matched: Matched, voice: str | None, told: Told) -> Described:
    key = id(matched), voice
    if key not in told:
        told[key] = described(matched, voice)
    return told[key]


def _keys(answer: Described) -> Iterator[tuple[str, str]]:
    """Words of the event, names, a class, what is counted."""
    claim = answer.matched.claim
    quantity = claim.event.quantity
    yield from (("word", word) for word in answer.event)
    yield from (("name", word) for word in answer.theme | answer.agent)
    told = {"unit": answer.unit, "family": claim.family, "class": claim.event.predicate_class,
            "state": quantity.counted if quantity is not None else None}  # fmt: skip
    yield from ((kind, name) for kind, name in told.items() if name is not None)


def average_linkage(
    sizes: Sequence[int], sums: Mapping[Pair, float], least: float, kinds: Sequence[Hashable]
) -> list[list[int]]:
    """Clusters of items, joined while the mean over all pairs of members of two is above `least`, the surest first.

    `sizes`: how many members each item stands for; `sums`: over the pairs of members of two items, 0 where not given;
    `kinds`: items of one kind are never in one cluster.
    """
    members = {i: [i] for i in range(len(sizes))}
    size = dict(enumerate(sizes))
    held = {i: {kind} for i, kind in enumerate(kinds)}
    beside: dict[int, dict[int, float]] = defaultdict(dict)
    for (i, j), total in sums.items():
        beside[i][j] = beside[j][i] = total
    waiting = [(-total / (size[i] * size[j]), i, j) for (i, j), total in sums.items()]
    heapq.heapify(waiting)
    following = len(sizes)
    while waiting and -waiting[0][0] > least:
        _, i, j = heapq.heappop(waiting)
        if i not in members or j not in members or not held[i].isdisjoint(held[j]):
            continue
        near = {k: beside[i].get(k, 0.0) + beside[j].get(k, 0.0) for k in sorted(beside[i].keys() | beside[j].keys())}
        new, following = following, following + 1
        members[new] = members.pop(i) + members.pop(j)
        size[new], held[new] = size[i] + size[j], held[i] | held[j]
        for k, total in near.items():
            if k in members and k != new:
                beside[new][k] = beside[k][new] = total
                heapq.heappush(waiting, (-total / (size[new] * size[k]), k, new))
    return sorted(sorted(cluster) for cluster in members.values())
