"""The printed link: the right token lets in, nothing else does, and it is told nowhere."""

from __future__ import annotations

import logging

import pytest
from starlette.testclient import TestClient

from quoth.web.guard import Policy
from quoth.web.guard.entry import own_path
from quoth.web.guard.link import MOST, Link


def test_link_opens_and_leads_to_the_same_address_without_the_token(browser, link) -> None:
    answer = browser().get(f"/questions/ab?token={link.token}&as_of=2024-01-02&text=a%20b")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/questions/ab?as_of=2024-01-02&text=a+b"
    assert answer.headers["referrer-policy"] == "no-referrer"
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("quoth-8000=")
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    assert link.token not in str(answer.headers)


def test_link_s_cookie_is_the_session(inside: TestClient, link: Link) -> None:
    assert inside.get("/").text.startswith("ana admin ")
    assert link.token not in inside.cookies["quoth-8000"]


@pytest.mark.parametrize(
    "query", ["", "?token=", "?token=wrong", "?token=%ff%00é", "?token={0}&token={0}", "?token={0}x"]
)
def test_link_wrong_or_none_shows_the_door(browser, link, query) -> None:
    client = browser()
    answer = client.get("/" + query.format(link.token))
    assert answer.status_code in (401, 403)
    assert "Open the link that quoth serve printed" in answer.text
    assert "set-cookie" not in answer.headers
    assert link.token not in answer.text


def test_link_token_does_not_count_in_what_is_sent(browser, link) -> None:
    assert browser().post(f"/take?token={link.token}").status_code == 401


@pytest.mark.parametrize(
    "path", ["/", "/questions", "/api/v1/x", "/static/desk.js", "/static/deep/desk.css", "/login", "/static/..%2fx.css"]
)
def test_link_everything_needs_it(browser, path) -> None:
    assert browser().get(path).status_code == 401


def test_link_css_needs_it_not(browser) -> None:
    assert browser().get("/static/desk.css").status_code == 200


def test_link_bearer(browser, link) -> None:
    client = browser()
    answer = client.get("/", headers={"Authorization": f"Bearer {link.token}"})
    assert answer.text == "ana admin "
    assert client.post("/take", headers={"Authorization": f"bearer {link.token}"}, content=b"abc").json()["size"] == 3
    for wrong in ("Bearer", "Bearer x", f"Basic {link.token}", f"Bearer {link.token[:-1]}", link.token):
        answer = client.get("/api/v1/x", headers={"Authorization": wrong})
        assert answer.status_code == 401, wrong
        assert answer.headers["www-authenticate"] == "Bearer"
        assert answer.json()["error"]["what"] == "The token is not right."


def test_link_a_wrong_bearer_is_not_mended_by_a_cookie(inside) -> None:
    assert inside.get("/", headers={"Authorization": "Bearer wrong"}).status_code == 401


def test_link_sessions_of_another_start_are_none(inside, browser) -> None:
    other = browser(known=Link("ana"))
    other.cookies.set("quoth-8000", inside.cookies["quoth-8000"])
    assert other.get("/").status_code == 401


def test_link_cookie_of_a_desk_at_another_port_is_another(browser, link) -> None:
    client = browser(Policy(port=8001), base="http://127.0.0.1:8001")
    client.cookies.set("quoth-8000", link.enter())
    assert client.get("/").status_code == 401


def test_link_holds_no_more_sessions_than_it_may() -> None:
    link = Link("ana")
    first = link.enter()
    sessions = [link.enter() for _ in range(MOST)]
    assert link.session(first) is None
    assert link.session(sessions[0]) is not None
    link.leave(sessions[0])
    assert link.session(sessions[0]) is None


def test_link_tokens_are_long_and_new() -> None:
    assert len({Link("a").token for _ in range(50)}) == 50
    assert len(Link("a").token) >= 43  # 256 bits
    link = Link("a")
    assert link.token not in repr(link)


def test_link_nothing_is_logged(browser, link, caplog) -> None:
    with caplog.at_level(logging.DEBUG, logger="quoth"):
        client = browser()
        client.get(f"/?token={link.token}")
        client.get("/?token=wrong")
    assert link.token not in "".join(
        record.getMessage() for record in caplog.records if record.name.startswith("quoth")
    )


def test_link_clicked_on_another_site_s_page_comes_again_from_the_desk_s_own(browser, link) -> None:
    """The browser keeps strict cookies back then; the page that it gets asks once more, from here."""
    client = browser()
    away = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    answer = client.get("/questions/ab?x=<b>&y=2", headers=away)
    assert answer.status_code == 200
    assert '<meta http-equiv="refresh" content="0; url=/questions/ab?x=%3Cb%3E&amp;y=2">' in answer.text
    assert client.get("/questions/ab", headers={"Sec-Fetch-Site": "same-origin"}).status_code == 401
    assert client.post("/take", headers=away).status_code == 403


@pytest.mark.parametrize(
    "path", ["//evil.example/", "/%5cevil.example", "/\\evil.example", "///x", "/%0d%0aSet-Cookie:%20a=b"]
)
def test_link_leads_to_no_other_host(browser, link, path) -> None:
    answer = browser().get(f"http://127.0.0.1:8000{path}?token={link.token}")
    assert answer.status_code == 303
    where = answer.headers["location"]
    assert where.startswith("/")
    assert not where.startswith(("//", "/\\"))
    assert "a" not in answer.cookies


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("/map?a=b", "/map?a=b"), ("//x", "/"), ("/\\x", "/"), ("https://x", "/"), ("", "/"), ("/a\nb", "/"),
        ("/a b", "/"),
        ("javascript:x", "/"), ("/login?next=/x", "/"), ("/a\\b", "/"), ("/Ünter", "/Ünter"),
    ],
)  # fmt: skip
def test_link_paths_that_are_the_desk_s_own(given, taken) -> None:
    assert own_path(given) == taken
