"""What is shown beside the answers and decides nothing: credibility, ratings of sources, sides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from quoth.compare.credibility import Voices, bearings, grade, states
from quoth.compare.reliability import Sources, rated, reliability_of
from quoth.model import Assessment, Comparison, Document, Question, Rated, Rating, Statement


def assessments(
    comparison: Comparison, statements: Sequence[Statement], documents: Sequence[Document], ratings: Iterable[Rating]
) -> dict[str, tuple[Assessment, ...]]:
    """Question's id → an assessment for each of its values, in their order.

    `statements` and `documents`: those compared; the comparison is taken as it is, and no rating changes it.
    """
    assess = assessor(comparison, statements, documents, ratings)
    return {q.id: assess(q) for q in comparison.questions}


def assessor(
    comparison: Comparison, statements: Sequence[Statement], documents: Sequence[Document], ratings: Iterable[Rating]
) -> Callable[[Question], tuple[Assessment, ...]]:
    """Assesses one question at a time; what that takes of the whole case is gathered once."""
    sources = Sources(comparison, statements, documents)
    voices = Voices.of(comparison)
    stating = frozenset(s.id for s in statements if states(s))
    known = rated(ratings, sources)
    return lambda question: _assessed(question, sources, voices, stating, known)


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
