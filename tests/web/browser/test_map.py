"""The map in a browser, at both widths."""

from __future__ import annotations

import pytest
from browsing import at, faults, overflows
from desks import served
from playwright.sync_api import Page, expect

import quoth

PLACES = {
    "a.txt": "Minister Ana Dorn said on Tuesday that 12 ferries will be delivered to Sevastopol by the end of 2031.",
    "b.txt": "Piet Marsh said that nine people were injured in Warsaw on Wednesday. Marsh said that two were killed in "
    "Poland on Wednesday.",
}


@pytest.fixture(scope="module")
def map_address(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    """Of a desk whose articles name places of the gazetteer."""
    folder = tmp_path_factory.mktemp("places")
    (folder / "articles").mkdir()
    for name, text in PLACES.items():
        head = f"---\noutlet: The Courier\npublished: 2031-03-05\nurl: https://courier.example/{name}\n---\n"
        (folder / "articles" / name).write_text(f"{head}News\n\n{text}\n", encoding="utf-8")
    with quoth.open(folder / "places.db") as case:
        case.add(folder / "articles")
    with served(folder / "places.db") as found:
        yield found


def test_places_are_marks_and_rows_and_lead_to_what_is_said(tab: Page, map_address: str) -> None:
    tab.goto(at(map_address, "/map?view=places"))
    assert faults(tab) == []
    assert not overflows(tab)
    marks = tab.locator(".sheet a")
    assert marks.count() >= 2
    expect(tab.get_by_role("figure")).to_contain_text("Sevastopol are in Ukraine")
    row = tab.get_by_role("row", name="Sevastopol")
    expect(row).to_contain_text("Ukraine")
    row.get_by_role("link").focus()
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", level=2, name="Sevastopol")).to_be_visible()
    expect(tab.locator(".saying")).to_contain_text("12 ferries will be delivered to Sevastopol")
    assert faults(tab) == []


def test_the_map_is_moved_and_zoomed_by_links(tab: Page, map_address: str) -> None:
    tab.goto(at(map_address, "/map?view=world"))
    assert not overflows(tab)
    assert faults(tab) == []
    largest = tab.locator(".sheet .mark").first.bounding_box()
    assert largest is not None
    assert 0 < largest["x"] < tab.evaluate("innerWidth"), "the map begins where there is something to see"
    closer = tab.get_by_role("link", name="closer")
    closer.focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url("**span=*")
    for told in ("closer", "north", "east", "south", "west", "farther"):
        before = tab.url
        tab.get_by_role("link", name=told, exact=True).click()
        tab.wait_for_url(lambda url, before=before: url != before)
    expect(tab.locator(".sheet svg .land")).to_be_attached()


def test_a_country_as_a_whole_is_drawn_as_a_square(tab: Page, map_address: str) -> None:
    tab.goto(at(map_address, "/map?view=places"))
    assert tab.locator(".sheet .mark.area rect").count() > 0
    assert tab.locator(".sheet .mark:not(.area) circle").count() > 0


def test_the_dark_map_is_readable(tab: Page, map_address: str) -> None:
    tab.emulate_media(color_scheme="dark")
    tab.goto(at(map_address, "/map?view=places"))
    assert faults(tab) == []
