"""What a run writes: the same as acquiring and reading in one go, once, and all that went wrong."""

from __future__ import annotations

import datetime
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from datasets import keys, manifest, rows, run, tables

from quoth.acquire import Failure, acquire
from quoth.model import Document, Fetch, Profile, Reading, Statement, to_dict
from quoth.read import reader_for
from quoth.scaling import reading, shards
from quoth.scaling import tables as declared
from quoth.scaling.faults import BadDataset, BadPlace
from quoth.scaling.run import manifest_at
from quoth.scaling.store import Store


def at_once(sources: list[Path], kind: type) -> Iterator[object]:
    return (found for source in sources for found in acquire(source) if isinstance(found, kind))


def test_documents_are_those_that_acquiring_gives(sources: list[Path], dataset: Path) -> None:
    expected = list({found.id: found for found in at_once(sources, Document) if isinstance(found, Document)}.values())
    found = {row["id"]: declared.document_from(row) for row in rows(dataset, "documents")}
    assert [to_dict(document) for document in found.values()] == [to_dict(document) for document in expected]
    assert len(expected) == 6 + 7 + 4


def test_statements_are_those_that_the_reader_gives(sources: list[Path], dataset: Path) -> None:
    reader = reader_for("en", Profile.RULES)
    english = {d.id: d for d in at_once(sources, Document) if isinstance(d, Document) and d.language == "en"}
    expected = [
        to_dict(s) for _, r in reader.read_all(english.values()) if isinstance(r, Reading) for s in r.statements
    ]
    read = {row["id"]: json.loads(row["payload"]) for row in rows(dataset, "statements")}
    assert list(read.values()) == expected
    assert len(expected) > 20


def test_flat_columns_repeat_the_payloads(dataset: Path) -> None:
    documents = rows(dataset, "documents")
    for row in documents:
        document = declared.document_from(row)
        assert (row["id"], row["outlet"], row["url"]) == (document.id, document.outlet, document.url)
        assert (row["published"], row["retrieved"]) == (document.published, document.retrieved)
        assert row["words"] == len(document.text.split())
    by_id = {row["id"]: row for row in documents}
    for row in rows(dataset, "statements"):
        statement = declared.reading_from({**by_id[row["document_id"]]}, [row]).statements[0]
        assert isinstance(statement, Statement)
        assert (row["id"], row["source"], row["act"]) == (statement.id, statement.source.name, statement.act.value)
        assert row["said_earliest"] == (statement.said.earliest if statement.said else None)
        assert row["published"] == by_id[row["document_id"]]["published"]
        assert row["event"] == (statement.events[0].predicate if statement.events else None)
    assert by_id[documents[-2]["id"]]["outlet"] is None
    assert datetime.date(2021, 3, 4) in {row["published"] for row in documents}


def test_the_tables_have_the_schemas_that_are_declared(dataset: Path) -> None:
    for name, schema in declared.SCHEMAS.items():
        files = list((dataset / name).glob("*.parquet"))
        assert files, name
        for file in files:
            assert pq.read_schema(file).equals(schema), file


def test_what_could_not_be_read_is_recorded(sources: list[Path], dataset: Path) -> None:
    expected = [(f.where, f.error.code, f.error.what) for f in at_once(sources, Failure) if isinstance(f, Failure)]
    found = [row for row in rows(dataset, "failures") if row["document_id"] is None]
    assert [(row["where"], row["code"], row["message"]) for row in found] == expected
    assert len(expected) == 1 + 1 + 2
    [unread] = [row for row in rows(dataset, "failures") if row["document_id"] is not None]
    assert (unread["code"], "no reader for the language 'ru'" in unread["message"]) == ("Q200", True)
    [document] = [row for row in rows(dataset, "documents") if row["id"] == unread["document_id"]]
    assert (document["reader"], document["statements"]) == (None, None)


def test_that_pages_were_fetched_is_there(sources: list[Path], dataset: Path) -> None:
    expected = [to_dict(found) for found in at_once(sources, Fetch)]
    assert [to_dict(declared.fetch_from(row)) for row in rows(dataset, "fetches")] == expected


def test_shards_have_as_many_articles_as_they_may(dataset: Path) -> None:
    listed = manifest(dataset)["shards"]
    assert [(Path(shard["source"]).name, shard["number"]) for shard in listed] == [
        ("crawl.warc.gz", 1), ("crawl.warc.gz", 2), ("crawl.warc.gz", 3),
        ("news.jsonl.gz", 1), ("news.jsonl.gz", 2), ("news.jsonl.gz", 3),
        ("articles", 1), ("articles", 2),
    ]  # fmt: skip
    assert all(shard["files"]["documents"]["rows"] <= 3 for shard in listed)


