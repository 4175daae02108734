"""A site on this machine that answers as a test wants it to, byte by byte; no name is looked up, no other is asked."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
import trustme

from quoth.acquire import Terms, Web
from quoth.acquire.web.exchange import Wire
from quoth.acquire.web.urls import Url, parse_url

PROSE = (
    "The harbour board of Marvik voted on Tuesday to close the northern quay. "
    "“We will not open it before the spring,” its chairman, Teo Brandal, said. "
    "The fishermen of the quay said that nobody had asked them, and that they would not move their boats."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came: its target, and its headers by their names in lower case."""

    target: str
    headers: dict[str, str]


Answering = bytes | Callable[[socket.socket, Asked], None]


def answer(body: bytes | str = b"", status: int = 200, **headers: str) -> bytes:
    """A whole answer.  Names of headers have underscores for hyphens; None leaves Content-Length out."""
    data = body.encode() if isinstance(body, str) else body
    lines = {"content-length": str(len(data)), **{name.replace("_", "-"): value for name, value in headers.items()}}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value)
    return f"HTTP/1.1 {status} X\r\n{head}\r\n".encode("latin-1") + data


def html(prose: str = PROSE, *, head: str = "", title: str = "Quay to close") -> str:
    paragraphs = "".join(f"<p>{part}</p>" for part in prose.split("\n"))
    return (
        f"<!doctype html><html lang='en'><head><title>{title}</title>{head}</head>"
        f"<body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    )


def page(prose: str = PROSE, *, head: str = "", title: str = "Quay to close", **headers: str) -> bytes:
    return answer(html(prose, head=head, title=title), content_type="text/html; charset=utf-8", **headers)


@dataclass
class Site:
    """`answers` by path; what is not there is answered with 404."""

    listening: socket.socket
    tls: ssl.SSLContext | None = None
    answers: dict[str, Answering] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    closing: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def port(self) -> int:
        return int(self.listening.getsockname()[1])

    def url(self, path: str = "/a", host: str = "post.example") -> str:
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}{path}"

    def parsed(self, path: str = "/a", host: str = "post.example") -> Url:
        return parse_url(self.url(path, host))

    def targets(self) -> list[str]:
        """What was asked for, but for robots.txt."""
        return [asked.target for asked in self.asked if asked.target != "/robots.txt"]

    def serve(self) -> None:
        while not self.closing.is_set():
            try:
                connection, _ = self.listening.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            if self.tls is not None:
                connection = self.tls.wrap_socket(connection, server_side=True)
            data = b""
            while b"\r\n\r\n" not in data:
                piece = connection.recv(65_536)
                if not piece:
                    return
                data += piece
            first, *lines = data.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
            asked = Asked(first.split(" ")[1], headers)
            with self._lock:
                self.asked.append(asked)
                self.at_once += 1
                self.most_at_once = max(self.most_at_once, self.at_once)
            try:
                answering = self.answers.get(asked.target, answer("no such page", 404))
                if isinstance(answering, bytes):
                    connection.sendall(answering)
                else:
                    answering(connection, asked)
            finally:
                with self._lock:
                    self.at_once -= 1
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(65_536):  # a close with bytes unread would be a reset
                pass

    def close(self) -> None:
        self.closing.set()
        with contextlib.suppress(OSError):
            self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()


def listening_here() -> socket.socket:
    return socket.create_server(("127.0.0.1", 0), backlog=64)


@contextlib.contextmanager
def serving_at(site: Site) -> Iterator[Site]:
    threading.Thread(target=site.serve, daemon=True).start()
    try:
        yield site
    finally:
        site.close()


@pytest.fixture
def site() -> Iterator[Site]:
    with serving_at(Site(listening_here())) as serving:
        yield serving


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def secure(authority: trustme.CA) -> Iterator[Site]:
    """A site with a certificate of `authority` for secure.example."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("secure.example").configure_cert(context)
    with serving_at(Site(listening_here(), context)) as serving:
        yield serving


def here(host: str, port: int) -> list[str]:
    """Every host is this machine, but for one that is not there."""
    if host.endswith("nowhere.example"):
        raise OSError(-2, "Name or service not known")
    return ["127.0.0.1"]


FAST = {"pause": 0.0, "connecting": 2.0, "reading": 1.0, "whole": 3.0, "longest_wait": 0.3, "longest_pause": 0.3}


def terms(**changed: object) -> Terms:
    """Terms on which this machine may be asked, and which wait for nothing long."""
    return Terms(**{"allow_private": True, **FAST, **changed})  # type: ignore[arg-type]


def wire(**changed: object) -> Wire:
    return Wire(terms(**changed), resolve=here)


@pytest.fixture
def web() -> Iterator[Web]:
    with Web(terms(), wire()) as asked:
        yield asked


def slowly(*pieces: bytes, pause: float) -> Callable[[socket.socket, Asked], None]:
    """Sends piece by piece."""

    def send(connection: socket.socket, _: Asked) -> None:
        for piece in pieces:
            connection.sendall(piece)
            time.sleep(pause)

    return send
