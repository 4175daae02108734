"""Web archives to documents: what is broken is told with its offset, and the others go on."""

from __future__ import annotations

import base64
import datetime
import gzip
import hashlib
import io
import tracemalloc
import zlib
from pathlib import Path

import brotli
import pytest
from archives import chunked, good, http, page, record, zipped
from fastwarc.warc import ArchiveIterator

from quoth.acquire import Failure, acquire, http_message, warc
from quoth.model import Document, Fetch, Remark


def read(folder: Path, data: bytes, name: str = "crawl.warc") -> list:
    path = folder / name
    path.write_bytes(data)
    return [one for one in acquire(path) if not isinstance(one, Fetch)]


def titles(found: list) -> list[str | None]:
    return [one.title for one in found if isinstance(one, Document)]


def failures(found: list) -> list[tuple[str, str]]:
    return [(Path(one.where).name, one.error.what) for one in found if isinstance(one, Failure)]


def remarks(found: list) -> list[str]:
    return [one.message for one in found if isinstance(one, Remark)]


@pytest.fixture
def names() -> list[str]:
    return ["One", "Two", "Three"]


@pytest.mark.parametrize("packed", [False, True])
def test_a_page_becomes_a_document_with_its_address_and_the_moment_it_was_fetched(tmp_path: Path, packed: bool) -> None:
    first = record(b"software: by hand\r\n", kind="warcinfo")
    second = record(http(page("Quay to close")), "WARC-Target-URI: https://quay.example/2031/quay")
    data = zipped(first, second) if packed else first + second
    offset = len(zipped(first)) if packed else len(first)
    name = "crawl.warc.gz" if packed else "crawl.warc"
    (document,) = read(tmp_path, data, name)
    assert isinstance(document, Document)
    assert document.file == f"{name}@{offset}"
    assert document.url == "https://quay.example/2031/quay"
    assert document.retrieved == datetime.datetime(2031, 3, 4, 12, 30, tzinfo=datetime.UTC)
    assert document.title == "Quay to close"
    assert document.sha256 == hashlib.sha256(page("Quay to close")).hexdigest()


def test_after_its_documents_a_page_gives_the_record_that_it_was_fetched(tmp_path: Path) -> None:
    first = http(page("One"), 'ETag: "7"', "Last-Modified: Mon, 03 Mar 2031 00:00:00 GMT")
    (tmp_path / "a.warc").write_bytes(record(first) + record(http(b"\x89PNG", kind="image/png")))
    document, fetch, remark = acquire(tmp_path / "a.warc")
    assert isinstance(document, Document)
    assert isinstance(remark, Remark)
    assert fetch == Fetch(
        url="https://quay.example/a",
        answered="https://quay.example/a",
        status=200,
        retrieved=datetime.datetime(2031, 3, 4, 12, 30, tzinfo=datetime.UTC),
        sha256=document.sha256,
        etag='"7"',
        last_modified="Mon, 03 Mar 2031 00:00:00 GMT",
        content_type="text/html; charset=utf-8",
    )


@pytest.mark.parametrize("packed", [False, True])
def test_archives_that_fastwarc_reads_are_read_alike(tmp_path: Path, packed: bool, names: list[str]) -> None:
    several = [good(name) for name in names]
    data = zipped(*several) if packed else b"".join(several)
    theirs = [r.stream_pos for r in ArchiveIterator(io.BytesIO(data), parse_http=False)]
    ours = [int(r.place) for r in warc.warc_records(io.BytesIO(data), lambda _: True)]
    assert ours == theirs
    assert titles(read(tmp_path, data, "crawl.warc.gz" if packed else "crawl.warc")) == names


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(page("Quay")), ["Content-Encoding: gzip"]),
        (gzip.compress(page("Quay")[:50]) + gzip.compress(page("Quay")[50:]), ["Content-Encoding: x-gzip"]),
        (zlib.compress(page("Quay")), ["Content-Encoding: deflate"]),
        (zlib.compress(page("Quay"), wbits=-15), ["Content-Encoding: deflate"]),
        (brotli.compress(page("Quay")), ["Content-Encoding: br"]),
        (gzip.compress(brotli.compress(page("Quay"))), ["Content-Encoding: br, gzip"]),
        (chunked(page("Quay")), ["Transfer-Encoding: chunked"]),
        (chunked(gzip.compress(page("Quay"))), ["Transfer-Encoding: chunked", "Content-Encoding: gzip"]),
        (page("Quay"), ["Transfer-Encoding: chunked"]),
        (page("Quay"), ["Content-Encoding: gzip"]),
    ],
)
def test_codings_of_the_transfer_are_undone(tmp_path: Path, body: bytes, headers: list[str]) -> None:
    found = read(tmp_path, record(http(body, *headers)) + good("Next"))
    assert titles(found) == ["Quay", "Next"]
    assert found[0].sha256 == hashlib.sha256(page("Quay")).hexdigest()