def test_the_same_again_gives_the_same_bytes(sources: list[Path], dataset: Path, tmp_path: Path) -> None:
    run(sources, tmp_path / "again")
    assert tables(tmp_path / "again") == tables(dataset)


def test_the_size_of_shards_changes_no_row(sources: list[Path], dataset: Path, tmp_path: Path) -> None:
    run(sources, tmp_path / "one", most=1_000)
    assert len(keys(tmp_path / "one")) == 3

    def of(out: Path, table: str) -> list[tuple[str, str]]:
        return [(row["id"], row["payload"]) for row in rows(out, table)]

    assert list(dict(of(tmp_path / "one", "documents"))) == list(dict(of(dataset, "documents")))
    assert dict(of(tmp_path / "one", "statements")) == dict(of(dataset, "statements"))


def test_row_groups_of_both_tables_go_together(
    sources: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "GROUP", 2)
    monkeypatch.setattr(reading, "TOGETHER", 2)
    run(sources[1:2], tmp_path, most=100)
    [first, *_] = keys(tmp_path)
    documents = pq.ParquetFile(tmp_path / "documents" / f"{first}.parquet")
    statements = pq.ParquetFile(tmp_path / "statements" / f"{first}.parquet")
    assert documents.num_row_groups == statements.num_row_groups > 2
    for number in range(documents.num_row_groups):
        places = set(documents.read_row_group(number)["place"].to_pylist())
        assert set(statements.read_row_group(number)["place"].to_pylist()) <= places


