"""An archive of evidence: unpacked elsewhere, checked by what its README says, and each file of it tampered with."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

import quoth
from quoth.cli import cli

COURIER = """---
outlet: Lowland Courier
date: 2031-03-02
---
The mayor of Dravik, Tomas Arden, said on 1 March 2031 that the bridge would be completed by 31 May 2031.
"""
OBSERVER = """---
outlet: ../../Valley/Observer
date: 2031-03-06
url: https://observer.example/../../etc/passwd
---
Engineer Ilse Brandt said on 5 March 2031 that the bridge would be completed in July 2031.

The ministry of ships said on 4 March 2031 that it had bought twelve ferries.
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory, authority):
    """A case of two articles and their originals, with one time stamp and a row that came after it."""
    folder = tmp_path_factory.mktemp("evidence")
    (folder / "courier.txt").write_text(COURIER)
    (folder / "observer ..%2f..%2fx;$(id).txt").write_text(OBSERVER)
    with quoth.open(folder / "case.db") as case:
        case.add(folder)
        head, request = case.anchor_request()
        case.anchor_response(authority.answer(request))
        assert case.head().size == head.size + 1
    return folder / "case.db"


def exported(path, to, *options):
    result = CliRunner().invoke(cli, ["--case", str(path), "export", "--evidence", str(to), *options])
    assert result.exit_code == 0, result.output
    return to


@pytest.fixture(scope="module")
def archive(path, tmp_path_factory, authority):
    return exported(path, tmp_path_factory.mktemp("archive") / "bridge.zip", "--ca", str(authority.ca))


def unpacked(archive, folder):
    with zipfile.ZipFile(archive) as file:
        file.extractall(folder)
    return folder


@pytest.fixture
def folder(archive, tmp_path):
    return unpacked(archive, tmp_path / "elsewhere")


def commands(folder):
    """The commands of the README, as they are written there."""
    return re.findall(r"^\$ (.*)$", (folder / "README.txt").read_text(encoding="utf-8"), re.MULTILINE)


def typed(command, folder):
    """What a person would type in that folder; python3 is this one, with nothing installed in it."""
    with_this = command.replace("python3 -I", f"{sys.executable} -I -S")
    return subprocess.run(with_this, shell=True, cwd=folder, capture_output=True, text=True, check=False)


def verdicts(folder, kind=""):
    return [typed(command, folder).returncode for command in commands(folder) if kind in command]


def test_evidence_is_checked_by_the_commands_of_its_readme(folder):
    told = commands(folder)
    assert [command.split()[0] for command in told] == ["sha256sum", "python3", "python3", "openssl"]
    for command in told:
        done = typed(command, folder)
        assert done.returncode == 0, (command, done.stdout, done.stderr)
    assert "Verification: OK" in done.stdout


def test_evidence_holds_what_it_should(folder, path):
    names = sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())
    with quoth.open(path) as case:
        head, hashes = str(case.head()), {d.sha256 for d in case.documents()}
    assert (folder / "head.txt").read_text() == head + "\n"
    assert head in (folder / "brief.html").read_text()
    assert head in (folder / "README.txt").read_text()
    assert {name.split("/")[-1] for name in names if name.startswith("case.db-originals/")} == hashes
    assert {"case.db", "brief.html", "proofs.json", "check_case.py", "anchors/0001.tsr", "anchors/0001.txt"} < set(
        names
    )
    with quoth.open(folder / "case.db", read_only=True) as copied:
        assert list(copied.verify(head=head)) == []


def test_evidence_lists_every_file(folder):
    listed = {line.split("  ", 1)[1] for line in (folder / "MANIFEST.sha256").read_text().splitlines()}
    there = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}
    assert listed == there - {"MANIFEST.sha256"}


def test_evidence_is_the_same_every_time(path, archive, tmp_path, authority):
    again = exported(path, tmp_path / "again.zip", "--ca", str(authority.ca))
    assert again.read_bytes() == archive.read_bytes()


def test_evidence_has_no_name_that_a_document_made(archive):
    fixed = r"README\.txt|MANIFEST\.sha256|brief\.html|case\.db|check_case\.py|head\.txt|proofs\.json"
    made = r"case\.db-originals/[0-9a-f]{2}/[0-9a-f]{64}|texts/[0-9a-f]{64}\.txt"
    made += r"|anchors/(\d{4}\.(tsr|txt)|authorities\.pem)"
    with zipfile.ZipFile(archive) as file:
        assert [name for name in file.namelist() if not re.fullmatch(f"{fixed}|{made}", name)] == []


