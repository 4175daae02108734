"""A desk of three pages behind the guard, and browsers that ask it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from quoth.web.guard import Guard, Guarded, Policy, Role, csrf_of, reader_of, require
from quoth.web.guard.accounts import Accounts
from quoth.web.guard.link import Link


async def told(request: Request) -> Response:
    reader = reader_of(request)
    return PlainTextResponse(f"{reader.name} {reader.role} {csrf_of(request)}")


async def took(request: Request) -> Response:
    require(request, Role.REVIEWER)
    body = await request.body()
    return JSONResponse({"size": len(body), "whole": body.decode("latin-1")[:2_000]})


async def css(request: Request) -> Response:
    return PlainTextResponse("body {}", media_type="text/css")


async def own(request: Request) -> Response:
    return PlainTextResponse(
        "x", headers={"Content-Security-Policy": "sandbox", "Server": "mine", "X-Frame-Options": "no"}
    )


async def login(request: Request) -> Response:
    return PlainTextResponse(csrf_of(request))


def tiny() -> Starlette:
    return Starlette(
        routes=[
            Route("/", told),
            Route("/own", own),
            Route("/take", took, methods=["POST", "PUT"]),
            Route("/add", took, methods=["POST"]),
            Route("/login", login, methods=["GET", "POST"]),
            Route("/static/desk.css", css),
            Route("/static/deep/desk.css", css),
            Route("/static/desk.js", css),
            Route("/api/v1/take", took, methods=["POST"]),
            Route("/{rest:path}", told),
        ]
    )


Browser = Callable[..., TestClient]


@pytest.fixture
def link() -> Link:
    return Link("ana")


@pytest.fixture
def browser(link: Link) -> Browser:
    """A browser at a desk; without arguments at one that runs here for one person."""

    def make(
        policy: Policy | None = None, known: Link | None = None, base: str = "http://127.0.0.1:8000"
    ) -> TestClient:
        accounts = Accounts(Path("/nonexistent/accounts"))
        guard = Guard(policy=policy or Policy(port=8000), accounts=accounts, link=known or link)
        app = Guarded(tiny(), guard)
        return TestClient(app, base_url=base, follow_redirects=False)

    return make


@pytest.fixture
def inside(browser: Browser, link: Link) -> TestClient:
    """A browser that has opened the link."""
    client = browser()
    assert client.get("/", params={"token": link.token}).status_code == 303
    return client


@pytest.fixture
def word() -> Callable[[TestClient], str]:
    """What a browser's forms have to carry."""
    return lambda client: client.get("/").text.split()[-1]
