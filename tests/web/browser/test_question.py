"""A question in a real browser: by keyboard alone, at a desk and on a phone."""

from __future__ import annotations

import re

import pytest
from browsing import faults, overflows
from playwright.sync_api import Page, expect

FERRIES = "How many ferries will be delivered to Port Vell?"
INJURED = "How many people were injured in Port Vell?"


def opened(tab: Page, address: str, text: str = FERRIES) -> None:
    tab.goto(address)
    tab.get_by_role("link", name=text, exact=True).first.press("Enter")
    expect(tab.get_by_role("heading", level=1)).to_have_text(text)
    tab.wait_for_load_state()


def tabbed(tab: Page, target: str, most: int = 120) -> None:
    """Go on by the Tab key until that is focused."""
    for _ in range(most):
        tab.keyboard.press("Tab")
        if tab.evaluate("target => document.activeElement?.matches(target)", target):
            return
    raise AssertionError(f"{target} is not reached by the Tab key")


def test_a_question_is_readable_by_everybody(tab: Page, address: str) -> None:
    opened(tab, address)
    tab.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert faults(tab) == []
    assert not overflows(tab)
    tab.set_viewport_size({"width": 320, "height": 640})
    assert not overflows(tab)


def test_a_mark_leads_to_its_words_by_keyboard(tab: Page, address: str) -> None:
    opened(tab, address)
    assert tab.locator("a.glyph:visible").count() == 2
    tabbed(tab, "a.glyph")
    name = tab.evaluate("document.activeElement.getAttribute('aria-label')")
    assert name == "Ana Dorn, 4 March 2031: 12 (planned); plans; probable; superseded"
    tab.keyboard.press("Enter")
    tab.wait_for_url("**#s-*")
    words = tab.locator("blockquote:target")
    expect(words).to_contain_text("12 ferries will be delivered to Port Vell by the end of 2031")
    expect(words).to_be_in_viewport()


def test_marks_are_large_enough_for_a_finger(tab: Page, address: str) -> None:
    opened(tab, address)
    for mark in tab.locator("a.glyph:visible .hit").all():
        box = mark.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 22  # of 24, on a phone that is narrower than the drawing


def test_days_are_stepped_through_by_keys(tab: Page, address: str) -> None:
    opened(tab, address, INJURED)
    tab.keyboard.press("[")
    tab.wait_for_url(re.compile("as_of=2031-03-07$"))
    expect(tab.locator("table.answers tbody tr")).to_have_count(2)
    tab.keyboard.press("[")
    tab.wait_for_url(re.compile("as_of=2031-03-06$"))
    expect(tab.locator(".verdict")).to_contain_text("nothing to lay side by side")
    assert faults(tab) == []
    tab.keyboard.press("]")
    tab.wait_for_url(re.compile("as_of=2031-03-07$"))


def test_an_utterance_has_its_way_drawn(tab: Page, address: str) -> None:
    opened(tab, address)
    tabbed(tab, ".answers a[href^='/origins/']")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/origins/*")
    assert tab.locator(".tree:visible a").count() == 2
    assert faults(tab) == []
    assert not overflows(tab)


@pytest.mark.parametrize("back", [True, False])
def test_a_question_is_named_split_and_made_whole_again_by_keyboard(tab: Page, own_address: str, back: bool) -> None:
    opened(tab, own_address)
    tabbed(tab, "input[name=part]")
    tab.keyboard.press("Space")
    expect(tab.locator("[data-chosen]")).to_have_text("Chosen: 1 statement.")
    tabbed(tab, "#name-words")
    tab.keyboard.press("Control+a")
    tab.keyboard.type("Ferries, by number")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", level=1)).to_have_text("Ferries, by number")
    if back:
        tabbed(tab, ".judged button")
        tab.keyboard.press("Enter")
        expect(tab.get_by_role("heading", level=1)).to_have_text(FERRIES)


def test_what_cannot_be_done_is_told_beside_the_form(tab: Page, own_address: str) -> None:
    opened(tab, own_address)
    tabbed(tab, "#note-split")
    tab.keyboard.type("a reason")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("alert")).to_contain_text("Choose the statements to split off, or an answer.")
    expect(tab.locator("#note-split")).to_have_value("a reason")
    assert faults(tab) == []
