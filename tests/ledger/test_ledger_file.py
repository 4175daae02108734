"""The case file: what is refused, that evidence is append-only, that any SQLite browser can show it."""

from __future__ import annotations

import datetime
import os
import sqlite3
import subprocess
import sys

import pytest

from quoth.errors import LedgerError
from quoth.ledger import ProblemKind, open_ledger
from quoth.ledger.schema import Migration, migrations
from quoth.ledger.sqlite.database import SqliteDatabase
from quoth.ledger.sqlite.opening import write_ahead
from quoth.model import EventFrame, Fetch, JudgedQuestion, JudgementKind, Reliability, Slot

EVIDENCE = (
    "migrations",
    "documents",
    "statements",
    "readings",
    "reading_statements",
    "judgements",
    "question_judgements",
    "ratings",
    "failures",
    "fetches",
)


@pytest.fixture
def case_file(tmp_path, harbour):
    path = tmp_path / "case.db"
    with open_ledger(path) as ledger:
        ledger.add(*harbour)
        ledger.record_failure("x.txt", "Q100", "is empty")
        moment = datetime.datetime(2031, 5, 6, tzinfo=datetime.UTC)
        ledger.record_fetch(Fetch(url="https://quay.example/a", answered="https://quay.example/a", status=200,
                                  retrieved=moment))  # fmt: skip
        ledger.judge(JudgementKind.ACCEPT, harbour[1].statements[0].id, by="ana")
        asked = JudgedQuestion(id="a" * 32, text="When?", slot=Slot.TIME, event=EventFrame(predicate="send"),
                               statements=(harbour[1].statements[0].id,))  # fmt: skip
        ledger.judge_question(JudgementKind.NAME, asked, by="ana", words="When will they sail?")
        ledger.rate("The Quay", Reliability.FAIRLY, by="ana")
    return path


def raw(path):
    return sqlite3.connect(path, isolation_level=None)


def dump(path):
    connection = raw(path)
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


def test_the_file_names_its_owner_and_its_format(case_file):
    connection = raw(case_file)
    assert connection.execute("PRAGMA application_id").fetchone()[0] == int.from_bytes(b"QUOT", "big")
    assert connection.execute("PRAGMA user_version").fetchone()[0] == len(migrations("sqlite"))
    assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    recorded = connection.execute("SELECT number, name FROM migrations").fetchall()
    assert recorded == [(m.number, m.name) for m in migrations("sqlite")]
    marks = ", ".join("?" * len(EVIDENCE))
    tables = connection.execute(f"SELECT name, strict FROM pragma_table_list WHERE name IN ({marks})", EVIDENCE)
    assert dict(tables.fetchall()) == dict.fromkeys(EVIDENCE, 1)


def test_a_browser_can_show_who_said_what(case_file):
    connection = raw(case_file)
    columns = "source, act, factuality, content, said_earliest, outlet, published"
    sql = f"SELECT {columns} FROM statements_current ORDER BY document_number, ordinal"
    assert connection.execute(sql).fetchall() == [
        ("Ana Réka", "plan", "PR+", "Lodia would send 12 barges", "2031-03-03", "The Quay", "2031-03-04"),
        ("The mayor", "deny", "CT+", "it would", None, "The Quay", "2031-03-04"),
    ]


@pytest.mark.parametrize("table", EVIDENCE)
@pytest.mark.parametrize("how", ["UPDATE", "DELETE", "REPLACE", "UPSERT"])
def test_evidence_is_append_only(case_file, table, how):
    connection = raw(case_file)
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    names, last = ", ".join(columns), columns[-1]
    sql = {
        "UPDATE": f"UPDATE {table} SET {last} = {last}",
        "DELETE": f"DELETE FROM {table}",
        "REPLACE": f"INSERT OR REPLACE INTO {table} ({names}) SELECT {names} FROM {table} WHERE true",
        "UPSERT": f"INSERT INTO {table} ({names}) SELECT {names} FROM {table} WHERE true "
        f"ON CONFLICT DO UPDATE SET {last} = {last}",
    }[how]
    before = dump(case_file)
    with pytest.raises(sqlite3.IntegrityError, match=f"{table} is append-only"):
        connection.execute(sql)
    assert dump(case_file) == before


def test_replacing_by_id_alone_is_stopped_too(case_file):
    connection = raw(case_file)
    names = [row[1] for row in connection.execute("PRAGMA table_info(documents)") if row[1] != "number"]
    columns = ", ".join(names)
    with pytest.raises(sqlite3.IntegrityError, match="documents is append-only"):
        connection.execute(f"INSERT OR REPLACE INTO documents ({columns}) SELECT {columns} FROM documents")


