"""A connection to exactly the address that was looked at, with an end to how long it may take."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import certifi

from quoth.acquire.encodings import too_much
from quoth.acquire.web.addresses import refusal
from quoth.acquire.web.terms import OPEN_PORTS, Terms
from quoth.acquire.web.urls import Url
from quoth.errors import QuothError, RefusedAddress, TooMuch, Unreachable

PIECE = 65_536
"""Bytes read at a time."""

Resolve = Callable[[str, int], list[str]]
"""The addresses of a host.  Raises OSError where it has none."""


def system_resolve(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def trusted() -> ssl.SSLContext:
    """TLS as the system trusts it, and as Mozilla's list (certifi) does where the system has none."""
    context = ssl.create_default_context()
    if not context.get_ca_certs():
        context.load_verify_locations(certifi.where())
    return context


@dataclass(slots=True)
class Deadline:
    """The moment by which all must be done; `stop` ends it before."""

    until: float
    stop: threading.Event

    @classmethod
    def of(cls, seconds: float, stop: threading.Event) -> Deadline:
        return cls(time.monotonic() + seconds, stop)

    def left(self, most: float) -> float:
        """Seconds that the next step may take, at most `most`.  Raises TooMuch when there are none."""
        left = self.until - time.monotonic()
        if left <= 0 or self.stop.is_set():
            raise TooMuch("the answer took too long", remedy="try again later")
        return min(left, most)


@dataclass(slots=True)
class Connection:
    """An open connection.  `most`: bytes that may be read from it."""

    socket: socket.socket
    terms: Terms
    deadline: Deadline
    most: int
    count: int = field(default=0, init=False)

    def read(self) -> bytes:
        """The next bytes; none at the end.  Raises Unreachable or TooMuch."""
        try:
            self.socket.settimeout(self.deadline.left(self.terms.reading))
            data = self.socket.recv(PIECE)
        except TimeoutError:
            self.deadline.left(1)
            raise TooMuch("the server stopped sending", remedy="try again later") from None
        except OSError as problem:
            raise broken(problem) from None
        self.count += len(data)
        if self.count > self.most:
            raise too_much(self.most)
        return data

    def sends_more(self) -> bool:
        """Whether more comes after the end, looked for a moment."""
        try:
            self.socket.settimeout(min(0.1, self.terms.reading))
            return self.socket.recv(1) != b""
        except OSError:
            return False

    def write(self, data: bytes) -> None:
        try:
            self.socket.settimeout(self.deadline.left(self.terms.reading))
            self.socket.sendall(data)
        except OSError as problem:
            raise broken(problem) from None

    def close(self) -> None:
        self.socket.close()


def connect(
    url: Url, terms: Terms, deadline: Deadline, most: int, resolve: Resolve, tls: Callable[[], ssl.SSLContext]
) -> Connection:
    """A connection to the host of `url`, at an address that was looked at after it was resolved.

    Raises RefusedAddress for an address or port that may not be asked, Unreachable, TooMuch.
    """
    if not terms.allow_private and url.port not in OPEN_PORTS:
        raise RefusedAddress(
            f"port {url.port} is not asked: no pages are served there",
            remedy="--allow-private asks any port and any address",
        )
    addresses = permitted(_resolved(url, terms, deadline, resolve), terms)
    problem: QuothError | None = None
    for address in addresses[:4]:
        try:
            opened = _opened(address, url, terms, deadline, tls)
        except QuothError as error:
            problem = problem or error
        else:
            return Connection(opened, terms, deadline, most)
    assert problem is not None
    raise problem


def permitted(addresses: list[str], terms: Terms) -> list[str]:
    """Those that may be asked.  Raises RefusedAddress when there are none."""
    if terms.allow_private:
        return addresses
    refused = {address: refusal(address) for address in addresses}
    allowed = [address for address in addresses if refused[address] is None]
    if not allowed:
        told = ", ".join(f"{address}, {what}" for address, what in list(refused.items())[:2])
        raise RefusedAddress(
            f"the host is at {told}, which is not asked", remedy="if it is yours and you trust it: --allow-private"
        )
    return allowed


def _resolved(url: Url, terms: Terms, deadline: Deadline, resolve: Resolve) -> list[str]:
    """Asked in a thread of its own, for a system's resolver knows no deadline."""
    answer: list[list[str] | Exception] = []

    def ask() -> None:
        try:
            answer.append(resolve(url.host, url.port))
        except Exception as problem:  # told below, in the thread that waits
            answer.append(problem)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(deadline.left(terms.connecting))
    found = answer[0] if answer else TimeoutError("no answer from the name servers")
    if isinstance(found, UnicodeError | OSError) or not found:
        told = getattr(found, "strerror", None) or found or "it has no address"
        raise Unreachable(f"the host {url.host} was not found ({told})", remedy="check the address and the network")
    if isinstance(found, Exception):
        raise found
    return found


def _opened(
    address: str, url: Url, terms: Terms, deadline: Deadline, tls: Callable[[], ssl.SSLContext]
) -> socket.socket:
    try:
        plain = socket.create_connection((address, url.port), deadline.left(terms.connecting))
    except TimeoutError:
        raise Unreachable(f"{url.host} does not answer", remedy="try again later") from None
    except OSError as problem:
        raise broken(problem, url.host) from None
    if url.scheme == "http":
        return plain
    try:
        plain.settimeout(deadline.left(terms.connecting))
        return tls().wrap_socket(plain, server_hostname=url.host)
    except ssl.SSLCertVerificationError as problem:
        plain.close()
        raise Unreachable(
            f"{url.host} does not prove who it is: {problem.verify_message}",
            remedy="nothing was fetched; look at the site in a browser",
        ) from None
    except (OSError, ValueError) as problem:
        plain.close()
        raise Unreachable(f"no secure connection to {url.host} ({_short(problem)})", remedy="try again later") from None
    except BaseException:
        plain.close()
        raise


def broken(problem: OSError, host: str = "the server") -> Unreachable:
    return Unreachable(f"the connection to {host} failed ({_short(problem)})", remedy="try again later")


def _short(problem: Exception) -> str:
    return str(getattr(problem, "strerror", None) or problem)[:120]
