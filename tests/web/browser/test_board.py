from __future__ import annotations

from browsing import faults, overflows
from playwright.sync_api import Page


def test_board_with_the_keyboard(tab: Page, address: str) -> None:
    tab.goto(address)
    assert tab.title() == "Questions · ferries"
    assert "token" not in tab.url
    assert faults(tab) == []
    assert not overflows(tab)
    tab.keyboard.press("/")
    tab.keyboard.type("injured")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/?text=injured")
    assert tab.locator(".chips").inner_text().startswith("holding “injured”")
    rows = tab.locator("ol.questions h2").all_inner_texts()
    assert rows
    assert all("injured" in row for row in rows)
