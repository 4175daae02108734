from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from quoth.measure.story import StoryError, load_story

STATEMENT = {
    "id": "A1",
    "file": "a.txt",
    "anchor": "sails",
    "start": 10,
    "end": 15,
    "source": ["Ida Solberg"],
    "act": "plan",
    "factuality": ["PR+", "CT+"],
    "said": "2031-03",
    "quote": "indirect",
    "event": {"predicate": "sail", "time": [None, "2031-12-31"], "quantity": {"min": 2, "max": None}},
    "origin": "solberg:1",
}
QUESTION = {
    "id": "Q1",
    "question": "When?",
    "slot": "time",
    "values": [{"value": None, "statements": ["A1"], "independent_origins": 1}],
    "relations": [{"a": "A1", "b": "A1", "type": "same", "why": "it is one"}],
}


def folder(at: Path, statements: Any = (STATEMENT,), questions: Any = None, traps: Any = None) -> Path:
    (at / "articles").mkdir()
    for name, rows in (("statements", statements), ("questions", questions), ("traps", traps)):
        if rows is not None:
            (at / f"{name}.json").write_text(json.dumps(rows), encoding="utf-8")
    return at


def test_a_story_is_loaded(tmp_path: Path) -> None:
    trap = {"file": "a.txt", "anchor": "Read more", "start": 0, "end": 9, "why": "a link"}
    story = load_story(folder(tmp_path, questions=[QUESTION], traps=[trap]))
    (expected,) = story.statements
    assert story.name == tmp_path.name
    assert (expected.source, expected.act, expected.factuality) == (("Ida Solberg",), ("plan",), ("PR+", "CT+"))
    assert (expected.said, expected.time) == (("2031-03-01", "2031-03-31"), (None, "2031-12-31"))
    assert (expected.quantity, expected.place, expected.origin) == ((2, None), (), "solberg:1")
    assert story.traps[0].why == "a link"
    assert story.questions is not None
    assert story.questions[0].values[0].origins == 1
    assert story.questions[0].relations[0].type == "same"
    assert story.statement("A1") is expected


def test_files_may_stand_in_expected_and_be_json_lines(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "expected").mkdir()
    (tmp_path / "expected" / "statements.jsonl").write_text(json.dumps(STATEMENT) + "\n\n", encoding="utf-8")
    story = load_story(tmp_path)
    assert [expected.id for expected in story.statements] == ["A1"]
    assert (story.traps, story.questions) == ((), None)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"said": "2031-03-04"}, {"said": ("2031-03-04", "2031-03-04")}),
        ({"said": "2031-03-04/2031-03-06"}, {"said": ("2031-03-04", "2031-03-06")}),
        ({"said": {"earliest": "2031-03-04", "latest": None}}, {"said": ("2031-03-04", None)}),
        ({"said": []}, {"said": None}),
        ({"said": [None, None]}, {"said": None}),
        ({"narrator": True}, {"source": ("@narrator",)}),
        ({"source_anonymous": True}, {"anonymous": True}),
        ({"origin": None}, {"origin": None}),
        ({"event": {"place": "Tarn"}}, {"place": ("Tarn",), "predicate": (), "time": None}),
        ({"event": {"arguments": {"place": ["Tarn", "Lune"]}, "place": "Gulf"}}, {"place": ("Tarn", "Lune")}),
    ],
)
def test_readings_may_be_written_in_several_ways(
    tmp_path: Path, fields: dict[str, Any], expected: dict[str, Any]
) -> None:
    (statement,) = load_story(folder(tmp_path, [{**STATEMENT, **fields}])).statements
    assert {name: getattr(statement, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"start": "10"}, "'start' is to be a whole number"),
        ({"start": -1}, "'start' is to be a whole number"),
        ({"end": 10}, "'end' is to be beyond the start"),
        ({"id": None}, "'id' is to be text, not null"),
        ({"source": []}, "'source' is to be text or a list"),
        ({"act": [1]}, "'act' is to be text or a list"),
        ({"said": ["2031-03-04"]}, "'said' is to be a pair of days"),
        ({"said": 2031}, "'said' is to be a pair of days"),
        ({"event": None}, "'event' is to be an object"),
        ({"event": {"quantity": ["ten", None]}}, "'quantity' is to be a pair of numbers"),
    ],
)
def test_a_field_that_does_not_fit_is_named(tmp_path: Path, fields: dict[str, Any], says: str) -> None:
    with pytest.raises(StoryError) as caught:
        load_story(folder(tmp_path, [STATEMENT, {**STATEMENT, "id": "A2", **fields}]))
    assert says in caught.value.what
    assert "statements.json, item 2" in (caught.value.where or "")


def test_a_field_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoryError, match="'file' is missing"):
        load_story(folder(tmp_path, [{k: v for k, v in STATEMENT.items() if k != "file"}]))


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ({**QUESTION, "values": None}, "'values' is to be a list of objects"),
        ({**QUESTION, "values": [{"statements": ["A9"], "independent_origins": 1}]}, "no statement 'A9'"),
        ({**QUESTION, "values": [{"statements": ["A1"]}]}, "'independent_origins' is missing"),
        ({**QUESTION, "relations": [{"a": "A1", "b": "A9", "type": "same"}]}, "no statement 'A9'"),
        ({**QUESTION, "relations": [{"a": "A1", "b": "A1"}]}, "'type' is missing"),
    ],
)
def test_a_question_that_does_not_fit_is_named(tmp_path: Path, question: dict[str, Any], says: str) -> None:
    with pytest.raises(StoryError) as caught:
        load_story(folder(tmp_path, questions=[question]))
    assert says in caught.value.what
    assert "questions.json, item 1 (Q1)" in (caught.value.where or "")


def test_two_statements_of_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(StoryError, match="two statements have the id 'A1'"):
        load_story(folder(tmp_path, [STATEMENT, STATEMENT]))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"[{", "it is no JSON"),
        (b"\xff\xfe", "it is not UTF-8"),
        (b"{}", "it is to hold a list"),
        (b"[1]", "it is to be an object"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes, says: str) -> None:
    (folder(tmp_path) / "statements.json").write_bytes(content)
    with pytest.raises(StoryError) as caught:
        load_story(tmp_path)
    assert says in caught.value.what
    assert "statements.json" in (caught.value.where or "")


def test_a_folder_that_is_no_story_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoryError, match="articles/"):
        load_story(tmp_path)
    (tmp_path / "articles").mkdir()
    with pytest.raises(StoryError, match=r"no statements\.json"):
        load_story(tmp_path)
