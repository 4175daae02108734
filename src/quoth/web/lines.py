"""The things of a snapshot as lines of the wire."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from quoth.ledger import FailureRecord, JudgementRecord
from quoth.model import Article, Change, Document, Entity, Heading, Origin, Question, Rated, Statement
from quoth.present import wire

if TYPE_CHECKING:
    from quoth.web.snapshot import Snapshot

Line = dict[str, Any]


def statement_line(snapshot: Snapshot, statement: Statement) -> Line:
    """It looks the speaker up instead of going through all that there are."""
    speaker = snapshot.comparison.speaker_of.get(statement.id)
    named = snapshot.entities.get(speaker) if speaker else None
    told = replace(snapshot.comparison, entities=(named,) if named else ())
    return wire.statement_line(statement, snapshot.documents[statement.document_id], told)


def question_line(snapshot: Snapshot, question: Question) -> Line:
    return wire.question_line(question, snapshot.assess(question))


def document_line(snapshot: Snapshot, document: Document) -> Line:
    return wire.document_line(document, snapshot.of_document[document.id])


def heading_line(snapshot: Snapshot, heading: Heading) -> Line:
    return wire.heading_line(heading)


def origin_line(snapshot: Snapshot, origin: Origin) -> Line:
    return wire.origin_line(origin)


def entity_line(snapshot: Snapshot, entity: Entity) -> Line:
    return wire.entity_line(entity)


def article_line(snapshot: Snapshot, article: Article) -> Line:
    return wire.article_line(article)


def change_line(snapshot: Snapshot, change: Change) -> Line:
    return wire.change_line(change)


def rating_line(snapshot: Snapshot, rated: Rated) -> Line:
    return wire.rating_line(rated)


def judgement_line(judgement: JudgementRecord, resting: frozenset[str]) -> Line:
    return wire.judgement_line(judgement, judgement.id in resting)


def text_line(document: Document) -> Line:
    return {
        "id": document.id,
        "text": document.text,
        "blocks": [{"span": [b.span.start, b.span.end], "kind": b.kind.value} for b in document.blocks],
    }


def failure_line(snapshot: Snapshot, failure: FailureRecord) -> Line:
    return {
        "where": failure.where,
        "code": failure.code,
        "message": failure.message,
        "recorded_at": failure.recorded_at.isoformat(),
    }
