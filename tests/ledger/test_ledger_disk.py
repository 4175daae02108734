"""Bad disks and damaged files: an error that names the file and what to do, exit status 2, and nothing made worse."""

from __future__ import annotations

import multiprocessing
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest
import stories
from click.testing import CliRunner

from quoth.cli import cli
from quoth.errors import LedgerError
from quoth.ledger import open_ledger
from quoth.ledger.sqlite.leftover import refuse_what_is_anothers

FORK = multiprocessing.get_context("fork")
PAGE = 4096


def write_to(ledger, numbers):
    for number in numbers:
        stories.write(ledger, number)


def write(case, first, last):
    with open_ledger(case) as ledger:
        write_to(ledger, range(first, last))


def write_and_die(case, first, last):
    write_to(open_ledger(case), range(first, last))
    os.kill(os.getpid(), 9)


def killed(case, first, middle, last):
    """A case that was closed once, and then left with a -wal file."""
    write(case, first, middle)
    program = FORK.Process(target=write_and_die, args=(case, middle, last))
    program.start()
    program.join()
    assert wal_of(case).stat().st_size > 0
    return case


def wal_of(case):
    return case.with_name(case.name + "-wal")


def run(case, *arguments):
    result = CliRunner().invoke(cli, ["--case", str(case), *arguments])
    assert isinstance(result.exception, SystemExit | None), result.exception
    assert "bug in Quoth" not in result.output
    return result.exit_code, " ".join(result.output.split())


@pytest.fixture
def case(tmp_path):
    path = tmp_path / "case.db"
    write(path, 0, 12)
    return path


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 900 kB, where this user may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=900k", "tmpfs", str(folder)], capture_output=True)
    if mounted.returncode:
        pytest.skip("no file system can be mounted here: a full disk was tested by SQLite's own limit only")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_disk_that_is_full(small_disk):
    case = small_disk / "case.db"
    with pytest.raises(LedgerError, match=r"(the disk is full .*make room|No space left on device)"):
        write(case, 0, 1000)
    filler = small_disk / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while file.write(b"0" * PAGE):  # whatever room was left
            pass
    told = [run(case, "rate", "Ana", "B", "--by", f"ana {number}")[0] for number in range(60)]
    assert set(told) <= {0, 2}
    assert told[-1] == 2, "room that an article left in the -wal file is soon used up"
    filler.unlink()
    with open_ledger(case) as ledger:
        whole = ledger.counts()
        assert list(ledger.verify()) == []
    assert whole.documents > 0
    assert (whole.unread, whole.statements) == (0, whole.documents * stories.STATEMENTS)
    subprocess.run(["mount", "-o", "remount,size=8m", str(small_disk)], check=True)
    write(case, 0, whole.documents + 2)
    with open_ledger(case) as ledger:
        assert ledger.counts().documents == whole.documents + 2
        assert list(ledger.verify()) == []


def test_a_file_that_may_not_grow(case):
    """As a full disk, by SQLite's own limit."""
    with open_ledger(case) as ledger:
        ledger._database._connection.execute(f"PRAGMA max_page_count = {case.stat().st_size // PAGE + 2}")
        with pytest.raises(LedgerError, match=r"case.db: the disk is full \(make room"):
            write_to(ledger, range(100, 200))
        assert list(ledger.verify()) == []
    write(case, 100, 103)


def limited(case):
    resource.setrlimit(resource.RLIMIT_FSIZE, (case.stat().st_size + 20 * PAGE,) * 2)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        write(case, 100, 200)
    except LedgerError as error:
        os._exit(7 if "check the disk" in str(error) or "check the folder of originals" in str(error) else 8)
    os._exit(9)


def test_a_disk_that_fails_in_the_middle(case):
    """Writes beyond a limit fail: SQLite calls that an I/O error."""
    program = FORK.Process(target=limited, args=(case,))
    program.start()
    program.join()
    assert program.exitcode == 7
    with open_ledger(case) as ledger:
        assert list(ledger.verify()) == []
        assert ledger.counts().documents >= 12


def other_program(case, ready, done, how):
    connection = sqlite3.connect(case, isolation_level=None)
    if how == "exclusive":
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("BEGIN IMMEDIATE")
    if how == "exclusive":
        connection.execute("CREATE TABLE theirs (a)")
    ready.set()
    done.wait(30)
    connection.execute("ROLLBACK")


@pytest.mark.parametrize("how", ["writing", "exclusive"])
def test_a_file_that_another_program_locks_for_long(case, how, monkeypatch):
    monkeypatch.setattr("quoth.ledger.opening.TIMEOUT", 0.1)
    monkeypatch.setitem(open_ledger.__kwdefaults__, "timeout", 0.1)
    ready, done = FORK.Event(), FORK.Event()
    program = FORK.Process(target=other_program, args=(case, ready, done, how))
    program.start()
    ready.wait(30)
    status, told = run(case, "rate", "Ana", "B", "--by", "ana")
    assert (status, "case.db: is locked by another program that is writing to it (try again" in told) == (2, True), told
    assert run(case, "documents")[0] == (0 if how == "writing" else 2)
    done.set()
    program.join()
    assert run(case, "rate", "Ana", "B", "--by", "ana")[0] == 0
    assert run(case, "verify")[0] == 0


# ---------------------------------------------------------------- damaged files


def roots(case):
    connection = sqlite3.connect(case)
    found = dict(connection.execute("SELECT name, rootpage FROM sqlite_master WHERE rootpage > 0").fetchall())
    connection.close()
    return found


