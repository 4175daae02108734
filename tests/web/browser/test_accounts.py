"""Coming in: by the printed link, from another site's page, by signing in; accounts kept by an admin."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from argon2 import PasswordHasher
from browsing import faults, overflows
from playwright.sync_api import Browser, BrowserContext, Page, expect

from quoth.web.app import application
from quoth.web.desk import Desk
from quoth.web.guard import Guard, Policy, Role
from quoth.web.guard.accounts import Accounts
from quoth.web.guard.passwords import Passwords
from quoth.web.jobs import Jobs
from quoth.web.seen import Seen
from quoth.web.serving import listening

PASSWORD = "seven grey herons"


@pytest.fixture
def public(own_ferries: Path) -> Iterator[str]:
    """The address of a public desk, without TLS, with the admin Ana and the reader Cat."""
    accounts = Accounts(own_ferries.with_name("accounts"), Passwords(PasswordHasher(1, 64, 1)))
    accounts.add("Ana", Role.ADMIN, PASSWORD)
    accounts.add("Cat", Role.READER, PASSWORD)
    desk = Desk(own_ferries)
    desk.wait(60)
    with listening(None, first=8750) as listener:
        port = listener.getsockname()[1]
        guard = Guard(policy=Policy(port=port, public=True, names=frozenset({"localhost"})), accounts=accounts)
        app = application(desk, guard, Seen(":memory:"), Jobs(str(own_ferries), profile="rules"))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
        running = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        running.start()
        yield f"http://localhost:{port}"
        server.should_exit = True
        running.join(10)


def sign_in(tab: Page, name: str, password: str = PASSWORD) -> None:
    tab.get_by_label("Name").fill(name)
    tab.get_by_label("Password").fill(password)
    tab.get_by_role("button", name="Sign in").click()


def test_accounts_signing_in_and_out_with_the_keyboard(context: BrowserContext, public: str) -> None:
    tab = context.new_page()
    tab.goto(f"{public}/?text=ferries")
    assert tab.title() == "Sign in · Quoth"
    assert "ferries" not in tab.content().replace("%3Ftext%3Dferries", "").replace("/?text=ferries", "")
    assert faults(tab) == []
    assert not overflows(tab)
    expect(tab.get_by_label("Name")).to_be_focused()
    tab.keyboard.type("cat")
    tab.keyboard.press("Tab")
    tab.keyboard.type("wrong")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("alert")).to_have_text("The name or the password is wrong.")
    expect(tab.get_by_label("Password")).to_be_focused()
    assert faults(tab) == []
    tab.keyboard.type(PASSWORD)
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/?text=ferries")
    expect(tab.locator("footer")).to_contain_text("Cat (reader)")
    expect(tab.get_by_role("link", name="Add", exact=True)).to_have_count(0)
    tab.get_by_role("button", name="Sign out").click()
    tab.wait_for_url("**/login")
    tab.go_back()
    tab.reload()
    assert tab.title() == "Sign in · Quoth"


def test_accounts_kept_by_an_admin(tab: Page, public: str, browser: Browser) -> None:
    tab.goto(f"{public}/accounts")
    sign_in(tab, "Ana")
    tab.wait_for_url("**/accounts")
    assert faults(tab) == []
    assert not overflows(tab)
    tab.locator("#a-name").fill("Zoë K.")
    tab.get_by_label("Role", exact=True).select_option("reviewer")
    for where in ("#a-password", "#a-again"):
        tab.locator(where).fill("eight grey herons")
    tab.get_by_role("button", name="Add", exact=True).click()
    expect(tab.get_by_role("status")).to_have_text("The account was added.")
    other = browser.new_context().new_page()
    other.goto(public)
    sign_in(other, "zoë k.", "eight grey herons")
    expect(other.get_by_role("link", name="Add", exact=True)).to_be_visible()
    tab.get_by_role("combobox", name="Role of Zoë K.").select_option("reader")
    tab.get_by_role("button", name="Change the role of Zoë K.").click()
    expect(tab.get_by_role("status")).to_contain_text("The role was changed")
    other.reload()
    expect(other.get_by_role("link", name="Add", exact=True)).to_have_count(0)
    tab.get_by_role("button", name="Disable Zoë K.").click()
    expect(tab.get_by_role("row", name="Zoë K.")).to_contain_text("disabled")
    other.reload()
    assert other.title() == "Sign in · Quoth"
    assert faults(tab) == []
    other.context.close()


def test_accounts_one_s_own_password(tab: Page, public: str) -> None:
    tab.goto(f"{public}/accounts")
    sign_in(tab, "Cat")
    expect(tab).to_have_title("Your password · ferries")
    tab.get_by_label("Present password").fill(PASSWORD)
    for where in ("#o-password", "#o-again"):
        tab.locator(where).fill("nine grey herons")
    tab.get_by_role("button", name="Change", exact=True).click()
    expect(tab.get_by_role("status")).to_contain_text("Your password was changed")
    assert faults(tab) == []


@pytest.fixture
def elsewhere() -> Iterator[tuple[str, list[str]]]:
    """Another site: its page, under another name, with what is put into the list."""
    content: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write("".join(content).encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://other.localhost:{server.server_port}/", content
    server.shutdown()
    server.server_close()


Elsewhere = tuple[str, list[str]]


def test_accounts_a_link_on_another_site_leads_to_its_page(
    context: BrowserContext, public: str, elsewhere: Elsewhere
) -> None:
    """Although the cookie is a strict one, which the browser keeps back then."""
    where, content = elsewhere
    tab = context.new_page()
    tab.goto(public)
    sign_in(tab, "Cat")
    tab.wait_for_url(f"{public}/")
    content.append(f'<a href="{public}/?text=injured">the desk</a>')
    tab.goto(where)
    tab.get_by_text("the desk").click()
    expect(tab).to_have_title("Questions · ferries")
    assert tab.url == f"{public}/?text=injured"


def test_accounts_the_printed_link_works_from_anywhere(
    context: BrowserContext, address: str, elsewhere: Elsewhere
) -> None:
    """Also where it stands on a page, as in a terminal that is one."""
    where, content = elsewhere
    content.append(f'<a href="{address}">the desk</a>')
    tab = context.new_page()
    tab.goto(where)
    tab.get_by_text("the desk").click()
    expect(tab).to_have_title("Questions · ferries")
    assert "token" not in tab.url
    assert "token" not in tab.evaluate("document.referrer")


def test_accounts_another_site_changes_nothing(context: BrowserContext, public: str, elsewhere: Elsewhere) -> None:
    where, content = elsewhere
    tab = context.new_page()
    tab.goto(f"{public}/accounts")
    sign_in(tab, "Ana")
    tab.wait_for_url("**/accounts")
    word = tab.locator("input[name=csrf]").first.input_value()
    content.append(
        f'<form action="{public}/accounts/disable" method="post"><input name="csrf" value="{word}">'
        '<input name="name" value="Cat"><button>go</button></form>'
    )
    tab.goto(where)
    tab.get_by_text("go").click()
    expect(tab.get_by_role("heading")).to_have_text("This was sent from a page of another site.")
    tab.goto(f"{public}/accounts")
    expect(tab.get_by_role("row", name="Cat")).to_contain_text("in use")


def test_accounts_another_site_cannot_frame_or_read_the_desk(
    context: BrowserContext, public: str, elsewhere: Elsewhere
) -> None:
    where, content = elsewhere
    tab = context.new_page()
    tab.goto(public)
    sign_in(tab, "Ana")
    tab.wait_for_url(f"{public}/")
    content.append(f'<iframe src="{public}/"></iframe>')
    tab.goto(where)
    tab.wait_for_timeout(300)
    framed = tab.frames[1]
    assert "Questions" not in framed.content()
    read: Any = tab.evaluate(
        f"fetch('{public}/', {{credentials: 'include'}}).then(a => a.text()).catch(e => 'refused')"
    )
    assert read == "refused"


def test_accounts_without_the_link_the_door_is_shown(context: BrowserContext, address: str) -> None:
    tab = context.new_page()
    tab.goto(address.split("?")[0])
    expect(tab.get_by_role("heading", level=1)).to_have_text("This desk is opened by the link that was printed.")
    assert faults(tab) == []
    assert not overflows(tab)
