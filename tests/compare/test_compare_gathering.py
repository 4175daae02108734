"""Questions that the rules leave apart are brought together by likeness, and only then."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.compare import Comparer, compare, gathering
from quoth.compare.coreference import Described, described, features, probability, stems, told_apart
from quoth.compare.events import Matched
from quoth.compare.gathering import average_linkage
from quoth.compare.matching import Answer
from quoth.compare.tables import threshold, weights
from quoth.model import Slot

TEXT = (
    "Orlund freed 40 prisoners on Monday. About 60 prisoners were exchanged. The harbour wall cost 3 million. "
    "They swapped 52 prisoners at the bridge. Twelve boats were built. Four boats had come."
)


@pytest.fixture
def swap(new_story: Any) -> Any:
    story = new_story()
    for name, published in (("one", "2031-05-10"), ("two", "2031-05-11"), ("three", "2031-05-12")):
        story.article(name, TEXT, outlet=f"Outlet {name}", published=published)
    story.says("freed", "one", "Orlund freed 40 prisoners on Monday", "Ada Holm", predicate="free", agent="Orlund",
               theme="prisoners", number=(40, 40), unit="prisoners")  # fmt: skip
    story.says("exchanged", "two", "About 60 prisoners were exchanged", "Bo Lind", predicate="exchange",
               theme="prisoners", number=(60, 60), unit="prisoners")  # fmt: skip
    story.says("swapped", "three", "They swapped 52 prisoners at the bridge", "Cy Dahl", predicate="swap",
               theme="prisoners", number=(52, 52), unit="prisoners")  # fmt: skip
    story.says("wall", "three", "The harbour wall cost 3 million", "Cy Dahl", predicate="cost", agent="harbour wall",
               number=(3e6, 3e6), unit="EUR")  # fmt: skip
    return story


def test_gathering_counts_of_one_thing_by_other_verbs_are_one_question(swap: Any) -> None:
    together = [{swap.name(s) for v in q.values for s in v.statements}
                for q in swap.compare().questions if q.slot is Slot.QUANTITY]  # fmt: skip
    assert {"freed", "exchanged", "swapped"} in together
    assert not any("wall" in found and len(found) > 1 for found in together)


def test_gathering_proves_nothing(swap: Any) -> None:
    """What was only brought together is not called a contradiction."""
    relations = [r.type.value for q in swap.compare().questions for r in q.relations]
    assert relations
    assert "contradict" not in relations


def test_gathering_is_kept_up_to_date_with_the_same_result(swap: Any) -> None:
    comparer = Comparer()
    said = list(swap.statements.values())
    documents = list(swap.documents.values())
    for some in (said[:1], said[:3], said, said[1:], said[::2], said):
        assert comparer.compare(some, documents) == compare(some, documents)


def test_gathering_describes_a_claim_once_for_all_slots(swap: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int, str | None]] = []

    def overheard(matched: Matched, voice: str | None) -> Described:
        seen.append((id(matched), voice))
        return described(matched, voice)

    monkeypatch.setattr(gathering, "described", overheard)
    swap.compare()
    assert seen
    assert len(seen) == len(set(seen))


def test_gathering_does_not_depend_on_the_order(swap: Any) -> None:
    forward = swap.compare()
    swap.statements = dict(reversed(swap.statements.items()))
    assert swap.compare() == forward


def test_coreference_knows_that_what_is_built_has_not_come(new_story: Any) -> None:
    story = new_story()
    story.article("one", TEXT, outlet="The Quay", published="2031-05-10")
    story.says("built", "one", "Twelve boats were built", "Ada Holm", predicate="build", theme="boats",
               number=(12, 12), unit="boats")  # fmt: skip
    story.says("come", "one", "Four boats had come", "Bo Lind", predicate="deliver", theme="boats",
               number=(4, 4), unit="boats")  # fmt: skip
    assert all(len(q.values) == 1 for q in story.compare().questions if q.slot is Slot.QUANTITY)


def test_coreference_knows_that_radars_are_no_boats(new_story: Any) -> None:
    story = new_story()
    story.article("one", TEXT, outlet="The Quay", published="2031-05-10")
    for name, words, unit in (
        ("boats", "Twelve boats were built", "boats"),
        ("radars", "Four boats had come", "radars"),
    ):
        story.says(name, "one", words, "Ada Holm", predicate="deliver", theme=unit, number=(2, 2), unit=unit,
                   time="2031-06-01")  # fmt: skip
    together = [{story.name(s) for v in q.values for s in v.statements}
                for q in story.compare().questions if q.slot is Slot.TIME]  # fmt: skip
    assert not any(len(found) > 1 for found in together)


def test_coreference_stems_take_endings_off() -> None:
    assert len(stems(["deployments", "deployed", "deploy", "the", "of", "12"])) == 1


def test_coreference_has_a_weight_for_every_feature_and_no_other(answered: list[Answer]) -> None:
    told = [described(answer.matched, None) for answer in answered]
    names = {name for a, b in itertools.combinations(told, 2) for slot in Slot for name in features(a, b, slot)}
    assert names == set(weights())
    assert 0 < threshold() < 1


def test_coreference_is_the_same_both_ways(answered: list[Answer]) -> None:
    told = [described(answer.matched, None) for answer in answered]
    for a, b in itertools.combinations(told, 2):
        for slot in (Slot.TIME, Slot.QUANTITY, Slot.POLARITY):
            assert probability(a, b, slot) == pytest.approx(probability(b, a, slot))
            assert told_apart(a, b, slot) is told_apart(b, a, slot)
            assert all(0 <= value <= 1 for value in features(a, b, slot).values())


@pytest.fixture
def answered(swap: Any, monkeypatch: pytest.MonkeyPatch) -> list[Answer]:
    """The answers that counts of the story give."""
    from quoth import compare
    from quoth.compare.gathering import gathered

    seen: list[Answer] = []

    def overheard(asked: Any, voices: Any) -> Any:
        asked = list(asked)
        seen.extend(a for q in asked if q.slot is Slot.QUANTITY for a in q.answers)
        return gathered(asked, voices)

    monkeypatch.setattr(compare, "gathered", overheard)
    swap.compare()
    assert all(isinstance(answer.matched, Matched) for answer in seen)
    return seen


# ---------------------------------------------------------------- clustering


def test_clustering_joins_the_surest_first() -> None:
    sums = {(0, 1): 0.9, (1, 2): 0.6, (0, 2): 0.1}
    assert average_linkage([1, 1, 1], sums, 0.5, "abc") == [[0, 1], [2]]
    assert average_linkage([1, 1, 1], sums, 0.3, "abc") == [[0, 1, 2]]


def test_clustering_counts_the_members_of_an_item() -> None:
    """A sum of 0.9 over one pair is likely, over three it is not."""
    assert average_linkage([1, 1], {(0, 1): 0.9}, 0.5, "ab") == [[0, 1]]
    assert average_linkage([1, 3], {(0, 1): 0.9}, 0.5, "ab") == [[0], [1]]


def test_clustering_keeps_one_kind_apart() -> None:
    sums = {(0, 1): 0.9, (1, 2): 0.9, (0, 2): 0.9}
    assert average_linkage([1, 1, 1], sums, 0.1, "aba") == [[0, 1], [2]]


@given(
    st.integers(2, 7).flatmap(
        lambda n: st.tuples(
            st.just(n),
            st.dictionaries(
                st.sampled_from(list(itertools.combinations(range(n), 2))), st.floats(0.01, 1.0), max_size=21
            ),
            st.floats(0.05, 0.95),
        )
    )
)
def test_clustering_parts_the_items_and_every_join_was_sure_enough(case: tuple[int, dict[Any, float], float]) -> None:
    n, sums, least = case
    found = average_linkage([1] * n, sums, least, range(n))
    assert sorted(i for cluster in found for i in cluster) == list(range(n))
    for a, b in itertools.combinations(found, 2):
        pairs = [sums.get((min(i, j), max(i, j)), 0.0) for i in a for j in b]
        assert sum(pairs) / len(pairs) <= least + 1e-9
