"""`quoth eval attribution`: figures as tables and JSON, mistakes, predictions kept and compared."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import quoth.measure.attribution
from quoth.cli import cli
from quoth.measure.attribution import Annotated, Attribution
from quoth.model import Span

FIRST = "“We will win,” Ida Berg said."
SECOND = "The owner \x1b[31m\u202efears that it will sink."


def row(text: str, source: str, cue: str, content: str) -> dict[str, Any]:
    spans = {"source": source, "cue": cue, "content": content}
    return {role: [[text.index(words), text.index(words) + len(words)]] for role, words in spans.items()}


RIGHT = row(FIRST, "Ida Berg", "said", "“We will win,”")
WRONG_CUE = row(FIRST, "Ida Berg", "Berg", "“We will win,”")
INDIRECT = row(SECOND, "The owner \x1b[31m\u202e", "fears", "that it will sink")


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    lines = [
        {"doc_id": "a", "text": FIRST, "attributions": [RIGHT]},
        {"doc_id": "b\x1b[2J", "text": SECOND, "attributions": [INDIRECT, {"source": [[0, 3]]}]},
    ]
    return written(tmp_path / "gold.jsonl", lines)


def written(path: Path, lines: Iterable[Any]) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def predictions(path: Path, first: list[Any], second: list[Any]) -> Path:
    return written(path, [{"doc_id": "b\x1b[2J", "attributions": second}, {"doc_id": "a", "attributions": first}])


def run(*arguments: Any) -> Result:
    return CliRunner(env={"COLUMNS": "160"}).invoke(cli, ["eval", "attribution", *map(str, arguments)])


def test_figures_as_json(gold: Path, tmp_path: Path) -> None:
    predicted = predictions(tmp_path / "p.jsonl", [RIGHT, WRONG_CUE], [])
    result = run(gold, "--predicted", predicted, "--json", "--bootstrap", 100)
    assert result.exit_code == 0, result.output
    line = json.loads(result.stdout)
    assert (line["documents"], line["gold_without_content_left_out"]) == (2, 1)
    assert (line["gold"], line["predicted"], line["against"]) == (str(gold), str(predicted), None)
    assert list(line["types"]) == ["all", "direct", "indirect", "mixed"]
    assert line["types"]["all"]["triple.relaxed"] == {"p": 0.5, "r": 0.5, "f1": 0.5}
    assert line["types"]["direct"]["triple.relaxed"] == {"p": 0.5, "r": 1.0, "f1": 2 / 3}
    assert line["types"]["direct"]["cue.n"] == 1
    assert line["cues"]["other verb"]["gold"] == 1
    assert line["cues"]["speech verb"]["content.exact"]["p"] == 1
    assert line["intervals"]["draws"] == 100
    assert line["intervals"]["types"]["all"]["triple.relaxed"] == [0.0, 2 / 3]
    assert "errors" not in line
    assert "difference" not in line
    assert json.loads(run(gold, "--predicted", predicted, "--format", "json", "--bootstrap", 100).stdout) == line


def test_figures_as_tables(gold: Path, tmp_path: Path) -> None:
    result = run(gold, "--predicted", predictions(tmp_path / "p.jsonl", [RIGHT, WRONG_CUE], []))
    assert result.exit_code == 0, result.output
    rows = [line.split() for line in result.stdout.splitlines()]
    assert ["triple.relaxed", "50.0", "50.0", "50.0", "50.0", "100.0", "66.7", *["0.0"] * 6] in rows
    assert ["source.overlap", "100.0", "(1)", "100.0", "(1)", "–", "–"] in rows
    assert next(row for row in rows if row[:2] == ["speech", "verb"])[2:7] == ["1", "/", "1", "100.0", "100.0"]
    assert "1 gold attributions without content are left out" in result.stdout


def test_no_draws_no_intervals(gold: Path, tmp_path: Path) -> None:
    predicted = predictions(tmp_path / "p.jsonl", [RIGHT], [])
    result = run(gold, "--predicted", predicted, "--against", predicted, "--bootstrap", 0)
    assert result.exit_code == 0, result.output
    assert "[" not in result.stdout
    line = json.loads(run(gold, "--predicted", predicted, "--against", predicted, "--bootstrap", 0, "--json").stdout)
    assert "intervals" not in line
    assert line["difference"]["types"]["all"]["pair.head"] == {"f1": 0.0, "interval": None}


def test_differences_to_another_system(gold: Path, tmp_path: Path) -> None:
    mine = predictions(tmp_path / "mine.jsonl", [RIGHT], [INDIRECT])
    theirs = predictions(tmp_path / "theirs.jsonl", [WRONG_CUE], [INDIRECT])
    line = json.loads(run(gold, "--predicted", mine, "--against", theirs, "--json", "--bootstrap", 200).stdout)
    assert line["difference"]["types"]["all"]["triple.relaxed"] == {"f1": 0.5, "interval": [0.0, 1.0]}
    assert line["difference"]["types"]["all"]["pair.relaxed"] == {"f1": 0.0, "interval": [0.0, 0.0]}
    shown = run(gold, "--predicted", mine, "--against", theirs).stdout
    assert ["triple.relaxed", "+50.0", "[+0.0,", "+100.0]"] in [line.split() for line in shown.splitlines()]


def test_mistakes_on_a_terminal_are_escaped(gold: Path, tmp_path: Path) -> None:
    result = run(gold, "--predicted", predictions(tmp_path / "p.jsonl", [WRONG_CUE, RIGHT, RIGHT], []), "--errors", 1)
    assert result.exit_code == 0, result.output
    assert "missed: indirect, other verb, in b\\u001b[2J at 22" in result.stdout
    assert "spurious: direct, speech verb, in a at 0" in result.stdout
    assert "The owner \\u001b[31m\\u202e" in result.stdout
    assert "2 of 3 mistakes" in result.stderr
    assert not {"\x1b", "\u202e"} & {*result.output}


def test_mistakes_side_by_side(gold: Path, tmp_path: Path) -> None:
    result = run(gold, "--predicted", predictions(tmp_path / "p.jsonl", [WRONG_CUE], [INDIRECT]), "--errors", 5)
    rows = [line.split() for line in result.stdout.splitlines()]
    assert ["cue", "said", "Berg"] in rows


def test_mistakes_as_a_file_and_in_json(gold: Path, tmp_path: Path) -> None:
    predicted = predictions(tmp_path / "p.jsonl", [WRONG_CUE], [])
    result = run(gold, "--predicted", predicted, "--errors", tmp_path / "wrong.jsonl")
    assert f"Wrote {tmp_path / 'wrong.jsonl'}: 2 mistakes" in result.stderr
    lines = [json.loads(line) for line in (tmp_path / "wrong.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["kind"] for line in lines] == ["cue", "missed"]
    assert lines[0]["predicted"]["cue"] == {"text": "Berg", "spans": [[19, 23]]}
    assert (lines[1]["predicted"], lines[1]["type"], lines[1]["cue_kind"]) == (None, "indirect", "other verb")
    result = run(gold, "--predicted", predicted, "--errors", 9, "--json")
    assert sorted(error["kind"] for error in json.loads(result.stdout)["errors"]) == ["cue", "missed"]
    assert "\x1b" not in result.stdout


def test_quoth_reads_and_keeps_what_it_read(gold: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(documents: Iterable[Annotated], profile: str) -> Iterator[tuple[str, tuple[Attribution, ...]]]:
        for document in documents:
            yield document.id, (Attribution(content=(Span(0, 5),)),) if document.id == "a" else ()

    monkeypatch.setattr(quoth.measure.attribution, "read_attributions", read)
    result = run(gold, "--write", tmp_path / "mine.jsonl", "--json")
    assert result.exit_code == 0, result.output
    assert "Reading documents: 2" in result.stderr
    again = run(gold, "--predicted", tmp_path / "mine.jsonl", "--json")
    first, second = json.loads(result.stdout), json.loads(again.stdout)
    assert first["types"] == second["types"]
    assert first["types"]["all"]["content.any"]["p"] == 1


def test_quoth_reads_the_texts_with_its_own_rules(tmp_path: Path) -> None:
    gold = written(tmp_path / "gold.jsonl", [{"doc_id": "a", "text": f"Berg\n{FIRST}", "attributions": []}])
    result = run(gold, "--write", tmp_path / "mine.jsonl", "--bootstrap", 0)
    assert result.exit_code == 0, result.output
    (line,) = (tmp_path / "mine.jsonl").read_text(encoding="utf-8").splitlines()
    (found,) = json.loads(line)["attributions"]
    assert (found["source"], found["cue"]) == ([[20, 28]], [[29, 33]])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["none.jsonl"], "none.jsonl: No such file or directory"),
        (["gold.jsonl", "--predicted", "gold.jsonl", "--write", "x.jsonl"], "with --predicted it reads nothing"),
        (["gold.jsonl", "--write", "gold.jsonl"], "gold.jsonl would be written over"),
        (["gold.jsonl", "--write", "x.jsonl", "--errors", "x.jsonl"], "x.jsonl would be written over"),
        (["gold.jsonl", "--write", "none/x.jsonl"], "none/x.jsonl: there is no folder none"),
        (["gold.jsonl", "--errors", "0"], "a number above 0 or a file"),
        (["gold.jsonl", "--bootstrap", "-1"], "--bootstrap"),
        (["gold.jsonl", "--predicted", "bad.jsonl"], "bad.jsonl, line 2: it is no JSON"),
        (["gold.jsonl", "--against", "bad.jsonl"], "bad.jsonl, line 2: it is no JSON"),
    ],
)
def test_what_cannot_be_done_is_told_before_the_work(
    gold: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delattr(quoth.measure.attribution, "read_attributions")
    (tmp_path / "bad.jsonl").write_text('{"doc_id": "a", "attributions": []}\n{"doc_id"', encoding="utf-8")
    before = gold.read_bytes()
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())
    assert "bug" not in result.stderr
    assert gold.read_bytes() == before
