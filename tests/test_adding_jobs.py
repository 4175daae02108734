"""Reading in several processes, or with readings that are kept, writes exactly the ledger that one process writes."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

import quoth
from quoth.cli import cli

PEOPLE = ("Tomas Arden", "Ilse Brandt", "Ruta Solberg")


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    path = tmp_path / "articles.jsonl"
    texts = [
        f"Mayor {PEOPLE[n % 3]} said on Monday that {n + 10} people had left Dravik.\n\n"
        f"“We will wait until the end of May,” she added. According to the Courier, {n} ferries are late."
        for n in range(12)
    ]
    lines = [{"text": text, "outlet": f"Outlet {n % 2}", "published": "2021-03-02"} for n, text in enumerate(texts)]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return path


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that was read, in the order it was written, without the moments."""
    wanted = {
        "documents": "id, text, payload",
        "statements": "id, document_id, payload",
        "readings": "document_id, reader, notes",
    }
    with sqlite3.connect(path) as connection:
        return {t: connection.execute(f"SELECT {c} FROM {t} ORDER BY number").fetchall() for t, c in wanted.items()}


def test_the_ledger_is_the_same_however_it_was_read(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUOTH_CACHE", str(tmp_path / "cache"))
    ways: dict[str, dict[str, bool | int]] = {
        "plain": {"cache": False},
        "jobs": {"cache": False, "jobs": 2},
        "first": {"jobs": 2},
        "second": {},
    }
    written, told = {}, {}
    for way, how in ways.items():
        with quoth.open(tmp_path / f"{way}.db") as case:
            added = case.add(articles, **how)  # type: ignore[arg-type]
            told[way] = [(item.where, item.outcome, item.document_id, item.statements) for item in added.items]
            assert (added.new, added.failed) == (12, ())
        written[way] = rows(tmp_path / f"{way}.db")
    assert len(written["plain"]["statements"]) > 24
    for way in ways:
        assert told[way] == told["plain"]
        assert written[way] == written["plain"]


def test_the_second_reading_needs_no_reader(articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTH_CACHE", str(tmp_path / "cache"))
    with quoth.open(tmp_path / "first.db") as case:
        first = case.add(articles)

    def loaded(*_: object, **__: object) -> None:
        raise AssertionError("loaded")

    monkeypatch.setattr("quoth.read.frugal.reader_for", loaded)
    with quoth.open(tmp_path / "second.db") as case:
        assert case.add(articles).statements == first.statements
        assert list(case.verify()) == []


def test_the_program_takes_jobs_and_does_without_what_was_kept(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUOTH_CACHE", str(tmp_path / "cache"))
    runner = CliRunner(env={"COLUMNS": "200"})
    case = str(tmp_path / "case.db")
    done = runner.invoke(cli, ["--case", case, "add", str(articles), "--jobs", "2", "--no-cache"])
    assert done.exit_code == 0
    assert "12 documents added" in done.stderr
    assert not (tmp_path / "cache").exists()
