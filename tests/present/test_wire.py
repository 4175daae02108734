from __future__ import annotations

import datetime
import json

import pytest

from quoth.model import AgentKind, Alias, Comparison, Entity, Rated, Rating
from quoth.present.flat import question_rows, rating_row
from quoth.present.wire import (
    document_line,
    entity_line,
    json_text,
    origin_line,
    question_line,
    rating_line,
    statement_line,
)

STATEMENT = "id document source via cue content quote act factuality said distance origin events"
EVENT = "predicate agent theme recipient place quantity time polarity"


NOTHING = Comparison(questions=(), origins=())
IDA = Entity(
    id="e0" * 16,
    name="Ida Solberg",
    kind=AgentKind.PERSON,
    side="harbour",
    aliases=(Alias(name="Solberg", rule="family-name", why="the only one", statements=("a0" * 16,)),),
)


def told(statement_id: str) -> Comparison:
    """A comparison that knows the utterance and the speaker of one statement."""
    return Comparison(
        questions=(),
        origins=(),
        origin_of={statement_id: "a0" * 16},
        entities=(IDA,),
        speaker_of={statement_id: IDA.id},
    )


def keys(line: dict[str, object], count: int) -> str:
    return " ".join(list(line)[:count])


def test_statement_keys_stand_in_the_contract_s_order(story):
    statement, document = story.statements[0], story.documents[0]
    line = statement_line(statement, document, told(statement.id))
    assert keys(line, 13) == STATEMENT
    assert list(line)[13:] == ["pattern", "confidence", "block", "context", "speaker"]
    assert line["speaker"] == {"id": IDA.id, "name": "Ida Solberg", "side": "harbour"}
    assert " ".join(line["document"]) == "id file url outlet published"
    assert keys(line["source"], 4) == "name kind text spans"
    assert " ".join(line["cue"]) == "text spans"
    assert keys(line["said"], 3) == "earliest latest text"
    [event] = line["events"]
    assert keys(event, 8) == EVENT
    assert list(event)[8:] == ["class", "phase", "factuality", "trigger", "instrument"]
    assert keys(event["theme"], 3) == "name text spans"
    assert keys(event["place"], 7) == "name text country latitude longitude precision spans"
    assert keys(event["quantity"], 6) == "min max unit approximate text spans"


def test_statement_line_holds_the_words_and_their_offsets(story):
    document = story.documents[0]
    line = statement_line(story.statements[0], document, NOTHING)
    assert (line["origin"], line["speaker"]) == (None, None)
    assert line["source"]["name"] == "Ida Solberg"
    assert line["document"]["published"] == "2031-03-03"
    assert line["act"] == "request"
    assert line["factuality"] == "U"
    for mention in (line["source"], line["cue"], line["content"], line["events"][0]["quantity"]):
        [[start, end]] = mention["spans"]
        assert document.text[start:end] == mention["text"]


def test_what_is_not_known_is_null(story):
    line = statement_line(story.statements[-1], story.documents[-1], NOTHING)
    assert line["said"] is None
    assert line["document"]["outlet"] is None
    assert line["document"]["published"] is None
    assert line["distance"] == {"kind": "doubt", "text": "claimed", "spans": line["cue"]["spans"]}
    narrated = statement_line(story.statements[3], story.documents[1], NOTHING)
    assert narrated["cue"] is None
    assert narrated["source"] | {"country": 0} == {
        "name": "Harbour Wire",
        "kind": "narrator",
        "text": "",
        "spans": [],
        "country": 0,
        "why": None,
        "role": None,
    }
    assert narrated["events"][0]["time"]["text"] == "in 2031"
    assert keys(narrated["events"][0]["time"], 5) == "earliest latest precision text spans"


