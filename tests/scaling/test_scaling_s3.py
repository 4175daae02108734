"""A dataset in a bucket: written, taken up and taken into a case as one in a folder is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from bucket import Bucket
from datasets import run, tables

import quoth
from quoth.scaling.recorded import recordings


@pytest.fixture
def bucket() -> Iterator[Bucket]:
    with Bucket() as bucket:
        yield bucket


def test_a_bucket_holds_what_a_folder_holds(sources: list[Path], dataset: Path, bucket: Bucket) -> None:
    told = run(sources, bucket.address)
    assert (told.read, told.missing) == (8, ())
    found = {name.removeprefix("news/read/"): data for name, data in bucket.objects.items()}
    expected = tables(dataset)
    assert {name: found[name] for name in expected} == expected
    assert [name for name in found if name.startswith("_unfinished/")] == ["_unfinished/about"]


def test_a_reading_into_a_bucket_is_taken_up_again(sources: list[Path], bucket: Bucket) -> None:
    run(sources[1:2], bucket.address)
    before = dict(bucket.objects)
    gone = next(name for name in before if name.startswith("news/read/documents/"))
    del bucket.objects[gone]
    told = run(sources[1:2], bucket.address)
    assert (told.read, told.there) == (1, 2)
    assert bucket.objects[gone] == before[gone]


def test_a_case_takes_in_what_lies_in_a_bucket(sources: list[Path], bucket: Bucket) -> None:
    run(sources[1:2], bucket.address)
    with quoth.open(":memory:", profile="rules") as case, quoth.open(":memory:", profile="rules") as other:
        assert case.add_recorded(*recordings(bucket.address)).new == 7
        other.add(sources[1])
        assert list(case.ledger.statements()) == list(other.ledger.statements())
