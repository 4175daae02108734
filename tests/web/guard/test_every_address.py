"""Every address of the desk, also those that are added later: none without a session, nothing changed without its word,
nothing judged or added by who may only look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from desks import TOKEN, client_of
from fastapi.testclient import TestClient
from starlette.routing import BaseRoute, Mount

from quoth.web.guard import Role
from quoth.web.guard.csrf import word_of

SAFE = {"GET", "HEAD", "OPTIONS"}
FOR_READERS = {
    "/accounts/own",  # one's own password; at a desk of one person there is none
    "/login",
    "/logout",
    "/seen",
}
"""What somebody who may only look may send."""


def addresses(routes: list[BaseRoute], above: str = "") -> Iterator[tuple[str, str]]:
    """Method and path, with "x" where something is to be filled in."""
    for route in routes:
        if isinstance(route, Mount):
            yield from addresses(list(route.routes), above + route.path)
            continue
        included = getattr(route, "original_router", None)  # as FastAPI keeps what is included
        if included is not None:
            yield from addresses(list(included.routes), above)
            continue
        for method in getattr(route, "methods", None) or ():
            yield method, re.sub(r"\{[^}]*\}", "x", above + route.path)  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def looking(ferries: Path) -> Iterator[TestClient]:
    with client_of(ferries, role=Role.READER) as client:
        yield client


@pytest.fixture(scope="module")
def every(looking: TestClient) -> list[tuple[str, str]]:
    found = sorted(set(addresses(looking.app.routes)))  # type: ignore[attr-defined]
    assert len(found) > 40
    assert ("POST", "/add") in found
    assert any(path.startswith("/api/v1/") and method not in SAFE for method, path in found)
    return found


def test_every_address_needs_a_session(looking: TestClient, every: list[tuple[str, str]]) -> None:
    stranger = TestClient(looking.app, base_url="http://127.0.0.1", follow_redirects=False)
    answers = {(method, path): stranger.request(method, path).status_code for method, path in every}
    assert {address: status for address, status in answers.items() if status != 401} == {}


def test_every_address_that_changes_something_needs_the_session_s_word(
    looking: TestClient, every: list[tuple[str, str]]
) -> None:
    changing = [(method, path) for method, path in every if method not in SAFE]
    answers = {(method, path): looking.request(method, path, data={"a": "b"}) for method, path in changing}
    wrong = {address: answer.status_code for address, answer in answers.items() if answer.status_code != 403}
    assert wrong == {}
    assert all("The form was not of this session" in answer.text for answer in answers.values())


def test_every_address_that_changes_the_case_needs_a_reviewer(
    looking: TestClient, every: list[tuple[str, str]]
) -> None:
    head = {"X-Quoth-CSRF": word_of(looking.cookies["quoth-80"])}
    answers = {
        (method, path): looking.request(method, path, headers=head, files=[("kind", (None, "text"))]).status_code
        for method, path in every
        if method not in SAFE and path not in FOR_READERS
    }
    assert {address: status for address, status in answers.items() if status not in (403, 422)} == {}
    assert 403 in answers.values()


def test_every_answer_is_closed(looking: TestClient, every: list[tuple[str, str]]) -> None:
    for method, path in every:
        if method == "GET" and path not in ("/logout",):
            headers = looking.get(path, headers={"Authorization": f"Bearer {TOKEN}"}).headers
            assert "unsafe-inline" not in headers["content-security-policy"].partition("style-src")[0], path
            assert headers["x-content-type-options"] == "nosniff", path
            assert headers["x-frame-options"] == "DENY", path
