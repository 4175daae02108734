"""What tests look for on every page."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def faults(page: Page) -> list[str]:
    """What axe-core finds serious or critical on a page, each with the first elements that have it."""
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    serious = [one for one in found if one["impact"] in {"serious", "critical"}]
    return [f"{one['id']}: {[node['html'][:120] for node in one['nodes'][:3]]}" for one in serious]


def overflows(page: Page) -> bool:
    """Whether the page can be scrolled sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"))


def at(address: str, path: str) -> str:
    """Another page of the desk, let in by its link."""
    base, _, query = address.partition("/?")
    return f"{base}{path}{'&' if '?' in path else '?'}{query}"
