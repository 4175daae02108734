"""The folder of originals: written whole, checked, and nothing in it followed that leads out of it."""

from __future__ import annotations

import hashlib
import os
import subprocess

import pytest

from quoth.errors import LedgerError
from quoth.ledger import ProblemKind, open_ledger
from quoth.ledger.archive import FolderArchive

DATA = b"the page as it came"
SHA256 = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "case.db-originals"


@pytest.fixture
def case(tmp_path):
    path = tmp_path / "case.db"
    path.touch(0o640)
    return path


@pytest.fixture
def archive(case):
    archive = FolderArchive(case)
    archive.keep(DATA)
    return archive


def place(folder):
    return folder / SHA256[:2] / SHA256


def wrong(archive):
    problems = list(archive.problems())
    assert {problem.kind for problem in problems} <= {ProblemKind.ORIGINAL}
    return [(problem.where, problem.what) for problem in problems]


def test_an_original_is_a_file_that_sha256sum_checks(archive, folder):
    assert [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*"))] == [
        SHA256[:2],
        f"{SHA256[:2]}/{SHA256}",
    ]
    told = subprocess.run(["sha256sum", str(place(folder))], capture_output=True, text=True, check=True).stdout
    assert told.split()[0] == SHA256
    assert wrong(archive) == []


def test_the_folder_is_open_to_as_few_as_the_case_is(archive, folder):
    assert oct(folder.stat().st_mode & 0o777) == "0o750"


def test_a_folder_is_made_with_the_first_original_only(case, folder):
    archive = FolderArchive(case)
    assert archive.kept(SHA256) is None
    assert wrong(archive) == []
    assert not folder.exists()


def test_bytes_that_were_altered_are_named_and_not_given(archive, folder):
    place(folder).write_bytes(DATA + b"!")
    ((where, what),) = wrong(archive)
    assert where == f"originals case.db-originals/{SHA256[:2]}/{SHA256}"
    assert what == f"its bytes have another hash: {hashlib.sha256(DATA + b'!').hexdigest()}"
    with pytest.raises(LedgerError, match="do not have that hash"):
        archive.kept(SHA256)
    archive.keep(DATA)
    assert place(folder).read_bytes() == DATA + b"!", "what is there is told of, not rewritten"


def test_an_original_that_is_gone_is_no_problem(archive, folder):
    place(folder).unlink()
    assert wrong(archive) == []
    assert archive.kept(SHA256) is None


def test_what_others_put_there_is_told_of_and_left(archive, folder):
    (folder / "notes.txt").write_text("mine")
    (folder / SHA256[:2] / "notes.txt").write_text("mine")
    other = hashlib.sha256(b"x").hexdigest()
    assert other[:2] != SHA256[:2]
    (folder / SHA256[:2] / other).write_bytes(b"x")
    assert [(where.rpartition("/")[2], what.partition(":")[0]) for where, what in wrong(archive)] == [
        (other, "is in the wrong folder"),
        ("notes.txt", "is no original"),
        ("notes.txt", "is no original"),
    ]
    assert (folder / "notes.txt").read_text() == "mine"
    assert archive.kept(other) is None


def test_a_name_that_is_no_text_is_told_of(archive, folder):
    (folder / os.fsdecode(b"\xff\xfe")).write_bytes(b"")
    ((where, _),) = wrong(archive)
    assert where.endswith("/\ufffd\ufffd")


def test_what_a_killed_run_left_is_no_problem(archive, folder):
    (folder / SHA256[:2] / f".{SHA256}.{'0' * 16}").write_bytes(DATA[:5])
    assert wrong(archive) == []
    assert archive.kept(SHA256) == DATA


def test_a_link_in_place_of_an_original_is_not_followed(archive, folder, tmp_path):
    outside = tmp_path / "outside"
    outside.write_bytes(DATA)
    place(folder).unlink()
    place(folder).symlink_to(outside)
    ((_, what),) = wrong(archive)
    assert what.startswith("cannot be read as a file")
    with pytest.raises(LedgerError, match="cannot be read"):
        archive.kept(SHA256)
    outside.write_bytes(b"mine")
    archive.keep(DATA)
    assert outside.read_bytes() == b"mine"
    assert archive.kept(SHA256) == DATA


def test_a_link_in_place_of_a_folder_is_not_followed(archive, folder, tmp_path):
    outside = tmp_path / "outside"
    place(folder).unlink()
    (folder / SHA256[:2]).rmdir()
    outside.mkdir()
    (outside / SHA256).write_bytes(DATA)
    (folder / SHA256[:2]).symlink_to(outside)
    assert [what.startswith("cannot be looked into") for _, what in wrong(archive)] == [True]
    with pytest.raises(LedgerError):
        archive.kept(SHA256)
    (outside / SHA256).unlink()
    with pytest.raises(LedgerError, match="cannot be written"):
        archive.keep(DATA)
    assert list(outside.iterdir()) == []


def test_a_link_in_place_of_the_whole_folder_is_not_followed(case, folder, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    folder.symlink_to(outside)
    archive = FolderArchive(case)
    with pytest.raises(LedgerError):
        archive.keep(DATA)
    assert list(outside.iterdir()) == []
    assert len(wrong(archive)) == 1


@pytest.mark.parametrize("make", [lambda path: path.mkdir(), os.mkfifo])
def test_a_folder_or_a_pipe_in_place_of_an_original(archive, folder, make):
    place(folder).unlink()
    make(place(folder))
    assert len(wrong(archive)) == 1
    with pytest.raises(LedgerError, match="cannot be read"):
        archive.kept(SHA256)


def test_a_folder_in_place_of_an_original_is_an_error_that_leaves_nothing_half_written(archive, folder):
    place(folder).unlink()
    place(folder).mkdir()
    with pytest.raises(LedgerError, match="cannot be written"):
        archive.keep(DATA)
    assert [path.name for path in (folder / SHA256[:2]).iterdir()] == [SHA256]


def test_the_ledger_verifies_its_originals(tmp_path, folder):
    with open_ledger(tmp_path / "case.db") as ledger:
        assert ledger.keep_original(DATA) == SHA256
        assert list(ledger.verify()) == []
        place(folder).write_bytes(b"other")
        assert [problem.kind for problem in ledger.verify()] == [ProblemKind.ORIGINAL]


def test_a_case_in_memory_writes_no_originals(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with open_ledger(":memory:") as ledger:
        assert ledger.original(ledger.keep_original(DATA)) == DATA
        assert list(ledger.verify()) == []
    assert list(tmp_path.iterdir()) == []
