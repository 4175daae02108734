"""How much may be sent, and how slowly."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from desks import run_apart
from starlette.testclient import TestClient

from quoth.web.guard import Policy
from quoth.web.guard.limits import Limits
from quoth.web.guard.policy import PAGE_LIMIT

Word = Callable[[TestClient], str]


def test_limits_of_a_page(inside: TestClient, word: Word) -> None:
    right = {"X-Quoth-CSRF": word(inside)}
    assert inside.post("/take", content=b"x" * PAGE_LIMIT, headers=right).status_code == 200
    answer = inside.post("/take", content=b"x" * (PAGE_LIMIT + 1), headers=right)
    assert answer.status_code == 413
    assert "larger than 1 MB" in answer.text
    assert inside.post("/add", content=b"x" * (PAGE_LIMIT + 1), headers=right).status_code == 200


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "application/octet-stream"])
def test_limits_count_what_comes_and_not_what_is_said(inside: TestClient, kind: str, word: Word) -> None:
    right = {"X-Quoth-CSRF": word(inside), "Content-Type": kind}
    chunks = (b"x" * 50_000 for _ in range(30))
    assert inside.post("/take", content=chunks, headers=right).status_code == 413
    without = {"Content-Type": kind}
    chunks = (b"x" * 50_000 for _ in range(30))
    assert inside.post("/take", content=chunks, headers=without).status_code in (403, 413)


@pytest.mark.parametrize("length", ["-1", "x", "1e3", "²"])
def test_limits_of_a_length_that_is_none(inside: TestClient, length: str) -> None:
    assert inside.get("/", headers={"Content-Length": length.encode()}).status_code == 413


def ran(receive: Any, *, silence: float = 0.05, clock: Any = lambda: 0.0) -> list[dict[str, Any]]:
    """What is answered to a body that comes by `receive`."""
    sent: list[dict[str, Any]] = []

    async def reads(scope: Any, receive: Any, send: Any) -> None:
        while (await receive()).get("more_body"):
            pass

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/take", "headers": []}
    run_apart(Limits(reads, Policy(port=1), silence=silence, clock=clock)(scope, receive, send))
    return sent


def test_limits_whoever_falls_silent_is_not_waited_for() -> None:
    async def receive() -> Any:
        await asyncio.sleep(60)

    assert ran(receive)[0]["status"] == 408


def test_limits_whoever_trickles_is_not_waited_for() -> None:
    times = iter(range(0, 100_000, 10))

    async def receive() -> Any:
        return {"type": "http.request", "body": b"x", "more_body": True}

    assert ran(receive, clock=lambda: float(next(times)))[0]["status"] == 408


def test_limits_waiting_for_the_browser_to_go_away_has_no_end() -> None:
    """A page that tells as it goes along waits so."""

    async def both() -> list[Any]:
        messages = iter([{"type": "http.request", "body": b""}])
        got: list[Any] = []

        async def receive() -> Any:
            for message in messages:
                return message
            await asyncio.sleep(0.2)
            return {"type": "http.disconnect"}

        async def reads(scope: Any, receive: Any, send: Any) -> None:
            got.extend([await receive(), await receive()])

        async def send(message: Any) -> None: ...

        scope = {"type": "http", "method": "GET", "path": "/", "headers": []}
        await Limits(reads, Policy(port=1), silence=0.05)(scope, receive, send)
        return got

    assert [message["type"] for message in run_apart(both())] == ["http.request", "http.disconnect"]
