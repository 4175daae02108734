"""Statements, questions, origins and documents as rows of a table, for spreadsheets: one line each, safe cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from quoth.present.escape import cell
from quoth.present.wire import Line

Row = dict[str, Any]

POLARITY = {"+": "positive", "-": "negative"}
"""In words: a cell that begins with a sign is taken for a formula."""


def csv_text(rows: Iterable[Row]) -> Iterator[str]:
    """Lines of CSV with a heading, ready to print; no spreadsheet takes a cell of it for a formula."""
    buffer = io.StringIO()
    writer = None
    for row in rows:
        if writer is None:
            writer = csv.writer(buffer, lineterminator="\n")
            writer.writerow(row)
        writer.writerow([cell(value) for value in row.values()])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def statement_row(line: Line) -> Row:
    """A statement's line (`quoth.present.wire`) with its main event, the first, in columns."""
    event = line["events"][0] if line["events"] else {}
    said, time, quantity = line["said"] or {}, event.get("time") or {}, event.get("quantity") or {}
    return {
        "id": line["id"],
        "outlet": line["document"]["outlet"],
        "published": line["document"]["published"],
        "source": line["source"]["name"],
        "source_kind": line["source"]["kind"],
        "source_text": line["source"]["text"],
        "via": "; ".join(relay["name"] for relay in line["via"]),
        "act": line["act"],
        "factuality": line["factuality"],
        "said_earliest": said.get("earliest"),
        "said_latest": said.get("latest"),
        "quote": line["quote"],
        "distance": line["distance"] and line["distance"]["text"],
        "cue": line["cue"] and line["cue"]["text"],
        "content": line["content"]["text"],
        "spans": _spans(line["content"]["spans"]),
        "predicate": event.get("predicate"),
        **{role: (event.get(role) or {}).get("name") for role in ("agent", "theme", "recipient", "place")},
        "quantity_min": quantity.get("min"),
        "quantity_max": quantity.get("max"),
        "quantity_unit": quantity.get("unit"),
        "time_earliest": time.get("earliest"),
        "time_latest": time.get("latest"),
        "polarity": POLARITY.get(event.get("polarity", "")),
        "events": len(line["events"]),
        "origin": line["origin"],
        "document": line["document"]["id"],
        "file": line["document"]["file"],
        "url": line["document"]["url"],
        "speaker": line["speaker"] and line["speaker"]["name"],
        "side": line["speaker"] and line["speaker"]["side"],
    }


def question_rows(line: Line) -> Iterator[Row]:
    """One row for each answer of a question's line; one without an answer where there is none."""
    for value in line["values"] or [_NO_ANSWER]:
        ends = value["value"] if isinstance(value["value"], list) else [value["value"], None]
        yield {
            "question_id": line["id"],
            "question": line["question"],
            "slot": line["slot"],
            "answer": value["text"],
            "low": ends[0],
            "high": ends[1],
            "label": value["label"],
            "origins": value["origins"],
            "reports": value["reports"],
            "voices": "; ".join(value["voices"]),
            "factuality": value["factuality"],
            "latest_said": value["latest_said"],
            "statements": " ".join(value["statements"]),
            "credibility": value["credibility"]["grade"],
            "credibility_why": value["credibility"]["why"],
            "marks": " ".join(of["grade"] + value["credibility"]["grade"] for of in value["reliability"]),
            "reliability": "; ".join(f"{of['grade']} {of['source']} ({of['as']})" for of in value["reliability"]),
            "sides": "; ".join(value["sides"] or ()),
            "no_side": "; ".join(value["no_side"] or ()),
            "wording": line["wording"],
            "judgements": " ".join(line["judgements"]),
            "asked": line["asked"],
        }


def heading_row(line: Line) -> Row:
    """A heading's line in columns, its event as they are named there."""
    return {**{name: value for name, value in line.items() if name != "event"}, **line["event"]}


_NO_ANSWER: Line = {
    **dict.fromkeys(("value", "text", "label", "factuality", "latest_said", "sides", "no_side")),
    "origins": 0,
    "reports": 0,
    "voices": [],
    "statements": [],
    "credibility": {"grade": None, "why": None},
    "reliability": [],
}


def judgement_row(line: Line) -> Row:
    """A judgement's line in columns: the questions judged by their words, statements by their ids."""
    return {
        **line,
        "questions": "; ".join(q["question"] for q in line["questions"]),
        "parted": " ".join(line["parted"]),
    }


def rating_row(line: Line) -> Row:
    """A rating's line in columns."""
    return {**line, "rates": "; ".join(line["rates"])}


def change_row(line: Line) -> Row:
    """A change's line in columns, its lists as words."""
    return {name: "; ".join(map(str, value)) if isinstance(value, list) else value for name, value in line.items()}


def weighing_rows(line: Line) -> Iterator[Row]:
    """One row for each method of a weighing's line."""
    shared = {name: line[name] for name in ("question_id", "question", "voices")}
    for method, answers in line["believed"].items():
        yield {**shared, "method": method, "believed": "; ".join(answers)}


def origin_row(line: Line) -> Row:
    """An origin's line in columns."""
    said = line["said"] or {}
    return {
        "id": line["id"],
        "voice": line["voice"],
        "said_earliest": said.get("earliest"),
        "said_latest": said.get("latest"),
        "reports": line["reports"],
        "statements": " ".join(line["statements"]),
        "documents": " ".join(line["documents"]),
    }


def entity_rows(line: Line) -> Iterator[Row]:
    """One row for each name of an entity's line."""
    for name in line["names"]:
        yield {
            "id": line["id"],
            "agent": line["name"],
            "kind": line["kind"],
            "country": line["country"],
            "side": line["side"],
            "name": name["name"],
            "rule": name["rule"],
            "why": name["why"],
            "statements": len(name["statements"]),
        }


def article_rows(line: Line) -> Iterator[Row]:
    """One row a version of an article."""
    for number, version in enumerate(line["versions"], start=1):
        put = [p["text"] for e in version["edits"] for p in e["passages"] if p["kind"] == "added"]
        out = [p["text"] for e in version["edits"] for p in e["passages"] if p["kind"] == "removed"]
        yield {
            "url": line["url"],
            "title": line["title"],
            "version": number,
            **{name: version[name] for name in ("document", "published", "updated", "retrieved")},
            "paragraphs": len(version["edits"]),
            "taken_out": " … ".join(out),
            "put_in": " … ".join(put),
            "statements_dropped": " ".join(version["removed"]),
            "statements_new": " ".join(version["added"]),
            "corrections": len(version["corrections"]),
        }


def document_row(line: Line) -> Row:
    """A document's line in columns."""
    plain = ("id", "outlet", "title", "published", "updated", "language", "characters", "file", "url", "sha256")
    return {
        **{name: line[name] for name in plain},
        "relays": "; ".join(relay["name"] for relay in line["relays"]),
        "statements": len(line["statements"]),
        "notes": "; ".join(note["message"] for note in line["notes"]),
        "retrieved": line["retrieved"],
    }


def _spans(spans: list[list[int]]) -> str:
    return " ".join(f"{start}:{end}" for start, end in spans)