def test_question_line(graded):
    lines = [question_line(q, graded.assessments[q.id]) for q in graded.comparison.questions]
    line = lines[1]
    assert " ".join(line) == "id question event slot values relations wording judgements asked"
    assert " ".join(line["event"]) == "predicate agent theme place"
    assert keys(line["values"][0], 7) == "value text statements origins reports factuality latest_said"
    assert list(line["values"][0])[7:10] == ["origin_ids", "voices", "label"]
    assert list(line["values"][0])[10:] == ["credibility", "reliability", "sides", "no_side"]
    assert [v["value"] for v in line["values"]] == [
        ["2031-07-01", "2031-12-31"],
        ["2031-01-01", "2031-12-31"],
        [None, "2032-12-31"],
    ]
    assert [v["origins"] for v in line["values"]] == [1, 0, 1]
    assert " ".join(line["relations"][0]) == "a b type why rule"
    assert lines[0]["values"][1]["reports"] == 2
    assert lines[0]["values"][0]["value"] == [10, 10]


def test_question_line_holds_grades_and_sides_at_the_end_of_a_value(graded):
    many, when, whether = (question_line(q, graded.assessments[q.id])["values"] for q in graded.comparison.questions)
    assert many[1]["credibility"] == {
        "grade": "6",
        "why": "given by 1 voice; nothing that another voice says confirms or contradicts it",
    }
    assert many[1]["reliability"] == [
        {"source": "Karl Mende", "as": "voice", "grade": "B", "topic": "ferries", "by": "ana"},
        {"source": "Harbour Wire", "as": "outlet", "grade": "F", "topic": None, "by": "bo <b>"},
    ]
    assert (many[0]["sides"], many[0]["no_side"]) == (["Estra"], [])
    assert (many[1]["sides"], many[1]["no_side"]) == ([], ["Karl Mende"])
    assert [of["source"] for of in when[1]["reliability"]] == ["Harbour Wire"]
    assert [value["credibility"]["grade"] for value in whether] == ["6", "6"]
    rows = list(question_rows(question_line(graded.comparison.questions[0], graded.assessments["e1" * 16])))
    assert list(rows[1])[-9:-3] == ["credibility", "credibility_why", "marks", "reliability", "sides", "no_side"]
    assert (rows[1]["credibility"], rows[1]["marks"], rows[1]["reliability"], rows[1]["no_side"]) == (
        "6", "B6 F6", "B Karl Mende (voice); F Harbour Wire (outlet)", "Karl Mende"
    )  # fmt: skip
    assert rows[0]["sides"] == "Estra"


def test_a_rating_s_line():
    rating = Rating(
        id="a0" * 16, name="Wire", topic=None, grade=None, by="ana", note="gone",
        recorded_at=datetime.datetime(2031, 5, 1, tzinfo=datetime.UTC), previous=None,
    )  # fmt: skip
    line = rating_line(Rated(rating=rating, names=("Harbour Wire", "Wire"), agents=(), standing=False))
    assert " ".join(line) == "id name grade topic by note recorded_at standing rates"
    assert (line["grade"], line["recorded_at"], line["rates"]) == (
        None, "2031-05-01T00:00:00+00:00", ["Harbour Wire", "Wire"]
    )  # fmt: skip
    assert rating_row(line)["rates"] == "Harbour Wire; Wire"


def test_origin_and_document_lines(story):
    line = origin_line(story.comparison.origins[1])
    assert (line["voice"], line["reports"], len(line["statements"])) == ("Karl Mende", 2, 3)
    assert line["links"][1] == {
        "parent": "Harbour Wire",
        "child": "Morning Tide",
        "document": "c" * 32,
        "statement": "6" * 32,
    }
    document = document_line(story.documents[2], [story.statements[5]])
    assert document["relays"] == [{"name": "Harbour Wire", "text": None, "spans": []}]
    assert document["statements"] == ["6" * 32]
    assert "text" not in document


@pytest.mark.parametrize("nasty", ["\u2028", "\u202e", "\x85", "\x1b[31m", "\ud800", "\ufeff", "a\nb\r\x0b\x0c"])
def test_json_text_is_one_line_that_loses_nothing(nasty):
    text = json_text({"words": f"x{nasty}y é 日本"})
    assert len(text.splitlines()) == 1
    assert json.loads(text) == {"words": f"x{nasty}y é 日本"}
    assert "é 日本" in text
    text.encode("utf-8")
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_an_entity_s_line_holds_its_names_and_their_reasons():
    line = entity_line(IDA)
    assert keys(line, 7) == "id name side kind country names role"
    assert line["names"] == [
        {"name": "Solberg", "rule": "family-name", "why": "the only one", "statements": ["a0" * 16]}
    ]
