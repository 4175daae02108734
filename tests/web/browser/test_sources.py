"""Sources and outlets in a browser, at both widths."""

from __future__ import annotations

from browsing import at, faults, overflows
from playwright.sync_api import Page, expect


def test_from_the_list_to_a_source_and_its_words_by_keyboard(tab: Page, address: str) -> None:
    tab.goto(at(address, "/sources"))
    assert faults(tab) == []
    assert not overflows(tab)
    tab.get_by_label("Name, in any script").focus()
    tab.keyboard.type("Дорн")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/sources?name=*")
    link = tab.get_by_role("link", name="Ana Dorn")
    link.focus()
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", level=1)).to_have_text("Ana Dorn")
    assert faults(tab) == []
    assert not overflows(tab)
    turn = tab.locator(".turns > li").first
    expect(turn).to_contain_text("by the end of 2031")
    expect(turn).to_contain_text("by the end of June 2032")
    expect(tab.get_by_role("region", name="Who relays them")).to_contain_text("The Courier")
    by_act = tab.get_by_role("list", name="By act").get_by_role("link").first
    by_act.focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url("**act=*")
    expect(tab.locator(".chips")).to_contain_text("Clear all")


def test_a_source_is_rated_and_the_rating_taken_back(tab: Page, own_address: str) -> None:
    tab.goto(at(own_address, "/sources?name=Dorn"))
    tab.get_by_role("link", name="Ana Dorn").click()
    tab.get_by_text("Rate", exact=True).focus()
    tab.keyboard.press("Enter")
    tab.get_by_label("Letter").select_option("B")
    tab.get_by_label("Only about").fill("ferries")
    tab.get_by_role("button", name="Write down").click()
    section = tab.get_by_role("region", name="How reliable")
    expect(section).to_contain_text("usually reliable, about ferries")
    assert faults(tab) == []
    section.get_by_role("button", name="Take back").click()
    expect(tab.get_by_role("region", name="How reliable")).to_contain_text("Nobody has rated")


def test_two_names_are_said_to_be_one_and_that_is_undone(tab: Page, own_address: str) -> None:
    tab.goto(at(own_address, "/sources?name=Dorn"))
    tab.get_by_role("link", name="Ana Dorn").click()
    tab.get_by_text("Another name is theirs too").click()
    tab.get_by_label("The other name").fill("Coast Watch")
    tab.get_by_role("button", name="They are one").click()
    names = tab.get_by_role("region", name="Names")
    expect(names).to_contain_text("Coast Watch")
    expect(names).to_contain_text("one")
    names.get_by_role("button", name="Undo").click()
    tab.goto(at(own_address, "/sources"))
    expect(tab.get_by_role("link", name="Coast Watch")).to_be_visible()
    expect(tab.get_by_role("link", name="Ana Dorn")).to_be_visible()


def test_an_outlet_and_its_utterances(tab: Page, address: str) -> None:
    tab.goto(at(address, "/outlets"))
    assert faults(tab) == []
    assert not overflows(tab)
    tab.get_by_role("link", name="The Courier").click()
    expect(tab.get_by_role("heading", name="What it originates")).to_be_visible()
    assert faults(tab) == []
    assert not overflows(tab)
    tab.locator(".tabs").get_by_role("link", name="at first hand").click()
    expect(tab.locator(".utterances .saying").first).to_be_visible()
    expect(tab.locator(".tabs [aria-current]")).to_contain_text("at first hand")
    assert faults(tab) == []
