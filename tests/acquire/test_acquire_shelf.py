"""What is put on the shelf: the bytes of every article, before it is given, and of what became none."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path

import pytest

from quoth.acquire import acquire
from quoth.acquire.shelf import NO_SHELF
from quoth.errors import LedgerError
from quoth.model import Document

PROSE = b"The harbour board voted on Tuesday to close the northern quay, its chairman said."


class Board:
    """A shelf in memory."""

    def __init__(self) -> None:
        self.there: dict[str, bytes] = {}

    def keep(self, data: bytes) -> str:
        sha256 = hashlib.sha256(data).hexdigest()
        self.there[sha256] = data
        return sha256

    def kept(self, sha256: str) -> bytes | None:
        return self.there.get(sha256)


def test_each_article_is_on_the_shelf_before_it_is_given(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(PROSE)
    (tmp_path / "b.html").write_bytes(
        b"<html><body><article><h1>Quay</h1><p>" + PROSE + b"</p></article></body></html>"
    )
    (tmp_path / "c.json").write_bytes(b' {"text": "' + PROSE + b'"}\n')
    board = Board()
    for number, document in enumerate(acquire(tmp_path, shelf=board), start=1):
        assert isinstance(document, Document)
        assert board.kept(document.sha256) == (tmp_path / str(document.file)).read_bytes()
        assert len(board.there) == number


@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_of_many_records_each_has_its_own_canonical_bytes(tmp_path: Path, name: str) -> None:
    articles = [{"title": "Quay", "text": PROSE.decode()}, {"text": PROSE.decode() + " And more."}]
    lines = "\n".join(map(json.dumps, articles)) if name == "a.jsonl" else json.dumps(articles)
    (tmp_path / name).write_text(lines)
    board = Board()
    documents = list(acquire(tmp_path / name, shelf=board))
    kept = [json.loads(board.there[document.sha256]) for document in documents if isinstance(document, Document)]
    assert kept == articles
    assert len(board.there) == 2


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.txt", b"\x89PNG\r\n"), ("a.html", b"<html></html>"), ("a.json", b"{broken"), ("a.json", b"[]")],
)
def test_what_became_no_article_is_kept_too(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    board = Board()
    (failed,) = acquire(tmp_path / name, shelf=board)
    assert not isinstance(failed, Document)
    assert list(board.there.values()) == [data]


def test_standard_input_is_kept() -> None:
    board = Board()
    (document,) = acquire("-", stdin=io.BytesIO(PROSE), shelf=board)
    assert isinstance(document, Document)
    assert board.there == {document.sha256: PROSE}


def test_a_shelf_that_breaks_stops_everything(tmp_path: Path) -> None:
    class Broken(Board):
        def keep(self, data: bytes) -> str:
            raise LedgerError("the disk is full")

    (tmp_path / "a.txt").write_bytes(PROSE)
    with pytest.raises(LedgerError, match="full"):
        list(acquire(tmp_path, shelf=Broken()))


def test_no_shelf_keeps_nothing() -> None:
    assert NO_SHELF.kept(NO_SHELF.keep(b"x")) is None
