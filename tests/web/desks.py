"""Desks for tests: a case of invented articles, the application over it, and a client that is let in."""

from __future__ import annotations

import asyncio
import shutil
import threading
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, TypeVar

import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient

import quoth
from quoth.web.app import application
from quoth.web.desk import Desk
from quoth.web.guard import Guard, Policy, Role
from quoth.web.guard.accounts import Accounts, accounts_file
from quoth.web.guard.link import Link
from quoth.web.jobs import Jobs
from quoth.web.seen import Seen
from quoth.web.serving import listening

T = TypeVar("T")

TOKEN = "a-token-for-tests"

FERRIES = {
    "courier.txt": (
        "The Courier",
        "2031-03-04",
        "Minister Ana Dorn said on Tuesday that 12 ferries will be delivered to Port Vell by the end of 2031.\n\n"
        "The opposition leader Piet Marsh denied that any ferries had been ordered.",
    ),
    "herald.txt": (
        "Port Herald",
        "2031-03-06",
        "Ana Dorn, the transport minister, said on Thursday that 9 ferries will be delivered to Port Vell by the end "
        "of June 2032.\n\n"
        "According to Coast Watch, three people were injured in the harbour of Port Vell on Wednesday.",
    ),
    "gazette.txt": (
        "Gazette",
        "2031-03-07",
        "Coast Watch said on Friday that five people were injured in the harbour of Port Vell on Wednesday.\n\n"
        "“Nobody asked us,” Piet Marsh told the Port Herald.",
    ),
}
"""File → outlet, day and text of articles of our own about an invented dispute."""


def made_case(folder: Path) -> Path:
    """A case of the articles, as `quoth add` makes it."""
    articles = folder / "articles"
    articles.mkdir()
    for name, (outlet, day, text) in FERRIES.items():
        head = (
            f"---\noutlet: {outlet}\npublished: {day}\nurl: https://{outlet.split()[-1].lower()}.example/{name}\n---\n"
        )
        (articles / name).write_text(f"{head}Ferries for Port Vell\n\n{text}\n", encoding="utf-8")
    path = folder / "ferries.db"
    with quoth.open(path) as case:
        case.add(articles)
    return path


def run_apart(work: Coroutine[Any, Any, T]) -> T:
    """What a coroutine gives, in a thread of its own: Playwright's loop may be running in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def copied(case: Path, folder: Path) -> Path:
    """A copy of a case with all that is beside it."""
    for file in case.parent.glob(f"{case.name}*"):
        (shutil.copytree if file.is_dir() else shutil.copy)(file, folder / file.name)
    return folder / case.name


@contextmanager
def opened_desk(path: Path) -> Iterator[Desk]:
    desk = Desk(path)
    desk.wait(30)
    try:
        yield desk
    finally:
        desk.close()


def application_of(path: Path, desk: Desk, name: str, port: int, role: Role = Role.ADMIN) -> FastAPI:
    """The whole application, for whoever has the token, who gets that role."""
    accounts = Accounts(accounts_file(path, path.parent.joinpath))
    guard = Guard(policy=Policy(port=port), accounts=accounts, link=Link(name, TOKEN, role))
    jobs = Jobs(str(path), profile="rules", allow_private=True, wake=desk.wake)
    return application(desk, guard, Seen(":memory:"), jobs)


@contextmanager
def client_of(path: Path, *, name: str = "ana", role: Role = Role.ADMIN) -> Iterator[TestClient]:
    """A client of the whole application, in this process, that has the token."""
    desk = Desk(path)
    desk.wait(30)
    app = application_of(path, desk, name, 80, role)
    with TestClient(app, base_url="http://127.0.0.1", follow_redirects=False) as client:
        client.get("/", params={"token": TOKEN})
        yield client


@contextmanager
def served(path: Path) -> Iterator[str]:
    """The address of a desk that a browser can open; it lets whoever opens it in."""
    desk = Desk(path)
    desk.wait(60)
    with listening(None, first=8700) as listener:
        port = listener.getsockname()[1]
        app = application_of(path, desk, "ana", port)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
        running = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        running.start()
        try:
            yield f"http://127.0.0.1:{port}/?token={TOKEN}"
        finally:
            server.should_exit = True
            running.join(10)


@contextmanager
def site_with(story: str) -> Iterator[str]:
    """The address of a server on this machine that has one page, `/story.html`."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = self.path == "/story.html"
            body = f"<html><body><article><h1>Ferries</h1><p>{story}</p></article></body></html>".encode()
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(body if found else b"")

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
