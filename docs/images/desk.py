"""Photograph the desk for the README and docs: `python docs/images/desk.py [--only NAME]` (`make screenshots`).

A desk is served over a new case of the bundled story, and for the map over one of the notes in `oreshnik/`; Chromium,
Playwright's or the system's, opens its pages.  Look at the pictures before they are committed.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
EXAMPLES = HERE.parent.parent / "examples" / "articles"
DESK, PHONE = {"width": 1280, "height": 820}, {"width": 390, "height": 780}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--hide-scrollbars"]


def board(page: Page) -> None:
    page.goto("/")


def question(page: Page) -> None:
    board(page)
    page.locator("ol.questions h2 a", has_text=re.compile("^When")).first.click()
    page.wait_for_load_state()


def article(page: Page) -> None:
    page.goto("/review")
    page.goto(page.locator("a[href*='?statement=']").first.get_attribute("href") or "/articles")
    page.wait_for_load_state()


def review(page: Page) -> None:
    page.goto("/review")


def source(page: Page) -> None:
    page.goto("/sources")
    page.locator("main a[href^='/sources/']:not([href*='unnamed'])").first.click()
    page.wait_for_load_state()


def calendar(page: Page) -> None:
    page.goto("/calendar")


def map_(page: Page) -> None:
    page.goto("/map")


PICTURES: dict[str, tuple[Path, Callable[[Page], None], dict[str, int], str]] = {
    "desk-questions": (EXAMPLES, board, DESK, "light"),
    "desk-question": (EXAMPLES, question, DESK, "light"),
    "desk-article": (EXAMPLES, article, DESK, "light"),
    "desk-review": (EXAMPLES, review, DESK, "dark"),
    "desk-source": (EXAMPLES, source, DESK, "light"),
    "desk-calendar": (EXAMPLES, calendar, DESK, "light"),
    "desk-map": (HERE / "oreshnik", map_, DESK, "light"),
    "desk-phone": (EXAMPLES, question, PHONE, "light"),
}
"""Name → articles, what is opened, the window, and the colours."""


@contextmanager
def served(articles: Path, folder: Path) -> Iterator[str]:
    """The link of a desk over a new case of these articles."""
    quoth = [sys.executable, "-m", "quoth", "--case", str(folder / f"{articles.name}.db")]
    subprocess.run([*quoth, "add", str(articles)], check=True, capture_output=True)
    server = subprocess.Popen(
        [*quoth, "serve", "--by", "ana"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        assert server.stdout is not None
        yield server.stdout.readline().strip()
    finally:
        server.terminate()
        server.wait(30)


def photograph(browser: Browser, link: str, name: str) -> None:
    _, opened, window, colours = PICTURES[name]
    context = browser.new_context(
        viewport=window,
        color_scheme=colours,
        base_url=link.partition("/?")[0],
        reduced_motion="reduce",  # type: ignore[arg-type]
    )
    page = context.new_page()
    page.goto(link)
    page.wait_for_selector("h1:not(:has-text('A moment'))", timeout=60_000)
    opened(page)
    page.evaluate("document.activeElement.blur()")
    page.screenshot(path=HERE / f"{name}.png")
    context.close()
    print(HERE / f"{name}.png")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=list(PICTURES), help="one picture")
    options = parser.parse_args()
    names = [options.only] if options.only else list(PICTURES)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
        found = str(own) if own.exists() else shutil.which("chromium")
        if found is None:
            print("There is no Chromium: apt-get install chromium, or playwright install chromium", file=sys.stderr)
            return 2
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        for articles in dict.fromkeys(PICTURES[name][0] for name in names):
            with served(articles, Path(folder)) as link:
                for name in (n for n in names if PICTURES[n][0] == articles):
                    photograph(browser, link, name)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
