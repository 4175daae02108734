"""Addresses in one spelling, whatever spelling they came in; what is none is refused."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quoth.acquire.web.urls import LONGEST, looks_like_url, parse_url, same_site, together, without_credentials
from quoth.errors import BadAddress


@pytest.mark.parametrize(
    ("given_as", "address"),
    [
        ("HTTP://Post.Example", "http://post.example/"),
        ("https://post.example.:443/a?b=c#d", "https://post.example/a?b=c"),
        ("http://post.example:8080/", "http://post.example:8080/"),
        ("  http://post.example/a\n", "http://post.example/a"),
        ("http://pöst.example/ä b?ü=ß", "http://xn--pst-sna.example/%C3%A4%20b?%C3%BC=%C3%9F"),
        ("http://ＰＯＳＴ.example/", "http://post.example/"),
        ("http://post.example/%7Ea/%zz", "http://post.example/%7Ea/%zz"),
        ("http://[2001:DB8::0:1]/", "http://[2001:db8::1]/"),
        ("http://93.184.216.34/", "http://93.184.216.34/"),
        ("http://１２７.０.０.１/", "http://127.0.0.1/"),
        ("http://under_score.example/", "http://under_score.example/"),
        ("http://post.example?x", "http://post.example/?x"),
        ('http://post.example/<a>"', "http://post.example/%3Ca%3E%22"),
    ],
)
def test_an_address_has_one_spelling(given_as: str, address: str) -> None:
    assert str(parse_url(given_as)) == address
    assert parse_url(address) == parse_url(given_as)


@pytest.mark.parametrize(
    "text",
    [
        "", "post.example", "/a", "//post.example", "ftp://post.example/", "file:///etc/passwd", "javascript:alert(1)",
        "gopher://post.example/", "http://", "http:///a", "http://:80/", "http://post.example:0/",
        "http://post.example:99999/", "http://post.example:x/", "http://ana@post.example/",
        "http://ana:secret@post.example/", "http://post.example\\@127.0.0.1/", "http://post.example/\x00",
        "http://127.1/", "http://2130706433/", "http://0x7f.0.0.1/", "http://0177.0.0.1/", "http://127.0.0.1.nip.1/",
        "http://0x7f000001/", "http://[::1%25eth0]/", "http://[::1", "http://[zz]/", "http://a..b/", "http://-a.example/",
        "http://post example/", "http://%31%32%37.0.0.1/", "http://" + "a" * 64 + ".example/", "http://\u2024/",
        "http://post.example/" + "a" * LONGEST,
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_page_is_refused(text: str) -> None:
    with pytest.raises(BadAddress) as caught:
        parse_url(text)
    assert caught.value.remedy
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("b", "https://post.example/news/b"),
        ("/b", "https://post.example/b"),
        ("?c", "https://post.example/news/a?c"),
        ("//other.example/b", "https://other.example/b"),
        ("http://other.example/b", "http://other.example/b"),
        ("../../b", "https://post.example/b"),
    ],
)
def test_a_relative_address_is_seen_from_its_page(text: str, address: str) -> None:
    assert str(parse_url(text, parse_url("https://post.example/news/a"))) == address


@pytest.mark.parametrize("text", ["javascript:alert(1)", "data:text/html,x", "mailto:ana@post.example", "file:///a"])
def test_a_page_leads_to_no_other_scheme(text: str) -> None:
    with pytest.raises(BadAddress):
        parse_url(text, parse_url("https://post.example/news/a"))


@given(st.text())
@example("http://[")
@example("http://\ud800/")
@example("http://a/\ud800?\udfff")
def test_any_text_is_an_address_in_one_spelling_or_none(text: str) -> None:
    for candidate in (text, f"http://{text}", f"http://post.example/{text}", f"http://post.example/?{text}"):
        try:
            url = parse_url(candidate)
        except BadAddress:
            continue
        assert parse_url(str(url)) == url
        assert str(url).isascii()
        assert url.scheme in ("http", "https")
        assert not set(str(url)) & set(' \t\r\n\\<>"')


@given(st.integers(0, 2**32 - 1))
def test_an_address_in_numbers_is_written_in_four_parts_or_refused(number: int) -> None:
    for text in (str(number), hex(number), f"0{number:o}", f"{number >> 24}.{number & 0xFFFFFF}"):
        with pytest.raises(BadAddress):
            parse_url(f"http://{text}/")


def test_addresses_are_told_from_paths_and_those_that_follow_each_other_go_together() -> None:
    assert looks_like_url("HTTPS://post.example")
    assert looks_like_url("http:/post.example")
    assert not any(map(looks_like_url, ("a/b", "-", "httpx", "C:/a", "ftp://a")))
    sources = ["a.txt", "http://a.example", "http://b.example", "b.txt", "http://c.example"]
    assert list(together(sources)) == [
        "a.txt", ("http://a.example", "http://b.example"), "b.txt", ("http://c.example",)
    ]  # fmt: skip


def test_credentials_are_never_shown() -> None:
    assert without_credentials("http://ana:secret@post.example/a@b") == "http://…@post.example/a@b"
    assert without_credentials("http://a@b@post.example/") == "http://…@post.example/"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("post.example", "www.post.example", True),
        ("m.post.example", "www.post.example", True),
        ("news.post.example", "post.example", True),
        ("post.example", "mail.example", False),
        ("compost.example", "post.example", False),
        ("example", "post.example", False),
        ("www.com", "m.com", False),
        ("127.0.0.1", "127.0.0.1", True),
    ],
)
def test_hosts_of_one_site(one: str, other: str, same: bool) -> None:
    assert same_site(one, other) is same
    assert same_site(other, one) is same
