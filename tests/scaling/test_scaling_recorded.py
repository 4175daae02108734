"""A dataset taken into a case: the same case as one that read the articles itself, whatever was done to the files."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from datasets import keys, manifest, run

import quoth
from quoth.case import Case
from quoth.cli import cli
from quoth.model import to_dict
from quoth.outcomes import Outcome
from quoth.scaling.recorded import recordings


def held(case: Case) -> dict[str, Any]:
    """All that a case holds, but for the moments at which it was recorded."""
    readings = [(r.document_id, r.reader, r.statement_ids, r.notes) for r in case.readings()]
    return {
        "documents": [to_dict(document) for document in case.documents()],
        "statements": [to_dict(statement) for statement in case.ledger.statements()],
        "readings": readings,
        "failures": [(f.where, f.code, f.message) for f in case.failures()],
        "fetches": [to_dict(fetch) for fetch in case.ledger.fetches()],
        "problems": list(case.verify()),
    }


@pytest.fixture(scope="session")
def read_itself(sources: list[Path]) -> dict[str, Any]:
    with quoth.open(":memory:", profile="rules") as case:
        case.add(*sources)
        return held(case)


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return str(tmp_path / "case.db")
    address: str = request.getfixturevalue("postgres").new_database()
    return address


def test_a_case_holds_what_one_holds_that_read_the_articles(
    dataset: Path, read_itself: dict[str, Any], place: str
) -> None:
    with quoth.open(place) as case:
        added = case.add_recorded(*recordings(str(dataset)))
        assert held(case) == read_itself
        assert added.new == len(read_itself["readings"]) == 16
        assert read_itself["problems"] == []
        assert {reader for _, reader, _, _ in read_itself["readings"]} == set(
            manifest(dataset)["shards"][0]["readers"].values()
        )


def test_nothing_is_added_twice(sources: list[Path], dataset: Path, place: str, read_itself: dict[str, Any]) -> None:
    with quoth.open(place, profile="rules") as case:
        case.add(*sources)
        again = case.add_recorded(*recordings(str(dataset)))
        assert (again.new, again.read_again, again.statements) == (0, 0, 0)
        assert held(case) == read_itself


def test_a_case_that_took_it_in_reads_nothing_again(sources: list[Path], dataset: Path, tmp_path: Path) -> None:
    with quoth.open(tmp_path / "case.db", profile="rules") as case:
        case.add_recorded(*recordings(str(dataset)))
        again = case.add(*sources)
        assert (again.new, again.read_again) == (0, 0)


def test_a_document_that_another_profile_read_gets_a_second_reading(
    sources: list[Path], dataset: Path, tmp_path: Path
) -> None:
    with quoth.open(tmp_path / "case.db", profile="fast") as case:
        case.add(sources[1])
        added = case.add_recorded(*recordings(str(dataset)))
        assert added.read_again == 7
        assert list(case.verify()) == []


def test_what_names_no_topic_of_the_case_is_kept_unread(sources: list[Path], dataset: Path, tmp_path: Path) -> None:
    (tmp_path / "case.toml").write_text('[topics]\nwords = ["ferries"]\n', encoding="utf-8")
    with quoth.open(tmp_path / "one.db", profile="rules", asks=tmp_path / "case.toml") as case:
        case.add(*sources)
        expected = held(case)
    with quoth.open(tmp_path / "other.db", asks=tmp_path / "case.toml") as case:
        case.add_recorded(*recordings(str(dataset)))
        assert held(case) == expected
        assert 1 < case.counts().unread < 16
        case.add_recorded(*recordings(str(dataset)), all=True)
        assert case.counts().unread == 1


def test_two_readers_in_one_dataset(sources: list[Path], tmp_path: Path) -> None:
    run(sources[1:2], tmp_path / "read")
    file = tmp_path / "read" / "manifest.json"
    found = json.loads(file.read_text())
    shard = found["shards"][0]
    shard["readers"] = {"en": "english-other/9"}
    for name in ("documents",):
        table = tmp_path / "read" / name / f"{shard['key']}.parquet"
        changed = pq.read_table(table)
        column = pa.array(["english-other/9"] * len(changed))
        pq.write_table(changed.set_column(changed.schema.get_field_index("reader"), "reader", column), table)
        shard["files"][name]["sha256"] = hashlib.sha256(table.read_bytes()).hexdigest()
    file.write_text(json.dumps(found))
    with quoth.open(tmp_path / "case.db") as case:
        added = case.add_recorded(*recordings(str(tmp_path / "read")))
        assert (added.new, added.failed) == (7, tuple(i for i in added.failed if i.error and i.error.code == "Q100"))
        assert {r.reader for r in case.readings()} == {
            "english-other/9",
            *manifest(tmp_path / "read")["shards"][1]["readers"].values(),
        }


# ---------------------------------------------------------------- files that are not what was written


@pytest.fixture
def copied(dataset: Path, tmp_path: Path) -> Path:
    shutil.copytree(dataset, tmp_path / "read")
    return tmp_path / "read"


def taken_in(folder: Path) -> tuple[Case, list[tuple[str, str]]]:
    case = quoth.open(":memory:")
    added = case.add_recorded(*recordings(str(folder)))
    return case, [(str(i.error.code), i.error.what) for i in added.of(Outcome.FAILED) if i.error is not None]


def rewritten(folder: Path, key: str, table: str, change: Any) -> None:
    """A shard's table with its rows changed, and the hash in the manifest made to fit."""
    file = folder / table / f"{key}.parquet"
    schema = pq.read_schema(file)
    changed = change(pq.read_table(file).to_pylist())
    pq.write_table(pa.Table.from_pylist(changed, schema=schema), file)
    whole = manifest(folder)
    [shard] = [shard for shard in whole["shards"] if shard["key"] == key]
    shard["files"][table]["sha256"] = hashlib.sha256(file.read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(whole))


