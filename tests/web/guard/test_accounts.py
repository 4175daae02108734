"""Accounts: who is one, whose password fits, what ends when, and what the file shows of it."""

from __future__ import annotations

import sqlite3
import stat
import threading
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from quoth.web.guard.accounts import ABSOLUTE, IDLE, Accounts, AccountsError, accounts_file
from quoth.web.guard.passwords import BadPassword, Passwords
from quoth.web.guard.roles import Reader, Role

QUICK = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
RIGHT = "seven grey herons"


class Clock:
    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(tmp_path: Path, clock: Clock) -> Accounts:
    return Accounts(tmp_path / "case.db-accounts", Passwords(QUICK), now=clock)


@pytest.fixture
def ana(accounts: Accounts) -> Accounts:
    accounts.add("Ana", Role.ADMIN, RIGHT)
    return accounts


def test_accounts_without_a_file_there_are_none_and_none_is_made(accounts: Accounts) -> None:
    assert accounts.all() == ()
    assert not accounts.has_admin()
    assert accounts.verified("ana", RIGHT) is None
    assert accounts.session("x") is None
    assert accounts.bearer("x") is None
    assert not accounts.path.exists()


def test_accounts_file_is_its_owner_s_alone(ana: Accounts) -> None:
    assert stat.S_IMODE(ana.path.stat().st_mode) == 0o600


def test_accounts_file_holds_neither_passwords_nor_sessions_nor_tokens(ana: Accounts) -> None:
    secrets = [RIGHT, ana.enter("ana"), ana.issue("ana", 30)]
    ana.close()
    data = ana.path.read_bytes()
    for secret in secrets:
        assert secret.encode() not in data
    with sqlite3.connect(ana.path) as held:
        assert held.execute("SELECT hash FROM accounts").fetchone()[0].startswith("$argon2id$")


def test_accounts_are_told_apart_by_more_than_case(ana: Accounts) -> None:
    with pytest.raises(AccountsError, match="already"):
        ana.add("ANA", Role.READER, RIGHT)
    assert ana.account("aNa").name == "Ana"


@pytest.mark.parametrize("name", ["", " ", "a\nb", "a\u202eb", "-x", "x" * 65, "a  b", "<b>", "a\x00", "_a", "a/b"])
def test_accounts_names_that_are_none(accounts: Accounts, name: str) -> None:
    with pytest.raises(AccountsError):
        accounts.add(name, Role.READER, RIGHT)


@pytest.mark.parametrize("name", ["Ана", "Zoë K.", "o'neil", "ana@example.org", "a"])
def test_accounts_names_of_people(accounts: Accounts, name: str) -> None:
    assert accounts.add(name, Role.READER, RIGHT).name == name


@pytest.mark.parametrize("password", ["", "short", "aaaaaaaaaaaaaaaaaaaa", "x" * 1_025, "ana the great"])
def test_accounts_passwords_that_are_none(accounts: Accounts, password: str) -> None:
    with pytest.raises(BadPassword) as told:
        accounts.add("Ana the Great", Role.READER, password)
    assert not password or password not in str(told.value)


def test_accounts_password_fits_or_not(ana: Accounts) -> None:
    assert ana.verified("ana", RIGHT) == ana.account("Ana")
    for name, password in (
        ("ana", RIGHT + " "),
        ("ana", ""),
        ("bo", RIGHT),
        ("ana\x00", RIGHT),
        ("", ""),
        ("\ud800", "\ud800"),
    ):
        assert ana.verified(name, password) is None


