"""Tampering with a case behind Quoth's back: verify says what, and where; in a file as on a server."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import json
import sqlite3
from pathlib import Path

import psycopg
import pytest

from quoth.errors import LedgerError, SpanMismatch
from quoth.evidence import identified
from quoth.ledger import ProblemKind, open_ledger
from quoth.ledger.check_case import check_case
from quoth.model import Act, EventFrame, Fetch, JudgedQuestion, JudgementKind, Reliability, Slot

STORES = ("postgres", "sqlite")
TABLES = (
    "documents", "statements", "readings", "reading_statements", "judgements", "question_judgements", "ratings",
    "failures", "fetches", "migrations",
)  # fmt: skip


OF_ROWS = {ProblemKind.CONTENT, ProblemKind.IDENTITY, ProblemKind.COLUMN, ProblemKind.MISSING}
"""Problems that cannot be without the log's being out of step."""


BEYOND = {ProblemKind.SCHEMA, ProblemKind.SEARCH}
"""What the check without Quoth does not look at."""


@pytest.fixture(params=STORES)
def case(request, tmp_path):
    """How a case is named: a file, or a database on a server."""
    if request.param == "sqlite":
        yield tmp_path / "case.db"
        return
    server = request.getfixturevalue("postgres")
    address = server.new_case()
    yield address
    server.take_back(address)


@pytest.fixture
def case_file(case, harbour, canal):
    with open_ledger(case) as ledger:
        ledger.add(*harbour)
        ledger.add(*canal)
        ledger.record_failure("x.txt", "Q100", "is empty")
        ledger.record_failure("y.txt", "Q100", "is empty")
        ledger.judge(JudgementKind.REJECT, harbour[1].statements[1].id, by="ana")
        right = identified(dataclasses.replace(harbour[1].statements[0], act=Act.ASSERT))
        ledger.judge(JudgementKind.CORRECT, harbour[1].statements[0].id, by="ana", correction=right)
        ledger.judge(JudgementKind.SAME, "The mayor", "Ana Réka", by="bo")
        asked = [
            JudgedQuestion(id=letter * 32, text="When?", slot=Slot.TIME, event=EventFrame(predicate="send"),
                           statements=tuple(s.id for s in reading.statements))
            for letter, (_, reading) in zip("ab", (harbour, canal), strict=True)
        ]  # fmt: skip
        ledger.judge_question(JudgementKind.MERGE, *asked, by="ana")
        ledger.judge_question(JudgementKind.NAME, asked[0], by="ana", words="When will they sail?")
        split = ledger.judge_question(JudgementKind.SPLIT, asked[0], by="bo", parted=asked[0].statements[:1])
        ledger.judge(JudgementKind.WITHDRAW, split.id, by="bo")
        ledger.rate("The Quay", Reliability.USUALLY, by="ana", note="a paper of record")
        ledger.rate("Ana Réka", Reliability.CANNOT_BE_JUDGED, topic="barges", by="bo")
        ledger.rate("The Quay", None, by="ana")
        for minute in range(3):
            moment = datetime.datetime(2031, 5, 6, 7, minute, tzinfo=datetime.UTC)
            address = "https://quay.example/a"
            ledger.record_fetch(Fetch(url=address, answered=address, status=200, retrieved=moment, sha256="ab" * 32))
    return case


def tamper(case, *script):
    """Run the script with the triggers out of the way, and leave them as they were."""
    assert (tamper_file if isinstance(case, Path) else tamper_server)(case, script) != 0


def tamper_file(path, script):
    connection = sqlite3.connect(path, isolation_level=None)
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    changed = sum(abs(connection.execute(sql, values).rowcount) for sql, *values in script)
    for _, sql in triggers:
        connection.execute(sql)
    connection.close()
    return changed


