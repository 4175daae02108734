from __future__ import annotations

import itertools
from dataclasses import replace

from quoth.model import Heading, Relation, RelationType
from quoth.present.standing import by_contest, standings, verdict


def test_thirty_pairs_become_one_standing(story):
    question = story.comparison.questions[0]
    a = tuple(f"a{n}" for n in range(5))
    b = tuple(f"b{n}" for n in range(6))
    values = (replace(question.values[0], statements=a), replace(question.values[1], statements=b))
    pairs = [
        Relation(a=x, b=y, type=RelationType.CONTRADICT, why="six are not ten", rule="disjoint")
        for x, y in itertools.product(a, b)
    ]
    turned = [replace(r, a=r.b, b=r.a) if n % 2 else r for n, r in enumerate(pairs)]  # it has no direction
    [standing] = standings(replace(question, values=values, relations=tuple(turned)))
    assert (standing.a, standing.b, standing.pairs) == (0, 1, 30)
    [reason] = standing.reasons
    assert (reason.why, set(reason.a), set(reason.b)) == ("six are not ten", set(a), set(b))


def test_a_reason_told_from_either_side_is_one_reason(story):
    question = story.comparison.questions[0]
    (a, *_), (b, other, *_) = (value.statements for value in question.values)
    there = Relation(a=a, b=b, type=RelationType.TENSION, why="“6” (Mende) against “10” (Solberg): no", rule="x")
    back = replace(there, b=other, why="“10” (Solberg) against “6” (Mende): no")
    [standing] = standings(replace(question, relations=(there, back)))
    [reason] = standing.reasons
    assert reason.pairs == ((a, b), (a, other))


def test_direction_is_kept_where_it_means_something(story):
    question = story.comparison.questions[1]
    found = {s.type: (s.a, s.b) for s in standings(question)}
    assert found == {RelationType.SUPERSEDE: (1, 2), RelationType.REFINE: (1, 0)}


def test_what_divides_is_told_first_and_repeats_last(story):
    types = [s.type for s in standings(story.comparison.questions[0])]
    assert types == [RelationType.TENSION, RelationType.SAME, RelationType.SAME]


def test_most_contested_first(story):
    many, when, whether = story.comparison.questions
    assert by_contest([when, many, whether]) == [whether, many, when]


def test_verdicts_never_say_who_is_right(story):
    assert [verdict(Heading.of(q)) for q in story.comparison.questions] == [
        "in tension: 2 answers that pull apart",
        "moved on: 3 answers, a later one takes the place of an earlier one",
        "contested: 2 answers that exclude each other",
    ]
    lone = replace(story.comparison.questions[0], relations=())
    assert verdict(Heading.of(lone)) == "2 answers, none excludes another"
