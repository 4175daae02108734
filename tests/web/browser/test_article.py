"""An article in a browser: by keyboard alone, at both widths, with a hostile one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import faults, overflows
from desks import served
from hostile import hostile_case
from playwright.sync_api import Page, expect

import quoth


def base(address: str) -> str:
    return address.split("/?")[0]


def opened(tab: Page, address: str, title: str = "") -> None:
    tab.goto(address)
    tab.goto(base(address) + "/articles")
    tab.locator("tbody th a", has_text=title).first.click()
    tab.wait_for_url("**/articles/*")


def test_readings_open_by_keyboard_beside_the_words(tab: Page, address: str) -> None:
    opened(tab, address, "Ferries")
    assert faults(tab) == []
    assert not overflows(tab)
    chips = tab.locator("a.chip")
    chips.first.focus()
    tab.keyboard.press("Enter")
    panel = tab.locator("#reading")
    expect(panel).to_be_focused()
    expect(panel.locator("h2 .chip")).to_have_text("1")
    assert "statement=" in tab.url
    assert faults(tab) == []
    assert not overflows(tab)
    where = panel.bounding_box()
    text = tab.locator(".text p.block").first.bounding_box()
    assert where is not None
    assert text is not None
    beside = where["x"] >= text["x"] + text["width"]
    under = where["y"] >= text["y"] + text["height"]
    assert beside if tab.viewport_size == {"width": 1280, "height": 900} else under
    tab.keyboard.press("j")
    expect(panel.locator("h2 .chip")).to_have_text("2")
    expect(chips.nth(1)).to_have_attribute("aria-current", "true")
    tab.keyboard.press("ArrowLeft")
    expect(panel.locator("h2 .chip")).to_have_text("1")
    tab.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(chips.first).to_be_focused()
    assert "statement=" not in tab.url
    tab.go_back()
    expect(panel.locator("h2 .chip")).to_have_text("1")


def test_a_click_on_the_words_opens_their_reading(tab: Page, address: str) -> None:
    opened(tab, address, "Ferries")
    words = tab.locator(".text .m.content").last
    words.click()
    expect(tab.locator("#reading")).to_have_attribute("data-statement", words.get_attribute("data-statement") or "")
    expect(words).to_have_class(re.compile(r"\bsel\b"))


def test_a_reading_is_corrected_rejected_and_restored_by_keyboard(
    tab: Page, own_address: str, own_ferries: Path
) -> None:
    opened(tab, own_address, "Ferries")
    tab.locator("a.chip").first.focus()
    tab.keyboard.press("Enter")
    panel = tab.locator("#reading")
    panel.locator("summary").focus()
    tab.keyboard.press("Enter")
    said = panel.get_by_label("Said on")
    said.focus()
    tab.keyboard.press("Control+A")
    tab.keyboard.type("soon")
    tab.keyboard.press("Enter")
    expect(panel.locator("#e-said")).to_contain_text("is no day")
    expect(said).to_have_value("soon")
    said.focus()
    tab.keyboard.press("Control+A")
    tab.keyboard.type("2031-03-01")
    tab.keyboard.press("Enter")
    expect(panel.locator(".state")).to_contain_text("Corrected by ana")
    expect(panel).to_contain_text("1 March 2031")
    panel.get_by_role("button", name="Reject").focus()
    tab.keyboard.press("Enter")
    expect(panel).to_have_class(re.compile("rejected"))
    expect(tab.locator(".text .m.gone").first).to_be_visible()
    assert faults(tab) == []
    panel.get_by_role("button", name="Undo").first.focus()
    tab.keyboard.press("Enter")
    expect(panel.locator(".state")).to_contain_text("Corrected by ana")
    with quoth.open(own_ferries) as case:
        assert [j.kind.value for j in case.judgements()] == ["correct", "reject", "withdraw"]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(hostile_case(tmp_path_factory.mktemp("hostile"))) as found:
        yield found


def test_a_hostile_article_runs_nothing_and_breaks_nothing(tab: Page, hostile: str) -> None:
    tab.on("dialog", lambda dialog: pytest.fail(f"a script of the article ran: {dialog.message}"))
    opened(tab, hostile, "gnihton")
    assert faults(tab) == []
    assert not overflows(tab)
    tab.keyboard.press("j")
    for _ in range(3):
        panel = tab.locator("#reading")
        expect(panel).to_be_visible()
        assert not overflows(tab)
        before = panel.get_attribute("data-statement")
        tab.keyboard.press("j")
        expect(panel).not_to_have_attribute("data-statement", before or "")
    assert faults(tab) == []
    assert tab.evaluate("getComputedStyle(document.querySelector('.text')).direction") == "ltr"


def test_a_line_of_a_megabyte_fits_the_screen(tab: Page, hostile: str) -> None:
    opened(tab, hostile, "A line")
    assert not overflows(tab)
    chips = tab.locator("a.chip")
    chips.nth(300).focus()
    tab.keyboard.press("Enter")
    expect(tab.locator("#reading h2 .chip")).to_have_text("301")
    assert not overflows(tab)


def test_without_a_script_links_and_forms_do_the_same(browser, own_address: str) -> None:  # type: ignore[no-untyped-def]
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    tab = context.new_page()
    opened(tab, own_address, "Ferries")
    tab.locator(".text .m.content").first.click()
    panel = tab.locator("#reading")
    expect(panel).to_be_visible()
    panel.get_by_role("button", name="Accept").click()
    expect(panel.locator(".state")).to_contain_text("Accepted by ana")
    panel.get_by_role("link", name="Close").click()
    expect(panel).to_have_count(0)
    context.close()
