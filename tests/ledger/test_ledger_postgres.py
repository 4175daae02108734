"""A case on a Postgres server: what is refused, what is append-only, who may do what, and what its errors say."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
import stories

from quoth.errors import LedgerError, NotFound
from quoth.ledger import ProblemKind, open_ledger, readings, there_is
from quoth.ledger.postgres.database import TYPES, PostgresDatabase
from quoth.ledger.postgres.schema import WRITERS
from quoth.ledger.schema import migrations

EVIDENCE = (
    "migrations", "documents", "statements", "readings", "reading_statements", "judgements", "question_judgements",
    "ratings", "failures", "fetches", "log", "anchors", "originals",
)  # fmt: skip


@pytest.fixture
def case(postgres):
    """A case of which only rows change."""
    address = postgres.new_case()
    yield address
    postgres.take_back(address)


@pytest.fixture
def database(postgres):
    """An empty database."""
    return postgres.new_database()


def raw(address):
    return psycopg.connect(address, autocommit=True)


def run(address, *script):
    with raw(address) as connection:
        for statement in script:
            connection.execute(statement)


def found(address):
    with open_ledger(address) as ledger:
        return [(problem.kind, problem.where, problem.what) for problem in ledger.verify()]


def test_both_kinds_of_database_were_made_by_the_same_migrations():
    """Until the eighth, which changes how numbers are counted on a server alone."""
    assert [(m.number, m.name) for m in migrations("postgres")[:7]] == [
        (m.number, m.name) for m in migrations("sqlite")
    ]


def test_both_kinds_of_database_have_the_same_tables_views_and_columns(case, tmp_path):
    open_ledger(tmp_path / "case.db").close()
    file = sqlite3.connect(tmp_path / "case.db")
    names = """SELECT name FROM sqlite_master WHERE type IN ('table', 'view')
        AND name NOT LIKE '%search%' AND name NOT LIKE 'sqlite%'"""
    expected = {
        name: [column[1] for column in file.execute(f"PRAGMA table_info({name})")] for (name,) in file.execute(names)
    }
    columns = """SELECT table_name, array_agg(column_name::text ORDER BY ordinal_position)
        FROM information_schema.columns WHERE table_schema = 'quoth' AND table_name NOT LIKE '%search%'
        GROUP BY table_name"""
    with raw(case) as connection:
        there = dict(connection.execute(columns).fetchall())
    assert {name: there[name] for name in expected} == expected
    assert sorted(set(there) - set(expected)) == ["numbers", "originals"]


def test_a_case_is_made_when_it_is_opened_and_not_when_it_is_looked_for(database):
    assert not there_is(database)
    with pytest.raises(LedgerError, match="holds no case yet"):
        open_ledger(database, read_only=True)
    assert not there_is(database)
    open_ledger(database).close()
    assert there_is(database)


def test_other_tables_of_the_database_are_left_alone(database, harbour):
    run(database, "CREATE TABLE documents (id text)", "INSERT INTO documents VALUES ('theirs')")
    with open_ledger(database) as ledger:
        ledger.add(*harbour)
        assert list(ledger.verify()) == []
    with raw(database) as connection:
        assert connection.execute("SELECT * FROM public.documents").fetchall() == [("theirs",)]


def test_another_programs_schema_of_that_name_is_left_alone(database):
    run(database, "CREATE SCHEMA quoth", "CREATE TABLE quoth.migrations (id text)")
    for read_only in (False, True):
        with pytest.raises(LedgerError, match="another program's, and was left alone"):
            open_ledger(database, read_only=read_only)
    with raw(database) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'quoth'").fetchall()
    assert tables == [("migrations",)]


def test_a_newer_format_is_refused(case):
    run(case, "INSERT INTO quoth.migrations VALUES (999, 'later', 'x', 'x')")
    with pytest.raises(LedgerError, match=r"newer Quoth .*999"):
        open_ledger(case)


def test_a_database_of_another_encoding_is_refused(postgres):
    postgres.run_sql("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'")
    with pytest.raises(LedgerError, match="keeps text as LATIN1, and a case needs UTF8"):
        open_ledger(postgres.address("latin"))


def test_several_at_once_make_one_case(database, made_at_once):
    made_at_once(database)


@pytest.mark.parametrize("table", EVIDENCE)
@pytest.mark.parametrize("how", ["UPDATE", "DELETE", "TRUNCATE"])
def test_evidence_is_append_only_for_its_owner_too(case, table, how):
    statement = {
        "UPDATE": f"UPDATE quoth.{table} SET {'sha256' if table in ('migrations', 'originals') else 'ctid'} = NULL",
        "DELETE": f"DELETE FROM quoth.{table}",
        "TRUNCATE": f"TRUNCATE quoth.{table} CASCADE",
    }[how].replace("ctid = NULL", {"reading_statements": "ordinal = 1", "log": "row = 1"}.get(table, "id = NULL"))
    with raw(case) as connection, pytest.raises(psycopg.IntegrityError, match="is append-only: rows are never"):
        connection.execute(statement)


def test_numbers_have_no_gap_after_a_transaction_that_failed(case, harbour, canal):
    with open_ledger(case) as ledger:
        ledger.add(*harbour)
        with raw(case) as connection:
            connection.execute("BEGIN")
            connection.execute(
                "INSERT INTO quoth.failures (number, id, location, code, message, recorded_at)"
                " SELECT 1, 'x', 'x', 'x', 'x', 'x'"
            )
            connection.execute("ROLLBACK")
        ledger.add(*canal)
        ledger.record_failure("a", "b", "c")
        assert list(ledger.verify()) == []
    with raw(case) as connection:
        assert connection.execute("SELECT number FROM quoth.statements ORDER BY number").fetchall() == [
            (1,),
            (2,),
            (3,),
        ]
        assert connection.execute("SELECT number FROM quoth.failures").fetchall() == [(1,)]


FAILURES = """INSERT INTO quoth.failures (number, id, location, code, message, recorded_at)
    SELECT n, n, n, 'x', 'x', 'x' FROM unnest(%s::bigint[]) AS n"""


@pytest.mark.parametrize("numbers", [[1], [3], [2, 4], [4, 3], [0], [2, None]])
def test_numbers_other_than_the_next_ones_are_refused(case, numbers):
    with open_ledger(case) as ledger:
        ledger.record_failure("a", "b", "c")
        with raw(case) as connection, pytest.raises(psycopg.IntegrityError):
            connection.execute(FAILURES, [numbers])
        ledger.record_failure("d", "e", "f")
        assert list(ledger.verify()) == []


def test_numbers_of_many_rows_are_counted_once(case):
    """However many rows a transaction holds: a counter changed for each is stepped over as often by the next."""
    with raw(case) as connection:
        connection.execute("BEGIN")
        for first in (1, 501, 1001):
            connection.execute(FAILURES, [list(range(first, first + 500))])
        connection.execute(FAILURES, [[]])
        version = "SELECT highest, cmin::text FROM quoth.numbers WHERE name = 'failures'"
        highest, commands = connection.execute(version).fetchone()
        connection.execute("ROLLBACK")
    assert highest == 1500
    assert int(commands) < 20


def test_what_the_server_refuses_is_told_and_leaves_nothing_half(case, harbour, canal):
    with open_ledger(case) as ledger:
        ledger.add(*harbour)
        run(case, "UPDATE quoth.numbers SET highest = 0 WHERE name = 'statements'")
        with pytest.raises(LedgerError, match=r"refused a row: .*statements_pkey"):
            ledger.add(*canal)
        run(case, "UPDATE quoth.numbers SET highest = 2 WHERE name = 'statements'")
        assert not ledger.has(canal[0].id)
        ledger.add(*canal)
        assert list(ledger.verify()) == []


def test_few_answers_are_waited_for_while_an_article_is_added(case, harbour, monkeypatch):
    """However much it says and however long the log is: each answer of a server far away takes its time."""
    asked = []
    found = PostgresDatabase.all
    with open_ledger(case) as ledger:
        for number in range(20):
            stories.write(ledger, number)
        monkeypatch.setattr(PostgresDatabase, "all", lambda *given: asked.append(given[1]) or found(*given))
        ledger.add(*harbour)
    assert len(asked) == 4, asked


def test_rows_of_any_length_are_inserted(case, article, monkeypatch):
    """More than one command takes, in one call and in several."""
    monkeypatch.setattr("quoth.ledger.postgres.database.LONG", 300)
    with open_ledger(case) as ledger:
        for number in range(3):
            text = f"{number} said " + "that it would. " * 50
            ledger.add(article(text, file=f"{number}.txt"))
        with ledger._database.transaction():
            ledger._database.append("originals", [{"sha256": str(n), "data": bytes(100)} for n in range(10)])
        assert ledger._database.one("SELECT count(*) AS rows FROM originals")["rows"] == 10
        assert [document.text[0] for document in ledger.documents(text="would")] == ["0", "1", "2"]


def test_columns_are_of_the_types_that_rows_are_inserted_by(case):
    sql = """SELECT column_name, data_type FROM information_schema.columns
        WHERE table_schema = 'quoth' AND table_name NOT IN ('numbers', 'migrations')
        AND table_name IN (SELECT table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE')
        AND is_generated = 'NEVER'"""
    with raw(case) as connection:
        types = set(connection.execute(sql).fetchall())
    assert types == {(name, TYPES.get(name, "text")) for name, _ in types}


# ---------------------------------------------------------------- verify


def test_the_schema_is_compared_with_the_migrations(postgres, harbour):
    address = postgres.new_database("made")
    with open_ledger(address) as ledger:
        ledger.add(*harbour)
    for script, what in (
        ("DROP TRIGGER documents_is_append_only ON quoth.documents",
         "the trigger documents_is_append_only is gone"),
        ("ALTER TABLE quoth.readings DISABLE TRIGGER readings_is_append_only",
         "trigger readings_is_append_only was altered"),
        ("ALTER TABLE quoth.statements DISABLE TRIGGER ALL", "table statements was altered"),
        ("DROP VIEW quoth.documents_unread", "the view documents_unread is gone"),
        ("CREATE OR REPLACE VIEW quoth.judgements_standing AS SELECT * FROM quoth.judgements",
         "view judgements_standing was altered"),
        ("DROP INDEX quoth.judgements_by_subject", "the index judgements_by_subject is gone"),
        ("ALTER TABLE quoth.ratings DROP CONSTRAINT ratings_grade_check", "table ratings was altered"),
        ("ALTER TABLE quoth.documents ALTER title SET DEFAULT 'x'", "table documents was altered"),
        ("CREATE RULE quiet AS ON INSERT TO quoth.failures DO INSTEAD NOTHING", "table failures was altered"),
        ("CREATE OR REPLACE FUNCTION quoth.refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
         "function refuse was altered"),
    ):  # fmt: skip
        run(address, script)
        problems = found(address)
        assert (ProblemKind.SCHEMA, what) in [(kind, said) for kind, _, said in problems], (script, problems)
    run(address, "DROP TABLE quoth.question_judgements CASCADE")
    assert "the table question_judgements is gone" in [what for _, _, what in found(address)]


def test_search_words_that_differ_from_the_evidence_are_found(case, harbour):
    with open_ledger(case) as ledger:
        ledger.add(*harbour)
    run(case, "UPDATE quoth.statements_search SET content = ' nothing ' WHERE number = 1")
    assert found(case) == [
        (ProblemKind.SEARCH, "statements_search", "the search index does not match the evidence (1 rows)")
    ]
    run(case, "DELETE FROM quoth.documents_search", "DELETE FROM quoth.statements_search WHERE number = 1")
    assert len(found(case)) == 2


def test_an_original_whose_bytes_were_changed_is_named(case):
    with open_ledger(case) as ledger:
        sha256 = ledger.keep_original(b"as it came")
        assert ledger.keep_original(b"as it came") == sha256
        assert ledger.original(sha256) == b"as it came"
        assert list(ledger.verify()) == []
        run(case, "SET session_replication_role = replica; UPDATE quoth.originals SET data = 'other'")
        assert [(p.kind, p.where) for p in ledger.verify()] == [(ProblemKind.ORIGINAL, f"originals {sha256}")]
        with pytest.raises(LedgerError, match="do not have that hash"):
            ledger.original(sha256)


# ---------------------------------------------------------------- search


def test_words_are_found_alike_in_both(case, tmp_path, article):
    """What stands between the words, long words, many words, and letters that fold into others."""
    texts = ["The Ferry—late. Straße, ﬁn, İstanbul, Ёлка", "long " + "x" * 5000 + " word", "12,5 km don't e\u0301tat",
             " ".join(f"w{i}" for i in range(120_000))]  # fmt: skip
    looked_for = [
        "ferry late", '"ferry late"', "strasse", "straße", "FIN", "istanbul", "ёлка", "елка", "ёл*", "x" * 5000,
        "x" * 4999, "x" * 150 + "*", "don't", "dont", "etat", '"12,5"', '"5 km"', "w119999", '"w7 w8"', '"w8 w7"',
        "w11999*", "½", "word* long",
    ]  # fmt: skip
    with open_ledger(case) as server, open_ledger(tmp_path / "case.db") as file:
        for text in texts:
            document = article(text)
            for ledger in (server, file):
                ledger.add(document)
        hits = 0
        for words in looked_for:
            in_file = [d.id for d in file.documents(text=words)]
            assert [d.id for d in server.documents(text=words)] == in_file, words
            hits += len(in_file)
        assert hits > 12
        assert list(server.verify()) == []


# ---------------------------------------------------------------- who may do what


def role(postgres, address, name, *grants):
    with raw(address) as connection:
        exists = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (name,)).fetchone()
        connection.execute(f"{'ALTER' if exists else 'CREATE'} ROLE {name} LOGIN PASSWORD 'pw'")
        for grant in grants:
            connection.execute(f"GRANT {grant} TO {name}")
    return postgres.address(address.rpartition("/")[2], user=name, password="pw")


def grants():
    """The rights of an analyst, from the documentation."""
    page = Path(__file__).parents[2] / "docs" / "ledger.md"
    lines = [line for line in page.read_text().splitlines() if line.startswith("GRANT ") and "TO analyst" in line]
    return [line.removeprefix("GRANT ").removesuffix(" TO analyst;") for line in lines]


def test_who_may_only_select_and_insert_can_do_all_work(postgres, case, harbour, canal):
    analyst = role(postgres, case, "analyst", *grants())
    with open_ledger(analyst) as ledger:
        assert not ledger.read_only
        ledger.add(*harbour)
        ledger.add(*canal)
        ledger.record_failure("a", "b", "c")
        ledger.keep_original(b"as it came")
        assert len(list(ledger.statements(text="barges"))) == 1
        assert list(ledger.verify()) == []
    with raw(analyst) as connection:
        for statement in (
            "UPDATE quoth.numbers SET highest = 0",
            "UPDATE quoth.documents SET title = 'x'",
            "DELETE FROM quoth.documents",
            "ALTER TABLE quoth.documents DISABLE TRIGGER ALL",
            "SET session_replication_role = replica",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)


def test_who_may_only_select_reads_and_verifies(postgres, case, harbour, canal):
    with open_ledger(case) as ledger:
        ledger.add(*harbour)
    reader = role(postgres, case, "reader", "USAGE ON SCHEMA quoth", "SELECT ON ALL TABLES IN SCHEMA quoth")
    with open_ledger(reader) as ledger:
        assert ledger.read_only
        assert ledger.counts().statements == 2
        assert list(ledger.verify()) == []
        with pytest.raises(LedgerError, match="read-only"):
            ledger.add(*canal)


def test_who_may_do_nothing_is_told(postgres, case):
    stranger = role(postgres, case, "stranger")
    with pytest.raises(LedgerError, match=r"may not be used so: permission denied for schema quoth .*rights"):
        open_ledger(stranger)


def test_who_may_make_no_temporary_table_is_told_that_the_schema_was_not_checked(postgres, harbour):
    address = postgres.new_database("made")
    name = address.rpartition("/")[2]
    run(address, f"REVOKE TEMPORARY ON DATABASE {name} FROM PUBLIC")
    reader = role(postgres, address, "reader", "USAGE ON SCHEMA quoth", "SELECT ON ALL TABLES IN SCHEMA quoth")
    with open_ledger(reader) as ledger:
        (problem,) = ledger.verify()
    assert (problem.kind, problem.where) == (ProblemKind.SCHEMA, "the schema")
    assert "was not compared with the migrations: may not be used so" in problem.what


# ---------------------------------------------------------------- what goes wrong


def test_a_wrong_password_and_a_database_that_is_not_there(postgres, case):
    with pytest.raises(LedgerError, match=r"password authentication failed .*PGPASSWORD") as caught:
        open_ledger(postgres.address(case.rpartition("/")[2], password="wrong"))
    assert "wrong" not in str(caught.value)
    with pytest.raises(LedgerError, match=r'database "nowhere" does not exist .*createdb'):
        open_ledger(postgres.address("nowhere"))


def test_the_password_may_come_from_the_environment_and_from_a_file(postgres, case, tmp_path, monkeypatch):
    bare = case.replace(f":{postgres.password}@", "@")
    assert postgres.password not in bare
    monkeypatch.setenv("PGPASSWORD", postgres.password)
    open_ledger(bare).close()
    monkeypatch.delenv("PGPASSWORD")
    (tmp_path / "pgpass").write_text(f"*:*:*:*:{postgres.password}\n")
    (tmp_path / "pgpass").chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "pgpass"))
    with open_ledger(bare) as ledger:
        assert postgres.password not in ledger.where
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "none"))
    with pytest.raises(LedgerError, match="no password supplied"):
        open_ledger(bare)


def test_a_connection_that_is_lost_in_the_middle_leaves_nothing_half(case, harbour, canal, monkeypatch):
    with open_ledger(case) as ledger:
        ledger.add(*harbour)
        adding = readings.add

        def cut_off(*arguments, **options):
            adding(*arguments, **options)
            others = "application_name = 'quoth' AND datname = current_database()"
            run(case, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")
            return True

        monkeypatch.setattr(readings, "add", cut_off)
        with pytest.raises(LedgerError, match=r"the (server closed the connection|connection was lost).*run it again"):
            ledger.add(*canal)
        with pytest.raises(LedgerError, match="open the case again"):
            ledger.counts()
    monkeypatch.undo()
    with open_ledger(case) as ledger:
        assert ledger.counts().documents == 1
        assert ledger.add(*canal) is True
        assert list(ledger.verify()) == []


def test_a_lock_and_a_timeout(case, harbour, canal):
    with open_ledger(case, timeout=0.1) as ledger, raw(case) as other:
        other.execute("BEGIN")
        other.execute("SELECT pg_advisory_xact_lock(%s)", (WRITERS,))
        with pytest.raises(LedgerError, match="locked by another program"):
            ledger.add(*harbour)
        assert ledger.counts().documents == 0
        other.execute("ROLLBACK")
        assert ledger.add(*harbour) is True
    patient = f"{case}?options=-cstatement_timeout%3D150"
    with open_ledger(patient) as ledger, raw(case) as other:
        other.execute("BEGIN")
        other.execute("SELECT pg_advisory_xact_lock(%s)", (WRITERS,))
        with pytest.raises(LedgerError, match="the server gave up: canceling statement due to statement timeout"):
            ledger.add(*canal)


def test_what_others_set_does_not_change_what_is_read_and_written(case, harbour):
    settings = ("search_path=public", "default_transaction_isolation=serializable", "client_encoding=latin1")
    odd = f"{case}?options={quote(' '.join(f'-c{setting}' for setting in settings))}"
    with open_ledger(odd) as ledger:
        ledger.add(*harbour)
        assert list(ledger.statements()) == list(harbour[1].statements)
    with open_ledger(f"{case}?options=-cdefault_transaction_read_only%3Don") as ledger:
        assert ledger.read_only


def test_a_nul_that_is_looked_for_is_an_error_or_nothing_and_no_traceback(case, harbour):
    with open_ledger(case) as ledger:
        ledger.add(*harbour)
        with pytest.raises(NotFound):
            ledger.document("a\0")
        assert list(ledger.documents(outlet="a\0")) == []
        with pytest.raises(LedgerError, match="NUL"):
            ledger.has("a\0")
        assert ledger.original("\0") is None