def test_evidence_each_file_tampered_with_is_found(folder, archive, tmp_path):
    for number, file in enumerate(sorted(p for p in folder.rglob("*") if p.is_file())):
        name = str(file.relative_to(folder))
        other = unpacked(archive, tmp_path / str(number))
        data = bytearray((other / name).read_bytes())
        data[len(data) // 2] ^= 1
        (other / name).write_bytes(data)
        assert typed("sha256sum --strict -c MANIFEST.sha256", other).returncode != 0, name
        if name.startswith("texts/"):
            assert 0 not in verdicts(other, "proofs.json"), name
        if name.startswith("case.db-originals"):
            assert 0 not in verdicts(other, "case.db "), name
        if name.startswith("anchors/"):
            assert verdicts(other, "openssl") != [0], name


def test_evidence_a_file_taken_away_is_found(folder):
    (folder / "brief.html").unlink()
    assert verdicts(folder, "sha256sum") != [0]


def test_evidence_with_a_case_rewritten_and_a_manifest_that_fits_is_found_by_the_head(folder):
    connection = sqlite3.connect(folder / "case.db")
    with connection:
        connection.execute("DROP TRIGGER documents_no_update")
        connection.execute("UPDATE documents SET outlet = 'Another'")
    connection.close()
    listed = [line.split("  ", 1)[1] for line in (folder / "MANIFEST.sha256").read_text().splitlines()]
    done = subprocess.run(["sha256sum", *listed], cwd=folder, capture_output=True, text=True, check=True)
    (folder / "MANIFEST.sha256").write_text(done.stdout)
    assert verdicts(folder) == [0, 1, 0, 0]


# ---------------------------------------------------------------- a part of a case


@pytest.fixture
def part(path, tmp_path, authority):
    """The archive of one statement, unpacked."""
    with quoth.open(path) as case:
        (ours,) = (s for s in case.statements() if "ferries" in s.content.text)
    to = exported(path, tmp_path / "part.zip", "--statement", ours.id[:12], "--ca", str(authority.ca))
    return unpacked(to, tmp_path / "part")


def test_evidence_of_a_part_is_proven_to_be_in_the_case(part, path):
    assert [command.split()[0] for command in commands(part)] == ["sha256sum", "python3", "openssl"]
    assert verdicts(part) == [0, 0, 0]
    proofs = json.loads((part / "proofs.json").read_text())
    assert [json.loads(row["entry"])[0] for row in proofs["rows"]] == ["documents", "statements"]
    with quoth.open(path) as case:
        assert proofs["head"] == str(case.head())


def test_evidence_of_a_part_holds_nothing_of_the_rest(part):
    assert not (part / "case.db").exists()
    held = b"".join(p.read_bytes() for p in part.rglob("*") if p.is_file())
    assert b"ferries" in held
    assert b"Arden" not in held
    assert b"Courier" not in held


def test_evidence_of_a_question(path, tmp_path):
    with quoth.open(path) as case:
        question = case.questions()[0]
        ids = {s for value in question.values for s in value.statements}
    to = exported(path, tmp_path / "question.zip", "--question", question.id)
    folder = unpacked(to, tmp_path / "question")
    rows = [json.loads(row["entry"]) for row in json.loads((folder / "proofs.json").read_text())["rows"]]
    assert {row["id"] for table, row in rows if table == "statements"} == ids
    assert question.text in (folder / "brief.html").read_text()
    assert verdicts(folder, "python3") == [0]
    assert "authorities.pem is not here" in (folder / "README.txt").read_text()


@pytest.mark.parametrize(
    "change",
    [
        lambda proofs: proofs["rows"][1].update(entry=proofs["rows"][1]["entry"].replace("twelve", "eleven")),
        lambda proofs: proofs["rows"][1].update(number=proofs["rows"][1]["number"] + 1),
        lambda proofs: proofs["rows"][1]["path"].pop(),
        lambda proofs: proofs["rows"][1]["path"].append("00" * 32),
        lambda proofs: proofs["rows"][0]["path"].reverse(),
        lambda proofs: proofs.update(head="9" + proofs["head"]),
        lambda proofs: proofs.update(head="\x1b[2J"),
        lambda proofs: proofs.update(rows=[[]]),
    ],
)
def test_evidence_proofs_that_were_altered(part, change):
    proofs = json.loads((part / "proofs.json").read_text())
    change(proofs)
    (part / "proofs.json").write_text(json.dumps(proofs))
    done = subprocess.run(
        [sys.executable, "-I", "-S", "check_case.py", "proofs.json"],
        cwd=part,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "WRONG" in done.stdout
    assert done.stdout.replace("\n", "").isprintable()
    assert done.stderr == ""


# ---------------------------------------------------------------- what is not written


def test_evidence_of_a_case_that_was_altered_is_not_written(path, tmp_path):
    altered = tmp_path / "case.db"
    shutil.copy(path, altered)
    connection = sqlite3.connect(altered)
    with connection:
        connection.execute("DROP TRIGGER documents_no_update")
    connection.close()
    result = CliRunner().invoke(cli, ["--case", str(altered), "export", "--evidence", str(tmp_path / "x.zip")])
    assert result.exit_code == 1
    assert "nothing was written" in result.output
    assert not (tmp_path / "x.zip").exists()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ([], "say what to write"),
        (["--evidence", "nowhere/at/all/x.zip"], "No such file"),
        (["--evidence", "x.zip", "--question", "ffff"], "no question"),
        (["--evidence", "x.zip", "--statement", "ffff"], "no statement"),
    ],
)
def test_evidence_asked_for_wrongly(path, tmp_path, monkeypatch, options, says):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(cli, ["--case", str(path), "export", *options])
    assert result.exit_code == 2
    assert says in result.output
    assert list(tmp_path.iterdir()) == []


def test_evidence_that_fails_half_way_leaves_what_was_there(path, tmp_path, monkeypatch):
    there = tmp_path / "x.zip"
    there.write_bytes(b"what was there")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("quoth.present.evidence._put", full)
    result = CliRunner().invoke(cli, ["--case", str(path), "export", "--evidence", str(there)])
    assert result.exit_code == 2
    assert "No space left" in result.output
    assert there.read_bytes() == b"what was there"
    assert [Path(p).name for p in tmp_path.iterdir()] == ["x.zip"]
