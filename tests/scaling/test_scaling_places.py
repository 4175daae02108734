"""Addresses of stores, as they are asked for."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from quoth.scaling import places


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("gs://bucket-1/a.jsonl", "gs://bucket-1/?retry_limit_seconds=30"),
        ("gs://anonymous@bucket-2/a?scheme=http", "gs://anonymous@bucket-2/?scheme=http&retry_limit_seconds=30"),
        ("gcs://bucket-3/a?retry_limit_seconds=900", "gcs://bucket-3/?retry_limit_seconds=900"),
        ("s3://bucket-4/a", "s3://bucket-4/"),
    ],
)
def test_a_store_that_does_not_answer_is_not_asked_for_a_quarter_of_an_hour(
    monkeypatch: pytest.MonkeyPatch, address: str, asked: str
) -> None:
    addresses: list[str] = []

    def from_uri(base: str) -> tuple[object, str]:
        addresses.append(base)
        return object(), "bucket"

    monkeypatch.setattr(places.fs, "FileSystem", SimpleNamespace(from_uri=from_uri))
    places.place_of(address)
    assert addresses == [asked]
