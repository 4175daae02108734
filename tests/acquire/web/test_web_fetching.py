"""What leads to a page: robots.txt, turns, redirections, cookies on the way, conditions, and waiting when asked to."""

from __future__ import annotations

import datetime
import socket
import threading
import time
from email.utils import format_datetime

import pytest

from quoth.acquire.web.fetching import Fetched, Fetching, status_error
from quoth.acquire.web.patience import FIRST, LONGEST, Patience
from quoth.acquire.web.several import Wanted, fetched
from quoth.acquire.web.urls import Url
from quoth.errors import BadAnswer, QuothError, RobotsForbid
from quoth.model import Fetch

from .conftest import Asked, Site, answer, page, slowly, wire

NOW = datetime.datetime.now(datetime.UTC)


def fetch(site: Site, path: str = "/a", known: Fetch | None = None, **changed: object) -> Fetched:
    return Fetching(wire(**changed)).fetch(site.parsed(path), known)


def refused(site: Site, error: type[QuothError], **changed: object) -> str:
    with pytest.raises(error) as caught:
        fetch(site, **changed)
    assert str(caught.value.where).startswith(site.url("/"))
    assert caught.value.remedy
    return caught.value.what


# ---------------------------------------------------------------- robots.txt


def robots(site: Site, text: str | bytes) -> None:
    site.answers["/robots.txt"] = answer(text)
    site.answers["/a"] = page()


def test_robots_txt_is_asked_once_and_obeyed(site: Site) -> None:
    robots(site, "User-agent: *\nDisallow: /\n\nUser-agent: Quoth\nDisallow: /private\nAllow: /private/open\n")
    for path in ("/a", "/private/open/1"):
        site.answers[path] = page()
    fetching = Fetching(wire())
    assert fetching.fetch(site.parsed("/a")).answer.status == 200
    assert fetching.fetch(site.parsed("/private/open/1")).answer.status == 200
    with pytest.raises(RobotsForbid, match="leave this page alone"):
        fetching.fetch(site.parsed("/private/1"))
    assert [asked.target for asked in site.asked] == ["/robots.txt", "/a", "/private/open/1"]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_site_without_robots_txt_allows_all(site: Site, status: int) -> None:
    site.answers |= {"/robots.txt": answer("User-agent: *\nDisallow: /", status), "/a": page()}
    assert fetch(site).answer.status == 200


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_site_whose_robots_txt_cannot_be_had_is_left_alone(site: Site, status: int) -> None:
    site.answers |= {"/robots.txt": answer("", status), "/a": page()}
    assert f"could not be had (status {status})" in refused(site, RobotsForbid)
    assert site.targets() == []


def test_a_robots_txt_that_does_not_come_closes_the_site(site: Site) -> None:
    site.answers |= {"/robots.txt": slowly(b"HTTP/1.1 200 OK\r\n", b"", pause=0.3), "/a": page()}
    assert "could not be had (the server stopped sending)" in refused(site, RobotsForbid, reading=0.1)


def test_a_robots_txt_that_redirects_is_followed_five_times(site: Site) -> None:
    site.answers |= {f"/r{i}": answer(status=301, location=f"/r{i + 1}") for i in range(1, 9)}
    site.answers |= {"/robots.txt": answer(status=301, location="/r5"), "/r9": answer("User-agent: *\nDisallow: /")}
    site.answers["/a"] = page()
    refused(site, RobotsForbid)
    site.answers["/robots.txt"] = answer(status=301, location="/r1")
    assert fetch(site).answer.status == 200, "beyond five, RFC 9309 holds it to be unavailable"


def test_a_robots_txt_is_read_as_far_as_it_should(site: Site) -> None:
    robots(site, "# long\n" * 100_000 + "User-agent: *\nDisallow: /\n")
    assert fetch(site).answer.status == 200
    robots(site, "User-agent: *\nDisallow: /\n" + "# long\n" * 100_000)
    refused(site, RobotsForbid)


@pytest.mark.parametrize("text", [bytes(range(256)) * 50, b"\xef\xbb\xbf" + b"\0" * 99, b"<html>soft 404</html>", b""])
def test_a_robots_txt_that_is_none_forbids_nothing(site: Site, text: bytes) -> None:
    robots(site, text)
    assert fetch(site).answer.status == 200