def test_the_charset_of_the_transfer_counts_where_the_page_does_not_say(tmp_path: Path) -> None:
    text = (
        "<html><body><article><h1>Причал</h1><p>Совет порта решил закрыть северный причал.</p></article></body></html>"
    )
    (document,) = read(tmp_path, record(http(text.encode("cp1251"), kind="text/html; charset=windows-1251")))
    assert "Совет порта решил" in document.text


def bomb(size: int) -> bytes:
    return gzip.compress(bytes(size))


@pytest.mark.parametrize(
    ("body", "header", "what"),
    [
        (bomb(3_000_000), "Content-Encoding: gzip", "unpacks to more than 1 MB"),
        (zlib.compress(bytes(3_000_000)), "Content-Encoding: deflate", "unpacks to more than 1 MB"),
        (brotli.compress(bytes(3_000_000)), "Content-Encoding: br", "unpacks to more than 1 MB"),
        (gzip.compress(b"x" * 400_000) * 3, "Content-Encoding: gzip", "unpacks to more than 1 MB"),
        (gzip.compress(page("Quay"))[:-20], "Content-Encoding: gzip", "breaks off"),
        (brotli.compress(page("Quay"))[:-5], "Content-Encoding: br", "breaks off"),
        (b"\x1f\x8b\x08" + page("Quay"), "Content-Encoding: gzip", "damaged"),
        (page("Quay"), "Content-Encoding: br", "damaged"),
        (page("Quay"), "Content-Encoding: zstd", "'zstd', which is not read"),
        (page("Quay"), "Content-Encoding: gzip, gzip, gzip, gzip", "too many times"),
    ],
)
def test_a_page_that_does_not_unpack_is_told_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: bytes, header: str, what: str
) -> None:
    monkeypatch.setattr(http_message, "LARGEST_BODY", 1_000_000)
    first = good("One")
    found = read(tmp_path, first + record(http(body, header)) + good("Three"))
    assert titles(found) == ["One", "Three"]
    ((where, told),) = failures(found)
    assert where == f"crawl.warc@{len(first)}"
    assert what in told


def test_what_is_no_article_is_passed_over_and_counted_in_one_remark(tmp_path: Path) -> None:
    others = [
        record(b"", kind="metadata"),
        record(b"GET / HTTP/1.1\r\n\r\n", kind="request"),
        record(http(b"\x89PNG", kind="image/png")),
        record(http(b"\xff\xd8", kind="image/jpeg")),
        record(http(b"a {}", kind="text/css")),
        record(http(page("Gone"), status="404 Not Found")),
        record(http(b"", "Location: /", status="301 Moved")),
        record(http(b'{"build": 7}', kind="application/json")),
        record(http(b"User-agent: *"), "WARC-Target-URI: https://quay.example/robots.txt"),
        record(b"220 ready\r\n", "Content-Type: text/dns"),
        record(http(b""), kind="revisit"),
    ]
    found = read(tmp_path, b"".join([good("One"), *others, good("Two")]))
    assert titles(found) == ["One", "Two"]
    (told,) = remarks(found)
    assert failures(found) == []
    assert "2 × image" in told
    for what in (
        "revisit",
        "text",
        "page that was refused or not found",
        "redirection",
        "JSON without an article",
        "robots.txt",
    ):
        assert f"1 × {what}" in told
    assert "request" not in told


