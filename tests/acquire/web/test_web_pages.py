"""What a fetched page becomes: documents with the address it states, its own charset, and a record of the fetch."""

from __future__ import annotations

import datetime
import gzip
import hashlib
import json

import pytest

from quoth.acquire import Failure, Given, Web
from quoth.acquire.web import Known, acquire_addresses
from quoth.errors import BadAnswer, NoArticle, UnreadableInput
from quoth.model import Document, Fetch

from .conftest import PROSE, Site, answer, html, page

CYRILLIC = "Совет порта Марвик решил закрыть северный причал, сказал во вторник его председатель Тео Брандал."


class Board:
    """A shelf in memory."""

    def __init__(self) -> None:
        self.there: dict[str, bytes] = {}
        self.fetches: list[Fetch] = []

    def keep(self, data: bytes) -> str:
        sha256 = hashlib.sha256(data).hexdigest()
        self.there[sha256] = data
        return sha256

    def kept(self, sha256: str) -> bytes | None:
        return self.there.get(sha256)

    def latest(self, url: str) -> Fetch | None:
        return next((fetch for fetch in reversed(self.fetches) if fetch.url == url and fetch.sha256), None)


def found(site: Site, web: Web, path: str = "/a", shelf: Board | None = None, **given: object) -> list[object]:
    board = shelf or Board()
    things = list(acquire_addresses([site.url(path)], web, given=Given(**given), shelf=board))  # type: ignore[arg-type]
    board.fetches += [thing for thing in things if isinstance(thing, Fetch)]
    return things


def document(site: Site, web: Web, path: str = "/a", shelf: Board | None = None, **given: object) -> Document:
    first, record = found(site, web, path, shelf, **given)
    assert isinstance(first, Document), first
    assert isinstance(record, Fetch)
    return first


def failure(site: Site, web: Web, path: str = "/a") -> Failure:
    first, *_ = found(site, web, path)
    assert isinstance(first, Failure), first
    assert first.error.where == first.where == site.url(path)
    assert first.error.remedy
    return first


HEAD = (
    "<meta property='og:site_name' content='Marvik Post'>"
    "<meta property='article:published_time' content='2021-05-06T22:00:00-04:00'>"
    "<meta property='article:modified_time' content='2021-05-08T01:00:00Z'>"
    "<meta name='author' content='Ida Wessel'>"
)


def test_a_page_becomes_a_document_and_a_record(site: Site, web: Web) -> None:
    body = html(head=HEAD)
    site.answers["/a?x=1"] = answer(
        body, content_type="text/html; charset=utf-8", etag='W/"7"', last_modified="Sat, 08 May 2021 01:00:00 GMT"
    )
    before = datetime.datetime.now(datetime.UTC)
    board = Board()
    first, record = found(site, web, "/a?x=1", board)
    assert isinstance(first, Document)
    assert isinstance(record, Fetch)
    assert (first.outlet, first.title, first.authors) == ("Marvik Post", "Quay to close", ("Ida Wessel",))
    assert (first.published, first.updated) == (datetime.date(2021, 5, 6), datetime.date(2021, 5, 8))
    assert first.url == first.file == site.url("/a?x=1")
    assert first.retrieved is not None
    assert before <= first.retrieved <= datetime.datetime.now(datetime.UTC)
    assert "The harbour board of Marvik" in first.text
    sha256 = hashlib.sha256(body.encode()).hexdigest()
    assert record == Fetch(
        url=site.url("/a?x=1"), answered=site.url("/a?x=1"), status=200, retrieved=first.retrieved, sha256=sha256,
        etag='W/"7"', last_modified="Sat, 08 May 2021 01:00:00 GMT", content_type="text/html; charset=utf-8",
    )  # fmt: skip
    assert first.sha256 == sha256
    assert board.kept(sha256) == body.encode()


# ---------------------------------------------------------------- its address


@pytest.mark.parametrize(
    ("stated", "url"),
    [
        ("/news/quay", "/news/quay"),
        ("http://POST.example:{port}/news/quay#top", "/news/quay"),
        ("http://www.post.example/news/quay", "http://www.post.example/news/quay"),
        ("https://other.example/quay", "/a"),
        ("https://ana:secret@post.example/quay", "/a"),
        ("javascript:alert(1)", "/a"),
        ("/", "/a"),
        ("http://[", "/a"),
        ("", "/a"),
    ],
)
@pytest.mark.parametrize("tag", ["<link rel='Canonical' href='{}'>", "<meta property='og:url' content='{}'>"])
def test_the_address_is_the_one_it_states_of_its_own_site(
    site: Site, web: Web, stated: str, url: str, tag: str
) -> None:
    site.answers["/a"] = page(head=tag.format(stated.format(port=site.port)))
    assert document(site, web).url == (site.url(url) if url.startswith("/") else url)


