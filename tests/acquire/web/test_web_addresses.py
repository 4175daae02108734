"""No address inside a network is asked, however it is written, resolved or redirected to."""

from __future__ import annotations

import ipaddress
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.acquire.web.addresses import refusal
from quoth.acquire.web.connection import Deadline, connect, permitted
from quoth.acquire.web.exchange import Wire
from quoth.acquire.web.fetching import Fetching
from quoth.acquire.web.terms import Terms
from quoth.acquire.web.urls import parse_url
from quoth.errors import BadAnswer, RefusedAddress, Unreachable

from .conftest import FAST, Site, answer, page, terms

STRICT = Terms(**FAST)  # type: ignore[arg-type]

INSIDE = (
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1",
    "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.1",
    "203.0.113.9", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1",
    "fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "2002:7f00:1::", "2002:5db8:d822::1",
    "2001::1", "2001:0:7f00:1::", "2001:db8::1", "3fff::1", "100::1", "::127.0.0.1", "4000::1",
)  # fmt: skip
OUTSIDE = (
    "93.184.216.34", "8.8.8.8", "100.63.255.255", "100.128.0.0", "172.15.0.1", "172.32.0.1", "1.1.1.1",
    "2606:2800:220:1:248:1893:25c8:1946", "2a00:1450::1", "::ffff:93.184.216.34", "64:ff9b::5db8:d822",
)  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_special_addresses_are_refused(address: str) -> None:
    assert refusal(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_public_addresses_are_not(address: str) -> None:
    assert refusal(address) is None


@given(st.ip_addresses(v=4))
def test_what_python_holds_to_be_private_is_refused_in_either_family(address: ipaddress.IPv4Address) -> None:
    mapped = str(ipaddress.IPv6Address(0xFFFF << 32 | int(address)))
    translated = str(ipaddress.IPv6Address(int(ipaddress.IPv6Address("64:ff9b::")) | int(address)))
    assert refusal(mapped) == refusal(str(address)) == refusal(translated)
    if not address.is_global or address.is_multicast:
        assert refusal(str(address))


@given(st.ip_addresses(v=6))
def test_an_ipv6_address_that_may_be_asked_is_global(address: ipaddress.IPv6Address) -> None:
    if refusal(str(address)) is None:
        held = address.ipv4_mapped or (
            ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
            if address in ipaddress.IPv6Network("64:ff9b::/96") else address
        )  # fmt: skip
        assert held.is_global
        assert not held.is_multicast


def test_of_several_addresses_only_public_ones_are_asked() -> None:
    assert permitted(["127.0.0.1", "8.8.8.8", "::1"], STRICT) == ["8.8.8.8"]
    with pytest.raises(RefusedAddress, match=r"127\.0\.0\.1, this machine itself"):
        permitted(["127.0.0.1", "::1"], STRICT)
    assert permitted(["127.0.0.1"], terms()) == ["127.0.0.1"]


class Recorder:
    """Takes the place of the system's connect, and notes where it was to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.to: list[tuple[str, int]] = []
        monkeypatch.setattr(socket, "create_connection", self)

    def __call__(self, address: tuple[str, int], timeout: float) -> socket.socket:
        self.to.append(address)
        raise ConnectionRefusedError(111, "Connection refused")


def ask(text: str, *answers: list[str]) -> None:
    """Ask on strict terms; each time a name is resolved, the next of `answers` is given."""
    left = list(answers)
    asked = Wire(STRICT, resolve=lambda host, port: left.pop(0))
    asked.ask(parse_url(text), {})


def test_the_very_address_that_was_looked_at_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = Recorder(monkeypatch)
    with pytest.raises(Unreachable):
        ask("http://post.example/", ["93.184.216.34"], ["127.0.0.1"])  # the second answer would be the rebound one
    assert recorder.to == [("93.184.216.34", 80)]


def test_a_name_that_is_bound_to_another_address_later_is_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = Recorder(monkeypatch)
    answers = [["93.184.216.34"], ["169.254.169.254"]]
    asked = Wire(STRICT, resolve=lambda host, port: answers.pop(0))
    with pytest.raises(Unreachable):
        asked.ask(parse_url("http://post.example/"), {})
    with pytest.raises(RefusedAddress, match="link-local"):
        asked.ask(parse_url("http://post.example/"), {})
    assert recorder.to == [("93.184.216.34", 80)]


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "169.254.169.254", "[::ffff:127.0.0.1]", "localhost"])
def test_an_address_inside_is_never_connected_to(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = Recorder(monkeypatch)
    with pytest.raises(RefusedAddress) as caught:
        Wire(STRICT).ask(parse_url(f"http://{host}/"), {})
    assert caught.value.where == str(parse_url(f"http://{host}/"))
    assert "--allow-private" in str(caught.value)
    assert recorder.to == []


@pytest.mark.parametrize("port", [22, 25, 53, 3306, 5432, 6379, 9200, 11211])
def test_ports_of_other_services_are_not_asked(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = Recorder(monkeypatch)
    with pytest.raises(RefusedAddress, match=f"port {port}"):
        ask(f"http://post.example:{port}/", ["93.184.216.34"])
    assert recorder.to == []


def test_every_address_of_a_host_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = Recorder(monkeypatch)
    with pytest.raises(Unreachable, match="Connection refused"):
        ask("https://post.example/", ["2606:2800:220:1::1", "10.0.0.1", "93.184.216.34"])
    assert recorder.to == [("2606:2800:220:1::1", 443), ("93.184.216.34", 443)]


def test_a_resolver_that_never_answers_does_not_hold_the_run(site: Site) -> None:
    def stuck(host: str, port: int) -> list[str]:
        site.closing.wait(5)
        return []

    asked = Wire(terms(connecting=0.1), resolve=stuck)
    with pytest.raises(Unreachable, match="no answer from the name servers"):
        asked.ask(parse_url("http://post.example/"), {})


def test_a_host_without_an_address() -> None:
    with pytest.raises(Unreachable, match="was not found"):
        ask("http://post.example/", [])


def loopback_is_public(monkeypatch: pytest.MonkeyPatch, port: int) -> None:
    """This machine stands for the outside, so that a site here can redirect from there."""
    from quoth.acquire.web import connection

    monkeypatch.setattr(connection, "OPEN_PORTS", frozenset({80, port}))
    monkeypatch.setattr(connection, "refusal", lambda address: None if address == "127.0.0.1" else refusal(address))


@pytest.mark.parametrize(
    ("location", "what"),
    [
        ("http://inside.example/", "10.0.0.7, a private address"),
        ("http://169.254.169.254/latest/meta-data/", "link-local"),
        ("http://[::1]/", "this machine itself"),
        ("http://post.example:22/", "port 22"),
    ],
)
def test_a_redirection_inside_is_refused(site: Site, location: str, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    loopback_is_public(monkeypatch, site.port)
    site.answers["/a"] = answer(status=302, location=location)
    resolve = {"post.example": ["127.0.0.1"], "inside.example": ["10.0.0.7"]}
    fetching = Fetching(Wire(STRICT, resolve=lambda host, port: resolve.get(host, [host])))
    with pytest.raises(RefusedAddress, match=what):
        fetching.fetch(site.parsed())


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "ftp://post.example/", "javascript:alert(1)", "http://a@b/"]
)
def test_a_redirection_to_what_is_no_page_is_not_followed(site: Site, location: str) -> None:
    site.answers["/a"] = answer(status=302, location=location)
    fetching = Fetching(Wire(terms(), resolve=lambda host, port: ["127.0.0.1"]))
    with pytest.raises(BadAnswer, match="not followed"):
        fetching.fetch(site.parsed())


def test_a_robots_txt_that_redirects_inside_closes_its_site(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    loopback_is_public(monkeypatch, site.port)
    site.answers["/robots.txt"] = answer(status=302, location="http://10.0.0.7/")
    site.answers["/a"] = page()
    resolve = {"post.example": ["127.0.0.1"]}
    fetching = Fetching(Wire(STRICT, resolve=lambda host, port: resolve.get(host, [host])))
    with pytest.raises(Exception, match=r"robots\.txt could not be had"):
        fetching.fetch(site.parsed())
    assert site.targets() == []


def test_proxies_of_the_environment_are_not_asked(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9/")
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:9/")
    site.answers["/a"] = page()
    fetching = Fetching(Wire(terms(), resolve=lambda host, port: ["127.0.0.1"]))
    assert fetching.fetch(site.parsed()).answer.status == 200


def test_a_connection_is_closed_when_it_cannot_be_used(site: Site) -> None:
    wanted = Wire(terms())
    opened = connect(
        site.parsed("/a", "127.0.0.1"), wanted.terms, Deadline.of(1, wanted.stop), 100, wanted.resolve, wanted.tls
    )
    opened.close()
    assert opened.socket.fileno() == -1
