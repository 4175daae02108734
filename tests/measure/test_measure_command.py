"""`quoth eval` on a small story whose readings are made by hand: no article is read here."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner, Result

import quoth.measure
from quoth.cli import cli
from quoth.measure.reading import Readings, readings_of
from quoth.model import Comparison

GOLD = {
    "file": "a.txt",
    "start": 0,
    "end": 25,
    "anchor": "The ferry sails on Monday",
    "source": "Solberg",
    "act": "assert",
    "factuality": "CT+",
    "quote": "indirect",
    "event": {"quantity": [10, 10]},
    "origin": "solberg",
}
QUESTION = {
    "id": "Q1",
    "values": [{"statements": ["A", "B"], "independent_origins": 1}],
    "relations": [{"a": "A", "b": "B", "type": "same"}],
}


@pytest.fixture
def folder(tmp_path: Path, make: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two statements, of which one is found; its quantity is wrong."""
    comparison = Comparison(questions=(make.question("1"),), origins=(), origin_of={"1": "x"})

    def read(story: Any, *, compare: bool, progress: Any = None, profile: str = "") -> Readings:
        read = make.readings([make.statement("1")], comparison if compare else None)
        return Readings(read.documents, read.statements, read.comparison, notes=("not read: b.txt: \x1b[31mempty",))

    monkeypatch.setattr(quoth.measure, "read", read)
    story = tmp_path / "ferry"
    (story / "articles").mkdir(parents=True)
    statements = [{**GOLD, "id": "A"}, {**GOLD, "id": "B", "file": "b.txt"}]
    (story / "statements.json").write_text(json.dumps(statements), encoding="utf-8")
    (story / "questions.json").write_text(json.dumps([QUESTION]), encoding="utf-8")
    return story


def run(*arguments: Any) -> Result:
    return CliRunner(env={"COLUMNS": "200"}).invoke(cli, ["eval", *map(str, arguments)])


def test_figures_as_a_table(folder: Path) -> None:
    result = run("statements", folder)
    assert result.exit_code == 0, result.output
    rows = {line.split()[0]: line.split()[1:] for line in result.stdout.splitlines() if len(line.split()) > 1}
    assert rows["found"] == ["0.500", "2", "0.095", "to", "0.905", "Wilson"]
    assert rows["traps"] == ["0"]
    assert "\\u001b[31mempty" in result.stderr
    assert "\x1b" not in result.output


def test_figures_as_json_with_errors(folder: Path) -> None:
    result = run("statements", folder, "--format", "json", "--errors")
    (line,) = json.loads(result.stdout)
    assert line["story"] == "ferry"
    assert line["figures"]["quantity"] == {"value": 0.0, "n": 1, "low": 0.0, "high": 0.7935, "interval": "Wilson"}
    assert line["figures"]["gold"] == {"value": 2, "n": None, "low": None, "high": None, "interval": None}
    assert line["errors"] == [
        {"what": "quantity", "ids": "A", "wanted": "10", "got": "", "words": f"a.txt: {GOLD['anchor']}"},
        {"what": "not found", "ids": "B", "wanted": GOLD["anchor"], "got": "", "words": f"b.txt: {GOLD['anchor']}"},
    ]


def test_errors_as_a_table(folder: Path) -> None:
    result = run("questions", folder, "--errors")
    assert result.exit_code == 0, result.output
    assert "A B" in result.stdout
    assert "missed" in result.stdout


def test_several_stories_are_also_one(folder: Path) -> None:
    lines = json.loads(run("questions", folder, folder, "--format", "json").stdout)
    assert [line["story"] for line in lines] == ["ferry", "ferry", "all stories"]
    assert [line["figures"]["matched"]["n"] for line in lines] == [2, 2, 4]


@pytest.mark.parametrize(
    ("bounds", "status"),
    [
        (["--at-least", "found=0.5", "--at-most", "readings_per_anchor=1"], 0),
        (["--at-least", "found=0.51"], 1),
        (["--at-most", "found=0.4"], 1),
        (["--at-least", "place=0.5"], 2),
        (["--at-least", "found"], 2),
    ],
)
def test_exit_status_tells_whether_figures_are_as_wanted(folder: Path, bounds: list[str], status: int) -> None:
    result = run("statements", folder, *bounds)
    assert result.exit_code == status, result.output
    if status == 1:
        assert "ferry: found is 0.5000, wanted at" in result.stderr


def test_a_story_without_questions_cannot_be_asked(folder: Path) -> None:
    (folder / "questions.json").unlink()
    result = run("questions", folder)
    assert result.exit_code == 2
    assert "questions.json" in result.stderr


def test_notes_tell_what_is_not_where_it_should_be(make: SimpleNamespace) -> None:
    class OneArticle:
        def documents(self) -> list[Any]:
            return [make.document("a.txt")]

        def statements(self) -> list[Any]:
            return []

    moved = make.expected("C")
    moved = replace(moved, anchor=replace(moved.anchor, words="The boat sails on Monday!"))
    gold = [make.expected("A"), make.expected("B", file="b.txt"), moved]
    notes = readings_of(OneArticle(), make.story(gold), compare=False).notes  # type: ignore[arg-type]
    assert len(notes) == 2
    assert notes[0].startswith("no article b.txt was read")
    assert "has 'The ferry sails on Monday', not 'The boat sails on Monday!'" in notes[1]