DAMAGED = {
    # where: bytes from, to, what is written there; a name stands for its first page
    "magic": (0, 16, b"x"),
    "header": (16, 100, b"\xff"),
    "application": (68, 72, b"\0"),
    "schema": (100, PAGE, b"\x5a"),
    "a table of documents": "documents",
    "a table of statements": "statements",
    "the log": "log",
    "migrations": "migrations",
    "an index": "sqlite_autoindex_statements_1",
    "another index": "statements_by_document",
    "a search index": "statements_search_data",
}
COMMANDS = (("documents",), ("statements", "--text", "ferry"), ("rate", "Ana", "B", "--by", "ana"), ("verify",))


@pytest.mark.parametrize("where", DAMAGED)
def test_a_page_that_was_overwritten(case, where):
    damage = DAMAGED[where]
    if isinstance(damage, str):
        first = PAGE * (roots(case)[damage] - 1)
        damage = (first, first + PAGE, b"\x5a")
    content = bytearray(case.read_bytes())
    content[damage[0] : damage[1]] = damage[2] * (damage[1] - damage[0])
    noticed = 0
    for command in COMMANDS:
        case.write_bytes(content)
        status, told = run(case, *command)
        if status:
            noticed += 1
            assert case.read_bytes() == content, "what cannot be read is left as it is"
        if status == 2:
            assert "case.db: is " in told
            assert "(restore it from a copy" in told or "(name another case file)" in told, told
    assert noticed
    assert status in (1, 2), "verify finds it"


@pytest.mark.parametrize("length", [50, 100, PAGE, PAGE + 1, 20 * PAGE])
def test_a_file_that_was_cut_short(case, length):
    content = case.read_bytes()[:length]
    for command in COMMANDS:
        case.write_bytes(content)
        status, told = run(case, *command)
        assert (status, "case.db: is damaged" in told) == (2, True), told
        assert case.read_bytes() == content


# ---------------------------------------------------------------- what a killed program left


@pytest.mark.parametrize("shm", [False, True])
@pytest.mark.parametrize("others", ["another case", "a new case", "a long one"])
def test_a_wal_file_of_another_case_is_not_written_into_it(tmp_path, others, shm):
    case = killed(tmp_path / "case.db", 0, 6, 8)
    spans = {"another case": (100, 106, 108), "a new case": (100, 100, 103), "a long one": (100, 103, 115)}
    other = killed(tmp_path / "other.db", *spans[others])
    kept = wal_of(case).read_bytes()
    shutil.copy(wal_of(other), wal_of(case))
    if shm:
        shutil.copy(tmp_path / "other.db-shm", tmp_path / "case.db-shm")
    before = case.read_bytes(), wal_of(case).read_bytes()
    for command in COMMANDS:
        status, told = run(case, *command)
        assert (status, "case.db: case.db-wal beside it is not its own" in told) == (2, True), told
        assert "(move that file away" in told
    assert (case.read_bytes(), wal_of(case).read_bytes()) == before
    wal_of(case).write_bytes(kept)
    with open_ledger(case) as ledger:
        assert ledger.counts().documents == 8
        assert list(ledger.verify()) == []


def test_a_case_restored_from_a_copy_while_the_wal_file_of_its_later_self_lies_there(tmp_path):
    case = tmp_path / "case.db"
    write(case, 0, 3)
    older = case.read_bytes()
    write(case, 3, 12)
    killed(case, 12, 12, 14)
    case.write_bytes(older)
    with pytest.raises(LedgerError, match=r"case\.db-wal beside it is not its own"):
        open_ledger(case)
    assert case.read_bytes() == older
    wal_of(case).unlink()
    with open_ledger(case) as ledger:
        assert ledger.counts().documents == 3
        assert list(ledger.verify()) == []


@pytest.mark.parametrize("cut", [10, 32, 1000, 40_000, -1])
def test_a_wal_file_that_was_cut_short_gives_whole_documents(tmp_path, cut):
    case = killed(tmp_path / "case.db", 0, 3, 7)
    wal_of(case).write_bytes(wal_of(case).read_bytes()[:cut])
    with open_ledger(case) as ledger:
        counts = ledger.counts()
        assert 3 <= counts.documents < 7
        assert (counts.unread, counts.statements) == (0, counts.documents * stories.STATEMENTS)
        assert list(ledger.verify()) == []


def test_a_file_half_way_through_taking_its_wal_file_in_is_no_stranger_to_it(tmp_path):
    """Killed while pages are copied: any of them may be there already."""
    case = killed(tmp_path / "case.db", 0, 3, 9)
    older, wal = case.read_bytes(), wal_of(case).read_bytes()
    with open_ledger(case):
        pass
    newer = case.read_bytes()
    for pages in range(1, len(newer) // PAGE, 3):
        case.write_bytes(newer[: pages * PAGE] + older[pages * PAGE :])
        wal_of(case).write_bytes(wal)
        refuse_what_is_anothers(case, "case.db")
    with open_ledger(case) as ledger:
        assert ledger.counts().documents == 9
        assert list(ledger.verify()) == []


def test_looking_at_a_case_does_not_let_go_of_the_locks_of_one_that_is_open(case):
    """By POSIX, to close a file is to let go of all of the program's locks on it."""
    with open_ledger(case) as ledger:
        stories.write(ledger, 50)
        with open_ledger(case) as second:
            assert second.counts().documents == 13
        program = FORK.Process(target=write, args=(case, 60, 61))
        program.start()
        program.join()
        assert wal_of(case).exists(), "the other program must see that this one is still at it"
        stories.write(ledger, 51)
        assert list(ledger.verify()) == []
    assert Path(f"{case}-wal").exists() is False
