"""The table of patterns: each has its row, each row its pattern, each pattern a rule that uses it."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from quoth.read.english import attribution
from quoth.read.english.attribution.cues import cues
from quoth.read.english.attribution.patterns import ANY, Pattern, confidence, confidences


def test_every_pattern_has_a_row_and_no_row_is_unused() -> None:
    ruled = set(Pattern) - {Pattern.NETWORK}  # a network gives its own confidence
    assert {pattern for pattern, kind in confidences() if kind == ANY} == ruled
    assert {pattern for pattern, _ in confidences()} == ruled


@pytest.mark.parametrize("pattern", Pattern)
def test_every_pattern_is_used_by_a_rule(pattern: Pattern) -> None:
    folder = Path(str(files(attribution)))
    sources = [f for f in folder.rglob("*.py") if f.name != "patterns.py"]
    assert any(f"Pattern.{pattern.name}" in f.read_text(encoding="utf-8") for f in sources)


def test_confidences_are_shares() -> None:
    assert all(0 < share < 1 for share in confidences().values())


def test_a_kind_without_a_row_of_its_own_has_the_patterns() -> None:
    assert confidence(Pattern.DASH, "speech") == confidences()[Pattern.DASH, ANY]
    with pytest.raises(KeyError):
        confidence("no such pattern", "speech")


def test_the_prepositions_of_a_cue_have_one_order() -> None:
    """Sets of words go by Python's hashes, which differ from run to run."""
    for entry in cues().values():
        for frame in "bpt":
            assert list(entry.prepositions(frame)) == sorted(entry.prepositions(frame))
    assert cues()["blame", "v"].prepositions("b") == ("for", "on")
