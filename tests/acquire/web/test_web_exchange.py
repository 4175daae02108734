"""A server that misbehaves in every way: each gives a clear error in a bounded time, and nothing is read by half."""

from __future__ import annotations

import gzip
import socket
import ssl
import struct
import time
import zlib
from collections.abc import Callable

import pytest
import trustme

from quoth.acquire.encodings import inflated
from quoth.acquire.web.exchange import Answer, Wire
from quoth.acquire.web.terms import user_agent
from quoth.acquire.web.urls import parse_url
from quoth.errors import BadAnswer, QuothError, TooMuch, Unreachable

from .conftest import PROSE, Asked, Site, answer, here, page, slowly, terms, wire

BODY = PROSE.encode()
HEAD = b"HTTP/1.1 200 OK\r\n"


def ask(site: Site, **changed: object) -> Answer:
    return wire(**changed).ask(site.parsed(), {})


def refused(site: Site, error: type[QuothError], **changed: object) -> str:
    """The error's words; it comes in time, and names its page."""
    begun = time.monotonic()
    with pytest.raises(error) as caught:
        ask(site, **changed)
    assert time.monotonic() - begun < 2.5
    assert caught.value.where == site.url()
    assert caught.value.remedy
    return caught.value.what


def endless(start: bytes, piece: bytes) -> Callable[[socket.socket, Asked], None]:
    def send(connection: socket.socket, _: Asked) -> None:
        connection.sendall(start)
        while True:
            connection.sendall(piece)

    return send


def chunked(*pieces: bytes, end: bytes = b"0\r\n\r\n") -> bytes:
    body = b"".join(f"{len(piece):x}\r\n".encode() + piece + b"\r\n" for piece in pieces)
    return HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + body + end


@pytest.mark.parametrize(
    "answering",
    [
        answer(BODY),
        HEAD + b"\r\n" + BODY,  # until the connection is closed
        b"HTTP/1.0 200 OK\r\n\r\n" + BODY,
        chunked(BODY[:9], BODY[9:]),
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n" + answer(BODY),
        answer(gzip.compress(BODY), content_encoding="gzip"),
        answer(gzip.compress(BODY), content_encoding="X-GZIP"),
        answer(zlib.compress(BODY), content_encoding="deflate"),
        answer(zlib.compress(BODY)[2:-4], content_encoding="deflate"),
        answer(gzip.compress(BODY[:9]) + gzip.compress(BODY[9:]), content_encoding="gzip"),
        answer(gzip.compress(BODY) + b"\0" * 9, content_encoding="gzip"),
        answer(BODY, content_encoding="identity"),
        slowly(HEAD, b"content-length: %d\r\n\r\n" % len(BODY), BODY[:5], BODY[5:], pause=0.02),
    ],
)
def test_a_body_is_read_whole(site: Site, answering: bytes) -> None:
    site.answers["/a"] = answering
    assert ask(site).body == BODY


def test_an_empty_body_is_empty(site: Site) -> None:
    site.answers["/a"] = answer(b"", content_encoding="gzip")
    assert ask(site).body == b""


@pytest.mark.parametrize("answering", [answer(BODY)[:-1], HEAD + b"content-length: 999\r\n\r\n" + BODY])
def test_a_body_that_is_shorter_than_it_says_is_a_failure(site: Site, answering: bytes) -> None:
    site.answers["/a"] = answering
    assert "breaks off" in refused(site, BadAnswer)


def test_a_body_that_is_longer_than_it_says_is_a_failure(site: Site) -> None:
    site.answers["/a"] = HEAD + b"content-length: 20\r\n\r\n" + BODY
    assert "longer than it says" in refused(site, BadAnswer)
    site.answers["/a"] = slowly(HEAD + b"content-length: 20\r\n\r\n" + BODY[:20], BODY[20:], pause=0.03)
    assert "longer than it says" in refused(site, BadAnswer)


