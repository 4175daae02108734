"""A case on a server from the shell: the same commands, and no password in anything they say."""

from __future__ import annotations

import stat

import pytest
from click.testing import CliRunner

import quoth
from quoth.cli import cli
from quoth.ledger import without_password

ARTICLE = """Minister Ana Réka said on Monday that Lodia would send 12 barges to the harbour of Vesk by the end of June.

The mayor, Olen Mazur, denied that any barges would come.
"""


@pytest.fixture
def address(postgres):
    return postgres.new_database()


@pytest.fixture
def shell(postgres, address, tmp_path):
    """Runs the program as ana; nothing that it says may hold the password."""
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")

    def run(*arguments, case=address, environment=None):
        variables = {"COLUMNS": "200", "QUOTH_REVIEWER": "ana", "QUOTH_CASE": case, **(environment or {})}
        result = CliRunner(env=variables).invoke(cli, list(arguments))
        assert postgres.password not in result.output
        assert isinstance(result.exception, SystemExit | None), result.exception
        return result.exit_code, result.output

    return run


def test_the_commands_work_alike(shell, address, tmp_path):
    shown = without_password(address)
    status, told = shell("questions")
    assert (status, f"{shown}: there is no such case (make one with: quoth add" in told) == (2, True)
    assert shell("add", str(tmp_path / "none.txt"))[0] != 0
    assert "no such case" in shell("documents")[1], "what adds nothing makes nothing"
    status, told = shell("add", str(tmp_path / "article.txt"))
    assert (status, "1 document added" in told, shown.rpartition("/")[2] in told) == (0, True, True)
    assert "1 already there" in shell("add", str(tmp_path / "article.txt"))[1]
    lines = shell("statements", "--format", "csv", "--source", "reka")[1].splitlines()
    assert [line.count("12 barges") > 0 for line in lines[1:]] == [True]
    id = lines[1].partition(",")[0]
    assert "rejected 1 statement, by ana" in shell("review", "reject", id[:8])[1]
    assert shell("statements", "--format", "csv", "--source", "reka")[1].splitlines() == []
    assert "usually reliable, by ana" in shell("rate", "Mazur", "B")[1]
    assert shell("brief", "-o", str(tmp_path / "brief.html"))[0] == 0
    assert shell("original", shell("documents", "--format", "jsonl")[1][8:16], "-o", str(tmp_path / "original"))[0] == 0
    assert (tmp_path / "original").read_text(encoding="utf-8") == ARTICLE
    assert "Nothing wrong: 1 document" in shell("verify")[1]


def test_errors_are_one_line_and_status_2(shell, postgres, address):
    wrong = address.replace(postgres.password, "nonsense")
    for case, words in (
        (wrong, "password authentication failed"),
        (address.replace("/case_", "/nowhere_"), "does not exist"),
        (address.replace(f":{postgres.port}/", ":1/"), "cannot be reached"),
        (address.replace(f":{postgres.port}/", ":x/"), "cannot be reached"),
    ):
        status, told = shell("statements", case=case)
        assert (status, words in told, "nonsense" in told) == (2, True, False), told


def test_a_comparison_is_kept_in_the_users_own_cache(address, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("quoth.comparing.WORTH_KEEPING", 1)
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    with quoth.open(address) as case:
        case.add(tmp_path / "article.txt")
        before = case.comparison()
    (kept,) = (tmp_path / "quoth" / "compared").iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    with quoth.open(address) as case:
        monkeypatch.setattr("quoth.compare.Comparer.compare", None)  # is not asked
        assert case.comparison() == before
