"""Addresses of servers, told from file names, and shown without their passwords."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TypeGuard

_SCHEME = re.compile(r"postgres(ql)?://", re.IGNORECASE)
_SECRET = re.compile(r"(password|secret|token)", re.IGNORECASE)


def is_address(case: str | Path) -> TypeGuard[str]:
    """Whether a case is named by the address of a server, and not by a file name."""
    return isinstance(case, str) and _SCHEME.match(case) is not None


def without_password(address: str) -> str:
    """The address as it may be shown: with neither a password nor a parameter that holds a secret.

    A password whose special characters were not escaped goes as well, and something of the address with it.
    """
    scheme, _, rest = address.partition("://")
    before, at, after = rest.rpartition("@")
    user = re.split("[:/?#]", before)[0]
    place, mark, query = after.partition("?")
    kept = [part for part in query.split("&") if part and not _SECRET.search(part.partition("=")[0])]
    return f"{scheme}://{user}{at}{place}" + (mark + "&".join(kept) if kept else "")
