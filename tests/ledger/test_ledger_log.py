"""The log of a case: what it covers, and that a head noted down finds what was rewritten, however consistently."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import hashlib
import json
import re
import sqlite3

import pytest

from quoth.evidence import statement_id
from quoth.ledger import ProblemKind, log, merkle, open_ledger, rows
from quoth.ledger.log import LOGGED, BadHead, entry, head_from
from quoth.ledger.schema import migrations
from quoth.model import Head, Reliability, from_dict, to_dict
from quoth.model import Statement as Model

SOME_TIME = datetime.datetime(2031, 3, 5, tzinfo=datetime.UTC)


@pytest.fixture
def path(tmp_path, harbour, canal):
    path = tmp_path / "case.db"
    with open_ledger(path) as ledger:
        ledger.add(*harbour)
        ledger.add(*canal)
        ledger.rate("The Quay", Reliability.USUALLY, by="ana")
        ledger.rate("Canal Post", Reliability.FAIRLY, by="ana")
        ledger.record_failure("x.txt", "Q100", "is empty")
    return path


def verified(path, head=None):
    with open_ledger(path) as ledger:
        return [(p.kind, p.where, p.what) for p in ledger.verify(head=head)]


def head_of(path):
    with open_ledger(path) as ledger:
        return ledger.head()


@contextlib.contextmanager
def unguarded(path):
    """The case file in the hands of somebody who may write it: the triggers stand aside and come back."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.row_factory = sqlite3.Row
    triggers = connection.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for trigger in triggers:
        connection.execute(f"DROP TRIGGER {trigger['name']}")
    yield connection
    for trigger in triggers:
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (trigger["tbl_name"],)).fetchone():
            connection.execute(trigger["sql"])
    connection.close()


def entered(connection):
    """Table and row of each entry of the log, in its order."""
    return [(e["in_table"], e["row"]) for e in connection.execute("SELECT in_table, row FROM log ORDER BY number")]


def statements_in(connection, reading):
    sql = "SELECT statement_id FROM reading_statements WHERE reading_id = ? ORDER BY ordinal"
    return [item[0] for item in connection.execute(sql, (reading,))]


def enter_anew(connection, order):
    """Make the log, the gaps and the search index as if these rows had come in this order, with all hashes right."""
    connection.execute("DELETE FROM log")
    growing = merkle.Growing()
    for table, number in order:
        row = dict(connection.execute(f"SELECT * FROM {table} WHERE number = ?", (number,)).fetchone())
        if table == "readings":
            row["statements"] = statements_in(connection, row["id"])
        leaf = merkle.leaf_hash(entry(table, row))
        peak = growing.append(leaf)
        new = (growing.size, table, number, leaf.hex(), peak.hex())
        connection.execute("INSERT INTO log VALUES (?, ?, ?, ?, ?)", new)
    for table in LOGGED:
        sql = f"UPDATE sqlite_sequence SET seq = (SELECT coalesce(max(number), 0) FROM {table}) WHERE name = ?"
        connection.execute(sql, (table,))
    for index in ("documents_search", "statements_search"):
        connection.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")


def change_reading(connection, reading, statements, **columns):
    """Give a reading other statements or columns, and the id that they make."""
    row = {**dict(connection.execute("SELECT * FROM readings WHERE id = ?", (reading,)).fetchone()), **columns}
    new = rows.reading_id(
        row["document_id"], row["reader"], statements, row["notes"], row["recorded_at"], row["previous"]
    )
    connection.execute("DELETE FROM reading_statements WHERE reading_id = ?", (reading,))
    sql = "UPDATE readings SET id = ?, recorded_at = ? WHERE id = ?"
    connection.execute(sql, (new, row["recorded_at"], reading))
    for ordinal, statement in enumerate(statements):
        connection.execute("INSERT INTO reading_statements VALUES (?, ?, ?)", (new, ordinal, statement))


# ---------------------------------------------------------------- what is covered