def test_without_one_it_is_the_address_that_answered(site: Site, web: Web) -> None:
    site.answers |= {"/a": answer(status=302, location="/b"), "/b": page()}
    first, record = found(site, web)
    assert isinstance(first, Document)
    assert isinstance(record, Fetch)
    assert (first.url, first.file) == (site.url("/b"), site.url("/a"))
    assert (record.url, record.answered) == (site.url("/a"), site.url("/b"))


def test_what_the_user_says_wins(site: Site, web: Web) -> None:
    site.answers["/a"] = page(head=HEAD + "<link rel='canonical' href='/b'>")
    first = document(site, web, outlet="The Quay", url="https://post.example/own", title="Own")
    assert (first.outlet, first.url, first.title) == ("The Quay", "https://post.example/own", "Own")


# ---------------------------------------------------------------- its charset


def codes(document: Document) -> str:
    return " ".join(note.message for note in document.notes if note.code == "encoding")


@pytest.mark.parametrize(
    ("encoding", "header", "meta", "told"),
    [
        ("cp1251", "windows-1251", "", "read as cp1251"),
        ("cp1251", "windows-1251", "koi8-r", "read as cp1251"),
        ("koi8-r", "", "koi8-r", "read as koi8-r"),
        ("utf-8", "windows-1251", "", "'cp1251', does not fit: this is UTF-8"),
        ("utf-8", "utf-8", "windows-1251", ""),
        ("utf-8", "nonsense", "", "'nonsense', is not known"),
        ("utf-8", "base64", "", "'base64', is not known"),
        ("koi8-r", "nonsense", "koi8-r", "'nonsense', is not known"),
        ("utf-8-sig", "windows-1251", "", ""),
        ("utf-16", "utf-8", "", "read as utf-16"),
        ("utf-16-be", "utf-16be", "", "read as utf-16-be"),
        ("cp1251", "big5", "windows-1251", "'big5', does not fit"),
        ("utf-8", "\"'", "", ""),
    ],
)
def test_the_charset_of_the_sender_counts_after_a_mark_and_before_the_page(
    site: Site, web: Web, encoding: str, header: str, meta: str, told: str
) -> None:
    body = html(CYRILLIC, head=f"<meta charset='{meta}'>" if meta else "", title="Причал закроют").encode(encoding)
    site.answers["/a"] = answer(body, content_type=f"text/html; charset={header}" if header else "text/html")
    first = document(site, web)
    assert "Совет порта Марвик" in first.text
    assert told in codes(first)
    assert bool(told) == bool(codes(first))


# ---------------------------------------------------------------- what kind it is


@pytest.mark.parametrize(
    ("path", "content_type", "body"),
    [
        ("/a", "", html()),
        ("/a", "TEXT/HTML", html()),
        ("/a", "text/plain", PROSE),
        ("/a", "text/plain", html()),
        ("/a", "application/octet-stream", PROSE),
        ("/a.txt", "", PROSE),
        ("/a.md", "text/markdown", f"# Quay to close\n\n{PROSE}"),
        ("/a", "application/xhtml+xml", '<?xml version="1.0"?>' + html()),
        ("/a", "application/json; x", json.dumps({"text": PROSE})),
        ("/a.json", "application/octet-stream", json.dumps({"text": PROSE})),
        ("/a", ";;; =", PROSE),
    ],
)
def test_articles_of_every_kind(site: Site, web: Web, path: str, content_type: str, body: str) -> None:
    site.answers[path] = answer(body, content_type=content_type)
    assert "The harbour board of Marvik" in document(site, web, path).text


def test_several_articles_on_one_page(site: Site, web: Web) -> None:
    lines = "".join(json.dumps({"text": f"{PROSE} {i}"}) + "\n" for i in range(3))
    site.answers["/a"] = answer(lines, content_type="application/x-ndjson")
    *documents, record = found(site, web)
    assert [d.file for d in documents if isinstance(d, Document)] == [site.url(f"/a#{i}") for i in (1, 2, 3)]
    assert isinstance(record, Fetch)


