"""Adding articles in a browser: dropped, chosen, pasted, fetched; by keyboard; without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from browsing import faults, overflows
from desks import site_with
from playwright.sync_api import Browser, Page, expect

STORY = "Minister Ana Dorn said on Monday that {} ferries will be delivered to Port Vell by the end of 2033."
LONG = 60_000
"""Milliseconds: the reader is loaded anew for each order."""


def file(name: str, text: str) -> Any:
    return {"name": name, "mimeType": "text/plain", "buffer": text.encode()}


def opened(tab: Page, address: str) -> None:
    """The page to add at, by the navigation of the desk."""
    tab.goto(address)
    tab.get_by_role("navigation", name="Desk").get_by_role("link", name="Add").click()
    tab.wait_for_url("**/add")


def test_adding_files_that_are_dropped(tab: Page, own_address: str) -> None:
    opened(tab, own_address)
    assert faults(tab) == []
    assert not overflows(tab)
    dropped = tab.evaluate_handle(
        """texts => {
            const all = new DataTransfer();
            for (const [name, text] of texts) all.items.add(new File([text], name, {type: "text/plain"}));
            return all;
        }""",
        [["one.txt", STORY.format(5)], ["two.txt", STORY.format(6)]],
    )
    tab.dispatch_event("body", "dragenter", {"dataTransfer": dropped})
    expect(tab.locator(".drop")).to_have_class("drop over")
    tab.dispatch_event("main", "drop", {"dataTransfer": dropped})
    expect(tab.locator(".chosen li")).to_have_text(["one.txt1 kB", "two.txt1 kB"])
    expect(tab.get_by_role("button", name="Add files")).to_be_focused()
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/add/*")
    expect(tab.locator("#status")).to_contain_text("Done", timeout=LONG)
    expect(tab.locator("#items li.new")).to_have_count(2)
    assert faults(tab) == []
    assert not overflows(tab)
    tab.get_by_role("link", name="See the questions").click()
    expect(tab.locator("ol.questions")).to_contain_text("2033", timeout=LONG)


def test_adding_tells_while_it_goes_along(tab: Page, own_address: str) -> None:
    """Rows come without the page being loaded again, and it can be stopped."""
    opened(tab, own_address)
    many = [file(f"{n}.txt", STORY.format(n) * 60) for n in range(2, 60)]
    tab.set_input_files("#files-file", many)
    tab.get_by_role("button", name="Add files").click()
    tab.wait_for_url("**/add/*")
    tab.evaluate("window.same = true")
    expect(tab.locator("progress")).to_be_visible()
    assert faults(tab) == []
    expect(tab.locator("#items li.new").first).to_be_visible(timeout=LONG)
    expect(tab.locator("progress")).to_have_attribute("max", "58")
    tab.get_by_role("button", name="Stop").click()
    expect(tab.locator("#status")).to_contain_text("Stopped", timeout=LONG)
    assert tab.locator("#items li.new").count() >= 1
    opened(tab, own_address)
    expect(tab.get_by_role("row", name="2.txt and 57 more")).to_contain_text("stopped")


def test_adding_a_text_with_the_keyboard_alone(tab: Page, own_address: str) -> None:
    opened(tab, own_address)
    tab.locator("#text-text").focus()
    for what in (STORY.format(7), "The Courier"):
        tab.keyboard.type(what)
        tab.keyboard.press("Tab")
    tab.keyboard.type("01052033")
    tab.locator("#text-title").focus()
    tab.keyboard.type("Ferries, late")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/add/*")
    expect(tab.locator("#status")).to_contain_text("Done", timeout=LONG)
    expect(tab.locator("#items li.new .outcome")).to_have_text("new, 1 statement")


def test_adding_what_does_not_fit_is_read_out(context: Any, own_address: str) -> None:
    tab = context.new_page()
    opened(tab, own_address)
    tab.get_by_label("Pages, feeds or sitemaps").fill("ftp://example.org/x")
    tab.get_by_role("button", name="Fetch and add").click()
    told = tab.get_by_role("alert")
    expect(told).to_contain_text("this is no address of the web")
    expect(told).to_be_focused()
    expect(tab.get_by_label("Pages, feeds or sitemaps")).to_have_value("ftp://example.org/x")
    assert faults(tab) == []


@pytest.fixture
def site() -> Iterator[str]:
    with site_with(STORY.format(8)) as address:
        yield address


def test_adding_an_address(tab: Page, own_address: str, site: str) -> None:
    opened(tab, own_address)
    tab.get_by_label("Pages, feeds or sitemaps").fill(f"{site}/story.html")
    tab.get_by_role("button", name="Fetch and add").click()
    tab.wait_for_url("**/add/*")
    expect(tab.locator("#status")).to_contain_text("Done", timeout=LONG)
    expect(tab.locator("#items li.new")).to_have_count(1)


def test_adding_without_scripts(browser: Browser, own_address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    opened(tab, own_address)
    tab.set_input_files("#files-file", [file("one.txt", STORY.format(9))])
    tab.get_by_role("button", name="Add files").click()
    tab.wait_for_url("**/add/*")
    expect(tab.locator("#status")).to_contain_text("Done", timeout=LONG)
    expect(tab.locator("#items li.new")).to_have_count(1)
    context.close()


def test_adding_names_that_are_hostile(tab: Page, own_address: str) -> None:
    opened(tab, own_address)
    name = "<img src=x onerror=document.title=1>.docx"
    tab.set_input_files("#files-file", [file(name, "x"), file("one.txt", STORY.format(3))])
    expect(tab.locator(".chosen bdi").first).to_have_text(name)
    tab.get_by_role("button", name="Add files").click()
    tab.wait_for_url("**/add/*")
    expect(tab.locator("#status")).to_contain_text("Done", timeout=LONG)
    expect(tab.locator("#items li.failed bdi").first).to_have_text(name)
    assert tab.locator("main img").count() == 0
    assert tab.title().startswith("Adding")
