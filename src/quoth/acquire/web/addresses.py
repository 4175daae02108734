"""Which addresses of the network may be asked: those that anyone may reach, and none inside."""

from __future__ import annotations

import ipaddress
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

Address = IPv4Address | IPv6Address

# IANA's registries of special-purpose addresses; of IPv6, all but 2000::/3 is special.
_SPECIAL_4 = tuple(
    (IPv4Network(network), what)
    for network, what in (
        ("0.0.0.0/8", "an unspecified address"),
        ("10.0.0.0/8", "a private address"),
        ("100.64.0.0/10", "an address inside a provider's network"),
        ("127.0.0.0/8", "this machine itself"),
        ("169.254.0.0/16", "a link-local address"),
        ("172.16.0.0/12", "a private address"),
        ("192.0.0.0/24", "a reserved address"),
        ("192.0.2.0/24", "an address of documentation"),
        ("192.88.99.0/24", "a relay of 6to4"),
        ("192.168.0.0/16", "a private address"),
        ("198.18.0.0/15", "an address of benchmarks"),
        ("198.51.100.0/24", "an address of documentation"),
        ("203.0.113.0/24", "an address of documentation"),
        ("224.0.0.0/4", "a multicast address"),
        ("240.0.0.0/4", "a reserved address"),
    )
)
_SPECIAL_6 = tuple(
    (IPv6Network(network), what)
    for network, what in (
        ("::/128", "an unspecified address"),
        ("::1/128", "this machine itself"),
        ("fc00::/7", "a private address"),
        ("fe80::/10", "a link-local address"),
        ("fec0::/10", "a private address"),
        ("ff00::/8", "a multicast address"),
        ("2001::/32", "a tunnel (Teredo)"),
        ("2001::/23", "a reserved address"),
        ("2001:db8::/32", "an address of documentation"),
        ("2002::/16", "a tunnel (6to4)"),
        ("3fff::/20", "an address of documentation"),
    )
)
_GLOBAL_6 = IPv6Network("2000::/3")
_HOLDS_4 = (IPv6Network("::ffff:0:0/96"), IPv6Network("64:ff9b::/96"))
"""IPv4 addresses in IPv6: mapped, and those that NAT64 translates.  They are as good as what they hold."""


def refusal(address: str) -> str | None:
    """What kind of address this is, if it may not be asked; None for one of the public network.

    A tunnel is refused whatever is behind it.  Raises ValueError where this is no address.
    """
    parsed = ipaddress.ip_address(address.split("%")[0])
    if isinstance(parsed, IPv4Address):
        return _refusal_4(parsed)
    if any(parsed in network for network in _HOLDS_4):
        return _refusal_4(IPv4Address(int(parsed) & 0xFFFFFFFF))
    for network, what in _SPECIAL_6:
        if parsed in network:
            return what
    return None if parsed in _GLOBAL_6 else "a reserved address"


def _refusal_4(address: IPv4Address) -> str | None:
    return next((what for network, what in _SPECIAL_4 if address in network), None)
