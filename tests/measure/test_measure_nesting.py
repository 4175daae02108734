"""The measure of relay chains, on cases made by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from quoth.cli import cli
from quoth.measure.nesting import CasesError, Judged, judge_cases, load_cases, measure_nesting

CASE = """
[[case]]
id = "1"
part = "{part}"
construction = "R reported that X said"
text = "The Hill Tribune reported that Ana Ruiz had said the abbey would be sold."
says = [{{ source = {source}, via = {via}, words = "the abbey would be sold" }}]
"""


def judged(tmp_path: Path, *, source: str = '"Ana Ruiz"', via: str = '["Hill Tribune"]') -> Judged:
    path = tmp_path / "cases.toml"
    path.write_text(CASE.format(part="a", source=source, via=via), encoding="utf-8")
    [one] = judge_cases(load_cases(path))
    return one


@pytest.mark.parametrize(
    ("source", "via", "right"),
    [
        ('"Ana Ruiz"', '["Hill Tribune"]', (True, True)),
        ('["Petrov", "Ruiz"]', '[["Kurier", "Hill Tribune"]]', (True, True)),
        ('"Petrov"', '["Hill Tribune"]', (False, True)),
        ('"Ana Ruiz"', "[]", (True, False)),
        ('"Ana Ruiz"', '["Hill Tribune", "Kurier"]', (True, False)),
        ('"Ana Ruiz"', '["Kurier"]', (True, False)),
    ],
)
def test_measure_nesting_wants_the_source_and_the_whole_chain(
    tmp_path: Path, source: str, via: str, right: tuple[bool, bool]
) -> None:
    one = judged(tmp_path, source=source, via=via)
    assert one.found
    assert (one.source, one.via) == right
    assert one.both is all(right)


def test_measure_nesting_gives_each_part_its_figures(tmp_path: Path) -> None:
    one = judged(tmp_path, via="[]")
    [part] = measure_nesting([one])
    assert part.name == "a"
    assert {f.name: (f.value, f.n) for f in part.figures} == {
        "found": (1.0, 1), "source": (1.0, 1), "via": (0.0, 1), "both": (0.0, 1), "cases": (0.0, 1),
    }  # fmt: skip
    assert all(f.method == "Wilson" for f in part.figures)
    [miss] = part.misses
    assert (miss.what, miss.wanted, miss.got) == ("via", "Ana Ruiz", "Ana Ruiz ← Hill Tribune")


@pytest.mark.parametrize("text", ["", "case = 3", CASE.format(part="a", source="3", via="[]"), "[[case]]\nid = '1'"])
def test_measure_nesting_refuses_what_holds_no_cases(tmp_path: Path, text: str) -> None:
    path = tmp_path / "cases.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CasesError):
        load_cases(path)


def test_measure_nesting_words_stand_once(tmp_path: Path) -> None:
    path = tmp_path / "cases.toml"
    text = CASE.format(part="a", source='"A"', via="[]").replace('words = "the abbey', 'words = "an abbey')
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CasesError, match="does not stand once"):
        load_cases(path)


def test_eval_nesting_prints_each_case_and_the_figures(tmp_path: Path) -> None:
    judged(tmp_path)
    arguments = ["eval", "nesting", str(tmp_path / "cases.toml")]
    shown = CliRunner(env={"COLUMNS": "200"}).invoke(cli, arguments)
    assert shown.exit_code == 0, shown.output
    assert "Ana Ruiz ← Hill Tribune" in shown.output
    line = json.loads(CliRunner().invoke(cli, [*arguments, "--format", "json"]).stdout)[0]
    assert line["figures"]["both"]["value"] == 1
    assert line["cases"] == [{"id": "1", "construction": "R reported that X said", "source": True, "via": True}]
    assert CliRunner().invoke(cli, [*arguments, "--part", "b"]).exit_code == 2
