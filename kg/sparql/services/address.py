"""Where a service is: looked up once, looked at, and connected to as it was seen.

A name is not looked up again between the look and the connection, so it cannot change its mind.
"""

from __future__ import annotations

import socket
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from kg.errors import ServiceError

_UNICAST: Final = IPv6Network("2000::/3")
"""What IPv6 has given out to the world: neither mapped nor translated addresses of IPv4."""


@dataclass(frozen=True, slots=True)
class Target:
    """The parts of a service's address."""

    address: str
    secure: bool
    host: str
    port: int
    path: str
    named: bool
    """Whether the address writes its port: only then the list means a private machine."""


def target_of(address: str) -> Target:
    """The parts of an address that the workspace's list names: kg.address.is_service."""
    parts = urlsplit(address)
    secure = parts.scheme == "https"
    return Target(
        address,
        secure,
        parts.hostname or "",
        parts.port or (443 if secure else 80),
        urlunsplit(("", "", parts.path or "/", parts.query, "")),
        parts.port is not None,
    )


def connect(target: Target, seconds: float) -> socket.socket:
    """A connection to a target. Raises ServiceError where it may not be asked, OSError."""
    addresses = look_up(target)
    check(target, addresses)
    share = seconds / len(addresses)
    for address in addresses[:-1]:
        with suppress(OSError):
            return socket.create_connection((address, target.port), timeout=share)
    return socket.create_connection((addresses[-1], target.port), timeout=share)


def look_up(target: Target) -> tuple[str, ...]:
    """The addresses that a target's name has. Raises OSError."""
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise OSError(f"the name {target.host} cannot be looked up ({error})") from None
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))


def check(target: Target, addresses: Sequence[str]) -> None:
    """Raises ServiceError unless all addresses are public, or all private and the port is listed.

    A name that has addresses of both kinds is somebody's trick, or a mistake.
    """
    public = [_is_public(ip_address(address.partition("%")[0])) for address in addresses]
    if not (all(public) or (target.named and not any(public))):
        raise ServiceError(
            f"<{target.address}> is not asked: it stands on a private address, which the list of "
            "services permits only where it names host and port."
        )


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    if isinstance(address, IPv6Address) and (address not in _UNICAST or address.sixtofour):
        return False
    return address.is_global and not address.is_multicast
