"""What people judged of statements, of names and of judgements, as rows, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from heapq import merge
from operator import attrgetter
from typing import Any

from quoth.evidence import BadEvidence, check_spans, statement_id
from quoth.identity import content_id
from quoth.ledger import questions, rows
from quoth.ledger.database import Database
from quoth.ledger.store import JudgementRecord
from quoth.model import Document, JudgementKind, Statement, to_dict

OF_NAMES = frozenset({JudgementKind.SAME, JudgementKind.APART})


def judge_names(
    database: Database, kind: JudgementKind, name: str, other: str, *, by: str, note: str | None
) -> JudgementRecord:
    """That two names are one agent's (SAME) or not (APART)."""
    row = {
        "kind": kind.value,
        "subject": rows.said(name, "a name"),
        "object": rows.said(other, "the other name"),
        "document_id": None,
        **rows.judged_by(by, note),
    }
    with database.writing():
        return rows.judgement_record(database.chain("judgements", row, row_id), True)


def judge_statement(
    database: Database,
    kind: JudgementKind,
    judged: Statement,
    correction: Statement | None,
    *,
    by: str,
    note: str | None,
) -> JudgementRecord:
    """That a statement was read right (ACCEPT), is none (REJECT), or should read as `correction` (CORRECT)."""
    corrected = correction if kind is JudgementKind.CORRECT else None
    row = {
        "kind": kind.value,
        "subject": judged.id,
        "object": corrected and corrected.id,
        "document_id": judged.document_id,
        **rows.judged_by(by, note),
    }
    with database.writing():
        if corrected and database.one("SELECT 1 AS there FROM statements WHERE id = ?", corrected.id) is None:
            database.insert("statements", [rows.statement_row(corrected, database.where)])
        return rows.judgement_record(database.chain("judgements", row, row_id), True)


def withdraw(database: Database, id_prefix: str, *, by: str, note: str | None) -> JudgementRecord:
    """That a judgement, of questions or of anything else, counts no more."""
    both = "(SELECT id FROM judgements UNION ALL SELECT id FROM question_judgements) AS either"
    judgement = database.full_id(both, "judgement", id_prefix)
    of_questions = database.one("SELECT 1 AS there FROM question_judgements WHERE id = ?", judgement) is not None
    table = "question_judgements" if of_questions else "judgements"
    own = {"questions": "[]", "parted": "[]"} if of_questions else {"document_id": None}
    row = {
        "kind": JudgementKind.WITHDRAW.value,
        "subject": judgement,
        "object": None,
        **own,
        **rows.judged_by(by, note),
    }
    with database.writing():
        if judgement not in _standing(database, table):
            raise BadEvidence("was withdrawn before, or is itself a withdrawal", where=f"judgement {judgement}")
        return rows.judgement_record(database.chain(table, row, _TABLES[table]), False)


def judgements(database: Database) -> Iterator[JudgementRecord]:
    """All of both tables, in the order they were recorded."""
    return merge(*(_recorded(database, table) for table in _TABLES), key=attrgetter("recorded_at"))


def _recorded(database: Database, table: str) -> list[JudgementRecord]:
    standing = _standing(database, table)
    found = database.all(f"SELECT * FROM {table} ORDER BY number")
    return [rows.judgement_record(dict(r), r["id"] in standing) for r in found]


def _standing(database: Database, table: str) -> frozenset[str]:
    return frozenset(row["id"] for row in database.all(f"SELECT id FROM {table}_standing"))


def row_id(row: Mapping[str, Any]) -> str:
    """Each judgement's id covers the one before it, so that none can be taken out unseen."""
    names = ("kind", "subject", "object", "document_id", "by", "note", "previous", "recorded_at")
    return content_id("judgement", *(row[name] for name in names))


_TABLES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    # what makes a row's id
    "judgements": row_id,
    "question_judgements": questions.row_id,
}


def check_correction(document: Document, judged: Statement, correction: Statement | None) -> None:
    """Raises BadEvidence or SpanMismatch when it is no other reading of the same words."""
    if correction is None:
        raise BadEvidence("a correction needs the statement as it should read", where=judged.id)
    check_spans(document, correction)
    if correction.id != statement_id(to_dict(correction)):
        raise BadEvidence(f"the corrected statement has the id {correction.id!r}, which is not that of what it says")
    for what in ("source", "cue", "content"):
        before, after = getattr(judged, what), getattr(correction, what)
        if (before and before.spans) != (after and after.spans):
            raise BadEvidence(f"a correction keeps the words of the {what}; reject the statement instead")
    if correction.id == judged.id:
        raise BadEvidence("the correction changes nothing", where=f"statement {judged.id}")
