"""Names by their words: what is folded away and what is kept."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.compare.names import (
    acronym,
    fold,
    folded,
    given_fit,
    noun_words,
    proper_words,
    singular,
    tokens,
    tokens_in,
    words_in,
)
from quoth.compare.specifics import fullest


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("10 Russian missile systems", ("missile", "system")),
        ("the missile system", ("missile", "system")),
        ("a number of systems", ("system",)),
        ("determination of targets on the territory of the enemy", ("target",)),
        ("such complexes as these", ("complex",)),
        ("potential targets", ("target",)),
        ("people", ("person",)),
    ],
)
def test_names_noun_words(phrase: str, words: tuple[str, ...]) -> None:
    assert noun_words(phrase) == words


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("multiple “Oreshnik” missile systems", {"oreshnik"}),
        ("Russia's Kestrel drones", {"kestrel"}),
        ("French troops", set()),
    ],
)
def test_names_proper_words(name: str, words: set[str]) -> None:
    assert proper_words(name) == words


@pytest.mark.parametrize(
    ("word", "one"), [("treaties", "treaty"), ("losses", "loss"), ("status", "status"), ("men", "man")]
)
def test_names_singular(word: str, one: str) -> None:
    assert singular(word) == one


def test_names_tokens_drop_titles() -> None:
    assert tokens("President José Núñez") == ("jose", "nunez")


@pytest.mark.parametrize(
    ("a", "b", "fit"),
    [("a", "anna", True), ("aleksandr", "alexander", True), ("ann", "bob", False), ("john", "jane", False)],
)
def test_names_given_names(a: str, b: str, fit: bool) -> None:
    assert given_fit(a, b) is fit
    assert given_fit(b, a) is fit


def test_names_acronym() -> None:
    assert acronym("The Civil Defence Agency") == "cda"


@given(st.text())
def test_names_never_fail_and_folding_is_stable(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    noun_words(text), proper_words(text), tokens(text)


def shorter(a: frozenset[str], b: frozenset[str]) -> bool:
    return a < b


@given(st.text())
def test_names_in_a_text_are_as_those_that_are_remembered(text: str) -> None:
    assert folded(text) == fold(text)
    assert tokens_in(folded(text)) == tokens(text)


def test_names_in_texts_are_one_string_for_a_word() -> None:
    """A case of many articles has each word once."""
    (_, a), (b, _) = words_in("The HARBOUR"), words_in("harbour’s")
    assert a is b == "harbour"
    assert tokens_in("sold harbour's")[1] is a


@pytest.mark.parametrize("remembered", [fold, tokens, noun_words, proper_words])
def test_names_are_remembered_within_bounds(remembered: Any) -> None:
    """A program that stays open reads ever more texts."""
    assert remembered.cache_info().maxsize is not None


def test_names_a_short_one_joins_the_only_fuller_one() -> None:
    bank, full = frozenset({"norda"}), frozenset({"norda", "bank"})
    assert fullest([("d1", bank), ("d2", full)], shorter, lambda n: n)["d1", bank] == full


def test_names_a_short_one_is_no_bridge() -> None:
    short, one, two = frozenset({"bank"}), frozenset({"bank", "norda"}), frozenset({"bank", "velt"})
    found = fullest([("d1", short), ("d2", one), ("d3", two)], shorter, lambda n: n)
    assert found["d1", short] == short
    assert {found["d2", one], found["d3", two]} == {one, two}


def test_names_its_own_document_comes_first() -> None:
    short, one, two = frozenset({"bank"}), frozenset({"bank", "norda"}), frozenset({"bank", "velt"})
    assert fullest([("d1", short), ("d1", one), ("d3", two)], shorter, lambda n: n)["d1", short] == one


@given(st.lists(st.tuples(st.sampled_from("xyz"), st.frozensets(st.sampled_from("abcd"), min_size=1)), max_size=12))
def test_names_fuller_ones_never_lose_words(used: list[tuple[str, frozenset[str]]]) -> None:
    found = fullest(used, shorter, lambda n: n)
    assert all(name <= full for (_, name), full in found.items())
    assert found == fullest(list(reversed(used)), shorter, lambda n: n)
