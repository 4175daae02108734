"""How the desk is reached, and what follows from that: names of hosts, cookies, limits."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")

PAGE_LIMIT = 1_000_000
"""Bytes of what a page sends."""

UPLOAD_LIMIT = 1_000_000_000
"""Bytes of all that is dropped at once; each file has a limit of its own (`quoth.web.uploads`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """`names`: the names of hosts under which a public desk is reached; `secure`: people reach it by https, from
    Quoth itself or a proxy; `uploads`: paths that take files."""

    port: int
    public: bool = False
    names: frozenset[str] = frozenset()
    secure: bool = False
    uploads: frozenset[str] = field(default_factory=lambda: frozenset({"/add", "/api/v1/jobs/files"}))

    @property
    def scheme(self) -> str:
        return "https" if self.secure else "http"

    @property
    def cookie(self) -> str:
        """What the cookie of a session is called.  Cookies know no ports: a desk at another port has another name."""
        return self._named("quoth")

    @property
    def entry_cookie(self) -> str:
        """What the cookie is called that the form to sign in is bound to."""
        return self._named("quoth-entry")

    def _named(self, name: str) -> str:
        return f"__Host-{name}" if self.secure else f"{name}-{self.port}"

    def serves(self, host: str) -> bool:
        """Whether a Host header names this desk.  Another name that leads here was made to (DNS rebinding)."""
        host = host.lower()
        if not self.public:
            return host in {f"{name}:{self.port}" for name in LOOPBACK} or (self.port == 80 and host in LOOPBACK)
        name, port = _parted(host)
        return name in self.names and (port is None or (port.isascii() and port.isdigit() and len(port) <= 5))

    def limit(self, path: str) -> int:
        return UPLOAD_LIMIT if path in self.uploads else PAGE_LIMIT


def _parted(host: str) -> tuple[str, str | None]:
    """A name, and the port behind it, if there is one."""
    found = re.fullmatch(r"(\[[^\]]*\]|[^:\[\]]*)(?::(.*))?", host)
    return (found[1], found[2]) if found is not None else ("", None)
