"""What people judged of questions, as rows, and back; which fields make such a judgement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from quoth.errors import NotFound
from quoth.evidence import BadEvidence
from quoth.identity import content_id
from quoth.ledger import rows
from quoth.ledger.database import Database
from quoth.ledger.store import JudgementRecord
from quoth.model import JudgedQuestion, JudgementKind, from_json, to_dict

KINDS = frozenset({JudgementKind.MERGE, JudgementKind.SPLIT, JudgementKind.NAME})


def judge(
    database: Database,
    kind: JudgementKind,
    judged: Sequence[JudgedQuestion],
    *,
    by: str,
    note: str | None,
    words: str | None,
    parted: Sequence[str],
) -> JudgementRecord:
    """See `quoth.ledger.store.Ledger.judge_question`."""
    row = {**_columns(kind, judged, words, parted, database.where), **rows.judged_by(by, note)}
    for id_ in statements_in(row):
        if database.one("SELECT 1 AS there FROM statements WHERE id = ?", id_) is None:
            raise NotFound(f"no statement has the id {id_}", where=database.where)
    with database.writing():
        return rows.judgement_record(database.chain("question_judgements", row, row_id), True)


def _columns(
    kind: JudgementKind, judged: Sequence[JudgedQuestion], words: str | None, parted: Sequence[str], where: str
) -> dict[str, Any]:
    """The columns that say what is judged.  Raises BadEvidence when they do not make such a judgement."""
    if kind not in KINDS or len(judged) != (2 if kind is JudgementKind.MERGE else 1):
        raise BadEvidence(f"{len(judged)} questions make no judgement of the kind {kind}")
    if len({question.slot for question in judged}) != 1:
        raise BadEvidence("two questions about different slots cannot be one")
    if bool(parted) != (kind is JudgementKind.SPLIT) or not set(parted) <= set(judged[0].statements):
        raise BadEvidence("a split takes statements out of a question that they answer")
    return {
        "kind": kind.value,
        "subject": judged[0].id,
        "object": _object(kind, judged, words),
        "questions": rows.payload_of([to_dict(question) for question in judged], where),
        "parted": rows.payload_of(sorted(set(parted)), where),
    }


def _object(kind: JudgementKind, judged: Sequence[JudgedQuestion], words: str | None) -> str | None:
    """The other question's id, or the name."""
    if kind is JudgementKind.NAME:
        return rows.said(words or "", "the words of the name")
    return judged[1].id if kind is JudgementKind.MERGE else None


def statements_in(row: Mapping[str, Any]) -> Iterator[str]:
    """The ids of all statements that a row names.  Raises ValueError when its JSON is not of that form."""
    for question in from_json(tuple[JudgedQuestion, ...], row["questions"]):
        yield from question.statements
    yield from from_json(tuple[str, ...], row["parted"])


def row_id(row: Mapping[str, Any]) -> str:
    """Each judgement's id covers the one of this table before it, so that none can be taken out unseen."""
    names = ("kind", "subject", "object", "questions", "parted", "by", "note", "previous", "recorded_at")
    return content_id("question judgement", *(row[name] for name in names))
