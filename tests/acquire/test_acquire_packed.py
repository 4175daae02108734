"""Files packed by gzip, and JSON lines of any number: read in pieces, whatever they unpack to."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tracemalloc
import zlib
from pathlib import Path

import pytest

from quoth.acquire import Failure, acquire, contents
from quoth.acquire.bundles import documents_from, suffix_of
from quoth.acquire.contents import NOTHING_BESIDE, NOTHING_GIVEN
from quoth.model import Document

PROSE = "The harbour board voted on Tuesday to close the northern quay, its chairman said."
PAGE = f"<html><body><article><h1>Quay</h1><p>{PROSE}</p></article></body></html>"


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def line(number: int) -> str:
    return json.dumps({"title": f"Story {number}", "text": f"{PROSE} {number}"}) + "\n"


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("a.txt", ".txt"),
        ("A.HTML.GZ", ".html.gz"),
        ("a.warc.gz", ".warc.gz"),
        ("a.b.gz", ".gz"),
        ("a", ""),
        (".gz", ""),
    ],
)
def test_a_name_says_what_a_file_holds(name: str, suffix: str) -> None:
    assert suffix_of(name) == suffix


@pytest.mark.parametrize(
    ("name", "plain"),
    [("a.txt.gz", PROSE), ("a.html.gz", PAGE), ("a.json.gz", json.dumps({"text": PROSE})), ("a.gz", PAGE)],
)
def test_a_packed_article_is_the_same_document_as_the_plain_one(tmp_path: Path, name: str, plain: str) -> None:
    (document,) = acquire(write(tmp_path / name, gzip.compress(plain.encode())))
    assert isinstance(document, Document)
    assert document.sha256 == hashlib.sha256(plain.encode()).hexdigest()
    assert document.file == name
    (piped,) = acquire("-", stdin=io.BytesIO(gzip.compress(plain.encode())))
    assert isinstance(piped, Document)
    assert piped.id == document.id


def test_packed_articles_in_a_folder_are_found(tmp_path: Path) -> None:
    write(tmp_path / "a.txt.gz", gzip.compress(PROSE.encode()))
    write(tmp_path / "b.tar.gz", b"\x1f\x8b")
    assert [found.file for found in acquire(tmp_path) if isinstance(found, Document)] == ["a.txt.gz"]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (gzip.compress(bytes(30_000_000)), "larger than 1 MB"),
        (gzip.compress(PROSE.encode())[:-9], "break off"),
        (gzip.compress(PROSE.encode())[:-8] + bytes(8), "damaged"),
        (b"\x1f\x8b\x09junk" * 9, "damaged"),
        (PROSE.encode(), "damaged"),
        (b"", "empty"),
        (gzip.compress(gzip.compress(PROSE.encode())), "gzip-compressed"),
    ],
)
def test_what_does_not_unpack_to_an_article_is_a_clear_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, what: str
) -> None:
    monkeypatch.setattr(contents, "LARGEST_FILE", 1_000_000)
    (failed,) = acquire(write(tmp_path / "a.txt.gz", data))
    assert isinstance(failed, Failure)
    assert what in failed.error.what
    assert "a.txt.gz" in str(failed.error)


def test_json_lines_are_read_one_at_a_time(tmp_path: Path) -> None:
    """The file is larger than what one article may be; memory holds a line."""
    many = 400
    filler = "x " * 50_000
    data = b"".join(json.dumps({"text": f"{PROSE} {n} {filler}"}).encode() + b"\n" for n in range(many))
    packed = zlib.compressobj(1, wbits=31)
    path = write(tmp_path / "a.jsonl.gz", packed.compress(data) + packed.flush())
    del data
    tracemalloc.start()
    seen = 0
    with path.open("rb") as file:
        for found in documents_from(file, ".jsonl.gz", "a", "a", NOTHING_GIVEN, NOTHING_BESIDE):
            assert isinstance(found, Document)
            seen += 1
            if seen == 20:
                break
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8_000_000


def test_a_line_that_is_too_long_is_told_and_the_others_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "LARGEST_FILE", 10_000)
    data = line(1) + json.dumps({"text": PROSE * 5_000}) + "\n" + line(3) + line(4).rstrip()
    found = list(acquire(write(tmp_path / "a.jsonl", data.encode())))
    assert [one.title for one in found if isinstance(one, Document)] == ["Story 1", "Story 3", "Story 4"]
    (failed,) = [one for one in found if isinstance(one, Failure)]
    assert failed.where.endswith("a.jsonl#2")
    assert "larger than" in failed.error.what


def test_lines_that_cannot_be_read_are_told_by_their_number(tmp_path: Path) -> None:
    data = (
        line(1).encode() + b"{broken\n\n\x00\x01\x02\x03\n[1]\n" + line(6).encode().replace(b"Tuesday", b"Tu\xe9sday")
    )
    found = list(acquire(write(tmp_path / "a.jsonl", data)))
    assert [one.file for one in found if isinstance(one, Document)] == ["a.jsonl#1", "a.jsonl#6"]
    assert [one.where[-2:] for one in found if isinstance(one, Failure)] == ["#2", "#4", "#5"]


def test_packed_lines_that_break_off_give_what_came_before(tmp_path: Path) -> None:
    packed = gzip.compress("".join(map(line, range(3_000))).encode())
    found = list(acquire(write(tmp_path / "a.jsonl.gz", packed[: len(packed) // 2])))
    assert len(found) > 500
    assert all(isinstance(one, Document) for one in found[:-2])
    assert "break off" in found[-1].error.what


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1251"])
def test_json_lines_in_other_encodings(tmp_path: Path, encoding: str) -> None:
    text = "".join(
        json.dumps({"title": "Причал", "text": f"Совет порта решил закрыть причал номер {n}."}, ensure_ascii=False)
        + "\r\n"
        for n in range(30)
    )
    found = list(acquire(write(tmp_path / "a.jsonl", text.encode(encoding))))
    assert [one.title for one in found if isinstance(one, Document)] == ["Причал"] * 30
    assert [one.file for one in found][-1] == "a.jsonl#30"


def test_json_lines_on_standard_input(tmp_path: Path) -> None:
    found = list(acquire("-", stdin=io.BytesIO((line(1) + line(2)).encode())))
    assert [one.title for one in found if isinstance(one, Document)] == ["Story 1", "Story 2"]


@pytest.mark.parametrize("name", ["a.zip", "a.docx", "a.7z"])
def test_other_archives_are_refused_with_what_to_do(tmp_path: Path, name: str) -> None:
    (failed,) = acquire(write(tmp_path / name, b"PK\x03\x04"))
    assert isinstance(failed, Failure)
    assert "not read" in failed.error.what
    assert failed.error.remedy