def test_log_has_an_entry_for_each_row_in_the_order_in_which_they_came(path):
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        migrations = [("migrations", number) for number in range(1, 1 + len(entered(connection)) - 10)]
        assert entered(connection) == [
            *migrations,
            ("documents", 1), ("statements", 1), ("statements", 2), ("readings", 1),
            ("documents", 2), ("statements", 3), ("readings", 2),
            ("ratings", 1), ("ratings", 2), ("failures", 1),
        ]  # fmt: skip


def test_log_covers_every_column_of_every_table(path):
    """Whatever column is changed, of whatever row, the row's entry shows it; a text shows by its hash."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        columns = [
            (table, name)
            for table in LOGGED
            for _, name, kind, *_ in connection.execute(f"PRAGMA table_info({table})")
            if connection.execute(f"SELECT 1 FROM {table}").fetchone() and (table, name) != ("documents", "text")
        ]
    before = head_of(path)
    for table, name in columns:
        row = rows_of(path, table)[0]
        changed = {**row, name: 77 if isinstance(row[name], int) else "changed"}
        assert entry(table, changed) != entry(table, row), (table, name)
    assert len(columns) > 50
    assert head_of(path) == before


def rows_of(path, table):
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY number")]


def test_log_head_is_the_root_of_all_rows(path):
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        growing = merkle.Growing()
        for table, number in entered(connection):
            row = next(row for row in rows_of(path, table) if row["number"] == number)
            if table == "readings":
                row["statements"] = statements_in(connection, row["id"])
            row.pop("text", None)
            plain = json.dumps([table, row], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            growing.append(hashlib.sha256(b"\0" + plain.encode()).digest())
    assert head_of(path) == Head(growing.size, growing.root.hex())


def test_log_of_the_same_history_has_the_same_head(tmp_path, harbour, canal):
    heads = set()
    for name in ("a.db", "b.db"):
        with open_ledger(tmp_path / name, now=lambda: SOME_TIME) as ledger:
            ledger.add(*harbour)
            ledger.add(*canal)
            heads.add(str(ledger.head()))
    assert len(heads) == 1


def test_log_grows_by_nothing_where_nothing_is_added(path, harbour):
    before = head_of(path)
    with open_ledger(path) as ledger:
        assert not ledger.add(*harbour)
        assert not ledger.record_failure("x.txt", "Q100", "is empty")
        assert ledger.head() == before


def test_log_is_as_before_where_writing_failed(path, monkeypatch):
    before = head_of(path)
    with open_ledger(path) as ledger:
        monkeypatch.setattr(log.Entries, "write", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            ledger.record_failure("y.txt", "Q100", "is empty")
        monkeypatch.undo()
        assert len(list(ledger.failures())) == 1
        assert ledger.head() == before
        ledger.rate("The Quay", Reliability.FAIRLY, by="ana")
        assert ledger.head().size == before.size + 1
    assert verified(path, before) == []


# ---------------------------------------------------------------- heads


def test_log_an_earlier_head_still_holds_when_more_was_added(path, harbour):
    earlier = head_of(path)
    with open_ledger(path) as ledger:
        ledger.add(harbour[0], dataclasses.replace(harbour[1], reader="by-hand/2"))
        assert ledger.head().size == earlier.size + 1
    assert verified(path, earlier) == []
    assert verified(path, head_of(path)) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12",
        "12-",
        "12-ab",
        "-" + "a" * 64,
        "0-" + "a" * 64,
        "12-" + "g" * 64,
        "12-" + "a" * 65,
        "1" * 19 + "-" + "a" * 64,
    ],
)
def test_log_what_is_no_head_is_refused(text):
    with pytest.raises(BadHead, match="is no head of a case"):
        head_from(text)


def test_log_a_head_is_read_as_it_is_written():
    head = Head(12, "ab" * 32)
    assert head_from(f" {head}\n") == head_from(str(head).upper()) == head


# ---------------------------------------------------------------- what was rewritten with all hashes made right


def forged(path, head, says):
    """Nothing is wrong with the forgery in itself; the head finds it."""
    assert verified(path) == []
    assert verified(path, head) == [(ProblemKind.LOG, "log", says)]


REWRITTEN = "the first {} entries do not give the head that was expected: " + (
    "rows were changed, taken out, put in or reordered since, or it is the head of another case"
)


def test_log_rows_taken_off_the_end(path):
    head = head_of(path)
    with unguarded(path) as file:
        order = entered(file)
        file.execute("DELETE FROM ratings WHERE number = 2")
        file.execute("DELETE FROM failures")
        enter_anew(file, order[:-2])
    forged(
        path, head,
        f"has {head.size - 2} entries where {head.size} were expected: rows at the end were taken away, or it is the "
        "head of another case",
    )  # fmt: skip


def test_log_rows_taken_off_the_end_and_others_put_there(path):
    head = head_of(path)
    with unguarded(path) as file:
        order = entered(file)
        file.execute("DELETE FROM failures")
        enter_anew(file, order[:-1])
    with open_ledger(path) as ledger:
        ledger.record_failure("y.txt", "Q100", "is empty")
        ledger.record_failure("z.txt", "Q100", "is empty")
    forged(path, head, REWRITTEN.format(head.size))


def test_log_a_statement_rewritten(path):
    head = head_of(path)
    with unguarded(path) as file:
        order = entered(file)
        old = dict(file.execute("SELECT * FROM statements WHERE number = 2").fetchone())
        plain = json.loads(old["payload"]) | {"act": "confirm"}
        plain["id"] = statement_id(plain)
        new = rows.statement_row(from_dict(Model, plain), "here")
        names = ", ".join(f"{name} = :{name}" for name in new)
        reading = file.execute("SELECT id FROM readings WHERE number = 1").fetchone()
        first = file.execute("SELECT id FROM statements WHERE number = 1").fetchone()["id"]
        file.execute(f"UPDATE statements SET {names} WHERE number = 2", new)
        change_reading(file, reading["id"], [first, new["id"]])
        enter_anew(file, order)
    with open_ledger(path) as ledger:
        assert to_dict(ledger.statement(new["id"]))["act"] == "confirm"
    forged(path, head, REWRITTEN.format(head.size))


def test_log_a_document_dated_back(path):
    head = head_of(path)
    with unguarded(path) as file:
        order = entered(file)
        row = file.execute("SELECT * FROM documents WHERE number = 1").fetchone()
        seal = rows.document_seal(row["payload"], row["text_sha256"], "2001-01-01T00:00:00.000000Z")
        sql = "UPDATE documents SET recorded_at = '2001-01-01T00:00:00.000000Z', seal = ? WHERE number = 1"
        file.execute(sql, (seal,))
        enter_anew(file, order)
    forged(path, head, REWRITTEN.format(head.size))


def test_log_two_documents_swapped(path):
    head = head_of(path)
    with unguarded(path) as file:
        order = entered(file)
        for before, after in ((1, -1), (2, 1), (-1, 2)):
            file.execute("UPDATE documents SET number = ? WHERE number = ?", (after, before))
        enter_anew(file, order)
    forged(path, head, REWRITTEN.format(head.size))


def test_log_two_entries_swapped(path):
    head = head_of(path)
    with unguarded(path) as file:
        order = entered(file)
        enter_anew(file, [*order[:-2], order[-1], order[-2]])
    forged(path, head, REWRITTEN.format(head.size))


def test_log_a_document_put_in_the_past(path, article):
    head = head_of(path)
    new = rows.document_row(
        article("Nothing happened at the quay.", file="late.txt"), "here", "2001-01-01T00:00:00.000000Z"
    )
    with unguarded(path) as file:
        order = entered(file)
        at = order.index(("documents", 1))
        file.execute("UPDATE documents SET number = 3 WHERE number = 2")
        file.execute("UPDATE documents SET number = 2 WHERE number = 1")
        new["number"] = 1
        file.execute(f"INSERT INTO documents ({', '.join(new)}) VALUES ({', '.join(':' + n for n in new)})", new)
        shifted = [(t, n + 1) if t == "documents" else (t, n) for t, n in order[at:]]
        enter_anew(file, [*order[:at], ("documents", 1), *shifted])
    forged(path, head, REWRITTEN.format(head.size))


def test_log_the_head_of_another_case(path, tmp_path, canal):
    with open_ledger(tmp_path / "other.db") as ledger:
        ledger.add(*canal)
        head = ledger.head()
    assert [kind for kind, _, _ in verified(path, head)] == [ProblemKind.LOG]


# ---------------------------------------------------------------- what shows by itself


def test_log_a_row_that_quoth_did_not_put_there_never_gets_in(path):
    with unguarded(path) as file:
        row = {"location": "q.txt", "code": "Q100", "message": "m", "recorded_at": "2031-01-01T00:00:00.000000Z"}
        id_ = rows.failure_id(*row.values())
        file.execute("INSERT INTO failures VALUES (2, ?, ?, ?, ?, ?)", (id_, *row.values()))
    says = (ProblemKind.LOG, "failures row 2", "is not in the log: it was not Quoth that put it there")
    assert verified(path) == [says]
    with open_ledger(path) as ledger:
        ledger.record_failure("r.txt", "Q100", "is empty")
    assert verified(path) == [says]


@pytest.mark.parametrize(
    ("sql", "where", "what"),
    [
        ("DELETE FROM log WHERE number = 7", "log", "entry 7 is gone"),
        ("UPDATE log SET peak = leaf WHERE number = 8", "log", "entry 8 does not hold the peak"),
        ("UPDATE log SET leaf = peak WHERE number = 8", "log", "entry 8 does not hold the peak"),
        ("UPDATE log SET row = 9 WHERE in_table = 'failures'", "failures row 1", "is not in the log"),
        ("UPDATE log SET in_table = 'ratings', row = 99 WHERE in_table = 'failures'", "ratings row 99", "is gone"),
        ("UPDATE log SET in_table = 'dreams' WHERE in_table = 'failures'", "log", "no table of evidence"),
        ("DELETE FROM log WHERE number = (SELECT max(number) FROM log)", "failures row 1", "is not in the log"),
        ("DELETE FROM log", "migrations row 1", "is not in the log"),
    ],
)  # fmt: skip
def test_log_itself_altered(path, sql, where, what):
    with unguarded(path) as file:
        file.execute(sql)
    problems = verified(path)
    assert {kind for kind, _, _ in problems} == {ProblemKind.LOG}
    assert any(p[1] == where and what in p[2] for p in problems), problems


# ---------------------------------------------------------------- cases that are older


def test_log_is_made_for_a_case_that_had_none(path):
    with unguarded(path) as file:
        before = [(t, n) for t in LOGGED for n in range(1, 1 + len(rows_of(path, t)))]
        made = file.execute("SELECT number FROM migrations WHERE name = 'log'").fetchone()["number"]
        later = "".join(migration.sql for migration in migrations("sqlite")[made:])
        indexes = [f"DROP INDEX {name}" for name in re.findall(r"CREATE INDEX (\w+)", later)]
        for sql in (*indexes, "DROP TABLE log", "DROP TABLE anchors", f"DELETE FROM migrations WHERE number >= {made}"):
            file.execute(sql)
        file.execute(f"PRAGMA user_version = {made - 1}")
    assert verified(path) == []
    with contextlib.closing(sqlite3.connect(path)) as file:
        file.row_factory = sqlite3.Row
        applied_since = [("migrations", number) for number in range(made + 1, len(migrations("sqlite")) + 1)]
        assert entered(file) == [entry for entry in before if entry not in applied_since] + applied_since
