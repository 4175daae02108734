"""Words that deny by their beginning what others say: "inadmissible" and "admissible", "mislabelled" and "labelled"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from quoth.compare.names import fold
from quoth.compare.tables import word_set
from quoth.model import Statement

Predicate = tuple[str, str | None]
"""A predicate and its class."""
SHORTEST = 4
"""Letters of a word that a beginning may be taken off to leave."""


def predicates(statements: Iterable[Statement]) -> Iterator[Predicate]:
    """The predicates of statements, folded, once for each time."""
    return ((fold(e.predicate), e.predicate_class) for s in statements for e in s.events)


def denying(used: Mapping[Predicate, int]) -> dict[str, Predicate]:
    """Predicates of the case that deny another one of the case by their beginning, with that other one.

    Only what the case itself says is denied: "unveil" denies nothing where nobody veils.
    """
    by_stem: dict[str, Predicate] = {}
    for known in sorted(used, key=lambda p: (-used[p], p[0], p[1] or "")):
        by_stem.setdefault(_stem(known[0]), known)
    found: dict[str, Predicate] = {}
    for predicate, _ in used:
        for prefix in word_set("denying"):
            base = by_stem.get(_stem(predicate.removeprefix(prefix))) if predicate.startswith(prefix) else None
            if base is not None and len(base[0]) >= SHORTEST and base[0] != predicate:
                found[predicate] = base
    return found


def _stem(word: str) -> str:
    """A lemma without the endings that lemmatizers leave on or take off: "mislabelle", "label"."""
    word = word.removesuffix("d").removesuffix("e")
    return word[:-1] if word[-2:-1] == word[-1:] else word