@pytest.mark.parametrize(
    ("content_type", "body", "what"),
    [
        ("image/png", b"\x89PNG\r\n\x1a\n", "this is image/png"),
        ("video/mp4", b"\0\0\0\x18ftyp", "this is video/mp4"),
        ("application/zip", b"PK\x03\x04", "this is application/zip"),
        ("text/html", b"\x89PNG\r\n\x1a\n" + bytes(99), "PNG image"),
        ("text/html", gzip.compress(PROSE.encode()), "gzip-compressed"),
        ("text/html", b"", "empty"),
        ("text/html", b"<html><body></body></html>", "no article"),
        ("text/html", bytes(range(256)) * 9, "binary"),
    ],
)
def test_what_is_no_article_is_told_and_recorded(
    site: Site, web: Web, content_type: str, body: bytes, what: str
) -> None:
    site.answers["/a"] = answer(body, content_type=content_type)
    board = Board()
    first, record = found(site, web, "/a", board)
    assert isinstance(first, Failure)
    assert isinstance(first.error, NoArticle | UnreadableInput)
    assert what in first.error.what
    assert isinstance(record, Fetch)
    assert record.sha256 in board.there, "the bytes are kept all the same"


@pytest.mark.parametrize("content_type", ["text/html", ""])
def test_a_page_that_would_take_minutes_is_not_looked_through(site: Site, web: Web, content_type: str) -> None:
    site.answers["/a"] = answer(html(PROSE * 30_000), content_type=content_type)
    assert "larger than 5 MB" in failure(site, web).error.what


def test_a_page_that_is_not_there_is_recorded_without_its_body(site: Site, web: Web) -> None:
    first, record = found(site, web)
    assert isinstance(first, Failure)
    assert isinstance(first.error, BadAnswer)
    assert isinstance(record, Fetch)
    assert (record.status, record.sha256) == (404, None)


# ---------------------------------------------------------------- walls


@pytest.mark.parametrize(
    ("prose", "what"),
    [
        ("We value your privacy.\nWe and our partners store and/or access information on a device.", "consent"),
        ("Before you continue\nThis site uses cookies. Accept all cookies or manage your choices.", "consent"),
        ("Please log in\nForgot your password? Create a free account to go on.", "a login"),
        ("You have read your last free article. Subscribe to continue reading.", "a subscription"),
        ("Please enable JavaScript to view this page.", "JavaScript"),
        ("Checking your browser before accessing post.example. One more step.", "robots"),
    ],
)
def test_a_wall_is_told_for_what_it_is(site: Site, web: Web, prose: str, what: str) -> None:
    site.answers["/a"] = page(prose, title="Post")
    error = failure(site, web).error
    assert isinstance(error, NoArticle)
    assert what in error.what


def test_a_wall_in_which_no_article_is_found_is_told(site: Site, web: Web) -> None:
    body = "<html><body><div><button>Accept all cookies</button><button>Reject all</button></div></body></html>"
    site.answers["/a"] = answer(body, content_type="text/html")
    assert "consent" in failure(site, web).error.what


def test_an_article_about_cookies_is_an_article(site: Site, web: Web) -> None:
    about = (
        f"{PROSE}\nThe regulator of Marvik said on Tuesday that the cookie policy of the Post breaks the law. "
        + "“Nobody can say no there,” its head, Ane Lund, said. " * 4
    )
    site.answers["/a"] = page(about)
    assert "cookie policy" in document(site, web).text


def test_an_article_that_ends_in_a_wall_bears_a_note(site: Site, web: Web) -> None:
    site.answers["/a"] = page(f"{PROSE}\n{PROSE[:200]} Again.\nSubscribe to continue reading.")
    assert [note.code for note in document(site, web).notes if note.code == "cut"] == ["cut"]


# ---------------------------------------------------------------- again


def test_a_page_that_did_not_change_counts_as_it_was(site: Site, web: Web) -> None:
    board = Board()
    site.answers["/a"] = page(head=HEAD, etag='"1"')
    first = document(site, web, "/a", board)
    site.answers["/a"] = answer(status=304, etag='"1"')
    again, record = found(site, web, "/a", board)
    assert again == first
    assert isinstance(record, Fetch)
    assert (record.status, record.sha256) == (304, None)
    assert board.latest(site.url("/a")) == board.fetches[0], "the body of the first time still counts"


def test_a_page_that_did_not_change_and_whose_bytes_are_not_kept_is_known(site: Site, web: Web) -> None:
    board = Board()
    site.answers["/a"] = page(etag='"1"')
    document(site, web, "/a", board)
    board.there.clear()
    site.answers["/a"] = answer(status=304)
    assert found(site, web, "/a", board) == [Known(site.url("/a"))]


def test_a_page_that_changed_is_read_anew(site: Site, web: Web) -> None:
    board = Board()
    site.answers["/a"] = page(etag='"1"')
    first = document(site, web, "/a", board)
    site.answers["/a"] = page(PROSE.replace("Tuesday", "Wednesday"), etag='"2"')
    again = document(site, web, "/a", board)
    assert "Wednesday" in again.text
    assert (again.id != first.id, again.url) == (True, first.url)
