"""The queue in a browser: a key for everything, a button for every key, and nothing lost where the desk fails."""

from __future__ import annotations

from pathlib import Path

from browsing import faults, overflows
from playwright.sync_api import Page, Route, expect

import quoth


def place(tab: Page) -> str:
    return tab.locator("#item").get_attribute("data-place") or ""


def opened(tab: Page, address: str) -> str:
    tab.goto(address)
    tab.goto(address.split("/?")[0] + "/review?below=1")
    return place(tab)


def changed(tab: Page, before: str) -> str:
    expect(tab.locator("#item")).not_to_have_attribute("data-place", before)
    return place(tab)


def test_the_queue_by_keyboard_alone(tab: Page, own_address: str, own_ferries: Path) -> None:
    first = opened(tab, own_address)
    assert faults(tab) == []
    assert not overflows(tab)
    tab.keyboard.press("a")
    second = changed(tab, first)
    expect(tab.locator("#done")).to_contain_text("Accepted")
    tab.keyboard.press("r")
    third = changed(tab, second)
    expect(tab.locator("#done")).to_contain_text("Rejected")
    tab.keyboard.press("u")
    assert changed(tab, third) == second
    expect(tab.locator("#done")).to_contain_text("Undone")
    tab.keyboard.press("ArrowRight")
    assert changed(tab, second) == third
    tab.keyboard.press("k")
    assert changed(tab, third) == second
    assert faults(tab) == []
    assert not overflows(tab)
    tab.keyboard.press("?")
    expect(tab.locator("#keys dl")).to_be_visible()
    with quoth.open(own_ferries) as case:
        judged = [(j.kind.value, j.subject) for j in case.judgements()]
    assert judged[:2] == [("accept", first.split("-")[1]), ("reject", second.split("-")[1])]
    assert judged[2][0] == "withdraw"
    assert len(judged) == 3


def test_a_correction_by_keyboard(tab: Page, own_address: str, own_ferries: Path) -> None:
    first = opened(tab, own_address)
    tab.keyboard.press("c")
    source = tab.get_by_label("Who says it")
    expect(source).to_be_focused()
    tab.keyboard.type("Somebody Else")
    said = tab.get_by_label("Said on")
    said.fill("soon")
    said.press("Enter")
    expect(tab.locator("#e-said")).to_contain_text("is no day")
    expect(said).to_be_focused()
    expect(source).to_have_value("Somebody Else")
    assert faults(tab) == []
    tab.keyboard.press("Control+A")
    tab.keyboard.type("2031-03-01")
    tab.keyboard.press("Enter")
    changed(tab, first)
    expect(tab.locator("#done")).to_contain_text("Corrected")
    with quoth.open(own_ferries) as case:
        assert [s.source.name for s in case.statements() if s.pattern == "review"] == ["Somebody Else"]


def test_letters_that_are_typed_are_no_keys(tab: Page, own_address: str, own_ferries: Path) -> None:
    first = opened(tab, own_address)
    tab.get_by_label("Note (may stay empty)").first.focus()
    tab.keyboard.type("arcu jk")
    assert place(tab) == first
    tab.keyboard.press("Escape")
    expect(tab.locator("#item")).to_be_focused()
    with quoth.open(own_ferries) as case:
        assert not list(case.judgements())


def test_what_could_not_be_written_down_comes_back(tab: Page, own_address: str) -> None:
    first = opened(tab, own_address)

    def fail(route: Route) -> None:
        route.fulfill(status=200, content_type="application/json", body='{"detail": "the disk is full"}')

    tab.route("**/statements/*/accept", fail)
    tab.keyboard.press("a")
    expect(tab.locator("#done")).to_contain_text("not written down: the disk is full")
    assert place(tab) == first
    tab.unroute("**/statements/*/accept")
    tab.keyboard.press("a")
    changed(tab, first)
    expect(tab.locator("#done")).to_contain_text("Accepted")


def test_many_keys_in_a_row_lose_nothing(tab: Page, own_address: str, own_ferries: Path) -> None:
    met = [opened(tab, own_address)]
    for key in "arar":
        tab.keyboard.press(key)
        met.append(changed(tab, met[-1]))
    tab.wait_for_load_state("networkidle")
    with quoth.open(own_ferries) as case:
        judged = [(j.kind.value[0], j.subject) for j in case.judgements()]
    assert judged == [(key, at.split("-")[1]) for key, at in zip("arar", met, strict=False)]


def test_every_key_has_a_button_without_a_script(browser, own_address: str) -> None:  # type: ignore[no-untyped-def]
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    tab = context.new_page()
    first = opened(tab, own_address)
    tab.get_by_role("button", name="Accept").click()
    second = changed(tab, first)
    tab.get_by_role("button", name="Undo").click()
    assert changed(tab, second) == first
    tab.get_by_role("link", name="Skip", exact=False).last.click()
    assert changed(tab, first) == second
    tab.get_by_role("link", name="Back").click()
    assert changed(tab, second) == first
    tab.locator("details.correct summary").click()
    tab.get_by_label("Act", exact=True).last.select_option("threaten")
    tab.get_by_role("button", name="Write the correction down").click()
    changed(tab, first)
    context.close()


def test_the_log_undoes_at_both_widths(tab: Page, own_address: str) -> None:
    first = opened(tab, own_address)
    tab.keyboard.press("r")
    changed(tab, first)
    tab.wait_for_load_state("networkidle")
    tab.goto(own_address.split("/?")[0] + "/judgements")
    assert faults(tab) == []
    assert not overflows(tab)
    tab.get_by_role("button", name="Undo").focus()
    tab.keyboard.press("Enter")
    expect(tab.locator("tr.undone")).to_have_count(1)
    assert faults(tab) == []
