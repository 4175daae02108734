"""The server of a desk, how it is reached, and the link to it."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from quoth.errors import QuothError
from quoth.ledger import is_address
from quoth.web.app import application
from quoth.web.desk import Desk
from quoth.web.guard import Guard, Policy
from quoth.web.guard.accounts import Accounts
from quoth.web.jobs import Jobs
from quoth.web.seen import Seen

LOOPBACK = "127.0.0.1"
TRIED = 20
"""Ports that are tried, one after another, where none was asked for."""
AT_ONCE = 300
"""Connections; whoever comes when there are more is told to come again."""


class NoPort(QuothError):
    """A port that cannot be had."""

    code = "Q533"


class NotPublic(QuothError):
    """A desk that would be open to others without what that needs."""

    code = "Q530"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """How a desk is reached: at which address and port (None: the next that is free); `public` by whoever has an
    account, under the `names` of hosts, through TLS of its own (`certificate` and `key`) or of a `proxy` on this
    machine, or `insecure`."""

    host: str = LOOPBACK
    port: int | None = None
    public: bool = False
    names: frozenset[str] = frozenset()
    certificate: str | None = None
    key: str | None = None
    proxy: bool = False
    insecure: bool = False

    @property
    def secure(self) -> bool:
        return not self.insecure and (self.proxy or self.certificate is not None)

    def check(self, accounts: Accounts, *, allow_private: bool = False) -> None:
        """Raises NotPublic."""
        if not self.public:
            if not is_loopback(self.host):
                what = "without accounts a desk answers on this machine alone"
                raise NotPublic(what, where=self.host, remedy="see --public")
            if self.names or self.certificate or self.key or self.proxy or self.insecure:
                raise NotPublic("host names, TLS and a proxy are for a public desk", remedy="see --public")
            return
        if allow_private:
            raise NotPublic("a public desk fetches nothing from private addresses", remedy="leave out --allow-private")
        if not self.names:
            remedy = "name the host as people's browsers do: --host-name desk.example.org"
            raise NotPublic("a public desk answers under its own names only", remedy=remedy)
        if (self.certificate is None) != (self.key is None):
            raise NotPublic("TLS needs a certificate and its key", remedy="give both --tls-cert and --tls-key")
        if not (self.certificate or self.proxy or self.insecure):
            remedy = "give --tls-cert and --tls-key, or --proxy behind a proxy with TLS (or say --insecure)"
            raise NotPublic("passwords would be sent as plain text", remedy=remedy)
        if not accounts.has_admin():
            remedy = "quoth accounts add NAME --role admin"
            raise NotPublic("a public desk needs an admin", remedy=remedy)


def serve(
    desk: Desk, jobs: Jobs, accounts: Accounts, reached: Reached, *, by: str, told: Callable[[str], None]
) -> None:
    """Serve until it is interrupted.  `told` is given the link once it works; `by` is who judges at a desk that is not
    public.  Raises NoPort."""
    with listening(reached.port, host=reached.host) as listener:
        port = listener.getsockname()[1]
        guard = guard_of(reached, port, by, accounts)
        config = config_of(application(desk, guard, Seen(beside(desk.path)), jobs), reached)
        config.load()  # what is wrong with a certificate is told before the link is
        told(link_of(guard, reached, port))
        with contextlib.suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listener])


def config_of(app: ASGIApp, reached: Reached) -> uvicorn.Config:
    """No request is logged, for addresses hold what people look for, and one of them the token."""
    return uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, ws="none",
        proxy_headers=reached.proxy, forwarded_allow_ips=["127.0.0.1", "::1"] if reached.proxy else [],
        ssl_certfile=reached.certificate, ssl_keyfile=reached.key,
        limit_concurrency=AT_ONCE, timeout_graceful_shutdown=3,
    )  # fmt: skip


def guard_of(reached: Reached, port: int, by: str, accounts: Accounts) -> Guard:
    if not reached.public:
        return Guard.local(by, port, accounts)
    names = frozenset(name.lower() for name in reached.names)
    return Guard(policy=Policy(port=port, public=True, names=names, secure=reached.secure), accounts=accounts)


def link_of(guard: Guard, reached: Reached, port: int) -> str:
    """Where the desk is opened."""
    if guard.link is not None:
        host = f"[{reached.host}]" if ":" in reached.host else reached.host
        return f"http://{host}:{port}/?token={guard.link.token}"
    name = min(reached.names)
    return f"{guard.policy.scheme}://{name}" + ("/" if reached.proxy else f":{port}/")


def beside(case: str) -> Path | str:
    """The desk's own file beside a case file; of a case on a server nothing is kept."""
    return ":memory:" if is_address(case) else Path(case).with_name(Path(case).name + "-desk")


def is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host) in (
            ipaddress.ip_address(LOOPBACK), ipaddress.ip_address("::1")
        )  # fmt: skip
    except ValueError:
        return False


@contextlib.contextmanager
def listening(port: int | None, *, first: int = 8000, host: str = LOOPBACK) -> Iterator[socket.socket]:
    """A socket on that address: on that port, or on the first free one from `first` on.  Raises NoPort."""
    host = LOOPBACK if host == "localhost" else host
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    problem: OSError | None = None
    for number in range(first, first + TRIED) if port is None else (port,):
        # With the protocol named, asyncio sets TCP_NODELAY; without, small answers wait 40 ms for an acknowledgement.
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, number))
        except OSError as error:
            problem = error
            listener.close()
            continue
        with listener:
            listener.listen(128)
            yield listener
        return
    which = f"port {port}" if port is not None else f"none of the ports {first} to {first + TRIED - 1}"
    why = problem.strerror if problem is not None else "they are taken"
    raise NoPort(f"{which} can be had at {host} ({why})", remedy="name another one with --port")
