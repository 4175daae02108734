"""How a desk may be reached: on this machine by default, in public only with what that needs."""

from __future__ import annotations

import dataclasses
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import trustme
import uvicorn
from argon2 import PasswordHasher

from quoth.web.guard import Role
from quoth.web.guard.accounts import Accounts
from quoth.web.guard.passwords import Passwords
from quoth.web.serving import NoPort, NotPublic, Reached, config_of, guard_of, link_of, listening

PUBLIC = Reached(public=True, host="0.0.0.0", names=frozenset({"desk.example.org"}), proxy=True)


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    found = Accounts(tmp_path / "accounts", Passwords(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)))
    found.add("ana", Role.ADMIN, "seven grey herons")
    return found


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "127.0.0.2", "example.org", ""])
def test_serving_only_this_machine_without_accounts(accounts: Accounts, host: str) -> None:
    with pytest.raises(NotPublic):
        Reached(host=host).check(accounts)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_serving_this_machine(accounts: Accounts, host: str) -> None:
    Reached(host=host).check(accounts, allow_private=True)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"names": frozenset()}, "its own names"),
        ({"proxy": False}, "plain text"),
        ({"proxy": False, "certificate": "a.pem"}, "certificate and its key"),
        ({"key": "a.pem"}, "certificate and its key"),
        ({"public": False}, "on this machine alone"),
        ({"public": False, "host": "127.0.0.1"}, "for a public desk"),
    ],
)
def test_serving_in_public_needs(accounts: Accounts, change: dict[str, object], why: str) -> None:
    PUBLIC.check(accounts)
    with pytest.raises(NotPublic, match=why):
        dataclasses.replace(PUBLIC, **change).check(accounts)  # type: ignore[arg-type]


def test_serving_in_public_needs_an_admin_who_may_sign_in(accounts: Accounts) -> None:
    accounts.set_disabled("ana", True)
    with pytest.raises(NotPublic, match="needs an admin"):
        PUBLIC.check(accounts)


def test_serving_in_public_fetches_nothing_private(accounts: Accounts) -> None:
    with pytest.raises(NotPublic, match="private"):
        PUBLIC.check(accounts, allow_private=True)


def test_serving_cookies_are_secure_behind_tls(accounts: Accounts) -> None:
    for reached, secure, link in (
        (PUBLIC, True, "https://desk.example.org/"),
        (dataclasses.replace(PUBLIC, proxy=False, certificate="a", key="b"), True, "https://desk.example.org:8000/"),
        (dataclasses.replace(PUBLIC, proxy=False, insecure=True), False, "http://desk.example.org:8000/"),
    ):
        guard = guard_of(reached, 8000, "ana", accounts)
        assert guard.policy.secure is secure
        assert guard.link is None
        assert link_of(guard, reached, 8000) == link


def test_serving_ports(accounts: Accounts) -> None:
    with listening(0) as first:
        port = first.getsockname()[1]
        assert first.getsockname()[0] == "127.0.0.1"
        with listening(None, first=port) as second:
            assert port < second.getsockname()[1] <= port + 20
        with pytest.raises(NoPort, match=f"port {port} can be had"), listening(port):
            pass


class Served:
    """`quoth serve` as a program."""

    def __init__(self, case: Path, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "quoth", "--case", str(case), "serve", "--port", "0", *arguments],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
        assert self.process.stdout is not None
        self.link = self.process.stdout.readline().strip()

    def ended(self, how: int = signal.SIGINT) -> tuple[int, str]:
        self.process.send_signal(how)
        _, errors = self.process.communicate(timeout=40)
        return self.process.returncode, errors


def asked(url: str, host: str | None = None) -> int:
    request = urllib.request.Request(url, headers={"Host": host} if host else {})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_serving_as_a_program_ends_cleanly_and_logs_no_token(own_ferries: Path) -> None:
    served = Served(own_ferries)
    found = re.fullmatch(r"(http://127\.0\.0\.1:(\d+)/)\?token=([\w-]{43})", served.link)
    assert found is not None
    bare, port, token = found.groups()
    assert asked(bare) == 401
    assert asked(served.link) == 401  # the cookie is not kept by this client, so that the page behind is closed
    assert asked(bare, host=f"evil.example:{port}") == 421
    time.sleep(0.2)
    status, errors = served.ended()
    assert status == 0
    assert token not in errors
    assert "Traceback" not in errors


def test_serving_in_public_with_a_certificate(own_ferries: Path, tmp_path: Path) -> None:
    Accounts(own_ferries.with_name("ferries.db-accounts")).add("ana", Role.ADMIN, "seven grey herons")
    authority = trustme.CA()
    issued = authority.issue_cert("localhost")
    issued.private_key_pem.write_to_path(tmp_path / "key.pem")
    issued.cert_chain_pems[0].write_to_path(tmp_path / "cert.pem")
    served = Served(
        own_ferries, "--public", "--host-name", "localhost",
        "--tls-cert", str(tmp_path / "cert.pem"), "--tls-key", str(tmp_path / "key.pem"),
    )  # fmt: skip
    assert re.fullmatch(r"https://localhost:\d+/", served.link)
    port = int(served.link.rsplit(":", 1)[1].strip("/"))
    import ssl

    context = ssl.create_default_context()
    authority.configure_trust(context)
    with (
        socket.create_connection(("127.0.0.1", port)) as plain,
        context.wrap_socket(plain, server_hostname="localhost") as tls,
    ):
        tls.sendall(f"GET / HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: tls.recv(65_536), b"")).decode()
    assert answer.startswith("HTTP/1.1 303")
    assert "location: /login?next=%2F" in answer
    status, errors = served.ended()
    assert status == 0
    assert "Accounts: ana (admin)" in errors


def test_serving_small_answers_wait_for_no_acknowledgement() -> None:
    """What asyncio looks at before it sets TCP_NODELAY for a connection."""
    with listening(0) as listener:
        assert listener.proto == socket.IPPROTO_TCP


@contextmanager
def answering(reached: Reached) -> Iterator[int]:
    """The port of a server that tells from where it is asked."""

    async def told(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            body = json.dumps([scope["client"][0], scope["scheme"]]).encode()
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": body})

    with listening(0) as listener:
        server = uvicorn.Server(config_of(told, reached))
        running = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        running.start()
        yield listener.getsockname()[1]
        server.should_exit = True
        running.join(10)


@pytest.mark.parametrize(
    ("proxy", "forwarded", "client"),
    [
        (False, "192.0.2.7", "127.0.0.1"),
        (True, "192.0.2.7", "192.0.2.7"),
        (True, "10.9.8.7, 192.0.2.7", "192.0.2.7"),
        (True, "192.0.2.7, 127.0.0.1", "192.0.2.7"),
    ],
)
def test_serving_believes_a_proxy_where_there_is_one(proxy: bool, forwarded: str, client: str) -> None:
    """What the browser itself claims stands before what the proxy adds, and is not believed."""
    with answering(Reached(public=True, proxy=proxy)) as port:
        request = urllib.request.Request(f"http://127.0.0.1:{port}/", headers={"X-Forwarded-For": forwarded})
        with urllib.request.urlopen(request, timeout=20) as answer:
            assert json.load(answer)[0] == client
            assert "server" not in answer.headers
