"""The check that needs no Quoth, run as a stranger would: `python3 check_case.py`, with nothing but Python.

`test_ledger_verify` holds its verdict against that of verify on every way of tampering there.
"""

from __future__ import annotations

import ast
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from quoth.ledger import check_case, log, merkle, open_ledger

SCRIPT = Path(check_case.__file__)


@pytest.fixture
def path(tmp_path, harbour, canal):
    """A case of two documents, with the original of the first, in a folder of its own."""
    (tmp_path / "of the case").mkdir()
    path = tmp_path / "of the case" / "case #1.db"
    with open_ledger(path) as ledger:
        ledger.add(*harbour)
        ledger.add(*canal)
        assert ledger.keep_original(harbour[0].text.encode()) == harbour[0].sha256
    return path


def check(path, *options):
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(SCRIPT), str(path), *options], capture_output=True, text=True, check=False
    )
    assert done.stderr == "" or done.returncode == 2
    return done.returncode, done.stdout


def head_of(path):
    with open_ledger(path) as ledger:
        return str(ledger.head())


def change(path, *script):
    connection = sqlite3.connect(path, isolation_level=None)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    for sql in script:
        connection.execute(sql)
    connection.close()


def test_check_case_needs_nothing_but_python():
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"))
    names = {a.name for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names}
    names |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names
    assert check_case.TABLES == log.LOGGED


def test_check_case_of_a_good_case(path):
    head = head_of(path)
    before = path.read_bytes()
    assert check(path) == (0, f"{head}\nNothing is wrong\n")
    assert check(path, "--head", head)[0] == 0
    assert path.read_bytes() == before
    assert sorted(p.name for p in path.parent.iterdir()) == ["case #1.db", "case #1.db-originals"]


def test_check_case_of_a_case_that_somebody_has_open(path, harbour):
    with open_ledger(path) as ledger:
        ledger.record_failure("x.txt", "Q100", "is empty")
        assert check(path, "--head", str(ledger.head()))[0] == 0


def test_check_case_with_an_earlier_head(path):
    head = head_of(path)
    with open_ledger(path) as ledger:
        ledger.record_failure("x.txt", "Q100", "is empty")
    assert check(path, "--head", head)[0] == 0
    status, told = check(path, "--head", head[:-1] + ("0" if head[-1] != "0" else "1"))
    assert status == 1
    assert "the case was rewritten" in told


def test_check_case_that_was_truncated(path):
    size, _, root = head_of(path).partition("-")
    status, told = check(path, "--head", f"{int(size) + 1}-{root}")
    assert status == 1
    assert "the case was truncated" in told


@pytest.mark.parametrize("head", ["", "12", "0-" + "a" * 64, "12-" + "a" * 63])
def test_check_case_with_what_is_no_head(path, head):
    assert check(path, f"--head={head}")[0] == 2


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("UPDATE documents SET text = replace(text, 'barges', 'tanks')", "the text does not have the hash"),
        ("UPDATE documents SET text = replace(text, 'barges', 'tanks')", "other words stand where it has"),
        ("UPDATE documents SET outlet = 'Another'", "is not the row that the log has"),
        ("DELETE FROM statements WHERE number = 2", "statements row 2: is in the log and gone"),
        ("DELETE FROM reading_statements WHERE ordinal = 1", "readings"),
        ("UPDATE log SET peak = leaf WHERE number = 8", "log: entry 8"),
        ("DELETE FROM log WHERE number = 8", "log: entry 8 is gone"),
        ("UPDATE statements SET payload = '[]' WHERE number = 2", "statements"),
        ("UPDATE statements SET payload = '{\"spans\": 1}' WHERE number = 2", "does not have the form of a case"),
    ],
)
def test_check_case_says_what_is_wrong(path, sql, says):
    change(path, sql)
    status, told = check(path)
    assert status == 1
    assert says in told
    assert told.splitlines()[-1].endswith("wrong")


def test_check_case_two_entries_for_one_row_hide_nothing(path):
    """The old entry, which the head covers, cannot stand beside a new one that fits the row as it was changed."""
    head = head_of(path)
    change(
        path,
        "CREATE TABLE other (number INTEGER PRIMARY KEY, in_table TEXT, row INTEGER, leaf TEXT, peak TEXT)",
        "INSERT INTO other SELECT * FROM log",
        "DROP TABLE log",
        "ALTER TABLE other RENAME TO log",
        "UPDATE documents SET outlet = 'Another' WHERE number = 1",
    )
    connection = sqlite3.connect(path, isolation_level=None)
    connection.row_factory = sqlite3.Row
    row = dict(connection.execute("SELECT * FROM documents WHERE number = 1").fetchone())
    leaf = check_case.leaf_of("documents", row).hex()
    growing = merkle.Growing()
    for entry in connection.execute("SELECT leaf FROM log ORDER BY number"):
        growing.append(bytes.fromhex(entry["leaf"]))
    peak = growing.append(bytes.fromhex(leaf)).hex()
    connection.execute("INSERT INTO log VALUES (?, 'documents', 1, ?, ?)", (growing.size, leaf, peak))
    connection.close()
    status, told = check(path, "--head", head)
    assert status == 1
    assert "is a second one for documents row 1" in told


def test_check_case_of_originals(path, harbour):
    folder = path.with_name(path.name + "-originals")
    original = folder / harbour[0].sha256[:2] / harbour[0].sha256
    assert check(path)[0] == 0
    original.write_bytes(b"something else")
    status, told = check(path)
    assert status == 1
    assert f"original {harbour[0].sha256}: its bytes have another hash" in told
    shutil.move(folder, path.parent / "elsewhere")
    assert check(path)[0] == 0
    assert check(path, "--originals", str(path.parent / "elsewhere"))[0] == 1


@pytest.mark.parametrize("content", [None, b"", b"no case at all, but long enough to be read as a page of SQLite" * 20])
def test_check_case_of_what_is_no_case(tmp_path, content):
    path = tmp_path / "case.db"
    if content is not None:
        path.write_bytes(content)
    status, told = check(path)
    assert status == 2
    assert told.startswith("cannot be checked: ")
    assert path.exists() == (content is not None)


def test_check_case_prints_no_controls(path):
    change(path, "UPDATE documents SET id = 'a' || char(27) || '[2J' || char(8238) WHERE number = 1")
    status, told = check(path)
    assert status == 1
    assert told.replace("\n", "").isprintable()
    assert "\\x1b[2J\\u202e" in told