def test_adding_twice_leaves_the_file_as_it_was(case_file, harbour):
    before = dump(case_file)
    with open_ledger(case_file) as ledger:
        assert ledger.add(*harbour) is False
        assert ledger.record_failure("x.txt", "Q100", "is empty") is False
    assert dump(case_file) == before


@pytest.mark.parametrize("read_only", [False, True])
def test_closing_leaves_one_file_as_it_was(case_file, read_only):
    before = case_file.read_bytes()
    with open_ledger(case_file, read_only=read_only) as ledger:
        assert ledger.counts().statements == 2
    assert [path.name for path in case_file.parent.iterdir()] == ["case.db"]
    assert case_file.read_bytes() == before


def test_a_read_only_look_at_what_another_is_writing(case_file, canal):
    with open_ledger(case_file) as writer, open_ledger(case_file, read_only=True) as reader:
        writer.add(*canal)
        assert reader.counts().documents == 2
        assert len(list(reader.statements())) == 3


def test_a_case_in_memory(harbour):
    with open_ledger(":memory:") as ledger:
        ledger.add(*harbour)
        assert ledger.counts().statements == 2
    with pytest.raises(LedgerError, match="in memory"):
        open_ledger(":memory:", read_only=True)


def test_an_odd_file_name(tmp_path, harbour):
    path = tmp_path / "cas %41?mode=ro#1 ünï.db"
    with open_ledger(path) as ledger:
        ledger.add(*harbour)
    assert path.is_file()


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"Minister says barges are late.\n", "is not a case file"),
        (b"SQLite", "is not a case file"),
        (b"SQLite format 3\0" + b"\xff" * 4096, "not a database|damaged"),
    ],
)
def test_a_file_of_another_kind_is_left_alone(tmp_path, content, words, read_only):
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(LedgerError, match=words) as caught:
        open_ledger(path, read_only=read_only)
    assert str(path) in str(caught.value)
    assert path.read_bytes() == content