def test_an_archive_without_an_article_is_a_failure(tmp_path: Path) -> None:
    ((_, what),) = failures(read(tmp_path, record(http(b"\x89PNG", kind="image/png"))))
    assert what == "no article in this archive (passed over: 1 × image)"
    ((_, what),) = failures(read(tmp_path, b""))
    assert what == "no article in this archive"


def test_resources_and_texts_without_http_are_pages_too(tmp_path: Path) -> None:
    resource = record(page("Quay"), "Content-Type: text/html", kind="resource")
    extracted = record(
        b"Ferry late\n\nThe ferry was late on Tuesday, its master said.", "Content-Type: text/plain", kind="conversion"
    )
    assert titles(read(tmp_path, resource + extracted)) == ["Quay", "Ferry late"]


@pytest.mark.parametrize(
    ("bad", "what"),
    [
        (record(http(page("Bad")), length=10**12), "at most 50 MB are read"),
        (record(http(page("Bad")), length=10**40), "how long"),
        (record(http(page("Bad")), length=-5), "how long"),
        (record(http(page("Bad")), length="x"), "how long"),
        (record(http(page("Bad")), length=20), "not as long as it says"),
        (record(http(page("Bad")), length=len(http(page("Bad"))) + 7), "not as long as it says"),
        (record(b"x", kind="request", length=10**12), "longer than"),
        (b"WARC/1.0\r\nX: " + b"a" * 100_000 + b"\r\n\r\n", "header does not end"),
        (b"WARC/1.0\r\nno colon\r\n\r\n", "header is broken"),
        (b"WARC/1.0\r\n" + b"X: y\r\n" * 30_000 + b"\r\n", "header does not end"),
        (b"garbage\r\n\r\n", "no record begins here"),
        (record(b"\xff no http"), "no HTTP response"),
        (record(http(page("Bad")), "WARC-Block-Digest: sha1:AAAA"), "digest"),
        (record(http(page("Bad")), "WARC-Payload-Digest: sha256:" + "0" * 64), "digest"),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_a_broken_record_is_told_with_its_offset_and_the_others_go_on(
    tmp_path: Path, bad: bytes, what: str, packed: bool
) -> None:
    several = [good("One"), bad, good("Three", "more")]
    data = zipped(*several) if packed else b"".join(several)
    name = "crawl.warc.gz" if packed else "crawl.warc"
    found = read(tmp_path, data, name)
    ((where, told),) = failures(found)
    offset = len(zipped(several[0])) if packed else len(several[0])
    assert titles(found) == ["One", "Three"]
    assert where == f"{name}@{offset}"
    assert what in told or (packed and ("longer than it is" in told or "breaks off" in told))


def test_right_digests_pass_in_any_spelling(tmp_path: Path) -> None:
    block = http(chunked(page("Quay")), "Transfer-Encoding: chunked")
    sha1 = hashlib.sha1(block, usedforsecurity=False).digest()
    for of_block in (f"sha1:{base64.b32encode(sha1).decode()}", f"SHA-1:{sha1.hex().upper()}", "blake9:?"):
        for payload in (chunked(page("Quay")), page("Quay")):
            digest = f"WARC-Payload-Digest: sha256:{hashlib.sha256(payload).hexdigest()}"
            assert titles(read(tmp_path, record(block, f"WARC-Block-Digest: {of_block}", digest))) == ["Quay"]


def damaged(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes(byte ^ 0xFF for byte in data[middle : middle + 8]) + data[middle + 8 :]


@pytest.mark.parametrize(
    "bad", [zipped(good("Bad"))[:-30], damaged(zipped(good("Bad"))), b"not packed at all", b"\x1f\x8b\x08junk"]
)
def test_a_damaged_gzip_member_is_told_and_the_others_go_on(tmp_path: Path, bad: bytes) -> None:
    first, last = zipped(good("One")), zipped(good("Three"))
    found = read(tmp_path, first + bad + last, "crawl.warc.gz")
    assert titles(found) == ["One", "Three"]
    assert [where for where, _ in failures(found)] == [f"crawl.warc.gz@{len(first)}"]


def test_an_archive_that_breaks_off_gives_what_came_before(tmp_path: Path) -> None:
    first = zipped(good("One"))
    found = read(tmp_path, first + zipped(good("Two"))[:-40], "crawl.warc.gz")
    assert titles(found) == ["One"]
    assert failures(found) == [(f"crawl.warc.gz@{len(first)}", "the file breaks off within this record")]
    found = read(tmp_path, good("One") + good("Two")[:-40])
    assert titles(found) == ["One"]
    assert failures(found)[0][0] == f"crawl.warc@{len(good('One'))}"


def test_an_archive_packed_as_a_whole_is_read_with_offsets_within(tmp_path: Path, names: list[str]) -> None:
    found = read(tmp_path, gzip.compress(b"".join(map(good, names))), "crawl.warc.gz")
    assert titles(found) == names
    first, second = len(good("One")), len(good("One") + good("Two"))
    assert [one.file for one in found] == ["crawl.warc.gz@0", f"crawl.warc.gz@0+{first}", f"crawl.warc.gz@0+{second}"]


def test_lines_may_end_without_carriage_returns(tmp_path: Path) -> None:
    block = http(page("Quay"))
    data = record(block).replace(b"\r\n", b"\n").replace(block.replace(b"\r\n", b"\n"), block)
    assert titles(read(tmp_path, data + good("Next"))) == ["Quay", "Next"]


def test_too_many_broken_records_end_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "MOST_BROKEN", 5)
    found = read(tmp_path, b"".join([good("One"), *[record(b"", length="x")] * 20, good("Last")]))
    assert titles(found) == ["One"]
    assert len(failures(found)) == 6
    assert "the rest of the file was not read" in failures(found)[-1][1]


def test_a_page_that_the_crawler_cut_off_says_so(tmp_path: Path) -> None:
    (document,) = read(tmp_path, record(http(page("Quay")), "WARC-Truncated: length"))
    assert "truncated" in [note.code for note in document.notes]


@pytest.mark.parametrize("date", ["", "yesterday", "2031-13-40T00:00:00Z"])
def test_a_moment_that_is_none_is_left_out(tmp_path: Path, date: str) -> None:
    (document,) = read(tmp_path, record(http(page("Quay")), f"WARC-Date: {date}"))
    assert document.retrieved is None


@pytest.mark.parametrize("packed", [False, True])
def test_an_archive_on_standard_input_is_known_by_its_beginning(packed: bool, names: list[str]) -> None:
    several = [good(name) for name in names]
    data = zipped(*several) if packed else b"".join(several)

    class Pipe(io.RawIOBase):
        """Gives a few bytes at a time, and cannot be sought in."""

        def __init__(self) -> None:
            self.rest = data

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            size = min(100, len(buffer), len(self.rest))
            buffer[:size], self.rest = self.rest[:size], self.rest[size:]
            return size

    assert titles(list(acquire("-", stdin=io.BufferedReader(Pipe())))) == names


def test_records_are_read_one_at_a_time(tmp_path: Path) -> None:
    """Of an archive of 40 MB no more than a few records are ever in memory."""
    path = tmp_path / "crawl.warc.gz"
    filler = "x" * 400_000
    with path.open("wb") as file:
        for number in range(100):
            file.write(zipped(record(http(page(f"Page {number}", filler)))))
    tracemalloc.start()
    with path.open("rb") as file:
        found = sum(1 for r in warc.warc_records(file, lambda _: True) if len(getattr(r, "block", b"")) > 400_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == 100
    assert peak < 4_000_000
