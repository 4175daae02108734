"""A case from a file to a server and back: the same rows, and nothing lost of them."""

from __future__ import annotations

import pytest
import stories
from click.testing import CliRunner

from quoth.cli import cli
from quoth.errors import LedgerError
from quoth.ledger import open_ledger
from quoth.ledger.database import Database
from quoth.model import JudgementKind, Reliability


def rows(case):
    """All rows but the log and what made the schema, as they are."""
    with open_ledger(case) as ledger:
        assert list(ledger.verify()) == []
        tables = (
            "documents", "statements", "readings", "judgements", "question_judgements", "ratings", "failures",
            "fetches",
        )  # fmt: skip
        found = {table: ledger._database.all(f"SELECT * FROM {table} ORDER BY number") for table in tables}
        held = ledger._database.all("SELECT * FROM reading_statements ORDER BY reading_id, ordinal")
        return {**found, "reading_statements": held}, [*ledger._archive.hashes()], ledger.fingerprint()


@pytest.fixture
def case(tmp_path, harbour):
    path = tmp_path / "case.db"
    with open_ledger(path) as ledger:
        for number in range(130):
            stories.write(ledger, number)
        ledger.add(*harbour)
        ledger.keep_original(b"of no document")
        ledger.judge(JudgementKind.REJECT, harbour[1].statements[1].id, by="ana")
        ledger.rate("The Quay", Reliability.FAIRLY, by="bo")
        ledger.record_failure("x.txt", "Q100", "is empty")
    return path


def test_from_a_file_to_a_server_and_back(case, postgres, tmp_path):
    server = postgres.new_database()
    with open_ledger(case) as ledger:
        ledger.copy_into(server)
    assert rows(server) == rows(case)
    with open_ledger(server) as ledger:
        ledger.copy_into(tmp_path / "back.db")
    assert rows(tmp_path / "back.db") == rows(case)
    stories.write(open_ledger(server), 200)
    assert len(rows(server)[0]["documents"]) == 132


@pytest.mark.parametrize("to", ["server", "file"])
def test_a_copy_that_was_broken_off_is_made_by_the_same_command(case, postgres, tmp_path, monkeypatch, to):
    """It left no row, and originals that are the same ones."""
    target = postgres.new_database() if to == "server" else tmp_path / "copy.db"

    def broken_off(*_):
        raise KeyboardInterrupt

    with open_ledger(case) as ledger:
        with monkeypatch.context() as patch:
            patch.setattr(Database, "insert_readings", broken_off)
            with pytest.raises(KeyboardInterrupt):
                ledger.copy_into(target)
        with open_ledger(target) as broken:
            assert not broken.counts().documents
        ledger.copy_into(target)
        with pytest.raises(LedgerError, match="is there already, and holds something"):
            ledger.copy_into(target)
    assert rows(target) == rows(case)


def test_the_command(case, tmp_path):
    result = CliRunner().invoke(cli, ["--case", str(case), "copy", str(tmp_path / "copy.db")])
    assert (result.exit_code, result.output) == (0, "Copied 131 documents, 131 readings, 1041 statements\n")
    assert rows(tmp_path / "copy.db") == rows(case)


def test_what_is_not_copied(case, tmp_path):
    with open_ledger(case) as ledger:
        with pytest.raises(LedgerError, match=r"case\.db: is there already"):
            ledger.copy_into(case)
        ledger._database._connection.execute("DROP TRIGGER failures_no_delete")
        with pytest.raises(LedgerError, match=r"something is wrong with it .failures_no_delete: the trigger"):
            ledger.copy_into(tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_time_stamps_are_of_the_case_that_was_stamped(case, tmp_path):
    with open_ledger(case) as ledger:
        columns = "id, size, root, authority, stamped_at, response, recorded_at"
        ledger._database._connection.execute(
            f"INSERT INTO anchors ({columns}) VALUES ('x', 1, 'x', 'x', '2031', x'00', '2031')"
        )
        ledger.verify = lambda: iter(())
        with pytest.raises(LedgerError, match="has time stamps, which a copy cannot keep"):
            ledger.copy_into(tmp_path / "copy.db")
    with open_ledger(tmp_path / "copy.db") as copy:
        assert copy.counts().documents == 0