@pytest.mark.parametrize(
    ("answering", "what"),
    [
        (chunked(BODY, end=b""), "breaks off"),
        (chunked(BODY, end=b"0\r\n"), "breaks off"),
        (chunked(BODY)[:-30], "breaks off"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n" + BODY, "does not speak HTTP"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n-5\r\nabcde\r\n", "does not speak HTTP"),
        (HEAD + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef", "does not speak HTTP"),
        (HEAD + b"Content-Length: -5\r\n\r\nabcdef", "does not speak HTTP"),
        (HEAD + b"Content-Length: 99999999999999999999999\r\n\r\nabcdef", "does not speak HTTP"),
        (b"", "does not speak HTTP|without an answer"),
        (b"\r\n\r\n", "does not speak HTTP"),
        (b"<html>this is HTTP/0.9, as servers spoke it in 1991</html>\r\n\r\n", "does not speak HTTP"),
        (b"HTTP/1.1 OK\r\n\r\n", "does not speak HTTP"),
        (b"HTTP/1.1 99 OK\r\n\r\n", "does not speak HTTP"),
        (b"SSH-2.0-OpenSSH_9.2\r\n\r\n", "does not speak HTTP"),
        (HEAD + b"no colon here\r\n\r\n" + BODY, "does not speak HTTP"),
        (HEAD + b"x: a\0b\r\n\r\n" + BODY, "does not speak HTTP"),
        (HEAD + b"\xff\xfe: a\r\n\r\n" + BODY, "does not speak HTTP"),
        (HEAD + b"x: " + b"a" * 1_000_000 + b"\r\n\r\n" + BODY, "does not speak HTTP"),
        (HEAD + b"".join(b"x-%d: aaaaaaaaaa\r\n" % i for i in range(10_000)) + b"\r\n" + BODY, "does not speak HTTP"),
        (b"HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\n\r\n" + BODY, "does not speak HTTP|without an answer"),
        (HEAD[:9], "does not speak HTTP|without an answer"),
        (answer(gzip.compress(BODY)[:-9], content_encoding="gzip"), "breaks off"),
        (answer(gzip.compress(BODY)[:40] + b"\xff" * 20, content_encoding="gzip"), "damaged|breaks off"),
        (answer(BODY, content_encoding="gzip"), "damaged"),
        (answer(BODY, content_encoding="deflate"), "damaged"),
        (answer(BODY, content_encoding="br"), "not asked for"),
        (answer(gzip.compress(gzip.compress(BODY)), content_encoding="gzip, gzip"), "not asked for"),
        (answer(BODY, content_encoding="\x7f\xff"), "not asked for|does not speak HTTP"),
    ],
)
def test_what_is_no_answer_is_told(site: Site, answering: bytes, what: str) -> None:
    site.answers["/a"] = answering
    words = refused(site, BadAnswer)
    assert any(part in words for part in what.split("|")), words


def test_no_header_is_too_odd_to_be_read(site: Site) -> None:
    site.answers["/a"] = HEAD + b"X-Odd: \xff\x80\r\nx-odd: second\r\nset-cookie: a\r\n\r\n" + BODY
    found = ask(site)
    assert found.header("x-odd") == "ÿ\x80"
    assert found.header("absent") is None


def test_a_nested_gzip_is_undone_once(site: Site) -> None:
    inner = gzip.compress(BODY)
    site.answers["/a"] = answer(gzip.compress(inner), content_encoding="gzip")
    assert ask(site).body == inner


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_bomb_does_not_go_off(site: Site, encoding: str) -> None:
    squeeze = zlib.compressobj(9, zlib.DEFLATED, 31 if encoding == "gzip" else 15)
    bomb = b"".join(squeeze.compress(bytes(1_000_000)) for _ in range(50)) + squeeze.flush()
    assert len(bomb) < 100_000
    site.answers["/a"] = answer(bomb, content_encoding=encoding)
    assert "larger than 1 MB" in refused(site, TooMuch, decoded=1_000_000)


def test_a_bomb_of_many_members_does_not_go_off() -> None:
    with pytest.raises(TooMuch):
        inflated(gzip.compress(bytes(100_000)) * 50, 1_000_000)


def test_an_endless_body_ends(site: Site) -> None:
    site.answers["/a"] = endless(HEAD + b"\r\n", BODY * 100)
    assert "larger than" in refused(site, TooMuch, sent=300_000, decoded=10_000_000)
    site.answers["/a"] = endless(HEAD + b"\r\n", BODY * 100)
    assert "larger than 0.3 MB" in refused(site, TooMuch, decoded=300_000)
    site.answers["/a"] = endless(HEAD + b"transfer-encoding: chunked\r\n\r\n", b"400\r\n" + bytes(1024) + b"\r\n")
    assert "larger than" in refused(site, TooMuch, sent=300_000)


def test_endless_headers_end(site: Site) -> None:
    site.answers["/a"] = endless(HEAD, b"x: aaaa\r\n" * 1000)
    assert "does not speak HTTP" in refused(site, BadAnswer)
    site.answers["/a"] = endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100)
    assert "larger than" in refused(site, TooMuch, sent=300_000)
    site.answers["/a"] = endless(b"", b"\r\n" * 1000)
    refused(site, BadAnswer)