def tamper_server(address, script):
    """The owner of a server can do so without a trace in the schema."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET search_path = quoth")
        return sum(
            abs(connection.execute(sql.replace("= ?", "= %s"), values or None).rowcount) for sql, *values in script
        )


def highest(case, table, number):
    """SQL that makes it look as if no row of the table ever had a higher number."""
    if isinstance(case, Path):
        return f"UPDATE sqlite_sequence SET seq = {number} WHERE name = '{table}'"
    return f"UPDATE numbers SET highest = {number} WHERE name = '{table}'"


def found(path):
    """What is found besides the log, which every change of a row puts out of step; a text is in it by its hash."""
    with open_ledger(path) as ledger:
        problems = [(problem.kind, problem.where, problem.what) for problem in ledger.verify()]
    if isinstance(path, Path):
        alone = list(check_case(str(path), None, path.with_name("case.db-originals")))
        assert bool(alone) == any(kind not in BEYOND for kind, _, _ in problems), (alone, problems)
    own = [problem for problem in problems if problem[0] is not ProblemKind.LOG]
    of_rows = [p for p in own if p[0] in OF_ROWS and "the text does not have the hash" not in p[2]]
    assert len(own) < len(problems) or not of_rows, problems
    return own


def one(problems, kind, where, what):
    matching = [p for p in problems if p[0] is kind and where in p[1] and what in p[2]]
    assert len(matching) == 1, problems


def test_nothing_is_wrong_with_a_file_left_alone(case_file):
    assert found(case_file) == []


@pytest.mark.parametrize("case", ["sqlite"], indirect=True)
def test_tables_of_others_are_nobodys_business(case_file):
    tamper(case_file, ("CREATE TABLE my_notes (note)",), ("INSERT INTO my_notes VALUES (1)",))
    assert found(case_file) == []


def test_a_word_of_a_text(case_file, harbour):
    tamper(case_file, ("UPDATE documents SET text = replace(text, '12 barges', '21 barges')",))
    problems = found(case_file)
    where = f"documents {harbour[0].id} (harbour.txt)"
    one(problems, ProblemKind.CONTENT, where, "the text does not have the hash that was recorded")
    one(problems, ProblemKind.SPAN, f"statements {harbour[1].statements[0].id}", "content: the words under [")
    one(problems, ProblemKind.SPAN, f"statements {harbour[1].statements[0].id}", "events[0].quantity")
    one(problems, ProblemKind.SEARCH, "documents_search", "does not match")
    with open_ledger(case_file) as ledger, pytest.raises(SpanMismatch, match=harbour[0].id):
        list(ledger.statements())


def test_a_text_and_its_hash(case_file, harbour):
    text = harbour[0].text.replace("mayor", "baker")
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    tamper(case_file, ("UPDATE documents SET text = ?, text_sha256 = ? WHERE file = 'harbour.txt'", text, sha256))
    one(found(case_file), ProblemKind.CONTENT, f"documents {harbour[0].id}", "not what was sealed")


@pytest.mark.parametrize(
    ("column", "value"), [("outlet", "Another Quay"), ("published", "2031-03-05"), ("file", None), ("sha256", "00")]
)
def test_a_plain_column_of_a_document(case_file, harbour, column, value):
    tamper(case_file, (f"UPDATE documents SET {column} = ? WHERE file = 'harbour.txt'", value))
    one(found(case_file), ProblemKind.COLUMN, f"documents {harbour[0].id}", f"column {column} is {value!r}")


def test_a_document_published_on_another_day_everywhere(case_file, harbour):
    tamper(
        case_file,
        ("UPDATE documents SET published = '2031-03-05', payload = replace(payload, '2031-03-04', '2031-03-05')",),
    )
    one(found(case_file), ProblemKind.CONTENT, f"documents {harbour[0].id}", "not what was sealed")


def test_when_a_document_was_recorded(case_file):
    tamper(case_file, ("UPDATE documents SET recorded_at = '2000-01-01T00:00:00.000000Z'",))
    assert [p[0] for p in found(case_file)] == [ProblemKind.CONTENT] * 2


def test_when_a_reading_was_recorded(case_file):
    tamper(case_file, ("UPDATE readings SET recorded_at = '2000-01-01T00:00:00.000000Z'",))
    assert [p[0] for p in found(case_file)] == [ProblemKind.IDENTITY] * 2


def test_a_statements_payload(case_file, harbour):
    target = harbour[1].statements[1].id
    tamper(case_file, ("UPDATE statements SET payload = replace(payload, 'CT+', 'CT-') WHERE id = ?", target))
    problems = found(case_file)
    one(problems, ProblemKind.IDENTITY, f"statements {target}", "what it says makes its id")
    one(problems, ProblemKind.COLUMN, f"statements {target}", "column factuality is 'CT+'")


def test_a_statements_plain_column(case_file, harbour):
    target = harbour[1].statements[1].id
    tamper(case_file, ("UPDATE statements SET source = 'The baker' WHERE id = ?", target))
    problems = found(case_file)
    one(problems, ProblemKind.COLUMN, f"statements {target}", "column source is 'The baker'")
    one(problems, ProblemKind.SEARCH, "statements_search", "does not match")


def test_a_payload_that_is_no_statement(case_file, harbour):
    target = harbour[1].statements[1].id
    tamper(case_file, ("UPDATE statements SET payload = '[1]' WHERE id = ?", target))
    one(found(case_file), ProblemKind.CONTENT, f"statements {target}", "does not fit")
    plain = json.dumps({"id": target})
    tamper(case_file, ("UPDATE statements SET payload = ? WHERE id = ?", plain, target))
    one(found(case_file), ProblemKind.CONTENT, f"statements {target}", "does not fit")
    with open_ledger(case_file) as ledger, pytest.raises(LedgerError, match="does not fit"):
        ledger.statement(target)


def test_statement_ids_swapped(case_file, harbour):
    a, b = (statement.id for statement in harbour[1].statements)
    swap = "UPDATE statements SET id = ? WHERE id = ?"
    tamper(case_file, (swap, "x", a), (swap, a, b), (swap, b, "x"))
    problems = found(case_file)
    for id_, right in ((a, b), (b, a)):
        one(problems, ProblemKind.IDENTITY, f"statements {id_}", f"what it says makes its id {right}")
        one(problems, ProblemKind.COLUMN, f"statements {id_}", "column id")


def test_document_ids_swapped(case_file, harbour, canal):
    a, b = harbour[0].id, canal[0].id
    swap = "UPDATE documents SET id = ? WHERE id = ?"
    tamper(case_file, (swap, "x", a), (swap, a, b), (swap, b, "x"))
    problems = found(case_file)
    for id_, right in ((a, b), (b, a)):
        one(problems, ProblemKind.COLUMN, f"documents {id_}", f"the payload says {right!r}")


def test_a_statement_moved_to_another_reading(case_file, harbour, canal):
    target = harbour[1].statements[1].id
    other = "(SELECT id FROM readings WHERE document_id = ?)"
    tamper(
        case_file,
        (f"UPDATE reading_statements SET reading_id = {other} WHERE statement_id = ?", canal[0].id, target),
    )
    problems = found(case_file)
    one(problems, ProblemKind.IDENTITY, "readings", f"statement {target} belongs to document {harbour[0].id}")
    assert sum("what it holds makes its id" in what for _, _, what in problems) == 2


@pytest.mark.parametrize("table", ["documents", "statements", "readings", "failures"])
@pytest.mark.parametrize("which", ["min", "max"])
def test_a_numbered_row_deleted(case_file, table, which):
    number = {"min": 1, "max": 3 if table == "statements" else 2}[which]
    tamper(case_file, (f"DELETE FROM {table} WHERE number = ?", number))
    one(found(case_file), ProblemKind.MISSING, table, f"row {number} is gone")


def test_all_failures_deleted(case_file):
    tamper(case_file, ("DELETE FROM failures",))
    assert found(case_file) == [(ProblemKind.MISSING, "failures", "rows 1 to 2 are gone")]


def test_a_deleted_document_is_missed_by_its_statements(case_file, canal):
    tamper(case_file, ("DELETE FROM documents WHERE file = 'canal.txt'",))
    problems = found(case_file)
    missing = f"document_id names {canal[0].id}, which is not in documents"
    one(problems, ProblemKind.MISSING, f"statements {canal[1].statements[0].id}", missing)
    one(problems, ProblemKind.MISSING, "readings", missing)
    with open_ledger(case_file) as ledger, pytest.raises(LedgerError, match="gone"):
        ledger.statement(canal[1].statements[0].id)


def test_a_statement_taken_out_of_its_reading(case_file, harbour):
    target = harbour[1].statements[1].id
    tamper(case_file, ("DELETE FROM reading_statements WHERE statement_id = ?", target))
    problems = found(case_file)
    one(problems, ProblemKind.MISSING, f"statements {target}", "in no reading")
    one(problems, ProblemKind.IDENTITY, "readings", "a statement, note or column was changed")


def test_a_reading_taken_out_of_the_middle(case_file, harbour):
    document, reading = harbour
    with open_ledger(case_file) as ledger:
        for name in ("by-hand/2", "by-hand/3"):
            ledger.add(document, dataclasses.replace(reading, reader=name))
        middle = next(r.id for r in ledger.readings() if r.reader == "by-hand/2")
    tamper(
        case_file,
        ("DELETE FROM reading_statements WHERE reading_id = ?", middle),
        ("DELETE FROM readings WHERE id = ?", middle),
        (highest(case_file, "readings", 3),),
        ("UPDATE readings SET number = 3 WHERE number = 4",),
    )
    problems = found(case_file)
    one(problems, ProblemKind.MISSING, "readings", f"previous names {middle}")
    one(problems, ProblemKind.IDENTITY, "readings", "does not follow")


def test_a_failures_message(case_file):
    tamper(case_file, ("UPDATE failures SET message = 'is fine' WHERE number = 2",))
    one(found(case_file), ProblemKind.IDENTITY, "failures", "what it says makes its id")


def test_a_migrations_record(case_file):
    tamper(case_file, ("UPDATE migrations SET sha256 = '00'",))
    one(found(case_file), ProblemKind.CONTENT, "migrations 1", "is not the migration that this Quoth knows")
    tamper(case_file, ("DELETE FROM migrations WHERE number = 1",))
    one(found(case_file), ProblemKind.MISSING, "migrations 1", "is not recorded")


@pytest.mark.parametrize("case", ["sqlite"], indirect=True)
def test_every_trigger_view_and_index_is_missed(case_file):
    connection = sqlite3.connect(case_file, isolation_level=None)
    kinds = "type IN ('trigger', 'view', 'index') AND sql IS NOT NULL"
    objects = connection.execute(f"SELECT type, name FROM sqlite_master WHERE {kinds}").fetchall()
    assert len(objects) >= 3 * len(TABLES) + 2
    for kind, name in objects:
        connection.execute(f"DROP {kind} {name}")
    connection.close()
    with open_ledger(case_file) as ledger:
        schema = {p.what for p in ledger.verify() if p.kind is ProblemKind.SCHEMA}
    assert schema == {f"the {kind} {name} is gone" for kind, name in objects}


@pytest.mark.parametrize("case", ["sqlite"], indirect=True)
def test_a_trigger_that_was_made_toothless(case_file):
    connection = sqlite3.connect(case_file, isolation_level=None)
    connection.execute("DROP TRIGGER documents_no_delete")
    connection.execute("CREATE TRIGGER documents_no_delete BEFORE DELETE ON documents BEGIN SELECT 1; END")
    connection.close()
    assert found(case_file) == [(ProblemKind.SCHEMA, "documents_no_delete", "trigger documents_no_delete was altered")]


@pytest.mark.parametrize("case", ["sqlite"], indirect=True)
def test_a_table_that_is_gone(case_file):
    connection = sqlite3.connect(case_file, isolation_level=None)
    connection.execute("DROP TABLE failures")
    connection.close()
    with open_ledger(case_file) as ledger:
        assert "the table failures is gone" in [p.what for p in ledger.verify()]
        with pytest.raises(LedgerError, match="failures"):
            ledger.counts()


@pytest.mark.parametrize("case", ["sqlite"], indirect=True)
def test_bytes_of_the_file(case_file):
    content = bytearray(case_file.read_bytes())
    at = content.rindex(b"Minister Ana")
    content[at : at + 8] = b"Janitor "
    case_file.write_bytes(content)
    with open_ledger(case_file) as ledger:
        assert list(ledger.verify())


def test_a_judgement_turned_round(case_file):
    tamper(case_file, ("UPDATE judgements SET kind = 'accept' WHERE kind = 'reject'",))
    one(found(case_file), ProblemKind.IDENTITY, "judgements", "what it says makes its id")


def test_a_judgement_by_somebody_else(case_file):
    tamper(case_file, ("UPDATE judgements SET by = 'eve' WHERE kind = 'same'",))
    one(found(case_file), ProblemKind.IDENTITY, "judgements", "what it says makes its id")


def test_a_judgement_taken_out_of_the_middle(case_file):
    tamper(
        case_file,
        ("DELETE FROM judgements WHERE kind = 'correct'",),
        ("UPDATE judgements SET number = 2 WHERE number = 3",),
    )
    problems = found(case_file)
    one(problems, ProblemKind.IDENTITY, "judgements", "does not follow the judgement before it")
    one(problems, ProblemKind.MISSING, "statements", "is in no reading")


def test_a_corrected_statement_that_is_gone(case_file):
    tamper(case_file, ("DELETE FROM statements WHERE id = (SELECT object FROM judgements WHERE kind = 'correct')",))
    one(found(case_file), ProblemKind.MISSING, "judgements", "is not in statements")


@pytest.mark.parametrize(
    "change",
    [
        "object = 'What is it called?' WHERE kind = 'name'",
        "by = 'eve' WHERE kind = 'merge'",
        "kind = 'split', object = NULL, parted = '[\"x\"]' WHERE kind = 'name'",
        "questions = replace(questions, 'When?', 'Where?') WHERE kind = 'split'",
        "subject = '0' WHERE kind = 'merge'",
    ],
)
def test_a_judgement_of_questions_that_was_changed(case_file, change):
    tamper(case_file, (f"UPDATE question_judgements SET {change}",))
    one(found(case_file), ProblemKind.IDENTITY, "question_judgements", "what it says makes its id")


def test_a_judgement_of_questions_taken_out_of_the_middle(case_file):
    tamper(
        case_file,
        ("DELETE FROM question_judgements WHERE kind = 'name'",),
        ("UPDATE question_judgements SET number = number - 1 WHERE number > 2",),
    )
    one(found(case_file), ProblemKind.IDENTITY, "question_judgements", "does not follow the judgement before it")


def test_a_judgement_of_questions_that_a_withdrawal_misses(case_file):
    tamper(case_file, ("DELETE FROM question_judgements WHERE kind = 'split'",))
    one(found(case_file), ProblemKind.MISSING, "question_judgements", "subject")


def test_a_judgement_of_questions_whose_statement_is_gone(case_file, harbour):
    tamper(case_file, ("DELETE FROM statements WHERE id = ?", harbour[1].statements[0].id))
    missing = [p for p in found(case_file) if "question_judgements" in p[1] and "is not in statements" in p[2]]
    assert len(missing) == 3


def test_a_judgement_of_questions_that_is_of_another_form(case_file):
    tamper(case_file, ("UPDATE question_judgements SET questions = '[{\"id\": 1}]' WHERE kind = 'name'",))
    one(found(case_file), ProblemKind.CONTENT, "question_judgements", "does not fit")


@pytest.mark.parametrize(
    ("column", "value"),
    [("grade", "A"), ("name", "The Key"), ("topic", "ships"), ("by", "eve"), ("note", "?"), ("recorded_at", "2000")],
)
def test_a_column_of_a_rating(case_file, column, value):
    tamper(case_file, (f"UPDATE ratings SET {column} = ? WHERE number = 2", value))
    one(found(case_file), ProblemKind.IDENTITY, "ratings", "what it says makes its id")


def test_a_rating_taken_out_of_the_middle(case_file):
    tamper(case_file, ("DELETE FROM ratings WHERE number = 2",), ("UPDATE ratings SET number = 2 WHERE number = 3",))
    problems = found(case_file)
    one(problems, ProblemKind.IDENTITY, "ratings", "does not follow the rating before it")
    one(problems, ProblemKind.MISSING, "ratings", "which is not in ratings")
    one(problems, ProblemKind.MISSING, "ratings", "row 3 is gone")


def test_the_last_rating_deleted(case_file):
    tamper(case_file, ("DELETE FROM ratings WHERE number = 3",))
    assert found(case_file) == [(ProblemKind.MISSING, "ratings", "row 3 is gone")]


@pytest.mark.parametrize(
    ("column", "value"),
    [("url", "https://quay.example/b"), ("answered", "https://key.example/a"), ("status", 404), ("sha256", None),
     ("etag", "x"), ("last_modified", "x"), ("content_type", "x"), ("retrieved", "2000"), ("recorded_at", "2000")],
)  # fmt: skip
def test_a_column_of_a_fetch(case_file, column, value):
    tamper(case_file, (f"UPDATE fetches SET {column} = ? WHERE number = 2", value))
    one(found(case_file), ProblemKind.IDENTITY, "fetches", "what it says makes its id")


def test_a_fetch_taken_out_of_the_middle(case_file):
    tamper(case_file, ("DELETE FROM fetches WHERE number = 2",))
    problems = found(case_file)
    one(problems, ProblemKind.IDENTITY, "fetches", "does not follow the fetch before it")
    one(problems, ProblemKind.MISSING, "fetches", "row 2 is gone")


def test_the_last_fetch_deleted(case_file):
    tamper(case_file, ("DELETE FROM fetches WHERE number = 3",))
    assert found(case_file) == [(ProblemKind.MISSING, "fetches", "row 3 is gone")]
