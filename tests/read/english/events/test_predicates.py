"""The lexicons of predicates and event nouns."""

from __future__ import annotations

import pytest

from quoth.read.english.events.predicates import Trait, class_of, event_noun, has
from quoth.read.english.lexicon import rows, word_set, words


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("deploy", "station"),
        ("transfer", "deliver"),
        ("possess", "own"),
        ("kill", "die"),
        ("arrest", "detain"),
        ("sign", "initial"),
        ("resign", "step down"),
        ("withdraw", "pull out"),
    ],
)
def test_class_of_groups_ways_of_saying_it(a: str, b: str) -> None:
    first, second = class_of(a), class_of(b)
    assert first is not None
    assert first == second


@pytest.mark.parametrize(("a", "b"), [("deploy", "withdraw"), ("open", "close"), ("sign", "reject"), ("raise", "cut")])
def test_class_of_keeps_opposites_apart(a: str, b: str) -> None:
    assert class_of(a) != class_of(b)


def test_class_of_falls_back_to_the_verb_without_its_particle() -> None:
    assert class_of("demolish down") == class_of("demolish")
    assert class_of("frobnicate") is None


def test_traits() -> None:
    assert has("occur", Trait.OCCUR)
    assert has("sell", Trait.TRANSFER)
    assert not has("deploy", Trait.STATIVE)
    assert not has("frobnicate", Trait.STATIVE)


@pytest.mark.parametrize(
    ("noun", "predicate"),
    [
        ("deployment", "deploy"),
        ("merger", "merge"),
        ("resignation", "resign"),
        ("war", "war"),
        ("harassment", "abuse"),
        ("commemoration", "celebrate"),
        ("deprivation", None),
        ("entrapment", None),
        ("government", None),
        ("table", None),
    ],
)
def test_event_noun(noun: str, predicate: str | None) -> None:
    found = event_noun(noun)
    assert (found.predicate if found is not None else None) == predicate


def test_event_noun_by_its_ending_where_the_verb_is_known() -> None:
    for noun, verb in (("devaluation", "devalue"), ("relaxation", "relax"), ("enlistment", "enlist")):
        found = event_noun(noun)
        assert found is not None
        assert found.predicate == verb
        assert found.argued


def test_predicates_lexicon_is_sound() -> None:
    seen: dict[str, str] = {}
    for name, traits, lemmas in rows("predicates.tsv"):
        assert {*words(traits)} <= {t.value for t in Trait}
        for lemma in words(lemmas):
            assert lemma not in seen, f"{lemma!r} stands under {seen[lemma]} and {name}"
            assert lemma == lemma.strip().lower()
            seen[lemma] = name
    assert len(seen) >= 1000


def test_event_nouns_lexicon_is_sound() -> None:
    seen: set[str] = set()
    for _, of, strength, nouns in rows("nominal_events.tsv"):
        assert of in {"theme", "agent"}
        assert strength in {"event", "argued", "never"}
        for noun in words(nouns):
            assert noun not in seen, f"{noun!r} stands twice"
            seen.add(noun)
    assert len(seen) >= 500


def test_word_sets_of_classes_name_classes_that_exist() -> None:
    names = {row[0] for row in rows("predicates.tsv")}
    for name in (
        "takes events",
        "waits",
        "phases",
        "speaking",
        "at object",
        "object did",
        "terms",
        "befalls",
        "asserted",
        "dated by their verb",
    ):
        assert word_set(name) <= names