def test_a_body_that_is_announced_too_large_is_not_waited_for(site: Site) -> None:
    site.answers["/a"] = endless(HEAD + b"content-length: 4000000000\r\n\r\n", BODY * 100)
    assert "larger than" in refused(site, TooMuch, sent=300_000)


def test_a_server_that_does_not_answer_is_left(site: Site) -> None:
    site.answers["/a"] = slowly(b"", pause=0.9)
    assert "stopped sending" in refused(site, TooMuch, reading=0.1)
    site.answers["/a"] = slowly(answer(BODY)[:-5], b"", pause=0.5)
    assert "stopped sending" in refused(site, TooMuch, reading=0.1)


def test_a_trickle_ends_with_the_time_for_the_whole(site: Site) -> None:
    whole = answer(BODY)
    for start in (0, len(whole) - len(BODY)):
        trickle = [whole[:start], *(whole[i : i + 1] for i in range(start, len(whole)))]
        site.answers["/a"] = slowly(*trickle, pause=0.02)
        assert "took too long" in refused(site, TooMuch, whole=0.3)


def test_a_connection_that_is_reset_is_told(site: Site) -> None:
    def reset(connection: socket.socket, _: Asked) -> None:
        connection.sendall(answer(BODY)[:-5])
        time.sleep(0.05)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()

    site.answers["/a"] = reset
    assert "Connection reset" in refused(site, Unreachable)


def test_a_host_that_is_not_there_is_told(site: Site) -> None:
    with pytest.raises(Unreachable, match=r"nowhere\.example was not found"):
        wire().ask(parse_url("http://nowhere.example/"), {})
    port = site.port
    site.close()
    with pytest.raises(Unreachable, match="Connection refused"):
        wire().ask(parse_url(f"http://post.example:{port}/"), {})


def test_what_is_sent_names_quoth_and_its_contact(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.answers["/a?b=c"] = page()
    monkeypatch.setenv("QUOTH_CONTACT", "mailto:ana@post.example\r\nx: y")
    wire().ask(site.parsed("/a?b=c"), {"If-None-Match": '"1"'})
    [asked] = site.asked
    assert asked.target == "/a?b=c"
    assert asked.headers["host"] == f"post.example:{site.port}"
    assert asked.headers["user-agent"] == "Quoth/0.1.0 (+mailto:ana@post.examplex:y)"
    assert asked.headers["accept-encoding"] == "gzip, deflate"
    assert asked.headers["connection"] == "close"
    assert asked.headers["if-none-match"] == '"1"'
    assert not {"cookie", "referer", "authorization", "x"} & asked.headers.keys()
    monkeypatch.delenv("QUOTH_CONTACT")
    assert user_agent() == "Quoth/0.1.0"


def test_a_certificate_that_nobody_vouches_for_is_not_taken(secure: Site) -> None:
    with pytest.raises(Unreachable, match="does not prove who it is"):
        wire().ask(secure.parsed("/a", "secure.example"), {})
    assert secure.asked == []


def trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def test_a_certificate_holds_for_its_own_host(secure: Site, authority: trustme.CA) -> None:
    secure.answers["/a"] = answer(BODY)
    asked = Wire(terms(), resolve=here, tls=lambda: trusting(authority))
    assert asked.ask(secure.parsed("/a", "secure.example"), {}).body == BODY
    with pytest.raises(Unreachable, match="does not prove who it is"):
        asked.ask(secure.parsed("/a", "other.example"), {})


def test_a_server_that_speaks_no_tls_is_told(site: Site) -> None:
    with pytest.raises(Unreachable, match="no secure connection"):
        wire().ask(parse_url(f"https://post.example:{site.port}/"), {})


def test_stopping_ends_what_is_on_its_way(site: Site) -> None:
    stopped = wire()
    stopped.stop.set()
    with pytest.raises(TooMuch):
        stopped.ask(site.parsed(), {})
    assert site.asked == []
