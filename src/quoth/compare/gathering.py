"""Questions that the rules leave apart, brought together where their answers are likely to be to one question.

Average-linkage clustering over the model of coreference.py: two questions for one slot become one while the mean over
all pairs of their answers is high enough.  Facets of one event, which the rules tell apart, are never brought together.
"""

from __future__ import annotations

import heapq
import itertools
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

from quoth.compare.coreference import Described, described, probability
from quoth.compare.events import Group
from quoth.compare.matching import Asked, one_a_statement, worth_asking
from quoth.compare.tables import threshold
from quoth.model import Slot

SPOKESMEN = 6
"""Answers that stand for all of a question that has more."""
COMMON = 30
"""What more questions than this have in common tells none of them apart."""
ALIKE = 2
"""So many things two questions have in common that are worth a closer look."""

Pair = tuple[int, int]


def gathered(asked: Iterable[Asked], voices: Mapping[str, str]) -> Iterator[Asked]:
    """The questions, those that are likely one made one; in the order of the first of each."""
    held = list(asked)
    by_slot: dict[Slot, list[int]] = defaultdict(list)
    for number, question in enumerate(held):
        by_slot[question.slot].append(number)
    joined: dict[int, list[int]] = {}
    for slot, numbers in by_slot.items():
        joined |= {min(cluster): cluster for cluster in _clusters([held[n] for n in numbers], numbers, slot, voices)}
    for number in sorted(joined):
        cluster = joined[number]
        yield held[number] if len(cluster) == 1 else _one([held[n] for n in cluster], voices)


def _one(parts: Sequence[Asked], voices: Mapping[str, str]) -> Asked:
    """One question of several, called after the one that most statements answer."""
    main = max(parts, key=lambda q: (q.worth, len(q.answers)))
    ordered = [main, *(q for q in parts if q is not main)]
    members = [m for q in ordered for m in q.group.members]
    group = Group(main.group.frame, tuple(dict.fromkeys(members)), main.group.family)
    answers = one_a_statement([a for q in ordered for a in q.answers])
    worth = any(q.worth for q in parts) or worth_asking(group, main.slot, answers, voices)
    return Asked(group, main.slot, answers, main.facet, worth=worth)


def _clusters(
    questions: Sequence[Asked], numbers: Sequence[int], slot: Slot, voices: Mapping[str, str]
) -> list[list[int]]:
    least = threshold()
    told = [_spokesmen(q, voices) for q in questions]
    near = _candidates(told)
    if slot is Slot.POLARITY:  # whether is asked where somebody says no
        denied = {i for i, answers in enumerate(told) if any(a.negative for a in answers)}
        sums = _sums(told, [(i, j) for i, j in near if i in denied or j in denied], slot)
        open_ = denied | {k for (i, j), total in sums.items() if _mean(total, told, i, j) > least / 2 for k in (i, j)}
        near = [(i, j) for i, j in near if i in open_ and j in open_]
        sums |= _sums(told, [pair for pair in near if pair not in sums], slot)
    else:
        sums = _sums(told, near, slot)
    events = [id(q.group) for q in questions]  # facets of one event
    found = average_linkage([len(t) for t in told], sums, least, events)
    return [sorted(numbers[i] for i in cluster) for cluster in found]


def _spokesmen(question: Asked, voices: Mapping[str, str]) -> list[Described]:
    """Some answers that give a value, evenly taken from all of them."""
    filled = [a for a in question.answers if a.filled]
    step = max(1.0, len(filled) / SPOKESMEN)
    chosen = [filled[int(i * step)] for i in range(min(len(filled), SPOKESMEN))]
    return [described(a.matched, voices.get(a.id)) for a in chosen]


def _candidates(told: Sequence[Sequence[Described]]) -> list[Pair]:
    """Pairs of questions that have several things in common: words of their events, names, a class, what they count."""
    blocks: dict[object, list[int]] = defaultdict(list)
    for number, answers in enumerate(told):
        for key in {key for answer in answers for key in _keys(answer)}:
            blocks[key].append(number)
    shared: Counter[Pair] = Counter()
    for block in blocks.values():
        if len(block) <= COMMON:
            shared.update(itertools.combinations(block, 2))
    return sorted(pair for pair, times in shared.items() if times >= ALIKE)


def _keys(answer: Described) -> Iterator[tuple[str, str]]:
    claim = answer.matched.claim
    quantity = claim.event.quantity
    yield from (("word", word) for word in answer.event)
    yield from (("name", word) for word in answer.theme | answer.agent)
    told = {"unit": answer.unit, "family": claim.family, "class": claim.event.predicate_class,
            "state": quantity.counted if quantity is not None else None}  # fmt: skip
    yield from ((kind, name) for kind, name in told.items() if name is not None)


def _sums(told: Sequence[Sequence[Described]], pairs: Iterable[Pair], slot: Slot) -> dict[Pair, float]:
    """The probabilities over all pairs of the answers of two questions, summed."""
    return {(i, j): sum(probability(x, y, slot) for x in told[i] for y in told[j]) for i, j in pairs}


def _mean(total: float, told: Sequence[Sequence[Described]], i: int, j: int) -> float:
    return total / (len(told[i]) * len(told[j]))


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
