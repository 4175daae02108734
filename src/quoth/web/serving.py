"""The server of a desk, and the link to it."""

from __future__ import annotations

import contextlib
import secrets
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import uvicorn

from quoth.errors import QuothError
from quoth.ledger import is_address
from quoth.web.app import application
from quoth.web.desk import Desk
from quoth.web.guard.local import Local
from quoth.web.seen import Seen

LOOPBACK = "127.0.0.1"
TRIED = 20
"""Ports that are tried, one after another, where none was asked for."""


class NoPort(QuothError):
    """A port that cannot be had."""

    code = "Q511"


def serve(desk: Desk, *, port: int | None, by: str, told: Callable[[str], None]) -> None:
    """Serve until it is interrupted.  `told` is given the link once it works; `by` is who judges.  Raises NoPort."""
    with listening(port) as listener:
        chosen = listener.getsockname()[1]
        token = secrets.token_urlsafe(24)
        app = application(desk, Local(token, by, chosen), Seen(beside(desk.path)))
        config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
        server = uvicorn.Server(config)
        told(f"http://{LOOPBACK}:{chosen}/?token={token}")
        server.run(sockets=[listener])


def beside(case: str) -> Path | str:
    """The desk's own file beside a case file; of a case on a server nothing is kept."""
    return ":memory:" if is_address(case) else Path(case).with_name(Path(case).name + "-desk")


@contextlib.contextmanager
def listening(port: int | None, *, first: int = 8000) -> Iterator[socket.socket]:
    """A socket on the loopback address: on that port, or on the first free one from `first` on.  Raises NoPort."""
    for number in range(first, first + TRIED) if port is None else (port,):
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((LOOPBACK, number))
        except OSError:
            listener.close()
            continue
        with listener:
            listener.listen(128)
            yield listener
        return
    what = f"port {port} is taken" if port is not None else f"the ports {first} to {first + TRIED - 1} are all taken"
    raise NoPort(what, remedy="name another one with --port")
