"""How well a story's statements are laid side by side: questions, relations, origins.

Each expected statement stands for the statement that was read at its anchor; what is not found counts as missed.
Over pairs of expected statements:

link           precision: of the pairs that Quoth puts into one question and that belong to expected questions, those
               that share one.  Recall: of the pairs that share an expected question, those that Quoth puts together.
relations      of the stated relations, those that come out; contradict and deny count as one.
contradict     precision: of the contradictions between statements of different values with a stated relation, or of
               one value, those that are stated; others are unannotated.  Recall: of those stated, those that come out.
origin         B-cubed of the groups of statements that report one utterance; a statement of unknown lineage is a
               group of its own.  `origin_count_error` is by how much the number of origins of a value is off.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from quoth.measure.figures import Kind, Measure, Measured, Miss, Score
from quoth.measure.reading import Readings
from quoth.measure.statements import best
from quoth.measure.story import ExpectedQuestion, Story, StoryError
from quoth.model import Comparison, RelationType

OPPOSED = frozenset({RelationType.CONTRADICT.value, RelationType.DENY.value})
MISSED = "missed"

MEASURES = (
    Measure("matched", Kind.PROPORTION),
    Measure("link_p", Kind.PROPORTION),
    Measure("link_r", Kind.PROPORTION),
    Measure("link_f1", Kind.F1, of=("link_p", "link_r")),
    Measure("relations", Kind.COUNT),
    Measure("relation_accuracy", Kind.PROPORTION),
    Measure("contradict_p", Kind.PROPORTION),
    Measure("contradict_r", Kind.PROPORTION),
    Measure("contradict_unannotated", Kind.COUNT),
    Measure("origin_b3_p", Kind.MEAN),
    Measure("origin_b3_r", Kind.MEAN),
    Measure("origin_b3_f1", Kind.F1, of=("origin_b3_p", "origin_b3_r")),
    Measure("origin_count_error", Kind.MEAN),
)

Pair = tuple[str, str]


def measure_questions(story: Story, readings: Readings) -> Measured:
    """Judge the comparison of the readings.  Raises StoryError where the story states no questions."""
    side = side_by_side(story, readings)
    judged = [*side.matching(), *side.linking(), *side.relations(), *side.contradictions(), *side.origins()]
    judged += side.counts()
    return Measured(
        name=story.name,
        measures=MEASURES,
        scores=tuple(item for item in judged if isinstance(item, Score)),
        misses=tuple(item for item in judged if isinstance(item, Miss)),
    )


def side_by_side(story: Story, readings: Readings) -> SideBySide:
    """What is expected beside what came out.  Raises StoryError where the story states no questions."""
    if story.questions is None:
        raise StoryError("there is no questions.json, neither beside its articles/ nor in expected/", where=story.name)
    if readings.comparison is None:
        raise ValueError("the readings were not compared")
    return SideBySide(story, story.questions, readings, readings.comparison)


def _pair(a: str, b: str) -> Pair:
    return (a, b) if a <= b else (b, a)


@dataclass(frozen=True)
class SideBySide:
    """Expected statements (by their ids) beside those that stand for them; each method yields scores and misses."""

    story: Story
    questions: tuple[ExpectedQuestion, ...]
    readings: Readings
    comparison: Comparison

    # -------------------------------------------------------------- what is expected

    @cached_property
    def value_of(self) -> dict[str, dict[str, int]]:
        """Question → statement → the number of its value."""
        return {
            question.id: {id: k for k, value in enumerate(question.values) for id in value.statements}
            for question in self.questions
        }

    @cached_property
    def asked(self) -> list[str]:
        """The statements that give a value of some question."""
        return sorted({id for values in self.value_of.values() for id in values})

    @cached_property
    def together(self) -> dict[Pair, str]:
        """The pairs that share a question, with its id."""
        return {
            pair: question
            for question, values in self.value_of.items()
            for pair in itertools.combinations(sorted(values), 2)
        }

    @cached_property
    def stated(self) -> dict[tuple[str, int, int], str]:
        """Question and two of its values → their relation: it holds between all their statements."""
        found: dict[tuple[str, int, int], str] = {}
        for question in self.questions:
            values = self.value_of[question.id]
            for relation in question.relations:
                a, b = values.get(relation.a), values.get(relation.b)
                if a is not None and b is not None and a != b:
                    found[question.id, min(a, b), max(a, b)] = relation.type
        return found

    def words(self, *ids: str) -> str:
        return " | ".join(self.story.statement(id).anchor.words for id in ids)

    def articles(self, *ids: str) -> tuple[str, ...]:
        return tuple(self.story.statement(id).anchor.file for id in ids)

    # -------------------------------------------------------------- what came out

    @cached_property
    def found(self) -> dict[str, str]:
        """Expected statement → the one that stands for it; one may stand for several."""
        return {
            expected.id: best(expected, near)[0].id
            for expected in self.story.statements
            if (near := self.readings.near(expected.anchor))
        }

    @cached_property
    def put_together(self) -> set[Pair]:
        return {
            pair
            for question in self.comparison.questions
            for pair in itertools.combinations(sorted({id for v in question.values for id in v.statements}), 2)
        }

    @cached_property
    def related(self) -> Mapping[Pair, str]:
        """The first relation of every pair."""
        found: dict[Pair, str] = {}
        for question in self.comparison.questions:
            for relation in question.relations:
                found.setdefault(_pair(relation.a, relation.b), relation.type.value)
        return found

    def got(self, a: str, b: str) -> Pair | None:
        """The two that stand for two expected statements; None where one is not found."""
        if a not in self.found or b not in self.found:
            return None
        return _pair(self.found[a], self.found[b])

    def one_question(self, a: str, b: str) -> bool:
        pair = self.got(a, b)
        return pair is not None and (pair[0] == pair[1] or pair in self.put_together)

    def relation(self, a: str, b: str) -> str:
        pair = self.got(a, b)
        if pair is None:
            return MISSED
        return RelationType.SAME.value if pair[0] == pair[1] else self.related.get(pair, MISSED)

    # -------------------------------------------------------------- judging

    def matching(self) -> Iterator[Score | Miss]:
        for expected in self.story.statements:
            here = expected.id in self.found
            yield Score("matched", here, self.articles(expected.id))
            if not here:
                yield Miss(what="not found", ids=expected.id, wanted="found", got="", words=self.words(expected.id))

    def linking(self) -> Iterator[Score | Miss]:
        for a, b in itertools.combinations(self.asked, 2):
            here, one = self.articles(a, b), self.one_question(a, b)
            question = self.together.get((a, b))
            if one:
                yield Score("link_p", question is not None, here)
            if question is not None:
                yield Score("link_r", one, here)
            wrong = one != (question is not None)
            if wrong and self.got(a, b) is not None:
                wanted, got = ("two questions", "one") if one else (f"one question, {question}", "two")
                yield Miss(what="link", ids=f"{a} {b}", wanted=wanted, got=got, words=self.words(a, b))

    def relations(self) -> Iterator[Score | Miss]:
        for question in self.questions:
            for relation in question.relations:
                a, b = relation.a, relation.b
                got, here = self.relation(a, b), self.articles(a, b)
                right = got == relation.type or {got, relation.type} <= OPPOSED
                yield Score("relations", 1)
                yield Score("relation_accuracy", right, here)
                if relation.type in OPPOSED:
                    pair = self.got(a, b)
                    yield Score("contradict_r", pair is not None and self.related.get(pair) in OPPOSED, here)
                if not right:
                    words = f"{self.words(a, b)} ({relation.why})" if relation.why else self.words(a, b)
                    yield Miss(what="relation", ids=f"{a} {b}", wanted=relation.type, got=got, words=words)

    def contradictions(self) -> Iterator[Score | Miss]:
        for a, b in itertools.combinations(self.asked, 2):
            pair = self.got(a, b)
            if pair is None or pair[0] == pair[1] or self.related.get(pair) not in OPPOSED:
                continue
            stated = self.stated_between(a, b)
            right = bool(stated & OPPOSED)
            if not stated:
                yield Score("contradict_unannotated", 1)
            else:
                yield Score("contradict_p", right, self.articles(a, b))
            if not right:
                wanted = " or ".join(sorted(stated)) or "nothing stated"
                got = self.related[pair]
                yield Miss(what="contradict", ids=f"{a} {b}", wanted=wanted, got=got, words=self.words(a, b))

    def stated_between(self, a: str, b: str) -> set[str]:
        """How the values that two statements give relate, in all questions that they share."""
        found = set()
        for question, values in self.value_of.items():
            if a in values and b in values:
                low, high = sorted((values[a], values[b]))
                relation = "one value" if low == high else self.stated.get((question, low, high))
                if relation is not None:
                    found.add(relation)
        return found

    def utterance(self, id: str) -> str | None:
        """The origin of the statement that stands for an expected one; None while its lineage is unknown."""
        return self.comparison.origin_of.get(self.found[id])

    def origins(self) -> Iterator[Score | Miss]:
        wanted: dict[str, set[str]] = defaultdict(set)
        got: dict[str, set[str]] = defaultdict(set)
        groups: dict[str, tuple[set[str], set[str]]] = {}
        for expected in self.story.statements:
            if (id := expected.id) in self.found:
                mine = wanted[expected.origin or f"alone:{id}"]
                theirs = got[self.utterance(id) or f"alone:{self.found[id]}"]
                mine.add(id)
                theirs.add(id)
                groups[id] = mine, theirs
        for id, (mine, theirs) in groups.items():
            both, here = len(mine & theirs), self.articles(id)
            yield Score("origin_b3_p", both / len(theirs), here)
            yield Score("origin_b3_r", both / len(mine), here)
            if mine != theirs:
                with_, beside = (" ".join(sorted(group - {id})) or "alone" for group in (mine, theirs))
                yield Miss(what="origin", ids=id, wanted=with_, got=beside, words=self.words(id))

    def counts(self) -> Iterator[Score | Miss]:
        for question in self.questions:
            for value in question.values:
                held = [id for id in value.statements if id in self.found]
                if not held:
                    continue
                counted = len({origin for id in held if (origin := self.utterance(id)) is not None})
                yield Score("origin_count_error", abs(counted - value.origins), self.articles(*held))
                if counted != value.origins:
                    yield Miss(
                        what="origin count",
                        ids=f"{question.id}: {' '.join(value.statements)}",
                        wanted=str(value.origins),
                        got=str(counted),
                        words=self.words(*held),
                    )
