"""Sources and datasets in buckets, over S3's own protocol: read, written, taken up and refused as folders are."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from archives import http, record, zipped
from buckets import PYTHON, Bucket, Server, served
from click.testing import CliRunner
from datasets import WORK, keys, manifest, rows, run, tables
from sources import page

import quoth
from quoth.cli import cli
from quoth.errors import QuothError
from quoth.scaling import places
from quoth.scaling.engines import Local
from quoth.scaling.faults import BadPlace
from quoth.scaling.reading import read_shard
from quoth.scaling.recorded import recordings
from quoth.scaling.shards import pieces_of, shards_of

pytestmark = pytest.mark.skipif(
    not PYTHON.exists(), reason="no moto in an environment of its own, as `make test` makes it"
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with served(tmp_path_factory.mktemp("s3")) as server:
        yield server


@pytest.fixture
def bucket(server: Server, monkeypatch: pytest.MonkeyPatch) -> Bucket:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", os.devnull)
    return server.bucket()


@pytest.fixture
def filled(bucket: Bucket, sources: list[Path]) -> Bucket:
    """With the sources, under their names."""
    bucket.put_files(sources[0].parent)
    return bucket


NAMES = ("crawl.warc.gz", "news.jsonl.gz", "articles")


# ---------------------------------------------------------------- written


def test_a_bucket_holds_what_a_folder_holds(sources: list[Path], dataset: Path, bucket: Bucket) -> None:
    told = run(sources, bucket.at("read"))
    assert (told.read, told.missing) == (8, ())
    found = bucket.objects("read")
    expected = tables(dataset)
    assert {name: found[name] for name in expected} == expected
    assert [name for name in found if name.startswith("_unfinished/")] == ["_unfinished/about"]


def test_a_case_takes_in_what_lies_in_a_bucket(sources: list[Path], bucket: Bucket) -> None:
    run(sources[1:2], bucket.at("read"))
    with quoth.open(":memory:", profile="rules") as case, quoth.open(":memory:", profile="rules") as other:
        assert case.add_recorded(*recordings(bucket.at("read"))).new == 7
        other.add(sources[1])
        assert list(case.ledger.statements()) == list(other.ledger.statements())


# ---------------------------------------------------------------- read


def test_sources_in_a_bucket_give_what_files_give(filled: Bucket, dataset: Path, tmp_path: Path) -> None:
    told = run([filled.at(name) for name in NAMES], tmp_path / "read")
    assert (told.read, told.missing) == (8, ())
    for table in ("documents", "statements", "fetches"):
        assert rows(tmp_path / "read", table) == rows(dataset, table)
    failed = [(row["code"], row["message"], Path(row["where"]).name) for row in rows(tmp_path / "read", "failures")]
    assert failed == [(r["code"], r["message"], Path(r["where"]).name) for r in rows(dataset, "failures")]


def test_no_key_and_no_option_of_an_address_is_written_down(filled: Bucket, tmp_path: Path) -> None:
    run([filled.at("crawl.warc.gz"), filled.at("none.txt")], tmp_path / "read")
    assert [s["source"] for s in manifest(tmp_path / "read")["shards"]][-2:] == [
        f"s3://{filled.name}/crawl.warc.gz", f"s3://{filled.name}/none.txt"
    ]  # fmt: skip
    failed = [(row["where"], row["message"]) for row in rows(tmp_path / "read", "failures")]
    assert failed[-1] == (f"s3://{filled.name}/none.txt", "there is no such file")
    for file in (tmp_path / "read").rglob("*"):
        assert not file.is_file() or b"secret" not in file.read_bytes()


def test_a_pattern_names_all_that_fit(filled: Bucket, tmp_path: Path) -> None:
    def named(pattern: str) -> list[str]:
        return [str(place).removeprefix(f"s3://{filled.name}/") for place in places.places_of(filled.at(pattern))]

    filled.put("2024/03/a b.txt", b"One, Odo Brann said.")
    filled.put("2024/04/c.txt", b"Two, Odo Brann said.")
    assert named("*.gz") == ["crawl.warc.gz", "news.jsonl.gz"]
    assert named("articles/[01].txt") == ["articles/0.txt", "articles/1.txt"]
    assert named("2024/*/*.txt") == ["2024/03/a b.txt", "2024/04/c.txt"]
    assert named("**/[ac]*.txt") == ["2024/03/a b.txt", "2024/04/c.txt"]
    assert named("2024/0*") == ["2024/03", "2024/04"]
    assert named("2024/03/a%20b.txt") == ["2024/03/a b.txt"]
    told = run([filled.at("2024/0*"), filled.at("2024/03")], tmp_path / "read")
    assert (told.read, told.rows["documents"]) == (2, 2)


def test_what_is_finished_is_not_read_again_and_what_changed_is(filled: Bucket, tmp_path: Path) -> None:
    out = tmp_path / "read"
    first = run([filled.at("*.gz"), filled.at("articles")], out)
    again = run([filled.at("*.gz"), filled.at("articles")], out)
    assert (first.read, again.read, again.there) == (8, 0, 8)
    filled.put("articles/3.txt", b"Ada Lunt said nothing of it.")
    told = run([filled.at("articles")], out)
    assert (told.read, told.there, told.superseded) == (1, 1, 1)


@pytest.mark.parametrize("packed", [True, False])
def test_a_shard_of_an_archive_asks_for_its_own_bytes(
    bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packed: bool
) -> None:
    """Each byte once to plan; then, for a part, what it begins and ends in, and no more."""
    block = 2 * places.PIECE
    monkeypatch.setattr(places, "BLOCK", block)
    noise = random.Random(7)
    pages = [
        record(http(page(n) + b"<!--" + noise.randbytes(150_000).hex().encode() + b"-->"), "WARC-Target-URI: https://q.example")
        for n in range(8)
    ]  # fmt: skip
    name, data = ("crawl.warc.gz", zipped(*pages)) if packed else ("crawl.warc", b"".join(pages))
    bucket.put(name, data)

    def ranges() -> list[tuple[int, int]]:
        found = [
            one["range"] for one in bucket.asked()[before:] if one["method"] == "GET" and one["path"].endswith(name)
        ]
        return [tuple(map(int, each.removeprefix("bytes=").split("-"))) for each in found if each]  # type: ignore[misc]

    before = len(bucket.asked())
    [source] = places.places_of(bucket.at(name))
    shards = list(shards_of(source, pieces_of(source, 2), 2, WORK))
    assert ranges() == [(at, min(at + block, len(data)) - 1) for at in range(0, len(data), block)]
    assert len(shards) == 4
    for shard in shards:
        before = len(bucket.asked())
        [piece] = shard.pieces
        assert read_shard(shard, str(tmp_path), WORK)["files"]["documents"]["rows"] == 2
        end = piece.part.end or len(data)
        assert min(first for first, _ in ranges()) >= piece.part.begin - block
        assert sum(last - first + 1 for first, last in ranges()) <= end - piece.part.begin + 2 * block + places.PIECE


# ---------------------------------------------------------------- stopped, and refused


def test_a_run_that_is_stopped_half_way_is_taken_up(filled: Bucket, dataset: Path, tmp_path: Path) -> None:
    """Killed for real, from a bucket into a bucket, when some shards are there."""
    sources, out = [filled.at("*.gz"), filled.at("articles")], filled.at("read")
    program = [sys.executable, "-c", "from quoth.cli import main; main()", "read", *sources, "--out", out]
    process = subprocess.Popen(
        [*program, "--engine", "local", "--shard", "3", "--profile", "rules"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        until = time.monotonic() + 120
        while not filled.names("read/shards"):
            assert process.poll() is None
            assert time.monotonic() < until
            time.sleep(0.01)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    there = filled.names("read/shards")
    assert 0 < len(there) < 8
    assert "manifest.json" not in filled.names("read")
    told = run(sources, out)
    assert (told.read, told.there, told.missing) == (8 - len(there), len(there), ())
    whole = tmp_path / "whole"
    run(sources, whole)
    found = filled.objects("read")
    assert {name: found[name] for name in tables(whole)} == tables(whole)
    assert [row["payload"] for row in rows(whole, "statements")] == [r["payload"] for r in rows(dataset, "statements")]


def test_a_dataset_in_a_bucket_that_lost_a_file_is_taken_up(sources: list[Path], bucket: Bucket) -> None:
    run(sources[1:2], bucket.at("read"))
    before = bucket.objects("read")
    gone = next(name for name in before if name.startswith("documents/"))
    bucket.remove(f"read/{gone}")
    told = run(sources[1:2], bucket.at("read"))
    assert (told.read, told.there) == (1, 2)
    assert bucket.objects("read")[gone] == before[gone]


@pytest.mark.parametrize("key", [None, "AKIAANOTHER"])
def test_without_a_key_it_is_refused_in_plain_words(filled: Bucket, tmp_path: Path, key: str | None) -> None:
    refused = filled.at("crawl.warc.gz", key)
    done = CliRunner().invoke(
        cli, ["read", refused, filled.at("*.gz", key), "--out", str(tmp_path), "--engine", "local"]
    )
    assert done.exit_code == 2
    told = " ".join(done.stderr.split())
    assert f"s3://{filled.name}/crawl.warc.gz: access is refused" in told
    assert f"s3://{filled.name}/*.gz: access is refused" in told
    assert "AWS_ACCESS_KEY_ID" in told
    assert manifest(tmp_path)["shards"] == [], "nothing that passes for having been read"
    with pytest.raises(BadPlace, match="access is refused"):
        run([filled.at("crawl.warc.gz")], filled.at("read", key))


def test_what_is_not_there_is_told(filled: Bucket, tmp_path: Path) -> None:
    other = Bucket(filled.server, "nobodys")
    gone = filled.at("crawl.warc.gz").replace(f":{filled.server.port}", ":1")
    told = run([other.at("crawl.warc.gz"), other.at("*.gz"), filled.at("2019/*.gz"), gone], tmp_path)
    assert [(where, error.what) for where, error in told.missing] == [
        ("s3://nobodys/*.gz", "there is no such bucket"),
        (f"s3://{filled.name}/2019/*.gz", "nothing there fits"),
        ("s3://nobodys/crawl.warc.gz", "there is no such bucket"),
        (f"s3://{filled.name}/crawl.warc.gz", "it cannot be reached"),
    ]
    with pytest.raises(BadPlace, match="no such bucket"):
        run([filled.at("crawl.warc.gz")], other.at("read"))


def test_a_source_that_goes_while_it_is_read_is_missing_and_not_a_failure_of_articles(
    filled: Bucket, tmp_path: Path
) -> None:
    class Removing(Local):
        def each(self, work, items):  # type: ignore[no-untyped-def]
            for number, item in enumerate(items):
                if number == 1:
                    filled.remove("crawl.warc.gz")
                yield from super().each(work, [item])

    told = run([filled.at("crawl.warc.gz")], tmp_path, engine=Removing())
    assert told.read == 1
    assert [isinstance(error, QuothError) and error.code for _, error in told.missing] == ["Q743", "Q743"]
    assert len(keys(tmp_path)) == 1
