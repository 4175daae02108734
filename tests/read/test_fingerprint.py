"""The hash of all that a reading depends on changes with each part of it."""

from __future__ import annotations

import importlib.metadata
import shutil
from pathlib import Path

import pytest

from quoth.read import fingerprint as module
from quoth.read.fingerprint import fingerprint


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the code, and a package with a model."""
    shutil.copytree(module.CODE, tmp_path / "code" / "read", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "code" / "model.py").write_text("vocabulary = 1\n")
    (tmp_path / "a_model").mkdir()
    (tmp_path / "a_model" / "__init__.py").write_text("")
    (tmp_path / "a_model" / "weights.bin").write_bytes(b"1234")
    monkeypatch.setattr(module, "CODE", tmp_path / "code" / "read")
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path


def made() -> str:
    fingerprint.cache_clear()
    try:
        return fingerprint("a_model")
    finally:
        fingerprint.cache_clear()


def test_fingerprint_is_the_same_for_the_same(tree: Path) -> None:
    before = made()
    (tree / "code" / "read" / "__pycache__").mkdir()
    (tree / "code" / "read" / "__pycache__" / "compiled.pyc").write_bytes(b"x")
    assert made() == before


@pytest.mark.parametrize(
    "changed",
    [
        "code/model.py",
        "code/read/english/reader.py",
        "code/read/english/lexicon/cues.tsv",
        "code/read/english/attribution/learned/fast.npz",
        "a_model/weights.bin",
    ],
)
def test_fingerprint_changes_with_code_word_lists_and_models(tree: Path, changed: str) -> None:
    before = made()
    data = (tree / changed).read_bytes()
    (tree / changed).write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    assert made() != before


def test_fingerprint_changes_with_a_file_more_and_with_a_library(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = made()
    (tree / "a_model" / "more.bin").write_bytes(b"")
    more = made()
    version = importlib.metadata.version
    monkeypatch.setattr(importlib.metadata, "version", lambda name: "0" if name == "spacy" else version(name))
    assert len({before, more, made()}) == 3
