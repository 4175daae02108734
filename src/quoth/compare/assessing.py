"""What is shown beside the answers and decides nothing: credibility, ratings of sources, sides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quoth.compare.credibility import Voices, bearings, grade, states
from quoth.compare.reliability import Sources, rated, reliability_of
from quoth.model import Assessment, Comparison, Document, Question, Rated, Rating, Statement


def assessments(
    comparison: Comparison, statements: Sequence[Statement], documents: Sequence[Document], ratings: Iterable[Rating]
) -> dict[str, tuple[Assessment, ...]]:
    """Question's id → an assessment for each of its values, in their order.

    `statements` and `documents`: those compared; the comparison is taken as it is, and no rating changes it.
    """
    assessing = Assessing(comparison, statements, documents, ratings)
    return {q.id: assessing.of(q) for q in comparison.questions}


class Assessing:
    """Assesses the questions of a comparison one by one; made of what `assessments` takes."""

    def __init__(
        self,
        comparison: Comparison,
        statements: Sequence[Statement],
        documents: Sequence[Document],
        ratings: Iterable[Rating],
    ) -> None:
        self._sources = Sources(comparison, statements, documents)
        self._voices = Voices.of(comparison)
        self._stating = frozenset(s.id for s in statements if states(s))
        self._ratings = rated(ratings, self._sources)

    def of(self, question: Question) -> tuple[Assessment, ...]:
        """An assessment for each value, in their order."""
        return _assessed(question, self._sources, self._voices, self._stating, self._ratings)


def _assessed(
    question: Question, sources: Sources, voices: Voices, stating: frozenset[str], ratings: Sequence[Rated]
) -> tuple[Assessment, ...]:
    found = []
    for value, rests_on in zip(question.values, bearings(question, voices, stating), strict=True):
        credibility, why = grade(rests_on)
        sides = sorted({voices.side_of[v] for v in value.voices if v in voices.side_of})
        no_side = [v for v in value.voices if v not in voices.side_of]
        found.append(
            Assessment(
                credibility=credibility,
                why=why,
                reliability=reliability_of(question, value, sources, ratings),
                sides=tuple(sides) if voices.declared else None,
                no_side=tuple(no_side) if voices.declared else None,
            )
        )
    return tuple(found)
