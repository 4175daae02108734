"""A real Chromium, at the width of a desk and of a phone; without one these tests are skipped, and say so."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from desks import served
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
]  # fmt: skip
REFUSED = "status of 422"
WIDTHS = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
        found = str(own) if own.exists() else shutil.which("chromium") or shutil.which("google-chrome")
        if found is None:
            pytest.skip("there is no Chromium: apt-get install chromium, or playwright install chromium")
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def address(ferries: Path) -> Iterator[str]:
    """Of a desk that is only looked at."""
    with served(ferries) as found:
        yield found


@pytest.fixture
def own_address(own_ferries: Path) -> Iterator[str]:
    """Of a desk whose case may be changed."""
    with served(own_ferries) as found:
        yield found


@pytest.fixture(params=list(WIDTHS))
def context(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    """At both widths; what a page complains of on its console fails the test."""
    found = browser.new_context(viewport=WIDTHS[request.param])  # type: ignore[arg-type]
    found.set_default_timeout(10_000)
    yield found
    found.close()


@pytest.fixture
def tab(context: BrowserContext) -> Iterator[Page]:
    """A page on which no error may appear: none of a script, none of the content security policy.  That a form was
    refused is none."""
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "console", lambda told: wrong.append(told.text) if told.type == "error" and REFUSED not in told.text else None
    )
    yield page
    assert wrong == []
