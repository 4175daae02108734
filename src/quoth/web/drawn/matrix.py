"""How the answers to a question stand to each other, at a glance: a table of answers by answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quoth.model import DIRECTED, RelationType
from quoth.present.standing import WEIGHT, Standing

MOST = 12
"""Answers up to which there is a table."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A relation as one answer has it to another: a sign, the words for it, and the class of its colour."""

    sign: str
    words: str
    css: str


_SIGNS = {
    RelationType.CONTRADICT: Sign("≠", "excludes", "contradict"),
    RelationType.DENY: Sign("¬", "is denied by", "deny"),
    RelationType.TENSION: Sign("∿", "pulls apart from", "tension"),
    RelationType.SUPERSEDE: Sign("↷", "is superseded by", "supersede"),
    RelationType.SCOPE: Sign("∥", "is of another scope than", "scope"),
    RelationType.REFINE: Sign("⊃", "is made more exact by", "refine"),
    RelationType.AGREE: Sign("=", "agrees with", "agree"),
    RelationType.SAME: Sign("≡", "is of one utterance with", "same"),
}
_TURNED = {
    RelationType.DENY: Sign("¬", "denies", "deny"),
    RelationType.SUPERSEDE: Sign("↶", "supersedes", "supersede"),
    RelationType.REFINE: Sign("⊂", "makes more exact", "refine"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands between two answers, what divides first; nothing where nothing is known."""

    signs: tuple[Sign, ...]


def matrix(standings: Sequence[Standing], answers: int) -> tuple[tuple[Cell, ...], ...]:
    """A row an answer: how it stands to each of them, itself included."""
    found: list[list[dict[RelationType, Sign]]] = [[{} for _ in range(answers)] for _ in range(answers)]
    for standing in sorted(standings, key=lambda s: WEIGHT[s.type]):
        a, b = standing.a, standing.b
        if a is None or b is None:
            continue
        found[a][b].setdefault(standing.type, _SIGNS[standing.type])
        if a != b:
            turned = _TURNED[standing.type] if standing.type in DIRECTED else _SIGNS[standing.type]
            found[b][a].setdefault(standing.type, turned)
    return tuple(tuple(Cell(tuple(signs.values())) for signs in row) for row in found)


def strips(standings: Sequence[Standing], answers: int) -> list[list[tuple[Sign, tuple[int, ...]]]]:
    """How each answer stands to the others: each relation with those (numbered from 0) that it has it to, what divides
    first."""
    found: list[dict[Sign, set[int]]] = [{} for _ in range(answers)]
    for standing in sorted(standings, key=lambda s: WEIGHT[s.type]):
        a, b = standing.a, standing.b
        if a is None or b is None or a == b:
            continue
        found[a].setdefault(_SIGNS[standing.type], set()).add(b)
        turned = _TURNED[standing.type] if standing.type in DIRECTED else _SIGNS[standing.type]
        found[b].setdefault(turned, set()).add(a)
    return [[(sign, tuple(sorted(others))) for sign, others in signs.items()] for signs in found]


def signs_in(cells: Sequence[Sequence[Cell]]) -> tuple[Sign, ...]:
    """The key: every sign that a table uses, once, in its order of weight."""
    used = {sign for row in cells for cell in row for sign in cell.signs}
    return tuple(sign for sign in (*_SIGNS.values(), *_TURNED.values()) if sign in used)
