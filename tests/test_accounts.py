"""`quoth accounts` and `quoth serve` from the shell, as far as they can be refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import quoth
from quoth.cli import cli
from quoth.web.guard import Reader, Role
from quoth.web.guard.accounts import Accounts

RIGHT = "seven grey herons"

Run = Callable[..., Result]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    article = tmp_path / "a.txt"
    article.write_text("Ana Dorn said that 3 ferries sank.\n")
    with quoth.open(tmp_path / "case.db", profile="rules") as case:
        case.add(article)
    return tmp_path / "case.db"


@pytest.fixture
def run(path: Path) -> Run:
    def invoke(*arguments: str, typed: str = "") -> Result:
        return CliRunner().invoke(cli, ["--case", str(path), *arguments], input=typed)

    return invoke


@pytest.fixture
def accounts(path: Path) -> Accounts:
    return Accounts(path.with_name("case.db-accounts"))


def test_accounts_from_the_shell(run: Run, accounts: Accounts) -> None:
    assert "There are no accounts" in run("accounts", "list").stderr
    made = run("accounts", "add", "Ana", "--role", "admin", typed=RIGHT + "\n")
    assert (made.exit_code, made.stdout, made.stderr) == (0, "", "Ana may sign in, as admin.\n")
    assert run("accounts", "add", "ben", typed=RIGHT + "\r\n").exit_code == 0
    assert run("accounts", "role", "ben", "reviewer").exit_code == 0
    assert run("accounts", "disable", "ben").exit_code == 0
    lines = run("accounts", "list").stdout.splitlines()
    assert [line.split()[:3] for line in lines] == [["Ana", "admin", "in"], ["ben", "reviewer", "disabled"]]
    assert run("accounts", "enable", "ben").exit_code == 0
    assert run("accounts", "password", "ana", typed="eight grey herons\n").exit_code == 0
    assert accounts.verified("ana", RIGHT) is None
    assert accounts.verified("ana", "eight grey herons") is not None
    token = run("accounts", "token", "ben", "--days", "2").stdout.strip()
    assert accounts.bearer(token) == Reader("ben", Role.REVIEWER)
    assert run("accounts", "remove", "ben").exit_code == 0
    assert accounts.bearer(token) is None


@pytest.mark.parametrize(
    ("arguments", "typed", "why"),
    [
        (("add", "ana"), "short\n", "at least 12 characters"),
        (("add", "ana"), "", "at least 12 characters"),
        (("add", "<b>"), RIGHT, "a name begins with"),
        (("role", "zed", "reader"), "", "no account of that name"),
        (("password", "zed"), RIGHT, "no account of that name"),
        (("disable", "zed"), "", "no account of that name"),
        (("enable", "zed"), "", "no account of that name"),
        (("remove", "zed"), "", "no account of that name"),
        (("token", "zed"), "", "no account of that name"),
    ],
)
def test_accounts_from_the_shell_refused(run: Run, arguments: tuple[str, ...], typed: str, why: str) -> None:
    told = run("accounts", *arguments, typed=typed)
    assert told.exit_code == 2
    assert why in told.stderr
    assert not typed.strip() or typed.strip() not in told.output


def test_accounts_need_a_case(tmp_path: Path) -> None:
    told = CliRunner().invoke(cli, ["--case", str(tmp_path / "none.db"), "accounts", "add", "ana"], input=RIGHT)
    assert told.exit_code == 2
    assert "there is no such case" in told.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--host", "0.0.0.0"), "on this machine alone"),
        (("--proxy",), "for a public desk"),
        (("--public",), "under its own names only"),
        (("--public", "--host-name", "a.example"), "plain text"),
        (("--public", "--host-name", "a.example", "--proxy"), "needs an admin"),
        (("--public", "--host-name", "a.example", "--proxy", "--allow-private"), "private addresses"),
    ],
)
def test_serve_refuses(run: Run, arguments: tuple[str, ...], why: str) -> None:
    told = run("serve", *arguments)
    assert told.exit_code == 2
    assert why in told.stderr


def test_serve_without_its_libraries_says_what_to_install(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    if "quoth.web" in sys.modules:  # put back afterwards, with the modules in it
        monkeypatch.setattr(quoth, "web", sys.modules["quoth.web"])
    for name in [name for name in sys.modules if name.startswith("quoth.web")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "fastapi", None)
    told = run("serve")
    assert told.exit_code == 2
    assert told.stderr.strip() == "Error: the desk needs fastapi (pip install 'quoth[desk]')"


def test_serve_opens_the_browser_by_a_file_and_not_by_an_argument(monkeypatch: pytest.MonkeyPatch) -> None:
    import webbrowser

    from quoth.commands.serve import opened

    asked: list[str] = []
    monkeypatch.setattr(webbrowser, "open", asked.append)
    with opened("http://127.0.0.1:8000/?token=abc&x=1"):
        (where,) = asked
        assert "abc" not in where
        page = Path(where.removeprefix("file://"))
        assert page.parent.stat().st_mode & 0o077 == 0
        assert "url=http://127.0.0.1:8000/?token=abc&amp;x=1" in page.read_text()
    assert not page.exists()
