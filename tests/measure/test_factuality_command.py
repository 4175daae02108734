"""`quoth eval factuality` on rated sentences and on CAT XML made by hand, and the classes of annotated events."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from quoth.cli import cli
from quoth.measure.cat import EventMention
from quoth.measure.factuality.classes import Class, annotated_class
from quoth.measure.factuality.happened import HappenedFileError, load_happened

RATED = [
    {"text": "The boat sank on Monday .", "targets": [{"span1": [2, 3], "label": 3.0}]},
    {"text": "The crew did not leave .", "targets": [{"span1": [4, 5], "label": -3.0}]},
    {"text": "The owner may sell the boat .", "targets": [{"span1": [3, 4], "label": -1.0}]},
]


def rated(folder: Path, lines: list[dict[str, Any]] = RATED) -> Path:
    path = folder / "rated.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return path


def run(*arguments: str) -> Any:
    return CliRunner().invoke(cli, ["eval", "factuality", *arguments])


def test_what_happened_is_graded_above_what_did_not(tmp_path: Path) -> None:
    result = run(str(rated(tmp_path)), "--format", "json", "--at-least", "pearson_r=0.8")
    assert result.exit_code == 0, result.output
    line = json.loads(result.stdout)
    figures = (line[0] if isinstance(line, list) else line)["figures"]
    assert figures["pearson_r"]["n"] == 3
    assert figures["pearson_r"]["value"] > 0.8


def test_a_correlation_not_reached_exits_with_1(tmp_path: Path) -> None:
    turned = [{**line, "targets": [{**line["targets"][0], "label": -line["targets"][0]["label"]}]} for line in RATED]
    assert run(str(rated(tmp_path, turned)), "--at-least", "pearson_r=0.5").exit_code == 1


def test_files_of_both_forms_are_each_held_to_their_own_figures(tmp_path: Path) -> None:
    words = ["The", "boat", "sank", "."]
    tokens = "".join(f'<token t_id="{k}" number="{k - 1}" sentence="0">{w}</token>' for k, w in enumerate(words, 1))
    marked = tmp_path / "boat.xml"
    marked.write_text(
        f'<Document doc_id="1" doc_name="boat" lang="en">{tokens}<Markables><EVENT_MENTION m_id="1" pred="sink" '
        'pos="VERB" certainty="CERTAIN" polarity="POS" time="NON_FUTURE" special_cases="NONE">'
        '<token_anchor t_id="3"/></EVENT_MENTION></Markables><Relations></Relations></Document>',
        encoding="utf-8",
    )
    both = (str(rated(tmp_path)), str(marked))
    held = run(*both, "--at-least", "pearson_r=0.8", "--at-least", "macro_f1=0.9")
    assert held.exit_code == 0, held.output
    assert run(*both, "--at-most", "macro_f1=0.5").exit_code == 1
    assert run(*both, "--at-least", "no_such=1").exit_code == 2


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ({"targets": []}, "text"),
        ({"text": "It left ."}, "targets"),
        ({"text": "It left .", "targets": [{"span1": [2, 9], "label": 1}]}, "span1"),
        ({"text": "It left .", "targets": [{"span1": [1, 2], "label": 7}]}, "label"),
    ],
)
def test_a_line_that_does_not_fit_is_named_with_its_field(tmp_path: Path, line: dict[str, Any], field: str) -> None:
    path = rated(tmp_path, [RATED[0], line])
    with pytest.raises(HappenedFileError) as raised:
        load_happened(path)
    assert raised.value.where is not None
    assert "line 2" in raised.value.where
    assert field in raised.value.where
    assert run(str(path)).exit_code == 2


def event(**fields: str) -> EventMention:
    plain: dict[str, Any] = dict.fromkeys(EventMention.__dataclass_fields__)
    return EventMention(**{**plain, "id": "1", "tokens": (0,), "certainty": "CERTAIN", "polarity": "POS", **fields})


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({}, Class.CERTAIN),
        ({"polarity": "NEG"}, Class.CERTAINLY_NOT),
        ({"certainty": "POSSIBLE", "time": "FUTURE"}, Class.POSSIBLE),
        ({"time": "FUTURE", "polarity": "NEG"}, Class.OPEN),
        ({"special_cases": "COND_IF_CLAUSE"}, Class.OPEN),
    ],
)
def test_the_class_of_an_annotated_event(fields: dict[str, str], wanted: Class) -> None:
    assert annotated_class(event(**fields)) is wanted


def test_an_event_without_a_certainty_has_no_class() -> None:
    assert annotated_class(event(certainty=None)) is None  # type: ignore[arg-type]
