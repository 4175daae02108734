"""Truth discovery: what one would believe if sources were trusted by how well they agree with what is believed.

Baselines from the literature, as an aid to look at; no answer of Quoth's rests on them.  They see only who gave which
value for which item, and weigh values and sources against each other until both settle:

- majority: one source, one vote.
- TruthFinder: Yin, Han and Yu 2008 (γ = 0.3; values do not imply one another).
- CRH: Li, Li, Gao, Zhao, Fan and Han 2014, with the 0–1 loss.
- copies and time: the ACCU model with copying of Dong, Berti-Équille and Srivastava 2009 (α = 0.2, c = 0.8, 10 false
  values to an item).  Sources that share false values are taken to copy, and a copier's vote counts less.

Time: `latest` keeps the last value that a source gave, and this is what all of them see.
"""

from __future__ import annotations

import datetime
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from quoth.model import Comparison, Origin, Weighing

Votes = Mapping[str, Mapping[str, str]]
"""Item → source → the value that it gives."""
Weights = dict[str, dict[str, float]]
"""Item → value → how much weighs for it; to be compared within an item only."""

ROUNDS = 10
GAMMA = 0.3
TRUST = 0.9
ACCURACY = 0.8
LIMITS = (0.01, 0.99)
FALSE_VALUES = 10
COPYING = 0.2
COPIED = 0.8
ABSTAINING = frozenset({"denied", "withheld", "asked for", "threatened"})
"""Labels of answers by which nobody says that it is so."""


@dataclass(frozen=True, slots=True)
class Vote:
    """One source's value for one item; `at` is when it gave it, None where this is not known (before all others)."""

    item: str
    source: str
    at: datetime.datetime | None
    value: str


def latest(votes: Iterable[Vote]) -> Votes:
    """The last value of each source for each item; of several at one time, the last in the order given."""
    kept: dict[str, dict[str, Vote]] = defaultdict(dict)
    for vote in votes:
        held = kept[vote.item].get(vote.source)
        if held is None or held.at is None or (vote.at is not None and held.at <= vote.at):
            kept[vote.item][vote.source] = vote
    return {item: {s: v.value for s, v in sorted(by.items())} for item, by in kept.items()}


def weighed(comparison: Comparison) -> tuple[Weighing, ...]:
    """What each method believes of every question to which two voices or more gave different answers.

    A voice votes for the answer that it gave last, by the days of its utterances; all questions are weighed together,
    so that a voice's trust is the same in each.  Equal values are one answer, whatever else they differ in.  What is
    denied, withheld, asked for or threatened, and reports of unknown lineage, do not vote.
    """
    utterances = {origin.id: origin for origin in comparison.origins}
    worded: dict[str, dict[str, str]] = {}
    cast: list[Vote] = []
    for question in comparison.questions:
        answers = worded[question.id] = {}
        for value in question.values:
            if value.value is None or value.label in ABSTAINING:
                continue
            answers.setdefault(str(value.value), value.text)
            said = (utterances[id] for id in value.origins)
            cast += [Vote(question.id, origin.voice, _end(origin), str(value.value)) for origin in said]
    votes = {item: by for item, by in latest(cast).items() if len(set(by.values())) > 1}
    believed = {method: weigh(votes) for method, weigh in METHODS.items()}
    return tuple(
        Weighing(
            question=question.id,
            text=question.text,
            voices=len(votes[question.id]),
            believed={
                method: tuple(worded[question.id][value] for value in favourites(weights[question.id]))
                for method, weights in believed.items()
            },
        )
        for question in comparison.questions
        if question.id in votes
    )


def _end(origin: Origin) -> datetime.datetime | None:
    day = origin.said.latest if origin.said is not None else None
    return datetime.datetime.combine(day, datetime.time.max) if day is not None else None


def favourites(weights: Mapping[str, float]) -> tuple[str, ...]:
    """The value that most weighs for, or all that tie."""
    best = max(weights.values(), default=0.0)
    return tuple(sorted(v for v, w in weights.items() if math.isclose(w, best, rel_tol=1e-9, abs_tol=1e-12)))


def majority(votes: Votes) -> Weights:
    """How many sources give each value."""
    return {item: {value: float(n) for value, n in Counter(by.values()).items()} for item, by in votes.items()}


def truthfinder(votes: Votes) -> Weights:
    """TruthFinder's confidence of each value, 0 to 1."""
    trust = {source: TRUST for by in votes.values() for source in by}
    weights: Weights = {}
    for _ in range(ROUNDS):
        scores = _summed(votes, {s: -math.log(1 - min(t, 1 - 1e-6)) for s, t in trust.items()})
        weights = {item: {v: 1 / (1 + math.exp(-GAMMA * x)) for v, x in of.items()} for item, of in scores.items()}
        trust = _means(votes, weights)
    return weights


