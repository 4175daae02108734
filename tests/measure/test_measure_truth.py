"""Claims whose truth is known: files, figures and messages."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from quoth.cli import cli
from quoth.measure.truth import TruthFileError, load_claims, measure_truth

CLAIMS = """ObjectID,PropertyID,PropertyValue,SourceID,TimeStamp
berg,Temperature,7,alpha,fri jan 29 08:45:00 2010
berg,Temperature,8.0,alpha,fri jan 29 09:45:00 2010
berg,Temperature,8,beta,fri jan 29 08:45:00 2010
berg,Temperature,5,gamma,fri jan 29 08:45:00 2010
tal,Sky,Clear ,alpha,fri jan 29 08:45:00 2010
tal,Sky,fog,beta,fri jan 29 08:45:00 2010
"""
TRUTH = """ObjectID,PropertyID,PropertyValue
berg,Temperature,8.00
tal,Sky,clear
see,Sky,fog
"""


@pytest.fixture
def folder(tmp_path):
    for name, text in (("claims", CLAIMS), ("ground_truth", TRUTH)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "one.csv").write_text(text)
    return tmp_path


def test_the_last_claim_counts_a_tie_is_half_right_and_what_nobody_claims_is_wrong(folder):
    disputed = load_claims(folder)
    assert disputed.claims == 6
    assert disputed.votes["berg Temperature"] == {"alpha": "8", "beta": "8", "gamma": "5"}
    measured = measure_truth("berg", disputed)
    figures = {figure.name: figure.value for figure in measured.figures}
    assert figures["majority"] == pytest.approx(1.5 / 3)
    assert [(m.ids, m.wanted, m.got) for m in measured.misses if m.what == "majority"] == [
        ("tal Sky", "clear", "clear, fog"),
        ("see Sky", "fog", ""),
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [("berg,Temperature,7,alpha,yesterday", "one.csv:8: TimeStamp 'yesterday'"), ("berg,Sky", "one.csv:8: no")],
)
def test_a_bad_line_is_named(folder, line, message):
    with (folder / "claims" / "one.csv").open("a") as claims:
        claims.write(line + "\n")
    with pytest.raises(TruthFileError, match=message):
        load_claims(folder)


def test_the_command_prints_figures_and_checks_bounds(folder):
    run = CliRunner().invoke(cli, ["eval", "truth", str(folder), "--at-least", "majority=0.9"])
    assert run.exit_code == 1
    assert "majority is 0.5000, wanted at least 0.9" in run.output
    missing = CliRunner().invoke(cli, ["eval", "truth", str(folder / "nowhere")])
    assert missing.exit_code == 2
    assert "no CSV files there" in missing.output
