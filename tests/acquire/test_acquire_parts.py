"""A file in parts gives exactly what the whole file gives, wherever it is cut and whatever is broken in it."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import pytest
from archives import good, http, page, record, zipped
from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.acquire import Article, Failure, Given, Part, acquire_at, articles_in, cut, documents_of_part
from quoth.acquire.warc import MOST_BROKEN
from quoth.model import Document, Fetch, Remark

IMAGE = record(http(b"\x89PNG", kind="image/png"))
CUT_OFF = good("Cut off")[:-200] + b"\r\n\r\n"
NOISE = b"this is no record\r\n\r\n"
RECORDS = st.lists(st.sampled_from(["page", "image", "cut", "noise"]), max_size=9)
LINES = st.lists(
    st.sampled_from(
        [
            json.dumps({"text": "The quay will close, Odo Brann said."}),
            json.dumps({"text": "Der Kai schließt, sagte Odo Brann – sofort."}, ensure_ascii=False),
            "",
            "  ",
            "no json",
            "[]",
            json.dumps({"title": "nothing else"}),
        ]
    ),
    max_size=9,
)


def article(folder: Path, name: str, data: bytes) -> Article:
    (folder / name).write_bytes(data)
    [found] = articles_in(folder / name)
    assert isinstance(found, Article)
    return found


def told(found: object) -> object:
    return (found.where, found.error.code, str(found.error)) if isinstance(found, Failure) else found


def in_parts(one: Article, most: int) -> list[object]:
    """What the parts give, one after the other, but for the remarks, which are each part's own."""
    found = cut(one, most)
    with one.path.open("rb") as file:
        assert found.sha256 == hashlib.sha256(file.read()).hexdigest()
    return [told(f) for part in found.parts for f in documents_of_part(one, part, Given()) if not isinstance(f, Remark)]


def at_once(one: Article) -> list[object]:
    return [told(found) for found in acquire_at(one.path) if not isinstance(found, Remark)]


def numbered(kinds: list[str]) -> list[bytes]:
    of_kind = {"image": IMAGE, "cut": CUT_OFF, "noise": NOISE}
    return [of_kind.get(kind, b"") or good(f"Page {n}") for n, kind in enumerate(kinds)]


@settings(max_examples=60)
@given(kinds=RECORDS, most=st.integers(1, 4), way=st.sampled_from(["plain", "members", "pairs"]))
def test_an_archive_in_parts(tmp_path_factory: pytest.TempPathFactory, kinds: list[str], most: int, way: str) -> None:
    records = numbered(["page", *kinds])
    if way == "plain":
        name, data = "crawl.warc", b"".join(records)
    elif way == "members":
        name, data = "crawl.warc.gz", zipped(*records)
    else:
        several = [b"".join(records[i : i + 2]) for i in range(0, len(records), 2)]
        name, data = "crawl.warc.gz", zipped(*several)
    one = article(tmp_path_factory.mktemp("cut"), name, data)
    assert in_parts(one, most) == at_once(one)


def test_an_archive_is_cut_at_its_records(tmp_path: Path) -> None:
    records = [good("One"), IMAGE, good("Two"), good("Three")]
    one = article(tmp_path, "crawl.warc", b"".join(records))
    ends = [len(b"".join(records[:n])) for n in (1, 3)]
    assert cut(one, 1).parts == (
        Part(articles=1, end=ends[0]),
        Part(articles=1, begin=ends[0], end=ends[1]),
        Part(articles=1, begin=ends[1]),
    )
    assert cut(one, 3).parts == (Part(articles=3),)


def test_damaged_members_of_an_archive_belong_to_one_part(tmp_path: Path) -> None:
    members = [zipped(good(f"Page {n}")) for n in range(5)]
    members[2] = members[2][:60] + b"\0" * 20 + members[2][80:]
    one = article(tmp_path, "crawl.warc.gz", b"".join(members))
    for most in (1, 2, 3):
        assert in_parts(one, most) == at_once(one)
    assert sum(isinstance(found, Document) for found in at_once(one)) == 4


def test_an_archive_of_nothing_but_broken_records_is_not_cut(tmp_path: Path) -> None:
    one = article(tmp_path, "crawl.warc", good() + (b"WARC/1.0\r\n\r\n" * (MOST_BROKEN + 10)) + good())
    (part,) = cut(one, 1).parts
    assert part.is_whole
    assert in_parts(one, 1) == at_once(one)


def test_a_part_without_a_page_is_no_failure_and_a_file_is(tmp_path: Path) -> None:
    one = article(tmp_path, "crawl.warc", good() + IMAGE + IMAGE)
    [*_, remark] = documents_of_part(one, Part(articles=0, begin=len(good())), Given())
    assert isinstance(remark, Remark)
    images = article(tmp_path, "images.warc", IMAGE + IMAGE)
    assert [type(found) for found in documents_of_part(images, cut(images, 1).parts[0], Given())] == [Failure]


def test_every_page_of_a_part_comes_with_its_fetch(tmp_path: Path) -> None:
    one = article(tmp_path, "crawl.warc.gz", zipped(good("One"), good("Two")))
    kinds = [type(found) for part in cut(one, 1).parts for found in documents_of_part(one, part, Given())]
    assert kinds == [Document, Fetch, Document, Fetch]


@settings(max_examples=60)
@given(
    lines=LINES,
    most=st.integers(1, 4),
    end=st.sampled_from(["", "\n", "\n\n"]),
    between=st.sampled_from(["\n", "\r\n"]),
    packed=st.booleans(),
)
def test_lines_in_parts(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], most: int, end: str, between: str, packed: bool
) -> None:
    data = (between.join(lines) + end).encode()
    name = "news.jsonl.gz" if packed else "news.jsonl"
    one = article(tmp_path_factory.mktemp("cut"), name, gzip.compress(data) if packed else data)
    assert in_parts(one, most) == at_once(one)


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1", "utf-8-sig"])
def test_lines_in_another_encoding(tmp_path: Path, encoding: str) -> None:
    text = "\n".join(json.dumps({"text": f"Der Kai schließt zum {n}. Mal."}, ensure_ascii=False) for n in range(5))
    one = article(tmp_path, "news.jsonl", text.encode(encoding))
    assert in_parts(one, 2) == at_once(one)
    assert len(at_once(one)) == 5


def test_lines_of_a_file_that_breaks_off(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps({"text": f"The quay will close, {n} people said."}) for n in range(3_000))
    one = article(tmp_path, "news.jsonl.gz", gzip.compress(lines.encode())[:-3_000])
    assert cut(one, 500).parts == (Part(articles=1),)
    assert in_parts(one, 500) == at_once(one)


def test_lines_know_where_they_begin(tmp_path: Path) -> None:
    lines = [json.dumps({"text": f"Number {n} will close."}) for n in range(5)]
    one = article(tmp_path, "news.jsonl", "\n".join(lines).encode())
    [first, second, third] = cut(one, 2).parts
    assert (first.begin, first.first, first.count) == (0, 1, 2)
    assert (second.begin, second.first, second.count) == (len("\n".join(lines[:2])) + 1, 3, 2)
    assert (third.first, third.count, third.articles) == (5, None, 1)
    [document, _] = [f for f in documents_of_part(one, second, Given()) if isinstance(f, Document)]
    assert document.file == "news.jsonl#3"


def test_other_files_are_not_cut(tmp_path: Path) -> None:
    one = article(tmp_path, "a.html", page("Quay to close"))
    assert cut(one, 1).parts == (Part(articles=1),)
    assert in_parts(one, 1) == at_once(one)