def test_a_way_up_and_down_again_is_the_same_place(
    sources: list[Path], dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run([os.path.relpath(source) for source in sources], Path("..", tmp_path.name, "read"))
    assert tables(tmp_path / "read") == tables(dataset)


# ---------------------------------------------------------------- again, and otherwise


def test_what_is_there_is_not_read_again(
    sources: list[Path], dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(dataset, tmp_path / "read")
    before = tables(tmp_path / "read")
    gone, short, unsaid = keys(dataset)[:3]
    (tmp_path / "read" / "documents" / f"{gone}.parquet").unlink()
    os.truncate(tmp_path / "read" / "statements" / f"{short}.parquet", 100)
    (tmp_path / "read" / "shards" / f"{unsaid}.json").unlink()
    read_again: list[str] = []
    whole = reading.read_shard
    monkeypatch.setattr(
        "quoth.scaling.run.read_shard", lambda shard, **o: (read_again.append(shard.key), whole(shard, **o))[1]
    )
    told = run(sources, tmp_path / "read")
    assert (told.read, told.there, read_again) == (3, 5, [gone, short, unsaid])
    assert tables(tmp_path / "read") == before


def test_a_changed_source_is_read_anew_and_the_old_shards_put_aside(sources: list[Path], tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    shutil.copytree(sources[2], folder)
    out = tmp_path / "read"
    run([sources[1], folder], out)
    old = keys(out)
    (folder / "3.txt").write_text("Ada Lunt said nothing of it.", encoding="utf-8")
    told = run([folder], out)
    assert (told.read, told.there, told.superseded) == (1, 1, 1)
    assert [key for key in old if key not in keys(out)] == [old[-1]]
    assert keys(out)[:4] == old[:4], "shards of a source that the second run is not about stay"
    assert not (out / "documents" / f"{old[-1]}.parquet").exists()
    assert (out / "superseded" / "documents" / f"{old[-1]}.parquet").exists()


def test_another_reader_and_other_options_make_other_keys(sources: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    source = sources[0]
    pieces = shards.pieces_of(source, 3)

    def made(work: shards.Work) -> list[str]:
        return [shard.key for shard in shards.shards_of(source, pieces, 3, work)]

    first = made(shards.Work(Profile.RULES))
    assert first == made(shards.Work(Profile.RULES))
    assert not set(first) & set(made(shards.Work(Profile.FAST)))
    assert not set(first) & set(made(shards.Work(Profile.RULES, shards.Given(outlet="Quay Post"))))
    monkeypatch.setattr("quoth.read.english.version.VERSION", "0.0")
    assert not set(first) & set(made(shards.Work(Profile.RULES)))


def test_what_says_otherwise_beside_an_article_makes_another_key(sources: list[Path], tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    shutil.copytree(sources[2], folder)
    run([folder], tmp_path / "read", most=100)
    (folder / "documents.json").write_text('[{"file": "1.txt", "outlet": "Another"}]', encoding="utf-8")
    told = run([folder], tmp_path / "read", most=100)
    assert (told.read, told.superseded) == (1, 1)


# ---------------------------------------------------------------- what goes wrong


def test_an_article_on_which_the_reader_fails_stops_no_other(
    sources: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = reader_for("en", Profile.RULES)

    class Falling:
        name = reader.name

        def read(self, document: Document) -> Reading:
            if "number 4" in document.text:
                raise ZeroDivisionError("too few")
            return reader.read(document)

        def read_all(self, documents: list[Document]) -> Iterator[tuple[Document, Reading]]:
            for document in documents:
                yield document, self.read(document)

    monkeypatch.setattr(reading, "reader_for", lambda *_: Falling())
    told = run(sources[1:2], tmp_path)
    assert (told.missing, told.rows["documents"], told.rows["failures"]) == ((), 7, 2)
    [failed] = [row for row in rows(tmp_path, "failures") if row["document_id"]]
    assert (failed["code"], "ZeroDivisionError: too few" in failed["message"]) == ("Q900", True)


def test_a_source_that_is_not_there_is_a_failure(sources: list[Path], tmp_path: Path) -> None:
    told = run([tmp_path / "none.warc", sources[1]], tmp_path / "read")
    assert told.rows["documents"] == 7
    assert next(row["message"] for row in rows(tmp_path / "read", "failures")) == "there is no such file"


def test_a_shard_that_cannot_be_written_is_missing_and_the_others_are_there(
    sources: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = reading.read_shard

    def full(shard: shards.Shard, **options: object) -> dict[str, object]:
        if shard.number == 2:
            raise BadPlace("no space left", where="there")
        return whole(shard, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("quoth.scaling.run.read_shard", full)
    told = run(sources[1:2], tmp_path)
    assert [(Path(where).name, error.what) for where, error in told.missing] == [
        ("news.jsonl.gz, shard 2", "no space left")
    ]
    assert len(keys(tmp_path)) == 2
    assert manifest(tmp_path)["missing"][0]["code"] == "Q743"
    monkeypatch.undo()
    told = run(sources[1:2], tmp_path)
    assert (told.read, told.there, told.missing, manifest(tmp_path)["missing"]) == (1, 2, (), [])


def test_nothing_unfinished_is_left(dataset: Path) -> None:
    assert [path.name for path in (dataset / "_unfinished").iterdir()] == ["about"]


# ---------------------------------------------------------------- elsewhere


def test_an_address_is_written_to_as_a_folder_is(sources: list[Path], dataset: Path, tmp_path: Path) -> None:
    run(sources, f"file://{tmp_path}/read")
    assert tables(tmp_path / "read") == tables(dataset)


def test_a_store_is_any_filesystem_that_has_an_address() -> None:
    store = Store("mock:///bucket/read")  # pyarrow's own, in memory
    store.write("_unfinished/a", b"whole")
    store.move("_unfinished/a", "documents/a.parquet")
    store.write_json("manifest.json", {"shards": []}, "somebody")
    assert store.sizes("documents/a.parquet", "documents/b.parquet", "_unfinished/a") == {"documents/a.parquet": 5}
    assert store.listed("documents") == {"documents/a.parquet": 5}
    assert store.listed("nothing") == {}
    assert store.read("documents/a.parquet") == b"whole"
    assert store.read_json("manifest.json") == {"shards": []}
    store.remove("documents/a.parquet")
    store.remove("documents/a.parquet")
    with pytest.raises(BadPlace):
        store.read("documents/a.parquet")


def test_an_address_that_is_none_is_told() -> None:
    with pytest.raises(BadPlace):
        Store("nowhere://bucket/read")


def test_keys_in_an_address_are_not_told() -> None:
    assert Store("s3://AKIA:secret@bucket/read?region=us-east-1").where == "s3://bucket/read"
    with pytest.raises(BadPlace) as told:
        Store("s3://AKIA:secret@bu cket/read")
    assert "secret" not in str(told.value)


def test_a_folder_that_cannot_be_written_is_told(sources: list[Path], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(BadPlace):
        run(sources, tmp_path / "file" / "read")


def test_a_folder_without_a_manifest_is_no_dataset(tmp_path: Path) -> None:
    with pytest.raises(BadDataset, match=r"manifest\.json: there is no such file"):
        manifest_at(Store(str(tmp_path)))
    (tmp_path / "manifest.json").write_text('{"format": 99}')
    with pytest.raises(BadDataset, match="not a manifest that this version"):
        manifest_at(Store(str(tmp_path)))
    (tmp_path / "manifest.json").write_text("{")
    with pytest.raises(BadDataset, match="no valid JSON"):
        manifest_at(Store(str(tmp_path)))
