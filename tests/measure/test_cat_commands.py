"""`quoth eval events` and `quoth eval quantities` on a file of CAT XML made by hand, read by the reader itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from quoth.cli import cli

WORDS = ["The", "harbour", "board", "closed", "three", "ferries", "on", "Monday", "."]
MARKABLES = """
<EVENT_MENTION m_id="1" pred="close" pos="VERB" certainty="CERTAIN" polarity="POS" time="NON_FUTURE"
  special_cases="NONE"><token_anchor t_id="4"/></EVENT_MENTION>
<ENTITY_MENTION m_id="2" syntactic_type="NOM"><token_anchor t_id="1"/><token_anchor t_id="2"/><token_anchor t_id="3"/>
</ENTITY_MENTION>
<VALUE m_id="3" type="QUANTITY"><token_anchor t_id="5"/><token_anchor t_id="6"/></VALUE>
"""
RELATIONS = '<HAS_PARTICIPANT r_id="9" sem_role="Arg0"><source m_id="1"/><target m_id="2"/></HAS_PARTICIPANT>'


@pytest.fixture
def text(tmp_path: Path) -> Path:
    tokens = "".join(f'<token t_id="{k}" number="{k - 1}" sentence="0">{w}</token>' for k, w in enumerate(WORDS, 1))
    path = tmp_path / "ferries.xml"
    path.write_text(
        f'<Document doc_id="1" doc_name="ferries" lang="en">{tokens}<Markables>{MARKABLES}</Markables>'
        f"<Relations>{RELATIONS}</Relations></Document>",
        encoding="utf-8",
    )
    return path


def figures(command: str, path: Path) -> dict[str, float]:
    result = CliRunner().invoke(cli, ["eval", command, str(path), "--format", "json"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    line = json.loads(result.stdout)
    return {n: f["value"] for n, f in (line[0] if isinstance(line, list) else line)["figures"].items()}


def test_an_event_and_its_agent_are_found(text: Path) -> None:
    found = figures("events", text)
    assert found["events_f1"] == 1.0
    assert found["roles_r"] == 1.0


def test_a_quantity_is_found(text: Path) -> None:
    assert figures("quantities", text)["quantities_f1"] == 1.0


def test_a_figure_not_reached_exits_with_1(text: Path) -> None:
    result = CliRunner().invoke(cli, ["eval", "events", str(text), "--at-most", "events_f1=0.5"])
    assert result.exit_code == 1


def test_what_is_no_cat_xml_is_told_without_a_traceback(tmp_path: Path) -> None:
    path = tmp_path / "broken.xml"
    path.write_text("<Document><token>", encoding="utf-8")
    result = CliRunner().invoke(cli, ["eval", "events", str(path)])
    assert result.exit_code == 2
    assert "broken.xml" in result.output
    assert "Traceback" not in result.output