def crh(votes: Votes) -> Weights:
    """CRH's weights of the sources that give each value."""
    trust = {source: 1.0 for by in votes.values() for source in by}
    weights: Weights = {}
    for _ in range(ROUNDS):
        weights = _summed(votes, trust)
        best = {item: favourites(of) for item, of in weights.items()}
        right = _means(votes, {item: dict.fromkeys(values, 1 / len(values)) for item, values in best.items()})
        wrong = {source: max(1 - share, 1e-6) for source, share in right.items()}
        total = sum(wrong.values())
        trust = {source: -math.log(share / total) if len(wrong) > 1 else 1.0 for source, share in wrong.items()}
    return weights


def copies_and_time(votes: Votes) -> Weights:
    """The probability of each value, 0 to 1, where sources may copy from each other."""
    accuracy = {source: ACCURACY for by in votes.values() for source in by}
    copying: dict[tuple[str, str], float] = {}
    weights: Weights = {}
    for _ in range(ROUNDS):
        weights = {item: _probabilities(by, accuracy, copying) for item, by in votes.items()}
        low, high = LIMITS
        accuracy = {source: min(max(mean, low), high) for source, mean in _means(votes, weights).items()}
        copying = _copying(votes, weights, accuracy)
    return weights


METHODS: Mapping[str, Callable[[Votes], Weights]] = {
    "majority": majority,
    "truthfinder": truthfinder,
    "crh": crh,
    "copies_and_time": copies_and_time,
}


def _summed(votes: Votes, weight: Mapping[str, float]) -> Weights:
    """The sources' weights, added up by value."""
    summed: Weights = {}
    for item, by in votes.items():
        of = summed[item] = {}
        for source, value in by.items():
            of[value] = of.get(value, 0.0) + weight[source]
    return summed


def _means(votes: Votes, weights: Weights) -> dict[str, float]:
    """Source → the mean weight of what it says; a value that has none weighs nothing."""
    total: Counter[str] = Counter()
    sums: dict[str, float] = defaultdict(float)
    for item, by in votes.items():
        for source, value in by.items():
            sums[source] += weights[item].get(value, 0.0)
            total[source] += 1
    return {source: sums[source] / n for source, n in total.items()}


def _probabilities(
    by: Mapping[str, str], accuracy: Mapping[str, float], copying: Mapping[tuple[str, str], float]
) -> dict[str, float]:
    """One item's values; the most accurate source of a value votes first, and whoever may have copied counts less."""
    behind: dict[str, list[str]] = defaultdict(list)
    for source in sorted(by, key=lambda s: (-accuracy[s], s)):
        behind[by[source]].append(source)
    scores = {}
    for value, sources in behind.items():
        score = 0.0
        for n, source in enumerate(sources):
            own = math.prod(1 - COPIED * copying.get(_pair(source, other), 0.0) for other in sources[:n])
            score += own * math.log(FALSE_VALUES * accuracy[source] / (1 - accuracy[source]))
        scores[value] = score
    top = max(0.0, *scores.values())
    unseen = max(FALSE_VALUES + 1 - len(scores), 0) * math.exp(-top)
    total = sum(math.exp(score - top) for score in scores.values()) + unseen
    return {value: math.exp(score - top) / total for value, score in scores.items()}


def _copying(votes: Votes, weights: Weights, accuracy: Mapping[str, float]) -> dict[tuple[str, str], float]:
    """Pairs of sources → the probability that one copies from the other: by the false values that they share."""
    shared_true: dict[tuple[str, str], float] = defaultdict(float)
    shared: Counter[tuple[str, str]] = Counter()
    both: Counter[tuple[str, str]] = Counter()
    for item, by in votes.items():
        given = list(by.items())
        of = weights[item]
        for n, (a, value) in enumerate(given):
            for b, other in given[:n]:
                pair = _pair(a, b)
                both[pair] += 1
                if value == other:
                    shared[pair] += 1
                    shared_true[pair] += of[value]
    found = {}
    for pair, n in both.items():
        first, second = accuracy[pair[0]], accuracy[pair[1]]
        true, false = first * second, (1 - first) * (1 - second) / FALSE_VALUES
        mean = (first + second) / 2
        alike, true_alike = shared[pair], shared_true[pair]
        lean = (
            true_alike * math.log((COPIED * mean + (1 - COPIED) * true) / true)
            + (alike - true_alike) * math.log((COPIED * (1 - mean) + (1 - COPIED) * false) / false)
            + (n - alike) * math.log(1 - COPIED)
            + math.log(COPYING / (1 - COPYING))
        )
        found[pair] = 1 / (1 + math.exp(-max(min(lean, 50.0), -50.0)))
    return found


def _pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)
