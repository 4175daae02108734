"""Addresses of servers: told from file names, and never shown with their passwords."""

from __future__ import annotations

import traceback
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.errors import LedgerError
from quoth.ledger import is_address, open_ledger, without_password

SECRET = "s3cr/t@:?#%&=x"
"""A password with everything that should have been escaped."""


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql://ana:pw@db.example/story", "postgresql://ana@db.example/story"),
        ("postgres://ana:pw@db.example:5433/story?sslmode=require", "postgres://ana@db.example:5433/story?sslmode=require"),
        ("postgresql://ana@db.example/story", "postgresql://ana@db.example/story"),
        ("postgresql:///story", "postgresql:///story"),
        ("postgresql://db.example/story?user=ana&password=pw", "postgresql://db.example/story?user=ana"),
        ("postgresql://db.example/story?sslpassword=pw&user=a%40b", "postgresql://db.example/story?user=a%40b"),
        ("postgresql://db.example/story?sslpassword=pw&user=a@b", "postgresql://db.example@b"),
        ("postgresql://ana:pw@one:1,two:2/story", "postgresql://ana@one:1,two:2/story"),
        ("postgresql://?service=team", "postgresql://?service=team"),
    ],
)  # fmt: skip
def test_an_address_is_shown_without_secrets(address, shown):
    assert is_address(address)
    assert without_password(address) == shown
    assert without_password(shown) == shown


@pytest.mark.parametrize("name", ["case.db", ":memory:", "postgresql.db", "http://a/b", Path("postgresql://a/b")])
def test_what_is_no_address(name):
    assert not is_address(name)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20))
def test_a_password_is_never_shown_escaped_or_not(password):
    shown = without_password(f"postgresql://ana:{password}@db.example/story")
    assert shown == "postgresql://ana@db.example/story"


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://ana:{SECRET}@127.0.0.1:1/story",
        "postgresql://ana:s3cr%t@127.0.0.1:1/story",
        "postgresql://ana:s3cr/t@127.0.0.1:1/story",
        "postgresql://ana:pass@s3cr@127.0.0.1:1/story",
        "postgresql://ana:pass@s3cr@127.0.0.1/story",
        "postgresql://ana:x?s3cr=1@127.0.0.1/story",
        "postgresql://ana:x#s3cr@127.0.0.1:1/story",
        "postgresql://ana:s3cret@127.0.0.1:port/story",
        "postgresql://127.0.0.1:1/story?password=s3cret&nonsense=1",
    ],
)
def test_an_address_that_cannot_be_read_quotes_no_password(address):
    with pytest.raises(LedgerError) as caught:
        open_ledger(address)
    shown = traceback.format_exception(caught.value)
    assert not [line for line in shown if "s3cr" in line]


def test_a_server_that_is_not_there_is_named_with_what_to_do():
    with pytest.raises(
        LedgerError, match=r"postgresql://ana@127.0.0.1:1/story: cannot be reached: .*\(check the address"
    ):
        open_ledger("postgresql://ana:s3cret@127.0.0.1:1/story")


def test_without_psycopg_an_address_says_what_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "psycopg", None)
    with pytest.raises(LedgerError, match=r"//ana@db/story: a case on a server needs psycopg .*quoth\[postgres\]"):
        open_ledger("postgresql://ana:s3cret@db/story")
