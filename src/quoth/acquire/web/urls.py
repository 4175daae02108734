"""Addresses of pages in one spelling, whatever spelling they came in."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import idna

from quoth.errors import BadAddress

LONGEST = 4_096
"""Characters of an address."""

PORTS = {"http": 80, "https": 443}

_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMERIC = re.compile(r"0x[0-9a-f]*|\d+")
_WEB_PREFIXES = ("www.", "m.", "mobile.", "amp.")
_GIVE = "give one that begins with http:// or https://"


@dataclass(frozen=True, slots=True)
class Url:
    """An http or https address: `host` in lower case and ASCII (IPv6 without brackets), `target` its path and query,
    percent-encoded.  No credentials, no fragment."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def origin(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == PORTS[self.scheme] else f":{self.port}")

    def __str__(self) -> str:
        return self.origin + self.target


def looks_like_url(source: str) -> bool:
    """Whether what somebody typed is an address of the web and no path."""
    return re.match(r"https?:/", source.strip(), re.I) is not None


def together(sources: Iterable[str | Path]) -> Iterator[str | Path | tuple[str, ...]]:
    """Sources in their order, addresses that follow each other as one, so that several hosts can be asked at once."""
    for is_address, some in groupby(sources, lambda source: looks_like_url(str(source))):
        one_by_one = list(some)
        yield from (tuple(map(str, one_by_one)),) if is_address else one_by_one


def parse_url(text: str, base: Url | None = None) -> Url:
    """An address in its one spelling; relative ones are seen from `base`.  Raises BadAddress."""
    text = text.strip(" \t\r\n\f")
    if len(text) > LONGEST:
        raise BadAddress(f"an address of {len(text)} characters", where=text[:80] + "…", remedy=_GIVE)
    where = without_credentials(text)
    if re.search(r"[\x00-\x20\x7f\\]", text.split("?")[0].split("#")[0].replace(" ", "")):
        raise BadAddress("the address holds control characters or backslashes", where=where, remedy=_GIVE)
    try:
        parts = urlsplit(urljoin(str(base), text) if base is not None else text)
        port = parts.port
    except ValueError as problem:
        raise BadAddress(f"this is no address ({problem})", where=where, remedy=_GIVE) from None
    scheme = parts.scheme.lower()
    if scheme not in PORTS:
        what = f"{scheme}: addresses are not fetched" if scheme else "this is no address of the web"
        raise BadAddress(what, where=where, remedy=_GIVE)
    if "@" in parts.netloc:
        raise BadAddress("the address holds a user name or password", where=where, remedy="take them out of it")
    if port == 0:
        raise BadAddress("there is no port 0", where=where, remedy=_GIVE)
    host = _host(parts.hostname or "", where)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~", errors="replace")
    query = "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~?", errors="replace") if parts.query else ""
    return Url(scheme, host, port or PORTS[scheme], path + query)


def _host(host: str, where: str) -> str:
    if ":" in host:
        try:
            return ipaddress.IPv6Address(host).compressed if "%" not in host else _refuse(where)
        except ValueError:
            _refuse(where)
    host = host.removesuffix(".")
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except UnicodeError as problem:
            raise BadAddress(f"{host[:60]!r} is no name of a host ({problem})", where=where, remedy=_GIVE) from None
    host = host.lower()
    labels = host.split(".")
    if len(host) > 253 or not all(map(_LABEL.fullmatch, labels)):
        _refuse(where)
    if _NUMERIC.fullmatch(labels[-1]):
        try:
            return str(ipaddress.IPv4Address(host))
        except ValueError:
            _refuse(where)
    return host


def _refuse(where: str) -> str:
    raise BadAddress("the address names no host that can be asked", where=where, remedy=_GIVE)


def without_credentials(text: str) -> str:
    """An address as it may be shown: a user name and password in it are left out."""
    return re.sub(r"(?<=//)[^/?#]*@", "…@", text)


def same_site(one: str, other: str) -> bool:
    """Whether two hosts are of one site: alike but for "www" and the like, or one below the other."""
    a, b = (_bare(host) for host in (one, other))
    return a == b or ("." in b and a.endswith("." + b)) or ("." in a and b.endswith("." + a))


def _bare(host: str) -> str:
    for prefix in _WEB_PREFIXES:
        if host.startswith(prefix) and host.count(".") > 1:
            return host.removeprefix(prefix)
    return host
