from __future__ import annotations

import csv
import io
from pathlib import Path

import pypdfium2
from browsing import faults, overflows
from playwright.sync_api import Page


def test_a_filtered_board_is_saved_and_written_up(tab: Page, address: str) -> None:
    tab.goto(address)
    tab.goto(f"{tab.url.rstrip('/')}/?text=injured")
    with tab.expect_download() as saving:
        tab.get_by_role("link", name="CSV").click()
    assert saving.value.suggested_filename == "quoth-questions-selected.csv"
    rows = list(csv.DictReader(io.StringIO(Path(saving.value.path()).read_text(encoding="utf-8"))))
    assert rows
    assert all("injured" in row["question"] for row in rows)
    tab.get_by_role("link", name="brief").first.click()
    assert tab.locator("h1").inner_text() == "Who said what"
    assert "holding “injured”" in tab.locator(".part").inner_text()
    colour = tab.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    assert colour not in {"rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"}, "its style sheet is not let through"
    assert faults(tab) == []
    assert not overflows(tab)


def test_the_page_that_offers_files_with_the_keyboard(tab: Page, address: str) -> None:
    tab.goto(address)
    tab.get_by_role("link", name="Export").click()
    assert faults(tab) == []
    assert not overflows(tab)
    tab.get_by_label("Title of the brief").focus()
    tab.keyboard.press("Control+A")
    tab.keyboard.type("Ferries for Port Vell")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/brief?*")
    assert tab.locator("h1").inner_text() == "Ferries for Port Vell"


def test_the_interface_is_told_of(tab: Page, address: str) -> None:
    tab.goto(address)
    tab.get_by_role("link", name="JSON interface").click()
    assert tab.locator("h1").inner_text() == "JSON interface"
    assert faults(tab) == []
    assert not overflows(tab)


def printed(page: Page) -> str:
    with pypdfium2.PdfDocument(page.pdf(format="A4")) as document:
        return "\n".join(sheet.get_textpage().get_text_range() for sheet in document)


def test_the_board_on_paper(tab: Page, address: str) -> None:
    tab.goto(address)
    tab.goto(f"{tab.url.rstrip('/')}/?text=injured")
    told = printed(tab)
    assert "How many people were injured in Port Vell?" in told
    assert "Only: holding “injured”" in " ".join(told.split())
    assert "It does not say who is right." in told
    for control in ("Search", "Calendar", "Filters", "Show", "Said by", "Clear all"):
        assert control not in told


def test_the_brief_on_paper(tab: Page, address: str) -> None:
    tab.goto(address)
    tab.goto(f"{tab.url.rstrip('/')}/brief?text=injured")
    told = " ".join(printed(tab).split())
    assert "A part of the case, chosen by: holding “injured”." in told
    assert "five people were injured in the harbour of Port Vell" in told


def test_an_article_and_a_question_on_paper(tab: Page, address: str) -> None:
    tab.goto(address)
    base = tab.url.rstrip("/")
    tab.get_by_role("link", name="How many people were injured").first.click()
    tab.wait_for_url("**/questions/*")
    told = " ".join(printed(tab).split())
    assert "2 answers" in told
    assert "three people were injured in the harbour of Port Vell" in told
    tab.goto(f"{base}/articles?text=injured")
    tab.locator("main").get_by_role("link", name="Ferries for Port Vell").first.click()
    tab.wait_for_url("**/articles/*")
    marked = tab.locator("mark, [class*=content]").first
    tab.emulate_media(media="print")
    colour = marked.evaluate("mark => getComputedStyle(mark).backgroundColor")
    assert colour not in {"rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"}
    assert not tab.locator(".bar nav").is_visible()
    tab.emulate_media(media="screen")
    assert "Port Vell" in printed(tab)


def test_the_map_fits_its_paper(tab: Page, address: str) -> None:
    tab.goto(address)
    tab.goto(f"{tab.url.rstrip('/')}/map")
    tab.set_viewport_size({"width": 680, "height": 960})
    tab.emulate_media(media="print")
    assert not overflows(tab)
    drawn = tab.locator("main svg").first.bounding_box()
    assert drawn is not None
    assert drawn["width"] <= 680