def test_another_programs_database_is_left_alone(tmp_path):
    path = tmp_path / "other.db"
    connection = raw(path)
    connection.execute("CREATE TABLE documents (id)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(LedgerError, match="another program"):
        open_ledger(path)
    assert path.read_bytes() == before


def test_a_newer_format_is_refused(case_file):
    connection = raw(case_file)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    before = case_file.read_bytes()
    with pytest.raises(LedgerError, match=r"newer Quoth .*999"):
        open_ledger(case_file)
    assert case_file.read_bytes() == before


def test_an_older_format_is_brought_up_to_date_but_not_read_only(case_file, monkeypatch):
    more = Migration(len(migrations("sqlite")) + 1, "moods", "CREATE TABLE moods (outlet TEXT) STRICT;\n")
    known = (*migrations("sqlite"), more)
    for module in ("schema", "opening"):
        monkeypatch.setattr(f"quoth.ledger.sqlite.{module}.migrations", lambda dialect: known)
    with pytest.raises(LedgerError, match="older Quoth"):
        open_ledger(case_file, read_only=True)
    with open_ledger(case_file) as ledger:
        assert ledger.counts().statements == 2
    connection = raw(case_file)
    assert connection.execute("SELECT max(number) FROM migrations").fetchone()[0] == more.number
    assert connection.execute("PRAGMA user_version").fetchone()[0] == more.number


def test_a_migration_that_fails_leaves_nothing_behind(case_file, monkeypatch):
    wrong = Migration(len(migrations("sqlite")) + 1, "wrong", "CREATE TABLE half (a);\nCREATE TABLE half (a);\n")
    known = (*migrations("sqlite"), wrong)
    before = dump(case_file)
    with monkeypatch.context() as patched:
        patched.setattr("quoth.ledger.sqlite.schema.migrations", lambda dialect: known)
        with pytest.raises(LedgerError, match="half already exists"):
            open_ledger(case_file)
    assert dump(case_file) == before
    with open_ledger(case_file) as ledger:
        assert list(ledger.verify()) == []


def test_places_where_no_case_can_be(tmp_path):
    with pytest.raises(LedgerError, match="is a folder"):
        open_ledger(tmp_path)
    with pytest.raises(LedgerError, match="does not exist"):
        open_ledger(tmp_path / "no" / "case.db")
    with pytest.raises(LedgerError, match="no such case file"):
        open_ledger(tmp_path / "case.db", read_only=True)
    assert not (tmp_path / "case.db").exists()
    with pytest.raises(LedgerError, match="NUL"):
        open_ledger(f"{tmp_path}/a\0b")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(LedgerError, match="not a regular file"):
        open_ledger(tmp_path / "pipe")


def test_an_empty_file_becomes_a_case(tmp_path, harbour):
    path = tmp_path / "case.db"
    path.touch()
    with pytest.raises(LedgerError, match="holds no case yet"):
        open_ledger(path, read_only=True)
    with open_ledger(path) as ledger:
        assert ledger.add(*harbour) is True


def test_a_locked_file(case_file, canal):
    other = raw(case_file)
    other.execute("BEGIN IMMEDIATE")
    with open_ledger(case_file, timeout=0.05) as ledger:
        assert ledger.counts().documents == 1
        with pytest.raises(LedgerError, match="locked by another program"):
            ledger.add(*canal)
        other.execute("ROLLBACK")
        assert ledger.add(*canal) is True


def test_several_at_once_make_one_case(tmp_path, made_at_once):
    made_at_once(tmp_path / "case.db")


class Busy:
    """A connection on which the journal's mode cannot be changed for `times` calls."""

    def __init__(self, times, code=sqlite3.SQLITE_BUSY):
        self.times, self.code, self.calls = times, code, 0

    def execute(self, sql):
        self.calls += 1
        if self.calls <= self.times:
            error = sqlite3.OperationalError("database is locked")
            error.sqlite_errorcode = self.code
            raise error


def test_whoever_changes_the_journal_at_the_same_time_is_waited_for():
    busy = Busy(2)
    write_ahead(busy, timeout=60)
    assert busy.calls == 3
    for hopeless in (Busy(10**6), Busy(10**6, sqlite3.SQLITE_IOERR)):
        with pytest.raises(sqlite3.OperationalError):
            write_ahead(hopeless, timeout=0)
        assert hopeless.calls == 1


UNPRIVILEGED = """
import os, sys
from quoth.errors import LedgerError
from quoth.ledger import open_ledger
from quoth.ledger.sqlite.database import SqliteDatabase
from quoth.ledger.sqlite.opening import write_ahead
open_ledger(":memory:").close()  # imports everything, as long as that may be read
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
path = sys.argv[1]
for read_only in (True, False):
    with open_ledger(path, read_only=read_only) as ledger:
        print(ledger.counts().statements)
        try:
            ledger.record_failure("a", "b", "c")
        except LedgerError as error:
            print(error.what)
"""


def test_a_file_in_a_folder_that_cannot_be_written_is_read(tmp_path, case_file):
    case_file.chmod(0o444)
    closed = tmp_path / "closed"
    closed.mkdir()
    case_file.rename(closed / "case.db")
    closed.chmod(0o555)
    for folder in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
        folder.chmod(folder.stat().st_mode | 0o055)
    try:
        done = subprocess.run(
            [sys.executable, "-c", UNPRIVILEGED, str(closed / "case.db")],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
        )
    finally:
        closed.chmod(0o755)
    assert done.stdout.splitlines() == ["2", "is open read-only and cannot be written to"] * 2, done.stderr


def test_a_truncated_file(case_file, tmp_path):
    broken = tmp_path / "broken.db"
    broken.write_bytes(case_file.read_bytes()[: 4096 * 5])
    with pytest.raises(LedgerError, match=r"is damaged .*restore it from a copy"):
        open_ledger(broken)


def test_pages_overwritten(case_file):
    connection = raw(case_file)
    (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'statements'").fetchone()
    connection.close()
    content = bytearray(case_file.read_bytes())
    content[4096 * (page - 1) : 4096 * page] = b"\x5a" * 4096
    case_file.write_bytes(content)
    with open_ledger(case_file) as ledger:
        with pytest.raises(LedgerError, match="is damaged"):
            list(ledger.statements())
        problems = list(ledger.verify())
        assert ProblemKind.DATABASE in {problem.kind for problem in problems}


def test_the_statements_of_a_document_are_found_without_a_look_at_others(case_file, harbour, monkeypatch):
    asked = []
    every = SqliteDatabase.all

    def recorded(self, sql, *values):
        asked.append((sql, values))
        return every(self, sql, *values)

    monkeypatch.setattr(SqliteDatabase, "all", recorded)
    with open_ledger(case_file) as ledger:
        assert list(ledger.statements(document=harbour[0].id))
    connection = raw(case_file)
    steps = [row[3] for sql, values in asked for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
    connection.close()
    assert any("statements" in sql for sql, _ in asked)
    assert [step for step in steps if step.startswith("SCAN")] == []
