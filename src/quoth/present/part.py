"""A part of a case: some questions and statements, and only what these rest on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from quoth.model import Comparison, Document, Question, Statement


@dataclass(frozen=True, slots=True)
class Part:
    """What some questions and statements of a case rest on."""

    comparison: Comparison
    statements: Sequence[Statement]
    documents: Sequence[Document]


def part_of(
    whole: Comparison,
    statements: Iterable[Statement],
    documents: Iterable[Document],
    questions: Sequence[Question],
    further: Sequence[Statement] = (),
) -> Part:
    """These questions with all their answers, and `further` statements; `statements` and `documents` are all that are
    compared.  An utterance has those of its reports that are in the part, and no relay tree."""
    ids = {id_ for question in questions for value in question.values for id_ in value.statements}
    ids |= {statement.id for statement in further}
    own = [statement for statement in statements if statement.id in ids]
    compared = {statement.id for statement in own}
    own += [statement for statement in further if statement.id not in compared]
    of = {statement.document_id for statement in own}
    origins = tuple(
        replace(
            origin,
            statements=tuple(id_ for id_ in origin.statements if id_ in ids),
            documents=tuple(id_ for id_ in origin.documents if id_ in of),
            links=(),
        )
        for origin in whole.origins
        if not ids.isdisjoint(origin.statements)
    )
    comparison = replace(
        whole,
        questions=tuple(questions),
        origins=origins,
        origin_of={id_: origin for id_, origin in whole.origin_of.items() if id_ in ids},
        speaker_of={id_: speaker for id_, speaker in whole.speaker_of.items() if id_ in ids},
    )
    return Part(comparison, own, [document for document in documents if document.id in of])
