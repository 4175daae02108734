"""Names that lead here and are not the desk's (DNS rebinding), and pages of other sites that send something."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from quoth.web.guard import Policy

Word = Callable[[TestClient], str]


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000", "LOCALHOST:8000", "[::1]:8000"])
def test_hosts_the_desk_s_own(inside, host) -> None:
    assert inside.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example:8000", "127.0.0.1", "127.0.0.1:8001", "localhost:8000.evil.example", "127.0.0.1:8000:1",
     "2130706433:8000", "", "localhost.:8000", "[::1]", "[::1]x:8000", "127.0.0.2:8000", " localhost:8000x",
     "user@localhost:8000"],
)  # fmt: skip
def test_hosts_other_names_are_refused(inside, link, host) -> None:
    answer = inside.get(f"/?token={link.token}", headers={"Host": host})
    assert answer.status_code == 421
    assert "set-cookie" not in answer.headers
    assert "evil" not in answer.text


def test_hosts_two_names_or_none_are_refused(inside) -> None:
    answer = inside.get("/", headers=[("Host", "127.0.0.1:8000"), ("Host", "evil.example")])
    assert answer.status_code == 400


def test_hosts_of_a_public_desk_are_those_it_was_given() -> None:
    policy = Policy(port=8443, public=True, names=frozenset({"desk.example.org"}), secure=True)
    for host in ("desk.example.org", "Desk.Example.org:8443", "desk.example.org:443"):
        assert policy.serves(host), host
    for host in ("localhost:8443", "127.0.0.1:8443", "x.desk.example.org", "desk.example.org.", "desk.example.org:", "",
                 "desk.example.org:1x", "desk.example.org:99999999", "[desk.example.org]"):  # fmt: skip
        assert not policy.serves(host), host


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "http://127.0.0.1:8000"}, 200),
        ({"Origin": "http://127.0.0.1:8000", "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Origin": "http://127.0.0.1:8001"}, 403),
        ({"Origin": "http://localhost:8000"}, 403),
        ({"Origin": "https://127.0.0.1:8000"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": ""}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://127.0.0.1:8000", "Sec-Fetch-Site": "cross-site"}, 403),
    ],
)
def test_hosts_only_the_desk_s_own_pages_send(inside, headers, status, word: Word) -> None:
    answer = inside.post("/take", data={"csrf": word(inside)}, headers=headers)
    assert answer.status_code == status


def test_hosts_token_does_not_make_up_for_another_site(browser, link) -> None:
    headers = {"Authorization": f"Bearer {link.token}", "Origin": "http://evil.example"}
    assert browser().post("/api/v1/take", headers=headers).status_code == 403


def test_hosts_nothing_speaks_by_websocket(inside) -> None:
    from starlette.websockets import WebSocketDisconnect

    with pytest.raises(WebSocketDisconnect), inside.websocket_connect("/"):
        pass