def test_a_robots_txt_full_of_stars_takes_no_time(site: Site) -> None:
    robots(site, "User-agent: *\n" + f"Disallow: /{'*a' * 500}*b$\n" * 400)
    begun = time.monotonic()
    assert fetch(site, "/a", whole=5.0).answer.status == 200
    site.answers["/" + "a" * 2000] = page()
    assert fetch(site, "/" + "a" * 2000, whole=5.0).answer.status == 200
    assert time.monotonic() - begun < 2


def test_the_pause_that_a_site_asks_for_is_kept_up_to_a_bound(site: Site) -> None:
    robots(site, "User-agent: *\nCrawl-delay: 0.15\n")
    fetching = Fetching(wire())
    begun = time.monotonic()
    fetching.fetch(site.parsed())
    fetching.fetch(site.parsed())
    assert 0.15 <= time.monotonic() - begun < 1
    for asked in ("86400", "1e999", "nan", "-5", "x"):
        robots(site, f"User-agent: *\nCrawl-delay: {asked}\n")
        fetching = Fetching(wire(longest_pause=0.05))
        begun = time.monotonic()
        fetching.fetch(site.parsed())
        fetching.fetch(site.parsed())
        assert time.monotonic() - begun < 1


# ---------------------------------------------------------------- turns


def test_a_host_is_asked_for_one_page_at_a_time_with_a_pause_and_several_hosts_side_by_side(site: Site) -> None:
    met = threading.Barrier(2)

    def meet(connection: socket.socket, _: Asked) -> None:
        met.wait(2)
        connection.sendall(page())

    site.answers |= {"/one": meet, "/other": meet} | {f"/{i}": page() for i in range(4)}
    fetching = Fetching(wire(pause=0.05))
    pages = [Wanted(site.parsed("/one", "one.example")), Wanted(site.parsed("/other", "other.example"))]
    assert [isinstance(found, Fetched) for _, found in fetched(fetching, pages)] == [True, True]
    site.most_at_once = 0
    begun = time.monotonic()
    pages = [Wanted(site.parsed(f"/{i}", "one.example")) for i in range(4)]
    order = [page.url.target for page, _ in fetched(fetching, pages)]
    assert order == ["/0", "/1", "/2", "/3"]
    assert site.most_at_once == 1
    assert time.monotonic() - begun >= 0.15


def test_one_page_that_fails_stops_no_other(site: Site) -> None:
    site.answers |= {"/a": page(), "/b": b"nonsense\r\n\r\n"}
    pages = [site.parsed("/b"), site.parsed("/a"), site.parsed("/a", "nowhere.example"), site.parsed("/a", "x.example")]
    found = {str(wanted.url): answer for wanted, answer in fetched(Fetching(wire()), map(Wanted, pages))}
    assert [isinstance(found[str(url)], Fetched) for url in pages] == [False, True, False, True]
    assert isinstance(found[site.url("/b")], BadAnswer)