def test_a_file_that_was_changed_is_refused_and_the_other_shards_are_taken(copied: Path) -> None:
    key = keys(copied)[3]
    file = copied / "statements" / f"{key}.parquet"
    file.write_bytes(file.read_bytes()[:-1] + b"?")
    (copied / "documents" / f"{keys(copied)[4]}.parquet").unlink()
    case, failed = taken_in(copied)
    assert ("Q741", "it does not have the hash that was recorded") in failed
    assert ("Q741", "there is no such file") in failed
    assert len(list(case.documents())) == 17 - 3 - 1


def test_words_that_are_not_in_the_document_are_refused(copied: Path) -> None:
    def other_words(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{**row, "text": row["text"].replace("harbour", "airport")} for row in found]

    rewritten(copied, keys(copied)[6], "documents", other_words)
    case, failed = taken_in(copied)
    assert ("Q741", "a document's id or hash is not that of what it says") in failed
    assert list(case.verify()) == []


def test_a_statement_that_says_something_else_than_its_id_is_refused(copied: Path) -> None:
    def another_act(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
        payload = json.loads(found[0]["payload"])
        return [{**found[0], "payload": json.dumps({**payload, "confidence": 0.123})}, *found[1:]]

    rewritten(copied, keys(copied)[6], "statements", another_act)
    case, failed = taken_in(copied)
    assert any(code == "Q302" and "what it says makes it" in what for code, what in failed)
    assert case.counts().unread == 2, "the document is kept, unread, as is the one in another language"
    assert list(case.verify()) == []


def test_statements_that_are_gone_are_missed(copied: Path) -> None:
    rewritten(copied, keys(copied)[6], "statements", lambda found: found[1:])
    _, failed = taken_in(copied)
    assert ("Q741", "a reading is not whole, or of another reader than its shard says") in failed


@pytest.mark.parametrize("payload", ["{}", "[]", "no json", '{"id": 1}'])
def test_a_payload_that_does_not_fit_is_told(copied: Path, payload: str) -> None:
    rewritten(copied, keys(copied)[6], "documents", lambda found: [{**row, "payload": payload} for row in found])
    case, failed = taken_in(copied)
    assert [code for code, what in failed if what.startswith("a document does not fit")] == ["Q741"] * 2
    assert list(case.verify()) == []


def test_columns_of_another_version_are_told(copied: Path) -> None:
    key = keys(copied)[6]
    file = copied / "documents" / f"{key}.parquet"
    pq.write_table(pq.read_table(file).drop_columns(["words"]), file)
    whole = manifest(copied)
    whole["shards"][6]["files"]["documents"]["sha256"] = hashlib.sha256(file.read_bytes()).hexdigest()
    (copied / "manifest.json").write_text(json.dumps(whole))
    assert ("Q741", "its columns are not those of this version") in taken_in(copied)[1]


# ---------------------------------------------------------------- from the shell


def shell(*arguments: str) -> tuple[int, str]:
    result = CliRunner(env={"COLUMNS": "200"}).invoke(cli, list(arguments))
    return result.exit_code, result.output


def test_read_and_add_from_the_shell(sources: list[Path], tmp_path: Path) -> None:
    out, case = str(tmp_path / "read"), str(tmp_path / "case.db")
    status, told = shell("read", str(sources[1]), "--engine", "local", "--profile", "rules", "--out", out)
    assert (status, "1 shard read" in told, "7 documents" in told) == (0, True, True), told
    status, told = shell("read", str(sources[1]), "--engine", "local", "--profile", "rules", "--out", out)
    assert (status, "1 already there" in told) == (0, True)
    status, told = shell("--case", case, "add", "--from-parquet", out)
    assert (status, "7 documents added" in told) == (0, True), told
    assert "7 already there" in shell("add", "--case", case, "--all", "--from-parquet", out)[1]
    assert "Nothing wrong: 7 documents" in shell("--case", case, "verify")[1]


def test_what_does_not_make_a_command_is_told(tmp_path: Path) -> None:
    case = str(tmp_path / "case.db")
    assert "either SOURCE… or --from-parquet" in shell("--case", case, "add")[1]
    assert "either SOURCE… or --from-parquet" in shell("--case", case, "add", "a.txt", "--from-parquet", "b")[1]
    told = shell("--case", case, "add", "--from-parquet", str(tmp_path), "--outlet", "Quay Post")[1]
    assert "--outlet says how to read; with --from-parquet nothing is read." in told
    status, told = shell("--case", case, "add", "--from-parquet", str(tmp_path))
    assert (status, "there is no such file" in told, Path(case).exists()) == (2, True, False)
    assert "only files and folders" in shell("read", "https://quay.example", "--out", str(tmp_path))[1]
    assert shell("read", str(tmp_path / "none"), "--engine", "local", "--out", str(tmp_path / "read"))[0] == 2


def test_a_package_that_is_missing_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quoth.scaling.faults.there_is", lambda package: False)
    status, told = shell("read", "a.txt", "--out", str(tmp_path))
    assert (status, told.strip()) == (2, "Error: quoth read needs pyarrow (pip install 'quoth[parquet]')")
    assert "pip install 'quoth[parquet]'" in shell("add", "--from-parquet", str(tmp_path))[1]
    monkeypatch.setattr("quoth.scaling.faults.there_is", lambda package: package != "ray")
    assert "pip install 'quoth[ray]'" in shell("read", "a.txt", "--engine", "ray", "--out", str(tmp_path))[1]