def test_accounts_unknown_names_are_hashed_for_too(ana: Accounts, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the time does not tell which names there are."""
    asked = []
    passwords = ana._hashes
    real = passwords._hasher.verify
    monkeypatch.setattr(
        passwords, "_hasher", type("H", (), {"verify": lambda _, h, p: asked.append(h) or real(h, p)})()
    )
    assert ana.verified("nobody", "wrong") is None
    assert len(asked) == 1
    assert asked[0].startswith("$argon2id$")


def test_accounts_older_parameters_are_hashed_anew(ana: Accounts) -> None:
    stronger = PasswordHasher(time_cost=2, memory_cost=128, parallelism=1)
    ana.close()
    later = Accounts(ana.path, Passwords(stronger))
    assert later.verified("ana", RIGHT) is not None
    with sqlite3.connect(ana.path) as held:
        assert "m=128,t=2" in held.execute("SELECT hash FROM accounts").fetchone()[0]
    assert later.verified("ana", RIGHT) is not None


def test_accounts_defaults_are_argon2id_of_the_library(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path / "a")
    accounts.add("ana", Role.READER, RIGHT)
    with sqlite3.connect(accounts.path) as held:
        assert held.execute("SELECT hash FROM accounts").fetchone()[0].startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_accounts_session_is_whose_it_is(ana: Accounts) -> None:
    session = ana.enter("ana")
    assert ana.session(session) == Reader("Ana", Role.ADMIN)
    assert ana.session(session + "x") is None
    ana.leave(session)
    assert ana.session(session) is None


def test_accounts_session_ends_when_it_is_not_used(ana: Accounts, clock: Clock) -> None:
    session = ana.enter("ana")
    for _ in range(3):
        clock.now += IDLE - 10
        assert ana.session(session) is not None
    clock.now += IDLE + 10
    assert ana.session(session) is None


def test_accounts_session_ends_in_any_case(ana: Accounts, clock: Clock) -> None:
    session = ana.enter("ana")
    for _ in range(int(ABSOLUTE / (IDLE / 2))):
        assert ana.session(session) is not None
        clock.now += IDLE / 2
    clock.now += 1
    assert ana.session(session) is None


def test_accounts_what_a_change_ends(ana: Accounts) -> None:
    def both() -> tuple[str, str]:
        return ana.enter("ana"), ana.issue("ana", 30)

    for change in (
        lambda: ana.set_password("ana", "eight grey herons"),
        lambda: ana.set_disabled("ana", True),
        lambda: ana.remove("ana"),
    ):
        ana.set_disabled("ana", False)
        session, token = both()
        assert ana.session(session) is not None
        assert ana.bearer(token) is not None
        change()
        assert ana.session(session) is None
        assert ana.bearer(token) is None
    assert ana.all() == ()


def test_accounts_disabled_cannot_sign_in_and_is_no_admin(ana: Accounts) -> None:
    ana.set_disabled("ana", True)
    assert ana.verified("ana", RIGHT) is None
    assert not ana.has_admin()
    ana.set_disabled("ana", False)
    assert ana.verified("ana", RIGHT) is not None


def test_accounts_role_holds_from_the_next_request(ana: Accounts) -> None:
    session = ana.enter("ana")
    ana.set_role("ana", Role.READER)
    assert ana.session(session) == Reader("Ana", Role.READER)


def test_accounts_token_ends(ana: Accounts, clock: Clock) -> None:
    token = ana.issue("ana", 2)
    assert ana.bearer(token) == Reader("Ana", Role.ADMIN)
    clock.now += 2 * 86_400 + 1
    assert ana.bearer(token) is None


def test_accounts_changes_of_nobody_are_refused(ana: Accounts) -> None:
    for change in (
        lambda: ana.set_role("bo", Role.READER),
        lambda: ana.set_password("bo", RIGHT),
        lambda: ana.set_disabled("bo", True),
        lambda: ana.remove("bo"),
        lambda: ana.issue("bo", 1),
        lambda: ana.account("bo"),
    ):
        with pytest.raises(AccountsError, match="no account"):
            change()


def test_accounts_of_another_program_are_seen(ana: Accounts) -> None:
    session = ana.enter("ana")
    other = Accounts(ana.path, Passwords(QUICK), now=ana._now)
    other.set_disabled("ana", True)
    assert ana.session(session) is None


def test_accounts_from_many_threads(ana: Accounts) -> None:
    sessions: list[str] = []
    threads = [threading.Thread(target=lambda: sessions.append(ana.enter("ana"))) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({s for s in sessions if ana.session(s)}) == 20


@pytest.mark.parametrize("mode", [0o644, 0o620, 0o604])
def test_accounts_that_others_may_read_or_write_are_refused(ana: Accounts, mode: int) -> None:
    ana.close()
    ana.path.chmod(mode)
    with pytest.raises(AccountsError, match="others may"):
        ana.all()


def test_accounts_that_are_a_link_are_refused(ana: Accounts, tmp_path: Path) -> None:
    ana.close()
    link = tmp_path / "link"
    link.symlink_to(ana.path)
    with pytest.raises(AccountsError, match="no plain file"):
        Accounts(link).all()


def test_accounts_that_are_none_are_left_alone(tmp_path: Path) -> None:
    for name, data in (("text", b"hello" * 100), ("empty-database", b"")):
        path = tmp_path / name
        path.write_bytes(data)
        path.chmod(0o600)
        with pytest.raises(AccountsError):
            Accounts(path).all()
        assert path.read_bytes() == data


def test_accounts_are_beside_the_case_or_in_the_user_s_folder(tmp_path: Path) -> None:
    assert accounts_file("a/case.db", lambda: tmp_path) == Path("a/case.db-accounts")
    one = accounts_file("postgresql://ana:secret@db/case", lambda: tmp_path)
    assert one == accounts_file("postgresql://ana:other@db/case", lambda: tmp_path)
    assert one != accounts_file("postgresql://ana@db/case2", lambda: tmp_path)
    assert one.parent == tmp_path / "accounts"
