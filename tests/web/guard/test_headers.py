"""What every answer forbids a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from quoth.web.guard import Guard, Guarded, Policy
from quoth.web.guard.accounts import Accounts
from quoth.web.guard.headers import POLICY


@pytest.mark.parametrize("path", ["/", "/nowhere", "/static/desk.css", "/api/v1/x"])
@pytest.mark.parametrize("known", [True, False])
def test_headers_of_every_answer(inside, browser, path, known) -> None:
    headers = (inside if known else browser()).get(path).headers
    assert headers["content-security-policy"] == POLICY
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["x-frame-options"] == "DENY"
    assert "geolocation=()" in headers["permissions-policy"]
    assert "access-control-allow-origin" not in headers
    assert "strict-transport-security" not in headers


def test_headers_of_a_wrong_host_are_there_too(browser) -> None:
    answer = browser().get("/", headers={"Host": "evil.example"})
    assert answer.headers["content-security-policy"] == POLICY
    assert answer.headers["cache-control"] == "no-store"


def test_headers_an_endpoint_may_have_a_policy_of_its_own_and_no_more(inside) -> None:
    headers = inside.get("/own").headers
    assert headers["content-security-policy"] == "sandbox"
    assert headers["x-frame-options"] == "DENY"
    assert "server" not in headers


@pytest.mark.parametrize(
    ("path", "caching"),
    [
        ("/", "no-store"),
        ("/?v=1", "no-store"),
        ("/static/desk.css", "no-cache"),
        ("/static/desk.css?0123456789ab", "public, max-age=31536000, immutable"),
    ],
)
def test_headers_say_what_may_be_kept(inside, path, caching) -> None:
    assert inside.get(path).headers["cache-control"] == caching


@pytest.mark.parametrize("path", ["/broken", "/api/v1/broken"])
def test_headers_of_an_error_that_nobody_answers_for(link, path) -> None:
    """Nothing of it is told, and the page is as closed as the others."""
    client = TestClient(
        Guarded(Faulty(), Guard(policy=Policy(port=8000), accounts=Accounts(Path("/nowhere")), link=link)),
        base_url="http://127.0.0.1:8000",
        raise_server_exceptions=False,
    )
    answer = client.get(path, headers={"Authorization": f"Bearer {link.token}"})
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Quoth failed at this page." in answer.text
    assert answer.headers["content-security-policy"] == POLICY


class Faulty:
    async def __call__(self, scope, receive, send) -> None:
        raise ValueError("a secret of the case")
