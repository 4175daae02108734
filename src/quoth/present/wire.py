"""Statements, questions, origins and documents as JSON objects: the contract that outside tools rely on.

Keys come in a fixed order; new ones are only ever added at the end of an object.  Offsets are code points of
the document's text, half open; days are ISO 8601; what is not known is null.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from quoth.model import (
    Agent,
    Article,
    Assessment,
    Change,
    Comparison,
    Distance,
    Document,
    Edit,
    Entity,
    Event,
    EventFrame,
    Heading,
    JudgedQuestion,
    Link,
    Mention,
    Origin,
    Place,
    Quantity,
    Question,
    Rated,
    Relation,
    Relay,
    Span,
    Statement,
    Value,
    Weighing,
    When,
)

if TYPE_CHECKING:
    from quoth.ledger import JudgementRecord

Line = dict[str, Any]

# What JSON lets through raw but a reader of lines, or a terminal, does not: these go as \uXXXX, losing nothing.
_RAW_IN_JSON = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")


def json_text(line: Line) -> str:
    """One line of JSON: UTF-8, no line break of any kind inside, no terminal or direction control left raw."""
    return _RAW_IN_JSON.sub(lambda m: f"\\u{ord(m[0]):04x}", json.dumps(line, ensure_ascii=False, allow_nan=False))


def statement_line(statement: Statement, document: Document, comparison: Comparison) -> Line:
    """A statement, with the id of its utterance and the entity that speaks, as far as the case tells them."""
    speaker = comparison.speaker_of.get(statement.id)
    return {
        "id": statement.id,
        "document": {
            "id": document.id,
            "file": document.file,
            "url": document.url,
            "outlet": document.outlet,
            "published": _day(document.published),
        },
        "source": _source(statement.source),
        "via": [_relay(relay) for relay in statement.via],
        "cue": _mention(statement.cue),
        "content": _mention(statement.content),
        "quote": statement.quote.value,
        "act": statement.act.value,
        "factuality": statement.factuality.value,
        "said": _said(statement.said),
        "distance": _distance(statement.distance),
        "origin": comparison.origin_of.get(statement.id),
        "events": [_event(event) for event in statement.events],
        "pattern": statement.pattern,
        "confidence": statement.confidence,
        "block": statement.block.value,
        "context": _span(statement.context),
        "speaker": next((_speaker(e) for e in comparison.entities if e.id == speaker), None),
    }


def entity_line(entity: Entity) -> Line:
    """An agent across the case, under all its names, with what each of these rests on."""
    return {
        **_speaker(entity),
        "kind": entity.kind.value,
        "country": entity.country,
        "names": [
            {"name": a.name, "rule": a.rule, "why": a.why, "statements": list(a.statements)} for a in entity.aliases
        ],
        "role": entity.role,
    }


def change_line(change: Change) -> Line:
    """What is new about a question, with the statements that show it."""
    return {
        "kind": change.kind.value,
        "question_id": change.question,
        "question": change.text,
        "answer": change.answer,
        "value": _answer(change.value),
        "before": list(change.before),
        "voice": change.voice,
        "origins": list(change.origins) if change.origins else None,
        "why": list(change.why),
        "statements": list(change.statements),
    }


def weighing_line(weighing: Weighing) -> Line:
    """What each method believes of a question; several answers where they tie."""
    return {
        "question_id": weighing.question,
        "question": weighing.text,
        "voices": weighing.voices,
        "believed": {method: list(answers) for method, answers in weighing.believed.items()},
    }


def judgement_line(judgement: JudgementRecord, rests: bool) -> Line:
    """What a person judged; `subject` and `object` are ids, names of agents, or a question's.  `rests`: it stands, but
    changes nothing at present."""
    return {
        "id": judgement.id,
        "kind": judgement.kind.value,
        "subject": judgement.subject,
        "object": judgement.object,
        "by": judgement.by,
        "note": judgement.note,
        "recorded_at": judgement.recorded_at.isoformat(),
        "standing": judgement.standing,
        "questions": [_judged(question) for question in judgement.questions],
        "parted": list(judgement.parted),
        "rests": rests,
    }


def _judged(question: JudgedQuestion) -> Line:
    return {
        "id": question.id,
        "question": question.text,
        "event": _frame(question.event),
        "slot": question.slot.value,
        "statements": list(question.statements),
    }


def _speaker(entity: Entity) -> Line:
    return {"id": entity.id, "name": entity.name, "side": entity.side}


def rating_line(rated: Rated) -> Line:
    """How reliable somebody holds a source; `rates` are the names of all whom it rates in this case."""
    rating = rated.rating
    return {
        "id": rating.id,
        "name": rating.name,
        "grade": rating.grade.value if rating.grade else None,
        "topic": rating.topic,
        "by": rating.by,
        "note": rating.note,
        "recorded_at": rating.recorded_at.isoformat(),
        "standing": rated.standing,
        "rates": list(rated.names),
    }


def question_line(question: Question, assessed: Sequence[Assessment]) -> Line:
    """A question with its values, an assessment for each, and how their statements relate."""
    return {
        "id": question.id,
        "question": question.text,
        "event": _frame(question.event),
        "slot": question.slot.value,
        "values": [_value(*both) for both in zip(question.values, assessed, strict=True)],
        "relations": [_relation(relation) for relation in question.relations],
        "wording": question.wording,
        "judgements": list(question.judgements),
        "asked": question.asked,
    }


def heading_line(heading: Heading) -> Line:
    """A question without its answers, and how many it has."""
    return {
        "id": heading.id,
        "question": heading.text,
        "event": _frame(heading.event),
        "slot": heading.slot.value,
        "answers": heading.answers,
        "statements": heading.statements,
        "reports": heading.reports,
        "origins": heading.origins,
        "disputes": heading.disputes,
        "tensions": heading.tensions,
        "replaced": heading.replaced,
    }


def origin_line(origin: Origin) -> Line:
    """An utterance, its reports and who had it from whom."""
    return {
        "id": origin.id,
        "voice": origin.voice,
        "said": _said(origin.said),
        "statements": list(origin.statements),
        "documents": list(origin.documents),
        "reports": origin.reports,
        "links": [_link(link) for link in origin.links],
    }


def document_line(document: Document, statements: Sequence[Statement] = ()) -> Line:
    """A document without its text; `statements` are those read in it."""
    return {
        "id": document.id,
        "file": document.file,
        "url": document.url,
        "outlet": document.outlet,
        "title": document.title,
        "authors": list(document.authors),
        "language": document.language,
        "published": _day(document.published),
        "updated": _day(document.updated),
        "relays": [_relay(relay) for relay in document.relays],
        "characters": len(document.text),
        "sha256": document.sha256,
        "statements": [statement.id for statement in statements],
        "notes": [
            {"code": note.code, "message": note.message, "span": _span(note.span) if note.span else None}
            for note in document.notes
        ],
        "retrieved": _moment(document.retrieved),
    }


def article_line(article: Article) -> Line:
    """An article in all its versions, with what each changed in the one before it."""
    return {
        "url": article.url,
        "title": article.title,
        "versions": [
            {
                "document": version.document,
                "published": _day(version.published),
                "updated": _day(version.updated),
                "retrieved": _moment(version.retrieved),
                "edits": [_edit(edit) for edit in version.edits],
                "added": list(version.added),
                "removed": list(version.removed),
                "corrections": [_span(span) for span in version.corrections],
            }
            for version in article.versions
        ],
    }


def _edit(edit: Edit) -> Line:
    return {
        "old": _span(edit.old) if edit.old else None,
        "new": _span(edit.new) if edit.new else None,
        "passages": [{"kind": p.kind.value, "text": p.text, "span": _span(p.span)} for p in edit.passages],
    }


def _day(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


def _moment(moment: datetime.datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


def _spans(spans: Sequence[Span]) -> list[list[int]]:
    return [_span(span) for span in spans]


def _mention(mention: Mention | None) -> Line | None:
    if mention is None:
        return None
    return {"text": mention.text, "spans": _spans(mention.spans)}


def _source(agent: Agent) -> Line:
    return {
        "name": agent.name,
        "kind": agent.kind.value if agent.kind else None,
        "text": agent.text,
        "spans": _spans(agent.spans),
        "country": agent.country,
        "why": agent.why,
        "role": agent.role,
    }


def _agent(agent: Agent | None) -> Line | None:
    if agent is None:
        return None
    return {
        "name": agent.name,
        "text": agent.text,
        "spans": _spans(agent.spans),
        "kind": agent.kind.value if agent.kind else None,
        "country": agent.country,
    }


def _relay(relay: Relay) -> Line:
    return {"name": relay.name, "text": relay.text, "spans": _spans(relay.spans)}


def _distance(distance: Distance | None) -> Line | None:
    if distance is None:
        return None
    return {"kind": distance.kind.value, "text": distance.text, "spans": _spans(distance.spans)}


def _said(when: When | None) -> Line | None:
    if when is None:
        return None
    return {
        "earliest": _day(when.earliest),
        "latest": _day(when.latest),
        "text": when.text,
        "precision": when.precision.value,
        "basis": when.basis.value,
        "spans": _spans(when.spans),
    }


def _time(when: When | None) -> Line | None:
    if when is None:
        return None
    return {
        "earliest": _day(when.earliest),
        "latest": _day(when.latest),
        "precision": when.precision.value,
        "text": when.text,
        "spans": _spans(when.spans),
        "approximate": when.approximate,
    }


def _place(place: Place | None) -> Line | None:
    if place is None:
        return None
    return {
        "name": place.name,
        "text": place.text,
        "country": place.country,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "precision": place.precision.value if place.precision else None,
        "spans": _spans(place.spans),
        "region": place.region,
        "geonames": place.geonames,
    }


def _quantity(quantity: Quantity | None) -> Line | None:
    if quantity is None:
        return None
    return {
        "min": quantity.min,
        "max": quantity.max,
        "unit": quantity.unit,
        "approximate": quantity.approximate,
        "text": quantity.text,
        "spans": _spans(quantity.spans),
        "counted": quantity.counted,
        "counting": quantity.counting.value,
        "per": quantity.per,
    }


def _event(event: Event) -> Line:
    return {
        "predicate": event.predicate,
        "agent": _agent(event.agent),
        "theme": _agent(event.theme),
        "recipient": _agent(event.recipient),
        "place": _place(event.place),
        "quantity": _quantity(event.quantity),
        "time": _time(event.time),
        "polarity": event.polarity.value,
        "class": event.predicate_class,
        "phase": event.phase.value,
        "factuality": event.factuality.value,
        "trigger": _mention(event.trigger),
        "instrument": _agent(event.instrument),
    }


def _frame(frame: EventFrame) -> Line:
    return {"predicate": frame.predicate, "agent": frame.agent, "theme": frame.theme, "place": frame.place}


def _value(value: Value, assessed: Assessment) -> Line:
    return {
        "value": _answer(value.value),
        "text": value.text,
        "statements": list(value.statements),
        "origins": len(value.origins),
        "reports": len(value.documents),
        "factuality": value.factuality.value,
        "latest_said": _day(value.latest_said),
        "origin_ids": list(value.origins),
        "voices": list(value.voices),
        "label": value.label,
        "credibility": {"grade": assessed.credibility.value, "why": assessed.why},
        "reliability": [
            {"source": of.source, "as": of.role.value, "grade": of.grade.value, "topic": of.topic, "by": of.by}
            for of in assessed.reliability
        ],
        "sides": None if assessed.sides is None else list(assessed.sides),
        "no_side": None if assessed.no_side is None else list(assessed.no_side),
    }


def _answer(answer: object) -> object:
    if isinstance(answer, tuple):
        return [_answer(end) for end in answer]
    return answer.isoformat() if isinstance(answer, datetime.date) else answer


def _relation(relation: Relation) -> Line:
    return {"a": relation.a, "b": relation.b, "type": relation.type.value, "why": relation.why, "rule": relation.rule}


def _link(link: Link) -> Line:
    return {"parent": link.parent, "child": link.child, "document": link.document_id, "statement": link.statement_id}
