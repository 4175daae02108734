from __future__ import annotations

from pathlib import Path

from browsing import faults, overflows
from playwright.sync_api import Browser, Page

import quoth


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


def test_the_slider_goes_back_by_keyboard(tab: Page, address: str) -> None:
    tab.goto(address)
    tab.locator(".slider .range").focus()
    assert tab.locator(".slider .range").get_attribute("aria-valuetext") == "2031-03-07"
    tab.keyboard.press("ArrowLeft")
    tab.wait_for_url("**as_of=2031-03-06**")
    assert "2 articles" in tab.locator(".sum").inner_text()
    assert tab.locator("#as-of").input_value() == "2031-03-06"
    assert faults(tab) == []
    tab.get_by_role("link", name="Back to now").click()
    tab.wait_for_url("**/")
    assert "3 articles" in tab.locator(".sum").inner_text()


def test_filters_apply_at_once_and_are_taken_away(tab: Page, address: str) -> None:
    tab.goto(address)
    every = tab.locator("ol.questions > li").count()
    filters = tab.locator("details.side")
    if filters.get_attribute("open") is None:  # on a phone
        filters.locator("summary").focus()
        tab.keyboard.press("Enter")
    tab.locator("#f-dispute").select_option("disputed")
    tab.wait_for_url("**/?dispute=disputed")
    assert tab.locator("ol.questions > li").count() < every
    tab.locator(".chips a").first.focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/")
    assert tab.locator("ol.questions > li").count() == every


def test_without_scripts_forms_do_the_same(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert not page.locator(".slider .range").is_visible()
    page.locator("#as-of").fill("2031-03-04")
    page.locator(".slider button").click()
    assert "1 article" in page.locator(".sum").inner_text()
    page.locator("#f-source").fill("Dorn")
    page.locator(".filters button").click()
    assert page.locator(".chips").inner_text().startswith("said by Dorn")
    assert "as_of=2031-03-04" in page.url
    context.close()


def test_what_another_program_adds_is_marked_as_new(tab: Page, own_address: str, own_ferries: Path) -> None:
    tab.goto(own_address)
    assert tab.locator(".new").count() == 0
    article = own_ferries.parent / "post.txt"
    article.write_text(
        "---\noutlet: Post\npublished: 2031-03-09\n---\nFerries\n\n"
        "Ana Dorn said on Sunday that 7 ferries will be delivered to Port Vell by May 2033.\n"
    )
    with quoth.open(own_ferries) as case:
        case.add(article)
    tab.wait_for_timeout(2500)  # the desk looks every two seconds
    tab.reload()
    tab.locator(".news a").focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/?changed=1")
    assert tab.locator(".new").count() >= 1
    assert faults(tab) == []
    tab.get_by_role("button", name="Mark all as seen").focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/")
    assert tab.locator(".new").count() == 0


def test_dark_and_narrow(tab: Page, address: str) -> None:
    tab.set_viewport_size({"width": 320, "height": 700})
    tab.emulate_media(color_scheme="dark")
    tab.goto(address)
    assert not overflows(tab)
    assert faults(tab) == []
