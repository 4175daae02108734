"""A public desk: signing in and out, pauses, roles, accounts kept at their page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from desks import opened_desk
from fastapi.testclient import TestClient

from quoth.web.app import application
from quoth.web.guard import Guard, Policy, Role
from quoth.web.guard.accounts import Accounts
from quoth.web.guard.passwords import Passwords
from quoth.web.guard.throttle import Throttle
from quoth.web.jobs import Jobs
from quoth.web.seen import Seen

PASSWORDS = {"ana": "seven grey herons", "ben": "eight grey herons", "cat": "nine grey herons"}
ROLES = {"ana": Role.ADMIN, "ben": Role.REVIEWER, "cat": Role.READER}
NAME = "desk.example.org"


class Clock:
    now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    quick = Passwords(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    found = Accounts(tmp_path / "accounts", quick)
    for name, role in ROLES.items():
        found.add(name, role, PASSWORDS[name])
    return found


@pytest.fixture
def clock() -> Clock:
    return Clock()


Browser = Callable[[], TestClient]


@pytest.fixture
def browser(ferries: Path, accounts: Accounts, clock: Clock) -> Iterator[Browser]:
    """A new browser at the public desk, in which nobody is signed in."""
    policy = Policy(port=8443, public=True, names=frozenset({NAME}), secure=True)
    guard = Guard(
        policy=policy, accounts=accounts, by_name=Throttle(3, 60, clock=clock), by_address=Throttle(8, 900, clock=clock)
    )
    with opened_desk(ferries) as desk:
        app = application(desk, guard, Seen(":memory:"), Jobs(str(ferries), profile="rules"))
        yield lambda: TestClient(app, base_url=f"https://{NAME}", follow_redirects=False)


def field(page: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def signed_in(client: TestClient, name: str, password: str | None = None, **extra: str) -> TestClient:
    word = field(client.get("/login").text)
    data = {"csrf": word, "name": name, "password": PASSWORDS.get(name, "") if password is None else password, **extra}
    client.answer = client.post("/login", data=data)  # type: ignore[attr-defined]
    return client


def tried(client: TestClient, name: str, password: str) -> tuple[int, str]:
    answer = signed_in(client, name, password).answer  # type: ignore[attr-defined]
    told = re.search(r'role="alert">(.*?)</p>', answer.text, re.DOTALL)
    return answer.status_code, told[1].strip() if told else ""


def test_signing_nobody_sees_anything(browser: Browser) -> None:
    client = browser()
    answer = client.get("/questions/ab?x=1&y=a%20b")
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        "/login?next=%2Fquestions%2Fab%3Fx%3D1%26y%3Da%2520b",
    )
    assert client.get("/api/v1/x").status_code == 401
    assert client.post("/add").status_code == 401
    page = client.get("/login").text
    assert "ferries" not in page
    assert "Questions" not in page
    assert client.get("/static/guard.css").status_code == 200
    assert client.get("/static/nowhere.css").status_code == 404
    assert client.get("/static/desk.js").status_code == 303
    assert client.put("/login").status_code == 403


def test_signing_in_leads_to_where_one_wanted_to_go(browser: Browser) -> None:
    client = signed_in(browser(), "Ana", PASSWORDS["ana"], next="/map?x=1")
    answer = client.answer  # type: ignore[attr-defined]
    assert (answer.status_code, answer.headers["location"]) == (303, "/map?x=1")
    (cookie,) = [c for c in answer.headers.get_list("set-cookie") if c.startswith("__Host-quoth=")]
    assert {"HttpOnly", "Secure", "SameSite=strict", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    page = client.get("/").text
    assert "<bdi>ana</bdi> (admin)" in page
    assert client.get("/login?next=/map").headers["location"] == "/map"


@pytest.mark.parametrize(
    "where", ["//evil.example", "https://evil.example", "/\\evil.example", "/login", "javascript:alert(1)"]
)
def test_signing_in_leads_to_no_other_host(browser: Browser, where: str) -> None:
    client = signed_in(browser(), "ana", next=where)
    assert client.answer.headers["location"] == "/"  # type: ignore[attr-defined]
    assert 'value="/"' in browser().get("/login", params={"next": where}).text


def test_signing_in_with_what_is_wrong_tells_the_same(browser: Browser, accounts: Accounts, clock: Clock) -> None:
    accounts.set_disabled("cat", True)
    told = {
        tried(browser(), *pair) for pair in (("ana", "wrong"), ("zed", "wrong"), ("cat", PASSWORDS["cat"]), ("", ""))
    }
    assert told == {(401, "The name or the password is wrong.")}


def test_signing_in_too_often_makes_one_wait_and_not_for_good(browser: Browser, clock: Clock) -> None:
    client = browser()
    assert [tried(client, "ana", "wrong")[0] for _ in range(5)] == [401, 401, 401, 429, 429]
    status, told = tried(client, "ana", PASSWORDS["ana"])
    assert (status, told) == (429, "There were too many wrong passwords. Try again in 1 second.")
    assert client.answer.headers["retry-after"] == "1"  # type: ignore[attr-defined]
    assert tried(client, "ben", PASSWORDS["ben"])[0] == 303
    clock.now += 1
    assert tried(browser(), "ana", PASSWORDS["ana"])[0] == 303


def test_signing_in_with_many_names_from_one_address_makes_one_wait(browser: Browser, clock: Clock) -> None:
    client = browser()
    statuses = [tried(client, f"name{n}", "wrong")[0] for n in range(9)]
    assert statuses == [401] * 8 + [429]
    clock.now += 1
    assert tried(client, "ben", PASSWORDS["ben"])[0] == 303
    client = browser()
    assert tried(client, "name1", "wrong")[0] == 401  # the one right password took one attempt back, not all
    assert tried(client, "name2", "wrong")[0] == 429


def test_signing_in_needs_the_form_of_this_browser(browser: Browser) -> None:
    """Nobody is signed in unawares as somebody else."""
    stranger = field(browser().get("/login").text)
    data = {"csrf": stranger, "name": "ana", "password": PASSWORDS["ana"]}
    assert browser().post("/login", data=data).status_code == 403
    victim = browser()
    victim.get("/login")
    assert victim.post("/login", data=data).status_code == 403
    right = {**data, "csrf": field(victim.get("/login").text)}
    assert victim.post("/login", data=right, headers={"Origin": "https://evil.example"}).status_code == 403
    assert victim.post("/login", data=right, headers={"Origin": f"https://{NAME}"}).status_code == 303


def test_signing_in_begins_a_new_session_and_ends_the_old_one(browser: Browser, accounts: Accounts) -> None:
    client = signed_in(browser(), "ana")
    old = client.cookies["__Host-quoth"]
    word = field(client.get("/accounts").text)
    client.post("/login", data={"csrf": word, "name": "ben", "password": PASSWORDS["ben"]})
    assert client.cookies["__Host-quoth"] != old
    assert accounts.session(old) is None


def test_signing_out_ends_the_session(browser: Browser, accounts: Accounts) -> None:
    client = signed_in(browser(), "ana")
    session = client.cookies["__Host-quoth"]
    assert client.get("/logout").status_code == 405
    assert client.post("/logout").status_code == 403
    assert client.post("/logout", data={"csrf": field(client.get("/").text)}).headers["location"] == "/login"
    assert accounts.session(session) is None
    client.cookies.set("__Host-quoth", session)
    assert client.get("/").status_code == 303


def test_signing_a_planted_cookie_is_nobody_s(browser: Browser) -> None:
    client = browser()
    client.cookies.set("__Host-quoth", "planted")
    assert client.get("/").status_code == 303


def test_signing_the_token_of_a_link_is_none_at_a_public_desk(browser: Browser) -> None:
    assert browser().get("/?token=x").headers["location"].startswith("/login")


def test_signing_programs_have_tokens(browser: Browser, accounts: Accounts) -> None:
    token = accounts.issue("ben", 1)
    client = browser()
    head = {"Authorization": f"Bearer {token}"}
    assert "<bdi>ben</bdi> (reviewer)" in client.get("/", headers=head).text
    accounts.set_password("ben", "ten grey herons")
    assert client.get("/", headers=head).status_code == 401


def test_signing_roles(browser: Browser) -> None:
    cat, ben, ana = (signed_in(browser(), name) for name in ("cat", "ben", "ana"))
    assert [c.get("/add").status_code for c in (cat, ben, ana)] == [403, 200, 200]
    assert ">Add</a>" not in cat.get("/").text
    word = field(cat.get("/accounts").text)
    assert cat.post("/add", data={"csrf": word}).status_code == 403
    for client in (cat, ben):
        page = client.get("/accounts").text
        assert "ana" not in re.sub(r"<footer.*", "", page, flags=re.DOTALL)
        data = {"csrf": field(page), "name": "cat", "role": "admin", "password": "x" * 5 + "abcdefgh", "again": "x"}
        for path in ("", "/role", "/password", "/disable", "/enable"):
            assert client.post(f"/accounts{path}", data=data).status_code == 403, path


def test_signing_an_admin_keeps_the_accounts(browser: Browser, accounts: Accounts) -> None:
    ana, ben = signed_in(browser(), "ana"), signed_in(browser(), "ben")

    def done(path: str, **data: str) -> int:
        return ana.post(f"/accounts{path}", data={"csrf": field(ana.get("/accounts").text), **data}).status_code

    assert done("", name="Dora", role="reviewer", password="eleven grey herons", again="eleven grey herons") == 303
    assert accounts.account("dora").role is Role.REVIEWER
    assert done("", name="dora", role="reviewer", password="eleven grey herons", again="eleven grey herons") == 400
    assert done("", name="Eve", role="reviewer", password="eleven grey herons", again="eleven") == 400
    assert done("", name="Eve", role="queen", password="eleven grey herons", again="eleven grey herons") == 400
    assert done("/role", name="ben", role="reader") == 303
    assert ben.get("/add").status_code == 403
    assert done("/password", name="ben", password="twelve grey herons", again="twelve grey herons") == 303
    assert ben.get("/").status_code == 303
    assert tried(browser(), "ben", "twelve grey herons")[0] == 303
    assert done("/disable", name="ben") == 303
    assert accounts.account("ben").disabled
    assert done("/enable", name="ben") == 303
    assert done("/role", name="nobody", role="reader") == 400


def test_signing_no_admin_shuts_themselves_out(browser: Browser, accounts: Accounts) -> None:
    ana = signed_in(browser(), "ana")
    word = field(ana.get("/accounts").text)
    for path, data in (("/role", {"role": "reader"}), ("/disable", {}), ("/password", {"password": "x", "again": "x"})):
        assert ana.post(f"/accounts{path}", data={"csrf": word, "name": "ANA", **data}).status_code == 400
    assert accounts.has_admin()


def test_signing_one_s_own_password(browser: Browser, accounts: Accounts) -> None:
    cat, other = signed_in(browser(), "cat"), signed_in(browser(), "cat")
    new = "thirteen grey herons"

    def changed(present: str, again: str = new) -> int:
        data = {"csrf": field(cat.get("/accounts").text), "present": present, "password": new, "again": again}
        return cat.post("/accounts/own", data=data).status_code

    assert changed("wrong") == 400
    assert changed(PASSWORDS["cat"], "another") == 400
    assert changed(PASSWORDS["cat"]) == 303
    assert cat.get("/").status_code == 200
    assert other.get("/").status_code == 303
    assert accounts.verified("cat", new) is not None


def test_signing_passwords_are_in_no_answer(browser: Browser) -> None:
    client = browser()
    for name, password in (("ana", "a wrong secret"), ("ana", PASSWORDS["ana"])):
        answer = signed_in(client, name, password).answer  # type: ignore[attr-defined]
        assert password not in answer.text + str(answer.headers)
    word = field(client.get("/accounts").text)
    data = {"csrf": word, "name": "Eve", "role": "reader", "password": "secret-secret", "again": "else"}
    assert "secret-secret" not in client.post("/accounts", data=data).text


def test_signing_hostile_names_are_shown_as_text(browser: Browser) -> None:
    answer = signed_in(browser(), "<img src=x onerror=alert(1)>\u202e", "wrong").answer  # type: ignore[attr-defined]
    assert "<img" not in answer.text
    assert "\u202e" not in answer.text
