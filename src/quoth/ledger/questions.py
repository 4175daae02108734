"""Judgements of questions as rows, and back; which fields make one."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from quoth.evidence import BadEvidence
from quoth.ledger.rows import payload_of
from quoth.ledger.store import JudgementRecord
from quoth.model import JudgedQuestion, JudgementKind, from_dict, to_dict

KINDS = frozenset({JudgementKind.MERGE, JudgementKind.SPLIT, JudgementKind.NAME})


def row(
    kind: JudgementKind,
    judged: Sequence[JudgedQuestion],
    by: str,
    note: str | None,
    parted: Sequence[str],
    where: str,
) -> dict[str, Any]:
    """The columns of a judgement but those that chain it, and but the words of a name.

    Raises BadEvidence when the questions and statements do not make such a judgement.
    """
    if kind not in KINDS or len(judged) != (2 if kind is JudgementKind.MERGE else 1):
        raise BadEvidence(f"{len(judged)} questions make no judgement of the kind {kind}")
    if len({question.slot for question in judged}) != 1:
        raise BadEvidence("two questions about different slots cannot be one")
    if bool(parted) != (kind is JudgementKind.SPLIT) or not set(parted) <= set(judged[0].statements):
        raise BadEvidence("a split takes statements out of a question that they answer")
    return {
        "kind": kind.value,
        "subject": judged[0].id,
        "object": judged[1].id if kind is JudgementKind.MERGE else None,
        "questions": payload_of([to_dict(question) for question in judged], where),
        "parted": payload_of(sorted(set(parted)), where),
        "by": by,
        "note": note,
    }


def withdrawal(judgement_id: str, by: str, note: str | None) -> dict[str, Any]:
    """The columns, but those that chain it, of the row that undoes a judgement."""
    fields = {"kind": JudgementKind.WITHDRAW.value, "subject": judgement_id, "object": None}
    return {**fields, "questions": "[]", "parted": "[]", "by": by, "note": note}


def statements_in(row: Mapping[str, Any]) -> Iterator[str]:
    """The ids of all statements that a row names.  Raises ValueError when its JSON is not of that form."""
    for question in json.loads(row["questions"]):
        yield from from_dict(JudgedQuestion, question).statements
    yield from map(str, json.loads(row["parted"]))


def record(row: Mapping[str, Any], *, standing: bool) -> JudgementRecord:
    return JudgementRecord(
        id=row["id"],
        kind=JudgementKind(row["kind"]),
        subject=row["subject"],
        object=row["object"],
        by=row["by"],
        note=row["note"],
        recorded_at=datetime.datetime.fromisoformat(row["recorded_at"]),
        previous=row["previous"],
        standing=standing,
        questions=tuple(from_dict(JudgedQuestion, question) for question in json.loads(row["questions"])),
        parted=tuple(json.loads(row["parted"])),
    )
