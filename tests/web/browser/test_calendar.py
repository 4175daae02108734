"""The calendar in a browser, at both widths."""

from __future__ import annotations

from browsing import at, faults, overflows
from playwright.sync_api import Page, expect


def test_deadlines_are_listed_drawn_and_filtered_by_keyboard(tab: Page, address: str) -> None:
    tab.goto(at(address, "/calendar"))
    assert faults(tab) == []
    assert not overflows(tab)
    expect(tab.get_by_role("region", name="December 2031")).to_contain_text("Ana Dorn")
    expect(tab.get_by_role("region", name="December 2031")).to_contain_text(
        "another date since: by the end of June 2032"
    )
    tab.get_by_label("What became of it").focus()
    tab.keyboard.type("another")
    tab.get_by_role("button", name="Show").focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url("**became=moved*")
    assert tab.get_by_role("region", name="June 2032").count() == 0
    expect(tab.get_by_role("region", name="December 2031")).to_be_visible()


def test_a_bar_leads_to_its_deadline(tab: Page, address: str) -> None:
    tab.goto(at(address, "/calendar"))
    bar = tab.locator(".sheet a").first
    bar.focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/calendar#d-*")
    assert tab.locator("li:target").count() == 1
    assert not overflows(tab)


def test_the_past_shows_what_was_known_then(tab: Page, address: str) -> None:
    tab.goto(at(address, "/calendar?as_of=2031-03-05"))
    expect(tab.get_by_role("region", name="December 2031")).to_contain_text("Still ahead.")
    assert faults(tab) == []


def test_the_calendar_file_is_offered(tab: Page, address: str) -> None:
    tab.goto(at(address, "/calendar"))
    with tab.expect_download() as download:
        tab.get_by_role("link", name="as a calendar file").click()
    assert download.value.suggested_filename == "deadlines.ics"


def test_dark_and_narrow(tab: Page, address: str) -> None:
    tab.emulate_media(color_scheme="dark")
    tab.set_viewport_size({"width": 320, "height": 700})
    for path in ("/calendar", "/sources", "/outlets", "/map"):
        tab.goto(at(address, path))
        assert faults(tab) == []
        assert not overflows(tab), path
