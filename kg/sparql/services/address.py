"""Where a service is, and whether it may be asked: as kg.connection looks it up, once."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from kg import connection
from kg.connection import is_public, look_up
from kg.errors import ServiceError


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
    addresses = look_up(target.host, target.port)
    check(target, addresses)
    return connection.connect(addresses, target.port, seconds)


def check(target: Target, addresses: Sequence[str]) -> None:
    """Raises ServiceError unless all addresses are public, or all private and the port is listed.

    A name that has addresses of both kinds is somebody's trick, or a mistake.
    """
    public = list(map(is_public, addresses))
    if not (all(public) or (target.named and not any(public))):
        raise ServiceError(
            f"<{target.address}> is not asked: it stands on a private address, which the list of "
            "services permits only where it names host and port."
        )