def test_a_fault_of_quoth_s_own_stops_no_other(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.answers |= {"/a": page(), "/b": page()}
    fetching = Fetching(wire())
    whole = fetching.fetch

    def faulty(url: Url, known: Fetch | None = None) -> Fetched:
        if url.target == "/b":
            raise ZeroDivisionError("in fetching")
        return whole(url, known)

    monkeypatch.setattr(fetching, "fetch", faulty)
    found = dict(fetched(fetching, [Wanted(site.parsed("/b")), Wanted(site.parsed("/a"))]))
    assert "ZeroDivisionError" in str(found[Wanted(site.parsed("/b"))])
    assert isinstance(found[Wanted(site.parsed("/a"))], Fetched)


def test_whoever_breaks_off_leaves_nothing_running(site: Site) -> None:
    site.answers |= {f"/{i}": page() for i in range(60)}
    before = threading.active_count()
    going = fetched(Fetching(wire()), [Wanted(site.parsed(f"/{i}", f"h{i % 6}.example")) for i in range(60)])
    next(going)
    going.close()  # type: ignore[attr-defined]
    until = time.monotonic() + 2
    while threading.active_count() > before + 1 and time.monotonic() < until:
        time.sleep(0.01)
    assert len(site.targets()) < 60


# ---------------------------------------------------------------- redirections


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirections_are_followed_to_their_page(site: Site, status: int) -> None:
    site.answers["/a"] = answer(status=status, location="/b?x=1#y")
    site.answers["/b?x=1"] = answer(status=status, location=site.url("/c", "other.example"))
    site.answers["/c"] = page()
    found = fetch(site)
    assert (str(found.asked), str(found.answer.url)) == (site.url("/a"), site.url("/c", "other.example"))
    assert [asked.target for asked in site.asked if asked.target == "/robots.txt"] == ["/robots.txt"] * 2


def test_each_site_on_the_way_is_asked_for_its_robots_txt(site: Site) -> None:
    site.answers["/a"] = answer(status=302, location="/private")
    site.answers |= {"/robots.txt": answer("User-agent: *\nDisallow: /private"), "/private": page()}
    assert "leave this page alone" in refused(site, RobotsForbid)


def test_a_circle_and_a_long_way_are_told(site: Site) -> None:
    site.answers |= {"/a": answer(status=302, location="/b"), "/b": answer(status=302, location="/a")}
    assert "in a circle" in refused(site, BadAnswer)
    site.answers["/a"] = answer(status=302, location="/a")
    assert "in a circle" in refused(site, BadAnswer)
    site.answers |= {f"/{i}": answer(status=302, location=f"/{i + 1}") for i in range(12)}
    site.answers["/a"] = answer(status=302, location="/0")
    assert "more than 10 times" in refused(site, BadAnswer)
    assert len(site.targets()) <= 2 + 1 + 11


def test_a_redirection_without_a_place_is_told(site: Site) -> None:
    site.answers["/a"] = answer(status=302)
    assert "redirects nowhere" in refused(site, BadAnswer)
    site.answers["/a"] = answer(status=302, location="http://[")
    assert "not followed" in refused(site, BadAnswer)


def test_a_redirection_from_https_to_http_is_not_followed(secure: Site, authority: object) -> None:
    from .test_web_exchange import trusting

    secure.answers["/a"] = answer(status=302, location="http://secure.example/b")
    secured = wire()
    secured.tls = lambda: trusting(authority)  # type: ignore[arg-type]
    with pytest.raises(BadAnswer, match=r"from https to plain http://secure\.example/b"):
        Fetching(secured).fetch(secure.parsed("/a", "secure.example"))


def test_cookies_live_on_the_way_to_one_page_and_for_their_own_host(site: Site) -> None:
    far = site.url("/c", "other.example")

    def gate(connection: socket.socket, asked: Asked) -> None:
        let_in = asked.headers.get("cookie") == "seen=1; b=2"
        connection.sendall(answer(status=302, location=far) if let_in else gives)

    gives = (
        b"HTTP/1.1 302 X\r\nlocation: /a\r\nset-cookie: seen=1; path=/; HttpOnly\r\nset-cookie: b=2\r\n"
        b"set-cookie: broken\r\nset-cookie: l=" + b"x" * 5000 + b"\r\ncontent-length: 0\r\n\r\n"
    )
    site.answers |= {"/a": gate, "/c": page()}
    fetching = Fetching(wire())
    assert str(fetching.fetch(site.parsed()).answer.url) == far
    assert "cookie" not in site.asked[-1].headers, "another host does not get them"
    fetching.fetch(site.parsed())
    firsts = [asked for asked in site.asked if asked.target == "/a"]
    assert ["cookie" in asked.headers for asked in firsts] == [False, True, False, True]


# ---------------------------------------------------------------- conditions


def known(site: Site, answered: str = "/a", etag: str | None = '"1"', modified: str | None = None) -> Fetch:
    return Fetch(
        url=site.url("/a"), answered=site.url(answered), status=200, retrieved=NOW, sha256="ab" * 32, etag=etag,
        last_modified=modified,
    )  # fmt: skip


def test_what_was_fetched_before_is_asked_for_on_condition(site: Site) -> None:
    site.answers["/a"] = answer(status=304, etag='"1"')
    found = fetch(site, known=known(site, modified="Tue, 06 May 2031 07:00:00 GMT"))
    assert found.unchanged
    headers = site.asked[-1].headers
    assert (headers["if-none-match"], headers["if-modified-since"]) == ('"1"', "Tue, 06 May 2031 07:00:00 GMT")


def test_the_condition_goes_to_the_address_that_answered_before(site: Site) -> None:
    site.answers |= {"/a": answer(status=302, location="/b"), "/b": answer(status=304)}
    assert fetch(site, known=known(site, "/b")).unchanged
    assert ["if-none-match" in asked.headers for asked in site.asked] == [False, False, True]


def test_a_condition_is_never_a_header_of_its_own(site: Site) -> None:
    site.answers["/a"] = page()
    fetch(site, known=known(site, etag='"1"\r\nx: y', modified="é"))
    assert not {"if-none-match", "if-modified-since", "x"} & site.asked[-1].headers.keys()


def test_a_304_that_nobody_asked_for_is_told(site: Site) -> None:
    site.answers["/a"] = answer(status=304)
    assert "unasked" in refused(site, BadAnswer)
    assert "unasked" in refused(site, BadAnswer, known=known(site, "/elsewhere"))


# ---------------------------------------------------------------- statuses and waiting


@pytest.mark.parametrize(
    ("status", "what"),
    [
        (201, "status 201 and no page"), (204, "status 204"), (206, "status 206"), (300, "status 300"),
        (400, "status 400"), (401, "behind a login"), (402, "behind a payment"), (403, "refuses it"),
        (404, "no such page"), (410, "taken down"), (418, "status 418"), (429, "fewer requests"),
        (451, "legal reasons"), (500, "failed (status 500)"), (503, "failed (status 503)"), (999, "failed"),
    ],
)  # fmt: skip
def test_each_status_is_told_in_words(site: Site, status: int, what: str) -> None:
    site.answers["/a"] = answer("x" if status != 204 else "", status)
    error = status_error(fetch(site))
    assert error is not None
    assert what in error.what
    assert error.where == site.url()
    assert error.remedy


def busy_once(site: Site, status: int, retry_after: str) -> None:
    def busy(connection: socket.socket, _: Asked) -> None:
        connection.sendall(page() if site.targets().count("/a") > 1 else answer("", status, retry_after=retry_after))

    site.answers["/a"] = busy


@pytest.mark.parametrize("status", [429, 503])
def test_who_asks_to_wait_is_waited_for(site: Site, status: int) -> None:
    busy_once(site, status, "0")
    assert fetch(site).answer.status == 200
    site.asked.clear()
    busy_once(site, status, format_datetime(NOW, usegmt=True))
    assert fetch(site).answer.status == 200


def test_who_asks_to_wait_long_or_again_is_told(site: Site) -> None:
    site.answers["/a"] = answer("", 503, retry_after="7200")
    assert "come back in 2 hours (status 503)" in refused(site, BadAnswer)
    site.answers["/a"] = answer("", 429, retry_after=format_datetime(NOW + datetime.timedelta(days=3), usegmt=True))
    assert "come back in 3 days" in refused(site, BadAnswer)
    site.asked.clear()
    site.answers["/a"] = answer("", 429, retry_after="0")
    assert fetch(site).answer.status == 429
    assert site.targets() == ["/a", "/a"]


@pytest.mark.parametrize("retry_after", ["", "soon", "-1", "1e9", "99999999999999", "Tue, 99 May 2031"])
def test_a_wait_that_is_none_is_not_kept(site: Site, retry_after: str) -> None:
    site.answers["/a"] = answer("", 503, retry_after=retry_after)
    begun = time.monotonic()
    assert fetch(site).answer.status == 503
    assert time.monotonic() - begun < 1


# ---------------------------------------------------------------- patience


def test_what_fails_is_left_alone_longer_each_time() -> None:
    now = 0.0
    patience = Patience(lambda: now)
    assert not patience.rests("a")
    waits = []
    for _ in range(12):
        patience.failed("a")
        until = patience.until("a")
        assert until is not None
        waits.append(until - now)
        assert patience.rests("a")
        now = until
        assert not patience.rests("a")
    assert waits[:3] == [FIRST, 2 * FIRST, 4 * FIRST]
    assert waits[-1] == LONGEST
    patience.worked("a")
    assert patience.until("a") is None
    patience.failed("a")
    assert patience.until("a") == now + FIRST
