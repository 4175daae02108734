"""One request and its answer (HTTP/1.1, by h11)."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import h11

from quoth.acquire.encodings import ASKED_FOR, decoded
from quoth.acquire.web.connection import Connection, Deadline, Resolve, connect, system_resolve, trusted
from quoth.acquire.web.terms import Terms, user_agent
from quoth.acquire.web.urls import Url
from quoth.errors import BadAnswer, QuothError

LONGEST_HEADERS = 131_072
"""Bytes of all headers together."""

ACCEPTED = "text/html, application/xhtml+xml, application/xml;q=0.9, text/plain;q=0.8, */*;q=0.5"


@dataclass(frozen=True, slots=True)
class Answer:
    """`headers` by their names in lower case, in the order they came; `body` with its encoding undone."""

    url: Url
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        """The first of that name."""
        return next((value for key, value in self.headers if key == name), None)


@dataclass(slots=True)
class Wire:
    """How the network is reached: `resolve` and `tls` are the system's unless others are given; `stop` ends it all."""

    terms: Terms
    resolve: Resolve = system_resolve
    tls: Callable[[], ssl.SSLContext] = trusted
    stop: threading.Event = field(default_factory=threading.Event)

    def ask(
        self, url: Url, headers: Mapping[str, str], *, sent: int | None = None, posted: bytes | None = None
    ) -> Answer:
        """Ask for one address, following nothing; with `posted`, by POST.  `sent`: bytes that the answer may have,
        otherwise as the terms say.

        Raises RefusedAddress, Unreachable, BadAnswer, TooMuch, each with its place.
        """
        deadline = Deadline.of(self.terms.whole, self.stop)
        try:
            most = (sent or self.terms.sent) + LONGEST_HEADERS
            connection = connect(url, self.terms, deadline, most, self.resolve, self.tls)
            try:
                return _exchange(connection, url, headers, self.terms, posted)
            finally:
                connection.close()
        except QuothError as problem:
            problem.where = problem.where or str(url)
            raise


def _exchange(
    connection: Connection, url: Url, headers: Mapping[str, str], terms: Terms, posted: bytes | None
) -> Answer:
    machine = h11.Connection(our_role=h11.CLIENT, max_incomplete_event_size=LONGEST_HEADERS)
    host = url.origin.partition("//")[2]
    sent = {
        "Host": host, "User-Agent": user_agent(), "Accept": ACCEPTED, "Accept-Encoding": ASKED_FOR,
        "Connection": "close", **headers,
    }  # fmt: skip
    if posted is not None:
        sent["Content-Length"] = str(len(posted))
    method = "GET" if posted is None else "POST"
    events = [
        h11.Request(method=method, target=url.target, headers=list(sent.items())),
        *([h11.Data(data=posted)] if posted else ()),
        h11.EndOfMessage(),
    ]
    try:
        connection.write(b"".join(machine.send(event) or b"" for event in events))
        begun = _next(machine, connection)
        while isinstance(begun, h11.InformationalResponse):
            begun = _next(machine, connection)
        if not isinstance(begun, h11.Response):
            raise BadAnswer("the server closed the connection without an answer", remedy="try again later")
        found = tuple((name.decode("ascii").lower(), value.decode("latin-1")) for name, value in begun.headers)
        answer = Answer(url, begun.status_code, found, b"")
        encoding = ",".join(value for name, value in found if name == "content-encoding")
        body = decoded(_pieces(machine, connection), encoding, terms.decoded)
    except h11.RemoteProtocolError as problem:
        raise BadAnswer(_told(str(problem)), remedy="try again later, or add the page as a file") from None
    if answer.header("content-length") is not None and (machine.trailing_data[0] or connection.sends_more()):
        raise BadAnswer("the answer is longer than it says", remedy="try again later, or add the page as a file")
    return replace(answer, body=body)


def _next(machine: h11.Connection, connection: Connection) -> object:
    while True:
        event = machine.next_event()
        if event is not h11.NEED_DATA:
            return event
        machine.receive_data(connection.read())


def _pieces(machine: h11.Connection, connection: Connection) -> Iterator[bytes]:
    while isinstance(event := _next(machine, connection), h11.Data):
        yield bytes(event.data)


def _told(problem: str) -> str:
    if "without sending complete message body" in problem or "incomplete chunked" in problem:
        return "the answer breaks off before its end"
    return f"the server does not speak HTTP as it should ({problem[:120]})"
