"""Backups as docs/ledger.md describes them: taken while somebody writes, put back elsewhere, whole."""

from __future__ import annotations

import contextlib
import hashlib
import multiprocessing
import shutil
import sqlite3

import pytest
import stories

from quoth.ledger import open_ledger

FORK = multiprocessing.get_context("fork")


def write(case, first, last):
    with open_ledger(case, timeout=60) as ledger:
        for number in range(first, last):
            stories.write(ledger, number)


@contextlib.contextmanager
def somebody_writing(case):
    program = FORK.Process(target=write, args=(case, 5, 40))
    program.start()
    yield program
    program.join()
    assert program.exitcode == 0


def whole(case):
    """How many documents it holds, after a look at all of it."""
    with open_ledger(case) as ledger:
        assert list(ledger.verify()) == []
        counts = ledger.counts()
        assert (counts.unread, counts.statements) == (0, counts.documents * stories.STATEMENTS)
        return counts.documents


def online(case, copy):
    with contextlib.closing(sqlite3.connect(case)) as old, contextlib.closing(sqlite3.connect(copy)) as new:
        old.backup(new)


def vacuum(case, copy):
    with contextlib.closing(sqlite3.connect(case)) as old:
        old.execute("VACUUM INTO ?", (str(copy),))


@pytest.mark.parametrize("how", [online, vacuum])
def test_a_case_file_is_copied_while_somebody_writes(tmp_path, how):
    case = tmp_path / "case.db"
    write(case, 0, 5)
    copies = []
    with somebody_writing(case) as program:
        while program.is_alive() and len(copies) < 8:
            copies.append(tmp_path / f"copy{len(copies)}.db")
            how(case, copies[-1])
    sizes = [whole(copy) for copy in copies]
    assert sizes == sorted(sizes)
    assert sizes[0] >= 5
    assert whole(case) == 40


def test_originals_are_copied_after_the_case_file_so_that_none_is_missing(tmp_path):
    case, copy = tmp_path / "case.db", tmp_path / "copy.db"
    write(case, 0, 5)
    with somebody_writing(case):
        online(case, copy)
        shutil.copytree(
            tmp_path / "case.db-originals", tmp_path / "copy.db-originals", ignore=shutil.ignore_patterns(".*")
        )
    assert whole(copy) >= 5
    with open_ledger(copy) as ledger:
        for document in ledger.documents():
            assert ledger.original(document.sha256) == document.text.encode()


def test_the_file_alone_and_its_wal_file_together_are_a_copy_too(tmp_path):
    case = tmp_path / "case.db"
    with open_ledger(case) as ledger:
        for number in range(3):
            stories.write(ledger, number)
        for name in ("case.db", "case.db-wal"):
            shutil.copy(tmp_path / name, tmp_path / name.replace("case", "copy"))
    assert whole(tmp_path / "copy.db") == 3


@pytest.fixture
def on_server(postgres):
    address = postgres.new_case()
    yield address
    postgres.take_back(address)


def test_a_case_on_a_server_is_dumped_while_somebody_writes_and_restored(postgres, on_server, tmp_path):
    write(on_server, 0, 5)
    dump = str(tmp_path / "story.dump")
    with somebody_writing(on_server):
        done = postgres.tool("pg_dump", "--format=custom", "--schema=quoth", f"--file={dump}", on_server)
        assert done.returncode == 0, done.stderr
    copy = postgres.new_database()
    done = postgres.tool("pg_restore", "--exit-on-error", "--no-owner", f"--dbname={copy}", dump)
    assert done.returncode == 0, done.stderr
    held = whole(copy)
    assert 5 <= held <= 40
    write(copy, 0, held + 2)
    assert whole(copy) == held + 2
    with open_ledger(copy) as ledger:
        for document in ledger.documents():
            assert hashlib.sha256(ledger.original(document.sha256) or b"").hexdigest() == document.sha256
